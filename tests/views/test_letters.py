"""Letters: everybody met × round, what was written and how soon, what is owed by when and what no more."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from jobvault.model import Application, FollowUp, Letter, Noun
from jobvault.render.view import render_body
from jobvault.settings import FollowUpSettings, LetterSettings, Settings
from jobvault.views.letters import Item
from tests.nouns import TEMPLATES, TODAY, ask, debrief, face, follow_up, met, searching, show

PANEL = debrief(
    "Acme",
    "2026-11-23",
    "panel",
    met("Dana Reyes", email="dana@example.org"),
    "Tom Ode",
    "?, SRE",
    time=dt.time(13, 30),
)
NOTE = "[[2026-11-23 Acme panel]]"


def letter(to: str = "Dana Reyes", sent: str | None = None, **fields: Any) -> Letter:
    """Return a letter about the panel; a draft, where no day says when it was sent."""
    day = None if sent is None else dt.datetime.fromisoformat(sent) if "T" in sent else dt.date.fromisoformat(sent)
    values = {
        "path": f"Letters/{fields.get('kind', 'Thanks')} {to}.md", "debrief": "2026-11-23 Acme panel",
        "kind": "thank-you", "status": "sent" if sent else "draft", **fields,
    }  # fmt: skip
    return Letter(to=to, sent=day, **values)


def lines(*nouns: Noun, tasks: tuple[FollowUp, ...] = (), today: dt.date = TODAY, **settings: Any) -> list[str]:
    return show("letters", searching(*nouns, follow_ups=tasks, settings=Settings(**settings)), today)


def items(*nouns: Noun, tasks: tuple[FollowUp, ...] = (), today: dt.date = TODAY, **arguments: Any) -> list[Item]:
    return list(ask("letters", searching(*nouns, follow_ups=tasks), today, **arguments).items)


def person(name: str, *nouns: Noun, **more: Any) -> Item:
    [found] = [item for item in items(*nouns, **more) if item.name == name]
    return found


# --- the whole picture ----------------------------------------------------------------------------------------------


def test_the_matrix_as_it_is_read() -> None:
    technical = debrief(
        "Acme", "2026-11-10", "technical", "Lee Okafor", "Ann Lee", outcome="advanced", time=dt.time(10, 0)
    )
    chat = debrief("Corvo", "2026-11-24", "chat", met("Mia Park", email="mia@example.org"))
    shut = debrief("Birch", "2026-11-12", "final", "Ida Voss", "Max Ray", outcome="rejected")
    nouns = (
        PANEL, technical, chat, shut,
        letter("Tom Ode"),
        letter("Lee Okafor", "2026-11-11T08:15", debrief="2026-11-10 Acme technical"),
        letter("Ann Lee", "2026-11-13", debrief="2026-11-10 Acme technical"),
        letter("Ida Voss", "2026-11-13", debrief="2026-11-12 Birch final"),
    )  # fmt: skip
    assert lines(*nouns) == [
        "2 people to thank · 1 letter to send · 3 letters sent, 1 of them late",
        "## Open",
        "- **Corvo** · chat · Tue 24 Nov 2026 · `jobvault letter draft Corvo` · [[2026-11-24 Corvo chat]]",
        "  - **Mia Park**: no letter yet · was due Wed 25 Nov 2026",
        f"- **Acme** · panel · Mon 23 Nov 2026 · `jobvault letter draft Acme` · {NOTE}",
        "  - **Dana Reyes**: no letter yet · was due Tue 24 Nov 2026",
        (
            "  - **Tom Ode**: was due Tue 24 Nov 2026 · thank-you drafted · [[Thanks Tom Ode]] · "
            '`jobvault letter sent "Thanks Tom Ode"` · no address: through Dana Reyes'
        ),
        "  - 1 person without a name: ask for the name",
        "  - Ask where things stand · due Mon 30 Nov 2026",
        "## Earlier",
        "- **Acme** · technical · Tue 10 Nov 2026 · [[2026-11-10 Acme technical]]",
        "  - **Lee Okafor**: thank-you sent 11 Nov, 22 hours after · [[Thanks Lee Okafor]]",
        "  - **Ann Lee**: thank-you sent 13 Nov, 3 days after, late · [[Thanks Ann Lee]]",
        "## Not owed any more",
        "- **Birch** · final · Thu 12 Nov 2026 · rejected · [[2026-11-12 Birch final]]",
        "  - **Ida Voss**: thank-you sent 13 Nov, the next day · [[Thanks Ida Voss]]",
        "  - **Max Ray**: no letter, and none owed any more",
    ]


def test_nobody_yet() -> None:
    assert show("letters", searching()) == [
        "_Nobody to write to yet. Name the people you met under “People met” in a debrief._"
    ]
    assert show("letters", searching(PANEL), company="Birch") == ["_Nothing in this vault matches._"]


@pytest.mark.parametrize("fields", [{"outcome": "cancelled"}, {"format": "take-home"}, {"round_": "take-home"}])
def test_cancelled_rounds_and_take_homes_are_left_out(fields: dict[str, str]) -> None:
    assert items(debrief("Acme", "2026-11-23", fields.pop("round_", "panel"), "Dana Reyes", **fields)) == []


def test_a_letter_about_one_is_shown_all_the_same() -> None:
    home = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", format="take-home")
    [item] = items(home, letter(sent="2026-11-24"))
    assert (item.name, item.state, len(item.letters), item.open) == ("Dana Reyes", "not-met", 1, False)


def test_interviews_to_come_and_without_a_day_are_left_out() -> None:
    assert items(debrief("Acme", "2026-11-28", "panel", "Dana Reyes")) == []
    assert items(debrief("Acme", TODAY.isoformat(), "panel", "Dana Reyes", empty=True)) == []
    assert items(debrief("Acme", None, "panel", "Dana Reyes")) == []
    assert [item.name for item in items(debrief("Acme", TODAY.isoformat(), "chat", "Dana Reyes"))] == ["Dana Reyes"]


# --- how it stands with one person ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("task", "letters", "state", "is_open", "due"),
    [
        (None, (), "owed", True, "2026-11-24"),
        ("- [ ] Thank Dana 📅 2026-11-26", (), "task", True, "2026-11-26"),
        ("- [ ] Thank Dana", (), "task", True, "2026-11-24"),
        ("- [x] Thank Dana ✅ 2026-11-24", (), "ticked", False, None),
        ("- [-] Thank Dana", (), "dropped", False, None),
        (None, (None,), "drafted", True, "2026-11-24"),
        (None, ("2026-11-24",), "sent", False, None),
        ("- [ ] Thank Dana 📅 2026-11-26", ("2026-11-24",), "sent", False, None),
        ("- [x] Thank Dana ✅ 2026-11-24", (None,), "ticked", False, None),
    ],
)
def test_how_it_stands(task: str | None, letters: tuple[str | None, ...], state: str, is_open: bool, due: str) -> None:
    status = {" ": "open", "x": "done", "-": "cancelled"}[task[3]] if task else ""
    tasks = (follow_up(task[6:], PANEL, status=status),) if task else ()
    found = person("Dana Reyes", PANEL, *(letter(sent=sent) for sent in letters), tasks=tasks)
    assert (found.state, found.open, str(found.due) if found.due else None) == (state, is_open, due)
    assert bool(found.command) == is_open


def test_after_a_week_nobody_is_reminded() -> None:
    assert person("Dana Reyes", PANEL, today=dt.date(2026, 11, 30)).state == "owed"
    late = person("Dana Reyes", PANEL, today=dt.date(2026, 12, 1))
    assert (late.state, late.open, late.late, late.command) == ("missed", False, True, "")
    shown = lines(PANEL, today=dt.date(2026, 11, 25), follow_ups=FollowUpSettings(worth_doing_days=1))
    assert "  - **Dana Reyes**: no letter · was due Tue 24 Nov 2026" in shown


def test_a_closed_application_owes_nothing_and_a_chat_always_its_thanks() -> None:
    closed = Application("Applications/Acme.md", "Acme", outcome="declined")
    assert [(item.state, item.closed) for item in items(PANEL, closed) if item.what == "person"] == [
        ("not-owed", "declined")
    ] * 2
    chat = debrief("Acme", "2026-11-24", "chat", "Mia Park")
    found = person("Mia Park", PANEL, chat, closed)
    assert (found.state, found.closed) == ("owed", "")


def test_a_letter_after_a_rejection_is_still_to_be_sent() -> None:
    shut = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", outcome="rejected", heard=dt.date(2026, 11, 26))
    found = person("Dana Reyes", shut, letter(kind="after-rejection"))
    assert (found.state, found.open, found.command) == (
        "not-owed",
        True,
        'jobvault letter sent "after-rejection Dana Reyes"',
    )
    assert not person("Dana Reyes", shut, letter()).open


def test_letters_of_every_kind_are_on_the_line_of_their_recipient() -> None:
    nouns = (PANEL, letter(sent="2026-11-24T09:30"), letter(sent="2026-11-26", kind="promised", path="Letters/P.md"))
    found = person("Dana Reyes", *nouns)
    assert [(one.kind, str(one.day), one.hours, one.days, one.late) for one in found.letters] == [
        ("promised", "2026-11-26", None, 3, False),
        ("thank-you", "2026-11-24", 20, 1, False),
    ]
    assert (
        "  - **Dana Reyes**: promised sent 26 Nov, 3 days after · [[P]] · "
        "thank-you sent 24 Nov, 20 hours after · [[Thanks Dana Reyes]]"
    ) in lines(*nouns)


def test_the_hours_of_the_settings_say_what_is_late() -> None:
    found = letter(sent="2026-11-24T09:30")
    assert lines(PANEL, found, letters=LetterSettings(thanks_hours=12))[0].endswith("1 letter sent, 1 of them late")
    assert not person("Dana Reyes", PANEL, found).late


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("2026-11-23T14:00", "within the hour"),
        ("2026-11-23T15:00", "1 hour after"),
        ("2026-11-25T13:00", "47 hours after, late"),
        ("2026-11-25T14:00", "2 days after, late"),
        ("2026-11-23", "the same day"),
        ("2026-11-24", "the next day"),
        ("2026-11-22", "before the interview"),
        ("2026-11-23T09:00", "before the interview"),
    ],
)
def test_how_soon(sent: str, said: str) -> None:
    [line] = [line for line in lines(PANEL, letter(sent=sent)) if "Dana Reyes**" in line]
    assert f", {said} · [[Thanks Dana Reyes]]" in line


def test_somebody_who_was_not_there_is_shown_where_they_were_written_to() -> None:
    found = person("Ann Lee", PANEL, letter("Ann Lee", "2026-11-24", kind="check-in"))
    assert (found.state, found.line, found.open) == ("not-met", None, False)
    assert "  - **Ann Lee**: not there · check-in sent 24 Nov, the next day · [[check-in Ann Lee]]" in lines(
        PANEL, letter("Ann Lee", "2026-11-24", kind="check-in")
    )


# --- through whom ---------------------------------------------------------------------------------------------------


def test_a_recruiter_goes_before_whoever_was_met_last() -> None:
    recruiter = met("Noor Haddad, Talent Partner", email="noor@example.org")
    screen = debrief("Acme", "2026-11-03", "phone", recruiter, outcome="advanced")
    assert person("Tom Ode", PANEL, screen).through == "Noor Haddad"
    assert person("Dana Reyes", PANEL, screen).through == ""
    german = met("Eva Kuhn, Personalreferentin", email="eva@example.org")
    assert (
        person("Tom Ode", PANEL, debrief("Acme", "2026-11-03", "x", german, outcome="advanced")).through == "Eva Kuhn"
    )
    by_round = debrief("Acme", "2026-11-03", "recruiter-screen", met("Bo Ek", email="bo@example.org"))
    assert person("Tom Ode", PANEL, by_round).through == "Bo Ek"


def test_else_whoever_was_met_last_there_and_nobody_of_another_company() -> None:
    other = debrief("Acme", "2026-11-03", "technical", met("Ann Lee", email="ann@example.org"), outcome="advanced")
    assert person("Tom Ode", PANEL, other).through == "Dana Reyes"
    assert person("Tom Ode", debrief("Acme", "2026-11-23", "panel", "Tom Ode"), other).through == "Ann Lee"
    birch = debrief("Birch", "2026-11-24", "technical", met("Ann Lee", email="ann@example.org"))
    alone = debrief("Acme", "2026-11-23", "panel", "Tom Ode")
    assert person("Tom Ode", alone, birch).through == ""
    assert any(line.endswith("no address, nor has anybody else there") for line in lines(alone, birch))


# --- names and questions --------------------------------------------------------------------------------------------


def test_those_without_a_name_are_counted() -> None:
    two = debrief("Acme", "2026-11-23", "panel", "?", "?, SRE")
    assert "  - 2 people without a name: ask for the names" in lines(two)
    assert "  - 2 people without a name" in lines(two, today=dt.date(2026, 12, 1))
    asked = follow_up("Ask for the SRE's name", PANEL)
    assert "  - 1 person without a name" in lines(PANEL, tasks=(asked,))


def test_what_there_is_to_ask_from_its_day_on() -> None:
    promised = debrief("Acme", "2026-11-23", "panel", hear_by=dt.date(2026, 11, 25))
    [found] = items(promised)
    assert (found.what, found.state, found.open, str(found.due)) == ("ask", "due", True, "2026-11-27")
    assert lines(promised)[-1] == (
        "  - Ask where things stand · due Fri 27 Nov 2026 · they promised an answer by Wed 25 Nov 2026 · "
        "`jobvault letter draft Acme --kind check-in`"
    )
    [before] = items(promised, today=dt.date(2026, 11, 26))
    assert (before.open, before.command) == (False, "")


def test_two_asked_no_answer_is_said_once() -> None:
    asked = [letter(sent=day, kind="check-in", path=f"Letters/{day}.md") for day in ("2026-12-01", "2026-12-09")]
    waits = lines(PANEL, *asked, today=dt.date(2026, 12, 15))
    assert "  - Asked 2 times, which is enough · wait until Wed 16 Dec 2026" in waits
    moves = lines(PANEL, *asked, today=dt.date(2026, 12, 16))
    assert moves[-1] == "  - Asked 2 times, no answer: move on · `jobvault heard Acme no-reply`"
    assert sum("move on" in line for line in moves) == 1
    once = lines(PANEL, asked[0], today=dt.date(2026, 12, 8))
    assert (
        "  - Ask where things stand · due Tue 8 Dec 2026 · asked once, on Tue 1 Dec 2026 · "
        "`jobvault letter draft Acme --kind check-in`"
    ) in once


def test_who_never_asks_is_told_nothing_of_it() -> None:
    never = lines(PANEL, today=dt.date(2026, 12, 16), letters=LetterSettings(check_ins=0))
    assert not any("sk" in line and "stand" in line for line in never)
    assert not any("0 times" in line for line in never)


def test_a_task_or_a_draft_stands_for_the_question() -> None:
    task = follow_up("Check in with Acme 📅 2026-12-01", PANEL)
    assert "  - Ask where things stand · noted as a follow-up · due Tue 1 Dec 2026" in [
        line.partition(" · `")[0] for line in lines(PANEL, tasks=(task,))
    ]
    [found] = [item for item in items(PANEL, letter(kind="check-in")) if item.what == "ask"]
    assert (found.state, found.command) == ("drafted", 'jobvault letter sent "check-in Dana Reyes"')


# --- arguments and JSON ---------------------------------------------------------------------------------------------


def test_only_what_is_asked_for() -> None:
    birch = debrief("Birch", "2026-11-20", "panel", "Dana Reyes", outcome="advanced")
    assert [(item.what, item.name) for item in items(PANEL, birch, person="Dana")] == [("person", "Dana Reyes")] * 2
    assert {item.company for item in items(PANEL, birch, company="Birch")} == {"Birch"}
    assert {item.company for item in items(PANEL, birch, since="2026-11-21")} == {"Acme"}
    assert {item.company for item in items(PANEL, birch, within="5d")} == {"Acme"}


def test_the_limit_keeps_what_is_open() -> None:
    birch = debrief("Birch", "2026-11-25", "chat", "Mia Park")
    search = searching(PANEL, birch)
    answered = ask("letters", search, limit=2)
    assert [item.name for item in answered.items] == ["Mia Park", "Dana Reyes"]
    assert answered.left_out == 3
    shown = show("letters", search, limit=2)
    assert shown[0] == "3 people to thank"
    assert shown[-1] == "… and 3 more: `jobvault show letters`"
    assert not any("Tom Ode" in line for line in shown)


def test_the_terminal_has_no_links_to_the_rounds() -> None:
    body = render_body(ask("letters", searching(PANEL)), face(terminal=True), TEMPLATES)
    assert "- **Acme** · panel · Mon 23 Nov 2026 (4 days ago) · `jobvault letter draft Acme`" in body


@pytest.mark.parametrize("name", ["**x** `y`", "a `b` c", "[[x]] <b>", "{{x}}"])
def test_names_break_out_of_nothing(name: str) -> None:
    at = debrief(name, "2026-11-23", "panel", met("Dana Reyes"), path="Debriefs/x.md")
    for line in lines(at, letter(to="Dana Reyes", debrief="x", path=f"Letters/{name.replace('/', '')}.md")):
        assert "{{" not in line
        assert "<b>" not in re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", line)
