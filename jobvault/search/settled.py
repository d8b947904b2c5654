"""Which follow-up asked for a letter: what is done once the letter has gone out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobvault.model import THANKS, Debrief, FollowUp, Letter
from jobvault.search.check_ins import is_asking
from jobvault.search.letters import CHECK_IN, THANK_YOU, is_sent, kind_of, sent_on
from jobvault.search.obligations import Obligations
from jobvault.search.people import Person
from jobvault.search.search import Search
from jobvault.words import Words, fold

PROMISED = "promised"


@dataclass(frozen=True, slots=True)
class Shared:
    """A follow-up that asks for letters to several people; ``waiting`` are those whose letter has not gone out yet."""

    item: FollowUp
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a letter settles. ``item`` is the follow-up that asked for it, None where none did, or it is not sure.

    ``together`` is one for several people, all of whom have a letter now; ``shared`` are those of which some have none
    yet. ``unsure`` are two or more of which one is meant. ``by_hand`` fit as well, but have no box that may be ticked:
    paragraphs, and tasks that repeat. ``latest`` is the day on which the last of the others' letters of ``together``
    went out, None where that is not known.
    """

    item: FollowUp | None = None
    together: FollowUp | None = None
    shared: tuple[Shared, ...] = ()
    unsure: tuple[FollowUp, ...] = ()
    by_hand: tuple[FollowUp, ...] = ()
    latest: dt.date | None = None

    @property
    def sure(self) -> tuple[FollowUp, ...]:
        """The follow-ups that can be ticked."""
        return tuple(item for item in (self.item, self.together) if item is not None)


def can_be_ticked(item: FollowUp) -> bool:
    """Whether a follow-up has a box, or can get one, that is ours to tick."""
    return item.form != "paragraph" and not item.recurring


@dataclass(frozen=True, slots=True)
class _Asking:
    """A follow-up that asked for a letter, and for letters to ``others``; ``waiting`` are those who have none yet.

    ``latest`` is the day of the last letter to the others.
    """

    item: FollowUp
    others: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    latest: dt.date | None = None


