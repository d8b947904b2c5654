"""Which kind of letter fits a round now, and to whom letters of a kind go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jobvault.letters.material import Material
from jobvault.model import THANKS, Debrief, Letter
from jobvault.search.letters import AFTER_REJECTION, CHECK_IN, THANK_YOU, is_sent, kind_of
from jobvault.search.people import Person
from jobvault.search.search import Search
from jobvault.words.vocabulary import Vocabulary

Why = Literal["named", "rejected", "promise-passed", "thanked", "thanks"]
"""Why it is a kind: it was named, or what the notes say."""
_WAITING = ("", "waiting")


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of letter, and why it is that one."""

    kind: str
    why: Why


def letters_about(search: Search, debrief: Debrief, person: Person) -> tuple[Letter, ...]:
    """Return the letters to somebody about an interview, sent or not."""
    return tuple(
        letter
        for letter in search.letters
        if (about := search.debrief_of(letter.path)) is not None
        and about.path == debrief.path
        and (to := search.addressee(letter)) is not None
        and to.key == person.key
    )


def fitting(search: Search, debrief: Debrief, today: dt.date, vocabulary: Vocabulary) -> Choice:
    """Return the kind of letter that a round asks for on a day."""
    process = search.process_of(debrief.path)
    if debrief.outcome == "rejected" or (process is not None and process.closed == "rejected"):
        return Choice(AFTER_REJECTION, "rejected")
    if debrief.outcome in _WAITING and not (process is not None and process.closed):
        if debrief.hear_by is not None and debrief.hear_by < today:
            return Choice(CHECK_IN, "promise-passed")
        people = search.people_of(debrief.path)
        if people and all(_thanked(search, debrief, person, vocabulary) for person in people):
            return Choice(CHECK_IN, "thanked")
    return Choice(THANK_YOU, "thanks")


def recipients(kind: str, material: Sequence[Material]) -> tuple[Material, ...]:
    """Return to whom letters of a kind go by themselves."""
    if kind == THANK_YOU:
        return tuple(material)
    if kind == "concern":
        return tuple(one for one in material if one.earlier or any(not doubt.settled for doubt in one.open_doubts))
    if kind == "promised":
        return tuple(one for one in material if one.promised or one.voiced_step)
    contact = main_contact(material)
    return (contact,) if contact else ()


def main_contact(material: Sequence[Material]) -> Material | None:
    """Return who of a round one writes to: who has an address, else who named the next step, else the first met."""
    return next(
        (one for one in material if one.person.email),
        next((one for one in material if one.voiced_step), material[0] if material else None),
    )


def _thanked(search: Search, debrief: Debrief, person: Person, vocabulary: Vocabulary) -> bool:
    """Whether somebody's thanks are sent: by a letter that says so, or a task that is ticked."""
    letters = letters_about(search, debrief, person)
    if any(kind_of(letter, vocabulary) == THANK_YOU and is_sent(letter) for letter in letters):
        return True
    done = [item for item in search.follow_ups if item.path == debrief.path and item.status == "done"]
    return any(item.kind == THANKS and person.key in {one.key for one in search.people_in(item)} for item in done)
