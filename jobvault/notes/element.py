"""What a scan of a note finds: its blocks, each with its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["heading", "item", "paragraph", "code", "html", "comment", "table", "rule", "reference"]


@dataclass(frozen=True, slots=True)
class Element:
    """One block of a note. Lines count as the scan was told to, columns from 0 with tab stops at multiples of 4."""

    kind: Kind
    line: int
    """Its first line."""
    end: int
    """Its own last line: an item's is that of its own first paragraph, a fence's its closing line."""
    rows: tuple[str, ...]
    """The source of its content, one string a line, without what belongs to its containers, its own marks (heading,
    item, box, fence) and the blanks at both ends. Code keeps its blanks, comments and HTML their marks, a table its
    pipes. A box that is alone on its line leaves no row. An item that starts with anything else than a paragraph has
    none."""
    level: int = 0
    """1 to 6 for a heading, else 0."""
    setext: bool = False
    """Whether a heading is one by the line below it."""
    marker: str = ""
    """An item's ``-``, ``*``, ``+``, ``1.``, ``2)`` …"""
    box: str | None = None
    """An item's character between ``[`` and ``]``, where its first line starts with a box and a blank, or is nothing
    but a box. GFM knows blank, ``x`` and ``X``; Obsidian any character."""
    depth: int = 0
    """How many items enclose it."""
    parent: int | None = None
    """The index, among all elements, of the innermost item that encloses it."""
    quoted: int = 0
    """How many block quotes enclose it."""
    column: int = 0
    """Where an item's content starts; 0 for others."""
    closed: bool = True
    """False for a fence, a comment or other HTML whose end is nowhere in its container."""

    @property
    def text(self) -> str:
        """Its rows as one line."""
        return " ".join(self.rows)


class _Draft:
    """An element that is not frozen yet."""

    __slots__ = Element.__slots__


def element(  # noqa: PLR0913, PLR0917 (the fields of an element, by place, as this is called for each)
    kind: Kind,
    line: int,
    end: int,
    rows: tuple[str, ...],
    level: int,
    setext: bool,
    marker: str,
    box: str | None,
    depth: int,
    parent: int | None,
    quoted: int,
    column: int,
    closed: bool,
) -> Element:
    """Make an ``Element``; its constructor does the same, four times slower.

    A frozen dataclass sets each field through ``object.__setattr__``, which for a note's elements took as long as
    all the rest of the scan. An object with the same slots is filled and then becomes an element by its class.
    """
    draft: Any = _Draft()
    draft.kind = kind
    draft.line = line
    draft.end = end
    draft.rows = rows
    draft.level = level
    draft.setext = setext
    draft.marker = marker
    draft.box = box
    draft.depth = depth
    draft.parent = parent
    draft.quoted = quoted
    draft.column = column
    draft.closed = closed
    draft.__class__ = Element
    made: Element = draft
    return made
