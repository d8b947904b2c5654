"""People told apart: which of the names in the debriefs are the same person.

A person is the linked note where it exists, its name or alias, else (full name, company). A bare first name counts only
where it is unique at that company; otherwise it is kept apart and reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jobvault.model import Debrief, Met, PersonNote, Problem
from jobvault.search.names import NoteNames, key_of, stem_of
from jobvault.words import Words

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One person in one debrief."""

    debrief: Debrief
    met: Met


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was met: their meetings are in order of date. ``note`` is the path of their note, if any."""

    key: Key
    name: str
    meetings: tuple[Meeting, ...]
    note: str | None = None
    title: str = ""
    email: str = ""

    @property
    def companies(self) -> tuple[str, ...]:
        """The companies they were met at, in order."""
        return tuple(dict.fromkeys(meeting.debrief.company for meeting in self.meetings))


@dataclass(slots=True)
class _Known:
    """Who is known before bare first names are looked at."""

    names: NoteNames
    notes: dict[str, PersonNote]
    by_name: dict[str, list[PersonNote]]
    full: dict[tuple[str, str], set[Key]] = field(default_factory=dict)
    """(company, first name) → the people of that first name there."""


def tell_apart(
    debriefs: Sequence[Debrief], notes: Iterable[PersonNote], names: NoteNames, words: Words
) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
    """Tell apart the people of the debriefs (in order of date). Unnamed ones are in no person."""
    known = _known(notes, names)
    places = [(debrief, met) for debrief in debriefs for met in debrief.people if met.name]
    keys: list[Key | None] = [_full_key(debrief, met, known) for debrief, met in places]
    for (debrief, met), key in zip(places, keys, strict=True):
        if key is not None:
            first = key_of(_name(key, met, known)).split(" ")[0]
            known.full.setdefault((key_of(debrief.company), first), set()).add(key)
    problems: list[Problem] = []
    gathered: dict[Key, list[Meeting]] = {}
    for (debrief, met), key in zip(places, keys, strict=True):
        sure = key if key is not None else _first_key(debrief, met, known, words, problems)
        gathered.setdefault(sure, []).append(Meeting(debrief, met))
    return tuple(_person(key, meetings, known) for key, meetings in gathered.items()), tuple(problems)


def _known(notes: Iterable[PersonNote], names: NoteNames) -> _Known:
    known = _Known(names, {}, {})
    for note in notes:
        known.notes[note.path] = note
        for name in dict.fromkeys(key_of(n) for n in (note.name, stem_of(note.path), *note.aliases)):
            known.by_name.setdefault(name, []).append(note)
    return known


def _full_key(debrief: Debrief, met: Met, known: _Known) -> Key | None:
    """Return the key of a link to a note, a name or alias of a person's note, or a full name; None for a first name."""
    linked = known.names.resolve(met.link, debrief.path) if met.link else None
    if linked is not None:
        return ("note", linked)
    name = key_of(met.name or "")
    company = key_of(debrief.company)
    noted = known.by_name.get(name, [])
    here = [note for note in noted if key_of(note.company) == company] or [note for note in noted if not note.company]
    if len(here) == 1:
        return ("note", here[0].path)
    return ("name", name, company) if " " in name else None


def _first_key(debrief: Debrief, met: Met, known: _Known, words: Words, problems: list[Problem]) -> Key:
    name, company = key_of(met.name or ""), key_of(debrief.company)
    alike = known.full.get((company, name), set())
    if len(alike) == 1:
        return next(iter(alike))
    if alike:
        who = ", ".join(sorted(known.notes[key[1]].name if key[0] == "note" and key[1] in known.notes else _shown(key) for key in alike))
        problems.append(
            words.problem("ambiguous-name", debrief.path, met.line, quote=met.name or "", name=met.name or "", who=who)
        )
        return ("first", name, company, debrief.path)
    return ("first", name, company)


def _shown(key: Key) -> str:
    return stem_of(key[1]) if key[0] == "note" else key[1].title()


def _name(key: Key, met: Met, known: _Known) -> str:
    if key[0] == "note":
        note = known.notes.get(key[1])
        return note.name if note else stem_of(key[1])
    return met.name or ""


def _person(key: Key, meetings: list[Meeting], known: _Known) -> Person:
    note = known.notes.get(key[1]) if key[0] == "note" else None
    latest = next((m.met.title for m in reversed(meetings) if m.met.title), "")
    emails = [email for meeting in meetings for email in meeting.met.emails]
    return Person(
        key=key,
        name=max((_name(key, m.met, known) for m in meetings), key=len),
        meetings=tuple(meetings),
        note=key[1] if key[0] == "note" else None,
        title=(note.title if note else "") or latest,
        email=(note.email if note else "") or (emails[-1] if emails else ""),
    )
