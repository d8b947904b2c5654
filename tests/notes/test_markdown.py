"""The scan of a note's lines: against markdown-it-py over awkward notes, and by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jobvault.notes.inline import TAG
from jobvault.notes.markdown import MOST_CONTAINERS, Element, scan, split_lines
from jobvault.notes.open_blocks import OpenBlocks

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
    [
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2. ",
        "1) ",
        "10) ",
        "> ",
        "> ",
        ">",
        "- - ",
        "> > ",
        "-\t",
        "1.\t",
        ">\t",
        "-   ",
        "-     ",
    ]
)
FRAGMENTS = st.sampled_from(
    """text|more words|foo\\\\|é|a \\* b|# Head|## Two ##|####### seven|#|#no|### ###|# a \\#|===|=|---|--|-|--- -|***|* * *
_ _ _|- - -|```|```py|````|~~~|~~~ x|``` a`b|~~~~|<!-- c -->|<!-- open|close -->|<!---->|<!--> x|<div>|</div>|<b>|<b> x
<a href='x'>|</i>|<script>|</script>|<?php|?>|<!X|<![CDATA[|]]>|<pre>|<details><summary>|*|+|1.|2)|- a|1. b|+ c|> q|_|__
12345678901. x|1234567890. no|0. zero|\\- no|[ ] task|[x] done|[/] half|[x]|[a]: /u|[a]: /u 't'|[a]:|/url|'title|title'
[b]: <x y>|[c]: /u "a|b" c|[a] text|- [x]: y|*a*|`code`|:|=x|<|<>|%|100%""".replace("\n", "|").split("|")
)
ROWS = st.sampled_from(
    ["| a | b |", "|---|---|", "a | b", "-|-", ":-- | --:", "| x |", "|-|", "||", "a\\|b | c", "---|---"]
)
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


@settings(max_examples=max(300, settings().max_examples))
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


def test_heading_and_its_marks() -> None:
    """Closing marks go, escaped and adhering ones stay."""
    assert brief("# One", "##\tTwo ##", "####### seven", "### a#", "#", "## b \\##") == [
        ("heading", 1, 1, "One"),
        ("heading", 2, 2, "Two"),
        ("paragraph", 3, 3, "####### seven"),
        ("heading", 4, 4, "a#"),
        ("heading", 5, 5, ""),
        ("heading", 6, 6, "b \\##"),
    ]


@pytest.mark.parametrize(("underline", "level"), [("-", 2), ("---", 2), ("===", 1), ("=", 1), ("   -  ", 2)])
def test_a_lone_mark_makes_the_paragraph_above_a_heading(underline: str, level: int) -> None:
    """As the specification says, and as nobody expects who begins a list below a line of text."""
    (heading,) = elements("What they said", "to me", underline)
    assert (heading.kind, heading.level, heading.setext) == ("heading", level, True)
    assert (heading.line, heading.end, heading.rows) == (1, 3, ("What they said", "to me"))


def test_a_lone_dash_elsewhere_is_an_empty_item() -> None:
    """Below a blank line, a heading or an item."""
    assert brief("# Head", "-", "", "text", "", "-") == [
        ("heading", 1, 1, "Head"),
        ("item", 2, 2, ""),
        ("paragraph", 4, 4, "text"),
        ("item", 6, 6, ""),
    ]


def test_items_nest_by_the_column_of_their_content() -> None:
    """Each knows its place and the item around it."""
    found = elements("- a", "  - b", "    c", "    - d", " - e", "1. f", "   - g", "\t- h", "> - i")
    assert [(e.text, e.depth, e.parent, e.column, e.quoted, e.marker) for e in found] == [
        ("a", 0, None, 2, 0, "-"),
        ("b c", 1, 0, 4, 0, "-"),
        ("d", 2, 1, 6, 0, "-"),
        ("e", 0, None, 3, 0, "-"),
        ("f", 0, None, 3, 0, "1."),
        ("g", 1, 4, 5, 0, "-"),
        ("h", 1, 4, 6, 0, "-"),
        ("i", 0, None, 4, 1, "-"),
    ]


def test_tabs_end_at_multiples_of_four() -> None:
    """Obsidian indents by tabs: an item indented by one belongs to the item above."""
    found = elements("- Dana", "\t- Concern: scale", "\t\t- My answer: told the story", "-\tx")
    assert [(e.depth, e.parent, e.column) for e in found] == [(0, None, 2), (1, 0, 6), (2, 1, 10), (0, None, 4)]


@pytest.mark.parametrize(
    ("line", "box", "rows"),
    [
        ("- [ ] call", " ", ("call",)),
        ("* [x]  done ", "x", ("done",)),
        ("1. [/] half", "/", ("half",)),
        ("- [-]\tgone", "-", ("gone",)),
        ("- [ ]", " ", ()),
        ("- [ ] # no heading", " ", ("# no heading",)),
        ("- [x](link.md)", None, ("[x](link.md)",)),
        ("- [[x]] there", None, ("[[x]] there",)),
        ("- [] no", None, ("[] no",)),
        ("- [ ]no", None, ("[ ]no",)),
        ("- [ok] no", None, ("[ok] no",)),
    ],
)
def test_boxes(line: str, box: str | None, rows: tuple[str, ...]) -> None:
    """A box is one character in brackets, and a blank or the end of the line."""
    (item,) = elements(line)
    assert (item.box, item.rows) == (box, rows)


def test_a_box_needs_the_items_own_line_and_a_paragraph() -> None:
    """GFM: the first block of the item is a paragraph that begins with the box."""
    assert [e.box for e in elements("-", "  [ ] below")] == [None]
    assert [(e.kind, e.box, e.text) for e in elements("- [ ] a", "  ---")] == [
        ("item", None, ""),
        ("heading", None, "[ ] a"),
    ]


def test_a_box_alone_takes_its_text_from_the_next_line() -> None:
    """The box leaves no empty row."""
    (item,) = elements("- [ ]", "  call")
    assert (item.box, item.rows, item.end) == (" ", ("call",), 2)


def test_items_without_a_paragraph_at_their_start_have_no_rows() -> None:
    """Their first block stands behind them, with its own line."""
    assert brief(
        "- # head", "- ```", "  code", "  ```", "- - deep", "-", "", "- <!-- c -->", "- > q", "-     code"
    ) == [
        ("item", 1, 1, ""),
        ("heading", 1, 1, "head"),
        ("item", 2, 2, ""),
        ("code", 2, 4, "code"),
        ("item", 5, 5, ""),
        ("item", 5, 5, "deep"),
        ("item", 6, 6, ""),
        ("item", 8, 8, ""),
        ("comment", 8, 8, "<!-- c -->"),
        ("item", 9, 9, ""),
        ("paragraph", 9, 9, "q"),
        ("item", 10, 10, ""),
        ("code", 10, 10, "code"),
    ]


def test_an_item_may_begin_with_one_blank_line_not_two() -> None:
    """Blanks in the blank line do not change that."""
    assert brief("-", "  one", "-", "   ", "  two") == [
        ("item", 1, 2, "one"),
        ("item", 3, 3, ""),
        ("paragraph", 5, 5, "two"),
    ]


def test_further_paragraphs_of_an_item_are_elements() -> None:
    """An item's text is its first paragraph only."""
    found = elements("- one", "  more", "", "  two", "", "three")
    assert [(e.kind, e.line, e.end, e.text, e.depth, e.parent) for e in found] == [
        ("item", 1, 2, "one more", 0, None),
        ("paragraph", 4, 4, "two", 1, 0),
        ("paragraph", 6, 6, "three", 0, None),
    ]


