"""The coverage matrix: everybody met × round, and what was written to them; what is owed by when, and what no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jobvault.model import CHAT, TAKE_HOME, Debrief, FollowUp
from jobvault.search.check_ins import CheckIn
from jobvault.search.due import thanks_due
from jobvault.search.letters import THANK_YOU, is_sent
from jobvault.search.obligations import Addressed, Obligations
from jobvault.search.people import Person
from jobvault.search.processes import in_time, is_to_come

State = Literal["owed", "task", "drafted", "sent", "ticked", "dropped", "missed", "not-owed", "not-met"]
"""How it stands with the thanks to somebody. ``missed``: owed, but for longer than one is reminded."""


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in a round, with the letters to them about it, by path. ``person`` is None for an unknown recipient.

    ``due`` is the day by which thanks are due where they are owed; ``task`` what asks for them, or asked.
    ``to_send`` holds the paths of the letters that are still to be sent.
    """

    name: str
    person: Person | None
    letters: tuple[Addressed, ...]
    state: State
    due: dt.date | None = None
    task: FollowUp | None = None
    to_send: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        """Whether anything is still to be done."""
        return self.state in ("owed", "task") or bool(self.to_send)


@dataclass(frozen=True, slots=True)
class Round:
    """One interview: who was there, how many have no name, and what there is to ask where it is the one to ask about.

    ``nameless`` counts those whose name is to be asked for; ``closed`` is the outcome that ended its process, where
    nothing is owed any more.
    """

    debrief: Debrief
    rows: tuple[Row, ...]
    unnamed: int
    nameless: int
    closed: str
    check_in: CheckIn | None = None


def coverage(obligations: Obligations, today: dt.date) -> tuple[Round, ...]:
    """Return the interviews that have been, in order; take-homes and cancelled ones only with letters about them."""
    check_ins = {found.debrief.path: found for found in obligations.check_ins(today)}
    drafts = frozenset(draft.letter.path for draft in obligations.drafts() if draft.is_recent(today))
    rounds = (
        _round(obligations, debrief, check_ins.get(debrief.path), drafts, today)
        for debrief in sorted(obligations.search.debriefs, key=in_time)
        if debrief.date is not None and debrief.date <= today and not is_to_come(debrief, today)
    )
    return tuple(found for found in rounds if found.rows or found.unnamed or found.check_in)


def _round(
    obligations: Obligations, debrief: Debrief, check_in: CheckIn | None, drafts: frozenset[str], today: dt.date
) -> Round:
    process = obligations.search.process_of(debrief.path)
    counts = debrief.outcome != "cancelled" and TAKE_HOME not in (debrief.round, debrief.format)
    reminded = obligations.is_reminded(debrief, today)
    return Round(
        debrief=debrief,
        rows=tuple(_rows(obligations, debrief, drafts, reminded=reminded, counts=counts)),
        unnamed=sum(met.name is None for met in debrief.people) if counts else 0,
        nameless=obligations.nameless(debrief) if reminded else 0,
        closed=process.closed if process and debrief.round != CHAT else "",
        check_in=check_in,
    )


def _rows(
    obligations: Obligations, debrief: Debrief, drafts: frozenset[str], *, reminded: bool, counts: bool
) -> Iterator[Row]:
    """Yield who was there, in the order of the note, then who else was written to about it."""
    letters: dict[tuple[str, ...], list[Addressed]] = {}
    for found in obligations.letters_about(debrief):
        letters.setdefault(found.to, []).append(found)
    people = obligations.search.people_of(debrief.path) if counts else ()
    for person in people:
        yield _row(obligations, debrief, person, letters.pop(person.key, []), drafts, reminded=reminded)
    for found_here in letters.values():
        first = found_here[0]
        name = first.person.name if first.person else first.letter.to
        yield Row(name, first.person, tuple(found_here), "not-met", to_send=_to_send(found_here, drafts))


def _row(
    obligations: Obligations,
    debrief: Debrief,
    person: Person,
    letters: Sequence[Addressed],
    drafts: frozenset[str],
    *,
    reminded: bool,
) -> Row:
    tasks = obligations.thanks_tasks(debrief, person)
    state, task = _state(obligations, debrief, letters, tasks, reminded=reminded)
    due = thanks_due(debrief, obligations.search.settings.letters)
    if state == "task" and task is not None:
        due = task.due or due
    shown = due if state in ("owed", "task", "drafted", "missed") else None
    return Row(person.name, person, tuple(letters), state, shown, task, _to_send(letters, drafts))


def _to_send(letters: Sequence[Addressed], drafts: frozenset[str]) -> frozenset[str]:
    return frozenset(found.letter.path for found in letters) & drafts


def _state(
    obligations: Obligations,
    debrief: Debrief,
    letters: Sequence[Addressed],
    tasks: Sequence[FollowUp],
    *,
    reminded: bool,
) -> tuple[State, FollowUp | None]:
    """Return how it stands with the thanks to somebody, and the task that says so."""
    thanks = [found for found in letters if found.kind == THANK_YOU]
    by_status = {task.status: task for task in reversed(tasks)}
    pending = by_status.get("open") or by_status.get("in-progress")
    owed = obligations.owes_thanks(debrief)
    ways: tuple[tuple[State, bool, FollowUp | None], ...] = (
        ("sent", any(is_sent(found.letter) for found in thanks), None),
        ("ticked", "done" in by_status, by_status.get("done")),
        ("not-owed", not owed, None),
        ("task", pending is not None, pending),
        ("drafted", bool(thanks), None),
        ("dropped", "cancelled" in by_status, by_status.get("cancelled")),
        ("owed", reminded, None),
    )
    return next(((state, task) for state, so, task in ways if so), ("missed", None))
