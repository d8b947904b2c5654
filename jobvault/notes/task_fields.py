"""The fields at the end of a task line, read from its end, in their three forms.

The grammar is that of Obsidian Tasks (``DefaultTaskSerializer.ts`` for emoji, ``DataviewTaskSerializer.ts`` for
brackets, ``TaskRegularExpressions.ts`` for tags and block ids), plus ``due 2026-11-28`` in plain words. Unlike
there, both of its formats are read on one line, Dataview keys are case-blind, and any blank counts as one.

Every step looks only at what stands directly before a position and either takes it or ends the reading, so a line
costs time in proportion to its length, whatever is on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from jobvault.notes.due_words import DATE, due_word_start

DATE_SIGNS = {
    "📅": "due",
    "📆": "due",
    "🗓": "due",
    "⏳": "scheduled",
    "⌛": "scheduled",
    "🛫": "start",
    "➕": "created",
    "✅": "done",
    "❌": "cancelled",
}
DATE_KEYS = frozenset(DATE_SIGNS.values())
DATAVIEW_KEYS = {
    "id": "id",
    "dependson": "depends-on",
    "priority": "priority",
    "repeat": "repeat",
    "oncompletion": "on-completion",
    "created": "created",
    "start": "start",
    "scheduled": "scheduled",
    "due": "due",
    "cancelled": "cancelled",
    "completion": "done",
}
"""Keys in brackets, in lower case, and what they stand for."""

_VALUE_SIGNS = {"🔁": "repeat", "🏁": "on-completion", "⛔": "depends-on", "🆔": "id"}
_PRIORITY_SIGNS = "🔺⏫🔼🔽⏬"
_EMOJI_STYLE = "\ufe0f"

_ID = r"[a-zA-Z0-9_-]+"
_DATE_LENGTH = len("2026-11-28")
_DATE_VALUE = re.compile(DATE)
_VALUES = dict.fromkeys(DATE_KEYS, _DATE_VALUE) | {
    "priority": re.compile("highest|high|medium|low|lowest", re.IGNORECASE),
    "repeat": re.compile(r"[a-zA-Z0-9, !]+"),
    "on-completion": re.compile(r"[a-zA-Z]+"),
    "depends-on": re.compile(rf"{_ID}(?:\s*,\s*{_ID})*"),
    "id": re.compile(_ID),
}
_VALUE_CHARS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789, !_-")
_OPENING = {"]": "[", ")": "("}
_STOPS = ".,;!"

TAG = re.compile(r"""#([^\s!@#$%^&*(),.?":{}|<>\[\]`]+)""")
"""Tasks' tag; ``[``, ``]`` and the backtick are left out, so that the end of ``[[Acme #sre]]`` or of code is none."""

