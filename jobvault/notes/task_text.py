"""What a task line's words hold besides the fields that are read: tags, and due dates in the wrong place.

Code, wikilinks and link targets are passed over. All patterns take time in proportion to the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from jobvault.notes.due_words import DATE, has_due_phrase
from jobvault.notes.task_fields import DATAVIEW_KEYS, DATE_SIGNS, TAG

_TAG_IN_TEXT = re.compile(r"(?<!\S)" + TAG.pattern)
_DATAVIEW_OPENING = re.compile(rf"([\[(])\s*(?:{'|'.join(DATAVIEW_KEYS)})::", re.IGNORECASE)
_DATAVIEW_DUE = re.compile(r"[\[(]\s*due::([^\[\]()]*)[\])]", re.IGNORECASE)
_DUE_SIGN = re.compile("|".join(sign for sign, key in DATE_SIGNS.items() if key == "due"))
_QUOTED = re.compile(r"`[^`]*`|\[\[[^\[\]]*\]\]|\]\([^()]*\)")


def tags_within(text: str) -> tuple[str, ...]:
    """Return the tags of running text in their order, without ``#``; digits alone are no tag in Obsidian."""
    names = (match[1] for match in _TAG_IN_TEXT.finditer(_without_quoted(text)))
    return tuple(name for name in names if not name.isdecimal())


def unread_dues(text: str, due_words: Collection[str]) -> tuple[bool, tuple[str, ...]]:
    """Look for due dates in ``text`` that are not read, because of where or how they are written.

    Returns whether there is one with a date, or with nothing at all where the date should be; and the bracketed ones
    that hold something else (``[due:: tomorrow]``), as written.
    """
    bare = _without_quoted(text)
    brackets = [(match, match[1].strip()) for match in _DATAVIEW_DUE.finditer(bare)]
    dateless = tuple(
        text[match.start() : match.end()] for match, value in brackets if value and not re.fullmatch(DATE, value)
    )
    dated = len(dateless) < len(brackets) or _DUE_SIGN.search(bare) is not None
    return dated or has_due_phrase(bare, tuple(due_words)), dateless


def dataview_bracket(text: str) -> Literal["", "[", "("]:
    """Return the bracket of the last Dataview field on ``text`` with a key of Tasks, read or not; empty if none."""
    openings = _DATAVIEW_OPENING.findall(_without_quoted(text))
    if not openings:
        return ""
    return "[" if openings[-1] == "[" else "("


def _without_quoted(text: str) -> str:
    """Blot out code, wikilinks and link targets, keeping every other character in its place."""
    return _QUOTED.sub(lambda match: "|" * len(match[0]), text)
