"""Dates as people say them: ISO first, then words; relative to a given day, never to the clock."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from jobvault.errors import UsageError
from jobvault.words.fold import fold

if TYPE_CHECKING:
    from jobvault.words.speech import Speech

Prefer = Literal["coming", "past"]

_YEARS = range(1900, 3000)
_ORDINAL = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"\d{4}")
_DAYS_IN = {"day": 1, "week": 7}
_FIGURES = re.compile(r"(?P<one>\d{1,2})(?P<by>[./]) ?(?P<two>\d{1,2})(?:(?P=by) ?(?P<year>\d{4})?)?")


def read_date(text: str, today: dt.date, option: str, *, prefer: Prefer = "coming") -> dt.date:
    """Read a date: ``2026-11-23``, ``yesterday``, ``fri``, ``last fri``, ``in 3 days``, ``23 Nov``, ``nächsten Mo``.

    The words are those of all languages that there are word files for. A bare weekday is the coming one, today
    included; a day without a year is the nearest. With ``prefer="past"`` both are the last one that was, today
    included. Raises ``UsageError``, naming the option, where it is no date.
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
    speech = _speech()
    if (folded := fold(words)) in speech.near:
        return today + dt.timedelta(days=speech.near[folded])
    telling = [word for word in words.split() if fold(word) not in speech.fillers]
    if figures := _FIGURES.fullmatch(" ".join(telling)):
        return _from_figures(figures, today, prefer)
    said, parts = _Said(speech, today, prefer), fold(" ".join(telling)).split()
    return said.span(parts) or said.weekday(parts) or said.named(parts) if parts else None


@cache
def _speech() -> Speech:
    from jobvault.actions.vault import load_words

    return load_words().vocabulary.speech


@dataclass(frozen=True, slots=True)
class _Said:
    """Reads folded words as a day, as seen from another."""

    speech: Speech
    today: dt.date
    prefer: Prefer

    def span(self, parts: Sequence[str]) -> dt.date | None:
        """``in 3 days``, ``two weeks ago``, ``vor einer Woche``; a bare one lies on the preferred side."""
        speech = self.speech
        ahead, back = parts[0] in speech.ahead, parts[0] in speech.before
        counted = list(parts[1:] if ahead or back else parts)
        if counted[-1:] and counted[-1] in speech.after:
            back = bool(counted.pop())
        if ahead and back:
            raise ValueError(parts)
        if len(counted) != 2:
            return None
        number, unit = self._number(counted[0]), _DAYS_IN.get(speech.spans.get(counted[1], ""))
        if number is None or unit is None:
            return None
        back = back or (self.prefer == "past" and not ahead)
        return self.today + dt.timedelta(days=-number * unit if back else number * unit)

    def _number(self, word: str) -> int | None:
        return int(word) if re.fullmatch(r"\d{1,3}", word) else self.speech.numbers.get(word)

    def weekday(self, parts: Sequence[str]) -> dt.date | None:
        """``fri``, ``last fri``, ``nächsten Freitag``."""
        which, day = (parts[0] if len(parts) == 2 else "", parts[-1])
        speech = self.speech
        known = not which or which in speech.last | speech.next | speech.this
        if len(parts) > 2 or day not in speech.weekdays or not known:
            return None
        ahead = (speech.weekdays[day] - 1 - self.today.weekday()) % 7
        if which in speech.last or (self.prefer == "past" and ahead and which not in speech.next):
            ahead -= 7
        elif which in speech.next:
            ahead = ahead or 7
        return self.today + dt.timedelta(days=ahead)

    def named(self, parts: Sequence[str]) -> dt.date | None:
        """``23 Nov``, ``Nov 23``, ``23rd November 2026``."""
        year = parts[2] if len(parts) == 3 and _YEAR.fullmatch(parts[2]) else None
        if len(parts) != (3 if year else 2):
            return None
        day, month = (parts[1], parts[0]) if parts[0] in self.speech.months else (parts[0], parts[1])
        number = _ORDINAL.fullmatch(day)
        if number is None or month not in self.speech.months:
            return None
        return _in_year(int(number["day"]), self.speech.months[month], year, self.today, self.prefer)


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
    """Read what is said in any other way, in the languages that there are word files for, as far as it knows them."""
    if not re.search(r"[^\W\d_]{3}", words):
        return None
    import dateparser  # type: ignore[import-untyped]
    from dateparser.data.languages_info import language_locale_dict  # type: ignore[import-untyped]

    from jobvault.vault.shipped import languages

    settings = {"RELATIVE_BASE": dt.datetime.combine(today, dt.time(12)), "REQUIRE_PARTS": ["day", "month"]}
    known = [name for name in languages() if name in language_locale_dict]
    sides = ("past", "future") if prefer == "coming" else ("past",)
    found = [
        dateparser.parse(words, languages=known, settings={**settings, "PREFER_DATES_FROM": side}) for side in sides
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