def test_what_may_interrupt_a_paragraph() -> None:
    """A numbered list only from 1, an empty item not, a lone tag of no block not."""
    assert brief("text", "2. b", "*", "<b>", "    code", "1. a") == [
        ("paragraph", 1, 5, "text 2. b * <b> code"),
        ("item", 6, 6, "a"),
    ]


def test_a_paragraph_goes_on_lazily() -> None:
    """Without the marks of its containers, as long as nothing else starts; a line of === is then text."""
    assert brief("> - a", "b", "===", "---") == [("item", 1, 3, "a b ==="), ("rule", 4, 4, "")]


def test_fences() -> None:
    """A fence ends at one as long, of the same kind, or with its container."""
    found = elements("````py", "```", "# no", "````", "- ~~~", "   x", "text", "``` `", "  ```", "   y", "")
    assert [(e.kind, e.line, e.end, e.rows, e.closed) for e in found if e.kind != "item"] == [
        ("code", 1, 4, ("```", "# no"), True),
        ("code", 5, 6, (" x",), False),
        ("paragraph", 7, 8, ("text", "``` `"), True),
        ("code", 9, 10, (" y",), False),
    ]


def test_indented_code_keeps_its_own_blanks() -> None:
    """Blank lines inside belong to it, those at its end do not; tabs that are cut leave blanks."""
    code, item, inner = elements("    a", "", "      b", "", "-\t\tc", "\t  d")
    assert (code.line, code.end, code.rows) == (1, 3, ("a", "", "  b"))
    assert (item.rows, inner.rows) == ((), ("  c", "d"))


