"""People: who was met, where, what they care about, and what worries them."""

from __future__ import annotations

from jobvault.model import Met, PersonNote
from tests.nouns import ask, debrief, met, searching, show

DANA = PersonNote("People/Dana Reyes.md", "Dana Reyes", "Acme", title="VP Engineering", email="dana@acme.example")


def test_what_is_shown() -> None:
    search = searching(
        debrief(
            "Acme",
            "2026-11-10",
            "technical",
            met("[[Dana Reyes]]", cares=["tests"], concerns=["short stints"], answered=["no Go"]),
        ),
        debrief(
            "Acme",
            "2026-11-23",
            "panel",
            met("Dana Reyes", cares=["Tests!", "calm"], answered=["Short stints"]),
            "?, SRE, beard",
        ),
        debrief("Birch", "2026-11-24", "final", "Lee Okafor, CTO"),
        DANA,
    )
    assert show("people", search) == [
        "## Birch",
        "- **Lee Okafor**, CTO",
        "  - Met: Tue 24 Nov 2026 · final · [[2026-11-24 Birch final]]",
        "## Acme",
        "- **Dana Reyes**, VP Engineering · <dana@acme.example>",
        "  - Met: Tue 10 Nov 2026 · technical · [[2026-11-10 Acme technical]]",
        "  - Met: Mon 23 Nov 2026 · panel · [[2026-11-23 Acme panel]]",
        "  - Cares about: Tests!; calm",
        "  - Concern: Short stints · answered",
        "  - Concern: no Go · answered",
        "- **unnamed person**, SRE, beard · ask the recruiter for the name",
        "  - Met: Mon 23 Nov 2026 · panel · [[2026-11-23 Acme panel]]",
    ]


def test_a_concern_that_comes_back_is_open_again() -> None:
    search = searching(
        debrief("Acme", "2026-11-10", "a", met("Dana Reyes", answered=["stints"])),
        debrief("Acme", "2026-11-11", "b", met("Dana Reyes", concerns=["Stints."])),
    )
    [item] = ask("people", search).items
    assert [(c.text, c.open, str(c.date)) for c in item.concerns] == [("Stints.", True, "2026-11-11")]


def test_somebody_still_to_be_met_and_somebody_never_met() -> None:
    search = searching(
        debrief("Acme", "2026-12-01", "final", "Sam Ode"),
        debrief("Acme", "2026-11-10", "technical", "Tom Ode", outcome="cancelled"),
    )
    assert [line for line in show("people", search) if line.startswith("  ")] == [
        "  - To meet: Tue 1 Dec 2026 · final · [[2026-12-01 Acme final]]",
        "  - Not met (cancelled): Tue 10 Nov 2026 · technical · [[2026-11-10 Acme technical]]",
    ]
    assert [item.meetings[0].state for item in ask("people", search).items] == ["to-come", "cancelled"]


def test_order_the_company_met_last_first_and_in_it_those_met_last_then_by_name() -> None:
    search = searching(
        debrief("Acme", "2026-11-01", "a", "Zoe Ace", "Adam Zed", "?"),
        debrief("Birch", "2026-11-02", "b", "Lee Okafor"),
        debrief("Acme", "2026-11-03", "c", "Mia Moss"),
        debrief("Corvo", None, "d", "Una Void"),
    )
    assert [(item.company, item.name) for item in ask("people", search).items] == [
        ("Acme", "Mia Moss"),
        ("Birch", "Lee Okafor"),
        ("Acme", "Adam Zed"),
        ("Acme", "Zoe Ace"),
        ("Acme", None),
        ("Corvo", "Una Void"),
    ]
    heads = [line for line in show("people", search) if line.startswith(("## ", "- "))]
    assert heads == [
        "## Acme",
        "- **Mia Moss**",
        "- **Adam Zed**",
        "- **Zoe Ace**",
        "- **unnamed person** · ask the recruiter for the name",
        "## Birch",
        "- **Lee Okafor**",
        "## Corvo",
        "- **Una Void**",
    ]


def test_somebody_met_at_two_companies_stands_under_the_latest() -> None:
    search = searching(
        debrief("Acme", "2026-11-01", "a", "[[Dana Reyes]]"),
        debrief("Birch", "2026-11-02", "b", "[[Dana Reyes]]"),
        DANA,
    )
    [item] = ask("people", search).items
    assert (item.company, item.companies, len(item.meetings)) == ("Birch", ("Acme", "Birch"), 2)
    [item] = ask("people", search, company="Acme").items
    assert (item.company, item.companies, len(item.meetings)) == ("Acme", ("Acme",), 1)


def test_a_person_asked_for_stands_alone() -> None:
    search = searching(debrief("Acme", "2026-11-01", "a", "Dana Reyes", "Sam Ode", "?, SRE"))
    assert [item.name for item in ask("people", search, person="dana").items] == ["Dana Reyes"]


def test_the_limit_and_the_companies_that_are_left() -> None:
    search = searching(
        debrief("Acme", "2026-11-01", "a", "Dana Reyes", "Sam Ode"), debrief("Birch", "2026-11-02", "b", "Lee O")
    )
    answered = ask("people", search, limit=1)
    assert ([item.name for item in answered.items], answered.left_out) == (["Lee O"], 2)
    assert show("people", search, limit=1)[-1] == "… and 2 more: `jobvault show people`"


def test_an_empty_view_says_what_would_fill_it() -> None:
    assert show("people", searching(debrief("Acme"))) == [
        "_Nobody yet. Name the people you met under “People met” in a debrief._"
    ]


def test_a_company_without_a_name() -> None:
    assert show("people", searching(debrief("", "2026-11-01", "a", "Dana Reyes")))[0] == "## No company"


def test_json_of_somebody_unnamed() -> None:
    at = debrief("Acme", "2026-11-01", "a", Met(None, "SRE, beard", line=9, emails=("sre@acme.example",)))
    [item] = ask("people", searching(at)).items
    assert (item.name, item.title, item.company, item.email, item.note) == (
        None,
        "SRE, beard",
        "Acme",
        "sre@acme.example",
        None,
    )
    assert (item.meetings[0].path, item.meetings[0].line) == (at.path, 9)
