"""What a search puts into a calendar: interviews, and what is owed by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from jobvault.model import Debrief, FollowUp
from jobvault.search.letters import CHECK_IN, THANK_YOU
from jobvault.search.obligations import Obligations
from jobvault.search.processes import is_to_come
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.words import Words

Kind = Literal["interview", "follow-up", "letter"]
RECENT = dt.timedelta(days=30)
"""How long one may still ask where things stand, once the day to ask has come; then nobody waits any more."""


@dataclass(frozen=True, slots=True)
class Event:
    """One interview, follow-up or letter, on its day; ``time`` is None where none is known.

    ``path`` and ``id`` say which one it is, whatever else of it changes; an interview's ``id`` is empty, that of a
    letter is its kind. ``text`` is a follow-up's, as Markdown. ``people`` of a letter are those whom it is owed to.
    ``unnamed`` counts people without a name. ``rings``: it is to be reminded of.
    """

    kind: Kind
    path: str
    day: dt.date
    id: str = ""
    time: dt.time | None = None
    text: str = ""
    company: str = ""
    role: str = ""
    round: str = ""
    format: str = ""
    people: tuple[str, ...] = ()
    unnamed: int = 0
    cancelled: bool = False
    rings: bool = True


def events(search: Search, query: Query, today: dt.date, words: Words) -> tuple[Event, ...]:
    """Return what belongs into a calendar, in order of time. ``since`` and ``until`` bound the days of the events.

    Interviews stay in it when they are past or cancelled, so that a calendar that has them learns what became of them.
    """
    anytime = replace(query, since=None, until=None)
    found = [*_interviews(search, anytime, today), *_follow_ups(search, anytime, today)]
    owed = Obligations(search, words)
    found += [*_thanks(owed, anytime, today), *_check_ins(owed, anytime, today)]
    first, last = query.since or dt.date.min, query.until or dt.date.max
    return tuple(sorted((event for event in found if first <= event.day <= last), key=_in_time))


def _in_time(event: Event) -> tuple[dt.date, dt.time, str, str, str]:
    return (event.day, event.time or dt.time.min, event.kind, event.path, event.id)


def _interviews(search: Search, query: Query, today: dt.date) -> Iterator[Event]:
    for debrief in search.debriefs:
        if debrief.date is not None and query.takes(search, debrief, today):
            yield Event(
                kind="interview",
                path=debrief.path,
                day=debrief.date,
                time=debrief.time,
                company=debrief.company,
                role=_role(search, debrief),
                round=debrief.round,
                format=debrief.format,
                people=tuple(person.name for person in search.people_of(debrief.path)),
                unnamed=sum(1 for met in debrief.people if met.name is None),
                cancelled=debrief.outcome == "cancelled",
                rings=is_to_come(debrief, today),
            )


def _role(search: Search, debrief: Debrief) -> str:
    process = search.process_of(debrief.path)
    return debrief.role or (process.role if process else "")


def _follow_ups(search: Search, query: Query, today: dt.date) -> Iterator[Event]:
    """Yield the open ones that are due on a day, each on that day, however long ago it was."""
    for item in search.follow_ups:
        if item.due is None or item.status not in ("open", "in-progress") or _needless(search, item, today):
            continue
        if query.takes_follow_up(search, item, today):
            yield Event(
                kind="follow-up",
                path=item.path,
                id=item.id,
                day=item.due,
                text=item.text,
                company=item.company,
                role=item.role,
                round=item.round,
                people=item.people,
            )


def _needless(search: Search, item: FollowUp, today: dt.date) -> bool:
    """Whether it is overdue where nobody waits for it any more: the round was cancelled, or all has come to an end."""
    if item.due is None or item.due >= today:
        return False
    about, process = search.debrief_of(item.path), search.process_of(item.path)
    return bool(process and process.closed) or (about is not None and about.outcome == "cancelled")


# --- letters that no task stands for ----------------------------------------------------------------------------------


def _thanks(owed: Obligations, query: Query, today: dt.date) -> Iterator[Event]:
    """Yield one event a round, for all who are to be thanked, whether their letter is drafted or not."""
    search, drafted = owed.search, _drafted(owed, today)
    for debrief in search.debriefs:
        reminded, names = owed.is_reminded(debrief, today), drafted.get(debrief.path, set())
        if not (reminded or names) or not query.takes(search, debrief, today):
            continue
        thanks = owed.thanks(debrief)
        names = names | {person.name for person in thanks.people if reminded}
        if names and thanks.due is not None:
            yield _letter(search, debrief, THANK_YOU, thanks.due, names)


def _drafted(owed: Obligations, today: dt.date) -> dict[str, set[str]]:
    """Return whom the letters of thanks are to that are drafted and not sent, by debrief."""
    table: dict[str, set[str]] = {}
    for draft in owed.drafts():
        if draft.kind == THANK_YOU and draft.to and draft.is_recent(today):
            table.setdefault(draft.debrief.path, set()).add(draft.to)
    return table


def _check_ins(owed: Obligations, query: Query, today: dt.date) -> Iterator[Event]:
    """Yield one event a process that waits for an answer, whether the question is drafted or not."""
    for ask in owed.check_ins(today):
        if ask.state not in ("due", "drafted") or ask.due is None or ask.due < today - RECENT:
            continue
        if query.takes(owed.search, ask.debrief, today):
            names = {person.name for person in owed.search.people_of(ask.debrief.path)}
            yield _letter(owed.search, ask.debrief, CHECK_IN, ask.due, names)


def _letter(search: Search, debrief: Debrief, kind: str, due: dt.date, names: set[str]) -> Event:
    here = [person.name for person in search.people_of(debrief.path)]
    return Event(
        kind="letter",
        path=debrief.path,
        id=kind,
        day=due,
        company=debrief.company,
        role=_role(search, debrief),
        round=debrief.round,
        people=(*(name for name in here if name in names), *sorted(names.difference(here))),
    )
