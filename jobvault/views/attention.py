"""Needs attention: what cannot be read, what you probably meant otherwise, debriefs to write, conflict copies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from jobvault.model import Debrief, Problem
from jobvault.search.obligations import owes_debrief
from jobvault.search.query import Query
from jobvault.search.search import Copy, Search
from jobvault.views import Answer
from jobvault.words import Words


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. ``quote`` holds the words of the note it is about; ``original`` is a conflict copy's."""

    kind: Literal["problem", "owed", "conflict"]
    path: str
    line: int | None
    severity: str
    code: str
    message: str
    hint: str
    quote: str = ""
    company: str = ""
    round: str = ""
    date: dt.date | None = None
    original: str = ""


def answer(search: Search, query: Query, today: dt.date, words: Words) -> Answer:
    """Gather them: errors first, then debriefs owed, warnings, conflict copies. Hints are for ``jobvault check``."""
    problems = [_problem(problem, search.debrief_of(problem.path)) for problem in query.problems(search, today)]
    owed = [_owed(d, words) for d in search.debriefs if owes_debrief(d, today) and query.takes(search, d, today)]
    copies = [c for c in search.copies if not query.narrows or query.takes_note(search, c.original, today)]
    items = [
        *(item for item in problems if item.severity == "error"),
        *owed,
        *(item for item in problems if item.severity != "error"),
        *(_copy(copy, words) for copy in copies),
    ]
    shown = items[: query.limit] if query.limit else items
    return Answer(
        view="attention",
        today=today,
        items=tuple(shown),
        parts={
            "errors": tuple(i for i in shown if i.kind == "problem" and i.severity == "error"),
            "owed": tuple(i for i in shown if i.kind == "owed"),
            "warnings": tuple(i for i in shown if i.kind == "problem" and i.severity != "error"),
            "conflicts": tuple(i for i in shown if i.kind == "conflict"),
        },
        left_out=len(items) - len(shown),
    )


def _problem(problem: Problem, debrief: Debrief | None) -> Item:
    return Item(
        kind="problem",
        path=problem.path,
        line=problem.line,
        severity=problem.severity,
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        quote=problem.quote,
        company=debrief.company if debrief else "",
        round=debrief.round if debrief else "",
        date=debrief.date if debrief else None,
    )


def _owed(debrief: Debrief, words: Words) -> Item:
    return Item(
        kind="owed",
        path=debrief.path,
        line=1,
        severity="hint",
        code="debrief-owed",
        message=words.text("attention.owed-message"),
        hint=words.text("attention.owed-hint"),
        company=debrief.company,
        round=debrief.round,
        date=debrief.date,
    )


def _copy(copy: Copy, words: Words) -> Item:
    problem = words.problem("conflict-copy", copy.path, None, original=copy.original)
    return Item(
        kind="conflict",
        path=copy.path,
        line=None,
        severity=problem.severity,
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        original=copy.original,
    )
