"""A task that may be wrapped over lines."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.task_item import read_item, without_fields
from jobvault.notes.tasks import read_task

DUE, DONE = date(2026, 11, 28), date(2026, 11, 21)


@given(st.text(st.characters(exclude_characters="\n\r<%")))
def test_one_line_is_read_as_a_task_line_is(text: str) -> None:
    clean = " ".join(text.split())
    assert read_item([text]) == read_task(clean)


WORDS = [
    "Ask",
    "Dana",
    "#sre",
    "for",
    "the",
    "[[deck]]",
    "of",
    "#123",
    "then",
    "📅",
    "2026-11-28",
    "✅",
    "2026-11-21",
    "^id-1",
]


@given(st.sets(st.integers(1, len(WORDS) - 1)))
def test_where_the_lines_break_does_not_matter(breaks: set[int]) -> None:
    places = [0, *sorted(breaks), len(WORDS)]
    rows = [" ".join(WORDS[start:end]) for start, end in pairwise(places)]
    task = read_item(rows)
    assert (task.text, task.due, task.done) == ("Ask Dana #sre for the [[deck]] of #123 then", DUE, DONE)
    assert (task.tags, task.block_id) == (("sre",), "id-1")
    assert task.findings == ()


@pytest.mark.parametrize(
    ("rows", "text", "due", "done"),
    [
        (["a ✅ 2026-11-21", "b, due 2026-11-28"], "a b", DUE, DONE),
        (["a 📅 2026-11-28", "b"], "a b", DUE, None),
        (["a, due ✅ 2026-11-21", "2026-11-28"], "a", DUE, DONE),
        (["a <!-- b", "c --> d", "📅 2026-11-28"], "a d", DUE, None),
        (["a 📅 2026-11-28", "b 📅 2026-11-30"], "a b", DUE, None),
        ([""], "", None, None),
        ([], "", None, None),
    ],
)
def test_fields_stand_at_the_end_of_the_first_line_or_of_all(
    rows: list[str], text: str, due: date | None, done: date | None
) -> None:
    task = read_item(rows)
    assert (task.text, task.due, task.done) == (text, due, done)


def test_what_is_wrong_is_found_once() -> None:
    assert read_item(["a 📅 2026-11-31", "b"]).findings == (("no-such-date", "📅 2026-11-31"),)
    assert [code for code, _ in read_item(["a due 2026-11-28 b ✅ 2026-11-21", "c"]).findings] == ["date-not-at-end"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a #t 📅 2026-11-28 #u ✅ 2026-11-21 ^b", "a #t #u ^b"),
        ("a [due:: 2026-11-28]", "a"),
        ("a, due 2026-11-28", "a"),
        ("a 📅 2026-11-28 b", "a 📅 2026-11-28 b"),
        ("a", "a"),
    ],
)
def test_fields_can_be_taken_off(text: str, expected: str) -> None:
    assert without_fields(text) == expected
