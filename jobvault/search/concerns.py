"""The concern ledger: who voiced which worry, where, and whether an answer has settled it.

A concern is one entry for (person, text), however often it was voiced; texts are compared case-blind, without
punctuation and without the tags at their end. The last time decides: an answer there that is not rough settles it, or
a letter that went out after it and says that it answers it; and what was settled and is voiced again is open again.
Somebody unnamed is known in their own debrief only. What belongs to nobody by name belongs to the round, and is one
entry within its process.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobvault.model import Concern, Debrief, Met, Reply
from jobvault.search.answers import Answering, after, answerings
from jobvault.search.names import key_of
from jobvault.search.people import Person
from jobvault.search.processes import Process, in_time
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.search.search import Search

Owner = tuple[str, ...]
"""Whose a concern is: ``("person", …)``, ``("unnamed", path, place)``, ``("round", company, role)``."""

_TAGS_AT_END = re.compile(r"(?:\s+#[^\s#]+)+$")


@dataclass(frozen=True, slots=True)
class Voicing:
    """One time that a concern was voiced, with what was answered there."""

    debrief: Debrief
    concern: Concern
    process: Process | None = None

    @property
    def closed(self) -> str:
        """The outcome that ended the process it was voiced in, or empty."""
        return self.process.closed if self.process else ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer of the user's. ``settles``: it is the one that the concern is answered by."""

    debrief: Debrief
    reply: Reply
    settles: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that answers the concern. ``settles``: it is the one that the concern is answered by."""

    answering: Answering
    settles: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One concern of one person (``person``), of somebody unnamed (``unnamed``), or of the round (neither).

    ``owner`` tells them apart. ``voicings`` are in order of date, ``answerings`` the letters that answer it, those that
    went out first and in order of the day. The concern stands at the company of the last one, as
    people stand where they were met last; of several roles there, under the last one that is still open.
    """

    owner: Owner
    voicings: tuple[Voicing, ...]
    person: Person | None = None
    unnamed: Met | None = None
    answerings: tuple[Answering, ...] = ()

    @property
    def home(self) -> Voicing:
        """The time that it stands under."""
        last = self.voicings[-1]
        company = key_of(last.debrief.company)
        there = (one for one in reversed(self.voicings) if company and key_of(one.debrief.company) == company)
        return next((one for one in there if not one.closed), last)

    @property
    def text(self) -> str:
        """The concern, as it was voiced last, without the tags at its end."""
        return without_tags(self.voicings[-1].concern.text)

    @property
    def open(self) -> bool:
        """Whether no answer has settled it since it was voiced last: none of then, and no letter of later."""
        return self.voicings[-1].concern.open and self._settling is None

    @property
    def again(self) -> bool:
        """Whether it had been settled, and came back."""
        sent = any(answering.day is not None for answering in self.answerings)
        return self.open and (sent or any(not voicing.concern.open for voicing in self.voicings))

    @property
    def letters(self) -> tuple[Written, ...]:
        """All letters that answer it, in order."""
        return tuple(Written(answering, answering is self._settling) for answering in self.answerings)

    @property
    def _settling(self) -> Answering | None:
        """The first letter that went out after it was voiced last, where it was not settled then already."""
        last = self.voicings[-1]
        sent = (one for one in self.answerings if last.concern.open and after(one, last.debrief))
        return next(sent, None)

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """All answers, in order."""
        last = self.voicings[-1]
        settling = next((reply for reply in reversed(last.concern.replies) if not reply.rough), None)
        return tuple(
            Attempt(voicing.debrief, reply, voicing is last and reply is settling)
            for voicing in self.voicings
            for reply in voicing.concern.replies
        )

    @property
    def since(self) -> dt.date | None:
        """The day it was voiced first; None where no debrief of it has a date."""
        return min((v.debrief.date for v in self.voicings if v.debrief.date), default=None)

    @property
    def company(self) -> str:
        """The company it stands under."""
        return self.home.debrief.company

    @property
    def role(self) -> str:
        """The role it stands under; empty where neither debrief nor application names one."""
        return (self.home.process.role if self.home.process else "") or self.home.debrief.role

    @property
    def closed(self) -> str:
        """The outcome that ended the process it stands under, or empty."""
        return self.home.closed

    def is_among(self, paths: Collection[str]) -> bool:
        """Whether it was voiced in one of the debriefs at some paths."""
        return any(voicing.debrief.path in paths for voicing in self.voicings)


