"""Follow-ups: what is owed to whom, by when."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from jobvault.model import Application, FollowUp, Letter, Noun
from jobvault.search.search import Search
from jobvault.settings import FollowUpSettings, Settings
from jobvault.views import Answer
from jobvault.views.follow_ups import SHOWN
from tests.nouns import TODAY, WORDS, ask, debrief, follow_up, part, reading, searching, show, texts

WAITING = debrief("Acme", "2026-11-20", "panel", hear_by=dt.date(2026, 12, 1))


def sections(*items: FollowUp, nouns: tuple[Noun, ...] = (WAITING,), **arguments: object) -> dict[str, list[str]]:
    """Return the texts of each section; what a rule made is left out."""
    answered = ask("follow-ups", searching(*nouns, follow_ups=items), **arguments)
    made = [item for item in answered.items if item.line is not None]
    return {name: found for name in (*SHOWN, "done-earlier") if (found := [i.text for i in made if i.section == name])}


def shifted(days: int) -> str:
    return (TODAY + dt.timedelta(days=days)).isoformat()


# --- sections, day by day -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["open", "in-progress"])
@pytest.mark.parametrize(
    ("days", "section"),
    [
        (-400, "overdue"),
        (-1, "overdue"),
        (0, "this-week"),
        (1, "this-week"),
        (6, "this-week"),
        (7, "later"),
        (99, "later"),
    ],
)
def test_the_due_date_chooses_the_section(days: int, section: str, status: str) -> None:
    assert sections(follow_up("x", WAITING, due=shifted(days), status=status)) == {section: ["x"]}


def test_without_a_due_date_there_is_a_section_of_its_own() -> None:
    assert sections(follow_up("x", WAITING)) == {"no-date": ["x"]}


@pytest.mark.parametrize("status", ["done", "cancelled"])
@pytest.mark.parametrize(
    ("days", "section"), [(-7, "done-earlier"), (-6, "done"), (-1, "done"), (0, "done"), (1, "done")]
)
def test_what_is_done_stays_for_a_week(status: str, days: int, section: str) -> None:
    item = follow_up("x 📅 2026-11-01", WAITING, status=status, **{status: shifted(days)})
    assert sections(item) == {section: ["x"]}


@pytest.mark.parametrize("status", ["done", "cancelled"])
@pytest.mark.parametrize(("days", "section"), [(-31, "done-earlier"), (-30, "done"), (0, "done"), (5, "done")])
def test_what_is_done_without_a_date_stays_for_30_days_after_the_interview(
    status: str, days: int, section: str
) -> None:
    at = debrief("Acme", shifted(days), "panel")
    assert sections(follow_up("x", at, status=status), nouns=(at,)) == {section: ["x"]}


def test_what_is_done_without_any_date_is_over() -> None:
    undated = debrief("Acme", None)
    assert sections(follow_up("x", undated, status="done"), nouns=(undated,)) == {"done-earlier": ["x"]}


def test_the_done_date_of_a_cancelled_one_does_not_count_and_the_other_way_round() -> None:
    earlier = follow_up("x", WAITING, status="cancelled", done=shifted(0), cancelled=shifted(-40))
    assert sections(earlier) == {"done-earlier": ["x"]}
    [item] = ask("follow-ups", searching(WAITING, follow_ups=[earlier])).items
    assert item.done == TODAY - dt.timedelta(days=40)


def test_order_in_a_section() -> None:
    items = [
        follow_up("late", WAITING, 1, due=shifted(-1)),
        follow_up("later", WAITING, 2, due=shifted(-9)),
        follow_up("b", WAITING, 4, due=shifted(-1)),
        follow_up("one", WAITING, 5, status="done", done=shifted(-3)),
        follow_up("undated", WAITING, 6, status="done"),
        follow_up("two", WAITING, 7, status="cancelled", cancelled=shifted(0)),
    ]
    assert sections(*items) == {"overdue": ["later", "late", "b"], "done": ["two", "one", "undated"]}


# --- no longer needed -----------------------------------------------------------------------------------------------

CLOSED = debrief("Acme", "2026-11-20", "panel", outcome="rejected")
CANCELLED = debrief("Acme", "2026-11-20", "panel", outcome="cancelled")


@pytest.mark.parametrize(
    ("at", "why"), [(CLOSED, "Acme is closed (rejected)"), (CANCELLED, "the interview was cancelled")]
)
def test_follow_ups_of_what_has_ended_leave_overdue(at: Noun, why: str) -> None:
    items = [follow_up(f"x{days}", at, 9 + days, due=shifted(days)) for days in (-1, 0, 7)]
    items += [follow_up("undated", at, 30), follow_up("done", at, 31, status="done", done=shifted(-1))]
    assert sections(*items, nouns=(at,)) == {
        "this-week": ["x0"],
        "later": ["x7"],
        "done": ["done"],
        "not-needed": ["x-1", "undated"],
    }
    answered = ask("follow-ups", searching(at, follow_ups=items))
    assert {item.why for item in answered.items if item.section == "not-needed"} == {why}
    assert {item.why for item in answered.items if item.section != "not-needed"} == {""}


def test_a_closed_application_ends_its_rounds_its_letters_and_its_own_tasks() -> None:
    application = Application("Applications/Acme.md", "Acme", "SRE", outcome="accepted")
    letter = Letter("Letters/x.md", "Dana", debrief="2026-11-20 Acme panel")
    items = [follow_up(f"x{n}", at, due=shifted(-1)) for n, at in enumerate((application, WAITING, letter))]
    assert sections(*items, nouns=(application, WAITING, letter)) == {"not-needed": ["x0", "x1", "x2"]}


def test_another_role_at_that_company_goes_on() -> None:
    one, two = debrief("Acme", "2026-11-20", role="SRE", outcome="rejected"), debrief("Acme", "2026-11-21", role="Data")
    items = [follow_up("sre", one, due=shifted(-1)), follow_up("data", two, due=shifted(-1))]
    assert sections(*items, nouns=(one, two)) == {"overdue": ["data"], "not-needed": ["sre"]}


def test_a_later_round_brings_them_back() -> None:
    one, two = debrief("Acme", "2026-11-01", outcome="no-reply"), debrief("Acme", "2026-11-25", "final")
    assert sections(follow_up("x", one, due=shifted(-1)), nouns=(one, two)) == {"overdue": ["x"]}


# --- worth doing ----------------------------------------------------------------------------------------------------


def worth(
    *nouns: Noun, items: tuple[FollowUp, ...] = (), settings: Settings | None = None, **arguments: object
) -> list[str]:
    return texts(ask("follow-ups", searching(*nouns, follow_ups=items, settings=settings), **arguments), "worth-doing")


@pytest.mark.parametrize(("days", "shown"), [(0, True), (-1, True), (-7, True), (-8, False), (1, False)])
def test_thanks_are_suggested_for_a_week(days: int, shown: bool) -> None:
    at = debrief("Acme", shifted(days), "panel", "Dana Reyes", outcome="advanced")
    assert worth(at) == (["Thank Dana Reyes at Acme"] if shown else [])


def test_the_settings_bound_the_week() -> None:
    at = debrief("Acme", shifted(-3), "panel", "Dana Reyes")
    assert worth(at, settings=Settings(follow_ups=FollowUpSettings(worth_doing_days=3))) == ["Thank Dana Reyes at Acme"]
    assert worth(at, settings=Settings(follow_ups=FollowUpSettings(worth_doing_days=2))) == []


def test_an_interview_of_today_that_has_not_been_yet_owes_nothing() -> None:
    assert worth(debrief("Acme", shifted(0), "panel", "Dana Reyes", empty=True)) == []
    assert worth(debrief("Acme", shifted(-1), "panel", "Dana Reyes", empty=True)) == ["Thank Dana Reyes at Acme"]


@pytest.mark.parametrize(
    ("people", "text"),
    [
        (("Dana Reyes",), "Thank Dana Reyes at Acme"),
        (("Dana Reyes", "Priya Anand", "Tom Ode"), "Thank 3 people at Acme: Dana, Priya, Tom"),
        (("Hanna A", "Hanna B", "Tom Ode"), "Thank 3 people at Acme: Hanna A, Hanna B, Tom"),
        (("Dr. Hanna Lind", "Tom Ode"), "Thank 2 people at Acme: Dr. Hanna Lind, Tom"),
        (("Dana Reyes", "?, SRE"), "Thank Dana Reyes at Acme; ask the recruiter for the name of 1 more"),
        (("Dana Reyes", "?", "?"), "Thank Dana Reyes at Acme; ask the recruiter for the names of 2 more"),
        (("?, SRE",), "Ask the recruiter for the name of 1 person you met"),
        (("?", "?"), "Ask the recruiter for the names of 2 people you met"),
    ],
)
def test_one_bullet_a_round(people: tuple[str, ...], text: str) -> None:
    assert worth(debrief("Acme", "2026-11-23", "panel", *people)) == [text]


def test_a_company_without_a_name_is_not_named() -> None:
    assert worth(debrief("", "2026-11-23", "panel", "Dana Reyes")) == ["Thank Dana Reyes"]


def test_two_rounds_are_two_bullets() -> None:
    one, two = debrief("Acme", "2026-11-23", "a", "Dana Reyes"), debrief("Acme", "2026-11-24", "b", "Dana Reyes")
    assert worth(one, two) == ["Thank Dana Reyes at Acme"] * 2


@pytest.mark.parametrize(("days", "shown"), [(0, True), (-30, True), (-31, False)])
def test_a_draft_is_to_be_sent_for_a_month(days: int, shown: bool) -> None:
    at = debrief("Acme", shifted(days), "panel", "Dana Reyes", path="Debriefs/x.md", outcome="advanced")
    draft = Letter("Letters/x.md", "Dana Reyes", debrief="Debriefs/x", status="draft")
    assert worth(at, draft) == (["Send the letter to Dana Reyes"] if shown else [])


def test_items_made_by_rules_have_no_line_and_keep_their_id_while_their_text_changes() -> None:
    def made(*people: str) -> object:
        [item] = ask("follow-ups", searching(debrief("Acme", "2026-11-23", "panel", *people))).items
        assert (item.line, item.form, item.status, item.kind) == (None, None, "open", "thanks")
        assert (str(item.due), item.command) == ("2026-11-24", "jobvault letter draft Acme")
        assert item.people == tuple(people)
        assert re.fullmatch("[a-z2-7]{8}", item.id)
        return item.id

    assert made("Dana Reyes") == made("Dana Reyes", "Tom Ode")


def test_asked_for_one_person_only_they_are_to_be_thanked() -> None:
    at = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", "Tom Ode", "?")
    assert worth(at, person="Tom") == ["Thank Tom Ode at Acme"]
    assert worth(at, person="Nobody") == []


# --- due, and the command that settles it ---------------------------------------------------------------------------

ASKED = debrief("Acme", "2026-11-20", "panel", "Dana Reyes", hear_by=dt.date(2026, 11, 25))
THANKED = follow_up("Thank Dana", ASKED, status="done", done="2026-11-21")


def test_a_promised_day_passed_so_one_asks() -> None:
    assert part(show("follow-ups", searching(ASKED, follow_ups=[THANKED])), "## Worth doing") == [
        (
            "- Ask Acme where things stand · due Fri 27 Nov 2026 · they promised an answer by Wed 25 Nov 2026 · "
            "`jobvault letter draft Acme --kind check-in` · [[2026-11-20 Acme panel]]"
        )
    ]
    [item] = [item for item in ask("follow-ups", searching(ASKED)).items if item.kind == "check-in"]
    assert (item.form, item.line, item.why) == (None, None, "they promised an answer by Wed 25 Nov 2026")
    yesterday = ask("follow-ups", searching(ASKED), TODAY - dt.timedelta(days=1))
    assert not any(item.kind == "check-in" for item in yesterday.items)


def test_task_letter_and_rule_are_one_item() -> None:
    """The task wins, then the letter, then the rule."""
    rule = ["Ask Acme where things stand"]
    draft = Letter("Letters/c.md", "Dana Reyes", debrief="2026-11-20 Acme panel", kind="check-in", status="draft")
    task = follow_up("Check in with Acme 📅 2026-11-28", ASKED)
    assert worth(ASKED, items=(THANKED,)) == rule
    assert worth(ASKED, draft, items=(THANKED,)) == ["Send the letter to Dana Reyes"]
    assert worth(ASKED, draft, items=(THANKED, task)) == []
    [found] = [item for item in ask("follow-ups", searching(ASKED, draft, follow_ups=[task])).items if item.line]
    assert (found.text, found.form, found.command) == ("Check in with Acme", "task", "")


def test_two_unanswered_questions_are_enough() -> None:
    sent = [
        Letter(
            f"{n}.md",
            "Dana",
            debrief="2026-11-20 Acme panel",
            kind="check-in",
            status="sent",
            sent=dt.date(2026, 11, n),
        )
        for n in (25, 26)
    ]
    assert worth(ASKED, *sent, items=(THANKED,)) == []


@pytest.mark.parametrize("outcome", ["accepted", "declined", "rejected", "no-reply"])
def test_a_closed_application_owes_nothing(outcome: str) -> None:
    application = Application("Applications/Acme.md", "Acme", outcome=outcome)
    draft = Letter("Letters/x.md", "Dana Reyes", debrief="2026-11-20 Acme panel", status="draft")
    assert worth(ASKED, application, draft) == []


def test_the_command_is_for_whoever_is_asked_for() -> None:
    at = debrief("Birch & Lowe", "2026-11-25", "panel", "Dana Reyes", "Tom Ode", outcome="advanced")
    [item] = ask("follow-ups", searching(at), person="Tom").items
    assert item.command == 'jobvault letter draft "Birch & Lowe" --to "Tom Ode"'
    [item] = ask("follow-ups", searching(at)).items
    assert item.command == 'jobvault letter draft "Birch & Lowe"'
    nameless = debrief("Birch", "2026-11-25", "panel", "?", outcome="advanced")
    [item] = ask("follow-ups", searching(nameless)).items
    assert item.command == ""


# --- arguments ------------------------------------------------------------------------------------------------------


def test_within_keeps_what_is_due_by_then_and_what_is_overdue() -> None:
    items = [follow_up(f"x{days}", WAITING, 9 + days, due=shifted(days)) for days in (-9, 0, 3, 4)]
    items += [
        follow_up("undated", WAITING, 40),
        follow_up("done", WAITING, 41, due=shifted(2), status="done", done=shifted(0)),
    ]
    at = debrief("Birch", "2026-11-23", "panel", "Dana Reyes")
    found = sections(*items, nouns=(WAITING, at), within="3d")
    assert found == {"overdue": ["x-9"], "this-week": ["x0", "x3"], "done": ["done"]}
    assert worth(at, within="99") == []


def test_since_and_until_are_of_the_interview() -> None:
    early = debrief("Birch", "2026-11-01", "panel")
    items = [follow_up("a", WAITING), follow_up("b", early), follow_up("c 📅 2026-12-01", "Elsewhere.md")]
    assert sections(*items, nouns=(WAITING, early), since="2026-11-02") == {"no-date": ["a"]}
    assert sections(*items, nouns=(WAITING, early), until="2026-11-02") == {"no-date": ["b"]}


def test_the_limit_keeps_the_first_and_says_how_many_are_left() -> None:
    items = [follow_up(f"x{n}", WAITING, n, due=shifted(-n)) for n in range(1, 6)]
    items.append(follow_up("earlier", WAITING, 9, status="done", done="2026-01-01"))
    answered = ask("follow-ups", searching(WAITING, follow_ups=items), limit=2)
    assert texts(answered) == ["x5", "x4"]
    assert answered.left_out == 3
    lines = show("follow-ups", searching(WAITING, follow_ups=items), limit=2)
    assert lines[0] == "5 overdue"
    assert lines[-1] == "… and 3 more: `jobvault show follow-ups`"
    assert ask("follow-ups", searching(WAITING, follow_ups=items[-1:]), limit=1).left_out == 0
    problem = WORDS.problem("missing-date", WAITING.path, 1)
    lines = show("follow-ups", searching(WAITING, follow_ups=items, problems=[problem]), limit=2)
    assert lines[-3:-1] == ["… and 3 more: `jobvault show follow-ups`", "## Needs attention"]


# --- what is shown --------------------------------------------------------------------------------------------------


def test_an_empty_view_says_what_would_fill_it() -> None:
    [line] = show("follow-ups", searching())
    assert (
        line
        == "_No follow-ups yet. Write one under “Follow-ups” in a debrief, as `- [ ] Send the portfolio 📅 2026-11-28`._"
    )


def test_nothing_pending_is_said() -> None:
    done = follow_up("x", WAITING, status="done", done=shifted(-90))
    assert show("follow-ups", searching(WAITING, follow_ups=[done])) == ["Nothing is pending."]


def test_at_most_ten_problems_are_shown_and_the_rest_is_counted() -> None:
    problems = [WORDS.problem("missing-date", f"{n:02}.md", 1) for n in range(12)]
    lines = part(show("follow-ups", searching(WAITING, problems=problems)), "## Needs attention")
    assert len(lines) == 11
    assert lines[-1] == "- … and 2 more: `jobvault check`"


def test_hints_do_not_need_attention() -> None:
    search = searching(WAITING, problems=[WORDS.problem("missing-company", "x.md", 1)])
    assert "## Needs attention" not in show("follow-ups", search)


PANEL = """\
---
type: debrief
company: Acme
round: panel
date: 2026-11-23
outcome: waiting
---

