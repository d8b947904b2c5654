"""Whose concern it is: which of the people of a debrief, or of the vault, a name means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobvault.actions.debrief_text import guest_text
from jobvault.actions.matching import with_beginnings
from jobvault.actions.scaffold import Guest
from jobvault.errors import AmbiguousError, NotFoundError, UsageError
from jobvault.model import Debrief, Met
from jobvault.notes.names import read_name
from jobvault.notes.near import nearest
from jobvault.render.inert import inert
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.search.people import Person


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as a note has them: the name as written (``[[Dana Reyes]]``, ``?``), and the title, empty without one.

    ``title_said`` is another title than theirs that somebody gave them.
    """

    name: str
    title: str = ""
    title_said: str = ""

    @property
    def written(self) -> str:
        """Name and title as a heading has them."""
        return f"{self.name}, {self.title}" if self.title else self.name


def person_in(vault: Vault, debrief: Debrief, said: str) -> Met | None:
    """Return who of a debrief is meant; None where nobody is. Raises ``AmbiguousError``.

    Somebody unnamed (``?, SRE``) is known by the title, or by how its words begin.
    """
    named = [met for met in debrief.people if met.name]
    name = read_name(said).name or ""
    if not name:
        return _unnamed(debrief, said)
    equal = [met for met in named if fold(met.name or "") == fold(name)]
    found = equal or with_beginnings(named, name, lambda met: met.name or "")
    if not found:
        aliased = [p for p in vault.search.people_of(debrief.path) if fold(name) in map(fold, (p.name, *p.aliases))]
        found = [m.met for person in aliased for m in person.meetings if m.debrief.path == debrief.path]
    if len({met.name for met in found}) > 1:
        raise _several(said, found)
    return found[0] if found else None


def _unnamed(debrief: Debrief, said: str) -> Met | None:
    title = read_name(said).title
    unnamed = [met for met in debrief.people if met.name is None and met.title]
    equal = [met for met in unnamed if fold(met.title) == fold(title)]
    found = equal or with_beginnings(unnamed, title, lambda met: met.title)
    if len({fold(met.title) for met in found}) > 1:
        raise _several(said, found)
    return found[-1] if found else None


def _several(said: str, found: Sequence[Met]) -> AmbiguousError:
    rows = tuple(", ".join(word for word in (met.name or "?", met.title) if word) for met in found)
    return AmbiguousError(f"“{said}” could be any of these:", rows, "Nothing was added. Say more of the name.")


def debrief_with(vault: Vault, last: Debrief, said: str) -> Debrief:
    """Return the debrief of somebody who is named without a note: the last one, else their own where the name is whole.

    Somebody who is not known yet is new in the last one. Raises ``AmbiguousError`` where only a part of the name fits
    people of other debriefs, or it fits several: words had better not land where nobody looks for them.
    """
    if person_in(vault, last, said) is not None:
        return last
    name = read_name(said).name or ""
    met = [(person, _latest_past(vault, person)) for person in with_beginnings(vault.people, name, _called)]
    known = [(person, debrief) for person, debrief in met if debrief is not None]
    if len(known) == 1 and fold(known[0][0].name) == fold(name):
        return known[0][1]
    if known:
        rows = tuple(f"{person.name} · {debrief.path}" for person, debrief in known)
        raise AmbiguousError(
            f"“{said}” is not in {last.path}, the last debrief, but could be:",
            rows,
            "Nothing was added. Say the whole name, or name the note with --to.",
        )
    return last


def written_person(vault: Vault, debrief: Debrief, said: str) -> Somebody:
    """Return a person as the note writes them. Raises ``NotFoundError`` for a name that is one slip off a known one."""
    met, given = person_in(vault, debrief, said), read_name(said)
    if met is not None:
        here, other = fold(met.title), fold(given.title)
        name = guest_text(vault, Guest(met.name or "?"))[1]
        return Somebody(name, inert(met.title or given.title), given.title if here and other not in here else "")
    if not given.name:
        if not given.title:
            raise UsageError('--concern: name the person whose concern it is, or say what you know: "?, SRE".')
        return Somebody("?", inert(given.title))
    near = nearest(given.name, [person.name for person in vault.people])
    if near:
        raise NotFoundError(f"Nobody is called “{said}”. Did you mean “{near}”? Nothing was added.")
    here_too = [person for person in vault.people if debrief.company in person.companies]
    colleagues = with_beginnings(here_too, given.name, _called)
    name = colleagues[0].name if len(colleagues) == 1 else given.name
    return Somebody(guest_text(vault, Guest(name))[1], inert(given.title))


def _called(person: Person) -> str:
    return " ".join((person.name, *person.aliases))


def _latest_past(vault: Vault, person: Person) -> Debrief | None:
    days = [meeting.debrief for meeting in person.meetings]
    past = [debrief for debrief in days if debrief.date is not None and debrief.date <= vault.today.date]
    return past[-1] if past else None
