"""Which interview an answer is about: the round that waits for one, of the company, person or role that is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from jobvault.actions.known import known_company
from jobvault.actions.matching import with_beginnings
from jobvault.actions.which import DaysOf, Meant, as_meant, debriefs_meant, notes_meant
from jobvault.errors import NotFoundError, RefusedError
from jobvault.model import CHAT, Application, Debrief
from jobvault.notes.reading import Reading
from jobvault.search.names import key_of, stem_of
from jobvault.search.search import in_time
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

WAITING = ("", "waiting")
"""The outcomes of a round whose answer has not come."""
BEFOREHAND = frozenset({"cancelled", "withdrawn"})
"""What can become of an interview before its day."""


def rounds_meant(vault: Vault, asked: str, outcome: str, days_of: DaysOf) -> tuple[Debrief, ...]:
    """Return the rounds that an answer may be about, the likeliest first: one where that is sure.

    Of the rounds of one process that the words fit, it is the last that has been, and the one to come where that has
    its answer or ``outcome`` is ``cancelled``. Of several processes the one that waits is meant; without words, all
    that wait, those to come only where ``outcome`` is one of ``BEFOREHAND``. Raises ``NotFoundError`` where the words
    name a note that is no debrief.
    """
    fitting = _fitting(vault, asked, days_of) if asked.strip() else vault.debriefs
    processes: dict[int, list[Debrief]] = {}
    for debrief in fitting:
        processes.setdefault(id(vault.search.process_of(debrief.path)), []).append(debrief)
    each = sorted((_of_process(vault, rounds, outcome) for rounds in processes.values()), key=in_time, reverse=True)
    waiting = [debrief for debrief in each if debrief.outcome in WAITING]
    if not asked.strip():
        been = waiting if outcome in BEFOREHAND else [one for one in waiting if not _to_come([one], vault.today.date)]
        return tuple(one for one in been if one.round != CHAT)
    if waiting:
        return tuple(waiting)
    one_company = len({key_of(debrief.company) for debrief in each}) == 1
    return tuple(each[:1] if one_company else each)


def as_candidate(vault: Vault, debrief: Debrief) -> Meant:
    """Return a round as it is listed: by its note, with what tells it from others."""
    answer = "" if debrief.outcome in WAITING else vault.words.say("outcome", debrief.outcome)
    told = " · ".join(filter(None, (debrief.role, as_meant(vault, debrief).told, answer)))
    return Meant(debrief.path, told=told)


def refuse_unreadable(reading: Reading) -> None:
    """Raise ``RefusedError``, with the line, where an error keeps a note from being read."""
    for problem in reading.problems:
        if problem.severity == "error":
            raise RefusedError(problem.path, problem.line, f"{problem.message}. {problem.hint}".rstrip())


def rounds_to_come(vault: Vault, debrief: Debrief, today: dt.date) -> tuple[Debrief, ...]:
    """Return the rounds of the same process that are still in the notes for a later day."""
    process = vault.search.process_of(debrief.path)
    rounds = process.debriefs if process else ()
    return tuple(other for other in _to_come(rounds, today) if other.path != debrief.path)


def application_meant(vault: Vault, asked: str) -> Application | None:
    """Return the open application at a company that nobody there has been met for yet; the latest of several."""
    company = key_of(known_company(vault, asked))
    here = [one for one in vault.search.applications if company and key_of(one.company) == company]
    here = here or with_beginnings(vault.search.applications, asked, lambda one: f"{one.company} {one.role}")
    return max(here, key=lambda one: (one.applied or dt.date.min, one.path), default=None)


def _of_process(vault: Vault, rounds: Sequence[Debrief], outcome: str) -> Debrief:
    """Return which of the rounds of one process the answer is about."""
    today = vault.today.date
    real = [one for one in rounds if one.outcome != "cancelled" and one.round != CHAT] or list(rounds)
    past = [one for one in real if one.date is None or one.date <= today]
    coming = _to_come(real, today)
    if outcome == "cancelled":
        near = [one for one in real if one.date is not None and one.date >= today and one.outcome in WAITING]
        return min(near, key=in_time) if near else _last(rounds, past, outcome)
    if coming and not (past and max(past, key=in_time).outcome in WAITING):
        return coming[0]
    return _last(rounds, past, outcome)


def _last(rounds: Sequence[Debrief], past: Sequence[Debrief], outcome: str) -> Debrief:
    """Return the last round that has been; where it was cancelled, that is what saying so again is about."""
    if outcome == "cancelled" and max(rounds, key=in_time).outcome == "cancelled":
        return max(rounds, key=in_time)
    return max(past or rounds, key=in_time)


def _to_come(rounds: Iterable[Debrief], today: dt.date) -> list[Debrief]:
    coming = [one for one in rounds if one.date is not None and one.date > today and one.outcome in WAITING]
    return sorted(coming, key=in_time)


def _fitting(vault: Vault, asked: str, days_of: DaysOf) -> tuple[Debrief, ...]:
    """Return the debriefs that words fit: a path, a note's name, a company, else a person, a round, a role, a day."""
    if "/" in asked or asked.endswith(".md"):
        return _at_path(vault, asked, days_of)
    named = [debrief for debrief in vault.debriefs if fold(stem_of(debrief.path)) == fold(asked)]
    company = key_of(known_company(vault, asked))
    at_company = [debrief for debrief in vault.debriefs if key_of(debrief.company) == company]
    if named or at_company:
        return tuple(named or at_company)
    days = cache(days_of)
    return tuple(debrief for debrief in vault.debriefs if debriefs_meant(vault, asked, days, (debrief,)))


def _at_path(vault: Vault, asked: str, days_of: DaysOf) -> tuple[Debrief, ...]:
    found = notes_meant(vault, asked, days_of)
    debriefs = [about for one in found if (about := vault.search.debrief_of(one.path)) is not None]
    if found and not debriefs:
        for reading in vault.readings():
            if reading.path == found[0].path:
                refuse_unreadable(reading)
        raise NotFoundError(f"{found[0].path} is no debrief, so no answer is written there.")
    return tuple(dict.fromkeys(debriefs))
