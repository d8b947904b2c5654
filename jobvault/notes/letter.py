"""A letter's text: its passages, and the comments in it, which say what is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jobvault.model import Passage, Remark
from jobvault.notes.blocks import NOT_CARRIED
from jobvault.notes.element import Element
from jobvault.notes.inline import strip_comments
from jobvault.notes.note import Note, shown

_COMMENT = re.compile(r"<!--(?P<html>.*?)-->|%%(?P<obsidian>.*?)%%", re.DOTALL)
_HARD_BREAK = "\\"
_KINDS: Mapping[str, str] = {"paragraph": "paragraph", "item": "item", "heading": "heading"}
_NOT_TEXT = ("comment", "reference")


def read_passages(note: Note) -> tuple[Passage, ...]:
    """Return the text of a letter, in order; generated blocks are none of it."""
    return tuple(passage for element in note.own if (passage := _passage(note, element)) is not None)


def read_gaps(note: Note) -> tuple[Remark, ...]:
    """Return the comments in a letter, each by its words."""
    return tuple(gap for element in note.own for gap in _gaps(element))


def _passage(note: Note, element: Element) -> Passage | None:
    if element.kind in _NOT_TEXT or (element.quoted and note.lines[element.line - 1].startswith(NOT_CARRIED)):
        return None
    text = "\n".join(_with_breaks(note, element))
    if element.kind in _KINDS and strip_comments(text) != text:
        text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    rows = tuple(shown(row).strip() for row in text.split("\n"))
    blank = next((place for place, row in enumerate(rows) if row), len(rows))
    if blank == len(rows):
        return None
    kind = "other" if element.quoted else _KINDS.get(element.kind, "other")
    return Passage(rows[blank:], element.line + blank, kind)  # type: ignore[arg-type]  # one of its kinds


def _with_breaks(note: Note, element: Element) -> Iterator[str]:
    """Yield an element's rows; a line break that is two blanks, which the rows are without, becomes a backslash."""
    last = len(element.rows) - 1
    whole = element.end - element.line == last
    for place, row in enumerate(element.rows):
        line = note.lines[element.line - 1 + place].rstrip("\r\n") if whole and place < last else ""
        yield row + _HARD_BREAK if line.endswith("  ") else row


def _gaps(element: Element) -> Iterator[Remark]:
    text = "\n".join(element.rows)
    if element.kind not in (*_KINDS, "comment") or (element.kind != "comment" and strip_comments(text) == text):
        return
    for found in _COMMENT.finditer(text):
        words = " ".join(shown(found["html"] or found["obsidian"] or "").split())
        yield Remark(words, element.line + text.count("\n", 0, found.start()))
