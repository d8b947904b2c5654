"""What belongs into a calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from jobvault.model import Application, FollowUp, Letter, Noun
from jobvault.search.events import Event, events
from jobvault.search.query import Query
from tests.nouns import TODAY, WORDS, debrief, follow_up, searching

PANEL = debrief("Acme", "2026-11-30", "panel", "Dana Reyes", "?, SRE", time=dt.time(14, 30), format="video", empty=True)
PAST = debrief("Birch", "2026-11-12", "final", outcome="advanced", role="Welder")


def found(*nouns: Noun, tasks: tuple[FollowUp, ...] = (), query: Query | None = None) -> list[Event]:
    """Return the events of some nouns and tasks."""
    return list(events(searching(*nouns, follow_ups=tasks), query or Query(), TODAY, WORDS))


def letters(*nouns: Noun, tasks: tuple[FollowUp, ...] = ()) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what is owed by letter: kind, day, to whom."""
    return [(e.id, str(e.day), e.people) for e in found(*nouns, tasks=tasks) if e.kind == "letter"]


def test_an_interview_with_all_that_is_known_of_it() -> None:
    assert found(PANEL, Application("Applications/Acme.md", "Acme", "Baker")) == [
        Event(
            kind="interview",
            path="Debriefs/2026-11-30 Acme panel.md",
            day=dt.date(2026, 11, 30),
            time=dt.time(14, 30),
            company="Acme",
            role="Baker",
            round="panel",
            format="video",
            people=("Dana Reyes",),
            unnamed=1,
        )
    ]


def test_interviews_that_were_stay_and_ring_no_more() -> None:
    today = debrief("Corvo", "2026-11-27", empty=True)
    held = debrief("Delta", "2026-11-27")
    shown = [event for event in found(PANEL, PAST, today, held) if event.kind == "interview"]
    assert [(event.company, event.rings) for event in shown] == [
        ("Birch", False),
        ("Corvo", True),
        ("Delta", False),
        ("Acme", True),
    ]


def test_a_cancelled_interview_stays_and_says_so() -> None:
    [event] = found(debrief("Acme", "2026-11-30", outcome="cancelled"))
    assert (event.cancelled, event.rings) == (True, False)


def test_an_interview_without_a_date_is_none() -> None:
    assert found(debrief("Acme", None)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Send the portfolio 📅 2026-12-02", ["Send the portfolio"]),
        ("Send the portfolio", []),
        ("Send the portfolio 📅 2026-12-02 ✅ 2026-11-30", []),
        ("Send the portfolio 📅 2026-12-02 ❌ 2026-11-30", []),
        ("Send the portfolio 🔁 every week 📅 2026-12-02", ["Send the portfolio"]),
        ("Send the portfolio 📅 2026-11-20", ["Send the portfolio"]),
    ],
)
def test_open_follow_ups_with_a_due_date(text: str, expected: list[str]) -> None:
    task = follow_up(text, PAST)
    assert [event.text for event in found(PAST, tasks=(task,)) if event.kind == "follow-up"] == expected


def test_a_follow_up_is_on_the_day_it_is_due_and_is_known_by_its_id() -> None:
    task = follow_up("Ask Dana Reyes for the range 📅 2026-12-02", PANEL, status="in-progress")
    [event] = (event for event in found(PANEL, tasks=(task,)) if event.kind == "follow-up")
    assert (event.day, event.time, event.id, event.path) == (dt.date(2026, 12, 2), None, task.id, PANEL.path)
    assert (event.company, event.round, event.people, event.rings) == ("Acme", "panel", ("Dana Reyes",), True)


@pytest.mark.parametrize("outcome", ["rejected", "cancelled"])
def test_what_is_overdue_where_nobody_waits_for_it_is_left_out(outcome: str) -> None:
    over = debrief("Acme", "2026-11-12", outcome=outcome)
    tasks = (follow_up("Send it 📅 2026-11-26", over), follow_up("Ask for feedback 📅 2026-11-27", over))
    assert [event.text for event in found(over, tasks=tasks) if event.kind == "follow-up"] == ["Ask for feedback"]


