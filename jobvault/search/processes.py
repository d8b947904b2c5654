"""Hiring processes: which debriefs belong together, to which application, and what has come to an end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jobvault.model import CHAT, CLOSING_OUTCOMES, Application, Debrief
from jobvault.search.names import NoteNames, key_of

_OPEN = frozenset({"", "open", "offer"})
_CLOSED = "closed"
"""What a process is said to be whose application only says when it was closed."""


@dataclass(frozen=True, slots=True)
class Process:
    """The rounds at one company for one role, in order of date; none where there only is an application.

    ``closed`` is the outcome that ended it, or empty.
    """

    company: str
    role: str
    application: Application | None
    debriefs: tuple[Debrief, ...]
    closed: str = ""


def find_processes(
    debriefs: Sequence[Debrief], applications: Iterable[Application], names: NoteNames
) -> tuple[Process, ...]:
    """Group debriefs (in order of date) into processes, in order of their first round; those without any come last.

    A debrief belongs to the application it links, else to the one with its company and role, else to the company's
    only open one. Without an application, those of one company and role belong together; a debrief that names no role
    belongs to the company's only one.
    """
    register = _Register(tuple(applications), names)
    found = [(debrief, register.application_of(debrief)) for debrief in debriefs]
    roles: dict[str, set[str]] = {}
    for debrief, application in found:
        if application is None and debrief.role:
            roles.setdefault(key_of(debrief.company), set()).add(key_of(debrief.role))
    groups: dict[tuple[str, ...], list[Debrief]] = {}
    owner: dict[tuple[str, ...], Application | None] = {}
    for debrief, application in found:
        key = (application.path,) if application else _key(debrief, roles)
        groups.setdefault(key, []).append(debrief)
        owner[key] = application
    for application in register.applications:
        groups.setdefault((application.path,), [])
        owner[application.path,] = application
    return tuple(_process(owner[key], rounds) for key, rounds in groups.items())


def in_time(debrief: Debrief) -> tuple[dt.date, str, str]:
    """Order debriefs by date, time and path; those without a date come first."""
    return (debrief.date or dt.date.min, debrief.time.isoformat() if debrief.time else "", debrief.path)


def is_to_come(debrief: Debrief, today: dt.date) -> bool:
    """Whether an interview is still to be: of a later day, whatever is written already; of today while nothing is."""
    if debrief.date is None or debrief.outcome not in ("", "waiting"):
        return False
    return debrief.date > today or (debrief.date == today and debrief.empty)


def _key(debrief: Debrief, roles: dict[str, set[str]]) -> tuple[str, ...]:
    """What the debriefs of a process without an application have in common; one of no company stands alone."""
    company = key_of(debrief.company)
    if not company:
        return ("", debrief.path)
    here = roles.get(company, set())
    return (company, key_of(debrief.role) if debrief.role or len(here) != 1 else next(iter(here)))


@dataclass(slots=True)
class _Register:
    """All applications, to find the one that an interview belongs to."""

    applications: tuple[Application, ...]
    names: NoteNames
    at: dict[str, list[Application]] = field(default_factory=dict)
    by_path: dict[str, Application] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for application in self.applications:
            self.by_path[application.path] = application
            if application.company:
                self.at.setdefault(key_of(application.company), []).append(application)

    def application_of(self, debrief: Debrief) -> Application | None:
        """Return the application that a debrief links; else that of its company and role; else the only open one.

        Open is what was open on the day of the interview, so that a debrief stays where it is once an answer has come.
        """
        linked = self.names.resolve(debrief.application, debrief.path) if debrief.application else None
        if linked in self.by_path:
            return self.by_path[linked]
        here = self.at.get(key_of(debrief.company), [])
        same_role = [a for a in here if debrief.role and key_of(a.role) == key_of(debrief.role)]
        if same_role:
            return next((a for a in same_role if _open_on(a, debrief.date)), same_role[-1])
        here = [a for a in here if _may_be_one(a.role, debrief.role)]
        for among in ([a for a in here if _open_on(a, debrief.date)], [a for a in here if _is_open(a)]):
            if len(among) == 1:
                return among[0]
        return here[0] if len(here) == 1 and not debrief.role else None


def _is_open(application: Application) -> bool:
    return application.closed is None and application.outcome in _OPEN


def _may_be_one(role: str, other: str) -> bool:
    """Whether two roles may be the same: one is not named, or all its words are in the other (``Senior SRE``)."""
    one, two = set(key_of(role).split()), set(key_of(other).split())
    return one <= two or two <= one


def _open_on(application: Application, day: dt.date | None) -> bool:
    """Whether an application was open on the day of an interview, as far as its dates say."""
    if day is None or (application.closed is None and application.outcome not in _OPEN):
        return False
    return (application.applied is None or application.applied <= day) and (
        application.closed is None or application.closed >= day
    )


def _process(application: Application | None, rounds: list[Debrief]) -> Process:
    company = rounds[-1].company if rounds else application.company if application else ""
    role = (application.role if application else "") or next((d.role for d in rounds if d.role), "")
    return Process(company, role, application, tuple(rounds), _closed(application, rounds))


def _closed(application: Application | None, rounds: Sequence[Debrief]) -> str:
    """An application's close, else the latest closing outcome of a debrief, unless a later round followed the answer.

    A cancelled round and a chat are no later round.
    """
    closing = [debrief for debrief in rounds if debrief.outcome in CLOSING_OUTCOMES]
    last = max(closing, key=_answered, default=None)
    if application is not None and not _is_open(application):
        return application.outcome if application.outcome not in _OPEN else last.outcome if last else _CLOSED
    if last is None:
        return ""
    later = [
        d for d in rounds if d.round != CHAT and d.outcome != "cancelled" and (d.date or dt.date.min) > _answered(last)
    ]
    return "" if later else last.outcome


def _answered(debrief: Debrief) -> dt.date:
    return max(debrief.heard or dt.date.min, debrief.date or dt.date.min)
