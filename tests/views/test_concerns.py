"""Concerns: the ledger by company and person, open ones first."""

from __future__ import annotations

import datetime as dt

from jobvault.model import Concern, Debrief, Letter, Met, PersonNote, Reply
from jobvault.search.search import Search
from tests.nouns import ask, debrief, met, part, reading, searching, show, texts


def voice(name: str | None, *concerns: Concern, title: str = "") -> Met:
    return Met(name, title, line=10, concerns=concerns)


def rough(text: str, answer: str) -> Concern:
    return Concern(text, 12, (Reply(answer, 13, rough=True),))


def answered(text: str, answer: str) -> Concern:
    return Concern(text, 12, (Reply(answer, 13),))


def six() -> Search:
    """Six people at one company: two Hannas, one without a name, one met in two rounds, two roles at once."""
    return searching(
        debrief(
            "Birch",
            "2026-10-15",
            "technical",
            voice("Hanna Abara", rough("No Go", "will learn"), title="Lot Lead"),
            voice("Lucjan Petrov", Concern("Short stints", 22)),
            role="Backend",
        ),
        debrief(
            "Birch",
            "2026-10-23",
            "system-design",
            voice("Hanna Lindqvist", answered("No Go", "two years of it")),
            voice(None, Concern("On-call", 31), title="SRE, beard"),
            role="Platform",
            concerns=(Concern("They want somebody within a month", 9),),
        ),
        debrief(
            "Birch",
            "2026-11-05",
            "final",
            voice("Hanna Abara", answered("no Go!", "wrote a small one")),
            voice("Cordelia Lowe", Concern("Pay", 40)),
            role="Backend",
        ),
        debrief("Birch", "2026-11-06", "panel", voice("Tom Ode", Concern("No Go", 12)), role="Platform"),
    )


def test_six_people_at_one_company() -> None:
    assert show("concerns", six()) == [
        "5 open · 2 answered",
        "## Open",
        "- **Birch** · Platform",
        "  - **Tom Ode**: No Go · Fri 6 Nov 2026 · panel · [[2026-11-06 Birch panel]]",
        "  - **unnamed person**, SRE, beard: On-call · Fri 23 Oct 2026 · system-design · [[2026-10-23 Birch system-design]]",
        "  - **The round**: They want somebody within a month · Fri 23 Oct 2026 · system-design · [[2026-10-23 Birch system-design]]",
        "- **Birch** · Backend",
        "  - **Cordelia Lowe**: Pay · Thu 5 Nov 2026 · final · [[2026-11-05 Birch final]]",
        "  - **Lucjan Petrov**: Short stints · Thu 15 Oct 2026 · technical · [[2026-10-15 Birch technical]]",
        "## Answered",
        "- **Birch** · Backend",
        (
            "  - **Hanna Abara**, Lot Lead: no Go! · voiced 2 times since Thu 15 Oct 2026 · "
            "[[2026-11-05 Birch final]]; also [[2026-10-15 Birch technical]]"
        ),
        "    - Answered roughly: will learn · Thu 15 Oct 2026 · [[2026-10-15 Birch technical]]",
        "    - Answered: wrote a small one · Thu 5 Nov 2026 · [[2026-11-05 Birch final]]",
        "- **Birch** · Platform",
        "  - **Hanna Lindqvist**: No Go · Fri 23 Oct 2026 · system-design · [[2026-10-23 Birch system-design]]",
        "    - Answered: two years of it",
    ]


def test_the_same_people_in_the_view_people() -> None:
    found = {item.name or item.title: [(c.text, c.open) for c in item.concerns] for item in ask("people", six()).items}
    assert found == {
        "Tom Ode": [("No Go", True)],
        "Cordelia Lowe": [("Pay", True)],
        "Hanna Abara": [("no Go!", False)],
        "Hanna Lindqvist": [("No Go", False)],
        "SRE, beard": [("On-call", True)],
        "Lucjan Petrov": [("Short stints", True)],
    }


