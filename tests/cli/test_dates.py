"""Dates and times as people say them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.vault import load_words
from jobvault.cli.dates import Prefer, read_date, read_time
from jobvault.errors import UsageError

TODAY = dt.date(2026, 11, 25)  # a Wednesday
DAYS = st.dates(dt.date(1920, 1, 1), dt.date(2200, 12, 31))


def read(text: str, prefer: Prefer = "coming") -> str:
    return read_date(text, TODAY, "--on", prefer=prefer).isoformat()


@pytest.mark.parametrize(
    ("text", "coming", "past"),
    [
        ("2026-11-23", "2026-11-23", "2026-11-23"),
        ("2030-02-28", "2030-02-28", "2030-02-28"),
        ("today", "2026-11-25", "2026-11-25"),
        ("Yesterday", "2026-11-24", "2026-11-24"),
        ("tomorrow", "2026-11-26", "2026-11-26"),
        ("the day before yesterday", "2026-11-23", "2026-11-23"),
        ("wed", "2026-11-25", "2026-11-25"),
        ("fri", "2026-11-27", "2026-11-20"),
        ("  FRIDAY ", "2026-11-27", "2026-11-20"),
        ("tues", "2026-12-01", "2026-11-24"),
        ("last fri", "2026-11-20", "2026-11-20"),
        ("last wed", "2026-11-18", "2026-11-18"),
        ("next wed", "2026-12-02", "2026-12-02"),
        ("on mon", "2026-11-30", "2026-11-23"),
        ("in 3 days", "2026-11-28", "2026-11-28"),
        ("3 days", "2026-11-28", "2026-11-22"),
        ("3 days ago", "2026-11-22", "2026-11-22"),
        ("in a week", "2026-12-02", "2026-12-02"),
        ("2 weeks ago", "2026-11-11", "2026-11-11"),
        ("23 Nov", "2026-11-23", "2026-11-23"),
        ("Nov 23", "2026-11-23", "2026-11-23"),
        ("23rd of november", "2026-11-23", "2026-11-23"),
        ("28 Nov", "2026-11-28", "2025-11-28"),
        ("3 Jan", "2027-01-03", "2026-01-03"),
        ("1 sept.", "2026-09-01", "2026-09-01"),
        ("29 Feb", "2028-02-29", "2024-02-29"),
        ("23 Nov 2025", "2025-11-23", "2025-11-23"),
        ("November 23rd, 2025", "2025-11-23", "2025-11-23"),
        ("23.11.", "2026-11-23", "2026-11-23"),
        ("3.1.2027", "2027-01-03", "2027-01-03"),
        ("23/11", "2026-11-23", "2026-11-23"),
        ("11/23", "2026-11-23", "2026-11-23"),
        ("11/11", "2026-11-11", "2026-11-11"),
        ("gestern", "2026-11-24", "2026-11-24"),
        ("23. November", "2026-11-23", "2026-11-23"),
        ("5. März", "2027-03-05", "2026-03-05"),
        ("in 2 months", "2027-01-25", "2027-01-25"),
        ("Heute", "2026-11-25", "2026-11-25"),
        ("vorgestern", "2026-11-23", "2026-11-23"),
        ("übermorgen", "2026-11-27", "2026-11-27"),
        ("uebermorgen", "2026-11-27", "2026-11-27"),
        ("Freitag", "2026-11-27", "2026-11-20"),
        ("am Freitag", "2026-11-27", "2026-11-20"),
        ("fr", "2026-11-27", "2026-11-20"),
        ("Sonnabend", "2026-11-28", "2026-11-21"),
        ("nächsten Montag", "2026-11-30", "2026-11-30"),
        ("am kommenden Mittwoch", "2026-12-02", "2026-12-02"),
        ("letzten Freitag", "2026-11-20", "2026-11-20"),
        ("vorigen Mittwoch", "2026-11-18", "2026-11-18"),
        ("diesen Freitag", "2026-11-27", "2026-11-20"),
        ("vor zwei Wochen", "2026-11-11", "2026-11-11"),
        ("vor einem Tag", "2026-11-24", "2026-11-24"),
        ("vor 3 Tagen", "2026-11-22", "2026-11-22"),
        ("in einer Woche", "2026-12-02", "2026-12-02"),
        ("in drei Tagen", "2026-11-28", "2026-11-28"),
        ("zwei Wochen", "2026-12-09", "2026-11-11"),
        ("23. November 2026", "2026-11-23", "2026-11-23"),
        ("am 23. Nov.", "2026-11-23", "2026-11-23"),
        ("den 1. Dezember", "2026-12-01", "2025-12-01"),
        ("5. Maerz 2027", "2027-03-05", "2027-03-05"),
        ("23. 11.", "2026-11-23", "2026-11-23"),
        ("am 23.11.", "2026-11-23", "2026-11-23"),
        ("23.11.2026", "2026-11-23", "2026-11-23"),
        ("in 2 Monaten", "2027-01-25", "2027-01-25"),
    ],
)
def test_dates_as_people_say_them(text: str, coming: str, past: str) -> None:
    assert (read(text), read(text, "past")) == (coming, past)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "Acme", "panel", "10", "may", "2026-11-31", "2026-02-29", "2026-13-01", "2026-11", "3/4", "31 Nov", "30.2.2026",
     "99/99", "saturation", "monthly", "0 Nov", "23:11", "14:30", "1700000000", "in 3 days ago", "in 3 Tagen ago", "letzten", "Fachgespräch", "vor", "31. November", "am", "last", "0000-01-01", "0001-01-01", "9999-12-31"],
)  # fmt: skip
def test_what_is_no_date_is_refused_by_the_options_name(text: str) -> None:
    with pytest.raises(UsageError, match=r"^--on: “.*” is no date\. Write it as 2026-11-23"):
        read(text)


@given(today=DAYS, day=DAYS)
def test_iso_dates_are_themselves_on_any_day(today: dt.date, day: dt.date) -> None:
    assert read_date(day.isoformat(), today, "--on") == day


@given(today=DAYS, name=st.sampled_from(["mon", "tuesday", "wed", "thursday", "fri", "saturday", "sun"]))
def test_weekdays_are_near_and_on_the_asked_side(today: dt.date, name: str) -> None:
    coming, past = read_date(name, today, "--on"), read_date(name, today, "--on", prefer="past")
    assert dt.timedelta(0) <= coming - today < dt.timedelta(7)
    assert dt.timedelta(0) <= today - past < dt.timedelta(7)
    assert f"{coming:%A}".lower().startswith(name)
    assert f"{past:%A}".lower().startswith(name)
    assert read_date(f"last {name}", today, "--on") < today < read_date(f"next {name}", today, "--on")


@given(today=DAYS, number=st.integers(1, 7), data=st.data())
def test_weekdays_of_every_language_are_near(today: dt.date, number: int, data: st.DataObject) -> None:
    speech = load_words().vocabulary.speech
    name = data.draw(st.sampled_from([word for word, day in speech.weekdays.items() if day == number]))
    coming, past = read_date(name, today, "--on"), read_date(name.upper(), today, "--on", prefer="past")
    assert coming.isoweekday() == past.isoweekday() == number
    assert dt.timedelta(0) <= coming - today < dt.timedelta(7)
    assert dt.timedelta(0) <= today - past < dt.timedelta(7)
    last, following = data.draw(st.sampled_from([("last", "next"), ("letzten", "nächsten"), ("vorigen", "kommenden")]))
    assert read_date(f"{last} {name}", today, "--on") < today < read_date(f"{following} {name}", today, "--on")


@given(today=DAYS, day=DAYS)
def test_a_day_without_its_year_is_the_nearest_or_the_last_that_was(today: dt.date, day: dt.date) -> None:
    words = f"{day.day} {day:%b}"
    coming, past = read_date(words, today, "--on"), read_date(words, today, "--on", prefer="past")
    assert (coming.day, coming.month) == (past.day, past.month) == (day.day, day.month)
    leap = dt.timedelta(days=366 * 8 if (day.day, day.month) == (29, 2) else 0)
    assert abs(coming - today) <= dt.timedelta(days=183) + leap
    assert dt.timedelta(0) <= today - past <= dt.timedelta(days=366) + 2 * leap


@given(text=st.text(max_size=12), today=st.dates())
def test_any_text_is_a_date_or_refused(text: str, today: dt.date) -> None:
    try:
        found = read_date(text, today, "--on")
    except UsageError:
        return
    assert isinstance(found, dt.date)


@pytest.mark.parametrize(
    ("text", "time"),
    [("14:30", "14:30"), ("9:00", "09:00"), ("2:30 pm", "14:30"), ("12 am", "00:00"), ("12pm", "12:00"), ("14", "14:00"), ("14.30", "14:30"),
     (" 14h30 ", "14:30"), ("0:05", "00:05")],
)  # fmt: skip
def test_times_as_people_say_them(text: str, time: str) -> None:
    assert f"{read_time(text, '--at'):%H:%M}" == time


@pytest.mark.parametrize("text", ["", "25:00", "14:60", "noon-ish", "13 pm", "0 am", "14:3", "1430"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"--at: .* is no time of day"):
        read_time(text, "--at")
