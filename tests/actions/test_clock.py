"""Which day it is, for answers and for blocks."""

from __future__ import annotations

import datetime as dt

import pytest

from jobvault.actions import clock
from jobvault.actions.clock import Today, today_in

DAY = dt.date(2026, 11, 25)


class Clock(dt.datetime):
    """A clock that stands still, at 23:30 in UTC."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Clock:
        moment = cls(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
        found = moment.astimezone(tz)
        assert isinstance(found, Clock)
        return found


@pytest.mark.parametrize(
    ("timezone", "day"),
    [
        ("Europe/Berlin", "2026-11-25"),
        ("America/New_York", "2026-11-24"),
        ("Pacific/Kiritimati", "2026-11-25"),
        ("UTC", "2026-11-24"),
    ],
)
def test_today_is_in_the_vaults_time_zone(monkeypatch: pytest.MonkeyPatch, timezone: str, day: str) -> None:
    monkeypatch.setattr(clock.dt, "datetime", Clock)
    assert today_in(timezone) == Today(dt.date.fromisoformat(day))


def test_a_named_day_is_exact_whatever_the_zone() -> None:
    assert today_in("Pacific/Kiritimati", named=DAY) == Today(DAY, explicit=True)


@pytest.mark.parametrize(
    ("today", "as_of", "rendered"),
    [
        (Today(DAY), None, 25),
        (Today(DAY), 25, 25),
        (Today(DAY), 24, 25),
        (Today(DAY), 1, 25),
        (Today(DAY), 26, 26),
        (Today(DAY), 27, 25),
        (Today(DAY, explicit=True), 26, 25),
        (Today(DAY, explicit=True), None, 25),
    ],
)
def test_a_block_of_a_device_that_is_a_day_ahead_stays_ahead(today: Today, as_of: int | None, rendered: int) -> None:
    shown = today.for_block(DAY.replace(day=as_of) if as_of else None)
    assert shown == DAY.replace(day=rendered)


def test_at_the_end_of_time() -> None:
    assert Today(dt.date.max, explicit=True).for_block(dt.date.max) == dt.date.max
    assert Today(dt.date.max).for_block(dt.date.max) == dt.date.max


def test_now_is_in_utc() -> None:
    assert clock.now().utcoffset() == dt.timedelta(0)