## People met

### Dana Reyes, VP Engineering

- Cares about: tests

### Priya Anand

### Tom Ode

### ?, SRE, beard

## Follow-ups

- [ ] Send Dana the portfolio 📅 2026-11-26
- [ ] Ask for the SRE's name 📅 2026-11-30
- [ ] send CV 📅 2026-11-21 with Dana
"""
FINAL = """\
---
type: debrief
company: Birch
round: final
date: 2026-11-24
people: [Lee Okafor]
outcome: waiting
---

## Takeaways

- Breathe

## Follow-ups

- [x] Thank-you to Lee Okafor 📅 2026-11-25 ✅ 2026-11-25
"""


@pytest.fixture
def example() -> Search:
    return reading(**{"2026-11-23_Acme_panel": PANEL, "2026-11-24_Birch_final": FINAL})


def test_the_example_of_the_product(example: Search) -> None:
    assert show("follow-ups", example) == [
        "1 overdue · 1 this week · 1 undated",
        "## Overdue",
        "- [ ] Send Dana the portfolio · Dana Reyes, Acme · was due Thu 26 Nov 2026 · [[2026-11-23 Acme panel]]",
        "## This week",
        "- [ ] Ask for the SRE's name · Acme · due Mon 30 Nov 2026 · [[2026-11-23 Acme panel]]",
        "## No date",
        "- [ ] send CV 2026-11-21 with Dana · Dana Reyes, Acme · [[2026-11-23 Acme panel]]",
        "## Worth doing",
        (
            "- Thank 3 people at Acme: Dana, Priya, Tom · was due Tue 24 Nov 2026 · `jobvault letter draft Acme` · "
            "[[2026-11-23 Acme panel]]"
        ),
        "## Done this week",
        "- [x] Thank-you to Lee Okafor · Birch · done Wed 25 Nov 2026 · [[2026-11-24 Birch final]]",
        "## Needs attention",
        (
            '- [[2026-11-23 Acme panel]]: "send CV 2026-11-21 with Dana": '
            "the date is not at the end of the line, so it is not read"
        ),
    ]


def test_all_sections_in_their_order() -> None:
    shut = debrief("Birch", "2026-11-20", outcome="rejected")
    thanked = debrief("Corvo", "2026-11-25", "final", "Lee Okafor")
    items = [
        follow_up("a", WAITING, 1, due=shifted(-1)),
        follow_up("b", WAITING, 2, due=shifted(1), status="in-progress"),
        follow_up("c 🔁 every week", WAITING, 3, due=shifted(9)),
        follow_up("d", WAITING, 4, form="paragraph"),
        follow_up("e", WAITING, 5, status="cancelled"),
        follow_up("f", shut, 6, due=shifted(-1)),
    ]
    problem = WORDS.problem("missing-date", WAITING.path, 7)
    note = "[[2026-11-20 Acme panel]]"
    assert show("follow-ups", searching(WAITING, shut, thanked, follow_ups=items, problems=[problem])) == [
        "1 overdue · 1 this week · 1 later · 1 undated",
        "## Overdue",
        f"- [ ] a · Acme · was due Thu 26 Nov 2026 · {note}",
        "## This week",
        f"- [/] b · Acme · started · due Sat 28 Nov 2026 · {note}",
        "## Later",
        f"- c · Acme · due Sun 6 Dec 2026 · repeats, so tick it in its note · {note}",
        "## No date",
        f"- d · Acme · no list item, so change it in its note · {note}",
        "## Worth doing",
        (
            "- Thank Lee Okafor at Corvo · was due Thu 26 Nov 2026 · `jobvault letter draft Corvo` · "
            "[[2026-11-25 Corvo final]]"
        ),
        "## Done this week",
        f"- [-] e · Acme · cancelled · {note}",
        "## No longer needed?",
        "- [ ] f · Birch · was due Thu 26 Nov 2026 · Birch is closed (rejected) · [[2026-11-20 Birch panel]]",
        "## Needs attention",
        f"- {note}: the debrief has no date, so it stands in no order and counts in no week",
    ]


def test_a_draft_names_its_company() -> None:
    draft = Letter("Letters/Dana.md", "Dana Reyes", debrief="2026-11-20 Acme panel", status="draft")
    at = debrief("Acme", "2026-11-20", "panel", "Dana Reyes", outcome="advanced")
    assert part(show("follow-ups", searching(at, draft)), "## Worth doing") == [
        "- Send the letter to Dana Reyes · Acme · was due Sat 21 Nov 2026 · `jobvault letter sent Dana` · [[Dana]]"
    ]


def test_no_generated_line_names_a_line(example: Search) -> None:
    for line in show("follow-ups", example):
        assert not re.search(r"\.md:\d|line \d", line)


# --- JSON -----------------------------------------------------------------------------------------------------------


def test_json_fields(example: Search) -> None:
    answered: Answer = ask("follow-ups", example)
    for item in answered.items:
        for field in ("id", "text", "status", "due", "people", "company", "path", "line"):
            assert hasattr(item, field)
        assert item.status in ("open", "in-progress", "done", "cancelled")
    assert [item.line for item in answered.items if item.section == "worth-doing"] == [None]
