"""Today: what matters, in a dozen lines, each obligation once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import Application, Letter, Noun
from jobvault.render.view import render_body
from jobvault.search.search import Search
from jobvault.settings import LetterSettings, Settings
from jobvault.views.today import LINES, fitting
from tests.nouns import TEMPLATES, TODAY, ask, debrief, face, follow_up, searching, show
from tests.small_vault import block, make_vault
from tests.small_vault import debrief as written


def shifted(days: int) -> str:
    return (TODAY + dt.timedelta(days=days)).isoformat()


def kinds(search: Search, **arguments: object) -> list[tuple[str, str]]:
    """Return each item's kind, and what tells it apart: the text of a follow-up, the path of a round."""
    return [
        (item.kind, item.text or item.path.split("/")[-1][11:-3]) for item in ask("today", search, **arguments).items
    ]


# --- interviews to come ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "shown"), [(-1, False), (0, True), (1, True), (7, True), (8, False)])
def test_interviews_of_the_next_seven_days(days: int, shown: bool) -> None:
    search = searching(debrief("Acme", shifted(days), "chat", empty=True))
    assert [kind for kind, _ in kinds(search)] == (["interview"] if shown else [])


def test_the_soonest_comes_first_with_time_and_people() -> None:
    later = debrief("Acme", shifted(2), "panel", "Dana Reyes", "?, SRE", empty=True)
    soon = debrief("Birch", shifted(1), "final", empty=True, time=dt.time(14, 30))
    early = debrief("Corvo", shifted(1), "final", empty=True, time=dt.time(9, 0))
    assert show("today", searching(later, soon, early)) == [
        "## Interviews to come",
        "- Sat 28 Nov 2026, 09:00 · Corvo · final · [[2026-11-28 Corvo final]]",
        "- Sat 28 Nov 2026, 14:30 · Birch · final · [[2026-11-28 Birch final]]",
        "- Sun 29 Nov 2026 · Acme · panel · Dana Reyes, 1 unnamed person · [[2026-11-29 Acme panel]]",
    ]


def test_a_cancelled_one_does_not_come() -> None:
    assert kinds(searching(debrief("Acme", shifted(1), empty=True, outcome="cancelled"))) == []


# --- debriefs owed --------------------------------------------------------------------------------------------------


def test_debriefs_owed_the_freshest_first() -> None:
    owed = [debrief("Acme", shifted(days), "panel", empty=True) for days in (-30, -2)]
    other = debrief("Birch", shifted(-1), "take-home", empty=True)
    assert show("today", searching(*owed, other)) == [
        "## Debriefs to write",
        "- Acme · panel · Wed 25 Nov 2026 · [[2026-11-25 Acme panel]]",
        "- Acme · panel · Wed 28 Oct 2026 · [[2026-10-28 Acme panel]]",
    ]


# --- follow-ups -----------------------------------------------------------------------------------------------------

WAITING = debrief("Acme", shifted(-20), "panel", outcome="advanced")


def test_overdue_ones_and_those_of_this_week_and_no_others() -> None:
    tasks = [follow_up(f"x{days}", WAITING, 60 + days, due=shifted(days)) for days in (7, 6, 0, -1, -40)]
    tasks += [follow_up("undated", WAITING, 90), follow_up("done", WAITING, 91, status="done", done=shifted(0))]
    assert kinds(searching(WAITING, follow_ups=tasks)) == [("follow-up", f"x{days}") for days in (-40, -1, 0, 6)]


def test_what_is_no_longer_needed_is_not_due() -> None:
    closed = debrief("Acme", shifted(-20), "panel", outcome="rejected")
    assert kinds(searching(closed, follow_ups=[follow_up("x", closed, due=shifted(-1))])) == []


def test_each_obligation_is_said_once() -> None:
    panel = debrief("Acme", shifted(-1), "panel", "Dana Reyes", "Lee Okafor", "Tom Ek")
    letter = Letter("Letters/Lee.md", "Lee Okafor", debrief=f"{shifted(-1)} Acme panel", status="draft")
    task = follow_up("Thank-you letter to Dana Reyes", panel, due=shifted(0))
    assert kinds(searching(panel, letter, follow_ups=[task])) == [
        ("follow-up", "Thank-you letter to Dana Reyes"),
        ("follow-up", "Thank Tom Ek at Acme"),
        ("follow-up", "Send the letter to Lee Okafor"),
    ]


