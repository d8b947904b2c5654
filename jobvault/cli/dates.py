"""Dates as people say them: ISO first, then words; relative to a given day, never to the clock."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

from jobvault.errors import UsageError

Prefer = Literal["coming", "past"]

_LANGUAGES = ["en", "de"]
_YEARS = range(1900, 3000)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.]?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|[.])?"
_YEAR = r"(?:,? (?P<year>\d{4}))?"

_WEEKDAY = re.compile(
    r"(?:(?P<which>last|next|this|on) )?(?P<day>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
_SPAN = re.compile(r"(?P<ahead>in )?(?P<number>\d{1,3}|an?|one|two|three) (?P<unit>day|week)s?(?P<back> ago)?")
_NUMBER = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_NAMED = (re.compile(f"{_DAY} (?:of )?{_MONTH}{_YEAR}"), re.compile(f"{_MONTH} {_DAY}{_YEAR}"))
_FIGURES = re.compile(r"(?P<one>\d{1,2})(?P<by>[./])(?P<two>\d{1,2})(?:(?P=by)(?P<year>\d{4})?)?")


def read_date(text: str, today: dt.date, option: str, *, prefer: Prefer = "coming") -> dt.date:
    """Read a date: ``2026-11-23``, ``yesterday``, ``fri``, ``last fri``, ``in 3 days``, ``23 Nov``.

    A bare weekday is the coming one, today included; a day without a year is the nearest. With ``prefer="past"`` both
    are the last one that was, today included. Raises ``UsageError``, naming the option, where it is no date.
    """
    words = " ".join(text.strip().lower().split())
    try:
        found = _iso(words) or _said(words, today, prefer) or _by_library(words, today, prefer)
    except (ValueError, OverflowError):
        found = None
    if found is None or found.year not in _YEARS:
        raise UsageError(f"{option}: “{text}” is no date. Write it as 2026-11-23, 23 Nov, yesterday, fri, in 3 days.")
    return found


def _iso(words: str) -> dt.date | None:
    """Read an ISO date; one that does not exist raises ``ValueError``, so that it is taken for no other."""
    return dt.date.fromisoformat(words) if re.fullmatch(r"\d{4}-\d{1,2}-?\d{0,2}", words) else None


def _said(words: str, today: dt.date, prefer: Prefer) -> dt.date | None:
    if words in _NEAR:
        return today + dt.timedelta(days=_NEAR[words])
    if span := _SPAN.fullmatch(words):
        return _counted(span, today, prefer)
    if weekday := _WEEKDAY.fullmatch(words):
        return _weekday(weekday, today, prefer)
    if figures := _FIGURES.fullmatch(words):
        return _from_figures(figures, today, prefer)
    named = next((found for pattern in _NAMED if (found := pattern.fullmatch(words))), None)
    if named is None:
        return None
    month = _MONTHS.index(named["month"]) + 1
    return _in_year(int(named["day"]), month, named["year"], today, prefer)


def _counted(span: re.Match[str], today: dt.date, prefer: Prefer) -> dt.date:
    if span["ahead"] and span["back"]:
        raise ValueError(span[0])
    number = _NUMBER.get(span["number"]) or int(span["number"])
    back = span["back"] or (prefer == "past" and not span["ahead"])
    days = number * (7 if span["unit"] == "week" else 1)
    return today + dt.timedelta(days=-days if back else days)


def _weekday(found: re.Match[str], today: dt.date, prefer: Prefer) -> dt.date:
    ahead = (_DAYS.index(found["day"][:3]) - today.weekday()) % 7
    if found["which"] == "last":
        return today + dt.timedelta(days=ahead - 7)
    if found["which"] == "next":
        return today + dt.timedelta(days=ahead or 7)
    return today + dt.timedelta(days=ahead - 7 if prefer == "past" and ahead else ahead)


def _from_figures(found: re.Match[str], today: dt.date, prefer: Prefer) -> dt.date:
    """Read ``23.11.`` (the day first) and ``11/23`` (where only one of the two can be the month)."""
    one, two = int(found["one"]), int(found["two"])
    if found["by"] == "/" and one != two and max(one, two) <= 12:
        raise ValueError(found[0])
    day, month = (two, one) if found["by"] == "/" and two > 12 else (one, two)
    return _in_year(day, month, found["year"], today, prefer)


def _in_year(day: int, month: int, year: str | None, today: dt.date, prefer: Prefer) -> dt.date:
    """Return the day in its year; without one, in the year that makes it nearest to today, or the last that was."""
    if year:
        return dt.date(int(year), month, day)
    near = _existing((number, month, day) for number in range(today.year - 8, today.year + 9))
    return min((one for one in near if prefer == "coming" or one <= today), key=lambda one: abs(one - today))


def _existing(parts: Iterable[tuple[int, int, int]]) -> Iterable[dt.date]:
    for part in parts:
        try:
            yield dt.date(*part)
        except ValueError:
            continue


def _by_library(words: str, today: dt.date, prefer: Prefer) -> dt.date | None:
    """Read what is said in the other languages that notes may be written in."""
    if not re.search(r"[^\W\d_]{3}", words):
        return None
    import dateparser  # type: ignore[import-untyped]

    settings = {"RELATIVE_BASE": dt.datetime.combine(today, dt.time(12)), "REQUIRE_PARTS": ["day", "month"]}
    sides = ("past", "future") if prefer == "coming" else ("past",)
    found = [
        dateparser.parse(words, languages=_LANGUAGES, settings={**settings, "PREFER_DATES_FROM": side})
        for side in sides
    ]
    return min((one.date() for one in found if one), key=lambda day: abs(day - today), default=None)


def read_time(text: str, option: str) -> dt.time:
    """Read a time of day: ``14:30``, ``9:00``, ``2:30 pm``, ``14``. Raises ``UsageError`` where it is none."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", text.strip().lower())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if not found[3] and hour < 24 and minute < 60:
            return dt.time(hour, minute)
        if found[3] and 1 <= hour <= 12 and minute < 60:
            return dt.time(hour % 12 + (12 if found[3] == "pm" else 0), minute)
    raise UsageError(f"{option}: “{text}” is no time of day. Write it as 14:30.")
