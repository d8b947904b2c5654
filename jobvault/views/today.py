"""Today: interviews to come, debriefs to write, follow-ups due and answers you were promised, in a dozen lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jobvault.model import Status
from jobvault.search.letters import CHECK_IN
from jobvault.search.obligations import owes_debrief
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer, follow_ups, interviews
from jobvault.words import Words

LINES = 12
"""How many lines it is at most, headings counted."""
AHEAD = 7
"""How many days an interview is shown ahead."""
_DUE = ("overdue", "this-week", "worth-doing")

Kind = Literal["interview", "debrief", "follow-up", "answer"]
KINDS: tuple[Kind, ...] = ("interview", "debrief", "follow-up", "answer")
"""What there is, in the order shown."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to know today. ``date`` and ``time`` are the interview's.

    ``due`` is the day by which a follow-up is due or an answer was promised. ``id``, ``text``, ``status`` and
    ``command`` are a follow-up's, and empty elsewhere.
    """

    kind: Kind
    id: str
    text: str
    status: Status | Literal[""]
    due: dt.date | None
    date: dt.date | None
    time: dt.time | None
    company: str
    role: str
    round: str
    people: tuple[str, ...]
    unnamed: int
    path: str
    line: int | None
    command: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item, and what its line is made from: that of a follow-up from the item of its own view."""

    item: Item
    shown: Item | follow_ups.Item


def answer(search: Search, query: Query, today: dt.date, words: Words) -> Answer:
    """Gather what matters today; of more than a dozen lines some of each kind, with how many more there are.

    ``within`` is the number of days that are looked ahead, in place of a week.
    """
    everything = replace(query, limit=None)
    rounds = interviews.answer(search, replace(everything, within=None), today, words)
    due = list(_due(search, everything, today, words))
    found = [
        *_to_come(rounds, today + dt.timedelta(days=AHEAD if query.within is None else query.within)),
        *_owed(search, rounds, today),
        *due,
        *_promised(rounds, today, {entry.item.path for entry in due if _asks(entry)}),
    ]
    taken = found[: query.limit] if query.limit else found
    groups = [[entry for entry in taken if entry.item.kind == kind] for kind in KINDS]
    counts = fitting([len(group) for group in groups], query.lines or LINES)
    fitted = list(zip(KINDS, groups, counts, strict=True))
    return Answer(
        view="today",
        today=today,
        items=tuple(entry.item for entry in taken),
        parts={
            "lines": query.lines or LINES,
            "groups": [
                {"kind": kind, "entries": _first(group, count, today)} for kind, group, count in fitted if group
            ],
            "more": [{"kind": kind, "n": len(group) - count} for kind, group, count in fitted if len(group) > count],
            "any": bool(rounds.items or found),
        },
        left_out=len(found) - len(taken),
    )


def fitting(counts: Sequence[int], lines: int = LINES) -> list[int]:
    """Return how many entries of each group fit into some lines; each group that has any has a heading.

    Lines are dealt out in turn, so that a long group takes nothing from a short one. Where not all entries fit, one
    line is kept to say so.
    """
    room = lines - sum(1 for count in counts if count)
    room -= sum(counts) > room
    dealt = [0] * len(counts)
    while room > 0 and dealt != list(counts):
        for place, count in enumerate(counts):
            if room > 0 and dealt[place] < count:
                dealt[place] += 1
                room -= 1
    return dealt


def _first(group: Sequence[_Entry], count: int, today: dt.date) -> list[Item | follow_ups.Item]:
    """Return what is shown of a group, in its order; of follow-ups what presses most, not what is the oldest."""
    places = list(range(len(group)))
    if group[0].item.kind == "follow-up":
        places.sort(key=lambda place: _pressing(group[place].item, today))
    return [group[place].shown for place in sorted(places[:count])]


def _pressing(item: Item, today: dt.date) -> tuple[int, int]:
    """Due today, then overdue since shortly, then due soon, then undated."""
    days = 0 if item.due is None else (item.due - today).days
    return (3 if item.due is None else 2 if days > 0 else 1 if days < 0 else 0, abs(days))


def _to_come(rounds: Answer, last: dt.date) -> Iterator[_Entry]:
    """Give the interviews up to a day, soonest first."""
    return (_of_round("interview", found) for found in rounds.parts["to_come"] if found.date <= last)


def _owed(search: Search, rounds: Answer, today: dt.date) -> Iterator[_Entry]:
    """Give the debriefs owed, the freshest interview first."""
    for found in rounds.items:
        debrief = search.debrief_of(found.path)
        if debrief is not None and owes_debrief(debrief, today):
            yield _of_round("debrief", found)


def _asks(entry: _Entry) -> bool:
    """Whether it says to ask where things stand, with the round that is asked about."""
    return isinstance(entry.shown, follow_ups.Item) and entry.shown.kind == CHECK_IN and entry.shown.line is None


def _promised(rounds: Answer, today: dt.date, asked: Collection[str]) -> Iterator[_Entry]:
    """Give the rounds whose answer was promised by today, the longest overdue first.

    None where a later round is to come: that is the answer; nor where one is told already to ask about the round.
    """
    passed = [track for track in rounds.parts["tracks"] if track.hear_by and track.hear_by <= today]
    for track in sorted(passed, key=lambda track: (track.hear_by, track.company, track.role)):
        last = track.rounds[-1]
        if last.state == "past" and last.heard is None and last.path not in asked:
            yield _of_round("answer", last, track.hear_by)


def _of_round(kind: Kind, found: interviews.Item, due: dt.date | None = None) -> _Entry:
    item = Item(
        kind=kind,
        id="",
        text="",
        status="",
        due=due,
        date=found.date,
        time=found.time,
        company=found.company,
        role=found.role,
        round=found.round,
        people=found.people,
        unnamed=found.unnamed,
        path=found.path,
        line=found.line,
    )
    return _Entry(item, item)


def _due(search: Search, query: Query, today: dt.date, words: Words) -> Iterator[_Entry]:
    """Give the follow-ups due, the longest overdue first; and without ``within`` what is worth doing."""
    for task in follow_ups.answer(search, query, today, words).items:
        if task.section in _DUE or (task.section == "later" and query.within is not None):
            item = Item(
                kind="follow-up",
                id=task.id,
                text=task.text,
                status=task.status,
                due=task.due,
                date=task.date,
                time=None,
                company=task.company,
                role=task.role,
                round=task.round,
                people=task.people,
                unnamed=0,
                path=task.path,
                line=task.line,
                command=task.command,
            )
            yield _Entry(item, task)
