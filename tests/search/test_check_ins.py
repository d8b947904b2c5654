"""Asking where things stand: once a process, so many times at most, and not where there is nothing to ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import Application, FollowUp, Letter, Noun
from jobvault.search.check_ins import CheckIn
from jobvault.search.obligations import Obligations
from jobvault.settings import LetterSettings, Settings
from tests.nouns import WORDS, day, debrief, follow_up, searching

TODAY = dt.date(2026, 12, 10)
PANEL = debrief("Acme", "2026-11-23", "panel", "Dana Reyes")


def ask(*nouns: Noun, tasks: tuple[FollowUp, ...] = (), today: dt.date = TODAY, **settings: int) -> CheckIn | None:
    """Return what there is to ask; of one process at most."""
    chosen = Settings(letters=LetterSettings(**settings))
    search = searching(*nouns, follow_ups=tasks, settings=chosen)
    found = list(Obligations(search, WORDS).check_ins(today))
    assert len(found) <= 1
    return found[0] if found else None


def asked(*sent: str | None, about: str = "2026-11-23 Acme panel", **fields: Any) -> tuple[Letter, ...]:
    """Return check-in letters, sent on some days."""
    values = {"kind": "check-in", "status": "sent", **fields}
    return tuple(
        Letter(f"Letters/{number} {one}.md", "Dana Reyes", debrief=about, sent=day(one), **values)
        for number, one in enumerate(sent)
    )


def test_a_round_that_waits_is_asked_about_five_working_days_later() -> None:
    found = ask(PANEL)
    assert found is not None
    assert (found.debrief, str(found.due), found.asked, found.state) == (PANEL, "2026-11-30", (), "due")
    assert found.is_due(TODAY)
    assert not found.is_due(dt.date(2026, 11, 29))
    assert found.is_due(dt.date(2026, 11, 30))


def test_after_a_month_nobody_waits_for_the_question() -> None:
    found = ask(PANEL)
    assert found is not None
    assert found.is_due(dt.date(2026, 12, 30))
    assert not found.is_due(dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "advanced"},
        {"outcome": "offer"},
        {"outcome": "rejected"},
        {"outcome": "withdrawn"},
        {"outcome": "no-reply"},
        {"outcome": "cancelled"},
        {"heard": dt.date(2026, 11, 25)},
        {"format": "take-home"},
        {"date": None},
    ],
)
def test_nothing_is_asked_where_an_answer_came_or_nothing_is_owed(fields: dict[str, Any]) -> None:
    date = fields.pop("date", "2026-11-23")
    assert ask(debrief("Acme", date, "panel", "Dana Reyes", **fields)) is None


@pytest.mark.parametrize("round_", ["chat", "take-home"])
def test_chats_and_take_homes_ask_nothing(round_: str) -> None:
    assert ask(debrief("Acme", "2026-11-23", round_, "Dana Reyes")) is None


@pytest.mark.parametrize("outcome", ["offer", "accepted", "declined", "rejected", "no-reply"])
def test_nothing_is_asked_where_the_application_has_its_answer(outcome: str) -> None:
    assert ask(PANEL, Application("Applications/Acme.md", "Acme", outcome=outcome)) is None


def test_an_open_application_asks() -> None:
    assert ask(PANEL, Application("Applications/Acme.md", "Acme", outcome="open")) is not None


@pytest.mark.parametrize("when", ["2026-12-01", "2026-12-20"])
def test_only_the_latest_round_asks_and_one_to_come_is_an_answer(when: str) -> None:
    later = debrief("Acme", when, "final", "Tom Ode", empty=when > TODAY.isoformat())
    found = ask(PANEL, later)
    assert (found.debrief if found else None) == (later if when < TODAY.isoformat() else None)


def test_a_later_chat_and_a_cancelled_round_are_no_answer() -> None:
    chat = debrief("Acme", "2026-12-01", "chat", "Tom Ode")
    cancelled = debrief("Acme", "2026-12-02", "final", outcome="cancelled")
    found = ask(PANEL, chat, cancelled)
    assert found is not None
    assert found.debrief == PANEL


def test_two_roles_at_one_company_ask_each() -> None:
    one, two = (debrief("Acme", f"2026-11-2{n}", "panel", role=role) for n, role in ((3, "SRE"), (4, "Data")))
    found = list(Obligations(searching(one, two), WORDS).check_ins(TODAY))
    assert [ask.debrief for ask in found] == [one, two]


# --- how often ------------------------------------------------------------------------------------------------------


def test_once_asked_one_waits_again_and_after_two_one_moves_on() -> None:
    once = ask(PANEL, *asked("2026-11-30"))
    assert once is not None
    assert (once.state, str(once.due)) == ("due", "2026-12-07")
    twice = ask(PANEL, *asked("2026-11-30", "2026-12-07"))
    assert twice is not None
    assert (twice.state, len(twice.asked), str(twice.due)) == ("asked", 2, "2026-12-14")
    assert not twice.is_due(TODAY)


def test_a_question_of_before_the_round_does_not_count() -> None:
    earlier = debrief("Acme", "2026-11-02", "technical", "Dana Reyes", outcome="advanced")
    found = ask(earlier, PANEL, *asked("2026-11-10", about="2026-11-02 Acme technical"))
    assert found is not None
    assert found.asked == ()
    found = ask(earlier, PANEL, *asked("2026-11-28", about="2026-11-02 Acme technical"))
    assert found is not None
    assert [str(one) for one in found.asked] == ["2026-11-28"]


def test_a_sent_question_without_a_day_counts_from_the_round() -> None:
    found = ask(PANEL, *asked(None))
    assert found is not None
    assert [str(one) for one in found.asked] == ["2026-11-23"]


def test_a_draft_stands_for_the_rule() -> None:
    found = ask(PANEL, *asked(None, status="draft"))
    assert found is not None
    assert (found.state, found.draft is not None, found.is_due(TODAY)) == ("drafted", True, False)


def test_a_letter_of_another_kind_is_no_question() -> None:
    found = ask(PANEL, *asked("2026-11-24", kind="thank-you"))
    assert found is not None
    assert found.asked == ()


# --- tasks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Check in with Acme", True),
        ("Check-in mail to Dana", True),
        ("Ask [[Dana Reyes]] where things stand 📅 2026-12-01", True),
        ("Nudge Dana about the decision", True),
        ("Bei Acme nachfragen", True),
        ("Dana fragen, wie es steht", True),
        ("Check in", True),
        ("Ask Dana how often the pager goes off", False),
        ("Send Dana the portfolio", False),
        ("Check in with Ruth about the reference", False),
        ("Check the oven", False),
        ("Thank Dana", False),
    ],
)
def test_a_task_that_asks_stands_for_the_rule(text: str, stands: bool) -> None:
    found = ask(PANEL, tasks=(follow_up(text, PANEL),))
    assert found is not None
    assert (found.state == "task") == stands
    assert found.is_due(TODAY) != stands


def test_a_task_that_is_done_is_one_question_and_one_that_is_cancelled_ends_them() -> None:
    done = follow_up("Check in with Acme", PANEL, status="done", done="2026-11-30")
    found = ask(PANEL, tasks=(done,))
    assert found is not None
    assert (found.state, [str(one) for one in found.asked]) == ("due", ["2026-11-30"])
    found = ask(PANEL, tasks=(follow_up("Check in with Acme", PANEL, status="cancelled"),))
    assert found is not None
    assert (found.state, found.is_due(TODAY)) == ("dropped", False)


def test_a_ticked_task_and_its_letter_are_one_question() -> None:
    done = follow_up("Check in with Acme", PANEL, status="done", done="2026-11-30")
    found = ask(PANEL, *asked("2026-11-30"), tasks=(done,))
    assert found is not None
    assert len(found.asked) == 1


def test_a_task_in_the_application_counts_and_one_of_another_company_does_not() -> None:
    application = Application("Applications/Acme.md", "Acme", outcome="open")
    found = ask(PANEL, application, tasks=(follow_up("Check in with Acme 📅 2026-12-12", application),))
    assert found is not None
    assert found.state == "task"
    other = debrief("Birch", "2026-11-23", "panel", outcome="advanced")
    found = ask(PANEL, other, tasks=(follow_up("Check in", other),))
    assert found is not None
    assert found.state == "due"


@given(st.lists(st.dates(dt.date(2026, 11, 1), dt.date(2027, 2, 1)), max_size=6), st.integers(0, 4), st.integers(0, 90))
def test_the_rule_never_asks_more_often_than_the_settings_say(days: list[dt.date], most: int, after: int) -> None:
    letters = asked(*(one.isoformat() for one in days))
    today = dt.date(2026, 11, 23) + dt.timedelta(days=after)
    found = ask(PANEL, *letters, today=today, check_ins=most)
    assert found is not None
    made = len({one for one in days if one >= dt.date(2026, 11, 23)})
    assert len(found.asked) == made
    assert not found.is_due(today) or made < most
    assert found.state == ("due" if made < most else "asked")


@given(st.integers(0, 5), st.integers(1, 60))
def test_whoever_asks_when_told_asks_so_often_and_no_more(most: int, days: int) -> None:
    sent: list[str] = []
    for passed in range(days):
        today = dt.date(2026, 11, 23) + dt.timedelta(days=passed)
        found = ask(PANEL, *asked(*sent), today=today, check_ins=most)
        if found is not None and found.is_due(today):
            assert today.weekday() < 5
            sent.append(today.isoformat())
    assert len(sent) <= most
