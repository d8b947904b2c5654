"""What they asked, and who did."""

from __future__ import annotations

import pytest

from jobvault.model import PersonNote
from jobvault.search.asked import Interviewers
from tests.nouns import debrief, reading_all, searching

NOTE = """---
type: debrief
company: Acme
date: 2026-11-20
people:
  - Tom Ek
---

## People met

- Asked: whether it rains

### [[Dana Reyes]], VP

- Asked: why here? (ok)

### ?, SRE, beard

- Asked: tabs or spaces

## What they asked

- How do you lead? From [[Dana Reyes]] and [[Tom Ek|Tom]] (rough)
- Draw it, says [[Lee Okafor]] (strong)
- [[Rate limiter]]
"""
PERSON = "---\ntype: person\naliases:\n  - Lee Okafor\n---\n"


def asked(text: str = NOTE, **others: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    search = reading_all({"Debriefs/x.md": text, **{f"People/{name}.md": note for name, note in others.items()}})
    return [(one.question.text, one.question.mark, one.by) for one in Interviewers(search).asked_in(search.debriefs[0])]


def test_all_of_them_in_the_order_of_the_note_with_who_asked() -> None:
    assert asked() == [
        ("whether it rains", None, ()),
        ("why here?", "ok", ("Dana Reyes",)),
        ("tabs or spaces", None, ("SRE, beard",)),
        ("How do you lead? From [[Dana Reyes]] and [[Tom Ek|Tom]]", "rough", ("Dana Reyes", "Tom Ek")),
        ("Draw it, says [[Lee Okafor]]", "strong", ()),
        ("[[Rate limiter]]", None, ()),
    ]


def test_somebody_named_twice_asks_once() -> None:
    twice = NOTE.replace("  - Tom Ek\n", "  - Tom Ek\n  - Dana Reyes\n").replace(
        "### [[Dana Reyes]], VP", "### Dana Reyes"
    )
    assert [one for one in asked(twice) if one[0] == "why here?"] == [("why here?", "ok", ("Dana Reyes",))]


@pytest.mark.parametrize("link", ["[[LO]]", "[[People/LO|her]]"])
def test_a_person_is_meant_by_their_note(link: str) -> None:
    met = NOTE.replace("  - Tom Ek\n", "  - Lee Okafor\n").replace("[[Lee Okafor]]", link)
    assert ("strong", ("LO",)) in [one[1:] for one in asked(met, LO=PERSON)]


def test_who_was_met_elsewhere_is_known_too() -> None:
    other = NOTE.replace("date: 2026-11-20", "date: 2026-11-21").replace("Tom Ek\n---", "Lee Okafor\n---")
    search = reading_all({"Debriefs/x.md": NOTE, "Debriefs/y.md": other})
    [found] = [one for one in Interviewers(search).asked_in(search.debriefs[0]) if one.question.mark == "strong"]
    assert found.by == ("Lee Okafor",)


def test_a_debrief_without_questions_has_none() -> None:
    quiet = debrief("Acme", "2026-11-20", "panel", "Dana Reyes")
    assert Interviewers(searching(quiet, PersonNote("People/x.md", "Dana Reyes"))).asked_in(quiet) == ()
