"""What the whole vault gives a letter to be judged by: worked out once, however many letters are checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobvault.model import Debrief
from jobvault.search.asked import Interviewers
from jobvault.search.concerns import Entry, Owner, concern_ledger
from jobvault.search.people import Person
from jobvault.search.search import Search
from jobvault.words import fold
from jobvault.words.fold import without_accents


@dataclass(frozen=True)
class Everywhere:
    """Names, concerns and what went well, of all debriefs."""

    search: Search

    @cached_property
    def companies(self) -> Sequence[str]:
        """All names of companies: those of debriefs and applications, and those that the settings declare."""
        search = self.search
        written = [*(debrief.company for debrief in search.debriefs), *(one.company for one in search.applications)]
        declared = [one for name, aliases in search.settings.companies.items() for one in (name, *aliases)]
        return list(dict.fromkeys(name for name in (*written, *declared) if name))

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of all names of people and companies."""
        names = [name for person in self.search.people for name in names_of(person)]
        return frozenset(fold(" ".join([*names, *self.companies])).split())

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of people and companies, folded, and each of their words."""
        names = [name for person in self.search.people for name in names_of(person)]
        return frozenset({fold(name) for name in (*names, *self.companies)} | self.words)

    @cached_property
    def _by_part(self) -> Mapping[str, Sequence[Person]]:
        table: dict[str, dict[tuple[str, ...], Person]] = {}
        for person in self.search.people:
            for name in names_of(person):
                for part in name.split():
                    table.setdefault(_alike(part), {})[tuple(person.key)] = person
        return {part: list(people.values()) for part, people in table.items()}

    def called(self, word: str) -> Sequence[Person]:
        """Return the people of whose names a word is a part, case-blind and without accents."""
        return self._by_part.get(_alike(word), ())

    @cached_property
    def _concerns(self) -> Mapping[Owner, Sequence[Entry]]:
        table: dict[Owner, list[Entry]] = {}
        for entry in concern_ledger(self.search):
            table.setdefault(entry.owner, []).append(entry)
        return table

    def concerns_of(self, owner: Owner) -> Sequence[Entry]:
        """Return somebody's concerns."""
        return self._concerns.get(owner, ())

    @cached_property
    def interviewers(self) -> Interviewers:
        """Who asked what."""
        return Interviewers(self.search)

    @cached_property
    def good(self) -> Sequence[str]:
        """What debriefs name as a strength, and answers that went well."""
        return list(dict.fromkeys(text for debrief in self.search.debriefs for text in _good_in(debrief)))


def names_of(person: Person) -> list[str]:
    """Return the names that somebody goes by."""
    return list(dict.fromkeys([person.name, *person.aliases]))


def _alike(word: str) -> str:
    return without_accents(fold(word))


def _good_in(debrief: Debrief) -> Iterator[str]:
    yield from (remark.text for remark in debrief.strong)
    concerns = [*debrief.concerns, *(concern for met in debrief.people for concern in met.concerns)]
    yield from (reply.text for concern in concerns for reply in concern.replies if not reply.rough)
