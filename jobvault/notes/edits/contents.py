"""What a debrief says, one thing at a time, wherever it stands: to see what an edit added, and that it took nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from jobvault.model import Met
from jobvault.notes.debrief import read_debrief
from jobvault.notes.follow_ups import read_follow_ups
from jobvault.notes.note import Note
from jobvault.notes.sections import find_sections
from jobvault.words import Words

PLACES = frozenset({"line", "id", "path"})
"""Fields that say where something stands, not what it says."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a debrief says: the field it was read into, of whom it is (people's alone), and the value."""

    field: str
    value: object
    whose: object = None


def contents(note: Note, words: Words) -> Counter[Thing]:
    """Count what a debrief says; equal things may stand there several times."""
    sections = find_sections(note, words.vocabulary)
    debrief, _ = read_debrief(note, sections, words)
    owed = read_follow_ups(note, [section for section in sections if section.name == "follow-ups"], words)
    found = [Thing("follow_ups", _bare(item)) for item in owed.items]
    for one in fields(debrief):
        value = getattr(debrief, one.name)
        if one.name == "people":
            found += [thing for met in value for thing in _of_person(met)]
        elif isinstance(value, tuple):
            found += [Thing(one.name, _bare(item)) for item in value]
        elif one.name == "overall":
            found += [Thing(one.name, word) for word in value.split()]
        elif one.name not in {*PLACES, "empty"} and value not in (None, ""):
            found.append(Thing(one.name, value))
    return Counter(found)


def _of_person(met: Met) -> Iterator[Thing]:
    whose = (met.name, met.title, met.link)
    yield Thing("people", whose)
    for one in fields(met):
        value = getattr(met, one.name)
        if isinstance(value, tuple):
            yield from (Thing(one.name, _bare(item), whose) for item in value)


def _bare(value: Any) -> object:
    """Return a value without the places where it stands."""
    if isinstance(value, tuple):
        return tuple(_bare(item) for item in value)
    if is_dataclass(value):
        return tuple(_bare(getattr(value, one.name)) for one in fields(value) if one.name not in PLACES)
    return value
