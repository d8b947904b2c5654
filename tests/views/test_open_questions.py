"""Open questions: what the user still wants to ask, by company."""

from __future__ import annotations

import pytest

from jobvault.model import Debrief, Link, PersonNote, Remark
from tests.nouns import ask, debrief, part, reading, searching, show, texts


def wondering(company: str, date: str | None, round_: str, *questions: str | Remark, **fields: object) -> Debrief:
    """Return a debrief with open questions, from line 30 on."""
    found = tuple(one if isinstance(one, Remark) else Remark(one, 30 + number) for number, one in enumerate(questions))
    people = fields.pop("people", ())
    assert isinstance(people, tuple)
    return debrief(company, date, round_, *people, open_questions=found, **fields)


def test_what_is_shown() -> None:
    search = searching(
        wondering("Acme", "2026-11-10", "technical", "Who is on call?"),
        wondering("Acme", "2026-11-23", "panel", "who is on call", "Is the rewrite decided?", people=("Dana Reyes",)),
        wondering("Birch", "2026-11-24", "final", "Dana, or who else?"),
        wondering("Corvo", "2026-11-01", "screen", "Who is on call?", outcome="rejected"),
        wondering("Delta", "2026-10-01", "screen", "How big is it?"),
        debrief("Delta", "2026-12-01", "panel"),
        debrief("Delta", "2026-12-09", "final"),
    )
    assert show("open-questions", search) == [
        "## Delta",
        "next: panel, Tue 1 Dec 2026",
        "- How big is it? · Thu 1 Oct 2026 · [[2026-10-01 Delta screen]]",
        "## Birch",
        "- Dana, or who else? · Tue 24 Nov 2026 · [[2026-11-24 Birch final]]",
        "## Acme",
        "- who is on call · Mon 23 Nov 2026 · [[2026-11-23 Acme panel]]; also [[2026-11-10 Acme technical]]",
        "- Is the rewrite decided? · Mon 23 Nov 2026 · [[2026-11-23 Acme panel]]",
        "## Closed companies",
        "- **Corvo** · rejected",
        "  - Who is on call? · Sun 1 Nov 2026 · [[2026-11-01 Corvo screen]]",
    ]


def test_the_same_question_in_two_debriefs_is_one_but_to_each_company_its_own() -> None:
    search = searching(
        wondering("Acme", "2026-11-10", "a", "On call?", "on call!"),
        wondering("ACME", "2026-11-11", "b", "*On call*?"),
        wondering("Birch", "2026-11-12", "c", "On call?"),
        wondering("", "2026-11-13", "d", "On call?"),
        wondering("", "2026-11-14", "e", "On call?"),
    )
    found = [(item.company, item.text, [s.line for s in item.sources]) for item in ask("open-questions", search).items]
    assert found == [
        ("", "On call?", [30]),
        ("", "On call?", [30]),
        ("Birch", "On call?", [30]),
        ("Acme", "*On call*?", [30, 31, 30]),
    ]


def test_a_question_of_two_roles_is_live_while_one_of_them_is() -> None:
    search = searching(
        wondering("Acme", "2026-11-10", "a", "On call?", role="Backend"),
        wondering("Acme", "2026-11-11", "b", "On call?", "Pay?", role="Platform", outcome="rejected"),
    )
    assert [(item.text, item.closed) for item in ask("open-questions", search).items] == [
        ("On call?", ""),
        ("Pay?", "rejected"),
    ]


# --- for whom --------------------------------------------------------------------------------------------------------

DANA = PersonNote("People/Dana Reyes.md", "Dana Reyes", "Acme", aliases=("D.",))


