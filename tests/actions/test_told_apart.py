"""Six people at one company: namesakes, somebody unnamed, somebody met twice, two roles at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_vault import SmallVault, block, make_vault

SCREEN = """\
---
type: debrief
company: Acme
role: SRE
round: recruiter-screen
date: 2026-11-10
outcome: advanced
people:
  - Noor Haddad
---

## People met

### Noor Haddad, Talent Partner

- Concern: pay
- My answer: a range

## Follow-ups

- [ ] Send Noor two references, due 2026-11-27
"""
TECHNICAL = """\
---
type: debrief
company: Acme
role: SRE
round: technical
date: 2026-11-17
outcome: waiting
people:
  - "[[Sam Ode]]"
---

## People met

### [[Sam Ode]], Senior SRE

- Concern: on-call
- My answer: numbers, no plan (rough)

### Sam Brandt, Team Lead

- Concern: on-call

### ?, SRE, beard

- Concern: no Go

## Follow-ups

- [ ] Send Sam Brandt the runbook, due 2026-11-26
- [ ] Ask Sam about the pager
- [ ] Thank-you to Sam Ode
"""
PANEL = """\
---
type: debrief
company: Acme
role: Platform Lead
round: panel
date: 2026-11-23
outcome: waiting
people:
  - Sam Ode
  - Dana Reyes
  - Lee Okafor
---

## People met

- Sam Ode
  - Concern: On-call!
  - My answer: two layers, one handover
- Dana Reyes, VP
  - Concern: short stints
- Lee Okafor

## Follow-ups

- [ ] Send Dana the talk, due 2026-11-26
"""
NOTES = {
    "Debriefs/2026-11-10 Acme recruiter-screen.md": SCREEN,
    "Debriefs/2026-11-17 Acme technical.md": TECHNICAL,
    "Debriefs/2026-11-23 Acme panel.md": PANEL,
    "People/Sam Ode.md": "---\ntype: person\ncompany: Acme\n---\n",
    "Applications/Acme SRE.md": "---\ntype: application\ncompany: Acme\nrole: SRE\noutcome: open\n---\n",
    "Applications/Acme Lead.md": "---\ntype: application\ncompany: Acme\nrole: Platform Lead\noutcome: open\n---\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    blocks = "".join(f"\n{block(view)}" for view in ("people", "concerns", "follow-ups"))
    return make_vault(tmp_path, {**NOTES, "Acme.md": f"# Acme\n{blocks}"})


def test_people_are_six_and_the_one_met_twice_is_one(vault: SmallVault) -> None:
    items = vault.open().view("people", company="Acme").items
    assert sorted((item.name or f"? {item.title}", len(item.meetings)) for item in items) == [
        ("? SRE, beard", 1),
        ("Dana Reyes", 1),
        ("Lee Okafor", 1),
        ("Noor Haddad", 1),
        ("Sam Brandt", 1),
        ("Sam Ode", 2),
    ]


def test_each_concern_is_its_persons(vault: SmallVault) -> None:
    items = vault.open().view("concerns").items
    assert sorted((item.name or "", item.text, item.open) for item in items) == [
        ("", "no Go", True),
        ("Dana Reyes", "short stints", True),
        ("Noor Haddad", "pay", False),
        ("Sam Brandt", "on-call", True),
        ("Sam Ode", "On-call!", False),
    ]


def test_a_concern_knows_its_role(vault: SmallVault) -> None:
    found = vault.open()
    assert {item.name for item in found.view("concerns", role="Platform Lead").items} == {"Sam Ode", "Dana Reyes"}


def test_follow_ups_go_to_whom_they_name_and_a_bare_namesake_to_neither(vault: SmallVault) -> None:
    items = {item.text: item for item in vault.open().view("follow-ups").items}
    people = {text: item.people for text, item in items.items() if item.section != "worth-doing"}
    assert people == {
        "Send Noor two references": ("Noor Haddad",),
        "Send Sam Brandt the runbook": ("Sam Brandt",),
        "Ask Sam about the pager": (),
        "Thank-you to Sam Ode": ("Sam Ode",),
        "Send Dana the talk": ("Dana Reyes",),
    }
    assert {item.role for text, item in items.items() if text == "Send Dana the talk"} == {"Platform Lead"}
    worth = [item.text for item in items.values() if item.section == "worth-doing"]
    assert worth == ["Ask Acme where things stand", "Thank 3 people at Acme: Sam Ode, Dana, Lee"]


def test_the_note_about_them_tells_them_apart(vault: SmallVault) -> None:
    vault.summarize()
    text = vault.read("Acme.md")
    people, concerns = text.split("jobvault:begin concerns")
    assert people.count("\n- **Sam Ode**, Senior SRE\n") == people.count("\n- **Sam Brandt**, Team Lead\n") == 1
    assert "  - **Sam Brandt**, Team Lead: on-call · Tue 17 Nov 2026 · technical · " in concerns
    assert "  - **Sam Ode**, Senior SRE: On-call! · voiced 2 times since Tue 17 Nov 2026 · " in concerns
    assert "  - **unnamed person**, SRE, beard: no Go · " in concerns


def test_a_first_name_that_two_of_the_round_have_is_reported_and_settles_nothing(vault: SmallVault) -> None:
    vault.edit("Debriefs/2026-11-23 Acme panel.md", "- Lee Okafor\n\n## F", "- Lee Okafor\n- Dana White\n\n## F")
    vault.edit("Debriefs/2026-11-23 Acme panel.md", "- [ ] Send Dana the talk", "- [ ] Thank Dana")
    found = vault.open()
    [problem] = [p for p in found.problems if p.code == "ambiguous-name" and "Dana" in p.message]
    assert problem.message == "“Dana” could be Dana Reyes, Dana White"
    assert vault.read(problem.path).splitlines()[(problem.line or 0) - 1] == "- [ ] Thank Dana, due 2026-11-26"
    worth = [item.text for item in found.view("follow-ups").items if item.section == "worth-doing"]
    assert worth[1:] == ["Thank 4 people at Acme: Sam Ode, Dana Reyes, Lee, Dana White"]
