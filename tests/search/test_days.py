"""Days and spans of time as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.search.days import DayReader
from jobvault.search.figures import Figure, differ
from tests.nouns import WORDS

READER = DayReader(WORDS.vocabulary.figures)


def read(text: str) -> list[tuple[str, float, float, int | None]]:
    return [(figure.kind, figure.low, figure.high, figure.year) for figure in READER.read(text)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1 March", None),
        ("1 march", None),
        ("1st March", None),
        ("the 1st of March", None),
        ("March 1", None),
        ("Mar. 1st", None),
        ("1 Mar", None),
        ("from 1 March on", None),
        ("01.03.", None),
        ("1. 3. 2027", 2027),
        ("1.3.2027", 2027),
        ("2027-03-01", 2027),
        ("1 March 2027", 2027),
        ("March 1, 2027", 2027),
    ],
)
def test_one_day(text: str, year: int | None) -> None:
    assert read(text) == [("day", 301, 301, year)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("March", 301, 331),
        ("early March", 301, 331),
        ("march 2027", 301, 331),
        ("1–15 March", 301, 315),
        ("1 to 15 March", 301, 315),
        ("1 March to 1 April", 301, 401),
        ("1 March – 1 April", 301, 401),
        ("2027-03-01 – 2027-04-01", 301, 401),
    ],
)
def test_ranges_of_days(text: str, low: int, high: int) -> None:
    [figure] = READER.read(text)
    assert (figure.kind, figure.low, figure.high) == ("day", low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("in four weeks", 28, 28),
        ("4 weeks after signing", 28, 28),
        ("Four weeks", 28, 28),
        ("a month", 30, 30),
        ("a 3-month notice", 90, 90),
        ("two to four weeks", 14, 28),
        ("2–4 weeks", 14, 28),
        ("10 days", 10, 10),
    ],
)
def test_spans(text: str, low: int, high: int) -> None:
    assert read(text) == [("span", low, high, None)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "as soon as I can",
        "I may start whenever they march on",
        "3/4/2027",
        "31 February",
        "2027-13-01",
        "v2027-03-01",
        "version 1.3.2",
        "in a few weeks",
        "within the hour, within two hours",
        "2027",
        "1000 weeks",
        "no weeks, 0 weeks",
        "1 Aprİl, sıx weeks, Aprİl",  # letters that a case-blind pattern takes for others
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert read(text) == []


def test_several_in_order() -> None:
    assert read("three months' notice, so 1 March 2027 or 1 April 2027") == [
        ("span", 90, 90, None),
        ("day", 301, 301, 2027),
        ("day", 401, 401, 2027),
    ]


def test_the_words_are_kept() -> None:
    assert [figure.text for figure in READER.read("the 1st of March, or in four weeks")] == [
        "1st of March",
        "four weeks",
    ]
    assert [figure.text for figure in READER.read("1 March to 1 April")] == ["1 March – 1 April"]


@pytest.mark.parametrize(
    ("text", "kind", "low"),
    [
        ("1. März", "day", 301),
        ("ab dem 1. Mai 2027", "day", 501),
        ("in vier Wochen", "span", 28),
        ("drei Monate zum Quartal", "span", 90),
    ],
)
def test_another_language(text: str, kind: str, low: float) -> None:
    assert [(figure.kind, figure.low) for figure in READER.read(text)] == [(kind, low)]


# --- properties ------------------------------------------------------------------------------------------------------

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WAYS = (
    lambda day: f"{day.day} {MONTHS[day.month - 1]}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"not before {day.isoformat()}, I said",
)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31))


def only(text: str) -> Figure:
    [figure] = READER.read(text)
    return figure


@given(DAYS, st.sampled_from(WAYS), st.sampled_from(WAYS))
def test_a_day_is_the_same_however_it_is_written(day: dt.date, one: object, two: object) -> None:
    first, second = only(one(day)), only(two(day))  # type: ignore[operator]
    assert (first.low, first.high) == (day.month * 100 + day.day,) * 2
    assert first.year in (None, day.year)
    assert not differ([first], [second])


@given(DAYS, DAYS, st.sampled_from(WAYS[1:]), st.sampled_from(WAYS[1:]))
def test_two_days_with_their_years_differ_as_dates_do(day: dt.date, other: dt.date, one: object, two: object) -> None:
    assert differ([only(one(day))], [only(two(other))]) == (day != other)  # type: ignore[operator]


PIECES = st.lists(
    st.sampled_from(
        ["1", "15", "2027", "March", "may", "May", " ", "-", "–", ".", "to", "a", "four", "weeks", "-03-01", "st", "of",
         ",", "31", "²", "٣", "\u2028", "\x00", "/"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), PIECES, st.lists(PIECES).map(" ".join)))
def test_whatever_is_written_is_read_or_not(text: str) -> None:
    for figure in READER.read(text):
        assert figure.low <= figure.high
        assert figure.text
        assert figure.kind in ("day", "span")
