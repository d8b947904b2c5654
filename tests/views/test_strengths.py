"""Strengths: weak areas from the other side."""

from __future__ import annotations

from tests.nouns import ask, searching, show
from tests.views.test_weak_areas import ASKED, STRONG, WEAK, vault


def test_all_of_it() -> None:
    search = vault(
        ("Acme", "2026-09-01", f"{STRONG}- Boxes first #design\n- Slept well\n\n{ASKED}- Draw it #design (strong)\n"),
        ("Birch", "2026-09-05", f"{STRONG}- Three numbers #design\n- A story #storytelling\n"),
        ("Corvo", "2026-10-01", f"{WEAK}- Rambled #storytelling\n"),
        ("Delta", "2026-10-02", f"{ASKED}- About you #storytelling (rough)\n"),
    )
    assert show("strengths", search) == [
        "## Still strong",
        "### Design · 2 debriefs, the last Sat 5 Sep 2026",
        "- Three numbers · [[2026-09-05 Birch panel]]",
        "- Boxes first · [[2026-09-01 Acme panel]]",
        "- Also 1 strong answer: [[2026-09-01 Acme panel]]",
        "### No area yet",
        "- Slept well · [[2026-09-01 Acme panel]]",
        "## Weak since",
        "### Storytelling · 1 debrief, Sat 5 Sep 2026",
        "- A story · [[2026-09-05 Birch panel]]",
        "- Weak since: [[2026-10-02 Delta panel]], [[2026-10-01 Corvo panel]]",
    ]


def test_answers_count_for_the_last_day_and_may_stand_alone() -> None:
    search = vault(
        ("Acme", "2026-09-01", f"{WEAK}- Too long #stints\n\n{STRONG}- Boxes first #design\n"),
        ("Birch", "2026-09-05", f"{ASKED}- Why? #stints (strong)\n- Draw #design (strong)\n"),
    )
    assert show("strengths", search) == [
        "## Still strong",
        "### Design · 2 debriefs, the last Sat 5 Sep 2026",
        "- Boxes first · [[2026-09-01 Acme panel]]",
        "- Also 1 strong answer: [[2026-09-05 Birch panel]]",
        "### Stints · 1 debrief, Sat 5 Sep 2026",
        "- 1 strong answer: [[2026-09-05 Birch panel]]",
    ]


def test_arguments_and_limit() -> None:
    search = vault(("Acme", "2026-09-01", f"{STRONG}- x #a\n- y #b\n"), ("Birch", "2026-09-02", f"{STRONG}- x #b\n"))
    assert [item.area for item in ask("strengths", search, limit=1).items] == ["b"]
    assert [item.debriefs for item in ask("strengths", search, company="Birch").items] == [1]
    assert show("strengths", search, limit=1)[-1] == "… and 1 more: `jobvault show strengths`"


def test_an_empty_view_says_what_would_fill_it() -> None:
    [line] = show("strengths", searching())
    assert line.startswith("_No strengths yet. Write one under “Where I was strong”")
    assert show("strengths", searching(), company="Acme") == ["_Nothing in this vault matches._"]
