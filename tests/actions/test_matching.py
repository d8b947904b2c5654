"""Words that mean one of several things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.matching import with_beginnings, with_words

TEXTS = ("Call Jörg Straßer", "Planning with Anna", "Æther 2026", "Zoë 20")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("jörg", [0]), ("jorg", [0]), ("strasser call", [0]), ("zoe", [3]), ("lan", [1]), ("ann", [1]), ("20", [2, 3]),
        ("joerg", []), ("", []), ("·", []),
    ],
)  # fmt: skip
def test_words_in_any_order_with_or_without_accents(asked: str, found: list[int]) -> None:
    assert [TEXTS.index(text) for text in with_words(TEXTS, asked, str)] == found


@pytest.mark.parametrize(
    ("asked", "found"), [("jor stra", [0]), ("ann", [1]), ("lan", []), ("20", [3]), ("2026", [2]), ("", [])]
)
def test_beginnings_of_words(asked: str, found: list[int]) -> None:
    assert [TEXTS.index(text) for text in with_beginnings(TEXTS, asked, str)] == found


@given(st.text(), st.text())
def test_whose_words_begin_so_has_the_words(text: str, asked: str) -> None:
    assert set(with_beginnings([text], asked, str)) <= set(with_words([text], asked, str))