def test_a_follow_up_can_be_ticked_where_it_has_a_line() -> None:
    panel = debrief("Acme", shifted(-1), "panel", "Dana Reyes")
    tasks = [
        follow_up("Call 📅 2026-11-26", panel, 50),
        follow_up("Water 🔁 every day 📅 2026-11-27", panel, 51),
        follow_up("Begun", panel, 52, status="in-progress", due=shifted(1)),
    ]
    assert show("today", searching(panel, follow_ups=tasks)) == [
        "## Follow-ups",
        "- [ ] Call · Acme · was due Thu 26 Nov 2026 · [[2026-11-26 Acme panel]]",
        "- Water · Acme · due Fri 27 Nov 2026 · repeats, so tick it in its note · [[2026-11-26 Acme panel]]",
        "- [/] Begun · Acme · started · due Sat 28 Nov 2026 · [[2026-11-26 Acme panel]]",
        "- Thank Dana Reyes at Acme · due Fri 27 Nov 2026 · `jobvault letter draft Acme` · [[2026-11-26 Acme panel]]",
    ]
    body = render_body(ask("today", searching(panel, follow_ups=tasks)), face(boxes=False), TEMPLATES)
    assert not any("[ ]" in line or "[/]" in line for line in body)


def test_the_terminal_has_ids_in_place_of_the_names_of_the_notes() -> None:
    coming = debrief("Birch", shifted(1), "final", empty=True)
    task = follow_up("Call", WAITING, due=shifted(0))
    answered = ask("today", searching(WAITING, coming, follow_ups=[task]))
    lines = render_body(answered, face(terminal=True, ids={task.id: "abc"}), TEMPLATES)
    assert [line for line in lines if line] == [
        "## Interviews to come",
        "- Sat 28 Nov 2026 (tomorrow) · Birch · final",
        "## Follow-ups",
        "- abc [ ] Call · Acme · due Fri 27 Nov 2026 (today)",
    ]


# --- promised answers -----------------------------------------------------------------------------------------------


def promised(*nouns: Noun) -> list[str]:
    return [item.path for item in ask("today", searching(*nouns)).items if item.kind == "answer"]


@pytest.mark.parametrize(("days", "shown"), [(-30, False), (-2, False), (-1, True), (0, True), (1, False)])
def test_an_answer_that_was_promised_by_today(days: int, shown: bool) -> None:
    waiting = debrief("Acme", shifted(-40), "panel", hear_by=TODAY + dt.timedelta(days=days))
    assert promised(waiting) == ([waiting.path] if shown else [])
    asked = [item for item in ask("today", searching(waiting)).items if item.kind == "follow-up"]
    assert [item.text for item in asked] == (["Ask Acme where things stand"] if days < -1 else [])
    assert {item.command for item in asked} <= {"jobvault letter draft Acme --kind check-in"}


PASSED = debrief("Acme", shifted(-9), "panel", hear_by=TODAY - dt.timedelta(days=1))


@pytest.mark.parametrize(
    "fields",
    [{"outcome": "advanced"}, {"outcome": "rejected"}, {"outcome": ""}, {"heard": TODAY}, {"outcome": "offer"}],
)
def test_none_where_the_answer_has_come(fields: dict[str, object]) -> None:
    assert promised(debrief("Acme", shifted(-9), "panel", **{"hear_by": TODAY, **fields})) == []


def test_none_where_the_next_round_is_to_come_or_was() -> None:
    assert promised(PASSED) == [PASSED.path]
    assert promised(PASSED, debrief("Acme", shifted(30), "final", empty=True)) == []
    assert promised(PASSED, debrief("Acme", shifted(-2), "final")) == []


def test_none_where_the_application_has_an_end() -> None:
    assert promised(PASSED, Application("Applications/x.md", "Acme", outcome="accepted")) == []


