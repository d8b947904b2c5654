"""Who was there: everybody who was introduced, gathered, and what was said that belongs to nobody by name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from jobvault.actions.scaffold import Guest, read_guest
from jobvault.words import fold

SENTENCE_END = re.compile(r"[.!?…](?:\s|$)")
_FRAGMENT = 4
"""Words of a worry that is no sentence: ``short stints``."""

Labelled = tuple[str, str]
"""A label's name (``concern``) and the words under it."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a line of the first answer says.

    ``name`` is somebody with their title, as written; empty where there are only ``words``, which belong to the one
    named before. ``sure`` is False where it may be no name at all: ``otherwise`` is what the line says then.
    """

    name: str = ""
    words: tuple[Labelled, ...] = ()
    sure: bool = True
    otherwise: tuple[Labelled, ...] = ()


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who was there, and what was said of them."""

    guest: Guest
    words: tuple[Labelled, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """Everybody who was named, and the words that belong to nobody by name."""

    people: tuple[Present, ...] = ()
    words: tuple[Labelled, ...] = ()


def gather(
    introductions: Sequence[Introduction], nobody: Collection[str] = (), names: Mapping[str, str] | None = None
) -> Room:
    """Gather who was there. ``nobody`` holds what is no name after all, ``names`` who is meant by a name.

    Somebody who is named twice is one, also where once it was only by a first name that one other bears. Words without
    a label are a concern of the one named before them where they are few, else a note.
    """
    people: list[Present] = []
    of_round: list[Labelled] = []
    at: int | None = None
    for before, one in zip((None, *introductions), introductions, strict=False):
        named = bool(one.name) and one.name not in nobody
        if named:
            guest = read_guest(one.name)
            at = _join(replace(guest, name=(names or {}).get(guest.name, guest.name)), people)
        said = one.words if named or not one.name else one.otherwise
        if before is not None and said is before.otherwise and before.name in nobody:
            continue
        if at is None:
            of_round += [(label or "note", text) for label, text in said]
        else:
            told = [(label or ("concern" if _is_fragment(text) else "note"), text) for label, text in said]
            people[at] = replace(people[at], words=(*people[at].words, *told))
    return Room(tuple(people), tuple(of_round))


def with_guests(room: Room, guests: Sequence[Guest]) -> Room:
    """Return who was there, with those who were expected; somebody who is both is one."""
    people = [Present(guest) for guest in guests]
    for one in room.people:
        at = _join(one.guest, people)
        people[at] = replace(people[at], words=(*people[at].words, *one.words))
    return replace(room, people=tuple(people))


def same_person(name: str, among: Sequence[str]) -> str | None:
    """Return which name is the same person's: an equal one, or the only one where one of both is a bare first name."""
    mine = fold(name).split(" ")
    equal = next((other for other in among if fold(other) == fold(name)), None)
    near = [
        other
        for other in among
        if (theirs := fold(other).split(" "))[0] == mine[0] and (len(theirs) == 1) != (len(mine) == 1)
    ]
    return equal or (near[0] if len(near) == 1 else None)


def _join(guest: Guest, people: list[Present]) -> int:
    """Add somebody unless they are there; returns their place. Unnamed ones are each another."""
    names = [one.guest.name for one in people]
    same = None if guest.name == "?" else same_person(guest.name, names)
    if same is None:
        people.append(Present(guest))
        return len(people) - 1
    at = names.index(same)
    old = people[at].guest
    fuller = Guest(max(old.name, guest.name, key=len), old.title or guest.title)
    people[at] = replace(people[at], guest=fuller)
    return at


def _is_fragment(text: str) -> bool:
    return len(text.split()) <= _FRAGMENT and not SENTENCE_END.search(text)
