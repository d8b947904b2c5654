"""Views on a terminal: words in place of marks, wrapped and fitted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.cli.page import fit, plain_words, wrapped
from jobvault.cli.screen import safe


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- **Dana Reyes**, VP · <dana@example.org>", "- Dana Reyes, VP · dana@example.org"),
        ("_Nothing yet. Write `(applied)` after a takeaway._", "Nothing yet. Write `(applied)` after a takeaway."),
        ("- k7f [ ] Send the \\*list\\* to [[Dana Reyes|Dana]]", "- k7f [ ] Send the *list* to Dana"),
        ("1. **Draw first**: 3 debriefs", "1. Draw first: 3 debriefs"),
        ("… and 3 more: `jobvault show people --company 'A_b_ *c*'`", "… and 3 more: `jobvault show people --company 'A_b_ *c*'`"),
        ("## Needs attention", "## Needs attention"),
        ("- a &lt;b> &amp; c", "- a <b> & c"),
        ("", ""),
        ("  - Concern: on-call · open", "  - Concern: on-call · open"),
    ],
)  # fmt: skip
def test_marks_become_words(line: str, words: str) -> None:
    assert plain_words(line) == words


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("- k7f [ ] Send the long portfolio · Acme · due", ["- k7f [ ] Send the long", "   portfolio · Acme · due"]),
        ("- Send the portfolio to Dana · Acme", ["- Send the portfolio to", "  Dana · Acme"]),
        ("1. one two three four five six", ["1. one two three four five", "   six"]),
        ("  - nested words here and more of them", ["  - nested words here and", "   more of them"]),
        ("words and words and words and words", ["words and words and words", "and words"]),
        ("- x · " + "y" * 40, ["- x ·", "  " + "y" * 40]),
        ("", [""]),
    ],
)
def test_what_is_long_goes_on_below_its_first_word(text: str, rows: list[str]) -> None:
    assert [row.rstrip() for row in wrapped(text, 28)] == [row.rstrip() for row in rows]


def test_wide_characters_take_two_columns() -> None:
    assert wrapped("- 株式会社 株式会社 株式会社 株式会社", 30) == ["- 株式会社 株式会社 株式会社", "  株式会社"]


@given(text=st.text(alphabet="ab ·-1.[]x#株", max_size=120), width=st.integers(20, 120))
def test_wrapping_loses_and_adds_no_word(text: str, width: int) -> None:
    assert " ".join(" ".join(wrapped(text, width)).split()) == " ".join(text.split())


TABLE = [
    ["Date", "Company", "People", "Felt", "Note"],
    ["Thu 26 Nov 2026 (in 2 days)", "Acme", "Dana Reyes, Tom Ek, Ada Lee", "4/5", "2026-11-26 Acme Robotics technical"],
    ["Fri 20 Nov 2026 (4 days ago)", "Birch & Lowe", "", "", "2026-11-20 Birch & Lowe panel"],
]


@pytest.mark.parametrize(
    ("width", "head"),
    [
        (130, ["Date", "Company", "People", "Felt", "Note"]),
        (105, ["Date", "Company", "People", "Felt", "Note"]),
        (80, ["Date", "Company", "People", "Felt"]),
        (60, ["Date", "Company", "Felt"]),
        (30, None),
    ],
)
def test_a_table_that_does_not_fit_leaves_out_what_matters_least(width: int, head: list[str] | None) -> None:
    fitting = fit(TABLE, width)
    assert (fitting[0] if fitting else None) == head
    if fitting and width < 120:
        assert fitting[1][0] == "Thu 26 Nov 2026"


@given(text=st.text(max_size=40))
def test_what_could_steer_a_terminal_is_replaced(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert all(char in "\n\t" or (char.isprintable() or not ("\x00" <= char < "\xa0")) for char in shown)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x1b\x9b\r") & set(shown)
