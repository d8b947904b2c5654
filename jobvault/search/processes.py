"""Hiring processes: which debriefs belong together, to which application, and what has come to an end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobvault.model import CLOSING_OUTCOMES, Application, Debrief
from jobvault.search.names import NoteNames, key_of

_OPEN = frozenset({"", "open", "offer"})


@dataclass(frozen=True, slots=True)
class Process:
    """The rounds at one company for one role, in order of date. ``closed`` is the outcome that ended it, or empty."""

    company: str
    role: str
    application: Application | None
    debriefs: tuple[Debrief, ...]
    closed: str = ""


def find_processes(
    debriefs: Sequence[Debrief], applications: Sequence[Application], names: NoteNames
) -> tuple[Process, ...]:
    """Group debriefs (in order of date) into processes, in order of their first round.

    A debrief belongs to the application it links, else to the one with its company and role, else to the company's
    only open one. Without an application, those of one company and role belong together; a debrief that names no role
    belongs to the company's only one.
    """
    groups: dict[tuple[str, ...], list[Debrief]] = {}
    owner: dict[tuple[str, ...], Application | None] = {}
    for debrief in debriefs:
        application = application_of(debrief, applications, names)
        key = (application.path,) if application else (key_of(debrief.company), _role(debrief, debriefs))
        groups.setdefault(key, []).append(debrief)
        owner[key] = application
    return tuple(_process(owner[key], rounds) for key, rounds in groups.items())


def application_of(
    debrief: Debrief, applications: Iterable[Application], names: NoteNames
) -> Application | None:
    """Return the application that a debrief belongs to."""
    known = list(applications)
    if debrief.application:
        linked = names.resolve(debrief.application, debrief.path)
        found = next((a for a in known if a.path == linked), None)
        if found:
            return found
    here = [a for a in known if debrief.company and key_of(a.company) == key_of(debrief.company)]
    if debrief.role:
        found = next((a for a in here if key_of(a.role) == key_of(debrief.role)), None)
        if found:
            return found
    still_open = [a for a in here if a.outcome in _OPEN and a.closed is None]
    if len(still_open) == 1 and _alike(debrief.role, still_open[0].role):
        return still_open[0]
    return here[0] if len(here) == 1 and not debrief.role else None


def _alike(role: str, other: str) -> bool:
    """Whether two roles may be one: one is missing, or its words are all in the other (``Engineer``, ``SRE engineer``)."""
    one, two = set(key_of(role).split()), set(key_of(other).split())
    return one <= two or two <= one


def _role(debrief: Debrief, debriefs: Sequence[Debrief]) -> str:
    if debrief.role:
        return key_of(debrief.role)
    roles = {key_of(d.role) for d in debriefs if d.role and key_of(d.company) == key_of(debrief.company)}
    return roles.pop() if len(roles) == 1 else ""


def _process(application: Application | None, rounds: list[Debrief]) -> Process:
    role = (application.role if application else "") or next((d.role for d in rounds if d.role), "")
    return Process(rounds[-1].company, role, application, tuple(rounds), _closed(application, rounds))


def _closed(application: Application | None, rounds: Sequence[Debrief]) -> str:
    """An application's close, else the latest debrief with a closing outcome, unless a later round followed it."""
    if application and (application.closed or application.outcome not in _OPEN):
        return application.outcome if application.outcome not in _OPEN else "closed"
    for debrief in reversed(rounds):
        if debrief.outcome in CLOSING_OUTCOMES:
            return debrief.outcome
        if debrief.outcome not in ("", "cancelled") or not debrief.empty:
            return ""
    return ""
