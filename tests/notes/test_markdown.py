"""The scan of a note's lines: against markdown-it-py over awkward notes, and by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jobvault.notes.inline import TAG
from jobvault.notes.markdown import MOST_CONTAINERS, Element, scan, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token


def elements(*lines: str) -> tuple[Element, ...]:
    """Scan some lines."""
    return scan(split_lines("\n".join(lines)))


def brief(*lines: str) -> list[tuple[object, ...]]:
    """Scan some lines; give what tells most of each element."""
    return [(e.kind, e.line, e.end, e.text) for e in elements(*lines)]


# Against markdown-it-py

INDENTS = st.sampled_from(["", "", "", "", *(" " * width for width in range(1, 8)), "\t", " \t", "\t\t"])
MARKS = st.sampled_from(
    ["- ", "* ", "+ ", "1. ", "2. ", "1) ", "10) ", "> ", "> ", ">", "- - ", "> > ", "-\t", "1.\t", ">\t", "-   ", "-     "]
)
FRAGMENTS = st.sampled_from(
    """text|more words|foo\\\\|é|a \\* b|# Head|## Two ##|####### seven|#|#no|### ###|# a \\#|===|=|---|--|-|--- -|***|* * *
_ _ _|- - -|```|```py|````|~~~|~~~ x|``` a`b|~~~~|<!-- c -->|<!-- open|close -->|<!---->|<!--> x|<div>|</div>|<b>|<b> x
<a href='x'>|</i>|<script>|</script>|<?php|?>|<!X|<![CDATA[|]]>|<pre>|<details><summary>|*|+|1.|2)|- a|1. b|+ c|> q|_|__
12345678901. x|1234567890. no|0. zero|\\- no|[ ] task|[x] done|[/] half|[x]|[a]: /u|[a]: /u 't'|[a]:|/url|'title|title'
[b]: <x y>|[c]: /u "a|b" c|[a] text|- [x]: y|*a*|`code`|:|=x|<|<>|%|100%""".replace("\n", "|").split("|")
)
ROWS = st.sampled_from(["| a | b |", "|---|---|", "a | b", "-|-", ":-- | --:", "| x |", "|-|", "||", "a\\|b | c", "---|---"])
ENDS = st.sampled_from(["\n"] * 8 + ["\r\n", "\r", " \n", "\t\n", "\n\n", "\n   \n"])


@st.composite
def lines_of_notes(draw: st.DrawFn) -> str:
    """One line, or some that may be a table, behind indents and marks of containers, with its end."""
    start = draw(INDENTS)
    for mark in draw(st.lists(MARKS, max_size=3)):
        start += mark + draw(st.sampled_from(["", "", "", " ", "    ", "\t"]))
    if draw(st.integers(0, 5)) == 0:
        return "".join(start + row + "\n" for row in draw(st.lists(ROWS, min_size=1, max_size=4)))
    return start + draw(st.one_of(FRAGMENTS, FRAGMENTS, FRAGMENTS, st.just(""))) + draw(ENDS)


NOTES = st.lists(lines_of_notes(), max_size=9).map("".join)
"""Notes whose lines are nothing but edge cases. ``%%`` does not start a line: Obsidian's comments are not CommonMark."""


class Found(NamedTuple):
    """A block in the terms that both readers share; an item with a paragraph is two."""

    kind: str
    line: int
    depth: int
    quoted: int
    end: int = 0
    rows: tuple[str, ...] = ()
    more: object = None


def ours(note: str) -> list[Found]:
    """What the scan finds."""
    return [found for element in scan(split_lines(note)) for found in shared(element)]


def shared(element: Element) -> Iterator[Found]:
    """Give an element in the shared terms."""
    kind, line, end, rows = element.kind, element.line, element.end, element.rows
    depth, quoted, box = element.depth, element.quoted, element.box
    if kind == "item":
        yield Found("item", line, depth, quoted, more=element.marker[-1])
        if rows or box is not None:
            begun = line if box is not None else end - len(rows) + 1
            yield Found("paragraph", begun, depth + 1, quoted, end, rows, box)
    elif kind in {"paragraph", "code"}:
        yield Found(kind, line, depth, quoted, end, rows)
    elif kind == "heading":
        yield Found(kind, line, depth, quoted, end, rows, (element.level, element.setext))
    elif kind != "reference":
        yield Found("html" if kind == "comment" else kind, line, depth, quoted, end)


PARSER = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"]).disable("inline")
NAMES = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
    "table_open": "table",
}


