"""Reading calendar files: whatever the bytes, an invitation or what is wrong; never an error, never for long."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.invitation import Guest, Invitation, read_invitations

FILES = Path(__file__).parent / "invitations"
GOOGLE = (FILES / "google-meet.ics").read_bytes()
START = "DTSTART:20261201T100000Z"
ZONE = """BEGIN:VTIMEZONE
TZID:Nowhere
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
{rule}
END:STANDARD
END:VTIMEZONE
"""


def event(*lines: str, before: str = "", start: str = START) -> bytes:
    body = "\n".join((start, *lines))
    return f"BEGIN:VCALENDAR\n{before}BEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR\n".encode()


def only(data: bytes) -> Invitation:
    found = read_invitations(data)
    assert (found.wrong, len(found.found)) == ("", 1)
    return found.found[0]


def shown(invitation: Invitation) -> str:
    """Return when it starts, in UTC where it has a zone."""
    starts = invitation.starts
    if isinstance(starts, dt.datetime) and starts.tzinfo:
        return f"{starts.astimezone(dt.UTC):%Y-%m-%d %H:%M}Z"
    return str(starts)


# --- any bytes --------------------------------------------------------------------------------------------------------

LINES = st.sampled_from([
    b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"BEGIN:VEVENT", b"END:VEVENT", b"BEGIN:VTIMEZONE", b"END:VTIMEZONE", b"BEGIN:STANDARD",
    b"END:STANDARD", b"TZID:X", b"DTSTART;TZID=X:20261201T100000", b"DTSTART:20261201", b"DTSTART;VALUE=DATE:00000000", b"TZOFFSETFROM:+0100",
    b"TZOFFSETTO:+9900", b"RRULE:FREQ=YEARLY;BYMONTH=13", b"METHOD:CANCEL", b"SUMMARY:a\\nb", b'SUMMARY;X="', b'ATTENDEE;CN="a:mailto:x@y.z',
    b"ATTENDEE:mailto:a@b.example", b"ORGANIZER;CN=\xff:mailto:q", b"DESCRIPTION:<p><a href=x>", b"LOCATION:https://[", b" folded", b"\tx", b"\0",
])  # fmt: skip


@given(st.binary(max_size=400))
def test_any_bytes_are_read(data: bytes) -> None:
    assert read_invitations(data).wrong in ("no-calendar", "no-event", "cut-off", "")


@given(st.lists(st.one_of(LINES, st.binary(max_size=30)), max_size=40))
def test_any_lines_are_read(lines: list[bytes]) -> None:
    read = read_invitations(b"BEGIN:VCALENDAR\r\n" + b"\r\n".join(lines))
    for one in read.found:
        for text in (one.summary, one.location, *(guest.name for guest in one.guests)):
            assert text == " ".join(text.split())
            assert not any(char < " " or "\u202a" <= char <= "\u202e" for char in text)


@given(st.data())
def test_a_file_that_was_damaged_anywhere_is_read(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOGLE)))
    size = data.draw(st.integers(0, 40))
    read_invitations(GOOGLE[:at] + data.draw(st.binary(max_size=8)) + GOOGLE[at + size :])


@given(st.integers(1, 74))
def test_folds_anywhere_change_nothing(width: int) -> None:
    """RFC 5545, 3.1: a line may be folded between any two octets, also inside of a character."""
    data = event("SUMMARY:Gespräch 技術面接 🎈 bei Müller", 'ATTENDEE;CN="Änne, 花子":mailto:a@b.example')
    folded = b"".join(
        b"\r\n ".join(line[start : start + width] for start in range(0, len(line), width)) + b"\r\n"
        for line in data.split(b"\n")
        if line
    )
    assert read_invitations(folded) == read_invitations(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encodings_and_line_ends(encoding: str, ends: str) -> None:
    text = event("SUMMARY:Gespräch bei Müller").decode().replace("\n", ends)
    assert only(text.encode(encoding)).summary == "Gespräch bei Müller"


def test_deep_nesting_and_long_lines_are_read() -> None:
    assert read_invitations(b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 20_000).wrong == "no-event"
    assert read_invitations(event("SUMMARY:" + "a" * 4_000_000)).wrong == ""
    assert read_invitations(event("SUMMARY;" + "A=b;" * 200_000 + ":x")).wrong == ""
    assert only(event(*["ATTENDEE:mailto:a@b.example"] * 5000)).guests[299:] == (Guest(email="a@b.example"),)


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2;BYSECOND=1,2",
        "RRULE:FREQ=SECONDLY;FREQ=YEARLY",
        "RRULE;X=1:FREQ=SECONDLY",
        "RRULE : FREQ=SECONDLY",
    ],
)
def test_rules_that_would_go_on_for_hours_are_left_out(rule: str) -> None:
    data = event(before=ZONE.format(rule=rule), start="DTSTART;TZID=Nowhere:20261201T100000")
    assert shown(only(data)) == "2026-12-01 07:00Z"


# --- what it says -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "when"),
    [
        ("DTSTART:20261201T100000Z", "2026-12-01 10:00Z"),
        ("DTSTART:20261201T100000", "2026-12-01 10:00:00"),
        ("DTSTART:20261201T1000", "2026-12-01 10:00:00"),
        ("DTSTART:2026-12-01T10:00:00Z", "2026-12-01 10:00Z"),
        ("DTSTART;VALUE=DATE:20261201", "2026-12-01"),
        ("DTSTART;TZID=Europe/London:20270328T013000", "2027-03-28 01:30Z"),
        ("DTSTART;TZID=Europe/London:20270629T093000", "2027-06-29 08:30Z"),
        ("DTSTART;TZID=America/New_York:20261101T093000", "2026-11-01 14:30Z"),
        ("DTSTART;TZID=America/New_York:20261031T093000", "2026-10-31 13:30Z"),
        ("DTSTART;TZID=Asia/Kolkata:20261201T093000", "2026-12-01 04:00Z"),
        ('DTSTART;TZID="Eastern Standard Time":20261201T093000', "2026-12-01 14:30Z"),
        ("DTSTART;TZID=GMT Standard Time:20260701T093000", "2026-07-01 08:30Z"),
        ("DTSTART;TZID=India Standard Time:20261201T093000", "2026-12-01 04:00Z"),
        ("DTSTART;TZID=/mozilla.org/20070129_1/America/Argentina/Buenos_Aires:20261201T093000", "2026-12-01 12:30Z"),
        ("DTSTART;TZID=UTC:20261201T093000", "2026-12-01 09:30Z"),
        ("DTSTART;TZID=Middle Earth:20261201T093000", "2026-12-01 09:30:00"),
        ("DTSTART;TZID=../../etc/passwd:20261201T093000", "2026-12-01 09:30:00"),
        ("DTSTART;TZID=America:20261201T093000", "2026-12-01 09:30:00"),
    ],
)
def test_when(start: str, when: str) -> None:
    invitation = only(event(start=start))
    assert shown(invitation) == when
    assert invitation.zone_known == ("Middle" not in start and "etc" not in start and "=America:" not in start)


def test_outlook_says_all_day_by_a_property_of_its_own() -> None:
    assert only(event("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")).starts == dt.date(2026, 12, 1)


def test_a_zone_is_that_of_the_file_where_its_name_is_nobodys() -> None:
    outlook = (FILES / "outlook-html.ics").read_bytes()
    assert shown(only(outlook)) == "2026-12-04 16:30Z"
    assert shown(only(outlook.replace(b":20261204T0", b":20260704T0"))) == "2026-07-04 15:30Z"


@pytest.mark.parametrize(
    ("line", "guest"),
    [
        ("ATTENDEE:mailto:a@b.example", Guest(email="a@b.example")),
        ("ATTENDEE;CN=Dana Reyes;PARTSTAT=accepted:MAILTO:Dana@b.example", Guest("Dana Reyes", "Dana@b.example", answer="ACCEPTED")),
        ('ATTENDEE;CN="Reyes, Dana":mailto:a@b.example', Guest("Reyes, Dana", "a@b.example")),
        ("ATTENDEE;CN=Reyes, Dana:mailto:a@b.example", Guest("Reyes, Dana", "a@b.example")),
        ("ATTENDEE;CN=A^nB^'c^':mailto:a@b.example", Guest('A B"c"', "a@b.example")),
        ("ATTENDEE;CN=A\u202eB\x07:mailto:a@b.example", Guest("AB", "a@b.example")),
        ("ATTENDEE;CUTYPE=ROOM;ROLE=NON-PARTICIPANT:mailto:a@b.example", Guest("", "a@b.example", "ROOM", "NON-PARTICIPANT")),
        ("ATTENDEE;EMAIL=x@y.example:urn:uuid:1", Guest(email="x@y.example")),
        ("ATTENDEE;CN=Tom:invalid:nomail", Guest("Tom")),
        ("ATTENDEE:mailto:a@b.example\\nBcc: c@d.example", Guest()),
        ("attendee;cn=Low:mailto:a@b.example", Guest("Low", "a@b.example")),
    ],
)  # fmt: skip
def test_who(line: str, guest: Guest) -> None:
    assert only(event(line)).guests == (guest,)


def test_what_it_says_besides() -> None:
    google = only(GOOGLE)
    assert google.summary == "Technical interview with Robin Vale – Acme Robotics"
    assert google.description.startswith("Hi Robin,\nplease have your editor ready.\n60 minutes\npair programming")
    assert google.linked == ("https://meet.google.com/abc-defg-hij",)
    assert (google.cancelled, google.series, google.zone) == (False, False, "America/New_York")
    assert len(google.guests) == 4


def test_cancelled_and_repeated_ones_say_so() -> None:
    assert only(event("STATUS:CANCELLED")).cancelled
    assert only((FILES / "cancelled.ics").read_bytes()).cancelled
    assert only(
        b"BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\n" + START.encode() + b"\nEND:VEVENT\nEND:VCALENDAR"
    ).cancelled
    for line in ("RRULE:FREQ=SECONDLY", "RECURRENCE-ID:20261201T100000Z", "RDATE:20261202T100000Z"):
        assert only(event(line)).series


def test_alarms_say_nothing_of_the_event() -> None:
    alarm = ("BEGIN:VALARM", "DESCRIPTION:Reminder", "SUMMARY:Alarm", "END:VALARM", "SUMMARY:Interview")
    assert (only(event(*alarm)).summary, only(event(*alarm)).description) == ("Interview", "")


def test_events_stand_in_order_of_time_and_each_once() -> None:
    first, second = START, "DTSTART;TZID=Asia/Kolkata:20261201T110000"
    block = "BEGIN:VEVENT\nUID:{}\n{}\nSUMMARY:{}\nEND:VEVENT\n"
    text = block.format(1, first, "b") + block.format(2, second, "a") + block.format(1, first, "b")
    found = read_invitations(f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n".encode()).found
    assert [one.summary for one in found] == ["a", "b"]


def test_titles_places_and_zones_are_read_up_to_a_bound() -> None:
    long = "A " * 50_000
    found = only(event(f"SUMMARY:{long}", f"LOCATION:{long}", start=f"DTSTART;TZID={'Z' * 5000}:20261201T100000"))
    assert {len(found.summary), len(found.location), len(found.zone)} == {300}


@pytest.mark.parametrize("day", ["00010101", "19691231", "21010101", "99991231"])
def test_a_year_in_which_no_interview_can_be_is_no_day(day: str) -> None:
    assert read_invitations(event(start=f"DTSTART:{day}T000000Z")).wrong == "no-event"