def test_closed_companies_come_last_as_evidence() -> None:
    search = searching(
        debrief("Acme", "2026-11-20", "panel", met("Dana Reyes", concerns=["stints"]), outcome="rejected"),
        debrief(
            "Corvo", "2026-11-21", "panel", voice("Ann Lee", answered("no Go", "so"), title="CTO"), outcome="no-reply"
        ),
        debrief("Corvo", "2026-11-20", "final", voice(None, rough("on-call", "er"), title="SRE"), outcome="advanced"),
        debrief("Delta", "2026-11-01", "panel", met("Lee Okafor", concerns=["pay"])),
    )
    assert show("concerns", search) == [
        "1 open · 3 at closed companies",
        "## Open",
        "- **Delta**",
        "  - **Lee Okafor**: pay · Sun 1 Nov 2026 · panel · [[2026-11-01 Delta panel]]",
        "## Closed companies",
        "- **Corvo** · no reply",
        "  - **Ann Lee**: no Go · answered · Sat 21 Nov 2026 · panel · [[2026-11-21 Corvo panel]]",
        "  - **unnamed person**, SRE: on-call · answered roughly · Fri 20 Nov 2026 · final · [[2026-11-20 Corvo final]]",
        "- **Acme** · rejected",
        "  - **Dana Reyes**: stints · not answered · Fri 20 Nov 2026 · panel · [[2026-11-20 Acme panel]]",
    ]


def test_a_role_that_is_closed_at_a_company_that_is_not() -> None:
    search = searching(
        debrief("Acme", "2026-11-20", "a", met("Dana Reyes", concerns=["x"]), role="Backend", outcome="rejected"),
        debrief("Acme", "2026-11-21", "b", met("Tom Ode", concerns=["y"]), role="Platform"),
    )
    lines = show("concerns", search)
    assert "- **Acme** · Platform" in lines
    assert "- **Acme** · Backend · rejected" in lines


def test_open_again() -> None:
    search = searching(
        debrief("Acme", "2026-11-10", "a", voice("Dana Reyes", answered("stints", "two sentences"))),
        debrief("Acme", "2026-11-11", "b", voice("Dana Reyes", Concern("Stints.", 33))),
    )
    assert part(show("concerns", search), "## Open") == [
        "- **Acme**",
        (
            "  - **Dana Reyes**: Stints. · open again · voiced 2 times since Tue 10 Nov 2026 · "
            "[[2026-11-11 Acme b]]; also [[2026-11-10 Acme a]]"
        ),
        "    - Answered: two sentences · Tue 10 Nov 2026 · [[2026-11-10 Acme a]]",
    ]


def test_two_people_of_one_first_name_that_cannot_be_told_apart_stay_two() -> None:
    def bare(day: str) -> Debrief:
        return debrief("Acme", day, "x", met("Hanna", concerns=[f"on {day}"]))

    search = searching(debrief("Acme", "2026-11-01", "a", "Hanna A", "Hanna B"), bare("2026-11-02"), bare("2026-11-03"))
    assert [line.partition(" · ")[0] for line in part(show("concerns", search), "## Open")[1:]] == [
        "  - **Hanna**: on 2026-11-03",
        "  - **Hanna**: on 2026-11-02",
    ]


def test_what_is_said_does_not_depend_on_the_day() -> None:
    assert ask("concerns", six(), dt.date(2030, 1, 1)).items == ask("concerns", six(), dt.date(2026, 11, 7)).items


def test_letters_that_answer() -> None:
    panel = debrief("Acme", "2026-11-23", "panel", met("Dana Reyes", concerns=["stints", "no Go"]), "Tom Ode")
    shut = debrief("Birch", "2026-11-10", "final", met("Ida Voss", concerns=["pay"]), outcome="rejected")
    letters = [
        Letter(
            "Letters/a.md", "Dana Reyes", debrief="2026-11-23 Acme panel", status="sent", sent=day, answers=("Stints",)
        )
        for day in (dt.date(2026, 11, 24),)
    ]
    letters.append(
        Letter("Letters/b.md", "Dana Reyes", debrief="2026-11-23 Acme panel", status="draft", answers=("no Go",))
    )
    letters.append(
        Letter("Letters/c.md", "Ida Voss", debrief="2026-11-10 Birch final", status="sent", answers=("pay",))
    )
    search = searching(panel, shut, *letters)
    assert show("concerns", search) == [
        "1 open · 1 answered · 1 at closed companies",
        "## Open",
        "- **Acme**",
        "  - **Dana Reyes**: no Go · Mon 23 Nov 2026 · panel · [[2026-11-23 Acme panel]]",
        "    - Drafted in a letter: [[b]]",
        "## Answered",
        "- **Acme**",
        "  - **Dana Reyes**: stints · Mon 23 Nov 2026 · panel · [[2026-11-23 Acme panel]]",
        "    - Answered in a letter: Tue 24 Nov 2026 · [[a]]",
        "## Closed companies",
        "- **Birch** · rejected",
        "  - **Ida Voss**: pay · answered in a letter · [[c]] · Tue 10 Nov 2026 · final · [[2026-11-10 Birch final]]",
    ]
    found = {
        item.text: (item.answered_in, [(one.status, one.settles) for one in item.letters])
        for item in ask("concerns", search).items
    }
    assert found == {
        "no Go": ("", [("draft", False)]),
        "stints": ("letter", [("sent", True)]),
        "pay": ("letter", [("sent", True)]),
    }
    assert [(c.text, c.open) for item in ask("people", search).items for c in item.concerns] == [
        ("stints", False),
        ("no Go", True),
        ("pay", False),
    ]


