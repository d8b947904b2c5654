"""Amounts of money as people write them: ``120k base``, ``120.000 €``, ``$95–104k``, ``60 an hour``, ``100k+``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jobvault.search.figures import DASH, Figure, any_of, one_line
from jobvault.words import fold

_NUMBER = r"\d{1,3}(?:[.,'’ ]\d{3}){1,3}(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?"
_GROUPED = re.compile(r"(?<=\d)[.,'’ ](?=\d{3}(?!\d))")
_SYMBOLS = {"$": "USD", "US$": "USD", "C$": "CAD", "A$": "AUD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_CODES = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "JPY", "INR", "SGD")
_CURRENCY = "|".join([*map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)), rf"(?:{'|'.join(_CODES)})(?![^\W\d_])"])
_TIMES = {"thousand": 1_000, "million": 1_000_000}
_YEARS = range(1900, 2100)
"""A bare number among these is probably no money."""
_THOUSANDS = range(10, 1000)
"""A bare number among these that a text begins with is so many thousands."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number. ``sure``: it is money; ``bound`` is ``at-least``, ``at-most`` or empty."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    times: int = 1
    sure: bool = False
    bound: str = ""
    currency: str = ""
    per: str = ""
    counts: bool = False
    """What follows is a span of time: ``25 days`` is no money."""


class AmountReader:
    """Reads amounts; ``words`` is the vocabulary's ``figures``."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        """Make the pattern of all languages at once."""
        self._words, self._rates = words["amounts"], {**words["spans"], **words["rates"]}
        spans = any_of(words["spans"])
        self._pattern = re.compile(
            rf"(?:(?<!\w)(?P<word>{self._any('at-least', 'at-most')})\s|(?P<sign>[<>≤≥])\s?)?"
            rf"(?<![\w.,])(?P<before>(?:{_CURRENCY})\s?)?(?P<number>{_NUMBER})(?![.,]?\d)(?!\s?%)"
            rf"(?:\s?(?P<times>{self._any('thousand', 'million')})(?!\w))?(?:\s?(?P<after>{_CURRENCY}))?"
            rf"(?P<more>\+(?!\w))?"
            rf"(?:(?:\s?/\s?|\s[^\W\d]{{1,3}}\s)(?P<each>{spans})(?!\w)|\s(?P<rate>{any_of(words['rates'])})(?!\w)"
            rf"|(?P<span>[\s-](?:[^\W\d]+\s)?(?:{spans})(?!\w)))?",
            re.IGNORECASE,
        )
        self._to = re.compile(rf"{DASH}|\s(?:{self._any('to')})\s", re.IGNORECASE)
        self._and = re.compile(rf"\s(?:{self._any('and')})\s", re.IGNORECASE)
        self._between = re.compile(rf"(?<!\w)(?:{self._any('between')})\s\Z", re.IGNORECASE)

    def _any(self, *names: str) -> str:
        return any_of(word for word, name in self._words.items() if name in names)

    def read(self, text: str) -> tuple[Figure, ...]:
        """Return the amounts in a text, in order; those of a year in whole units of money.

        A number is an amount where a currency, a ``k`` or a rate stands with it, or where it is in the thousands and no
        year. Where there is none, a bare one that the text begins with is so many thousands: ``104``, ``95–104 base``.
        """
        line = one_line(text)
        found = self._ranges(line, [self._amount(match) for match in self._pattern.finditer(line)])
        sure = [amount for amount in found if amount.sure] or [_in_thousands(a) for a in found[:1] if _is_bare(a)]
        return tuple(_figure(line, amount) for amount in sure)

    def _amount(self, match: re.Match[str]) -> _Amount:
        number = match["number"]
        plain = _GROUPED.sub("", number)
        value, times = Decimal(plain.replace(",", ".")), _TIMES.get(self._name(match["times"]), 1)
        currency = (match["before"] or match["after"] or "").strip().upper()
        rate = self._rates.get(fold(match["each"] or match["rate"] or ""), "")
        large = value >= _THOUSANDS.stop and not match["span"] and (plain != number or value not in _YEARS)
        return _Amount(
            start=match.start(),
            end=match.start("span") if match["span"] else match.end(),
            low=value * times,
            high=value * times,
            times=times,
            sure=bool(match["times"] or currency or rate or large),
            bound=self._bound(match),
            currency=_SYMBOLS.get(currency, currency),
            per="" if rate == "year" else rate,
            counts=bool(match["span"]),
        )

    def _name(self, word: str | None) -> str:
        return self._words.get(fold(word or ""), "")

    def _bound(self, match: re.Match[str]) -> str:
        if match["more"] or (match["sign"] or "") in (">", "≥"):
            return "at-least"
        return "at-most" if match["sign"] else self._name(match["word"])

    def _ranges(self, line: str, amounts: Sequence[_Amount]) -> list[_Amount]:
        """Join the two ends of each range: the first takes ``k``, currency and rate of the second."""
        joined: list[_Amount] = []
        for amount in amounts:
            last = joined[-1] if joined else None
            if last is not None and self._is_range(line, last, amount):
                joined[-1] = _range(last, amount)
            else:
                joined.append(amount)
        return joined

    def _is_range(self, line: str, one: _Amount, two: _Amount) -> bool:
        between = line[one.end : two.start]
        opened = self._between.search(line, 0, one.start)
        return bool(self._to.fullmatch(between) or (opened and self._and.fullmatch(between)))


def _range(one: _Amount, two: _Amount) -> _Amount:
    low, high = one.low, two.high
    if one.times == 1 and low < _THOUSANDS.stop:
        low *= two.times
    elif two.times == 1 and high < _THOUSANDS.stop:
        high *= one.times
    return replace(
        two,
        start=one.start,
        low=min(low, high),
        high=max(low, high),
        sure=one.sure or two.sure,
        bound="",
        currency=one.currency or two.currency,
        per=one.per or two.per,
    )


def _is_bare(amount: _Amount) -> bool:
    return amount.start == 0 and int(amount.low) in _THOUSANDS and not amount.counts


def _in_thousands(amount: _Amount) -> _Amount:
    return replace(amount, low=amount.low * 1_000, high=amount.high * 1_000)


def _figure(line: str, amount: _Amount) -> Figure:
    low = -math.inf if amount.bound == "at-most" else float(amount.low)
    high = math.inf if amount.bound == "at-least" else float(amount.high)
    return Figure("amount", low, high, line[amount.start : amount.end].strip(), amount.currency, amount.per)
