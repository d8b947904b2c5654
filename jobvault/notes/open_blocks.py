"""What is open while a note's lines are scanned, and the elements that it becomes when it ends.

This is the state of CommonMark's block phase (https://spec.commonmark.org/0.31.2/, "A parsing strategy"): containers
(items and block quotes) from the outside in, and at their end a paragraph or a table that the next line may go on with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jobvault.notes.element import Element, Kind, element
from jobvault.notes.lines import BLANKS, CODE_INDENT, behind_quote, without_tabs
from jobvault.notes.targets import definition_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Item = tuple[int, int, str, int]
"""An open item: its index among the elements, the index of its line, its marker, the column of its content."""

_PLACE = Element("item", 0, 0, ())
_BOX = re.compile(r"\[(.)\](?:[ \t]+|$)", re.DOTALL)


class OpenBlocks:
    """What is open at the line with index ``at``, and the elements found so far.

    ``prefixes`` are the open containers from the outside in: an item is the blanks that its further lines start
    with, a block quote is the empty string. ``items`` are the elements' indexes of those that are items. ``rows``
    is the open paragraph, or table if ``table``, begun at line index ``begun``. ``hollow`` is the innermost item
    while it has no block yet; ``owner`` is the item whose first block the open paragraph is.
    """

    __slots__ = ("at", "begun", "elements", "first", "hollow", "items", "lines", "owner", "prefixes", "rows", "table")

    def __init__(self, lines: Sequence[str], first: int, start: int) -> None:
        self.lines = lines
        self.first = first
        self.at = start
        self.elements: list[Element] = []
        self.prefixes: list[str] = []
        self.items: list[int] = []
        self.rows: list[str] = []
        self.begun = 0
        self.table = False
        self.hollow: _Item | None = None
        self.owner: _Item | None = None

    # Lines in the open containers

    def enter(self, text: str) -> tuple[int, str, int]:
        """Take the marks of the open containers off a line: how many go on in it, the rest, its column."""
        if "\t" in text:
            text = without_tabs(text, 0)
        depth = column = 0
        for prefix in self.prefixes:
            if prefix:
                if text and not text.startswith(prefix):
                    break
                width = len(prefix)
                text = text[width:]
                column += width
            else:
                inner = text.lstrip(" ")
                indent = len(text) - len(inner)
                if indent >= CODE_INDENT or not inner.startswith(">"):
                    break
                text, column = behind_quote(inner, column + indent)
            depth += 1
        return depth, text, column

    def inside(self) -> Iterator[tuple[int, str, int]]:
        """Give the next lines as long as all open containers go on in them: index, rest, column."""
        lines, most = self.lines, len(self.prefixes)
        for at in range(self.at + 1, len(lines)):
            depth, rest, column = self.enter(lines[at].rstrip(BLANKS))
            if depth < most:
                return
            yield at, rest, column

    def within(self, depth: int) -> bool:
        """Whether a line in which ``depth`` containers go on stands in the open paragraph."""
        return bool(self.rows) and not self.table and depth == len(self.prefixes)

    # What begins

    def open_item(self, marker: str, inner: str, indent: int, column: int) -> tuple[str, int]:
        """Open the item whose marker stands behind ``indent`` blanks; gives the rest of its line and its column."""
        width = indent + len(marker)
        rest = inner[len(marker) :]
        if "\t" in rest:
            rest = without_tabs(rest, column + width)
        gap = len(rest) - len(rest.lstrip(" "))
        if not rest or gap > CODE_INDENT:
            gap = 1
        width += gap
        index = len(self.elements)
        self.elements.append(_PLACE)
        self.hollow = (index, self.at, marker, column + width)
        self.items.append(index)
        self.prefixes.append(" " * width)
        return rest[gap:], column + width

    def open_quote(self, inner: str, column: int) -> tuple[str, int]:
        """Open the block quote whose mark stands at ``column``; gives the rest of its line and its column."""
        self.prefixes.append("")
        return behind_quote(inner, column)

    def read_text(self, depth: int, inner: str) -> None:
        """Go on with the open paragraph, even if not all containers go on, or with the table, or begin a paragraph."""
        if self.rows and not (self.table and depth < len(self.prefixes)):
            self.rows.append(inner)
            return
        if depth < len(self.prefixes):
            self.leave(depth)
        self.rows.append(inner)
        self.begun = self.at
        self.owner, self.hollow = self.hollow, None

    def open_table(self, delimiters: str) -> None:
        """Make the last row of the open paragraph the head of a table, whose second line this is."""
        head = self.rows.pop()
        if self.rows:
            self.finish()
        else:
            self.hollow, self.owner = self.owner, None
        if self.hollow:
            self.settle(self.hollow)
        self.rows = [head, delimiters]
        self.begun = self.at - 1
        self.table = True

    # What ends

    def leave(self, depth: int) -> None:
        """End the open paragraph or table, and all but the outer ``depth`` containers."""
        if self.rows:
            self.finish()
        if self.hollow:
            self.settle(self.hollow)
        prefixes = self.prefixes
        while len(prefixes) > depth:
            if prefixes.pop():
                self.items.pop()

    def read_blank(self, depth: int) -> None:
        """Read a line with nothing behind the marks of ``depth`` containers."""
        # An item may begin with one blank line, not with two.
        if self.hollow and self.hollow[1] == self.at - 1:
            depth = min(depth, len(self.prefixes) - 1)
        if depth < len(self.prefixes):
            self.leave(depth)
        elif self.rows:
            self.finish()

    def finish(self) -> None:
        """End the open paragraph or table."""
        if self.table:
            self.add("table", self.begun, self.begun + len(self.rows) - 1, self.rows)
            self.rows = []
            self.table = False
            return
        owner, begun, rows = self.take_paragraph()
        if not rows:
            self.hollow = owner
        elif owner:
            self.settle(owner, begun, rows)
        else:
            self.add("paragraph", begun, begun + len(rows) - 1, rows)

    def underline(self, level: int) -> bool:
        """Make the open paragraph a heading; tells whether there was one, and not only definitions."""
        owner, begun, rows = self.take_paragraph()
        if not rows:
            self.hollow = owner
            return False
        if owner:
            self.settle(owner)
        self.add("heading", begun, self.at, rows, level=level, setext=True)
        return True

    def take_paragraph(self) -> tuple[_Item | None, int, list[str]]:
        """Close the open paragraph and add the definitions it starts with: the item it begins, its line, its rows."""
        owner, begun, rows = self.owner, self.begun, self.rows
        self.owner, self.rows = None, []
        if rows[0][0] != "[":
            return owner, begun, rows
        source = "\n".join(rows)
        at = taken = 0
        while at < len(source) and (end := definition_end(source, at)):
            count = source.count("\n", at, end) + (end == len(source))
            self.add("reference", begun + taken, begun + taken + count - 1, rows[taken : taken + count])
            at = end
            taken += count
        return owner, begun + taken, rows[taken:]

    # What was found

    def settle(self, item: _Item, begun: int = 0, rows: Sequence[str] = ()) -> None:
        """Put an item in its place among the elements, with the paragraph that it starts with."""
        index, line, marker, column = item
        self.hollow = None
        end, box = line, None
        if rows:
            end = begun + len(rows) - 1
            if begun == line and (match := _BOX.match(rows[0])):
                box = match[1]
                rest = rows[0][match.end() :]
                rows = (rest, *rows[1:]) if rest else rows[1:]
        items, first = self.items, self.first
        depth = len(items) - 1
        self.elements[index] = element(
            "item",
            first + line,
            first + end,
            tuple(rows),
            0,
            False,
            marker,
            box,
            depth,
            items[-2] if depth else None,
            len(self.prefixes) - len(items),
            column,
            True,
        )

    def add(
        self,
        kind: Kind,
        begun: int,
        end: int,
        rows: Sequence[str],
        *,
        level: int = 0,
        setext: bool = False,
        closed: bool = True,
    ) -> None:
        """Append an element other than an item; ``begun`` and ``end`` are indexes of lines."""
        items, first = self.items, self.first
        depth = len(items)
        self.elements.append(
            element(
                kind,
                first + begun,
                first + end,
                tuple(rows),
                level,
                setext,
                "",
                None,
                depth,
                items[-1] if depth else None,
                len(self.prefixes) - depth,
                0,
                closed,
            )
        )
