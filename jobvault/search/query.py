"""What a view is asked: the arguments that all views take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jobvault.model import Application, Debrief, FollowUp, Problem
from jobvault.search.names import key_of, stem_of
from jobvault.search.people import Person
from jobvault.search.search import Search
from jobvault.words import without_accents

ARGUMENTS = ("company", "role", "person", "since", "until", "within", "limit")
_SPAN = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Query:
    """Filters of a view. ``since`` and ``until`` bound the debrief's date, both included.

    ``within`` is a number of days: follow-ups due by then (overdue ones always); elsewhere, debriefs of the last so
    many days, today being the last of them. ``limit`` bounds the number of items. ``lines`` is no argument: where it is
    shown may have room for less than a view that keeps itself short takes on its own.
    """

    company: str = ""
    role: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    within: int | None = None
    limit: int | None = None
    lines: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether it asks for some debriefs only."""
        return any((self.company, self.role, self.person, self.since, self.until)) or self.within is not None

    def takes(self, search: Search, debrief: Debrief, today: date, *, within: bool = True) -> bool:
        """Whether a debrief is asked for. ``within=False`` leaves that argument to the view."""
        return (
            self._in_time(debrief.date)
            and (not within or self.within is None or self._recent(debrief.date, today))
            and self._at(search, debrief.company, debrief.role, debrief.path)
            and (not self.person or any(self.means(person) for person in search.people_of(debrief.path)))
        )

    def takes_follow_up(self, search: Search, item: FollowUp, today: date) -> bool:
        """Whether a follow-up is asked for."""
        due_soon = self.within is None or (item.due is not None and item.due <= today + timedelta(days=self.within))
        return (
            self._in_time(item.date)
            and due_soon
            and self._at(search, item.company, item.role, item.path)
            and (not self.person or any(self.means(person) for person in search.people_in(item)))
        )

    def problems(self, search: Search, today: date, *, within: bool = True) -> tuple[Problem, ...]:
        """Return the errors, then the warnings, in the notes asked for; those of the whole vault where all are."""
        asked = self if within else replace(self, within=None)
        found = sorted((p for p in search.problems if p.severity != "hint"), key=lambda p: p.severity != "error")
        return tuple(p for p in found if not asked.narrows or asked.takes_note(search, p.path, today))

    def matches(self, search: Search, today: date) -> bool:
        """Whether there is any debrief, application or follow-up of what is asked for, ``within`` left out.

        Where there is none, that nothing is due there says nothing: it was probably mistyped.
        """
        anytime = replace(self, within=None, limit=None)
        return (
            not anytime.narrows
            or any(anytime.takes(search, debrief, today) for debrief in search.debriefs)
            or any(anytime.takes_follow_up(search, item, today) for item in search.follow_ups)
            or any(anytime.takes_application(search, application) for application in search.applications)
        )

    def takes_application(self, search: Search, application: Application) -> bool:
        """Whether an application is asked for."""
        return (
            not self.person
            and self._in_time(application.applied)
            and self._at(search, application.company, application.role, application.path)
        )

    def takes_note(self, search: Search, path: str, today: date) -> bool:
        """Whether the debrief at a path is asked for, or one that the letter or application there belongs to."""
        about, process = search.debrief_of(path), search.process_of(path)
        debriefs = (about,) if about else process.debriefs if process else ()
        return any(self.takes(search, debrief, today) for debrief in debriefs)

    def means(self, person: Person) -> bool:
        """Whether a person is the one asked for: by name, by an alias, or by first name; all do where nobody is."""
        return self.means_person(person.name, person.first, *person.aliases)

    def means_person(self, *names: str) -> bool:
        """Whether one of somebody's names is the one asked for."""
        return not self.person or _name(self.person) in _written(*names)

    def means_company(self, search: Search, company: str) -> bool:
        """Whether a company is the one asked for, under any of its names."""
        return not self.company or key_of(search.company(_name(self.company))) in _written(company)

    def means_role(self, *roles: str) -> bool:
        """Whether one of some roles is the one asked for."""
        return not self.role or key_of(self.role) in _written(*roles)

    def _in_time(self, day: date | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return day is not None and (self.since or date.min) <= day <= (self.until or date.max)

    def _recent(self, day: date | None, today: date) -> bool:
        return day is not None and self.within is not None and (today - day).days < self.within

    def _at(self, search: Search, company: str, role: str, path: str) -> bool:
        """Whether it is the company's, and the role's, which its application may name."""
        if not self.means_company(search, company):
            return False
        process = search.process_of(path) if self.role and not role else None
        return self.means_role(role, process.role if process else "")


def _written(*names: str) -> set[str]:
    """Return the keys by which names can be asked for: as they are, and without accents."""
    keys = {key_of(name) for name in names}
    return keys | {without_accents(key) for key in keys}


def _name(asked: str) -> str:
    """Return the name that is asked for, which may be written as a link."""
    inner = asked.strip().removeprefix("[[").removesuffix("]]")
    return key_of(stem_of(inner.split("|")[0]) if inner != asked.strip() else asked)


def read_query(arguments: Mapping[str, str]) -> tuple[Query, tuple[tuple[str, str], ...]]:
    """Read a view's arguments as written in a block. Returns the query and what is not understood: (argument, why).

    ``why`` is a key of the word files' ``texts: argument``: ``unknown``, or what was expected.
    """
    values: dict[str, object] = {}
    wrong: list[tuple[str, str]] = []
    for name, written in arguments.items():
        if name not in ARGUMENTS:
            wrong.append((name, "unknown"))
            continue
        value = _READERS[name](written.strip())
        if value is None:
            wrong.append((f"{name}={written}", _EXPECTED.get(name, "name")))
        else:
            values[name] = value
    return Query(**values), tuple(wrong)  # type: ignore[arg-type]


_EXPECTED = {
    "since": "date",
    "until": "date",
    "within": "days",
    "limit": "count",
}


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if _DATE.fullmatch(written) else None
    except ValueError:
        return None


def _days(written: str) -> int | None:
    found = _SPAN.fullmatch(written.lower())
    return None if found is None else int(found[1]) * (7 if (found[2] or "").startswith("w") else 1)


def _count(written: str) -> int | None:
    return int(written) or None if re.fullmatch(r"\d{1,9}", written) else None


_READERS = {
    "company": lambda written: written or None,
    "role": lambda written: written or None,
    "person": lambda written: written or None,
    "since": _day,
    "until": _day,
    "within": _days,
    "limit": _count,
}