def test_the_one_promised_first_comes_first() -> None:
    others = [debrief(f"C{days}", shifted(-30), hear_by=TODAY - dt.timedelta(days=days)) for days in (2, 9, 5)]
    patient = Settings(letters=LetterSettings(promise_days=20))
    assert show("today", searching(*others, settings=patient)) == [
        "## Promised answers",
        "- C9 · panel · promised by Wed 18 Nov 2026 · [[2026-10-28 C9 panel]]",
        "- C5 · panel · promised by Sun 22 Nov 2026 · [[2026-10-28 C5 panel]]",
        "- C2 · panel · promised by Wed 25 Nov 2026 · [[2026-10-28 C2 panel]]",
    ]


# --- a dozen lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((0, 0, 0, 0), [0, 0, 0, 0]),
        ((11,), [11]),
        ((12,), [10]),
        ((5, 5), [5, 5]),
        ((5, 6), [5, 4]),
        ((1, 0, 40, 1), [1, 0, 6, 1]),
        ((2, 2, 2, 2), [2, 2, 2, 2]),
        ((9, 9, 9, 9), [2, 2, 2, 1]),
    ],
)
def test_how_many_fit(counts: tuple[int, ...], shown: list[int]) -> None:
    assert fitting(counts) == shown


@given(st.lists(st.integers(0, 40), max_size=4))
def test_it_never_is_more_than_a_dozen_lines_and_wastes_none(counts: list[int]) -> None:
    shown = fitting(counts)
    assert all(0 <= one <= count for one, count in zip(shown, counts, strict=True))
    assert all(one for one, count in zip(shown, counts, strict=True) if count), "each kind is told of"
    lines = sum(shown) + sum(1 for count in counts if count) + (shown != counts)
    assert lines <= LINES
    assert shown == counts or lines == LINES


def crowd(interviews: int, owed: int, due: int, answers: int) -> Search:
    nouns = [debrief(f"I{n}", shifted(1), "final", empty=True) for n in range(interviews)]
    nouns += [debrief(f"D{n}", shifted(-1), "panel", empty=True) for n in range(owed)]
    nouns += [debrief(f"A{n}", shifted(-40), "panel", hear_by=TODAY) for n in range(answers)]
    tasks = [follow_up(f"f{n}", WAITING, 100 + n, due=shifted(n - 5)) for n in range(due)]
    return searching(WAITING, *nouns, follow_ups=tasks)


@given(st.tuples(*(st.integers(0, 9) for _ in range(4))))
def test_the_block_is_never_longer_whatever_the_vault_holds(counts: tuple[int, int, int, int]) -> None:
    search = crowd(*counts)
    assert len(show("today", search)) <= LINES
    assert [
        sum(1 for kind, _ in kinds(search) if kind == one) for one in ("interview", "debrief", "follow-up", "answer")
    ] == list(counts)


def test_what_does_not_fit_is_counted_with_the_command_that_shows_it() -> None:
    lines = show("today", crowd(9, 9, 9, 9))
    assert len(lines) == LINES
    assert lines[-1] == (
        "… and 7 more interviews: `jobvault show interviews`; 7 more debriefs: `jobvault show attention`; "
        "7 more follow-ups: `jobvault show follow-ups`; 8 more answers: `jobvault show interviews`"
    )
    assert show("today", crowd(0, 0, 12, 0))[-1] == "… and 2 more follow-ups: `jobvault show follow-ups`"


def test_old_follow_ups_do_not_hide_what_is_due_today() -> None:
    tasks = [follow_up(f"x{days}", WAITING, 300 + days, due=shifted(days)) for days in (*range(-40, 1), 1, 2)]
    tasks.append(follow_up("begun", WAITING, 600, due=shifted(0)))
    lines = show("today", searching(WAITING, follow_ups=tasks))
    assert [line.split(" · ")[0] for line in lines[1:-1]] == [
        *(f"- [ ] x{days}" for days in range(-8, 1)),
        "- [ ] begun",
    ]


def test_a_limit_bounds_all_of_it() -> None:
    search = crowd(2, 2, 2, 0)
    assert [kind for kind, _ in kinds(search, limit=3)] == ["interview", "interview", "debrief"]
    assert show("today", search, limit=3)[-1] == "… and 3 more: `jobvault show today`"


