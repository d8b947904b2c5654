"""What they asked and said in an interview, and who did."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from jobvault.model import Debrief, Question, Remark
from jobvault.search.mentions import names_person
from jobvault.search.names import key_of, stem_of
from jobvault.search.people import Person
from jobvault.search.query import Query
from jobvault.search.roster import named_first
from jobvault.search.search import Search


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one debrief; ``by`` are the names of those who asked it, as far as the note says."""

    question: Question
    debrief: Debrief
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Interviewers:
    """Everybody who may have asked something in a search's interviews."""

    search: Search

    @cached_property
    def _by_note(self) -> Mapping[str, Person]:
        return {person.note: person for person in self.search.people if person.note}

    @cached_property
    def _by_name(self) -> Mapping[str, Person]:
        table: dict[str, Person] = {}
        for person in self.search.people:
            for name in (person.name, *person.aliases):
                table.setdefault(key_of(name), person)
        return table

    def asked_in(self, debrief: Debrief) -> tuple[Asked, ...]:
        """Return the questions of a debrief in the order of the note, those under the people who asked them too.

        A link to a person says who asked; of somebody unnamed, what was written in place of a name does.
        """
        found = [Asked(question, debrief, self._linked(debrief, question)) for question in debrief.questions]
        found += [Asked(question, debrief, (name,) if name else ()) for name, question in self._under_people(debrief)]
        return tuple(sorted(found, key=lambda asked: asked.question.line))

    def are_those_of(self, query: Query, debrief: Debrief, by: Collection[str]) -> bool:
        """Whether the person asked for is among those who asked or said something in a debrief.

        Where it names nobody, it is theirs if nobody else was there.
        """
        if not query.person:
            return True
        if by:
            return not self._meant_by(query).isdisjoint(by)
        here = self.search.people_of(debrief.path)
        return len(here) == 1 and query.means(here[0]) and all(met.name for met in debrief.people)

    def named_in(self, debrief: Debrief, remark: Remark) -> tuple[str, ...]:
        """Return the names of those whom a remark links, or names among the people of its interview."""
        here = self.search.people_of(debrief.path)
        linked = [person for link in remark.links if (person := self._meant(link.target, debrief))]
        whole = [person for person in here if " " in person.name and _names(remark.text, person)]
        found = [*linked, *whole]
        return tuple(dict.fromkeys(person.name for person in (*found, *named_first(remark.text, here, found))))

    def _meant_by(self, query: Query) -> frozenset[str]:
        return frozenset(person.name for person in self.search.people if query.means(person))

    def _under_people(self, debrief: Debrief) -> Iterator[tuple[str, Question]]:
        for person in self.search.people_of(debrief.path):
            for meeting in person.meetings:
                if meeting.debrief.path == debrief.path:
                    yield from ((person.name, question) for question in meeting.met.asked)
        for met in debrief.people:
            if met.name is None:
                yield from ((met.title, question) for question in met.asked)

    def _linked(self, debrief: Debrief, question: Question) -> tuple[str, ...]:
        found = (self._meant(link.target, debrief) for link in question.links)
        return tuple(dict.fromkeys(person.name for person in found if person is not None))

    def _meant(self, target: str, debrief: Debrief) -> Person | None:
        """Return the person that a link means: by their note, else by name, those of the interview first."""
        note = self.search.names.resolve(target, debrief.path)
        if note is not None:
            return self._by_note.get(note)
        name = key_of(stem_of(target))
        here = self.search.people_of(debrief.path)
        return next((p for p in here if name in map(key_of, (p.name, *p.aliases))), self._by_name.get(name))


def _names(text: str, person: Person) -> bool:
    """Whether a text names a person, by the whole name or as ``Hanna L.``."""
    short = f"{person.first} {person.name.split()[-1][0]}"
    return names_person(text, person.name) or (bool(person.first) and names_person(text, short))
