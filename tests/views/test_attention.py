"""Needs attention: problems, debriefs owed, conflict copies."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from jobvault.model import Problem
from jobvault.search.search import Copy, Search
from jobvault.words.severity import SEVERITY
from tests.nouns import TODAY, WORDS, ask, debrief, searching, show

ACME = debrief("Acme", "2026-11-20", "panel")
OWED = debrief("Birch", "2026-11-25", "final", empty=True)


def everything() -> Search:
    return searching(
        ACME,
        OWED,
        problems=[
            WORDS.problem("near-heading", ACME.path, 30, quote="Takaways", value="Takaways", near="Takeaways"),
            WORDS.problem("date-not-at-end", ACME.path, 40, quote="send CV due 2026-11-21 with Dana"),
            WORDS.problem(
                "duplicate-key", "Debriefs/x.md", 5, quote="company: Corvo", name="company", first=3, second=5
            ),
            WORDS.problem("missing-company", ACME.path, 1),
        ],
        copies=[Copy("Acme.sync-conflict-20261123-101500-ABCDEFG.md", "Acme.md")],
        others=["Debriefs/x.md", "Acme.md"],
    )


def test_errors_then_debriefs_owed_then_warnings_then_conflict_copies() -> None:
    items = ask("attention", everything()).items
    assert [(i.kind, i.code, i.severity) for i in items] == [
        ("problem", "duplicate-key", "error"),
        ("owed", "debrief-owed", "hint"),
        ("problem", "near-heading", "warning"),
        ("problem", "date-not-at-end", "warning"),
        ("conflict", "conflict-copy", "warning"),
    ]
    assert (items[2].path, items[2].line, items[2].company, items[2].round) == (ACME.path, 30, "Acme", "panel")
    assert items[4].original == "Acme.md"


def test_what_is_shown() -> None:
    assert show("attention", everything()) == [
        "## To mend",
        '- [[x]]: "company: Corvo": the property “company” stands twice',
        "## Debriefs owed",
        "- Birch · final · Wed 25 Nov 2026 · [[2026-11-25 Birch final]]",
        "## To look at",
        (
            "- [[2026-11-20 Acme panel]]: the heading “Takaways” is not known; “Takeaways” is. "
            "Write `Takeaways`, or add the word under `words:` in jobvault.yaml."
        ),
        (
            '- [[2026-11-20 Acme panel]]: "send CV due 2026-11-21 with Dana": the date is not at the end of the line, '
            "so it is not read. Move the date to the end of the line."
        ),
        "## Conflict copies",
        "- [[Acme.sync-conflict-20261123-101500-ABCDEFG]] is a conflict copy of [[Acme]]; it is not counted",
    ]


@pytest.mark.parametrize(("days", "owed"), [(0, False), (-1, True), (-30, True), (-31, False), (1, False)])
def test_an_empty_debrief_is_owed_for_30_days(days: int, owed: bool) -> None:
    at = debrief("Acme", (TODAY + dt.timedelta(days=days)).isoformat(), "panel", empty=True)
    assert bool(ask("attention", searching(at)).items) is owed


@pytest.mark.parametrize(
    "fields",
    [
        {"empty": False},
        {"round_": "take-home"},
        {"format": "take-home"},
        {"round_": "chat"},
        {"outcome": "cancelled"},
        {"date": None},
    ],
)
def test_who_owes_none(fields: dict[str, object]) -> None:
    values: dict[str, object] = {"date": "2026-11-25", "round_": "panel", "empty": True, **fields}
    assert ask("attention", searching(debrief("Acme", **values))).items == ()  # type: ignore[arg-type]


def test_a_debrief_is_owed_also_after_a_rejection() -> None:
    assert len(ask("attention", searching(debrief("Acme", "2026-11-25", empty=True, outcome="rejected"))).items) == 1


def test_asked_for_one_company_only_its_notes_count() -> None:
    assert [i.code for i in ask("attention", everything(), company="Acme").items] == ["near-heading", "date-not-at-end"]
    assert [i.code for i in ask("attention", everything(), company="Birch").items] == ["debrief-owed"]
    assert [i.code for i in ask("attention", everything(), within="3d").items] == ["debrief-owed"]
    copies = [Copy("copy.md", ACME.path)]
    assert [i.kind for i in ask("attention", searching(ACME, copies=copies), company="Acme").items] == ["conflict"]


def test_the_limit_alone_leaves_nothing_else_out() -> None:
    answered = ask("attention", everything(), limit=4)
    assert (len(answered.items), answered.left_out) == (4, 1)
    assert show("attention", everything(), limit=4)[-1] == "… and 1 more: `jobvault show attention`"


def test_an_empty_view_says_so() -> None:
    assert show("attention", searching(ACME)) == ["_Nothing needs attention._"]


WORDED = ("name", "value", "near", "what", "known", "who", "expected", "original", "why", "one", "other",
          "n", "most", "all", "begin", "company", "to")  # fmt: skip


@pytest.mark.parametrize("code", sorted(SEVERITY))
def test_no_generated_line_names_a_line(code: str) -> None:
    values = {
        **dict.fromkeys(WORDED, "word"),
        **dict.fromkeys(("first", "second", "cap"), 77),
    }
    problem: Problem = WORDS.problem(code, ACME.path, 77, quote="the words", **values)
    for view in ("attention", "follow-ups"):
        for line in show(view, searching(ACME, problems=[problem])):
            assert code == "too-big" or not re.search(r"\b77\b", line)
