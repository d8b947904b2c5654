"""A note taken apart: bytes, lines, elements, blocks, conflicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.note import decode, encode, is_utf16, outside, shown
from tests.notes.written import parsed

BEGIN, END = "<!-- jobvault:begin people -->", "<!-- jobvault:end -->"


@given(st.binary())
def test_any_bytes_come_back_as_they_were(data: bytes) -> None:
    note = parsed(data)
    assert encode(note.text) == data
    assert "".join(note.lines) == note.text == decode(data)
    assert note.own is not None
    assert note.conflict_line is None or note.lines[note.conflict_line - 1].startswith("<<<<<<< ")


@given(st.binary())
def test_what_is_shown_is_text(data: bytes) -> None:
    text = shown(decode(data))
    assert text.encode().decode() == text
    assert text == data.decode("utf-8", "replace") or len(text) >= len(data.decode("utf-8", "replace"))


@pytest.mark.parametrize(
    "awkward",
    ["\r\n", "\r", "\ufeff", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x00", "\ufeff\u2028\x00\r\n"],
)
def test_lines_end_at_lf_crlf_and_cr_alone(awkward: str) -> None:
    note = parsed(f"a{awkward}b\nc")
    assert len(note.lines) == 2 + ("\r" in awkward)
    assert encode(note.text) == f"a{awkward}b\nc".encode()


def test_lines_count_from_one_front_matter_and_bom_included() -> None:
    note = parsed("\ufeff---\r\ntype: debrief\r\n---\r\n\r\n## Takeaways\r\n")
    assert [(e.kind, e.line) for e in note.elements] == [("heading", 5)]
    prop = note.front.get("type")
    assert prop
    assert prop.line == 2


@pytest.mark.parametrize("first", ["# Title", "- [ ] a", "Title\n====="])
def test_a_bom_before_the_first_line_is_none_of_its_words(first: str) -> None:
    note = parsed(f"\ufeff{first}\n")
    assert note.elements == parsed(f"{first}\n").elements
    assert note.text.startswith("\ufeff")


def test_what_stands_in_a_block_is_not_the_users() -> None:
    note = parsed(f"- a\n\n{BEGIN}\n\n- generated\n  - deeper\n\n{END}\n\n- b\n  - c\n")
    assert [e.text for e in note.own] == ["a", "b", "c"]
    assert [e.parent for e in note.own] == [None, None, 1]
    assert note.own[1].line == 10


def test_without_blocks_all_elements_are_the_users() -> None:
    note = parsed("- a\n  - b\n")
    assert outside(note.elements, ()) == note.elements


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> theirs\n", 2),
        ("<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> theirs\r\n", 1),
        ("<<<<<<< HEAD\nb\n||||||| base\nx\n=======\nc\n>>>>>>> theirs\n", 1),
        ("<<<<<<< HEAD\n=======\n>>>>>>> x\n<<<<<<< HEAD\n=======\n>>>>>>> x\n", 1),
        (f"{BEGIN}\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n{END}\n", None),
        (f"{BEGIN}\n<<<<<<< HEAD\nb\n{END}\n=======\nc\n{END}\n>>>>>>> x\n", None),
        (f"{BEGIN}\n{END}\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", 3),
        (f"<<<<<<< HEAD\n{BEGIN}\n{END}\n=======\nc\n>>>>>>> x\n", 1),
        ("<<<<<<< HEAD\nb\n=======\nc\n", None),
        ("=======\n<<<<<<< HEAD\nb\n>>>>>>> theirs\n", None),
        (">>>>>>> quoted\n>>>>>>> seven times\n\nTitle\n=======\n", None),
        (" <<<<<<< HEAD\n=======\n >>>>>>> x\n", None),
        ("", None),
    ],
)
def test_an_open_git_conflict_is_found_by_its_three_marks(text: str, line: int | None) -> None:
    assert parsed(text).conflict_line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [(b"caf\xe9", 1), (b"a\nb\r\n\xff", 3), ("caf\u00e9 \ufffd".encode(), None), (b"", None), (b"\xed\xa0\x80", 1)],
)
def test_the_first_line_that_is_no_utf8_is_known(text: bytes, line: int | None) -> None:
    assert parsed(text).undecodable_line == line


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("---\ntype: debrief\ndate: {{date}}\n---\n", True),
        ("---\ntype: debrief\ndate: <% tp.date.now() %>\n---\n", True),
        ("---\ntype: debrief\ncompany: '{{title}}'\n---\n", True),
        ("---\ntype: debrief\n---\n{{date}}\n", False),
        ("{{date}}\n", False),
        ("---\ntype: debrief\ncompany: {a: {b: c}}\n---\n", False),
    ],
)
def test_a_template_is_known_by_its_front_matter(text: str, template: bool) -> None:
    assert parsed(text).is_template is template


@pytest.mark.parametrize(("path", "stem"), [("a.md", "a"), ("x/y/2026 b.c.md", "2026 b.c"), ("x/a", "a")])
def test_a_note_is_named_by_its_file(path: str, stem: str) -> None:
    assert parsed("", path).stem == stem


def test_utf16_is_known_by_its_first_bytes() -> None:
    assert is_utf16("a".encode("utf-16"))
    assert is_utf16(b"\xfe\xff\x00a")
    assert not is_utf16(b"\xef\xbb\xbfa")
