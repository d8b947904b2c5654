"""Figures in what the user told them: amounts of money, days, and spans of time; and when two of them differ.

Only as much is understood as is needed to see a difference. What is not sure is not read, and what cannot be compared
(two currencies, a day and a span) does not differ: a wrong flag is worse than none. ``amounts.py`` and ``days.py`` are
the readers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

DASH = r"\s?[-–—/]\s?"
"""What stands between the two ends of a range."""
_LONGEST = 1_000
_NEARLY = 0.1
"""How far two spans may be apart and still be the same: four weeks and a month."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount of money, a day, or a span of days; from ``low`` to ``high`` where a range was said.

    A day is month × 100 + day, its ``year`` None where none was said. ``text`` is what was written. ``per`` is what an
    amount is for (``hour``, ``month``); empty for a year.
    """

    kind: Literal["amount", "day", "span"]
    low: float
    high: float
    text: str
    currency: str = ""
    per: str = ""
    year: int | None = None

    def comparable(self, other: Figure) -> bool:
        """Whether the two can be told apart at all."""
        currencies = {self.currency, other.currency} - {""}
        return self.kind == other.kind and self.per == other.per and len(currencies) < 2

    def meets(self, other: Figure) -> bool:
        """Whether two that are comparable may be the same: what they span overlaps, and not two years were said."""
        slack = _NEARLY * min(self.high, other.high) if self.kind == "span" else 0
        years = {self.year, other.year} - {None}
        return len(years) < 2 and self.low <= other.high + slack and other.low <= self.high + slack


def differ(one: Sequence[Figure], two: Sequence[Figure]) -> bool:
    """Whether two statements truly differ: the first figure of each is none of those of the other.

    The first is the one that matters; bonus and notice come behind it.
    """
    return _is_none_of(one, two) and _is_none_of(two, one)


def _is_none_of(one: Sequence[Figure], two: Sequence[Figure]) -> bool:
    others = [figure for figure in two if one and one[0].comparable(figure)]
    return bool(others) and not any(one[0].meets(figure) for figure in others)


def one_line(text: str) -> str:
    """Return a text as figures are looked for in it: NFKC, blanks collapsed, of bounded length."""
    return " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some folded words; for none where there are none."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\W+".join(map(re.escape, word.split())) for word in ordered if word) or r"(?!)"
