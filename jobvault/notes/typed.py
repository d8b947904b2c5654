"""Lines as they were typed: one thought a line, without bullets, as on a phone.

CommonMark makes one paragraph of lines that stand below each other; Obsidian shows them as the lines they are (its
“Strict line breaks” is off by default), and so do those who typed them. Prose that an editor wrapped stays together,
and so does what goes on in small letters after a first line with a capital, unless that is a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from jobvault.notes.element import Element
from jobvault.notes.names import looks_like_name
from jobvault.notes.note import Note
from jobvault.notes.task_item import without_fields
from jobvault.words import fold

_NARROWEST = 55
"""Nobody wraps prose at fewer than 60 columns, and so hardly at a line narrower than this."""
_MARKER = len("- ")
_MARKED = re.compile(r"\(([^()]{1,40})\)[ .!]*$")
_GOES_ON = re.compile(r"\d{4}-\d\d-\d\d|[^\w\s#@\[\]\"'„“”‘’«»<*_`$€£?¿¡(-]|#[^\s#]+$")
"""What no thought begins with: a date, a sign such as those of task fields, a tag that is alone."""
_BOX = re.compile(r"(?:[-*+]\s*)?\[[ xX/-]?\]")


def apart(note: Note, element: Element, marks: Collection[str] = ()) -> tuple[Element, ...]:
    """Part a paragraph, or an item and what stands unindented below it, into the lines that were typed as such.

    What is left of an item stays an item; each other line is a paragraph. ``marks`` are folded words that end a
    thought where they stand in parentheses: ``(rough)``.
    """
    if len(element.rows) == 1 or element.quoted or element.kind not in ("paragraph", "item"):
        return (element,)
    if len(element.rows) != element.end - element.line + 1:
        return (element,)
    breaks = list(_breaks(note, element, marks))
    if not breaks:
        return (element,)
    bounds = [0, *breaks, len(element.rows)]
    return tuple(_part(element, start, end) for start, end in pairwise(bounds))


def _breaks(note: Note, element: Element, marks: Collection[str]) -> Iterator[int]:
    rows = [without_fields(row) for row in element.rows]  # a tick adds a date, and must part nothing else
    wrapped = is_wrapped(rows, _MARKER if element.kind == "item" else 0)
    for place in range(1, len(rows)):
        before, row = rows[place - 1], element.rows[place]
        if element.kind == "item" and note.lines[element.line + place - 1][:1] in (" ", "\t"):
            continue
        marked = _MARKED.search(before)
        small = rows[0][:1].isupper() and row[:1].islower() and not looks_like_name(before)
        ended = _BOX.match(row) or (marked and fold(marked[1]) in marks and not (wrapped and small))
        goes_on = wrapped or small or _GOES_ON.match(row)
        if ended or not goes_on:
            yield place


def is_wrapped(rows: Sequence[str], marker: int = 0) -> bool:
    """Whether lines look filled up by an editor: the next line's first word never fitted into the one before.

    ``marker`` is the width of what stands before the first one.
    """
    widths = [len(rows[0]) + marker, *map(len, rows[1:])]
    widest = max(widths)
    filled = (width + 1 + len(below.split(" ", 1)[0]) > widest for width, below in zip(widths, rows[1:], strict=False))
    return widest >= _NARROWEST and all(filled)


def _part(element: Element, start: int, end: int) -> Element:
    rows, line = element.rows[start:end], element.line + start
    last = element.line + end - 1
    if start == 0:
        return replace(element, rows=rows, end=last)
    return replace(element, kind="paragraph", line=line, end=last, rows=rows, marker="", box=None, column=0)
