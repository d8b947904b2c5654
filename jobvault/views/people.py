"""People: who was met, where, what they care about, and what worries them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from jobvault.search.people import Person
from jobvault.search.query import Query, same_person
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words


@dataclass(frozen=True, slots=True)
class Where:
    """One meeting."""

    date: dt.date | None
    company: str
    round: str
    path: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Worry:
    """A concern, with whether it is still open."""

    text: str
    open: bool
    date: dt.date | None
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """Somebody who was met; ``company`` is the latest of ``companies``. ``name`` is None for somebody unnamed."""

    name: str | None
    title: str
    company: str
    companies: tuple[str, ...]
    email: str
    note: str | None
    meetings: tuple[Where, ...]
    cares_about: tuple[str, ...]
    concerns: tuple[Worry, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """The people of one company."""

    name: str
    entries: tuple[Item, ...]


def answer(search: Search, query: Query, today: dt.date, _words: Words) -> Answer:
    """List people by company, the company met last first; within it those met last first."""
    taken = {d.path for d in search.debriefs if query.takes(search, d, today)}
    items = [_item(person, taken) for person in search.people if _asked(person, query, taken)]
    if not query.person:
        items += _unnamed(search, taken)
    items.sort(key=lambda item: (item.name is None, item.name or ""))
    items.sort(key=_met, reverse=True)
    shown = items[: query.limit] if query.limit else items
    return Answer(
        view="people",
        today=today,
        items=tuple(shown),
        parts={"companies": _companies(shown)},
        left_out=len(items) - len(shown),
    )


def _asked(person: Person, query: Query, taken: set[str]) -> bool:
    if query.person and not same_person(query.person, person.name):
        return False
    return any(meeting.debrief.path in taken for meeting in person.meetings)


def _met(item: Item) -> dt.date:
    return item.meetings[-1].date or dt.date.min


def _item(person: Person, taken: set[str]) -> Item:
    meetings = [m for m in person.meetings if m.debrief.path in taken]
    return Item(
        name=person.name,
        title=person.title,
        company=meetings[-1].debrief.company,
        companies=tuple(dict.fromkeys(m.debrief.company for m in meetings)),
        email=person.email,
        note=person.note,
        meetings=tuple(
            Where(m.debrief.date, m.debrief.company, m.debrief.round, m.debrief.path, m.met.line) for m in meetings
        ),
        cares_about=tuple(dict.fromkeys(remark.text for m in meetings for remark in m.met.cares_about)),
        concerns=tuple(
            Worry(concern.text, concern.open, m.debrief.date, m.debrief.path, concern.line)
            for m in meetings
            for concern in m.met.concerns
        ),
    )


def _unnamed(search: Search, taken: set[str]) -> list[Item]:
    return [
        Item(
            name=None,
            title=met.title,
            company=debrief.company,
            companies=(debrief.company,),
            email="",
            note=None,
            meetings=(Where(debrief.date, debrief.company, debrief.round, debrief.path, met.line),),
            cares_about=tuple(remark.text for remark in met.cares_about),
            concerns=tuple(Worry(c.text, c.open, debrief.date, debrief.path, c.line) for c in met.concerns),
        )
        for debrief in search.debriefs
        if debrief.path in taken
        for met in debrief.people
        if met.name is None
    ]


def _companies(items: list[Item]) -> tuple[Company, ...]:
    order = Counter(item.company for item in items)
    return tuple(Company(name, tuple(item for item in items if item.company == name)) for name in order)
