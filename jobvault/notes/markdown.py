"""One pass over a note's lines: which of them are headings, items, paragraphs, code, comments, tables.

The rules are those of CommonMark 0.31.2 (https://spec.commonmark.org/0.31.2/), of GFM's tables and task items
(https://github.github.com/gfm/), and of Obsidian's ``%%`` comments. Where they leave something open, it is done as
cmark and GitHub's cmark-gfm do it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from jobvault.notes.element import Element, Kind
from jobvault.notes.inline import TAG
from jobvault.notes.lines import BLANKS, CODE_INDENT, marker_of, split_lines, without_columns
from jobvault.notes.open_blocks import OpenBlocks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["MOST_CONTAINERS", "Element", "Kind", "scan", "split_lines"]

MOST_CONTAINERS = 64
"""How deep items and quotes may nest; a marker below that is text. Without a bound, one line of n markers would make
each line after it cost n steps. Notes written by hand nest a dozen deep at most."""

_LEVELS = 6
_FENCE_LEAST = 3
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


def scan(lines: Sequence[str], first: int = 1, start: int = 0) -> tuple[Element, ...]:
    """Tell what blocks the lines of a note are, in the order in which they begin; never raises.

    ``lines`` are those of the whole note, as from ``split_lines``; those before index ``start`` (the front matter)
    are left out. ``lines[i]`` has the number ``first + i``.
    """
    return _Scanner(lines, first, start).scan()


class _Scanner(OpenBlocks):
    """Reads lines by what they start with."""

    __slots__ = ()

    def scan(self) -> tuple[Element, ...]:
        """Read all lines."""
        lines, total, prefixes = self.lines, len(self.lines), self.prefixes
        while self.at < total:
            depth, rest, column = 0, lines[self.at].rstrip(BLANKS), 0
            if prefixes or "\t" in rest:
                depth, rest, column = self.enter(rest)
            if rest:
                self._read(depth, rest, column)
            else:
                self.read_blank(depth)
            self.at += 1
        self.leave(0)
        return tuple(self.elements)

    def _read(self, depth: int, rest: str, column: int) -> None:
        """Read a line that is not blank, from behind the marks of the ``depth`` containers that go on in it."""
        starts, prefixes = self.starts, self.prefixes
        while rest:
            inner, indent = rest, 0
            if rest[0] == " ":
                inner = rest.lstrip(" ")
                indent = len(rest) - len(inner)
                if indent >= CODE_INDENT and (self.table or not self.rows):
                    self._indented(depth, column)
                    return
            if indent >= CODE_INDENT or inner[0] not in starts:
                self.read_text(depth, inner)
                return
            leaf = starts[inner[0]]
            if leaf and leaf(self, depth, inner, indent):
                return
            marker = marker_of(inner, within=self.within(depth))
            if not marker or len(prefixes) >= MOST_CONTAINERS:
                self.read_text(depth, inner)
                return
            self.leave(depth)
            if marker == ">":
                rest, column = self.open_quote(inner, column + indent)
            else:
                rest, column = self.open_item(marker, inner, indent, column)
            depth = len(prefixes)

    def _indented(self, depth: int, column: int) -> None:
        """Read indented code; blank lines at its end do not belong to it."""
        self.leave(depth)
        begun = end = self.at
        rows = [without_columns(self.lines[begun], column, CODE_INDENT)]
        for at, rest, start in self.inside():
            if rest and not rest.startswith(" " * CODE_INDENT):
                break
            rows.append(without_columns(self.lines[at], start, CODE_INDENT))
            if rest:
                end = at
        self.add("code", begun, end, rows[: end - begun + 1])
        self.at = end

    # Readers: each is given the number of containers that go on, the line from its first character that is not blank,
    # and how many blanks stand before that, and tells whether the line was one for it.

    def _heading(self, depth: int, inner: str, _indent: int) -> bool:
        text = inner.lstrip("#")
        level = len(inner) - len(text)
        if level > _LEVELS or (text and text[0] not in " \t"):
            return False
        self.leave(depth)
        bare = text.rstrip("#")
        if not bare or bare[-1] in " \t":
            text = bare
        text = text.strip(BLANKS)
        self.add("heading", self.at, self.at, (text,) if text else (), level=level)
        return True

    def _dash(self, depth: int, inner: str, indent: int) -> bool:
        if inner[-1] == "-" and (self._underline(depth, inner, indent) or self._rule(depth, inner, indent)):
            return True
        return inner[1:2] not in {" ", "\t"} and self._delimiters(depth, inner, indent)

    def _underline(self, depth: int, inner: str, _indent: int) -> bool:
        if inner.strip(inner[0]) or not self.within(depth):
            return False
        return self.underline(1 if inner[0] == "=" else 2)

    def _rule(self, depth: int, inner: str, _indent: int) -> bool:
        if inner[-1] != inner[0] or not _RULE.fullmatch(inner):
            return False
        self.leave(depth)
        self.add("rule", self.at, self.at, ())
        return True

    def _delimiters(self, depth: int, inner: str, _indent: int) -> bool:
        if not self.within(depth) or not _DELIMITERS.fullmatch(inner) or _cells(self.rows[-1]) != _cells(inner):
            return False
        self.open_table(inner)
        return True

    def _fence(self, depth: int, inner: str, indent: int) -> bool:
        mark = inner[0]
        length = len(inner) - len(inner.lstrip(mark))
        if length < _FENCE_LEAST or (mark == "`" and mark in inner[length:]):
            return False
        self.leave(depth)
        begun, rows, closed = self.at, [], False
        for at, rest, column in self.inside():
            self.at = at
            bare = rest.lstrip(" ")
            if len(bare) >= length and not bare.strip(mark) and len(rest) - len(bare) < CODE_INDENT:
                closed = True
                break
            rows.append(without_columns(self.lines[at], column, indent))
        self.add("code", begun, self.at, rows, closed=closed)
        return True

    def _html(self, depth: int, inner: str, _indent: int) -> bool:
        for kind, begin, end in _HTML:
            if begin.match(inner):
                self.leave(depth)
                self._html_up_to(end, kind, inner)
                return True
        # A tag that is no block's starts one where it stands alone and no paragraph can go on with it.
        if not _BLOCK_TAG.match(inner) and ((self.rows and not self.table) or not TAG.fullmatch(inner)):
            return False
        self.leave(depth)
        begun, rows = self.at, [inner]
        for at, rest, _column in self.inside():
            if not rest:
                break
            rows.append(rest.lstrip(" "))
            self.at = at
        self.add("html", begun, self.at, rows)
        return True

    def _html_up_to(self, end: re.Pattern[str], kind: Kind, inner: str) -> None:
        """Add a block that goes on to the line which holds ``end``, else to the end of its container."""
        begun, rows, closed = self.at, [inner], bool(end.search(inner))
        for at, rest, _column in () if closed else self.inside():
            self.at = at
            rows.append(rest.lstrip(" "))
            closed = bool(end.search(rest))
            if closed:
                break
        while not rows[-1]:
            rows.pop()
        self.add(kind, begun, begun + len(rows) - 1, rows, closed=closed)

    def _percent(self, depth: int, inner: str, _indent: int) -> bool:
        """Read an Obsidian comment over several lines; one without an end is but its first line."""
        if not inner.startswith("%%") or "%%" in inner[2:]:
            return False
        self.leave(depth)
        begun, rows = self.at, [inner]
        for at, rest, _column in self.inside():
            rows.append(rest.lstrip(" "))
            if "%%" in rest:
                self.at = at
                break
        closed = self.at > begun
        self.add("comment", begun, self.at, rows if closed else rows[:1], closed=closed)
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
    """The first characters of lines that may be more than text, each with its reader, unless it is a container's."""


def _cells(row: str) -> int:
    """Count the cells of a table's row."""
    cells = _PIPE.split(row)
    return len(cells) - (not cells[0]) - (len(cells) > 1 and not cells[-1])