@pytest.mark.parametrize(
    ("question", "people"),
    [
        (Remark("[[Dana Reyes]]: who is on call?", 30, links=(Link("Dana Reyes", "Dana Reyes", 30),)), ("Dana Reyes",)),
        (Remark("[[Noor Haddad|her]], who?", 30, links=(Link("Noor Haddad", "her", 30),)), ("Noor Haddad",)),
        ("Ask Dana who is on call", ("Dana Reyes",)),
        ("Ask Noor Haddad who is on call", ("Noor Haddad",)),
        ("Ask Noor who is on call", ()),
        ("Ask Lee Okafor who is on call", ()),
        ("Tom Ode or Dana Reyes?", ("Dana Reyes", "Tom Ode")),
        ("Will the reyes be danaed?", ()),
    ],
)
def test_for_whom_it_is(question: str | Remark, people: tuple[str, ...]) -> None:
    search = searching(
        debrief("Acme", "2026-11-01", "screen", "Noor Haddad"),
        wondering("Acme", "2026-11-10", "panel", question, people=("Dana Reyes", "Tom Ode")),
        debrief("Birch", "2026-11-11", "x", "Lee Okafor"),
        DANA,
    )
    [item] = ask("open-questions", search).items
    assert item.people == people
    untold = ", ".join(name for name in people if name not in item.text)
    line = show("open-questions", search)[-1]
    assert line.partition(" · ")[2].partition(" · ")[0] == (f"for {untold}" if untold else "Tue 10 Nov 2026")


def test_of_two_with_one_first_name_the_first_name_means_nobody() -> None:
    search = searching(wondering("Acme", "2026-11-10", "a", "Ask Hanna?", people=("Hanna Abara", "Hanna Lindqvist")))
    assert [item.people for item in ask("open-questions", search).items] == [()]


# --- arguments -------------------------------------------------------------------------------------------------------


def test_arguments() -> None:
    search = searching(
        wondering("Acme", "2026-11-10", "a", "one?", people=("Dana Reyes",)),
        wondering("Acme", "2026-11-11", "b", "two?", role="Backend"),
        wondering("Birch", "2026-11-12", "c", "three?", outcome="rejected"),
    )
    assert texts(ask("open-questions", search, company="Birch")) == ["three?"]
    assert texts(ask("open-questions", search, person="Dana")) == ["one?"]
    assert texts(ask("open-questions", search, since="2026-11-11", until="2026-11-11")) == ["two?"]
    found = ask("open-questions", search, limit=2)
    assert (texts(found), found.left_out) == (["two?", "one?"], 1)
    assert show("open-questions", search, limit=2)[-1] == "… and 1 more: `jobvault show open-questions`"


def test_a_person_asked_for_was_there_or_is_named() -> None:
    search = searching(
        debrief("Acme", "2026-11-01", "screen", "Noor Haddad"),
        wondering("Acme", "2026-11-10", "a", "Ask Noor Haddad about pay", "Who?", people=("Dana Reyes",)),
    )
    assert texts(ask("open-questions", search, person="Noor")) == ["Ask Noor Haddad about pay"]
    assert texts(ask("open-questions", search, person="Dana")) == ["Ask Noor Haddad about pay", "Who?"]
    assert texts(ask("open-questions", search, person="Lee")) == []


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_an_empty_view_says_what_would_fill_it() -> None:
    assert show("open-questions", searching()) == [
        "_No open questions yet. Write one under “What I still want to ask”, or end a line of “What I noticed” in `?`._"
    ]
    assert show("open-questions", searching(), company="Acme") == ["_Nothing in this vault matches._"]


def test_a_company_without_a_name_and_a_debrief_without_a_date() -> None:
    assert show("open-questions", searching(wondering("", None, "a", "who?"))) == [
        "## No company",
        "- who? · no date · [[undated a]]",
    ]


def test_an_interview_to_come_without_a_round() -> None:
    search = searching(wondering("Acme", "2026-11-10", "a", "who?"), debrief("Acme", "2026-12-01", ""))
    assert part(show("open-questions", search), "## Acme")[0] == "next: interview, Tue 1 Dec 2026"


def test_json_fields() -> None:
    search = reading(
        Panel="""---
type: debrief
company: Acme
role: Staff Engineer
round: panel
date: 2026-11-23
people: Dana Reyes
---
## What I noticed
- The pager lay on the table
- Dana, how often does it go off? #on-call
## What I still want to ask
- About the rewrite
"""
    )
    one, two = ask("open-questions", search).items
    assert (one.text, one.company, one.role, one.closed, one.people, str(one.date), one.round) == (
        "Dana, how often does it go off?",
        "Acme",
        "Staff Engineer",
        "",
        ("Dana Reyes",),
        "2026-11-23",
        "panel",
    )
    assert (one.path, one.line, [(s.path, s.line) for s in one.sources]) == (
        "Debriefs/Panel.md",
        11,
        [("Debriefs/Panel.md", 11)],
    )
    assert (two.text, two.line) == ("About the rewrite", 13)
