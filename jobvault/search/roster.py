"""Everybody who was met, by how a text can mean them: by link, by name, by a first name that is enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobvault.model import FollowUp, Letter
from jobvault.search.mentions import names_first, names_person
from jobvault.search.names import NoteNames, key_of, stem_of
from jobvault.search.people import Person


@dataclass(frozen=True)
class Roster:
    """The people of all debriefs."""

    people: tuple[Person, ...]
    names: NoteNames

    @cached_property
    def _of(self) -> Mapping[str, tuple[Person, ...]]:
        """The people of each debrief, in the order of the note."""
        table: dict[str, list[tuple[int, Person]]] = {}
        for person in self.people:
            for meeting in person.meetings:
                table.setdefault(meeting.debrief.path, []).append((meeting.place, person))
        return {path: tuple(p for _, p in sorted(met, key=lambda m: m[0])) for path, met in table.items()}

    @cached_property
    def _at(self) -> Mapping[str, tuple[Person, ...]]:
        """The people of each company."""
        table: dict[str, list[Person]] = {}
        for person in self.people:
            for company in person.companies:
                table.setdefault(key_of(company), []).append(person)
        return {company: tuple(people) for company, people in table.items()}

    @cached_property
    def _by_note(self) -> Mapping[str, Person]:
        return {person.note: person for person in self.people if person.note}

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Person, ...]]:
        table: dict[str, list[Person]] = {}
        for person in self.people:
            for name in dict.fromkeys(key_of(name) for name in (person.name, *person.aliases)):
                table.setdefault(name, []).append(person)
        return {name: tuple(people) for name, people in table.items()}

    def of(self, path: str) -> tuple[Person, ...]:
        """Return the people of the debrief at a path."""
        return self._of.get(path, ())

    def people_in(self, item: FollowUp, debrief: str) -> tuple[Person, ...]:
        """Return the people that a follow-up links or names; ``debrief`` is the path of its interview, if any.

        A whole name means somebody of that interview, or of its company; a first name only somebody of the interview.
        """
        here = self.of(debrief)
        colleagues = self._at.get(key_of(item.company), ()) if item.company else ()
        linked = (self._linked(link.target, item.path, here) for link in item.links)
        found = [person for person in linked if person is not None]
        found += [p for p in (*here, *colleagues) if " " in p.name and names_person(item.text, p.name)]
        found += named_first(item.text, here, found)
        return tuple({person.key: person for person in found}.values())

    def alike_in(self, item: FollowUp, debrief: str) -> Mapping[str, tuple[Person, ...]]:
        """Return the first names in a follow-up that several people of its interview have: which, and whose."""
        here = self.of(debrief)
        taken = {key_of(person.first) for person in self.people_in(item, debrief)}
        table: dict[str, list[Person]] = {}
        for person in here:
            if key_of(person.first) not in taken and names_first(item.text, person.first):
                table.setdefault(person.first, []).append(person)
        return {first: tuple(people) for first, people in table.items() if len(people) > 1}

    def _linked(self, target: str, source: str, here: Sequence[Person]) -> Person | None:
        note = self._by_note.get(self.names.resolve(target, source) or "")
        named = self._by_name.get(key_of(stem_of(target)), ())
        return note or next((person for person in (*here, *named) if person in named), None)

    def addressee(self, letter: Letter, debrief: str) -> Person | None:
        """Return who a letter is to, among the people met: by link, by name, by a first name unique in its round."""
        here = self.of(debrief)
        if letter.to_link:
            return self._linked(letter.to_link, letter.path, here)
        named = self._by_name.get(key_of(letter.to), ())
        known = next((person for person in (*here, *named) if person in named), None)
        firsts = [person for person in here if key_of(person.first) == key_of(letter.to)]
        return known or (firsts[0] if len(firsts) == 1 else None)


def named_first(text: str, here: Sequence[Person], found: Sequence[Person] = ()) -> list[Person]:
    """Return the people of a round whom a text names by a first name that nobody else there, or found already, has."""
    firsts = Counter(key_of(person.first) for person in here)
    taken = {key_of(person.first) for person in found}
    return [
        person
        for person in here
        if (first := key_of(person.first)) not in taken and firsts[first] == 1 and names_first(text, person.first)
    ]