@dataclass(frozen=True)
class Requests:
    """What asked for the letters of a search. ``little`` are words that say nothing of what a text is about, folded."""

    search: Search
    words: Words
    little: Collection[str] = ()

    def settled_by(self, letter: Letter) -> Settled:
        """Return what a letter settles once it is sent, whatever it says of itself.

        A follow-up that links the letter asked for it. Else a letter of thanks settles what asks for thanks to this
        person; another one what names them, in the debrief that it is about, and tells of the same thing.
        """
        linked = [self._linking(item, letter) for item in self._pending if letter.path in self._letters_in(item)]
        about, person = self.search.debrief_of(letter.path), self.search.addressee(letter)
        if linked or about is None or person is None:
            return _told_apart(linked)
        if kind_of(letter, self.words.vocabulary) == THANK_YOU:
            tasks = self._owed.thanks_tasks(about, person)
            return _told_apart([self._thanking(item, about, person) for item in tasks if item in self._pending])
        fitting = (item for item in self._pending if self._is_for(item, letter, about, person))
        return _told_apart([_Asking(item) for item in fitting if self._tells_of(item, letter, person)])

    @cached_property
    def _owed(self) -> Obligations:
        return Obligations(self.search, self.words)

    @cached_property
    def _pending(self) -> tuple[FollowUp, ...]:
        return tuple(item for item in self.search.follow_ups if item.status in ("open", "in-progress"))

    # --- by link ------------------------------------------------------------------------------------------------

    def _letters_in(self, item: FollowUp) -> Mapping[str, Letter]:
        """Return the letters that a follow-up links."""
        paths = {self.search.names.resolve(link.target, item.path) for link in item.links}
        return {letter.path: letter for letter in self.search.letters if letter.path in paths}

    def _linking(self, item: FollowUp, letter: Letter) -> _Asking:
        others = [other for path, other in self._letters_in(item).items() if path != letter.path]
        waiting = self._names(other for other in others if not is_sent(other))
        return _Asking(item, self._names(others), waiting, _latest(others))

    def _names(self, letters: Iterable[Letter]) -> tuple[str, ...]:
        people = ((letter, self.search.addressee(letter)) for letter in letters)
        return tuple(person.name if person else letter.to for letter, person in people)

    # --- thanks -------------------------------------------------------------------------------------------------

    def _thanking(self, item: FollowUp, about: Debrief, person: Person) -> _Asking:
        here = [other for other in self.search.people_of(about.path) if self._owed.covers(item, about, other)]
        meant = {other.key: other for other in (*here, *self.search.people_in(item)) if other.key != person.key}
        thanks = [found for found in self._owed.letters_about(about) if found.kind == THANK_YOU and found.to in meant]
        thanked = {found.to for found in thanks if is_sent(found.letter)}
        waiting = tuple(other.name for other in meant.values() if other.key not in thanked)
        latest = _latest(found.letter for found in thanks)
        return _Asking(item, tuple(other.name for other in meant.values()), waiting, latest)

    # --- other letters ------------------------------------------------------------------------------------------

    def _is_for(self, item: FollowUp, letter: Letter, about: Debrief, person: Person) -> bool:
        """Whether a follow-up of the interview, or a question about its process, is for a person."""
        named = [other.key for other in self.search.people_in(item)]
        alone = [other.key for other in self.search.people_of(about.path)] == [person.key]
        process = self.search.process_of(about.path)
        if kind_of(letter, self.words.vocabulary) == CHECK_IN and process is not None:
            same = self.search.process_of(item.path) is process
            return same and is_asking(item, process, self.search, self.words) and (not named or person.key in named)
        here = self.search.debrief_of(item.path) == about and item.kind != THANKS
        return here and (person.key in named or (alone and not named))

    def _tells_of(self, item: FollowUp, letter: Letter, person: Person) -> bool:
        """Whether a follow-up tells of what a letter is about: a word of its subject, or the kind that it is of.

        What was promised is told by the thing: by half of the follow-up's words, where the subject has none of them.
        """
        kind = kind_of(letter, self.words.vocabulary)
        said = self._telling(item.text, person)
        if kind == CHECK_IN or said & self._telling(letter.subject, person):
            return True
        if kind == PROMISED:
            text = " ".join(row for passage in letter.passages for row in passage.rows)
            return bool(said) and len(said & self._telling(text, person)) * 2 > len(said)
        called = [word for word, known in self.words.vocabulary.letter_kinds.items() if known == kind] or [fold(kind)]
        return any(f" {word} " in f" {fold(item.text)} " for word in called)

    def _telling(self, text: str, person: Person) -> frozenset[str]:
        """Return the words of a text that say what it is about: neither little ones nor somebody's name."""
        names = {word for name in (person.name, *person.aliases, *person.companies) for word in fold(name).split()}
        dull = self.words.vocabulary.everybody | self.words.vocabulary.thanks | names
        return frozenset(word for word in fold(text).split() if len(word) > 1) - dull - frozenset(self.little)


def _latest(letters: Iterable[Letter]) -> dt.date | None:
    return max((day for day in map(sent_on, letters) if day is not None), default=None)


def _told_apart(found: Sequence[_Asking]) -> Settled:
    ours = [one for one in found if can_be_ticked(one.item)]
    alone = [one.item for one in ours if not one.others]
    whole = [one.item for one in ours if one.others and not one.waiting]
    return Settled(
        item=alone[0] if len(alone) == 1 else None,
        together=whole[0] if len(whole) == 1 else None,
        shared=tuple(Shared(one.item, one.waiting) for one in ours if one.waiting),
        unsure=tuple(item for same in (alone, whole) if len(same) > 1 for item in same),
        by_hand=tuple(one.item for one in found if one not in ours),
        latest=next((one.latest for one in ours if [one.item] == whole), None),
    )
