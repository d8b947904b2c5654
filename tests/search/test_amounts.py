"""Amounts of money as people write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobvault.search.amounts import AmountReader
from jobvault.search.figures import differ
from tests.nouns import WORDS

READER = AmountReader(WORDS.vocabulary.figures)


def ranges(text: str) -> list[tuple[float, float]]:
    return [(figure.low, figure.high) for figure in READER.read(text)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("120k base", 120_000),
        ("120K", 120_000),
        ("120 k", 120_000),
        ("120 thousand", 120_000),
        ("120,000", 120_000),
        ("120.000 €", 120_000),
        ("120 000 €", 120_000),
        ("120\u202f000", 120_000),
        ("120'000", 120_000),
        ("120000", 120_000),
        ("$120k", 120_000),
        ("US$ 120k", 120_000),
        ("CHF120k", 120_000),
        ("around 104.5k, all in", 104_500),
        ("104,5k", 104_500),
        ("1,250,000.50 JPY", 1_250_000.5),
        ("1.2M", 1_200_000),
        ("**120k** base", 120_000),
        ("104", 104_000),
        ("104 base, 25 days off", 104_000),
        ("104k p.a.", 104_000),
        ("104k a year", 104_000),
        ("104k/year", 104_000),
        ("60 an hour", 60),
        ("400/day", 400),
        ("500 daily", 500),
        ("2000 a month", 2_000),
    ],
)
def test_one_amount(text: str, amount: float) -> None:
    assert ranges(text) == [(amount, amount)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("95k–104k", 95_000, 104_000),
        ("95-104k", 95_000, 104_000),
        ("$95–104k", 95_000, 104_000),
        ("95k to 104", 95_000, 104_000),
        ("from 95k to 104k base", 95_000, 104_000),
        ("between 95k and 104k", 95_000, 104_000),
        ("95-104", 95_000, 104_000),
        ("95,000 - 104,000", 95_000, 104_000),
        ("104k–95k", 95_000, 104_000),
        ("at least 100k", 100_000, math.inf),
        ("100k+", 100_000, math.inf),
        (">100k", 100_000, math.inf),
        ("up to 104k", -math.inf, 104_000),
        ("≤ 104k", -math.inf, 104_000),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    assert ranges(text) == [(low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what is usual",
        "2027",
        "from March 2027 on",
        "10% bonus",
        "25 days holiday",
        "25 paid days",
        "1500 hours a year",
        "4 weeks",
        "not before they do",
        "see version 1.2.3",
        "a1000",
        "9" * 5000,
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert ranges(text) == []


def test_several_in_order_and_what_is_sure_outweighs_a_bare_number() -> None:
    assert ranges("104k base, 15k sign-on, 10 % bonus") == [(104_000, 104_000), (15_000, 15_000)]
    assert ranges("104k and 10k bonus") == [(104_000, 104_000), (10_000, 10_000)]
    assert ranges("95 or so, but 104k in writing") == [(104_000, 104_000)]


@pytest.mark.parametrize(
    ("text", "currency", "per", "words"),
    [
        ("€5,000 a month, gross", "EUR", "month", "€5,000 a month"),
        ("say 120 000 eur", "EUR", "", "120 000 eur"),
        ("US$95–104k base", "USD", "", "US$95–104k"),
        ("I said at least 100k", "", "", "at least 100k"),
        ("60 hourly", "", "hour", "60 hourly"),
        ("104k yearly", "", "", "104k yearly"),
    ],
)
def test_currency_rate_and_words(text: str, currency: str, per: str, words: str) -> None:
    [figure] = READER.read(text)
    assert (figure.currency, figure.per, figure.text) == (currency, per, words)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("120.000 € im Jahr", 120_000, 120_000),
        ("120 Tsd. €", 120_000, 120_000),
        ("1,2 Mio.", 1_200_000, 1_200_000),
        ("95 bis 104 Tsd. €", 95_000, 104_000),
        ("zwischen 95k und 104k", 95_000, 104_000),
        ("von 95.000 bis 104.000 Euro", 95_000, 104_000),
        ("mindestens 100k", 100_000, math.inf),
        ("bis zu 104k", -math.inf, 104_000),
        ("104k, 30 Tage Urlaub", 104_000, 104_000),
    ],
)
def test_another_language(text: str, low: float, high: float) -> None:
    assert ranges(text) == [(low, high)]


# --- properties ------------------------------------------------------------------------------------------------------

WAYS = (
    lambda n: f"{n}k",
    lambda n: f"${n}k base",
    lambda n: f"{n},000",
    lambda n: f"{n}.000 €",
    lambda n: f"{n} 000",
    lambda n: f"{n}000",
    lambda n: f"{n} thousand a year",
    lambda n: f"asked for {n}k, more with stock",
    lambda n: f"{n}",
)
THOUSANDS = st.integers(10, 999)


@given(THOUSANDS, st.sampled_from(WAYS), st.sampled_from(WAYS))
def test_an_amount_is_the_same_however_it_is_written(n: int, one: object, two: object) -> None:
    first, second = READER.read(one(n)), READER.read(two(n))  # type: ignore[operator]
    assert [(f.low, f.high) for f in first] == [(n * 1000, n * 1000)]
    assert not differ(first, second)


@given(THOUSANDS, THOUSANDS, st.sampled_from(WAYS), st.sampled_from(WAYS))
def test_two_amounts_differ_however_they_are_written(n: int, m: int, one: object, two: object) -> None:
    assume(n != m)
    first, second = READER.read(one(n)), READER.read(two(m))  # type: ignore[operator]
    currencies = {figure.currency for figure in (*first, *second)} - {""}
    assert differ(first, second) == (len(currencies) < 2)


@given(st.integers(10, 998), st.data())
def test_a_range_does_not_differ_from_what_is_in_it(low: int, data: st.DataObject) -> None:
    high = data.draw(st.integers(low + 1, 999))
    inside = data.draw(st.integers(low, high))
    written = data.draw(st.sampled_from(["{}k–{}k", "{}-{}k", "{} to {}k", "between {}k and {}k", "{},000 – {},000"]))
    figures = READER.read(written.format(low, high))
    assert [(f.low, f.high) for f in figures] == [(low * 1000, high * 1000)]
    assert not differ(figures, READER.read(f"{inside}k"))


PIECES = st.lists(
    st.sampled_from(
        ["120", "k", ",000", "€", "$", " ", "–", "-", "to", "and", "between", "at least", "+", "%", "/", "month", "a", "2027",
         ".", "'", "CHF", "thousand", "M", ">", "days", "²", "½", "٣", "\u2028", "\x00"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), PIECES))
def test_whatever_is_written_is_read_or_not(text: str) -> None:
    for figure in READER.read(text):
        assert figure.low <= figure.high
        assert figure.text
        assert figure.kind == "amount"