def concern_ledger(search: Search) -> tuple[Entry, ...]:
    """Return all concerns of a search, in order of the day they were voiced first, then as they stand in the note."""
    gathered: dict[Owner, list[tuple[_Voice, Voicing]]] = {}
    voices = _voices(search)
    for debrief in search.debriefs:
        process = search.process_of(debrief.path)
        for voice in (_of_the_round(debrief, process), *voices.get(debrief.path, ())):
            for concern in voice.concerns:
                key = (*voice.owner, as_compared(concern.text))
                gathered.setdefault(key, []).append((voice, Voicing(debrief, concern, process)))
    letters = _letters(search)
    return tuple(_entry(found, letters.get(_addressed(key, *found[0]), ())) for key, found in gathered.items())


def as_compared(text: str) -> str:
    """Return a concern's words as those of one concern are compared: without the tags at their end, folded."""
    said = without_tags(text)
    return fold(said) or said


def owner_of(person: Person) -> Owner:
    """Return whose a person's concerns are."""
    return ("person", *person.key)


def owner_unnamed(debrief: Debrief, place: int) -> Owner:
    """Return whose the concerns of somebody unnamed are, by the place among the debrief's people."""
    return ("unnamed", debrief.path, str(place))


def without_tags(text: str) -> str:
    """Return a concern's words without the tags at their end."""
    return _TAGS_AT_END.sub("", text)


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose concerns some are; ``place`` is where the note first names them."""

    place: int
    owner: Owner
    concerns: tuple[Concern, ...]
    person: Person | None = None
    unnamed: Met | None = None


def _voices(search: Search) -> dict[str, list[_Voice]]:
    """The people of each debrief with their concerns, named or not, in the order of the note."""
    table: dict[str, list[_Voice]] = {}
    for person in search.people:
        for meeting in person.meetings:
            voice = _Voice(meeting.place, owner_of(person), meeting.met.concerns, person=person)
            table.setdefault(meeting.debrief.path, []).append(voice)
    for debrief in search.debriefs:
        table.setdefault(debrief.path, []).extend(_unnamed(debrief))
    return {path: sorted(voices, key=lambda voice: voice.place) for path, voices in table.items()}


def _unnamed(debrief: Debrief) -> Iterator[_Voice]:
    for place, met in enumerate(debrief.people):
        if met.name is None:
            yield _Voice(place, owner_unnamed(debrief, place), met.concerns, unnamed=met)


def _of_the_round(debrief: Debrief, process: Process | None) -> _Voice:
    company, role = key_of(debrief.company), process.role if process else debrief.role
    key = ("round", company, key_of(role)) if company else ("round", "", debrief.path)
    return _Voice(-1, key, debrief.concerns)


def _letters(search: Search) -> dict[Owner, list[Answering]]:
    """The letters by what they answer: the words of a concern, of their recipient or of anybody in that process."""
    table: dict[Owner, list[Answering]] = {}
    for one in answerings(search):
        process, said = search.process_of(one.debrief.path), as_compared(one.text)
        if one.person is not None:
            table.setdefault((*owner_of(one.person), said), []).append(one)
        table.setdefault(("process", str(id(process)), said), []).append(one)
    return table


def _addressed(key: Owner, voice: _Voice, voicing: Voicing) -> Owner:
    """Return what letters are looked up by that may answer a concern: what the round said is answered to anybody."""
    return ("process", str(id(voicing.process)), key[-1]) if voice.owner[0] == "round" else key


def _entry(found: list[tuple[_Voice, Voicing]], letters: Sequence[Answering]) -> Entry:
    voice, voicings = found[-1][0], tuple(voicing for _, voicing in found)
    met = {meeting.debrief.path for meeting in voice.person.meetings} if voice.person and letters else set()
    fitting = tuple(one for one in letters if _is_late_enough(one, voicings, met))
    return Entry(voice.owner, voicings, voice.person, voice.unnamed, fitting)


def _is_late_enough(one: Answering, voicings: Sequence[Voicing], met: Collection[str]) -> bool:
    """Whether a letter is about a round in which a concern was voiced, or a later one of that person or process."""
    voiced = {voicing.debrief.path for voicing in voicings}
    theirs = not met or one.debrief.path in met
    return one.debrief.path in voiced or (theirs and in_time(voicings[0].debrief) <= in_time(one.debrief))
