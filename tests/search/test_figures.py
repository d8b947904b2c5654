"""When two statements truly differ."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.search.amounts import AmountReader
from jobvault.search.days import DayReader
from jobvault.search.figures import Figure, any_of, differ, one_line
from tests.nouns import WORDS

PAY = AmountReader(WORDS.vocabulary.figures).read
START = DayReader(WORDS.vocabulary.figures).read


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("120k", "104k"),
        ("120k base", "104,000 base, 10k bonus"),
        ("104k base + 15k sign-on", "95k base + 15k sign-on"),
        ("95k–104k", "110k"),
        ("at least 110k", "104k"),
        ("up to 100k", "104k"),
        ("€120k", "104k"),
        ("60 an hour", "70 an hour"),
        ("5k a month", "6k a month"),
    ],
)
def test_pay_that_differs(one: str, two: str) -> None:
    assert differ(PAY(one), PAY(two))
    assert differ(PAY(two), PAY(one))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("120k base", "120,000"),
        ("120k", "120 000 €"),
        ("$120k", "120"),
        ("95k–104k", "100k"),
        ("95k–104k", "104k–120k"),
        ("100k+", "120k"),
        ("up to 104k", "95k"),
        ("120k in all, 104k base", "104k base"),
        ("$120k", "€104k"),
        ("36k", "3k a month"),
        ("120k", "what is usual"),
        ("", "120k"),
    ],
)
def test_pay_that_does_not_differ_or_cannot_be_compared(one: str, two: str) -> None:
    assert not differ(PAY(one), PAY(two))
    assert not differ(PAY(two), PAY(one))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1 March", "1 April"),
        ("1 March 2027", "2028-03-01"),
        ("in two weeks", "in four weeks"),
        ("1 March, after four weeks' notice", "1 April"),
        ("March", "15 April"),
        ("a month after signing", "three months' notice"),
    ],
)
def test_starts_that_differ(one: str, two: str) -> None:
    assert differ(START(one), START(two))
    assert differ(START(two), START(one))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1 March", "2027-03-01"),
        ("1 March", "March 1st, 2027"),
        ("1 March", "early March"),
        ("1–15 March", "10 March"),
        ("four weeks after signing", "a month after signing"),
        ("two to four weeks", "three weeks"),
        ("four weeks after signing", "1 March"),
        ("1 March, after four weeks' notice", "four weeks' notice"),
        ("as soon as I can", "1 March"),
    ],
)
def test_starts_that_do_not_differ_or_cannot_be_compared(one: str, two: str) -> None:
    assert not differ(START(one), START(two))
    assert not differ(START(two), START(one))


# --- properties ------------------------------------------------------------------------------------------------------

ENDS = st.one_of(st.integers(1, 400).map(float), st.just(math.inf))
FIGURES = st.builds(
    lambda kind, low, high, currency, per, year: Figure(kind, min(low, high), max(low, high), "x", currency, per, year),
    st.sampled_from(["amount", "day", "span"]),
    st.integers(1, 400).map(float),
    ENDS,
    st.sampled_from(["", "EUR", "USD"]),
    st.sampled_from(["", "month"]),
    st.sampled_from([None, 2027, 2028]),
)
STATEMENTS = st.lists(FIGURES, max_size=3)


@given(STATEMENTS, STATEMENTS)
def test_to_differ_is_mutual_and_never_from_oneself(one: list[Figure], two: list[Figure]) -> None:
    assert differ(one, two) == differ(two, one)
    assert not differ(one, one)
    assert not differ(one, [])
    assert not differ(one, one[:1] + two)


@given(FIGURES, FIGURES)
def test_two_single_figures_differ_where_they_can_be_compared_and_do_not_meet(one: Figure, two: Figure) -> None:
    assert differ([one], [two]) == (one.comparable(two) and not one.meets(two))
    assert one.comparable(two) == two.comparable(one)
    assert not one.comparable(two) or one.meets(two) == two.meets(one)


# --- what the readers share --------------------------------------------------------------------------------------------


def test_one_line() -> None:
    assert one_line("  120\u00a0000\n€ ") == "120 000 €"
    assert len(one_line("1 " * 5_000)) <= 1_000


def test_any_of_takes_the_longest_first_and_of_no_words_none() -> None:
    longest = re.match(any_of(["not", "not less than"]), "not less  than 100k")
    assert longest is not None
    assert longest[0] == "not less  than"
    assert re.fullmatch(any_of(["p a", "k"]), "p.a")
    assert not re.search(any_of([]), "anything")
