"""The letters that say which concerns they answer (``answers:``), and from when on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobvault.model import Debrief, Letter
from jobvault.search.due import begins, day_of
from jobvault.search.letters import is_sent
from jobvault.search.people import Person
from jobvault.search.processes import in_time

if TYPE_CHECKING:
    from jobvault.search.search import Search


@dataclass(frozen=True, slots=True)
class Answering:
    """One letter that answers a concern, in its words. ``person`` is its recipient among the people met.

    ``day`` is the day on which it went out, None for a draft; where it does not say, the day of its interview.
    """

    letter: Letter
    debrief: Debrief
    person: Person | None
    text: str
    day: dt.date | None


def answerings(search: Search) -> tuple[Answering, ...]:
    """Return what letters answer: first those that went out, in order of the day, then the drafts."""
    found = [
        Answering(letter, about, search.addressee(letter), text, _day(letter, about))
        for letter in search.letters
        if letter.answers and (about := search.debrief_of(letter.path)) is not None
        for text in dict.fromkeys(letter.answers)
    ]
    return tuple(sorted(found, key=_in_time))


def after(answering: Answering, debrief: Debrief) -> bool:
    """Whether a letter went out after an interview.

    On one day the hours decide, where they are known; else it did where it is about that interview, or a later one.
    """
    if answering.day is None:
        return False
    sent, start, day = answering.letter.sent, begins(debrief), debrief.date or dt.date.min
    if isinstance(sent, dt.datetime) and sent.tzinfo is None and start is not None:
        return sent >= start
    about_it = in_time(answering.debrief) >= in_time(debrief)
    return answering.day > day or (answering.day == day and about_it)


def _day(letter: Letter, about: Debrief) -> dt.date | None:
    if not is_sent(letter):
        return None
    return day_of(letter.sent) if letter.sent is not None else about.date or dt.date.min


def _in_time(answering: Answering) -> tuple[bool, dt.date, str]:
    return (answering.day is None, answering.day or dt.date.max, answering.letter.path)
