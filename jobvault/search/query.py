"""What a view is asked: the arguments that all views take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jobvault.model import Debrief, FollowUp
from jobvault.search.names import key_of
from jobvault.search.search import Search
from jobvault.words import fold

ARGUMENTS = ("company", "role", "person", "since", "until", "within", "limit")
_SPAN = re.compile(r"(\d{1,5})\s*([dw]?)")


@dataclass(frozen=True, slots=True)
class Query:
    """Filters of a view. ``since`` and ``until`` bound the debrief's date, both included.

    ``within`` is a number of days: follow-ups due by then (overdue ones always); elsewhere, debriefs of the last so
    many days. ``limit`` bounds the number of items.
    """

    company: str = ""
    role: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    within: int | None = None
    limit: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return self != Query()

    def takes(self, search: Search, debrief: Debrief, today: date, *, within: bool = True) -> bool:
        """Whether a debrief is asked for. ``within=False`` leaves that argument to the view."""
        return (
            self._in_time(debrief.date)
            and (not within or self.within is None or self._recent(debrief.date, today))
            and self._at(search, debrief.company, debrief.role)
            and (not self.person or any(same_person(self.person, p.name) for p in search.people_of(debrief.path)))
        )

    def takes_follow_up(self, search: Search, item: FollowUp, today: date) -> bool:
        """Whether a follow-up is asked for."""
        due_soon = self.within is None or (item.due is not None and item.due <= today + timedelta(days=self.within))
        return (
            self._in_time(item.date)
            and due_soon
            and self._at(search, item.company, item.role)
            and (not self.person or any(same_person(self.person, name) for name in item.people))
        )

    def _in_time(self, day: date | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return day is not None and (self.since or date.min) <= day <= (self.until or date.max)

    def _recent(self, day: date | None, today: date) -> bool:
        return day is not None and self.within is not None and day > today - timedelta(days=self.within)

    def _at(self, search: Search, company: str, role: str) -> bool:
        return (not self.company or same_company(search, self.company, company)) and (
            not self.role or key_of(self.role) == key_of(role)
        )


def same_company(search: Search, asked: str, company: str) -> bool:
    """Whether a company is the one asked for, by its name or an alias."""
    key = key_of(asked.strip("[]"))
    for name, aliases in search.settings.companies.items():
        if key in {key_of(name), *map(key_of, aliases)}:
            return key_of(name) == key_of(company)
    return key == key_of(company)


def same_person(asked: str, name: str) -> bool:
    """Whether a person is the one asked for: by full name, or by first name."""
    wanted, whole = fold(asked), fold(name)
    return wanted == whole or wanted == whole.split(" ")[0]


def read_query(arguments: Mapping[str, str]) -> tuple[Query, tuple[tuple[str, str], ...]]:
    """Read a view's arguments as written in a block. Returns the query and what is not understood: (argument, why)."""
    values: dict[str, object] = {}
    wrong: list[tuple[str, str]] = []
    for name, written in arguments.items():
        if name not in ARGUMENTS:
            wrong.append((name, "unknown"))
            continue
        value = written if name in ("company", "role", "person") else _typed(name, written)
        if value is None:
            wrong.append((f"{name}={written}", _EXPECTED[name]))
        else:
            values[name] = value
    return Query(**values), tuple(wrong)  # type: ignore[arg-type]


_EXPECTED = {
    "since": "expected a date, as 2026-11-23",
    "until": "expected a date, as 2026-11-23",
    "within": "expected a number of days, as 14d",
    "limit": "expected a number above 0",
}


def _typed(name: str, written: str) -> object | None:
    if name in ("since", "until"):
        try:
            return date.fromisoformat(written)
        except ValueError:
            return None
    found = _SPAN.fullmatch(written.strip().lower())
    if found is None or (name == "limit" and (found[2] or int(found[1]) < 1)):
        return None
    return int(found[1]) * (7 if found[2] == "w" else 1)
