"""Interviews: those to come, the rounds of each process in order, and all of them in a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jobvault.model import Debrief
from jobvault.search.query import Query
from jobvault.search.search import Process, Search
from jobvault.views import Answer
from jobvault.words import Words


@dataclass(frozen=True, slots=True)
class Item:
    """One interview. ``state`` is ``to-come`` or ``past``; ``closed`` is the outcome that ended its process, if any."""

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
    state: str
    written: bool
    closed: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Track:
    """The rounds of one process, in order."""

    company: str
    role: str
    closed: str
    outcome: str
    hear_by: dt.date | None
    rounds: tuple[Item, ...]


def answer(search: Search, query: Query, today: dt.date, _words: Words) -> Answer:
    """List interviews, latest first; ``limit`` keeps the latest ones."""
    asked = [debrief for debrief in search.debriefs if query.takes(search, debrief, today)]
    everything = [_item(search, debrief, today) for debrief in reversed(asked)]
    shown = everything[: query.limit] if query.limit else everything
    by_path = {item.path: item for item in shown}
    to_come = sorted((item for item in shown if item.state == "to-come"), key=lambda item: (item.date or dt.date.max, item.path))
    tracks = [_track(process, by_path) for process in search.processes if any(d.path in by_path for d in process.debriefs)]
    return Answer(
        view="interviews",
        today=today,
        items=tuple(shown),
        parts={
            "to_come": tuple(to_come),
            "tracks": tuple(sorted(tracks, key=_latest, reverse=True)),
            "all": tuple(shown),
        },
        left_out=len(everything) - len(shown),
    )


def _item(search: Search, debrief: Debrief, today: dt.date) -> Item:
    process = search.process_of(debrief.path)
    to_come = debrief.date is not None and debrief.date >= today and debrief.empty and debrief.outcome in ("", "waiting")
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
        state="to-come" if to_come else "past",
        written=not debrief.empty,
        closed=process.closed if process else "",
        path=debrief.path,
        line=1,
    )


def _track(process: Process, by_path: dict[str, Item]) -> Track:
    rounds = tuple(by_path[d.path] for d in process.debriefs if d.path in by_path)
    past = [item for item in rounds if item.state == "past"]
    last = past[-1] if past else rounds[-1]
    application = process.application
    outcome = process.closed or (application.outcome if application and application.outcome != "open" else "") or last.outcome
    hear_by = last.hear_by if outcome == "waiting" and not process.closed else None
    return Track(process.company, process.role, process.closed, outcome, hear_by, rounds)


def _latest(track: Track) -> tuple[dt.date, str, str]:
    return (max(item.date or dt.date.min for item in track.rounds), track.company, track.role)