def test_comments() -> None:
    """Typed words inside and behind a comment stay in its rows; one without an end goes to that of its container."""
    found = elements(
        "<!-- a -->", "<!-- b", "typed", "--> behind", "text", "- <!-- open", "", "  in", "out", "<!-- last", "x"
    )
    assert [(e.kind, e.line, e.end, e.rows, e.closed) for e in found if e.kind != "item"] == [
        ("comment", 1, 1, ("<!-- a -->",), True),
        ("comment", 2, 4, ("<!-- b", "typed", "--> behind"), True),
        ("paragraph", 5, 5, ("text",), True),
        ("comment", 6, 8, ("<!-- open", "", "in"), False),
        ("paragraph", 9, 9, ("out",), True),
        ("comment", 10, 11, ("<!-- last", "x"), False),
    ]


def test_html_of_a_block_tag_ends_at_a_blank_line() -> None:
    """Lists inside are not lists."""
    assert brief("<details>", "- a", "", "- b", "<b>", "<i>", "", "<i>", "- c") == [
        ("html", 1, 2, "<details> - a"),
        ("item", 4, 6, "b <b> <i>"),
        ("html", 8, 9, "<i> - c"),
    ]


def test_obsidian_comments() -> None:
    """From a line that starts with %% to the next that holds one; a pair in one line is part of its paragraph."""
    found = elements("text", "%% a", "- b", "c %% d", "%% e %% f", "> %%", "> - g", "- %%", "  h", "%%", "- i")
    assert [(e.kind, e.line, e.end, e.text, e.closed) for e in found] == [
        ("paragraph", 1, 1, "text", True),
        ("comment", 2, 4, "%% a - b c %% d", True),
        ("paragraph", 5, 5, "%% e %% f", True),
        ("comment", 6, 6, "%%", False),
        ("item", 7, 7, "g", True),
        ("item", 8, 8, "", True),
        ("comment", 8, 8, "%%", False),
        ("paragraph", 9, 9, "h", True),
        ("comment", 10, 10, "%%", False),
        ("item", 11, 11, "i", True),
    ]


def test_tables() -> None:
    """Their rows are never items or headings; the head may be the last line of a paragraph."""
    assert brief(
        "text", "| a | b |", "|---|:-:|", "| # x | - y |", "z", "- item", "", "a", "---|---", "", "> c|d", "-|-"
    ) == [
        ("paragraph", 1, 1, "text"),
        ("table", 2, 5, "| a | b | |---|:-:| | # x | - y | z"),
        ("item", 6, 6, "item"),
        ("paragraph", 8, 9, "a ---|---"),
        ("paragraph", 11, 12, "c|d -|-"),
    ]
    assert brief("- a\\|b | c", "  --- | ---", "  | d |", "e | f") == [
        ("item", 1, 1, ""),
        ("table", 1, 3, "a\\|b | c --- | --- | d |"),
        ("paragraph", 4, 4, "e | f"),
    ]


