"""A letter's text: its passages, and the comments in it, which say what is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jobvault.model import Passage, Remark
from jobvault.notes.blocks import NOT_CARRIED
from jobvault.notes.element import Element
from jobvault.notes.inline import strip_comments
from jobvault.notes.note import Note, shown

_BEGIN = re.compile(r"<!--|%%")
_ENDS = {"<!--": "-->", "%%": "%%"}
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
        text = _without_comments(text)
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
    line, before = element.line, 0
    for start, _, inside in _comments(text):
        line += text.count("\n", before, start)
        before = start
        yield Remark(" ".join(shown(text[inside]).split()), line)


def _without_comments(text: str) -> str:
    """Take the comments out; what stands below one stays on its line."""
    parts, at = [], 0
    for start, end, _ in _comments(text):
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    return "".join([*parts, text[at:]])


def _comments(text: str) -> Iterator[tuple[int, int, slice]]:
    """Find comments: where each begins and ends, and its words. One that never ends is none, and is looked for once."""
    endless: set[str] = set()
    at = 0
    while (found := _BEGIN.search(text, at)) and len(endless) < len(_ENDS):
        begin = found[0]
        end = -1 if begin in endless else text.find(_ENDS[begin], found.end())
        if end < 0:
            endless.add(begin)
            at = found.end()
        else:
            at = end + len(_ENDS[begin])
            yield found.start(), at, slice(found.end(), end)