def test_in_order_of_time_whatever_the_notes_are_called() -> None:
    early = debrief("Zeta", "2026-11-30", time=dt.time(9))
    day = debrief("Yarrow", "2026-11-30")
    task = follow_up("Send it 📅 2026-11-30", PAST)
    shown = [(event.kind, event.company) for event in found(PANEL, early, day, PAST, tasks=(task,))]
    assert shown == [
        ("interview", "Birch"),
        ("follow-up", "Birch"),
        ("interview", "Yarrow"),
        ("interview", "Zeta"),
        ("interview", "Acme"),
    ]
    assert shown == [(e.kind, e.company) for e in found(PAST, day, early, PANEL, tasks=(task,))]


def test_only_one_company() -> None:
    tasks = (follow_up("One 📅 2026-12-02", PANEL), follow_up("Two 📅 2026-12-02", PAST))
    shown = found(PANEL, PAST, tasks=tasks, query=Query(company="acme"))
    assert [(event.kind, event.company) for event in shown] == [("interview", "Acme"), ("follow-up", "Acme")]


def test_only_from_a_day_on_also_what_is_owed_for_an_older_interview() -> None:
    task = follow_up("Send it 📅 2026-12-02", PAST)
    shown = found(PANEL, PAST, tasks=(task,), query=Query(since=TODAY))
    assert [(event.kind, event.company) for event in shown] == [("interview", "Acme"), ("follow-up", "Birch")]
    shown = found(PANEL, PAST, tasks=(task,), query=Query(until=dt.date(2026, 11, 30)))
    assert [(event.kind, event.company) for event in shown] == [("interview", "Birch"), ("interview", "Acme")]


# --- letters ----------------------------------------------------------------------------------------------------------

MET = debrief("Acme", "2026-11-26", "panel", "Dana Reyes", "Tom Lind", "?, SRE")


def letter(to: str, at: str = "2026-11-26 Acme panel", **fields: object) -> Letter:
    return Letter(f"Letters/{to} {fields.get('kind', '')}.md", to, debrief=at, **{"status": "draft", **fields})  # type: ignore[arg-type]


def test_thanks_are_one_event_a_round_until_they_are_sent() -> None:
    asks = ("check-in", "2026-12-03", ("Dana Reyes", "Tom Lind"))
    for drafted in ((), (letter("Tom Lind"),), (letter("Tom Lind"), letter("Dana Reyes"))):
        assert letters(MET, *drafted) == [("thank-you", "2026-11-27", ("Dana Reyes", "Tom Lind")), asks]
    assert letters(MET, letter("Tom Lind", status="sent")) == [("thank-you", "2026-11-27", ("Dana Reyes",)), asks]
    assert letters(MET, letter("Tom Lind", status="sent"), letter("Dana Reyes", status="sent")) == [asks]


def test_what_a_task_stands_for_is_no_second_event() -> None:
    tasks = (follow_up("Thank-you letters 📅 2026-11-28", MET), follow_up("Check in with Acme 📅 2026-12-04", MET))
    assert letters(MET, tasks=tasks) == []
    assert len([event for event in found(MET, tasks=tasks) if event.kind == "follow-up"]) == 2


def test_an_interview_to_come_owes_nothing_and_an_old_one_is_not_caught_up_on() -> None:
    assert letters(PANEL) == []
    old = debrief("Acme", "2026-11-10", "panel", "Dana Reyes")
    assert [kind for kind, *_ in letters(old)] == ["check-in"]
    assert letters(debrief("Acme", "2026-08-10", "panel", "Dana Reyes")) == []


def test_a_letter_is_on_a_day_of_its_own_in_the_calendar() -> None:
    [thanks, _] = (event for event in found(MET) if event.kind == "letter")
    assert (thanks.path, thanks.id, thanks.time, thanks.company, thanks.round) == (
        MET.path,
        "thank-you",
        None,
        "Acme",
        "panel",
    )
