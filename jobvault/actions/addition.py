"""What is to be added to a debrief, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from jobvault.model import Problem

SECTIONS: Mapping[str, str] = {
    "follow-up": "follow-ups",
    "takeaway": "takeaways",
    "weak": "weak",
    "strong": "strong",
    "question": "open-questions",
    "observation": "noticed",
    "concern": "people-met",
}
"""What can be added, and the section where it goes."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be added: ``kind`` is one of ``SECTIONS``, ``person`` whose concern it is, as somebody said it."""

    kind: str
    texts: tuple[str, ...]
    person: str = ""
    due: dt.date | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """A line of the note that was given more words: its number, before and after."""

    line: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Added:
    """One line as it stands now; ``changed`` is False where it stood there already.

    ``rows`` are all lines that were written for it, a new heading included; ``completed`` are lines that stood there
    and say more now: a due date, a name in full. ``problems`` is what is wrong with it. ``title_said`` is a title
    that was not written, as the note has another one, and ``lacking`` are tags that were not, as the words stood there.
    """

    kind: str
    text: str
    path: str
    line: int
    changed: bool
    heading: str
    person: str = ""
    company: str = ""
    due: dt.date | None = None
    tags: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    completed: tuple[Completed, ...] = ()
    title_said: str = ""
    lacking: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
