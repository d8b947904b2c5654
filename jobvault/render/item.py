"""The line of a follow-up in a generated block: what ``Face.task`` writes and ``ticks`` reads back.

``text · who · state or due date · link``. The user's words come first and could hold anything, so those of their parts
that would be read as one of our words for a state are set in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jobvault.model import FollowUp, Status
from jobvault.render.inert import inert
from jobvault.words import Words, fold

SEPARATOR = " · "
DOT = re.compile(r"(?:(?<=\s)|^)·(?=\s|$)")
"""The middle dot of a separator, wherever a formatter broke the line."""
BOXES: Mapping[Status, str] = {"open": " ", "in-progress": "/", "done": "x", "cancelled": "-"}
_STATES: Mapping[str, Status] = {"done": "done", "cancelled": "cancelled", "started": "in-progress"}


def has_box(item: FollowUp) -> bool:
    """Whether a follow-up's line has a box: its source can be ticked, and does not repeat."""
    return item.form != "paragraph" and not item.recurring


def told(text: str, words: Words) -> str:
    """Return a follow-up's text as its line begins."""
    first, *parts = parts_of(inert(text)) or ("…",)
    return SEPARATOR.join([first, *(apart(part, words) for part in parts)])


def who(text: str, people: Iterable[str], company: str, words: Words) -> str:
    """Return the people and the company of a follow-up, as far as its text does not name them already."""
    said = f" {fold(text)} "
    names = [name for name in (*people, company) if name and f" {fold(name)} " not in said]
    return SEPARATOR.join(apart(part, words) for part in parts_of(inert(", ".join(names))))


def parts_of(line: str) -> tuple[str, ...]:
    """Part a line at its middle dots; empty parts are none."""
    return tuple(part for text in DOT.split(line) if (part := text.strip()))


def state_of(part: str, words: Words) -> Status | None:
    """Return the state that a part of a line says: our word for it, alone or with a date behind it."""
    for word, name in words.vocabulary.states.items():
        rest = part.removeprefix(word)
        if rest != part and (not rest or (rest.startswith(" ") and any(char.isdigit() for char in rest))):
            return _STATES[name]
    return None


def apart(part: str, words: Words) -> str:
    """Return a part of a line, in parentheses where it would be read as our word for a state."""
    return f"({part})" if state_of(part, words) else part