def test_definitions() -> None:
    """They are no text, and what follows in their paragraph is; only the item itself may be left."""
    assert brief('[a]: /u "t', 't"', "text", "", "[b]: <x y>", "===", "", "- [c]: /u", "- [d]:", "  /u", "  text") == [
        ("reference", 1, 2, '[a]: /u "t t"'),
        ("paragraph", 3, 3, "text"),
        ("reference", 5, 5, "[b]: <x y>"),
        ("paragraph", 6, 6, "==="),
        ("item", 8, 8, ""),
        ("reference", 8, 8, "[c]: /u"),
        ("item", 9, 11, "text"),
        ("reference", 9, 10, "[d]: /u"),
    ]


@pytest.mark.parametrize("line", ["[a]: /u x", "[a] : /u", "[ ]: /u", "[a]:", "[a]: /(u", "[a]: <b>(t)", "[a[b]: /u"])
def test_what_is_no_definition(line: str) -> None:
    """It is a paragraph, then."""
    assert brief(line) == [("paragraph", 1, 1, line)]


def test_lines_count_from_first_and_begin_at_start() -> None:
    """The front matter is left out, but counts."""
    lines = split_lines("---\ntype: debrief\n---\n# Head\n- a\n")
    assert [(e.kind, e.line) for e in scan(lines, 1, 3)] == [("heading", 4), ("item", 5)]
    assert [(e.kind, e.line) for e in scan(lines, 0, 3)] == [("heading", 3), ("item", 4)]
    assert scan(lines, 1, len(lines)) == ()
    assert scan([]) == ()


def test_only_line_feeds_and_carriage_returns_end_lines() -> None:
    """Other characters that Python takes for line ends, or for blanks, are text."""
    odd = "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029"
    assert split_lines(f"{odd}\r\n- {odd}\r\r\n{odd}") == [f"{odd}\r\n", f"- {odd}\r", "\r\n", odd]
    assert [e.rows for e in scan(split_lines(f"{odd}\r- {odd}"))] == [(odd,), (odd,)]
    assert brief("a", "\u2028", "\x0c") == [("paragraph", 1, 3, "a \u2028 \x0c")]


@given(st.text(st.one_of(st.characters(), st.sampled_from("\r\n\x0b\x0c\x85\u2028\ud800 \t"))))
def test_split_lines_loses_nothing(text: str) -> None:
    """Joined they are the text again, and each but the last ends like a line."""
    lines = split_lines(text)
    assert "".join(lines) == text
    assert all(re.fullmatch(r"[^\r\n]*(\r\n|\r|\n)", line) for line in lines[:-1])
    assert all(re.fullmatch(r"[^\r\n]*(\r\n|\r|\n)?", line) and line for line in lines[-1:])


@given(st.one_of(st.text(), st.text("-*+>#=`~<!%|:[]()\"'\\ \t\n\r1.ax\ud800"), NOTES))
def test_scan_takes_any_text(text: str) -> None:
    """Elements come in order, inside the note, and each parent is an item before its child."""
    lines = split_lines(text)
    found = scan(lines)
    assert all(1 <= e.line <= e.end <= len(lines) for e in found)
    assert [e.line for e in found] == sorted(e.line for e in found)
    for index, element in enumerate(found):
        if element.parent is None:
            assert element.depth == 0
        else:
            parent = found[element.parent]
            assert element.parent < index
            assert (parent.kind, parent.depth) == ("item", element.depth - 1)


@given(NOTES)
def test_every_word_is_in_an_element_once(note: str) -> None:
    """Nothing that was written is lost: each line with a letter or digit lies in an element."""
    lines = split_lines(note)
    covered = {line for e in scan(lines) for line in range(e.line, e.end + 1)}
    assert {number for number, line in enumerate(lines, 1) if re.search(r"[A-Za-zé]", line)} <= covered


