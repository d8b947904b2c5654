"""Through whom somebody is written to whose address is not known: somebody else of that company."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobvault.search.names import key_of
from jobvault.search.people import Person
from jobvault.search.search import Search
from jobvault.words import fold
from jobvault.words.vocabulary import Vocabulary

_SCREEN = "recruiter-screen"


@dataclass(frozen=True)
class Contacts:
    """Those of each company who have an address."""

    search: Search
    vocabulary: Vocabulary

    def through(self, company: str, person: Person | None = None) -> Person | None:
        """Return who passes on mail for somebody at a company: a recruiter, else who was met last; None for nobody."""
        known = self._at.get(key_of(company), ()) if company else ()
        return next((other for other in known if person is None or other.key != person.key), None)

    @cached_property
    def _at(self) -> Mapping[str, Sequence[Person]]:
        table: dict[str, list[Person]] = {}
        for person in self.search.people:
            if person.email:
                for company in dict.fromkeys(key_of(name) for name in person.companies):
                    table.setdefault(company, []).append(person)
        for people in table.values():
            people.sort(key=lambda person: person.name)
            people.sort(key=lambda person: (self._recruits(person), _last_met(person)), reverse=True)
        return table

    def _recruits(self, person: Person) -> bool:
        title = f" {fold(person.title)} "
        said = any(f" {word} " in title for word in self.vocabulary.recruiters)
        return said or any(meeting.debrief.round == _SCREEN for meeting in person.meetings)


def _last_met(person: Person) -> dt.date:
    return max((meeting.debrief.date or dt.date.min for meeting in person.meetings), default=dt.date.min)
