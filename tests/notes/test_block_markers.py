"""The comments that a generated block stands between: grammar, pairing, arguments, stamps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.block_markers import read_arguments, read_stamp
from jobvault.notes.blocks import VERSION, Block, Stamp
from jobvault.notes.note import Note
from tests.notes.written import parsed

BEGIN, END = "<!-- jobvault:begin follow-ups -->", "<!-- jobvault:end -->"


def one(text: str) -> Block:
    note = parsed(text)
    assert note.block_findings == ()
    (block,) = note.blocks
    return block


def findings(note: Note) -> list[tuple[str, int]]:
    return [(found.code, found.line) for found in note.block_findings]


# Where markers may stand


def test_a_block_is_what_stands_between_two_comments() -> None:
    block = one(f"# Mine\n\nwords\n\n{BEGIN}\n\n- a\n- b\n\n{END}\n\nmore\n")
    assert (block.view, block.arguments, block.begin, block.end, block.level) == ("follow-ups", {}, 5, 10, 1)
    assert block.body == ("\n", "- a\n", "- b\n", "\n")
    assert block.stamp is None


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "{}"])
def test_line_endings_and_a_missing_final_newline_do_not_matter(ending: str, last: str) -> None:
    block = one(ending.join(["text", BEGIN, "- a", END]) + last.format(ending))
    assert (block.begin, block.end, block.body) == (2, 4, (f"- a{ending}",))


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<!--jobvault:begin follow-ups-->", "<!--jobvault:end-->"),
        ("<!--   jobvault:begin   follow-ups   -->", "<!--  jobvault:end  -->"),
        (BEGIN + "  \t", END + "\t "),
        ("\ufeff" + BEGIN, END),
    ],
)
def test_blanks_around_the_words_and_a_bom_are_allowed(begin: str, end: str) -> None:
    assert one(f"{begin}\n- a\n{end}\n").view == "follow-ups"


def test_a_block_may_interrupt_a_paragraph_and_be_followed_by_one() -> None:
    block = one(f"words\n{BEGIN}\n- a\n{END}\nwords\n")
    assert (block.begin, block.end) == (2, 4)


def test_the_lines_of_a_block_count_from_the_top_of_the_note() -> None:
    assert one(f"---\ntype: debrief\n---\n\n{BEGIN}\n{END}\n").begin == 5


@pytest.mark.parametrize(
    "text",
    [
        "```\n{}\n{}\n```\n",
        "~~~ markdown\n{}\n\n{}\n~~~\n",
        "```\n{}\n\n{}\n",  # a fence that never closes
        "    {}\n    {}\n",
        "- item\n\n      {}\n      {}\n",
        "Write `{}` and `{}` there.\n",
        "## About `{}`\n",
        "- put `{}` there\n",
        "| `{}` |\n|---|\n| `{}` |\n",
        "%% jobvault:begin x %%\n",
        "\\<!-- jobvault:beginning of the end -->\n",
        "<!-- jobvault: a remark -->\n",
    ],
)
def test_words_about_markers_are_none(text: str) -> None:
    note = parsed(text.format(BEGIN, END))
    assert (note.blocks, note.block_findings) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "  {}\n\nwords\n",
        "words {}\n",
        "{} words\n",
        "{} {}\n",
        "- {}\n",
        "1. words {}\n",
        "- words\n\n  {}\n",
        "> {}\n",
        "> words {}\n",
        "## Title {}\n",
        "<div>\n{}\n</div>\n",
        "<!-- aside\n{}\n",
        "%%\n{}\n%%\n",
        "| a | b |\n|---|---|\n| {} | c |\n",
    ],
)
def test_a_marker_in_a_wrong_place_is_reported_and_breaks_nothing(text: str) -> None:
    begin = parsed(text.format(BEGIN, END))
    line = next(number for number, row in enumerate(begin.lines, 1) if "jobvault:" in row)
    assert findings(begin) == [("block-place", line)]
    good = parsed(f"{BEGIN}\n{END}\n\n" + text.format(BEGIN, END))
    assert [found.code for found in good.block_findings] == ["block-place"]
    assert len(good.blocks) == 1


def test_a_comment_ends_where_html_ends_it() -> None:
    note = parsed(f'<!-- jobvault:begin people company="a --> b" -->\n{END}\n')
    assert findings(note) == [("block-place", 1), ("block-no-begin", 2)]


# Pairing


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([BEGIN, "- a"], [("block-no-end", 1)]),
        (["words", END], [("block-no-begin", 2)]),
        ([BEGIN, END, END], [("block-no-begin", 3)]),
        ([BEGIN, BEGIN, END], [("block-no-end", 1)]),
        ([BEGIN, "words", BEGIN, END, END], [("block-nested", 3)]),
        ([BEGIN, BEGIN, BEGIN, END, END, END], [("block-nested", 2), ("block-nested", 3)]),
        ([END, BEGIN], [("block-no-begin", 1), ("block-no-end", 2)]),
        ([BEGIN, END, "", BEGIN], [("block-no-end", 4)]),
        ([BEGIN, "```", END], [("block-no-end", 1)]),
        ([BEGIN, "<!-- never closed", END], [("block-no-end", 1), ("block-place", 3)]),
        ([BEGIN, "- item", "", f"  {END}"], [("block-no-end", 1), ("block-place", 4)]),
    ],
)
def test_markers_that_do_not_pair_leave_no_block_and_are_named_by_line(
    lines: list[str], expected: list[tuple[str, int]]
) -> None:
    note = parsed("\n".join(lines) + "\n")
    assert note.blocks == ()
    assert findings(note) == expected
    for found in note.block_findings:
        assert found.quote == lines[found.line - 1].strip()


def test_one_broken_pair_spoils_all_blocks_of_the_note() -> None:
    assert parsed(f"{BEGIN}\n- a\n{END}\n\n{BEGIN}\n").blocks == ()


def test_several_blocks_stand_in_one_note() -> None:
    note = parsed(f"{BEGIN}\n{END}\n<!-- jobvault:begin takeaways -->\n- t\n{END}\n")
    assert [(block.view, block.begin, block.end) for block in note.blocks] == [
        ("follow-ups", 1, 2),
        ("takeaways", 3, 5),
    ]


@given(
    st.lists(st.sampled_from([BEGIN, END, "", "- a", "# h", f"- {BEGIN}", "```", "<!-- x", "-->", "> q"]), max_size=12)
)
def test_blocks_are_pairs_in_order_or_there_is_a_finding(lines: list[str]) -> None:
    note = parsed("\n".join(lines))
    place = 0
    for block in note.blocks:
        assert place < block.begin < block.end
        assert note.lines[block.begin - 1].rstrip() == BEGIN
        assert note.lines[block.end - 1].rstrip() == END
        assert block.body == note.lines[block.begin : block.end - 1]
        place = block.end
    broken = [found for found in note.block_findings if found.code != "block-place"]
    assert not (note.blocks and broken)
    assert note.block_findings == tuple(sorted(note.block_findings, key=lambda found: found.line))


# The level of headings


@pytest.mark.parametrize(
    ("above", "level"),
    [
        ("", 0),
        ("# Title\n", 1),
        ("# Title\n\n### Deep\n", 3),
        ("### Deep\n\n# Title\n", 1),
        ("Title\n=====\n", 1),
        ("# Title\n\n- ## in a list\n\n> ### in a quote\n", 1),
        ("## Title\n\n```\n# code\n```\n", 2),
        (f"# Title\n\n{BEGIN}\n\n##### generated\n\n{END}\n", 1),
    ],
)
def test_headings_start_below_the_nearest_heading_above_that_is_the_users(above: str, level: int) -> None:
    assert parsed(f"{above}\n{BEGIN}\n\n###### inside\n\n{END}\n\n## below\n").blocks[-1].level == level


# Arguments


@pytest.mark.parametrize(
    ("words", "view", "arguments"),
    [
        ("follow-ups", "follow-ups", {}),
        ("people company=Acme", "people", {"company": "Acme"}),
        ('people company="Acme Robotics" within=14d', "people", {"company": "Acme Robotics", "within": "14d"}),
        (r'people company="the \"new\" Acme"', "people", {"company": 'the "new" Acme'}),
        (r'people company="back\\slash"', "people", {"company": "back\\slash"}),
        ('people company=""', "people", {"company": ""}),
        ("people company=", "people", {"company": ""}),
        ("people Company=Acme", "people", {"company": "Acme"}),
        ("people company=Günther&Söhne-24/7", "people", {"company": "Günther&Söhne-24/7"}),
        ('  people   company="a"   limit=3  ', "people", {"company": "a", "limit": "3"}),
    ],
)
def test_arguments_are_read(words: str, view: str, arguments: dict[str, str]) -> None:
    assert read_arguments(words) == (view, arguments, "")


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ('people company="Acme', 'company="Acme'),
        ('people company=Acme" limit=3', 'company=Acme" limit=3'),
        ('people company="a"b', 'company="a"b'),
        ("people Acme", "Acme"),
        ("people company = Acme", "company = Acme"),
        ("people, company=Acme", ", company=Acme"),
        ("people limit=3 company=Acme Robotics", "Robotics"),
        ("people company=“Acme”", "company=“Acme”"),
        ("people limit=3 Limit=4", "Limit=4"),
        ("people -- all", "-- all"),
        ("7 people", "7 people"),
        ("", ""),
    ],
)
def test_what_cannot_be_read_of_arguments_is_handed_back(words: str, left: str) -> None:
    view, _, malformed = read_arguments(words)
    assert malformed == left
    assert view == ("people" if words.startswith("people") else "")


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True), st.text(st.characters(exclude_categories=["Cc", "Cs"]))
    )
)
def test_quoted_arguments_come_back_as_they_were(arguments: dict[str, str]) -> None:
    quoted = [f'{key}="' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for key, value in arguments.items()]
    assert read_arguments(" ".join(["people", *quoted])) == ("people", arguments, "")


@given(st.text())
def test_any_words_are_read_without_an_error(words: str) -> None:
    view, arguments, malformed = read_arguments(words)
    assert malformed or view or not words.strip()
    assert all(key == key.lower() for key in arguments)


# The end comment


@pytest.mark.parametrize(
    ("words", "stamp"),
    [
        ("v1 2026-11-23 k7fqa 3f", Stamp(1, date(2026, 11, 23), "k7fqa", ("3f",))),
        ("  v1  2026-11-23  k7fqa  3fGh0Z ", Stamp(1, date(2026, 11, 23), "k7fqa", ("3f", "Gh", "0Z"))),
        ("v1 2026-11-23 k7fqa", Stamp(1, date(2026, 11, 23), "k7fqa", ())),
        ("", None),
        ("v1", None),
        ("v1 2026-11-23", None),
        ("v1 2026-02-30 k7fqa", None),
        ("v1 23.11.2026 k7fqa", None),
        ("v1 2026-11-23 k7fqa 3f more", None),
        ("v1 ٢٠٢٦-١١-٢٣ k7fqa", None),
        ("mine", None),
    ],
)
def test_a_stamp_is_read_or_there_is_none(words: str, stamp: Stamp | None) -> None:
    assert read_stamp(words) == stamp
    assert one(f"{BEGIN}\n<!-- jobvault:end {words} -->\n").stamp == stamp


@pytest.mark.parametrize(
    "rest", ["", " 2026-11-23 k7fqa 3f", " 2026-11-23 k7fqa 3f sha256:ab", " as-of=2027-01-01 {x}"]
)
def test_a_newer_version_is_recognised_whatever_else_it_says(rest: str) -> None:
    stamp = read_stamp(f"v{VERSION + 1}{rest}")
    assert stamp is not None
    assert stamp.version == VERSION + 1
