"""People: whom you met, where, what they care about, and what worries them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jobvault.model import Debrief
from jobvault.search.concerns import Entry, Owner, concern_ledger, owner_of, owner_unnamed
from jobvault.search.people import Meeting, Person
from jobvault.search.processes import is_to_come
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words, fold


@dataclass(frozen=True, slots=True)
class Where:
    """One meeting: it was, is to be, or was cancelled."""

    date: dt.date | None
    company: str
    round: str
    path: str
    line: int | None
    state: Literal["met", "to-come", "cancelled"] = "met"


@dataclass(frozen=True, slots=True)
class Worry:
    """A concern of the ledger (``search/concerns.py``), as it was voiced last, with whether it is still open."""

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
    ledger = _by_owner(entry for entry in concern_ledger(search) if entry.is_among(taken))
    items = [item for person in search.people if query.means(person) and (item := _item(person, taken, today, ledger))]
    if not query.person:
        items += [
            _unnamed(debrief, place, today, ledger)
            for debrief in search.debriefs
            if debrief.path in taken
            for place, met in enumerate(debrief.people)
            if met.name is None
        ]
    items.sort(key=lambda item: (item.name is None, item.name or ""))
    items.sort(key=lambda item: item.meetings[-1].date or dt.date.min, reverse=True)
    shown = items[: query.limit] if query.limit else items
    return Answer(
        view="people",
        today=today,
        items=tuple(shown),
        parts={"companies": _companies(shown)},
        left_out=len(items) - len(shown),
    )


def _by_owner(entries: Iterable[Entry]) -> dict[Owner, list[Entry]]:
    ledger: dict[Owner, list[Entry]] = {}
    for entry in entries:
        ledger.setdefault(entry.owner, []).append(entry)
    return ledger


def _item(person: Person, taken: set[str], today: dt.date, ledger: Mapping[Owner, Sequence[Entry]]) -> Item | None:
    """Build a person's item from the debriefs asked for; None where none of them is theirs."""
    meetings = [meeting for meeting in person.meetings if meeting.debrief.path in taken]
    if not meetings:
        return None
    return Item(
        name=person.name,
        title=person.title,
        company=meetings[-1].debrief.company,
        companies=tuple(dict.fromkeys(meeting.debrief.company for meeting in meetings)),
        email=person.email,
        note=person.note,
        meetings=tuple(_where(meeting, today) for meeting in meetings),
        cares_about=_each_once(remark.text for m in meetings for remark in m.met.cares_about),
        concerns=tuple(map(_worry, ledger.get(owner_of(person), ()))),
    )


def _unnamed(debrief: Debrief, place: int, today: dt.date, ledger: Mapping[Owner, Sequence[Entry]]) -> Item:
    met = debrief.people[place]
    meeting = Meeting(debrief, met)
    return Item(
        name=None,
        title=met.title,
        company=debrief.company,
        companies=(debrief.company,),
        email=met.emails[-1] if met.emails else "",
        note=None,
        meetings=(_where(meeting, today),),
        cares_about=_each_once(remark.text for remark in met.cares_about),
        concerns=tuple(map(_worry, ledger.get(owner_unnamed(debrief, place), ()))),
    )


def _where(meeting: Meeting, today: dt.date) -> Where:
    debrief = meeting.debrief
    state: Literal["met", "to-come", "cancelled"] = "met"
    if debrief.outcome == "cancelled":
        state = "cancelled"
    elif is_to_come(debrief, today):
        state = "to-come"
    return Where(debrief.date, debrief.company, debrief.round, debrief.path, meeting.met.line, state)


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple({fold(text) or text: text for text in texts}.values())


def _worry(entry: Entry) -> Worry:
    last = entry.voicings[-1]
    return Worry(entry.text, entry.open, last.debrief.date, last.debrief.path, last.concern.line)


def _companies(items: Sequence[Item]) -> tuple[Company, ...]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.company, []).append(item)
    return tuple(Company(name, tuple(entries)) for name, entries in groups.items())
