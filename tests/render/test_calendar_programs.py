"""What programs make of our calendars: the right time on the right day, each event once, and nothing that we did not write."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from jobvault.actions.clock import to_utc
from jobvault.render.calendar import CalendarRules, calendar_bytes, summary
from jobvault.search.events import Event
from tests.nouns import WORDS
from tests.render.calendar_tools import Khal, missing_ical_js, missing_khal, read_by_ical_js

needs_khal = pytest.mark.skipif(missing_khal() is not None, reason=missing_khal() or "")
needs_ical_js = pytest.mark.skipif(missing_ical_js() is not None, reason=missing_ical_js() or "")

CASES = {
    "Europe/London": {
        "2026-10-24 14:30": "13:30",
        "2026-10-25 00:30": "23:30",
        "2026-10-25 01:30": "00:30 the clocks show it twice: the first",
        "2026-10-25 14:30": "14:30",
        "2026-10-26 09:00": "09:00",
        "2027-03-27 14:30": "14:30",
        "2027-03-28 00:30": "00:30",
        "2027-03-28 01:30": "01:30 the clocks skip it: an hour later",
        "2027-03-28 14:30": "13:30",
        "2027-03-29 09:00": "08:00",
    },
    "America/New_York": {
        "2026-10-31 14:30": "18:30",
        "2026-11-01 00:30": "04:30",
        "2026-11-01 01:30": "05:30 the clocks show it twice: the first",
        "2026-11-01 14:30": "19:30",
        "2026-11-02 21:00": "02:00",
        "2027-03-13 14:30": "19:30",
        "2027-03-14 01:30": "06:30",
        "2027-03-14 02:30": "07:30 the clocks skip it: an hour later",
        "2027-03-14 14:30": "18:30",
        "2027-03-15 20:30": "00:30",
    },
    "Asia/Kolkata": {
        "2026-10-25 00:15": "18:45",
        "2026-10-25 14:30": "09:00",
        "2026-11-01 02:30": "21:00",
        "2027-03-14 23:45": "18:15",
        "2027-03-28 02:30": "21:00",
        "2027-03-28 05:29": "23:59",
    },
}
"""What stands in a note, in a zone, beside the days on which clocks change; and the time in UTC."""


def interview(when: str, **fields: object) -> Event:
    """Return an interview at ``2026-10-25 01:30``, or on a day."""
    day, _, time = when.partition(" ")
    at = dt.time.fromisoformat(time) if time else None
    event = Event(kind="interview", path=f"Debriefs/{when}.md", day=dt.date.fromisoformat(day), time=at, company=when)
    return replace(event, **fields)  # type: ignore[arg-type]


def calendar(zone: str, *found: Event) -> bytes:
    return calendar_bytes(found, CalendarRules(WORDS, to_utc(zone)))


def everything(zone: str) -> bytes:
    """Return a calendar of all interviews of a zone, and a whole day."""
    return calendar(zone, *(interview(when) for when in CASES[zone]), interview("2027-03-28"), interview("2026-10-25"))


def shown(when: str, said: str) -> str:
    """Return what a clock on the wall shows at the beginning: what the note says, but where there is no such time."""
    moment = dt.datetime.fromisoformat(when) + dt.timedelta(hours=1 if "skip" in said else 0)
    return moment.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize("zone", CASES)
def test_times_are_written_in_utc(zone: str) -> None:
    moment = to_utc(zone)
    found = {when: moment(dt.datetime.fromisoformat(when)) for when in CASES[zone]}
    assert {when: told.strftime("%H:%M") for when, told in found.items() if told} == {
        when: said[:5] for when, said in CASES[zone].items()
    }


@needs_ical_js
def test_ical_js_reads_the_times_that_were_written_and_evenings_before() -> None:
    read = read_by_ical_js([(everything(zone), zone) for zone in CASES])
    for zone, calendar_read in zip(CASES, read, strict=True):
        found = {event["summary"].removeprefix("Interview: "): event for event in calendar_read["events"]}
        for when, said in CASES[zone].items():
            begin = shown(when, said)
            evening = dt.date.fromisoformat(when[:10]) - dt.timedelta(days=1)
            assert (found[when]["start"], found[when]["alarms"][0]) == (begin, f"{evening} 19:00"), (zone, when)
        assert (found["2027-03-28"]["start"], found["2027-03-28"]["end"]) == ("2027-03-28", "2027-03-29")
        assert found["2027-03-28"]["alarms"] == ["-PT5H"]


@needs_khal
@pytest.mark.parametrize("zone", CASES)
def test_khal_shows_the_times_that_were_written(zone: str, tmp_path: Path) -> None:
    khal = Khal.in_zone(tmp_path, zone)
    khal.take(everything(zone))
    found = dict(line.split(" Interview: ")[::-1] for line in khal.shows("2026-10-01", 240))
    assert {when: found[when].split("-", 3)[:3] for when in CASES[zone]} == {
        when: shown(when, said).split("-") for when, said in CASES[zone].items()
    }
    assert found["2027-03-28"] == "2027-03-28 -"


@needs_khal
def test_khal_takes_it_again_and_again_and_shows_each_event_once_where_it_is_now(tmp_path: Path) -> None:
    khal = Khal.in_zone(tmp_path, "Europe/London")
    task = Event(kind="follow-up", path="Debriefs/a.md", id="abc", day=dt.date(2026, 10, 28), text="Send *it*")
    first = interview("2026-10-24 14:30", company="Acme", round="panel")
    for _ in range(2):
        khal.take(calendar("Europe/London", first, task))
    assert khal.shows("2026-10-01", 60) == [
        "2026-10-24 14:30-15:30 Interview: Acme · panel",
        "2026-10-28 - Send it",
    ]
    put_off = replace(first, day=dt.date(2026, 10, 26), time=dt.time(9))
    khal.take(calendar("Europe/London", put_off, replace(task, day=dt.date(2026, 10, 21))))
    assert khal.shows("2026-10-01", 60) == [
        "2026-10-21 - Send it",
        "2026-10-26 09:00-10:00 Interview: Acme · panel",
    ]
    khal.take(calendar("Europe/London", replace(put_off, cancelled=True)))
    assert khal.shows("2026-10-01", 60)[1] == "2026-10-26 09:00-10:00 Cancelled: Acme · panel"


HOSTILE = [
    "x\r\nATTACH:file:///etc/passwd",
    "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:y",
    "&#13;&#10;URL:https://evil.example",
    "x\r ATTENDEE:mailto:a@b.example",
    'x";VALUE=URI:y',
    "a;b,c\\d\\n:e",
    "\u202eevil\u2066 \x1b[31m\x00\x9b2J\u2028z",
    "é" * 200,
    "👩‍💻" * 50,
    "面试" * 60,
    "=1+1",
]


@needs_ical_js
def test_ical_js_finds_only_words_in_every_field() -> None:
    made = [
        interview(
            "2026-10-25 14:30", path=f"{text}.md", company=text, role=text, round=text, format=text, people=(text,)
        )
        for text in HOSTILE
    ]
    made += [replace(event, kind="follow-up", id="abc", text=event.company) for event in made]
    read = read_by_ical_js([(calendar("Europe/London", event), "Europe/London") for event in made])
    for event, found in zip(made, read, strict=True):
        assert (found["kinds"], found["names"]) == (["vevent"], ["version", "prodid", "calscale", "x-wr-calname"])
        [seen] = found["events"]
        own = ["status"] if event.kind == "interview" else []
        assert seen["names"] == [
            *("uid", "dtstamp", "dtstart", "dtend", "summary", "description", "class", "transp"),
            *own,
        ]
        assert (seen["summary"], seen["start"]) == (summary(event, WORDS), "2026-10-25 14:30")
        assert len(seen["description"].split("\n")) == 6
