"""Which note a QUERY means: a company, a person, a round, a day, a follow-up's id, a part of a note's name or path."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions.known import companies, known_company, people, rounds
from jobvault.actions.matching import SHORTEST_ID, with_beginnings, with_words
from jobvault.errors import AmbiguousError, NotFoundError
from jobvault.model import Debrief
from jobvault.notes.near import nearest
from jobvault.search.names import key_of, stem_of
from jobvault.search.search import in_time
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

DaysOf = Callable[[str], Sequence[dt.date]]
"""Reads a date as people say it: the days it may mean, likeliest first. Asked only when words alone mean nothing."""

_MOST_LISTED = 12
_MOST_DAY_WORDS = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """A note that is meant, at a line of it where only that is; ``told`` says what it is, to tell it from others."""

    path: str
    line: int | None = None
    told: str = ""

    @property
    def row(self) -> str:
        """The line that lists it."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place} · {self.told}" if self.told else place


def last_debrief(vault: Vault) -> Debrief:
    """Return the latest debrief that is not in the future. Raises ``NotFoundError`` where there is none."""
    past = _past(vault, vault.debriefs)
    if not past:
        raise NotFoundError("There is no debrief up to today. Lay one down with `jobvault new COMPANY`.")
    return past[-1]


def debriefs_meant(
    vault: Vault, asked: str, days_of: DaysOf, among: Sequence[Debrief] | None = None
) -> tuple[Debrief, ...]:
    """Return the debriefs that are meant, the latest first: one where that is sure, none where nothing matches.

    Of a company's, the latest is meant that is not in the future. Where the words fit several companies or people, each
    of them gives one; a day gives all of that day. ``among`` are those that can be meant, all unless given.
    """
    debriefs = vault.debriefs if among is None else among
    named = [debrief for debrief in debriefs if fold(stem_of(debrief.path)) == fold(asked)]
    company = key_of(known_company(vault, asked))
    at_company = [debrief for debrief in debriefs if key_of(debrief.company) == company]
    if named or at_company:
        return (_latest(vault, named or at_company),)
    found = with_beginnings(debriefs, asked, lambda debrief: _words_of(vault, debrief))
    if found:
        return _each_latest(vault, found, asked)
    return tuple(reversed(_on_a_day(vault, debriefs, asked, days_of)))


def notes_meant(vault: Vault, asked: str, days_of: DaysOf) -> tuple[Meant, ...]:
    """Return the notes that are meant, follow-ups by their line, the likeliest first.

    A path or a whole id is sure. Other notes than debriefs are looked for only where no debrief is meant.
    """
    path = note_at(vault, asked)
    if path is not None:
        return (Meant(path),)
    items = [
        Meant(item.path, item.line, item.text)
        for item in vault.follow_ups
        if len(asked) >= SHORTEST_ID and item.id.startswith(asked.lower())
    ]
    debriefs = tuple(as_meant(vault, debrief) for debrief in debriefs_meant(vault, asked, days_of))
    if items or debriefs:
        return (*items, *debriefs)
    return tuple(Meant(path) for path in _by_name(vault, asked))


def only(vault: Vault, asked: str, found: Sequence[Meant], hint: str) -> Meant:
    """Return the one that is meant. Raises ``NotFoundError`` with what is near, and ``AmbiguousError`` with a list."""
    if not found:
        raise NotFoundError(f"“{asked}” means no note here. {_near(vault, asked)}")
    if len(found) > 1:
        rows = [one.row for one in found[:_MOST_LISTED]]
        if len(found) > _MOST_LISTED:
            rows.append(f"… and {len(found) - _MOST_LISTED} more")
        raise AmbiguousError(f"“{asked}” could be any of these:", tuple(rows), hint)
    return found[0]


def names_something(vault: Vault, word: str) -> bool:
    """Whether words are a company, the first word of one, somebody, a part of their name, or a round of this vault."""
    called = company_words(vault)
    words = [fold(name).split()[:1] for name in called] + [fold(name).split() for name in people(vault)]
    known = {part for parts in words for part in parts}
    used = {
        fold(name) for debrief in vault.debriefs for name in (debrief.round, vault.words.write("round", debrief.round))
    } - {""}
    return fold(word) in known | used | {fold(name) for name in (*called, *people(vault))}


def near_company(vault: Vault, word: str) -> str | None:
    """Return the company, or the first word of one, that a word is one slip off; None where there is none."""
    called = company_words(vault)
    return nearest(word, (*called, *(name.split()[0] for name in called)))


