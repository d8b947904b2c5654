"""Deadlines that are not read as dates are recognised, so that they can be named."""

from __future__ import annotations

import datetime as dt

import pytest

from jobvault.actions.vault import load_words
from jobvault.notes.deadlines import in_words, later_date

DAYS = load_words().vocabulary.days


@pytest.mark.parametrize(
    "text",
    [
        "Call, due Friday", "Call due: next week", "Send it (due on 28 Nov)", "Send it, due Nov 28", "due 25.11.2026",
        "Send it by friday", "Send it by 28 Nov.", "Call them tomorrow", "call tonight!", "until 2026-11-28",
        "Answer on 2026-11-28",
    ],
)  # fmt: skip
def test_deadlines_in_words(text: str) -> None:
    assert in_words(text, DAYS)


@pytest.mark.parametrize(
    "text",
    [
        "Decide by Friday what to ask", "Ask on Monday", "The due date slipped", "Tomorrow never comes", "Stand by",
        "Overdue Friday report", "Ask about residue today or so", "Read the book by Monda", "",
    ],
)  # fmt: skip
def test_ordinary_words(text: str) -> None:
    assert not in_words(text, DAYS)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("send portfolio 2026-11-25 to Dana", True),
        ("ask about the outage of 2026-11-02", False),
        ("see [[2026-11-25 Acme panel]]", False),
        ("see [it](2026-11-25.md) and https://a.example/2026-11-25", False),
        ("send it 2026-13-45", True),
        ("order 12026-11-255", False),
    ],
)
def test_a_day_in_the_middle_of_a_line(text: str, named: bool) -> None:
    assert later_date(text, dt.date(2026, 11, 23)) is named


def test_without_a_day_to_compare_with_every_date_is_named() -> None:
    assert later_date("on 2020-01-01 they said", None)