@given(NOTES)
def test_line_ends_do_not_matter(note: str) -> None:
    """A note reads the same with LF, CRLF and CR."""
    lines = [line.rstrip("\r\n") for line in split_lines(note)]
    with_lf, with_crlf, with_cr = (scan([line + end for line in lines]) for end in ("\n", "\r\n", "\r"))
    assert with_lf == with_crlf == with_cr


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("-    a", "", "      b"), [("item", 1, 1, "a"), ("paragraph", 3, 3, "b")]),
        (("-     a",), [("item", 1, 1, ""), ("code", 1, 1, "a")]),
        (("> a", "", "    > b"), [("paragraph", 1, 1, "a"), ("code", 3, 3, "> b")]),
        (("> # a", "    > b"), [("heading", 1, 1, "a"), ("code", 2, 2, "> b")]),
        (("a", "    # b", "    - c"), [("paragraph", 1, 3, "a # b - c")]),
        (("> a", "    - b"), [("paragraph", 1, 2, "a - b")]),
        (("a|b", "-|-", "    c"), [("table", 1, 2, "a|b -|-"), ("code", 3, 3, "c")]),
        (("```", "    ```", "   ```"), [("code", 1, 3, "    ```")]),
        (("~~~", "```", "~~~~ "), [("code", 1, 3, "```")]),
        (
            ("--", "- -", "- - -", "**", "***", "__ _"),
            [
                ("paragraph", 1, 1, "--"),
                ("item", 2, 2, ""),
                ("item", 2, 2, ""),
                ("rule", 3, 3, ""),
                ("paragraph", 4, 4, "**"),
                ("rule", 5, 5, ""),
                ("rule", 6, 6, ""),
            ],
        ),
        (("<?x", "y", "", ""), [("html", 1, 2, "<?x y")]),
        (("a", "-|-", "---|---|---"), [("paragraph", 1, 3, "a -|- ---|---|---")]),
        (("a|b", "-|-", "<b>"), [("table", 1, 2, "a|b -|-"), ("html", 3, 3, "<b>")]),
        (("[" + "a" * 999 + "]: /u",), [("reference", 1, 1, "[" + "a" * 999 + "]: /u")]),
        (("[" + "a" * 1000 + "]: /u",), [("paragraph", 1, 1, "[" + "a" * 1000 + "]: /u")]),
        (("1234567890. a", "123456789. b"), [("paragraph", 1, 2, "1234567890. a 123456789. b")]),
        (("- a", "", "", "  b", " c"), [("item", 1, 1, "a"), ("paragraph", 4, 5, "b c")]),
    ],
)
def test_edges(lines: tuple[str, ...], found: list[tuple[object, ...]]) -> None:
    """Where one blank, mark or character more makes another block of it."""
    assert brief(*lines) == found


@pytest.mark.parametrize("mark", ["- ", ">", "1. ", "> - ", "-\t"])
def test_nesting_is_bounded(mark: str) -> None:
    """64k of nested marks take no recursion, and below the bound they are text."""
    text = mark * (65536 // len(mark)) + "x\n" + "\n" * 1000 + "end"
    found = scan(split_lines(text))
    assert max(e.depth + e.quoted for e in found) <= MOST_CONTAINERS
    assert found[-1].text == "end"
    assert any(e.text.endswith("x") for e in found)


@pytest.mark.parametrize(
    "line", ["[a]: /u", "%%", "- %%", "> %%", "<!--", "- <!--", "```", "a | b", "|-|", "[a", "    x"]
)
def test_each_line_is_read_a_bounded_number_of_times(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks ahead for an end that never comes does not do so again and again."""
    count = 2000
    read = 0
    enter = OpenBlocks.enter

    def counting(self: OpenBlocks, text: str) -> tuple[int, str, int]:
        nonlocal read
        read += 1
        return enter(self, text)

    monkeypatch.setattr(OpenBlocks, "enter", counting)
    scan([f"{line}\n"] * count)
    assert read <= 3 * count
