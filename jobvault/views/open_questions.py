"""Open questions: what you still want to ask, by company; what closed companies leave unanswered comes last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jobvault.model import Debrief, Remark
from jobvault.search.mentions import names_person
from jobvault.search.names import key_of, stem_of
from jobvault.search.people import Person
from jobvault.search.processes import is_to_come
from jobvault.search.query import Query
from jobvault.search.roster import named_first
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words, fold


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question was written."""

    path: str
    line: int
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Item:
    """One question to one company, however often it was written; its own fields are those of the latest time.

    ``people`` are those it links or names. ``closed`` is the outcome that ended its process, or empty.
    """

    text: str
    company: str
    role: str
    closed: str
    people: tuple[str, ...]
    date: dt.date | None
    round: str
    path: str
    line: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """The questions to one company. ``next`` and ``round`` are those of the next interview there, if any."""

    name: str
    closed: str
    next: dt.date | None
    round: str
    entries: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question where it was written; ``people`` are those it links or names."""

    debrief: Debrief
    remark: Remark
    people: tuple[Person, ...]


def answer(search: Search, query: Query, today: dt.date, _words: Words) -> Answer:
    """List questions: companies to be met again first, the soonest on top, then those met last; closed ones at the end.

    Questions with the same words to one company are one. A person asked for was there, or is named.
    """
    merged: dict[tuple[str, str], list[_Asked]] = {}
    for asked in _asked(search, query, today):
        company, text = key_of(asked.debrief.company) or asked.debrief.path, asked.remark.text
        merged.setdefault((company, fold(text) or text), []).append(asked)
    to_come = _to_come(search, today)
    items = _in_order([_item(search, group) for group in merged.values()], to_come)
    shown = items[: query.limit] if query.limit else items
    return Answer(
        view="open-questions",
        today=today,
        items=tuple(shown),
        parts={
            "live": _companies([item for item in shown if not item.closed], to_come),
            "closed": _companies([item for item in shown if item.closed], {}),
        },
        left_out=len(items) - len(shown),
    )


def _asked(search: Search, query: Query, today: dt.date) -> Iterator[_Asked]:
    """Find the questions that are asked for, in order of date."""
    colleagues: dict[str, list[Person]] = {}
    for person in search.people:
        for company in person.companies:
            colleagues.setdefault(key_of(company), []).append(person)
    anybody = replace(query, person="")
    for debrief in search.debriefs:
        if not debrief.open_questions or not anybody.takes(search, debrief, today):
            continue
        there = search.people_of(debrief.path)
        known = colleagues.get(key_of(debrief.company), ()) if debrief.company else ()
        for remark in debrief.open_questions:
            people = _people_in(search, debrief, remark, known)
            if not query.person or any(query.means(person) for person in (*there, *people)):
                yield _Asked(debrief, remark, people)


def _people_in(search: Search, debrief: Debrief, remark: Remark, known: Sequence[Person]) -> tuple[Person, ...]:
    """Find who a question is for: whom it links, whom of the company it names, whom of the round by a first name."""
    here = search.people_of(debrief.path)
    targets = [link.target for link in remark.links]
    notes = {path for target in targets if (path := search.names.resolve(target, debrief.path))}
    linked = {key_of(stem_of(target)) for target in targets}
    found = [
        person
        for person in {person.key: person for person in (*here, *known)}.values()
        if person.note in notes
        or not linked.isdisjoint(map(key_of, (person.name, *person.aliases)))
        or (" " in person.name and names_person(remark.text, person.name))
    ]
    return (*found, *named_first(remark.text, here, found))


def _to_come(search: Search, today: dt.date) -> dict[str, Debrief]:
    """Map each company to the next interview there."""
    return {key_of(d.company): d for d in reversed(search.debriefs) if d.company and is_to_come(d, today)}


def _item(search: Search, asked: Sequence[_Asked]) -> Item:
    """Build the item of one question; it is live where one of its processes is."""
    latest_first = asked[::-1]
    debrief, remark = latest_first[0].debrief, latest_first[0].remark
    processes = [search.process_of(one.debrief.path) for one in latest_first]
    outcomes = [process.closed if process else "" for process in processes]
    people = {person.key: person.name for one in asked for person in one.people}
    return Item(
        text=remark.text,
        company=debrief.company,
        role=(processes[0].role if processes[0] else "") or debrief.role,
        closed=outcomes[0] if all(outcomes) else "",
        people=tuple(people.values()),
        date=debrief.date,
        round=debrief.round,
        path=debrief.path,
        line=remark.line,
        sources=tuple(Source(one.debrief.path, one.remark.line, one.debrief.date) for one in latest_first),
    )


def _in_order(items: Sequence[Item], to_come: Mapping[str, Debrief]) -> list[Item]:
    latest: dict[str, int] = {}
    for item in items:
        latest[key_of(item.company)] = max(latest.get(key_of(item.company), 0), _ordinal(item.date))

    def rank(item: Item) -> tuple[object, ...]:
        company = key_of(item.company)
        soon = to_come.get(company) if not item.closed else None
        return (
            bool(item.closed),
            _ordinal(soon.date) if soon else dt.date.max.toordinal(),
            (-latest[company], company),
            (-_ordinal(item.date), item.path, item.line),
        )

    return sorted(items, key=rank)


def _ordinal(day: dt.date | None) -> int:
    return (day or dt.date.min).toordinal()


def _companies(items: Sequence[Item], to_come: Mapping[str, Debrief]) -> tuple[Company, ...]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.company, []).append(item)
    found = [(name, entries, to_come.get(key_of(name))) for name, entries in groups.items()]
    return tuple(
        Company(name, entries[0].closed, soon.date if soon else None, soon.round if soon else "", tuple(entries))
        for name, entries, soon in found
    )
