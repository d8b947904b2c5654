"""One property that is there, taken apart: its value, and the comment that stands on a line with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobvault.notes.edits.properties.marks import Span, read_marks
from jobvault.notes.edits.properties.text import has_comment, line_end, offset
from jobvault.notes.frontmatter import Property
from jobvault.notes.note import Note

_HEADER = re.compile(r"(?:!\S*[ \t]+)?[|>][-+0-9]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a property's value stands in the note's text.

    ``first`` is the offset behind the words of the line of its name, ``end`` that of its last line. ``before`` stands
    between colon and value, ``behind`` is what the line of the value (that of the name, where the value is below it)
    holds besides: blanks and a comment, which stay. ``bare`` is the note's text with the words of the value blotted
    out, so that what is left of ``#`` in it are comments.
    """

    span: Span
    first: int
    end: int
    before: str
    behind: str
    bare: str

    @property
    def comment_inside(self) -> bool:
        """Whether a comment stands in the value."""
        span = self.span
        if span.style == "flow":
            return has_comment(self.bare[span.start : span.end])
        return span.style in ("list", "mapping") and has_comment(self.bare[self.first : self.end])

    @property
    def comment_before(self) -> bool:
        """Whether a comment stands between the name and a value further down."""
        return has_comment(self.before)


def place_of(note: Note, found: Property) -> Place | None:
    """Take a property apart; None where its name is written in a way that is too unusual."""
    read = read_marks(note.front.raw).spans.get(found.name)
    if read is None:
        return None
    span, text = read.moved(offset(note, 1)), note.text
    first, end, bare = line_end(note, found.line), line_end(note, found.end), _blotted(text, span)
    if span.style in ("none", "list", "mapping"):
        return Place(span, first, end, "", text[span.colon : first], bare)
    before = text[span.colon : span.start]
    if span.style == "text":
        header = _HEADER.match(text, span.start)
        begin = header.end() if header else span.start
        stop = min(at for at in (text.find("\n", begin), text.find("\r", begin), end) if at >= 0)
        return Place(span, first, end, before, text[begin:stop], bare)
    return Place(span, first, end, before, text[span.end : end], bare)


def _blotted(text: str, span: Span) -> str:
    pieces, at = [], 0
    for start, end in span.scalars:
        pieces += [text[at:start], "x" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])