def theirs(note: str) -> list[Found]:
    """What markdown-it-py finds."""
    found: list[Found] = []
    depth = quoted = 0
    tokens = PARSER.parse(note)
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        depth -= token.type == "list_item_close"
        begun, end = token.map or (0, 0)
        if token.type == "list_item_open":
            found.append(Found("item", begun + 1, depth, quoted, more=token.markup))
            depth += 1
        elif kind := NAMES.get(token.type):
            first = bool(found) and found[-1][:4] == ("item", begun + 1, depth - 1, quoted)
            rows, more = content(token, after, first=first)
            end = begun + len(rows) if token.type in {"code_block", "html_block"} else end
            rows = () if kind == "html" else rows
            found.append(Found(kind, begun + 1, depth, quoted, end, rows, more))
    return found


BOX = re.compile(r"\[(.)\](?:[ \t]+|$)")


def content(token: Token, after: Token | None, *, first: bool) -> tuple[tuple[str, ...], object]:
    """Give the rows of a token's block and what else it says; ``first``: it is the first block of its item's line."""
    if token.type in {"fence", "code_block", "html_block"}:
        rows = tuple(token.content.split("\n")[: -1 if token.content.endswith("\n") else None]) if token.content else ()
        while rows and token.type != "fence" and not rows[-1].strip(" \t"):
            rows = rows[:-1]
        return rows, None
    if token.type not in {"paragraph_open", "heading_open"}:
        return (), None
    rows = tuple(row.strip(" \t") for row in after.content.split("\n")) if after and after.content else ()
    if token.type == "heading_open":
        return rows, (int(token.tag[1]), token.markup in {"-", "="})
    if token.type == "paragraph_open" and first and (box := BOX.match(rows[0])):
        rest = rows[0][box.end() :]
        return ((rest, *rows[1:]) if rest else rows[1:]), box[1]
    return rows, None


@given(NOTES)
def test_blocks_are_those_of_markdown_it(note: str) -> None:
    """Every heading, item, paragraph, code, HTML, table and rule, with its lines, depth and content."""
    while ours(note) != theirs(note):
        lines = split_lines(note)
        disputed = set(disputed_lines(lines))
        if not disputed:
            assert ours(note) == theirs(note)
        note = "".join(line for index, line in enumerate(lines) if index not in disputed)


LEAD = re.compile(r"(?:[ >]|[-+*](?= )|[0-9]{1,9}[.)](?= ))*")
TABBED = re.compile(r"(?:[ \t]|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))*>[-+*>. \t0-9)]*\t")
DEEP = re.compile(r"(?:^|>) {4,}[-+*_=`~<>#|:0-9]")
DELIMITERS = re.compile(r"[ >]*[-|: ]*-[-|: ]*")


def disputed_lines(lines: Sequence[str]) -> Iterator[int]:
    """Give the indexes of lines that markdown-it reads in another way than the specification and cmark.

    They are consulted only where the readers disagree, and then taken out of the note; each was tried with cmark 0.30
    and cmark-gfm 0.29.

    - A tab behind a ``>`` ends at a multiple of four columns of the line; markdown-it counts from elsewhere.
    - What follows a definition in the same paragraph is text for cmark, a new block for markdown-it.
    - Text may go on lazily, and then a line that is indented by four or more starts nothing; markdown-it measures the
      indent from the innermost item, and takes a ``>`` at any indent to go on with a quote.
    - In cmark-gfm a table's head is the last line of a paragraph, whatever it looks like, and the line below must
      stand in the same containers; ``---`` makes a heading first; and a table ends at any HTML block. markdown-it
      wants a ``|`` in the head and an indent below four.
    """
    yield from (index for index, line in enumerate(lines) if TABBED.match(line))
    yield from (e.end for e in scan(lines) if e.kind == "reference" and e.end < len(lines))
    for index in range(1, len(lines)):
        above, line = (text.rstrip(" \t\r\n").expandtabs(4) for text in lines[index - 1 : index + 1])
        head, lead = LEAD.match(above), LEAD.match(line)
        assert head
        assert lead
        if above and DEEP.search(line):
            yield index
        elif DELIMITERS.fullmatch(line):
            marked = head[0].strip() and lead.end() < head.end()
            if "|" not in above or not re.search("[|:]", line) or marked or DEEP.search(above) or " " * 4 in head[0]:
                yield index
        elif "|" in above and TAG.fullmatch(line[lead.end() :]):
            yield index


# By hand