def company_words(vault: Vault) -> tuple[str, ...]:
    """Return the names of the companies, their aliases too."""
    return (*companies(vault), *(alias for aliases in vault.settings.companies.values() for alias in aliases))


def _past(vault: Vault, debriefs: Iterable[Debrief]) -> list[Debrief]:
    """Return the debriefs that have a day up to today, in order of time."""
    return sorted((d for d in debriefs if d.date is not None and d.date <= vault.today.date), key=in_time)


def _latest(vault: Vault, debriefs: Sequence[Debrief]) -> Debrief:
    past = _past(vault, debriefs)
    return past[-1] if past else min(debriefs, key=in_time)


def _each_latest(vault: Vault, found: Sequence[Debrief], asked: str) -> tuple[Debrief, ...]:
    """Return the latest debrief of each company, or of each person where only people's names made them match."""
    apart = [debrief for debrief in found if with_beginnings([debrief], asked, lambda one: _bare_words(vault, one))]
    if apart:
        groups: dict[object, list[Debrief]] = {}
        for debrief in apart:
            groups.setdefault(key_of(debrief.company), []).append(debrief)
    else:
        groups = {}
        for person in with_beginnings(vault.people, asked, lambda person: " ".join((person.name, *person.aliases))):
            groups[person.key] = [meeting.debrief for meeting in person.meetings if meeting.debrief in found]
        if not groups:  # words of a person and of the company together
            for debrief in found:
                groups.setdefault(key_of(debrief.company), []).append(debrief)
    latest = {debrief.path: debrief for debrief in (_latest(vault, group) for group in groups.values() if group)}
    return tuple(sorted(latest.values(), key=in_time, reverse=True))


def _words_of(vault: Vault, debrief: Debrief) -> str:
    names = [" ".join((person.name, *person.aliases)) for person in vault.search.people_of(debrief.path)]
    return " ".join((_bare_words(vault, debrief), *names))


def _bare_words(vault: Vault, debrief: Debrief) -> str:
    day = debrief.date.isoformat() if debrief.date else ""
    rounds = (debrief.round, vault.words.write("round", debrief.round))
    return " ".join((debrief.company, *rounds, debrief.role, day, stem_of(debrief.path)))


def _on_a_day(vault: Vault, debriefs: Sequence[Debrief], asked: str, days_of: DaysOf) -> list[Debrief]:
    """Return the debriefs of the day that is said, alone or at the end or beginning of other words."""
    words = asked.split()
    for count in range(min(len(words), _MOST_DAY_WORDS), 0, -1):
        for said, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            for day in days_of(" ".join(said)):
                found = [debrief for debrief in debriefs if debrief.date == day]
                if rest:
                    found = with_beginnings(found, " ".join(rest), lambda debrief: _words_of(vault, debrief))
                if found:
                    return found
    return []


def as_meant(vault: Vault, debrief: Debrief) -> Meant:
    """Return a debrief as a note that is meant, told apart from others by who was there."""
    return Meant(debrief.path, told=", ".join(person.name for person in vault.search.people_of(debrief.path)))


# --- by path and name -----------------------------------------------------------------------------------------------


def note_at(vault: Vault, asked: str) -> str | None:
    """Return the note at a path: relative to the vault, or absolute and in it; with or without ``.md``."""
    written = asked.removeprefix("./")
    if Path(asked).is_absolute():
        root = vault.root.resolve()
        try:
            written = Path(asked).resolve().relative_to(root).as_posix()
        except ValueError:
            return None
    wanted = {_composed(written), _composed(f"{written}.md")}
    return next((path for path in vault.search.names.paths if _composed(path) in wanted), None)


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _by_name(vault: Vault, asked: str) -> list[str]:
    """Return notes by their whole name, else by a part of it, else by a part of their path; jobvault's own first."""
    names = vault.search.names
    whole = [path for path in names.paths if key_of(stem_of(path)) == key_of(stem_of(asked))]
    ways = ((with_beginnings, stem_of), (with_beginnings, str), (with_words, stem_of), (with_words, str))
    found = whole or next((fitting for search, of in ways if (fitting := search(names.paths, asked, of))), [])
    read = {reading.path for reading in vault.readings()}
    return [path for path in found if path in read] or found


def _near(vault: Vault, asked: str) -> str:
    firsts = [name.split()[0] for name in (*companies(vault), *people(vault))]
    near = nearest(asked, (*company_words(vault), *people(vault), *rounds(vault), *firsts))
    if near:
        return f"Did you mean “{near}”?"
    return "Name a company, a person, a round, a day, or a part of the note's name."
