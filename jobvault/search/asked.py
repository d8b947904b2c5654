"""What they asked in an interview, and who asked it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from jobvault.model import Debrief, Question
from jobvault.search.names import key_of, stem_of
from jobvault.search.people import Person
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