# --- arguments ------------------------------------------------------------------------------------------------------


def test_within_looks_so_many_days_ahead() -> None:
    soon, later = (debrief("Acme", shifted(days), "final", empty=True) for days in (2, 20))
    met = debrief("Birch", shifted(-1), "panel", "Dana Reyes")
    tasks = [follow_up(f"x{days}", met, 50 + days, due=shifted(days)) for days in (-1, 2, 20)]
    search = searching(soon, later, met, follow_ups=tasks)
    assert [name for _, name in kinds(search, within="2d")] == ["Acme final", "x-1", "x2"]
    assert [name for _, name in kinds(search, within="3w")] == ["Acme final", "Acme final", "x-1", "x2", "x20"]
    assert [name for _, name in kinds(search)] == ["Acme final", "x-1", "x2", "Thank Dana Reyes at Birch"]


def test_only_what_is_asked_for() -> None:
    acme, birch = (debrief(company, shifted(1), "final", "Dana Reyes", empty=True) for company in ("Acme", "Birch"))
    owed = debrief("Acme", shifted(-3), "panel", empty=True)
    search = searching(acme, birch, owed, follow_ups=[follow_up("Call Dana", birch, due=shifted(0))])
    assert kinds(search, company="Acme") == [("interview", "Acme final"), ("debrief", "Acme panel")]
    assert kinds(search, person="Dana", company="Birch") == [("interview", "Birch final"), ("follow-up", "Call Dana")]
    assert kinds(search, until=shifted(-1)) == [("debrief", "Acme panel")]


# --- nothing --------------------------------------------------------------------------------------------------------


def test_a_calm_day() -> None:
    assert show("today", searching(WAITING)) == ["_Nothing is due, and no interview is near._"]
    assert show("today", searching(WAITING), company="Acme") == ["_Nothing is due, and no interview is near._"]


def test_an_empty_vault_says_how_to_start_and_an_unknown_company_is_not_known() -> None:
    assert show("today", searching()) == ["_No interviews yet. Lay down the first debrief with `jobvault new`._"]
    assert show("today", searching(WAITING), company="Birch") == ["_Nothing in this vault matches._"]


# --- as a block -----------------------------------------------------------------------------------------------------


def test_a_tick_in_it_counts_everywhere(tmp_path: Path) -> None:
    path = "Debriefs/2026-11-20 Acme panel.md"
    vault = make_vault(
        tmp_path,
        {
            path: written(follow_ups="- [ ] Send the portfolio 📅 2026-11-21\n- [ ] Call Dana 📅 2026-11-27\n"),
            "Home.md": f"# Home\n\n{block('today')}",
            "Summaries/Follow-ups.md": block("follow-ups"),
        },
    )
    vault.summarize()
    assert "- [ ] Send the portfolio · Acme · was due Sat 21 Nov 2026" in vault.read("Home.md")
    vault.edit("Home.md", "- [ ] Send the portfolio", "- [x] Send the portfolio")
    summary = vault.open().summarize()
    assert [(tick.path, tick.status) for tick in summary.carried] == [(path, "done")]
    assert "- [x] Send the portfolio 📅 2026-11-21\n" in vault.read(path)
    assert "Send the portfolio" not in vault.read("Home.md")
    assert "- [ ] Call Dana" in vault.read("Home.md")
    assert "- [x] Send the portfolio · Acme · done" in vault.read("Summaries/Follow-ups.md")
    assert not vault.open().summarize().changes


def test_it_stays_as_it_is_from_one_day_to_the_next_while_nothing_happens(tmp_path: Path) -> None:
    due = dt.date(2026, 11, 27)
    vault = make_vault(
        tmp_path,
        {
            "Debriefs/2026-11-02 Acme panel.md": written(date="2026-11-02", follow_ups=f"- [ ] Call 📅 {due}\n"),
            "Home.md": block("today"),
        },
    )
    vault.summarize(due - dt.timedelta(days=5))
    assert not vault.open(due).summarize().changes
    assert vault.open(due + dt.timedelta(days=1)).summarize().changes
