"""Concerns: who worries about what, what you answered and where, and what is still open."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from jobvault.search.concerns import Attempt, Entry, Voicing, Written, concern_ledger
from jobvault.search.names import key_of
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words

SECTIONS = ("open", "answered", "closed")
Whose = Literal["person", "unnamed", "round"]


@dataclass(frozen=True, slots=True)
class Voiced:
    """One time that a concern was voiced."""

    date: dt.date | None
    company: str
    round: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Tried:
    """One answer. ``rough`` ones settle nothing; the one that the concern is answered by ``settles`` it."""

    text: str
    rough: bool
    settles: bool
    date: dt.date | None
    round: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter that says that it answers the concern; the one that it is answered by ``settles`` it.

    ``date`` is the day from which on it counts as sent: None for a draft.
    """

    to: str
    status: Literal["draft", "sent"]
    settles: bool
    date: dt.date | None
    round: str
    path: str


@dataclass(frozen=True, slots=True)
class Item:
    """One concern, however often it was voiced.

    ``answered_in`` says what settled it: a ``letter``, the ``round`` in which it was voiced last, or nothing yet.
    ``company``, ``role`` and ``closed`` are those of the process it stands under; date, round, path and line those of
    the last time it was voiced, ``since`` is the day of the first. ``again``: it had been answered before.
    """

    whose: Whose
    name: str | None
    title: str
    company: str
    role: str
    closed: str
    text: str
    open: bool
    again: bool
    since: dt.date | None
    date: dt.date | None
    round: str
    path: str
    line: int
    voiced: tuple[Voiced, ...]
    replies: tuple[Tried, ...]
    letters: tuple[Letter, ...] = ()
    answered_in: Literal["letter", "round", ""] = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One company, and one role where it has several; the concerns of each person stand together."""

    company: str
    role: str
    closed: str
    entries: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What is open, what is answered, or what closed companies leave behind."""

    name: str
    groups: tuple[Group, ...]


def answer(search: Search, query: Query, today: dt.date, _words: Words) -> Answer:
    """List the concerns of live processes, open ones first, then those of closed ones; in each the latest first.

    The arguments choose debriefs: a concern that was voiced in one of them is shown, with all that became of it.
    """
    taken = {debrief.path for debrief in search.debriefs if query.takes(search, debrief, today)}
    found = [entry for entry in concern_ledger(search) if entry.is_among(taken) and _is_asked_for(entry, query)]
    entries = _in_order(found)
    shown = entries[: query.limit] if query.limit else entries
    return Answer(
        view="concerns",
        today=today,
        items=tuple(map(_item, shown)),
        parts={
            "sections": _sections(shown, _of_several_roles(search)),
            "counts": {name: sum(_section(entry) == name for entry in entries) for name in SECTIONS},
        },
        left_out=len(entries) - len(shown),
    )


def _is_asked_for(entry: Entry, query: Query) -> bool:
    return not query.person or (entry.person is not None and query.means(entry.person))


def _section(entry: Entry) -> str:
    return "closed" if entry.closed else "open" if entry.open else "answered"


def _company(entry: Entry) -> tuple[str, str]:
    return key_of(entry.company), key_of(entry.role)


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Order by section, company and voice; companies, voices and concerns with the latest debrief come first."""
    latest: dict[tuple[object, ...], int] = {}
    for entry in entries:
        for group in _groups(entry):
            latest[group] = max(latest.get(group, 0), _day(entry))

    def rank(entry: Entry) -> tuple[object, ...]:
        company, voice = _groups(entry)
        nobody, unnamed = entry.owner[0] == "round", entry.unnamed is not None
        last = entry.voicings[-1]
        return (
            SECTIONS.index(_section(entry)),
            (-latest[company], _company(entry)),
            (nobody, unnamed, -latest[voice], entry.person.name if entry.person else "", entry.owner),
            (-_day(entry), last.debrief.path, last.concern.line),
        )

    return sorted(entries, key=rank)


def _groups(entry: Entry) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Return what an entry has in common with the others of its company, and of its voice, in its section."""
    company = (_section(entry), *_company(entry))
    return company, (*company, *entry.owner)


def _day(entry: Entry) -> int:
    return (entry.voicings[-1].debrief.date or dt.date.min).toordinal()


def _of_several_roles(search: Search) -> frozenset[str]:
    """The companies at which there is more than one process."""
    counted = Counter(key_of(process.company) for process in search.processes if process.debriefs)
    return frozenset(company for company, count in counted.items() if count > 1)


def _sections(entries: Sequence[Entry], several: frozenset[str]) -> tuple[Section, ...]:
    return tuple(
        Section(name, tuple(_group(list(group), several) for _, group in groupby(found, _company)))
        for name, found in groupby(entries, _section)
    )


def _group(entries: Sequence[Entry], several: frozenset[str]) -> Group:
    first = entries[0]
    return Group(
        company=first.company,
        role=first.role if key_of(first.company) in several else "",
        closed=first.closed,
        entries=tuple(map(_item, entries)),
    )


def _item(entry: Entry) -> Item:
    last, person, unnamed = entry.voicings[-1], entry.person, entry.unnamed
    return Item(
        whose="person" if person else "unnamed" if unnamed else "round",
        name=person.name if person else None,
        title=person.title if person else unnamed.title if unnamed else "",
        company=entry.company,
        role=entry.role,
        closed=entry.closed,
        text=entry.text,
        open=entry.open,
        again=entry.again,
        since=entry.since,
        date=last.debrief.date,
        round=last.debrief.round,
        path=last.debrief.path,
        line=last.concern.line,
        voiced=tuple(map(_voiced, entry.voicings)),
        replies=tuple(map(_tried, entry.attempts)),
        letters=tuple(map(_letter, entry.letters)),
        answered_in="" if entry.open else "letter" if last.concern.open else "round",
    )


def _voiced(voicing: Voicing) -> Voiced:
    debrief = voicing.debrief
    return Voiced(debrief.date, debrief.company, debrief.round, debrief.path, voicing.concern.line)


def _letter(written: Written) -> Letter:
    answering = written.answering
    letter, person = answering.letter, answering.person
    return Letter(
        to=person.name if person else letter.to,
        status="draft" if answering.day is None else "sent",
        settles=written.settles,
        date=None if answering.day == dt.date.min else answering.day,
        round=answering.debrief.round,
        path=letter.path,
    )


def _tried(attempt: Attempt) -> Tried:
    reply, debrief = attempt.reply, attempt.debrief
    return Tried(reply.text, reply.rough, attempt.settles, debrief.date, debrief.round, debrief.path, reply.line)
