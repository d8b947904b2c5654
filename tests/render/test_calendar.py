"""Events as an iCalendar file: the form, the times, the words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from jobvault.actions.clock import to_utc
from jobvault.actions.vault import load_words
from jobvault.render.calendar import CalendarRules, calendar_bytes, is_ours, summary, uid
from jobvault.search.events import Event
from tests.nouns import WORDS

INTERVIEW = Event(
    kind="interview",
    path="Debriefs/2026-11-30 Acme panel.md",
    day=dt.date(2026, 11, 30),
    time=dt.time(14, 30),
    company="Acme",
    role="Baker",
    round="panel",
    format="video",
    people=("Dana Reyes", "Tom Lind"),
    unnamed=1,
)
TASK = Event(
    kind="follow-up",
    path=INTERVIEW.path,
    id="abcdefgh",
    day=dt.date(2026, 12, 2),
    text="Send **the portfolio** to [[Dana Reyes|Dana]]",
    company="Acme",
    round="panel",
    people=("Dana Reyes",),
)
LONDON = CalendarRules(WORDS, to_utc("Europe/London"))


def lines(*found: Event, rules: CalendarRules = LONDON) -> list[str]:
    """Return the lines of a calendar, unfolded."""
    return calendar_bytes(found, rules).decode().replace("\r\n ", "").split("\r\n")


def values(name: str, *found: Event, rules: CalendarRules = LONDON) -> list[str]:
    """Return what a property says, parameters included, wherever it stands."""
    return [line.removeprefix(name)[1:] for line in lines(*found, rules=rules) if re.match(rf"{name}[:;]", line)]


def test_an_interview() -> None:
    assert lines(INTERVIEW) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//jobvault//jobvault//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Job search",
        "BEGIN:VEVENT",
        f"UID:{uid(INTERVIEW)}",
        "DTSTAMP:20261130T000000Z",
        "DTSTART:20261130T143000Z",
        "DTEND:20261130T153000Z",
        "SUMMARY:Interview: Acme · panel",
        (
            r"DESCRIPTION:Company: Acme\nRole: Baker\nRound: panel\nFormat: video\nPeople: Dana Reyes\, Tom Lind\, "
            r"1 unnamed person\nNote: 2026-11-30 Acme panel"
        ),
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Interview: Acme · panel",
        "TRIGGER:-PT19H30M",
        "END:VALARM",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Interview: Acme · panel",
        "TRIGGER:-PT1H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_follow_up_takes_its_day_and_nobody_is_busy_for_it() -> None:
    made = lines(TASK)
    start = made.index("DTSTART;VALUE=DATE:20261202")
    assert made[start - 1 : start + 6] == [
        "DTSTAMP:20261202T000000Z",
        "DTSTART;VALUE=DATE:20261202",
        "DTEND;VALUE=DATE:20261203",
        "SUMMARY:Send the portfolio to Dana · Acme",
        r"DESCRIPTION:Company: Acme\nRound: panel\nPeople: Dana Reyes\nNote: 2026-11-30 Acme panel",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
    ]
    assert values("TRIGGER", TASK) == ["PT9H"]
    assert values("STATUS", TASK) == []


def test_no_events_are_a_calendar_all_the_same() -> None:
    assert Calendar.from_ical(calendar_bytes((), LONDON)).subcomponents == []


def test_what_is_written_again_is_the_same() -> None:
    assert calendar_bytes((INTERVIEW, TASK), LONDON) == calendar_bytes((INTERVIEW, TASK), LONDON)


def test_ours_is_told_by_who_made_it() -> None:
    made = calendar_bytes((INTERVIEW,), LONDON)
    assert is_ours(made)
    assert is_ours(made.replace(b"\r\n", b"\n"))
    assert not is_ours(made.replace(b"jobvault//EN", b"another//EN"))
    assert not is_ours(b"Dear diary\r\n" + made)
    assert not is_ours(b"")


# --- which event it is -----------------------------------------------------------------------------------------------


def test_an_event_that_changes_stays_the_same_one() -> None:
    moved = replace(INTERVIEW, day=dt.date(2026, 12, 4), time=None, company="Acme Robotics", people=(), cancelled=True)
    assert uid(moved) == uid(INTERVIEW) == "1553ac86-de3f-5e45-966a-c6ef7d611c4e"
    assert uid(replace(TASK, day=dt.date(2027, 1, 1))) == uid(TASK)


def test_events_of_a_note_are_told_apart() -> None:
    others = [replace(TASK, id="abcdefgi"), replace(TASK, kind="letter"), replace(TASK, path="Debriefs/other.md")]
    assert len({uid(event) for event in (INTERVIEW, TASK, *others)}) == 5


def test_a_name_with_accents_is_the_same_on_a_mac() -> None:
    composed, decomposed = "Debriefs/Caf\u00e9.md", "Debriefs/Cafe\u0301.md"
    assert uid(replace(INTERVIEW, path=composed)) == uid(replace(INTERVIEW, path=decomposed))


def test_what_is_put_off_has_a_later_stamp() -> None:
    later = replace(INTERVIEW, day=INTERVIEW.day + dt.timedelta(days=2))
    assert values("DTSTAMP", later) > values("DTSTAMP", INTERVIEW)


# --- when ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (None, ["-PT5H"]),
        (dt.time(9, 0), ["-PT14H", "-PT1H"]),
        (dt.time(0, 0), ["-PT5H", "-PT1H"]),
        (dt.time(23, 59), ["-P1DT4H59M", "-PT1H"]),
    ],
)
def test_an_interview_rings_at_seven_the_evening_before_and_an_hour_before(
    time: dt.time | None, expected: list[str]
) -> None:
    assert values("TRIGGER", replace(INTERVIEW, time=time)) == expected


def test_the_evening_before_is_the_evening_also_where_clocks_change_in_the_night() -> None:
    spring = replace(INTERVIEW, day=dt.date(2027, 3, 28), time=dt.time(9))
    autumn = replace(INTERVIEW, day=dt.date(2026, 10, 25), time=dt.time(9))
    assert values("TRIGGER", spring)[0] == "-PT13H"
    assert values("TRIGGER", autumn)[0] == "-PT15H"


def test_nothing_rings_that_is_over_or_that_shall_not() -> None:
    assert values("TRIGGER", replace(INTERVIEW, rings=False)) == []
    assert values("TRIGGER", INTERVIEW, TASK, rules=replace(LONDON, alarms=False)) == []


def test_a_day_without_a_time_is_the_whole_day() -> None:
    day = replace(INTERVIEW, time=None)
    assert values("DTSTART", day) == ["VALUE=DATE:20261130"]
    assert values("TRANSP", day) == ["TRANSPARENT"]


@pytest.mark.parametrize("time", [None, dt.time(0), dt.time(23, 59)])
@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York"])
def test_the_ends_of_the_calendar_break_nothing(day: dt.date, time: dt.time | None, zone: str) -> None:
    event = replace(INTERVIEW, day=day, time=time)
    made = calendar_bytes((event,), CalendarRules(WORDS, to_utc(zone)))
    [read] = Calendar.from_ical(made).walk("VEVENT")
    told = read["DTSTART"].dt
    assert abs((dt.date(told.year, told.month, told.day) - day).days) <= 1


# --- in which words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Interview: Acme · panel"),
        ({"round": ""}, "Interview: Acme"),
        ({"company": ""}, "Interview: No company · panel"),
        ({"round": "chat"}, "Acme · chat"),
        ({"round": "take-home"}, "Acme · take-home"),
        ({"format": "take-home", "round": ""}, "Acme"),
        ({"cancelled": True}, "Cancelled: Acme · panel"),
    ],
)
def test_an_interview_is_called(fields: dict[str, object], expected: str) -> None:
    assert summary(replace(INTERVIEW, **fields), WORDS) == expected  # type: ignore[arg-type]


def test_a_follow_up_is_called_by_its_words() -> None:
    assert summary(replace(TASK, company=""), WORDS) == "Send the portfolio to Dana"


def test_a_letter_is_called_by_whom_it_is_owed_to() -> None:
    letter = replace(TASK, kind="letter", id="thank-you", people=("Dana Reyes", "Tom Lind"))
    assert summary(letter, WORDS) == "Thank Dana Reyes, Tom Lind · Acme"
    assert summary(replace(letter, id="check-in"), WORDS) == "Ask where things stand · Acme"


def test_a_cancelled_interview_says_so_to_programs_too() -> None:
    off = replace(INTERVIEW, cancelled=True, rings=False)
    assert (values("STATUS", off), values("TRANSP", off)) == (["CANCELLED"], ["TRANSPARENT"])


def test_in_the_vaults_language() -> None:
    german = lines(INTERVIEW, replace(INTERVIEW, cancelled=True), rules=replace(LONDON, words=load_words("de")))
    assert "X-WR-CALNAME:Jobsuche" in german
    assert [line for line in german if line.startswith("SUMMARY")] == [
        "SUMMARY:Gespräch: Acme · Gesprächsrunde",
        "SUMMARY:Ausgefallen: Acme · Gesprächsrunde",
    ]


# --- what steers nothing ---------------------------------------------------------------------------------------------

STEERING = (
    st.text(max_size=40)
    | st.text(alphabet="aé🚀;,\\:\"'^\r\n\t \x00\x1b\x0b\x0c\x1c\x85\u2028\u202e\u2066\ud800", max_size=60)
    | st.sampled_from(
        [
            "x\r\nATTACH:file:///etc/passwd",
            "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:y",
            "x\r ATTENDEE:mailto:a@b.example",
            "&#13;&#10;URL:https://evil.example",
            "x\\nEND:VCALENDAR",
            'x";VALUE=URI:y',
            "\u202eevil\u2066",
            "é" * 200,
            "👩‍💻" * 50,
            "9" * 5000,
        ]
    )
)
PROPERTIES = ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CLASS", "TRANSP"]
UNSEEN = {
    *map(chr, range(32)),
    *map(chr, range(127, 160)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028",
}


@given(words=st.lists(STEERING, min_size=7, max_size=7), kind=st.sampled_from(["interview", "follow-up", "letter"]))
@example(words=["&#13;&#10;URL:https://evil.example"] * 7, kind="follow-up")
def test_whatever_stands_in_a_field_is_words(words: list[str], kind: str) -> None:
    path, company, role, round_, format_, person, text = words
    fields = {"company": company, "role": role, "round": round_, "format": format_, "people": (person,), "text": text}
    key = "thank-you" if kind == "letter" else text
    event = Event(kind=kind, path=f"{path}.md", id=key, day=INTERVIEW.day, time=INTERVIEW.time, **fields)  # type: ignore[arg-type]
    data = calendar_bytes((event,), LONDON)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    calendar = Calendar.from_ical(data)
    [read] = calendar.subcomponents
    assert [component.name for component in calendar.walk()] == [
        "VCALENDAR",
        "VEVENT",
        *["VALARM"] * len(read.walk("VALARM")),
    ]
    expected = [*PROPERTIES, *(["STATUS"] if kind == "interview" else [])]
    assert list(read.keys()) == [name for name in expected if name != "DESCRIPTION" or name in read]
    assert read.errors == []
    assert not UNSEEN & set(str(read["SUMMARY"]))
    about = str(read.get("DESCRIPTION", "")).split("\n")
    assert not UNSEEN & set("".join(about))
    names = [line.partition(":")[0] for line in about if line]
    assert names == [name for name in ("Company", "Role", "Round", "Format", "People", "Note") if name in names]


@given(words=STEERING)
def test_words_come_back_as_they_were_written(words: str) -> None:
    shown = summary(replace(INTERVIEW, company=words), WORDS)
    [read] = Calendar.from_ical(calendar_bytes((replace(INTERVIEW, company=words),), LONDON)).walk("VEVENT")
    assert str(read["SUMMARY"]) == shown
