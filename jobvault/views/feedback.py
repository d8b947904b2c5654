"""Feedback: what they said of you, by company, the latest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jobvault.model import Debrief, Remark
from jobvault.search.asked import Interviewers
from jobvault.search.names import key_of
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words


@dataclass(frozen=True, slots=True)
class Item:
    """One thing they said. ``outcome`` is that of the round, ``areas`` are its tags."""

    text: str
    areas: tuple[str, ...]
    date: dt.date | None
    company: str
    role: str
    round: str
    outcome: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Round:
    """What was said after one round."""

    date: dt.date | None
    round: str
    outcome: str
    path: str
    entries: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """The feedback of one company."""

    name: str
    rounds: tuple[Round, ...]


def answer(search: Search, query: Query, today: dt.date, _words: Words) -> Answer:
    """List feedback: the company that said something last comes first, and in it the latest round.

    With a person, what they said: the line names them, or it names nobody and only they were there.
    """
    anybody, interviewers = replace(query, person=""), Interviewers(search)
    groups: dict[str, list[Item]] = {}
    for debrief in reversed(search.debriefs):
        if debrief.feedback and anybody.takes(search, debrief, today):
            groups.setdefault(key_of(debrief.company), []).extend(
                _item(search, debrief, remark)
                for remark in debrief.feedback
                if interviewers.are_those_of(query, debrief, interviewers.named_in(debrief, remark))
            )
    items = [item for group in groups.values() for item in group]
    shown = items[: query.limit] if query.limit else items
    return Answer(
        view="feedback",
        today=today,
        items=tuple(shown),
        parts={"companies": _companies(shown)},
        left_out=len(items) - len(shown),
    )


def _item(search: Search, debrief: Debrief, remark: Remark) -> Item:
    process = search.process_of(debrief.path)
    return Item(
        text=remark.text,
        areas=tuple(dict.fromkeys(search.area(tag) for tag in remark.tags)),
        date=debrief.date,
        company=debrief.company,
        role=(process.role if process else "") or debrief.role,
        round=debrief.round,
        outcome=debrief.outcome,
        path=debrief.path,
        line=remark.line,
    )


def _companies(items: Sequence[Item]) -> tuple[Company, ...]:
    companies: dict[str, dict[str, list[Item]]] = {}
    for item in items:
        companies.setdefault(item.company, {}).setdefault(item.path, []).append(item)
    return tuple(
        Company(name, tuple(_round(entries) for entries in rounds.values())) for name, rounds in companies.items()
    )


def _round(entries: Sequence[Item]) -> Round:
    first = entries[0]
    return Round(first.date, first.round, first.outcome, first.path, tuple(entries))
