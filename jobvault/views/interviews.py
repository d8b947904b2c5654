"""Interviews: those to come, the rounds at each company in order, and all of them in a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from jobvault.model import Debrief
from jobvault.search.processes import Process, is_to_come
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words


@dataclass(frozen=True, slots=True)
class Item:
    """One interview. ``closed`` is the outcome that ended its process, if any; ``unnamed`` counts people."""

    date: dt.date | None
    time: dt.time | None
    company: str
    role: str
    round: str
    format: str
    people: tuple[str, ...]
    unnamed: int
    felt: int | None
    forecast: int | None
    outcome: str
    hear_by: dt.date | None
    heard: dt.date | None
    state: Literal["to-come", "past"]
    written: bool
    closed: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Track:
    """The rounds of one process, in order. ``hear_by`` is set while an answer is waited for."""

    company: str
    role: str
    closed: str
    outcome: str
    hear_by: dt.date | None
    rounds: tuple[Item, ...]


def answer(search: Search, query: Query, today: dt.date, _words: Words) -> Answer:
    """List interviews, latest first; ``limit`` keeps the latest ones."""
    asked = [debrief for debrief in search.debriefs if query.takes(search, debrief, today)]
    items = [_item(search, debrief, today) for debrief in reversed(asked)]
    shown = items[: query.limit] if query.limit else items
    by_path = {item.path: item for item in shown}
    tracks = [track for process in search.processes if (track := _track(process, by_path))]
    return Answer(
        view="interviews",
        today=today,
        items=tuple(shown),
        parts={
            "to_come": tuple(item for item in reversed(shown) if item.state == "to-come"),
            "tracks": tuple(sorted(tracks, key=_latest, reverse=True)),
            "all": tuple(shown),
        },
        left_out=len(items) - len(shown),
    )


def _item(search: Search, debrief: Debrief, today: dt.date) -> Item:
    process = search.process_of(debrief.path)
    return Item(
        date=debrief.date,
        time=debrief.time,
        company=debrief.company,
        role=debrief.role,
        round=debrief.round,
        format=debrief.format,
        people=tuple(person.name for person in search.people_of(debrief.path)),
        unnamed=sum(1 for met in debrief.people if met.name is None),
        felt=debrief.felt,
        forecast=debrief.forecast,
        outcome=debrief.outcome,
        hear_by=debrief.hear_by,
        heard=debrief.heard,
        state="to-come" if is_to_come(debrief, today) else "past",
        written=not debrief.empty,
        closed=process.closed if process else "",
        path=debrief.path,
        line=1,
    )


def _track(process: Process, by_path: dict[str, Item]) -> Track | None:
    rounds = tuple(by_path[d.path] for d in process.debriefs if d.path in by_path)
    if not rounds:
        return None
    past = [item for item in rounds if item.state == "past"]
    said = process.application.outcome if process.application else ""
    told = said if said != "open" else ""
    outcome = process.closed or told or (past[-1].outcome if past else "")
    hear_by = past[-1].hear_by if past and outcome == "waiting" else None
    return Track(process.company, process.role, process.closed, outcome, hear_by, rounds)


def _latest(track: Track) -> tuple[dt.date, str, str]:
    return (max(item.date or dt.date.min for item in track.rounds), track.company, track.role)
