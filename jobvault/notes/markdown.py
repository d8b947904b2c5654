"""One pass over a note's lines: which of them are headings, items, paragraphs, code, comments, tables.

The rules are those of CommonMark 0.31.2 (https://spec.commonmark.org/0.31.2/, in the way of its appendix "A parsing
strategy"), of GFM's tables and task items (https://github.github.com/gfm/), and of Obsidian's ``%%`` comments. Where
they leave something open, it is done as cmark and GitHub's cmark-gfm do it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from jobvault.notes.element import Element, Kind, element
from jobvault.notes.inline import TAG
from jobvault.notes.lines import BLANKS, behind_quote, marker_of, split_lines, without_columns, without_tabs
from jobvault.notes.targets import definition_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["MOST_CONTAINERS", "Element", "Kind", "scan", "split_lines"]

MOST_CONTAINERS = 64
"""How deep items and quotes may nest; a marker below that is text. Without a bound, one line of n markers would make
each line after it cost n steps. Notes written by hand nest a dozen deep at most."""


def scan(lines: Sequence[str], first: int = 1, start: int = 0) -> tuple[Element, ...]:
    """Tell what blocks the lines of a note are, in the order in which they begin; never raises.

    ``lines`` are those of the whole note, as from ``split_lines``; those before index ``start`` (the front matter)
    are left out. ``lines[i]`` has the number ``first + i``.
    """
    return _Scanner(lines, first, start).scan()


_Item = tuple[int, int, str, int]
"""An open item: its index among the elements, the index of its line, its marker, the column of its content."""

_CODE = "    "
_CODE_INDENT = len(_CODE)
_LEVELS = 6
_FENCE_LEAST = 3
_PLACE = Element("item", 0, 0, ())
_BOX = re.compile(r"\[(.)\](?:[ \t]+|$)", re.DOTALL)
_RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")

_HTML: tuple[tuple[Kind, re.Pattern[str], re.Pattern[str]], ...] = (
    ("comment", re.compile(r"<!--"), re.compile(r"-->")),
    (
        "html",
        re.compile(r"<(?:script|pre|style|textarea)(?=[ \t>]|$)", re.IGNORECASE | re.ASCII),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE | re.ASCII),
    ),
    ("html", re.compile(r"<\?"), re.compile(r"\?>")),
    ("html", re.compile(r"<![A-Za-z]"), re.compile(r">")),
    ("html", re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
)
"""How those HTML blocks begin that go on to a line which holds something, and what that is."""
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div"
    r"|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link"
    r"|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th"
    r"|thead|title|tr|track|ul)(?=[ \t]|/?>|$)",
    re.IGNORECASE | re.ASCII,
)


class _Scanner:
    """What is open at the line that is read, and what was found before it.

    ``prefixes`` are the open containers from the outside in: an item is the blanks that its further lines start
    with, a block quote is the empty string. ``items`` are the elements' indexes of those that are items. ``rows``
    is the open paragraph or table, begun at line index ``begun``. ``hollow`` is the innermost item while it has no
    block yet; ``owner`` is the item whose first block the open paragraph is.
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

    def scan(self) -> tuple[Element, ...]:
        """Read all lines."""
        lines, total, prefixes = self.lines, len(self.lines), self.prefixes
        while self.at < total:
            depth, rest, column = 0, lines[self.at].rstrip(BLANKS), 0
            if prefixes or "\t" in rest:
                depth, rest, column = self._enter(rest)
            if rest:
                self._read(depth, rest, column)
            else:
                self._blank(depth)
            self.at += 1
        self._leave(0)
        return tuple(self.elements)

    # Containers

    def _enter(self, text: str) -> tuple[int, str, int]:
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
                if indent >= _CODE_INDENT or not inner.startswith(">"):
                    break
                text, column = behind_quote(inner, column + indent)
            depth += 1
        return depth, text, column

    def _inside(self) -> Iterator[tuple[int, str, int]]:
        """Give the next lines as long as all open containers go on in them: index, rest, column."""
        lines, most = self.lines, len(self.prefixes)
        for at in range(self.at + 1, len(lines)):
            depth, rest, column = self._enter(lines[at].rstrip(BLANKS))
            if depth < most:
                return
            yield at, rest, column

    def _leave(self, depth: int) -> None:
        """End the open paragraph or table, and all but the outer ``depth`` containers."""
        if self.rows:
            self._finish()
        if self.hollow:
            self._settle(self.hollow)
        prefixes = self.prefixes
        while len(prefixes) > depth:
            if prefixes.pop():
                self.items.pop()

    # What a line is

    def _blank(self, depth: int) -> None:
        """Read a line with nothing behind the marks of ``depth`` containers."""
        # An item may begin with one blank line, not with two.
        if self.hollow and self.hollow[1] == self.at - 1:
            depth = min(depth, len(self.prefixes) - 1)
        if depth < len(self.prefixes):
            self._leave(depth)
        elif self.rows:
            self._finish()

    def _read(self, depth: int, rest: str, column: int) -> None:
        """Read a line that is not blank, from behind the marks of the ``depth`` containers that go on in it."""
        starts, prefixes = self.starts, self.prefixes
        while rest:
            inner, indent = rest, 0
            if rest[0] == " ":
                inner = rest.lstrip(" ")
                indent = len(rest) - len(inner)
                if indent >= _CODE_INDENT and (self.table or not self.rows):
                    self._indented(depth, column)
                    return
            if indent >= _CODE_INDENT or inner[0] not in starts:
                self._text(depth, inner)
                return
            leaf = starts[inner[0]]
            if leaf and leaf(self, depth, inner, indent):
                return
            marker = marker_of(inner, within=self._within(depth))
            if not marker or len(prefixes) >= MOST_CONTAINERS:
                self._text(depth, inner)
                return
            self._leave(depth)
            if marker == ">":
                prefixes.append("")
                rest, column = behind_quote(inner, column + indent)
            else:
                rest, column = self._item(marker, inner, indent, column)
            depth = len(prefixes)

    def _within(self, depth: int) -> bool:
        """Whether a line in which ``depth`` containers go on stands in the open paragraph."""
        return bool(self.rows) and not self.table and depth == len(self.prefixes)

    def _text(self, depth: int, inner: str) -> None:
        """Go on with the open paragraph, even if not all containers go on, or with the table, or begin a paragraph."""
        if self.rows and not (self.table and depth < len(self.prefixes)):
            self.rows.append(inner)
            return
        if depth < len(self.prefixes):
            self._leave(depth)
        self.rows.append(inner)
        self.begun = self.at
        self.owner, self.hollow = self.hollow, None

    def _item(self, marker: str, inner: str, indent: int, column: int) -> tuple[str, int]:
        """Open an item; gives the rest of its line and the column of that."""
        width = indent + len(marker)
        rest = inner[len(marker) :]
        if "\t" in rest:
            rest = without_tabs(rest, column + width)
        gap = len(rest) - len(rest.lstrip(" "))
        if not rest or gap > _CODE_INDENT:
            gap = 1
        width += gap
        index = len(self.elements)
        self.elements.append(_PLACE)
        self.hollow = (index, self.at, marker, column + width)
        self.items.append(index)
        self.prefixes.append(" " * width)
        return rest[gap:], column + width

    # Blocks that a line starts; each of these tells whether it was one

    def _heading(self, depth: int, inner: str, _indent: int) -> bool:
        text = inner.lstrip("#")
        level = len(inner) - len(text)
        if level > _LEVELS or (text and text[0] not in " \t"):
            return False
        self._leave(depth)
        bare = text.rstrip("#")
        if not bare or bare[-1] in " \t":
            text = bare
        text = text.strip(BLANKS)
        self._add("heading", self.at, self.at, (text,) if text else (), level=level)
        return True

    def _dash(self, depth: int, inner: str, indent: int) -> bool:
        if inner[-1] == "-" and (self._underline(depth, inner, indent) or self._rule(depth, inner, indent)):
            return True
        return inner[1:2] not in {" ", "\t"} and self._delimiters(depth, inner, indent)

    def _underline(self, depth: int, inner: str, _indent: int) -> bool:
        """Make the open paragraph a heading, if the line is nothing but one mark."""
        if inner.strip(inner[0]) or not self._within(depth):
            return False
        owner, begun, rows = self._paragraph()
        if not rows:
            self.hollow = owner
            return False
        if owner:
            self._settle(owner)
        self._add("heading", begun, self.at, rows, level=1 if inner[0] == "=" else 2, setext=True)
        return True

    def _rule(self, depth: int, inner: str, _indent: int) -> bool:
        if inner[-1] != inner[0] or not _RULE.fullmatch(inner):
            return False
        self._leave(depth)
        self._add("rule", self.at, self.at, ())
        return True

    def _delimiters(self, depth: int, inner: str, _indent: int) -> bool:
        """Make the last line of the open paragraph the head of a table, if this line fits below it."""
        if not self._within(depth) or not _DELIMITERS.fullmatch(inner) or _cells(self.rows[-1]) != _cells(inner):
            return False
        head = self.rows.pop()
        if self.rows:
            self._finish()
        else:
            self.hollow, self.owner = self.owner, None
        if self.hollow:
            self._settle(self.hollow)
        self.rows = [head, inner]
        self.begun = self.at - 1
        self.table = True
        return True

    def _fence(self, depth: int, inner: str, indent: int) -> bool:
        mark = inner[0]
        length = len(inner) - len(inner.lstrip(mark))
        if length < _FENCE_LEAST or (mark == "`" and mark in inner[length:]):
            return False
        self._leave(depth)
        begun, rows, closed = self.at, [], False
        for at, rest, column in self._inside():
            self.at = at
            bare = rest.lstrip(" ")
            if len(bare) >= length and not bare.strip(mark) and len(rest) - len(bare) < _CODE_INDENT:
                closed = True
                break
            rows.append(without_columns(self.lines[at], column, indent))
        self._add("code", begun, self.at, rows, closed=closed)
        return True

    def _indented(self, depth: int, column: int) -> None:
        """Read indented code; blank lines at its end do not belong to it."""
        self._leave(depth)
        begun = end = self.at
        rows = [without_columns(self.lines[begun], column, _CODE_INDENT)]
        for at, rest, start in self._inside():
            if rest and not rest.startswith(_CODE):
                break
            rows.append(without_columns(self.lines[at], start, _CODE_INDENT))
            if rest:
                end = at
        self._add("code", begun, end, rows[: end - begun + 1])
        self.at = end

    def _html(self, depth: int, inner: str, _indent: int) -> bool:
        for kind, begin, end in _HTML:
            if begin.match(inner):
                self._leave(depth)
                self._up_to(end, kind, inner)
                return True
        # A tag that is no block's starts one where it stands alone and no paragraph can go on with it.
        if not _BLOCK_TAG.match(inner) and ((self.rows and not self.table) or not TAG.fullmatch(inner)):
            return False
        self._leave(depth)
        begun, rows = self.at, [inner]
        for at, rest, _column in self._inside():
            if not rest:
                break
            rows.append(rest.lstrip(" "))
            self.at = at
        self._add("html", begun, self.at, rows)
        return True

    def _up_to(self, end: re.Pattern[str], kind: Kind, inner: str) -> None:
        """Add a block that goes on to the line which holds ``end``, else to the end of its container."""
        begun, rows, closed = self.at, [inner], bool(end.search(inner))
        for at, rest, _column in () if closed else self._inside():
            self.at = at
            rows.append(rest.lstrip(" "))
            closed = bool(end.search(rest))
            if closed:
                break
        while not rows[-1]:
            rows.pop()
        self._add(kind, begun, begun + len(rows) - 1, rows, closed=closed)

    def _percent(self, depth: int, inner: str, _indent: int) -> bool:
        """Read an Obsidian comment over several lines; one without an end is but its first line."""
        if not inner.startswith("%%") or "%%" in inner[2:]:
            return False
        self._leave(depth)
        begun, rows = self.at, [inner]
        for at, rest, _column in self._inside():
            rows.append(rest.lstrip(" "))
            if "%%" in rest:
                self.at = at
                break
        closed = self.at > begun
        self._add("comment", begun, self.at, rows if closed else rows[:1], closed=closed)
        return True

    starts: ClassVar[dict[str, Callable[[_Scanner, int, str, int], bool] | None]] = {
        "#": _heading,
        "-": _dash,
        "*": _rule,
        "_": _rule,
        "=": _underline,
        "`": _fence,
        "~": _fence,
        "<": _html,
        "%": _percent,
        "|": _delimiters,
        ":": _delimiters,
        **dict.fromkeys(">+0123456789"),
    }
    """What a line that is more than text starts with, and what can read it. Each reader gets the number of containers
    that go on, the line from that character on, and how many blanks stand before it."""

    # What was read

    def _finish(self) -> None:
        """End the open paragraph or table."""
        if self.table:
            self._add("table", self.begun, self.begun + len(self.rows) - 1, self.rows)
            self.rows = []
            self.table = False
            return
        owner, begun, rows = self._paragraph()
        if not rows:
            self.hollow = owner
        elif owner:
            self._settle(owner, begun, rows)
        else:
            self._add("paragraph", begun, begun + len(rows) - 1, rows)

    def _paragraph(self) -> tuple[_Item | None, int, list[str]]:
        """Close the open paragraph and add the definitions it starts with: the item it begins, its line, its rows."""
        owner, begun, rows = self.owner, self.begun, self.rows
        self.owner, self.rows = None, []
        if rows[0][0] != "[":
            return owner, begun, rows
        source = "\n".join(rows)
        at = taken = 0
        while at < len(source) and (end := definition_end(source, at)):
            count = source.count("\n", at, end) + (end == len(source))
            self._add("reference", begun + taken, begun + taken + count - 1, rows[taken : taken + count])
            at = end
            taken += count
        return owner, begun + taken, rows[taken:]

    def _settle(self, item: _Item, begun: int = 0, rows: Sequence[str] = ()) -> None:
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
            False,  # noqa: FBT003 (all by place)
            marker,
            box,
            depth,
            items[-2] if depth else None,
            len(self.prefixes) - len(items),
            column,
            True,  # noqa: FBT003 (all by place)
        )

    def _add(  # noqa: PLR0913 (most are seldom given)
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


def _cells(row: str) -> int:
    """Count the cells of a table's row."""
    cells = _PIPE.split(row)
    return len(cells) - (not cells[0]) - (len(cells) > 1 and not cells[-1])
