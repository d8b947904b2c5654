"""A property that is there, given another value: the value goes, and all else on its lines stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jobvault.notes.edits.properties.check import same
from jobvault.notes.edits.properties.span import Place, place_of
from jobvault.notes.edits.properties.text import (
    Edit,
    Written,
    has_comment,
    in_brackets,
    indent_of,
    newline_at,
    offset,
    written,
)
from jobvault.notes.frontmatter import Property, Value
from jobvault.notes.note import Note

_ITEM = re.compile(r"[ \t]*-[ \t]+")


def replacing(note: Note, found: Property, value: Value) -> Edit | None:
    """Put another value in the place of a property's; None where that cannot be done without losing a comment.

    A list stays as it is written: in brackets, or an item a line, of which only those that differ are written.
    """
    place, new = place_of(note, found), written(value)
    if place is None or new is None:
        return None
    if isinstance(value, list) and value and isinstance(found.value, list):
        if place.span.style == "list":
            edit = _items(note, found, place, found.value, value)
            if edit is not None:
                return edit
        if place.span.style == "flow":
            return _brackets(note, place, found.value, value)
    if place.comment_inside or (place.comment_before and not new.scalar):
        return None
    return _listed(note, found, place, new) if new.items else _plain(place, new.scalar)


def _plain(place: Place, scalar: str) -> Edit:
    """Write a value on the line of the name; an empty one leaves that bare."""
    span = place.span
    if span.style in ("inline", "flow"):
        return Edit(span.start, span.end, scalar) if scalar else Edit(span.colon, span.end, "")
    blank = place.before if span.style == "text" and scalar else " " if scalar else ""
    return Edit(span.colon, span.colon if span.style == "none" else place.end, _with(place, f"{blank}{scalar}"))


def _with(place: Place, scalar: str) -> str:
    return scalar if place.span.style == "none" else f"{scalar}{place.behind}"


def _listed(note: Note, found: Property, place: Place, new: Written) -> Edit:
    """Write items below the line of the name, on which a comment stays."""
    items = new.behind_colon(indent_of(note, found.line), newline_at(note, found.line))
    return Edit(place.span.colon, place.end, f"{place.behind}{items}")


def _brackets(note: Note, place: Place, old: Sequence[Value], new: list[Value]) -> Edit | None:
    """Write a list that stands in brackets; what is only added goes behind its last item."""
    span, more = place.span, _more(old, new)
    text = in_brackets(new if more is None or span.last is None else more)
    if text is None or note.text[span.start] != "[":
        return None
    if more is not None and span.last is not None:
        return Edit(span.last, span.last, f", {text}")
    return None if place.comment_inside else Edit(span.start, span.end, f"[{text}]")


def _more(old: Sequence[Value], new: Sequence[Value]) -> list[Value] | None:
    """Return what a list has been given at its end; None where more of it changed."""
    return list(new[len(old) :]) if old and same(list(old), list(new[: len(old)])) else None


def _items(note: Note, found: Property, place: Place, old: Sequence[Value], new: Sequence[Value]) -> Edit | None:
    """Write the items in which a list with an item a line differs; the others stay, comments with them."""
    starts = _starts(note, found, place.span.column)
    if len(starts) != len(old):
        return None
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    rows = written(list(new[head : len(new) - tail])) if len(new) > head + tail else Written("")
    edges = [*starts, found.end + 1]
    first, behind = edges[head], edges[len(old) - tail]
    start, end = offset(note, first - 1), offset(note, behind - 1)
    if rows is None or has_comment(place.bare[start:end]):
        return None
    lead = _lead(note, first if head < len(old) else starts[-1])
    newline = newline_at(note, starts[0])
    return Edit(start, end, "".join(f"{lead}{item}{newline}" for item in rows.items))


def _starts(note: Note, found: Property, column: int) -> list[int]:
    """Return the lines on which the items of a list begin."""
    dash = re.compile(rf" {{{column}}}-(?:\s|$)")
    return [line for line in range(found.line + 1, found.end + 1) if dash.match(note.lines[line - 1])]


def _lead(note: Note, line: int) -> str:
    found = _ITEM.match(note.lines[line - 1].rstrip("\r\n"))
    return found[0] if found else f"{indent_of(note, line)}- "


def _alike(one: Sequence[Value], other: Sequence[Value]) -> int:
    """Return how many values two lists have in common at their beginning."""
    count = 0
    while count < min(len(one), len(other)) and same(one[count], other[count]):
        count += 1
    return count
