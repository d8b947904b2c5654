"""Surgical edits: exactly what is meant changes, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.notes.blocks import end_marker, users_lines
from jobvault.notes.edit import newline_of, replace_block, set_task
from jobvault.notes.element import Element
from jobvault.notes.note import Note, encode
from tests.notes.bodies import bodies
from tests.notes.written import parsed

DAY = date(2026, 11, 21)
BEGIN, END = "<!-- jobvault:begin follow-ups -->", "<!-- jobvault:end -->"
ENDINGS = ("\n", "\r\n", "\r")
AWKWARD = ("\ufeff", "", "\u2028", "caf\udce9", "\x00", "\x0c", "🎉")
"""A BOM, U+2028, a byte of latin-1, NUL, a form feed."""


def tick(note: Note, line: int, char: str = "x", on: date | None = DAY) -> Note:
    return set_task(note, line, char, on)


def shape(elements: Sequence[Element]) -> list[Element]:
    """Return elements without what depends on the lines above them."""
    return [replace(element, line=0, end=0, parent=None) for element in elements]


def outside(note: Note, first: int, last: int) -> list[Element]:
    return shape([element for element in note.elements if element.line < first or element.line > last])


# Ticking


@pytest.mark.parametrize(
    ("line", "char", "after"),
    [
        ("- [ ] Send it", "x", "- [x] Send it ✅ 2026-11-21"),
        ("- [ ] Send it 📅 2026-11-20", "x", "- [x] Send it 📅 2026-11-20 ✅ 2026-11-21"),
        ("- [ ] Send it 📅 2026-11-20 ^abc", "x", "- [x] Send it 📅 2026-11-20 ✅ 2026-11-21 ^abc"),
        ("- [ ] Send it  [due:: 2026-11-20]", "x", "- [x] Send it  [due:: 2026-11-20]  [completion:: 2026-11-21]"),
        ("- [ ] Send it, due 2026-11-20", "-", "- [-] Send it, due 2026-11-20 ❌ 2026-11-21"),
        ("- [x] Send it ✅ 2026-11-01", " ", "- [ ] Send it"),
        ("- [ ] Send it", "/", "- [/] Send it"),
        ("- Send it", "x", "- [x] Send it ✅ 2026-11-21"),
        ("3) Send it #deck", "x", "3) [x] Send it #deck ✅ 2026-11-21"),
        ("* [?] Send it   ", "x", "* [x] Send it ✅ 2026-11-21   "),
        ("- [ ] Fix #123", "x", "- [x] Fix #123 ✅ 2026-11-21"),
        ("- [ ] Send it <!-- soon --> 📅 2026-11-20", "x", "- [x] Send it <!-- soon --> 📅 2026-11-20 ✅ 2026-11-21"),
        ("> - [ ] Send it", "x", "> - [x] Send it ✅ 2026-11-21"),
        ("- [x] Send it ✅ 2026-11-21", "x", "- [x] Send it ✅ 2026-11-21"),
    ],
)
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("awkward", AWKWARD)
def test_a_tick_changes_its_line_alone(line: str, char: str, after: str, ending: str, awkward: str) -> None:
    around = [f"{awkward}# Title", "", f"words {awkward} words", "", "{}", "", f"- other{awkward}", "```", "code"]
    text = ending.join(around)
    new = set_task(parsed(text.format(line)), 5, char, DAY)
    assert encode(new.text) == encode(text.format(after))


def test_a_tick_without_a_date_writes_none() -> None:
    assert tick(parsed("- [ ] a"), 1, on=None).text == "- [x] a"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "- [ ] Ask for the name of the\n  SRE 📅 2026-11-28\n",
            "- [x] Ask for the name of the ✅ 2026-11-21\n  SRE 📅 2026-11-28\n",
        ),
        ("- [ ] Ask for the name, due\n  2026-11-28\n", "- [x] Ask for the name, due ✅ 2026-11-21\n  2026-11-28\n"),
        ("- [ ] Ask #sre\n  for it 📅 2026-11-28\n", "- [x] Ask #sre ✅ 2026-11-21\n  for it 📅 2026-11-28\n"),
    ],
)
def test_a_task_that_a_formatter_wrapped_can_be_ticked(text: str, after: str) -> None:
    assert tick(parsed(text), 1).text == after


def refused(note: Note, line: int, char: str = "x") -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        tick(note, line, char)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("words", 1, "no list item"),
        ("# Title", 1, "no list item"),
        ("- a\n\n  more", 3, "no list item"),
        ("```\n- [ ] a\n```", 2, "no list item"),
        ("    - [ ] a", 1, "no list item"),
        ("<!--\n- [ ] a\n-->", 2, "no list item"),
        ("---\ntags:\n  - [ ] a\n---\n", 3, "no list item"),
        ("- [ ] a", 7, "no list item"),
        ("- [ ] a", 0, "no list item"),
        ("- [ ] a 🔁 every week", 1, "repeats"),
        ("- [ ] a [repeat:: every week] 📅 2026-11-28", 1, "repeats"),
        ("- [ ] a long one\n  🔁 every week 📅 2026-11-28", 1, "repeats"),
        (f"{BEGIN}\n- [ ] a\n{END}", 2, "generated"),
        ("- - [ ] a", 1, "more than its box"),
        ("- ## a", 1, "more than its box"),
        ("- ```\n  a\n  ```", 1, "more than its box"),
        ("- [ref]: /url", 1, "more than its box"),
        ("- a\n  ===", 1, "more than its box"),
    ],
)
def test_a_line_that_cannot_be_ticked_is_refused_by_name(text: str, line: int, why: str) -> None:
    error = refused(parsed(text), line)
    assert why in error.why
    assert (error.line, error.path) == (line, parsed(text).path)


def test_nothing_is_ticked_beside_a_git_conflict() -> None:
    note = parsed("- [ ] a\n\n<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> theirs\n")
    error = refused(note, 1)
    assert (error.line, "conflict" in error.why) == (3, True)


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] a\n\n=======\n",
        "- [ ] a\n>>>>>>> quoted\n>>>>>>> more\n",
        "- [ ] a\n<<<<<<< HEAD\n",
        "- [ ] a\n<<<<<<<\n=======\n>>>>>>>\n",
    ],
)
def test_what_is_no_conflict_does_not_hinder(text: str) -> None:
    assert tick(parsed(text), 1).lines[0].startswith("- [x] a")


lines = st.lists(
    st.sampled_from(
        [
            "", "words", "# Title", "## More", "- item", "- [ ] task 📅 2026-11-20", "  - [ ] below", "    deep", "1. one", "> quote", "> - [ ] quoted",
            "```", "~~~", "---", "===", "- ", "| a | b |", "|---|---|", "<!-- note", "-->", "<div>", "%%", "[ref]: /url", "\tcode", "caf\udce9", "a\u2028b",
            "\x00", "    - [ ] code?", "* [x] done ✅ 2026-11-01", "<<<<<<< ", "=======", "- - [ ] two", "<!-- jobvault: remark -->",
        ]
    ),
    max_size=9,
)  # fmt: skip


@given(
    lines,
    st.sampled_from(ENDINGS),
    st.booleans(),
    st.sampled_from("x-/ X"),
    st.integers(1, 10),
    st.sampled_from(["- [ ] mine", "- mine", "  - [ ] mine", "- [x] mine ✅ 2026-11-02 ^id"]),
)
@settings(max_examples=300)
def test_any_line_of_any_note_is_ticked_alone_or_refused(
    around: list[str], ending: str, last: bool, char: str, place: int, task: str
) -> None:
    rows = [*around[: place - 1], task, *around[place - 1 :]]
    note = parsed(ending.join(rows) + (ending if last else ""))
    line = min(place, len(around) + 1)
    try:
        new = set_task(note, line, char, DAY)
    except RefusedError:
        return
    assert new.lines[: line - 1] == note.lines[: line - 1]
    assert new.lines[line:] == note.lines[line:]
    assert f"[{char}]".lower() in new.lines[line - 1].lower()
    items = [(element.box, element.line) for element in new.elements if element.kind == "item"]
    assert (char if char != "X" else next(b for b, n in items if n == line), line) in items
    assert [e for e in new.elements if e.line != line] == [e for e in note.elements if e.line != line]
    assert set_task(new, line, char, DAY).text == new.text


# Replacing a block


def test_only_what_stands_between_the_comments_changes() -> None:
    note = parsed(f"# Mine\n\nwords\n{BEGIN}\n\n- old\n\n{END}\nmore words\n")
    new = replace_block(note, note.blocks[0], ["- new", "- newer"], "<!-- jobvault:end v1 x -->")
    assert new.text == f"# Mine\n\nwords\n{BEGIN}\n\n- new\n- newer\n\n<!-- jobvault:end v1 x -->\nmore words\n"


def test_an_empty_body_leaves_one_blank_line() -> None:
    note = parsed(f"{BEGIN}\n\n- old\n\n{END}\n")
    assert replace_block(note, note.blocks[0], [], END).text == f"{BEGIN}\n\n{END}\n"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("last", ["", "{}"])
def test_a_block_at_the_very_end_keeps_the_final_newline_as_it_is(ending: str, last: str) -> None:
    note = parsed(ending.join(["words", BEGIN, "- old", END]) + last.format(ending))
    new = replace_block(note, note.blocks[0], ["- new"], END, ["mine"])
    assert new.text == ending.join(["words", BEGIN, "", "- new", "", END, "", "mine"]) + last.format(ending)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("awkward", AWKWARD)
def test_every_byte_outside_stays(ending: str, awkward: str) -> None:
    head = ending.join([f"{awkward}# Title", "", f"words{awkward}"])
    tail = ending.join([f"more{awkward}", "", "```", "- [ ] code"])
    note = parsed(ending.join([head, BEGIN, "- old", END, tail]))
    new = replace_block(note, note.blocks[0], ["- new"], END)
    assert encode(new.text) == encode(ending.join([head, BEGIN, "", "- new", "", END, tail]))


def test_the_line_endings_are_those_of_the_first_line() -> None:
    assert [newline_of(parsed(text)) for text in ("", "a", "a\nb\r\n", "a\r\nb\n", "a\rb\n")] == [
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
    ]


@pytest.mark.parametrize(
    ("tail", "between"),
    [
        ("", [""]),
        ("words", ["", "- mine", ""]),
        ("\nwords", ["", "- mine"]),
        ("- item", ["", "- mine", ""]),
        ("# Title", ["", "- mine", ""]),
        ("  indented words", ["", "- mine", "", "<!-- -->", ""]),
        ("\n    code", ["", "- mine", "", "<!-- -->"]),
    ],
)
def test_the_users_words_land_right_below_and_never_swallow_what_follows(tail: str, between: list[str]) -> None:
    note = parsed(f"{BEGIN}\n- old\n{END}\n{tail}")
    below = ["- mine"] if tail else []
    new = replace_block(note, note.blocks[0], ["- new"], END, below)
    assert new.text == "\n".join([BEGIN, "", "- new", "", END, *(between if tail else []), tail])
    assert outside(new, 1, 5 + len(between))[-1:] == outside(note, 1, 3)[-1:]


def test_several_blocks_are_replaced_from_the_last_to_the_first() -> None:
    note = parsed(f"{BEGIN}\n- a\n{END}\n\nwords\n\n{BEGIN}\n- b\n{END}\n")
    new = note
    for block in reversed(note.blocks):
        new = replace_block(new, block, ["- new"], END, ["mine"])
    part = f"{BEGIN}\n\n- new\n\n{END}\n\nmine\n"
    assert new.text == f"{part}\nwords\n\n{part}"


@pytest.mark.parametrize(
    "body",
    [
        ["```"],
        ["<!-- open"],
        ["- a", BEGIN],
        [END],
        ["a\nb"],
        ["a\rb"],
    ],
)
def test_a_body_that_would_break_the_block_is_refused(body: list[str]) -> None:
    note = parsed(f"{BEGIN}\n- old\n{END}\nwords\n")
    with pytest.raises(RefusedError) as caught:
        replace_block(note, note.blocks[0], body, END)
    assert caught.value.line == 1


@pytest.mark.parametrize("below", [["```"], [BEGIN], [END], ["<script>"]])
def test_words_that_would_swallow_what_follows_are_refused(below: list[str]) -> None:
    note = parsed(f"{BEGIN}\n- old\n{END}\nwords\n")
    with pytest.raises(RefusedError):
        replace_block(note, note.blocks[0], ["- new"], END, below)


def test_a_block_that_is_no_longer_there_is_refused() -> None:
    block = parsed(f"{BEGIN}\n- old\n{END}\n").blocks[0]
    for changed in (f"{BEGIN}\n- other\n{END}\n", f"\n{BEGIN}\n- old\n{END}\n", "words\n", f"{BEGIN}\n- old\n"):
        with pytest.raises(RefusedError):
            replace_block(parsed(changed), block, ["- new"], END)


def test_no_block_is_written_beside_a_git_conflict() -> None:
    note = parsed(f"{BEGIN}\n- old\n{END}\n\n<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> theirs\n")
    with pytest.raises(RefusedError) as caught:
        replace_block(note, note.blocks[0], ["- new"], END)
    assert caught.value.line == 5


below_lines = st.lists(
    st.sampled_from(
        ["- mine", "  - more", "words", "> jobvault: not carried: x", "## mine", "", "| a |", "    code", "1. one"]
    ),
    max_size=4,
).filter(lambda found: not found or bool(found[0].strip() and found[-1].strip()))


@given(lines, lines, lines, bodies, below_lines, st.sampled_from(ENDINGS), st.booleans())
@settings(max_examples=300)
@example(["# T"], ["- old"], ["    deep"], ["- new"], ["- mine"], "\n", True)
def test_a_block_in_any_note_is_replaced_alone_or_refused(
    head: list[str], old: list[str], tail: list[str], body: list[str], below: list[str], ending: str, last: bool
) -> None:
    note = parsed(ending.join([*head, BEGIN, *old, END, *tail]) + (ending if last else ""))
    if len(note.blocks) != 1:
        return
    block = note.blocks[0]
    try:
        new = replace_block(note, block, body, end_marker(body, DAY), below)
    except RefusedError:
        assert below or note.conflict_line is not None
        return
    follows = note.lines[block.end :]
    assert new.lines[: block.begin] == note.lines[: block.begin]
    assert not follows or new.lines[-len(follows) :] == follows
    found = new.blocks[0]
    assert [row.rstrip("\r\n") for row in found.body] == ["", *body, ""]
    between = [row.rstrip("\r\n") for row in new.lines[found.end : len(new.lines) - len(follows)]]
    assert [row for row in between if row and row != "<!-- -->"] == [row for row in below if row]
    assert outside(new, found.begin, found.end + len(between)) == outside(note, block.begin, block.end)
    assert users_lines(found) == ()
    assert replace_block(new, found, body, end_marker(body, DAY)).text == new.text


@given(lines, lines, bodies)
def test_without_words_below_only_a_conflict_is_a_reason_to_refuse(
    head: list[str], tail: list[str], body: list[str]
) -> None:
    note = parsed("\n".join([*head, BEGIN, END, *tail]))
    for block in note.blocks if note.conflict_line is None else ():
        assert replace_block(note, block, body, END).blocks[0].body[1:-1] == tuple(f"{row}\n" for row in body)