_BLOCK_ID = re.compile(r"\^([a-zA-Z0-9-]+)")
_DATAVIEW_INNER = re.compile(r"\s*([a-zA-Z]+)::(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a task line.

    ``key`` is one of ``due scheduled start created done cancelled priority repeat on-completion id depends-on``;
    ``value`` is as written, trimmed (a priority in emoji form: the emoji). ``start`` and ``end`` bound it in the
    text that was read, with its emoji or brackets, the blanks before it, and the punctuation that belongs to it.
    """

    key: str
    value: str
    form: Literal["emoji", "dataview", "plain"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """A tag, block id or ``#123`` among the fields.

    ``name`` is without ``#`` or ``^``; the span includes the blanks before.
    """

    kind: Literal["tag", "number", "block-id"]
    name: str
    start: int
    end: int


Piece = Field | Label


def read_fields(content: str, due_words: Collection[str]) -> tuple[Piece, ...]:
    """Read the run of fields, tags and a block id that ends ``content``, in the order of the line.

    ``due_words`` are what may stand before a date in plain words, in any case; blanks at the end are skipped.
    A ``#123`` is no tag in Obsidian: it may stand between fields, as in Tasks, but does not begin the run.
    """
    words = tuple(due_words)
    pieces: list[Piece] = []
    end = _before_blanks(content, len(content))
    has_block_id = False
    while (piece := _piece_before(content, end, words)) is not None:
        if isinstance(piece, Label) and piece.kind == "block-id":
            if has_block_id:
                break
            has_block_id = True
        pieces.append(piece)
        end = piece.start
    while pieces and isinstance(pieces[-1], Label) and pieces[-1].kind == "number":
        pieces.pop()
    return tuple(reversed(pieces))


def _piece_before(content: str, end: int, due_words: tuple[str, ...]) -> Piece | None:
    if end == 0:
        return None
    return (
        _dataview_before(content, end)
        or _emoji_date_before(content, end)
        or _plain_due_before(content, end, due_words)
        or _priority_before(content, end)
        or _label_before(content, end)
        or _emoji_value_before(content, end)
    )


def _dataview_before(content: str, end: int) -> Field | None:
    close = end - 1
    if content[close] == ",":
        close = _before_blanks(content, close) - 1
    if close < 0 or content[close] not in _OPENING:
        return None
    start = content.rfind(_OPENING[content[close]], 0, close)
    inner = _DATAVIEW_INNER.fullmatch(content, start + 1, close) if start >= 0 else None
    key = DATAVIEW_KEYS.get(inner[1].lower()) if inner else None
    if inner is None or key is None:
        return None
    value = inner[2].strip()
    if not _VALUES[key].fullmatch(value):
        return None
    return Field(key, value, "dataview", _before_blanks(content, start), end)


def _emoji_date_before(content: str, end: int) -> Field | None:
    date = _date_before(content, end)
    sign = _sign_before(content, end - _DATE_LENGTH) if date else None
    if date is None or sign is None or sign[0] not in DATE_SIGNS:
        return None
    return Field(DATE_SIGNS[sign[0]], date, "emoji", sign[1], end)


def _priority_before(content: str, end: int) -> Field | None:
    sign = _sign_before(content, end)
    if sign is None or sign[0] not in _PRIORITY_SIGNS:
        return None
    return Field("priority", sign[0], "emoji", sign[1], end)


def _emoji_value_before(content: str, end: int) -> Field | None:
    start = end
    while start and content[start - 1] in _VALUE_CHARS:
        start -= 1
    sign = _sign_before(content, start)
    key = _VALUE_SIGNS.get(sign[0]) if sign else None
    value = content[start:end].strip()
    if sign is None or key is None or not _VALUES[key].fullmatch(value):
        return None
    return Field(key, value, "emoji", sign[1], end)


def _plain_due_before(content: str, end: int, due_words: tuple[str, ...]) -> Field | None:
    """Read ``due DATE``, with the colon, brackets, separator before it and stop after it that may belong to it."""
    at = end - 1 if content[end - 1] in _STOPS else end
    opening = _OPENING.get(content[at - 1]) if at else None
    if opening:
        at = _before_blanks(content, at - 1)
    date = _date_before(content, at)
    if date is None:
        return None
    after_word = _before_blanks(content, at - _DATE_LENGTH)
    if after_word and content[after_word - 1] == ":":
        after_word = _before_blanks(content, after_word - 1)
    elif after_word == at - _DATE_LENGTH:
        return None
    start = due_word_start(content, after_word, due_words)
    if start is None:
        return None
    if opening:
        start = _before_blanks(content, start)
        if not start or content[start - 1] != opening:
            return None
        start -= 1
    return Field("due", date, "plain", _before_separator(content, start), end)


def _label_before(content: str, end: int) -> Label | None:
    start = end
    while start and not content[start - 1].isspace():
        start -= 1
    if tag := TAG.fullmatch(content, start, end):
        return Label("number" if tag[1].isdecimal() else "tag", tag[1], _before_blanks(content, start), end)
    if block_id := _BLOCK_ID.fullmatch(content, start, end):
        return Label("block-id", block_id[1], _before_blanks(content, start), end)
    return None


def _date_before(content: str, end: int) -> str | None:
    date = _DATE_VALUE.fullmatch(content, max(0, end - _DATE_LENGTH), end)
    return date[0] if date else None


def _sign_before(content: str, end: int) -> tuple[str, int] | None:
    """Return the emoji before ``end``, blanks skipped, and where it starts with the blanks before it."""
    at = _before_blanks(content, end)
    if at and content[at - 1] == _EMOJI_STYLE:
        at -= 1
    return (content[at - 1], _before_blanks(content, at - 1)) if at else None


def _before_blanks(content: str, end: int) -> int:
    while end and content[end - 1].isspace():
        end -= 1
    return end


def _before_separator(content: str, end: int) -> int:
    """Step over a comma or semicolon, or over a dash that stands between blanks, and the blanks before it."""
    at = _before_blanks(content, end)
    if at and content[at - 1] in ",;":
        return _before_blanks(content, at - 1)
    if at < end and at and content[at - 1] in "-–—·":
        before = _before_blanks(content, at - 1)
        return before if before < at - 1 else at
    return at
