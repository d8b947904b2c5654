"""A block is written anew, and nothing around it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.notes.blocks import end_marker, users_lines
from jobvault.notes.edits.block import replace_block
from jobvault.notes.edits.insertion import newline_of
from jobvault.notes.element import Element
from jobvault.notes.note import Note, encode
from tests.notes.bodies import bodies, odd_lines
from tests.notes.written import parsed

DAY = date(2026, 11, 21)
BEGIN, END = "<!-- jobvault:begin follow-ups -->", "<!-- jobvault:end -->"
ENDINGS = ("\n", "\r\n", "\r")
AWKWARD = ("\ufeff", "", "\u2028", "caf\udce9", "\x00", "\x0c", "🎉")
"""A BOM, U+2028, a byte of latin-1, NUL, a form feed."""


def shape(elements: Sequence[Element]) -> list[Element]:
    """Return elements without what depends on the lines above them."""
    return [replace(element, line=0, end=0, parent=None) for element in elements]


def outside(note: Note, first: int, last: int) -> list[Element]:
    return shape([element for element in note.elements if element.line < first or element.line > last])


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


@given(odd_lines, odd_lines, odd_lines, bodies, below_lines, st.sampled_from(ENDINGS), st.booleans())
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


@given(odd_lines, odd_lines, bodies)
def test_without_words_below_only_a_conflict_is_a_reason_to_refuse(
    head: list[str], tail: list[str], body: list[str]
) -> None:
    note = parsed("\n".join([*head, BEGIN, END, *tail]))
    for block in note.blocks if note.conflict_line is None else ():
        assert replace_block(note, block, body, END).blocks[0].body[1:-1] == tuple(f"{row}\n" for row in body)
