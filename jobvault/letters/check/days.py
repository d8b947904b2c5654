"""Days in a text: dates in figures and words, with or without a year and a weekday, and weekdays alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jobvault.words import fold
from jobvault.words.speech import Speech

_REACH = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a text has it, from ``start`` to ``end``; ``weekday`` counts from 1 (Monday), 0 where none is said.

    ``month`` is 0 where only a weekday is said; ``year`` where none is.
    """

    text: str
    start: int
    end: int
    weekday: int = 0
    day: int = 0
    month: int = 0
    year: int = 0

    @property
    def said(self) -> str:
        """Its words, without the stop behind them."""
        return self.text.rstrip(" .")

    def on(self, near: dt.date) -> dt.date | None:
        """Return the date; without a year the one nearest to another day. None where there is no such date."""
        years = [self.year] if self.year else [near.year + step for step in (0, -1, 1)]
        found = [date for year in years if (date := _date(year, self.month, self.day))]
        return min(found, key=lambda date: abs(date - near), default=None)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def days_in(text: str, speech: Speech) -> Iterator[Day]:
    """Yield the days in a text, in order. ``speech`` has the words for weekdays and months, of all languages."""
    for found in _pattern(tuple(speech.weekdays), tuple(speech.months)).finditer(text):
        groups = found.groupdict()
        weekday = speech.weekdays.get(fold(groups["before"] or groups["after"] or groups["alone"] or ""), 0)
        form = next((name for name in "abcd" if groups[f"d{name}"]), "")
        if not form:
            yield Day(found[0], found.start(), found.end(), weekday)
            continue
        written = groups[f"m{form}"]
        month = int(written) if written.isdecimal() else speech.months.get(fold(written), 0)
        year = int(groups[f"y{form}"] or 0)
        yield Day(found[0], found.start(), found.end(), weekday, int(groups[f"d{form}"]), month, year)


@lru_cache(maxsize=4)
def _pattern(weekdays: tuple[str, ...], months: tuple[str, ...]) -> re.Pattern[str]:
    def any_of(words: tuple[str, ...], shortest: int) -> str:
        chosen = sorted((word for word in words if len(word) >= shortest), key=len, reverse=True)
        return "|".join(map(re.escape, chosen))

    # Short forms such as “so” and “mi” are words of their own; beside a date they can only be weekdays.
    week, long_week, month = any_of(weekdays, 2), any_of(weekdays, 6), any_of(months, 3)
    year = r"(?:,?\s+(?P<{}>(?:19|20)\d\d)(?!\d))?"
    date = (
        r"(?P<ya>(?:19|20)\d\d)-(?P<ma>\d\d)-(?P<da>\d\d)(?!\d)"
        rf"|(?P<db>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?\s+(?P<mb>{month})\b\.?" + year.format("yb")
        + rf"|(?P<mc>{month})\b\.?\s+(?:the\s+)?(?P<dc>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])" + year.format("yc")
        + r"|(?P<dd>0?[1-9]|[12]\d|3[01])\.\s?(?P<md>0?[1-9]|1[0-2])\.(?:\s?(?P<yd>(?:19|20)\d\d))?(?!\d)"
    )  # fmt: skip
    return re.compile(
        rf"(?<![\w-])(?:(?P<before>{week})\b\.?,?\s+(?:(?:the|den|dem|der|on)\s+)?)?(?:{date})"
        rf"(?:\s*[,(]\s*(?:a\s+)?(?P<after>{week})\b\)?)?"
        rf"|(?<![\w-])(?P<alone>{long_week})\b",
        re.IGNORECASE,
    )
