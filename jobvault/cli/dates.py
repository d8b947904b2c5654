"""Dates as people say them: ISO first, then words; relative to a given day, never to the clock."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from jobvault.errors import UsageError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"(?:(last|next|this|on)\s+)?(mon|tue|wed|thu|fri|sat|sun)[a-z]*", re.IGNORECASE)
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_IN = re.compile(r"(?:in\s+)?(\d{1,3})\s+(day|week)s?(\s+ago)?", re.IGNORECASE)


def read_date(text: str, today: dt.date, option: str, *, prefer: Literal["future", "past"] = "future") -> dt.date:
    """Read a date: ``2026-11-23``, ``yesterday``, ``fri``, ``last fri``, ``in 3 days``, ``23 Nov``.

    A bare weekday is the coming one, today included, or with ``prefer="past"`` the one that was last. Raises
    ``UsageError`` naming the option where it is no date.
    """
    words = " ".join(text.strip().lower().split())
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        pass
    if words in _NEAR:
        return today + dt.timedelta(days=_NEAR[words])
    found = _simple(words, today, prefer) or _by_library(words, today, prefer)
    if found is None:
        raise UsageError(f"{option}: “{text}” is no date. Write it as 2026-11-23, yesterday, fri, or in 3 days.")
    return found


def _simple(words: str, today: dt.date, prefer: str) -> dt.date | None:
    span = _IN.fullmatch(words)
    if span:
        days = int(span[1]) * (7 if span[2] == "week" else 1)
        return today + dt.timedelta(days=-days if span[3] else days)
    found = _WEEKDAY.fullmatch(words)
    if found is None:
        return None
    ahead = (_DAYS.index(found[2]) - today.weekday()) % 7
    if found[1] == "last":
        return today + dt.timedelta(days=ahead - 7)
    if found[1] == "next":
        return today + dt.timedelta(days=ahead or 7)
    return today + dt.timedelta(days=ahead - 7 if prefer == "past" and ahead else ahead)


def _by_library(words: str, today: dt.date, prefer: str) -> dt.date | None:
    if re.match(r"\d{4}-\d", words):  # an ISO date that does not exist is no other date
        return None
    import dateparser

    base = dt.datetime.combine(today, dt.time(12))
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": prefer, "STRICT_PARSING": False, "DATE_ORDER": "DMY"}
    found = dateparser.parse(words, settings=settings)  # type: ignore[arg-type]
    return found.date() if found else None


def read_time(text: str, option: str) -> dt.time:
    """Read a time of day: ``14:30``, ``9:00``, ``2:30 pm``, ``14``. Raises ``UsageError`` where it is none."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", text.strip().lower())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise UsageError(f"{option}: “{text}” is no time of day. Write it as 14:30.")
