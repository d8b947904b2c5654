"""Lines typed one below the other, without bullets, are told from prose that an editor wrapped."""

from __future__ import annotations

import datetime as dt
import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.note import parse_note
from jobvault.notes.tasks import set_status
from jobvault.notes.typed import apart

MARKS = frozenset({"ok", "rough"})
WORD = st.from_regex(r"[a-z]{1,12}", fullmatch=True)


def parts(text: str) -> list[tuple[str, int, str]]:
    """Return kind, line and words of what a note's text is parted into."""
    note = parse_note("a.md", text.encode())
    return [(part.kind, part.line, part.text) for element in note.own for part in apart(note, element, MARKS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("draw first\ncount to two\n", ["draw first", "count to two"]),
        ("Draw first\nCount to two\n", ["Draw first", "Count to two"]),
        ("Draw first and\nthen talk\n", ["Draw first and then talk"]),
        ("Dana Reyes, VP\nshe worries\nTom\n", ["Dana Reyes, VP", "she worries", "Tom"]),
        ("- Draw first\nCount to two\n", ["Draw first", "Count to two"]),
        ("- Draw first\n  Count to two\n", ["Draw first Count to two"]),
        ("Send it\n2026-11-28\n", ["Send it 2026-11-28"]),
        ("Send it\n📅 2026-11-28\n", ["Send it 📅 2026-11-28"]),
        ("Draw first\n#design\n", ["Draw first #design"]),
        ("> Said so\n> And so\n", ["Said so And so"]),
        ("- a\n-[ ] b\n", ["a", "-[ ] b"]),
    ],
)
def test_what_counts_as_a_line_of_its_own(text: str, expected: list[str]) -> None:
    assert [words for _, _, words in parts(text)] == expected


def test_a_mark_ends_a_line_however_long() -> None:
    first = "explained the queue, with backpressure and dead letters, rather well (ok)"
    assert [words for _, _, words in parts(f"{first}\nwhy leave (rough)\n")] == [first, "why leave (rough)"]


def test_what_is_parted_from_an_item_is_a_paragraph_at_its_own_line() -> None:
    assert parts("- [ ] send it\ncall them\n") == [("item", 1, "send it"), ("paragraph", 2, "call them")]


@given(st.lists(WORD, min_size=30, max_size=80), st.integers(64, 100), st.sampled_from(["", "- "]))
def test_prose_that_was_wrapped_is_one(words: list[str], width: int, marker: str) -> None:
    wrapped = textwrap.wrap(marker + " ".join(words), width, break_on_hyphens=False)
    if max(map(len, wrapped)) >= 55:
        assert len(parts("\n".join(wrapped) + "\n")) == 1


def test_prose_that_was_wrapped_goes_on_behind_words_that_look_like_a_mark() -> None:
    text = "They asked how I would run on-call, and I said that it was mine (ok)\nbut that I had only ever run it for five\n"
    assert len(parts(text)) == 1


@given(st.lists(st.lists(WORD, min_size=1, max_size=12).map(" ".join), min_size=2, max_size=5), st.booleans())
def test_a_tick_parts_nothing_and_joins_nothing(lines: list[str], boxed: bool) -> None:
    text = f"- {'[ ] ' if boxed else ''}" + "\n".join(lines) + "\n"
    ticked = set_status(text.split("\n")[0] + "\n", "x", dt.date(2026, 11, 24)) + text.split("\n", 1)[1]
    assert [line for _, line, _ in parts(ticked)] == [line for _, line, _ in parts(text)]


@given(st.lists(st.lists(WORD, min_size=1, max_size=4).map(" ".join), min_size=2, max_size=8))
def test_short_lines_each_count(lines: list[str]) -> None:
    found = parts("\n".join(lines) + "\n")
    assert [(line, words) for _, line, words in found] == list(enumerate(lines, 1))


@given(st.text(alphabet="aB1 \t\n-*>#[]()📅.x", max_size=200))
def test_no_row_is_lost_or_doubled(text: str) -> None:
    note = parse_note("a.md", text.encode())
    for element in note.own:
        found = apart(note, element, MARKS)
        assert [row for part in found for row in part.rows] == list(element.rows)
        assert all(first.end + 1 == second.line for first, second in pairwise(found))