# --- arguments ------------------------------------------------------------------------------------------------------


def test_a_person_asked_for_stands_alone() -> None:
    assert texts(ask("concerns", six(), person="Hanna Abara")) == ["no Go!"]
    assert texts(ask("concerns", six(), person="Hanna")) == ["no Go!", "No Go"]
    assert texts(ask("concerns", six(), person="Cordelia")) == ["Pay"]


def test_a_role_a_company_and_days() -> None:
    assert texts(ask("concerns", six(), role="Platform")) == [
        "No Go",
        "On-call",
        "They want somebody within a month",
        "No Go",
    ]
    assert texts(ask("concerns", six(), company="Acme")) == []
    assert texts(ask("concerns", six(), since="2026-11-06")) == ["No Go"]


def test_what_became_of_it_elsewhere_is_told_whatever_is_asked_for() -> None:
    [item] = ask("concerns", six(), person="Hanna Abara", until="2026-10-20").items
    assert (item.open, len(item.voiced), str(item.date)) == (False, 2, "2026-11-05")


def test_what_is_asked_for_does_not_change_where_it_stands() -> None:
    note = PersonNote("People/Dana Reyes.md", "Dana Reyes")
    search = searching(
        debrief("Acme", "2026-10-01", "a", voice("Dana Reyes", rough("stints", "er")), outcome="rejected"),
        debrief("Birch", "2026-11-01", "b", voice("Dana Reyes", answered("stints", "so"))),
        note,
    )
    [item] = ask("concerns", search).items
    assert (item.company, item.closed, item.open) == ("Birch", "", False)
    assert ask("concerns", search, company="Acme").items == (item,)


def test_the_limit_keeps_what_is_open_and_the_counts_are_of_all() -> None:
    found = ask("concerns", six(), limit=2)
    assert (texts(found), found.left_out) == (["No Go", "On-call"], 5)
    lines = show("concerns", six(), limit=2)
    assert lines[0] == "5 open · 2 answered"
    assert lines[-1] == "… and 5 more: `jobvault show concerns`"


# --- what is shown --------------------------------------------------------------------------------------------------


def test_an_empty_view_says_what_would_fill_it() -> None:
    assert show("concerns", searching()) == [
        "_No concerns yet. Write one under a person in a debrief, as `- Concern: two short stints`._"
    ]
    assert show("concerns", searching(), company="Acme") == ["_Nothing in this vault matches._"]


def test_a_company_without_a_name() -> None:
    search = searching(debrief("", "2026-11-01", "a", met("Dana Reyes", concerns=["stints"])))
    assert "- **No company**" in show("concerns", search)


def test_json_fields() -> None:
    search = reading(
        Panel="""---
type: debrief
company: Acme
role: Staff Engineer
round: panel
date: 2026-11-23
---
## People met
### Dana Reyes, VP
- Concern: stints
  - My answer: a story (rough)
"""
    )
    [item] = ask("concerns", search).items
    assert (item.whose, item.name, item.title, item.company, item.role, item.closed) == (
        "person",
        "Dana Reyes",
        "VP",
        "Acme",
        "Staff Engineer",
        "",
    )
    assert (item.text, item.open, item.again, str(item.since), item.line) == ("stints", True, False, "2026-11-23", 10)
    [voiced] = item.voiced
    assert (voiced.path, voiced.line, voiced.round) == ("Debriefs/Panel.md", 10, "panel")
    [reply] = item.replies
    assert (reply.text, reply.rough, reply.settles, reply.line) == ("a story", True, False, 11)


def test_whose_they_are() -> None:
    assert [(item.whose, item.name, item.title) for item in ask("concerns", six()).items][:3] == [
        ("person", "Tom Ode", ""),
        ("unnamed", None, "SRE, beard"),
        ("round", None, ""),
    ]
