"""When something is due: hours after an interview, working days after a silence."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.search.due import (
    check_in_due,
    day_of,
    days_after,
    hours_after,
    is_late,
    thanks_due,
    working_day,
)
from jobvault.settings import LetterSettings
from tests.nouns import day, debrief

USUAL = LetterSettings()
FRIDAY = 4


# --- working days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "count", "found"),
    [
        ("2026-11-23", 1, "2026-11-24"),  # Monday
        ("2026-11-23", 4, "2026-11-27"),
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-26", 2, "2026-11-30"),  # Thursday, over a weekend
        ("2026-11-27", 1, "2026-11-30"),  # Friday
        ("2026-11-27", 5, "2026-12-04"),
        ("2026-11-28", 1, "2026-11-30"),  # Saturday
        ("2026-11-28", 5, "2026-12-04"),
        ("2026-11-29", 1, "2026-11-30"),  # Sunday
        ("2026-11-29", 6, "2026-12-07"),
        ("2026-12-31", 1, "2027-01-01"),  # a holiday is a working day here
        ("2026-11-25", 0, "2026-11-25"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-29", 0, "2026-11-30"),
        ("2026-11-30", -1, "2026-11-27"),
        ("2026-11-30", -5, "2026-11-23"),
        ("2026-11-27", -1, "2026-11-26"),
        ("2026-11-28", -1, "2026-11-27"),
        ("2026-11-29", -1, "2026-11-27"),
        ("2026-11-29", -6, "2026-11-20"),
        ("2026-12-01", -2, "2026-11-27"),
    ],
)
def test_working_days_over_weekends_both_ways(start: str, count: int, found: str) -> None:
    assert str(working_day(dt.date.fromisoformat(start), count)) == found


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))


@given(DAYS, st.integers(-400, 400))
def test_a_working_day_is_counted_one_by_one(start: dt.date, count: int) -> None:
    found, passed = start, 0
    while passed < abs(count):
        found += dt.timedelta(days=1 if count > 0 else -1)
        passed += found.weekday() <= FRIDAY
    while count == 0 and found.weekday() > FRIDAY:
        found += dt.timedelta(days=1)
    assert working_day(start, count) == found


@given(st.dates(), st.integers(-400, 400))
def test_it_is_never_a_weekend_and_the_calendar_has_ends(start: dt.date, count: int) -> None:
    assert working_day(start, count).weekday() <= FRIDAY


@given(DAYS, st.integers(0, 400))
def test_there_and_back_is_where_one_was(start: dt.date, count: int) -> None:
    start = working_day(start, 0)
    assert working_day(working_day(start, count), -count) == start


# --- thanks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "time", "due"),
    [
        (24, None, "2026-11-24"),
        (24, dt.time(13, 30), "2026-11-24"),
        (24, dt.time(0, 0), "2026-11-24"),
        (48, None, "2026-11-25"),
        (36, None, "2026-11-24"),
        (36, dt.time(13, 30), "2026-11-25"),
        (4, None, "2026-11-23"),
        (4, dt.time(22, 0), "2026-11-24"),
    ],
)
def test_thanks_are_due_some_hours_later(hours: int, time: dt.time | None, due: str) -> None:
    at = debrief("Acme", "2026-11-23", time=time)
    assert thanks_due(at, LetterSettings(thanks_hours=hours)) == day(due)


def test_an_interview_without_a_day_has_none() -> None:
    undated = debrief("Acme", None)
    assert thanks_due(undated, USUAL) is None
    assert check_in_due(undated, (), USUAL) is None
    assert days_after(undated, dt.date(2026, 11, 23)) is None
    assert not is_late(undated, dt.date(2026, 11, 23), USUAL)


def test_the_last_day_of_the_calendar_is_the_last_due_date() -> None:
    last = debrief("Acme", "9999-12-31", time=dt.time(23), hear_by=dt.date.max)
    assert thanks_due(last, USUAL) == dt.date.max
    assert check_in_due(last, (), USUAL) == dt.date.max


@pytest.mark.parametrize(
    ("time", "sent", "hours", "days", "late"),
    [
        (dt.time(13, 30), dt.datetime.fromisoformat("2026-11-24T13:30"), 24, 1, False),
        (dt.time(13, 30), dt.datetime.fromisoformat("2026-11-24T13:31"), 24, 1, True),
        (dt.time(13, 30), dt.datetime.fromisoformat("2026-11-23T14:00"), 0, 0, False),
        (dt.time(13, 30), dt.date(2026, 11, 24), None, 1, False),
        (dt.time(13, 30), dt.date(2026, 11, 25), None, 2, True),
        (None, dt.datetime.fromisoformat("2026-11-24T23:59"), None, 1, False),
        (None, dt.datetime.fromisoformat("2026-11-25T00:01"), None, 2, True),
        (dt.time(13, 30), dt.datetime(2026, 11, 24, 20, 0, tzinfo=dt.UTC), None, 1, False),
        (dt.time(13, 30), dt.datetime.fromisoformat("2026-11-22T13:30"), -24, -1, False),
        (dt.time(13, 30), None, None, None, False),
    ],
)
def test_hours_where_both_times_are_known_else_days(
    time: dt.time | None, sent: dt.date | None, hours: int | None, days: int | None, late: bool
) -> None:
    at = debrief("Acme", "2026-11-23", time=time)
    found = hours_after(at, sent)
    assert (None if found is None else int(found // 1)) == hours
    assert days_after(at, sent) == days
    assert is_late(at, sent, USUAL) == late
    assert sent is None or type(day_of(sent)) is dt.date


# --- asking where things stand --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hear_by", "asked", "due"),
    [
        (None, (), "2026-11-30"),
        ("2026-11-26", (), "2026-11-30"),
        ("2026-12-02", (), "2026-12-04"),
        (None, ("2026-11-30",), "2026-12-07"),
        (None, ("2026-11-30", "2026-12-08"), "2026-12-15"),
        ("2026-11-26", ("2026-11-30",), "2026-12-07"),
        ("2026-12-20", ("2026-11-30",), "2026-12-22"),
    ],
)
def test_when_to_ask(hear_by: str | None, asked: tuple[str, ...], due: str) -> None:
    at = debrief("Acme", "2026-11-23", hear_by=day(hear_by))
    assert check_in_due(at, [dt.date.fromisoformat(one) for one in asked], USUAL) == day(due)


@given(DAYS, st.none() | DAYS, st.lists(DAYS, max_size=3), st.integers(0, 30), st.integers(1, 30))
def test_asking_is_never_due_on_a_weekend(
    date: dt.date, hear_by: dt.date | None, asked: list[dt.date], promise: int, silence: int
) -> None:
    settings = LetterSettings(promise_days=promise, silence_days=silence)
    due = check_in_due(debrief("Acme", date.isoformat(), hear_by=hear_by), asked, settings)
    assert due is not None
    assert due.weekday() <= FRIDAY
    assert hear_by is None or due >= hear_by
    assert all(due > one for one in asked)
