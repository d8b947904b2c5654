"""People told apart: which of the names in the debriefs are the same person.

A person is the linked note where it exists, its name or alias, else (full name, company). A bare first name counts only
where it is unique at that company; otherwise it is kept apart and reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from jobvault.model import Debrief, Met, PersonNote, Problem
from jobvault.search.mentions import first_name
from jobvault.search.names import NoteNames, key_of, stem_of
from jobvault.words import Words

Key = tuple[str, ...]
"""``("note", path)``, ``("name", name, company)`` or ``("first", name, company)``, with a path where ambiguous."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One person in one debrief; ``place`` is where the note first names them among its people."""

    debrief: Debrief
    met: Met
    place: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was met: their meetings are in order of date, one a debrief.

    ``note`` is the path of their note, if any; ``aliases`` are that note's.
    """

    key: Key
    name: str
    meetings: tuple[Meeting, ...]
    note: str | None = None
    title: str = ""
    email: str = ""
    aliases: tuple[str, ...] = ()
    first: str = ""
    """The first name; empty where the name begins with a title."""

    @property
    def companies(self) -> tuple[str, ...]:
        """The companies they were met at, in order."""
        return tuple(dict.fromkeys(meeting.debrief.company for meeting in self.meetings))


@dataclass(frozen=True, slots=True)
class _Place:
    """One name in one debrief."""

    debrief: Debrief
    met: Met
    index: int

    @property
    def company(self) -> str:
        return key_of(self.debrief.company)

    @property
    def name(self) -> str:
        return key_of(self.met.name or "")


def tell_apart(
    debriefs: Sequence[Debrief], notes: Iterable[PersonNote], names: NoteNames, words: Words
) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
    """Tell apart the people of the debriefs (in order of date). Unnamed ones are in no person."""
    known = _Known(names, {note.path: note for note in notes}, words.vocabulary.titles)
    places = [_Place(d, met, index) for d in debriefs for index, met in enumerate(d.people) if met.name]
    for place in places:
        known.learn(place)
    problems: list[Problem] = []
    gathered: dict[Key, dict[str, Meeting]] = {}
    for place in places:
        key, alike = known.who(place)
        if alike:
            who = ", ".join(sorted(alike))
            name, path = place.met.name or "", place.debrief.path
            problems.append(words.problem("ambiguous-name", path, place.met.line, quote=name, name=name, who=who))
        meetings = gathered.setdefault(key, {})
        before = meetings.get(place.debrief.path)
        met = _merged(before.met, place.met) if before else place.met
        meetings[place.debrief.path] = Meeting(place.debrief, met, before.place if before else place.index)
    return tuple(known.person(key, tuple(met.values())) for key, met in gathered.items()), tuple(problems)


@dataclass(slots=True)
class _Known:
    """Who is known by which name: by notes at once, by the debriefs once all of them have been learnt."""

    names: NoteNames
    notes: dict[str, PersonNote]
    titles: frozenset[str]
    by_name: dict[str, list[PersonNote]] = field(default_factory=dict)
    linked: dict[tuple[str, str], set[Key]] = field(default_factory=dict)
    """(company, name) → the notes that are linked there under that name."""
    firsts: dict[tuple[str, str], dict[Key, str]] = field(default_factory=dict)
    """(company, first name) → the people of that first name there, and how each is called."""

    def __post_init__(self) -> None:
        for note in self.notes.values():
            for name in dict.fromkeys(map(key_of, _called(note))):
                self.by_name.setdefault(name, []).append(note)

    def learn(self, place: _Place) -> None:
        """Take in a link, or a full name, of one debrief."""
        key = self._sure(place)
        if key is None:
            return
        note = self.notes.get(key[1]) if key[0] == "note" else None
        called = _called(note) if note else (stem_of(key[1]) if key[0] == "note" else place.met.name or "",)
        for name in (*called, place.met.name or ""):
            if key[0] == "note":
                self.linked.setdefault((place.company, key_of(name)), set()).add(key)
            self.firsts.setdefault((place.company, key_of(first_name(name, self.titles))), {}).setdefault(
                key, called[0]
            )

    def _sure(self, place: _Place) -> Key | None:
        """The key of a link to a note, of a name or alias of a person's note, of a full name; None for a first name."""
        linked = self.names.resolve(place.met.link, place.debrief.path) if place.met.link else None
        if linked is not None:
            return ("note", linked)
        noted = self.by_name.get(place.name, [])
        here = [note for note in noted if key_of(note.company) == place.company]
        here = here or [note for note in noted if not note.company]
        if len(here) == 1:
            return ("note", here[0].path)
        return ("name", place.name, place.company) if " " in place.name else None

    def who(self, place: _Place) -> tuple[Key, tuple[str, ...]]:
        """Return who it is; and, where a bare first name could be several people, how these are called."""
        key = self._sure(place)
        linked = self.linked.get((place.company, place.name), set())
        if (key is None or key[0] == "name") and len(linked) == 1:
            return next(iter(linked)), ()
        if key is not None:
            return key, ()
        alike = {self._final(other, place.company): name for other, name in self._of_first_name(place).items()}
        if len(alike) == 1:
            return next(iter(alike)), ()
        first = ("first", place.name, place.company)
        return ((*first, place.debrief.path), tuple(alike.values())) if alike else (first, ())

    def _of_first_name(self, place: _Place) -> dict[Key, str]:
        return self.firsts.get((place.company, place.name), {})

    def _final(self, key: Key, company: str) -> Key:
        """A full name that a link there stands for is that note's."""
        linked = self.linked.get((company, key[1]), set()) if key[0] == "name" else set()
        return next(iter(linked)) if len(linked) == 1 else key

    def person(self, key: Key, meetings: tuple[Meeting, ...]) -> Person:
        """Build a person from what their meetings and their note say."""
        note = self.notes.get(key[1]) if key[0] == "note" else None
        path = key[1] if key[0] == "note" else None
        written = [meeting.met.name or "" for meeting in meetings]
        title = next((m.met.title for m in reversed(meetings) if m.met.title), "")
        email = next((m.met.emails[-1] for m in reversed(meetings) if m.met.emails), "")
        name = note.name if note else stem_of(path) if path else max(written, key=len)
        return Person(
            key=key,
            name=name,
            meetings=meetings,
            note=path,
            title=(note.title if note else "") or title,
            email=(note.email if note else "") or email,
            aliases=note.aliases if note else (),
            first=first_name(name, self.titles),
        )


def _called(note: PersonNote) -> tuple[str, ...]:
    return (note.name, stem_of(note.path), *note.aliases)


def _merged(one: Met, two: Met) -> Met:
    """Join what one debrief says of somebody under two names."""
    return replace(
        one,
        title=one.title or two.title,
        link=one.link or two.link,
        line=two.line if one.line is None else one.line,
        cares_about=one.cares_about + two.cares_about,
        concerns=one.concerns + two.concerns,
        talked_about=one.talked_about + two.talked_about,
        asked=one.asked + two.asked,
        next_steps=one.next_steps + two.next_steps,
        emails=one.emails + two.emails,
        notes=one.notes + two.notes,
    )
