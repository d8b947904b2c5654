"""Feedback: what they said of you."""

from __future__ import annotations

from jobvault.model import Debrief, Remark
from jobvault.settings import Settings
from tests.nouns import ask, debrief, reading, searching, show, texts


def after(company: str, date: str | None, round_: str, *said: str | Remark, **fields: object) -> Debrief:
    """Return a debrief with feedback, from line 60 on."""
    found = tuple(one if isinstance(one, Remark) else Remark(one, 60 + number) for number, one in enumerate(said))
    people = fields.pop("people", ())
    assert isinstance(people, tuple)
    return debrief(company, date, round_, *people, feedback=found, **fields)


def test_what_is_shown_the_latest_first() -> None:
    search = searching(
        after("Acme", "2026-11-10", "technical", "Calm", outcome="advanced"),
        after(
            "Birch",
            "2026-11-12",
            "final",
            "Long answers",
            Remark("No design", 61, ("architecture", "calm")),
            outcome="rejected",
        ),
        after("Acme", "2026-11-23", "panel", "Clear", outcome=""),
        after("Corvo", "2026-11-24", "panel"),
        settings=Settings(areas={"system-design": ("architecture",)}),
    )
    assert show("feedback", search) == [
        "## Acme",
        "- **panel** · Mon 23 Nov 2026 · [[2026-11-23 Acme panel]]",
        "  - Clear",
        "- **technical** · Tue 10 Nov 2026 · advanced · [[2026-11-10 Acme technical]]",
        "  - Calm",
        "## Birch",
        "- **final** · Thu 12 Nov 2026 · rejected · [[2026-11-12 Birch final]]",
        "  - Long answers",
        "  - No design · System design, Calm",
    ]


def test_tags_of_one_area_name_it_once() -> None:
    settings = Settings(areas={"system-design": ("architecture", "scaling")})
    search = searching(
        after("Acme", "2026-11-10", "a", Remark("x", 60, ("scaling", "architecture"))), settings=settings
    )
    assert [item.areas for item in ask("feedback", search).items] == [("system-design",)]


def test_arguments() -> None:
    search = searching(
        after("Acme", "2026-11-10", "a", "one", people=("Dana Reyes",)),
        after("Birch", "2026-11-11", "b", "two", "three", role="Backend"),
    )
    assert texts(ask("feedback", search, company="Acme")) == ["one"]
    assert texts(ask("feedback", search, person="Dana")) == ["one"]
    assert texts(ask("feedback", search, role="Backend")) == ["two", "three"]
    found = ask("feedback", search, limit=1)
    assert (texts(found), found.left_out) == (["two"], 2)
    assert show("feedback", search, limit=1)[-1] == "… and 2 more: `jobvault show feedback`"


def test_a_person_asked_for_said_it_or_was_there_alone() -> None:
    here = ("Hanna Abara", "Hanna Lindqvist", "Lee Ode")
    search = searching(
        after("Acme", "2026-11-10", "a", "calm, says [[Lee Ode]]", "From Hanna L.", "well done", people=here),
        after("Acme", "2026-11-11", "b", "alone", people=("Lee Ode",)),
    )
    assert texts(ask("feedback", search, person="Lee")) == ["alone", "calm, says [[Lee Ode]]"]
    assert texts(ask("feedback", search, person="Hanna Lindqvist")) == ["From Hanna L."]
    assert texts(ask("feedback", search, person="Hanna Abara")) == []


def test_an_empty_view_says_what_would_fill_it() -> None:
    assert show("feedback", searching()) == [
        "_No feedback yet. Write what they said of you under “Feedback” in a debrief._"
    ]
    assert show("feedback", searching(), person="Dana") == ["_Nothing in this vault matches._"]


def test_a_debrief_that_names_nothing() -> None:
    assert show("feedback", searching(after("", None, "", "x", outcome=""))) == [
        "## No company",
        "- **interview** · no date · [[undated]]",
        "  - x",
    ]


def test_json_fields() -> None:
    search = reading(
        Panel="""---
type: debrief
company: Acme
role: Staff Engineer
round: panel
date: 2026-11-23
outcome: rejected
---
## Their feedback
- "We could not see the design" #system-design
"""
    )
    [item] = ask("feedback", search).items
    assert (item.text, item.areas, str(item.date), item.company) == (
        '"We could not see the design"',
        ("system-design",),
        "2026-11-23",
        "Acme",
    )
    assert (item.role, item.round, item.outcome, item.path, item.line) == (
        "Staff Engineer",
        "panel",
        "rejected",
        "Debriefs/Panel.md",
        10,
    )
