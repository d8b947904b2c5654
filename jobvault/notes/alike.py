"""Whether a note is a copy of another: the same front matter, and nearly the same text outside generated blocks."""

from __future__ import annotations

from difflib import SequenceMatcher

from jobvault.notes.markdown import split_lines
from jobvault.notes.note import Note, parse_note

NEARLY = 0.9
"""How much of two texts must be equal."""


def nearly_same(one: bytes, other: bytes) -> bool:
    """Compare two notes; front matter must be equal but for blanks at line ends."""
    first, second = parse_note("", one), parse_note("", other)
    if _front(first) != _front(second):
        return False
    return SequenceMatcher(None, _text(first), _text(second), autojunk=False).ratio() >= NEARLY


def _front(note: Note) -> list[str]:
    return [line.rstrip() for line in split_lines(note.front.raw)]


def _text(note: Note) -> list[str]:
    inside = {line for block in note.blocks for line in range(block.begin, block.end + 1)}
    rows = enumerate(note.lines[note.front.body :], note.front.body + 1)
    return [line.strip() for number, line in rows if number not in inside and line.strip()]
