"""Whose concern it is: which of the people of a debrief, or of the vault, a name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobvault.actions.debrief_text import guest_text
from jobvault.actions.matching import with_beginnings
from jobvault.actions.scaffold import Guest
from jobvault.errors import AmbiguousError, NotFoundError, UsageError
from jobvault.model import Debrief, Met
from jobvault.notes.names import read_name
from jobvault.notes.near import nearest
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.search.people import Person


def person_in(vault: Vault, debrief: Debrief, said: str) -> Met | None:
    """Return who of a debrief is meant; None where nobody is. Raises ``AmbiguousError``."""
    named = [met for met in debrief.people if met.name]
    name = read_name(said).name or ""
    equal = [met for met in named if fold(met.name or "") == fold(name)]
    found = equal or with_beginnings(named, name, lambda met: met.name or "")
    if not found:
        aliased = [p for p in vault.search.people_of(debrief.path) if fold(name) in map(fold, (p.name, *p.aliases))]
        found = [m.met for person in aliased for m in person.meetings if m.debrief.path == debrief.path]
    if len({met.name for met in found}) > 1:
        rows = tuple(f"{met.name}, {met.title}" if met.title else str(met.name) for met in found)
        raise AmbiguousError(f"“{said}” could be any of these:", rows, "Nothing was added. Say more of the name.")
    return found[0] if found else None


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


def written_person(vault: Vault, debrief: Debrief, said: str) -> str:
    """Return a person as the note writes them. Raises ``NotFoundError`` for a name that is one slip off a known one."""
    met = person_in(vault, debrief, said)
    if met is not None:
        return guest_text(vault, Guest(met.name or "", met.title))[1]
    written = read_name(said)
    near = nearest(written.name or "", [person.name for person in vault.people])
    if near:
        raise NotFoundError(f"Nobody is called “{said}”. Did you mean “{near}”? Nothing was added.")
    here = [person for person in vault.people if debrief.company in person.companies]
    colleagues = with_beginnings(here, written.name or "", _called)
    name = colleagues[0].name if len(colleagues) == 1 else written.name
    if not name:
        raise UsageError("--concern: name the person whose concern it is.")
    return guest_text(vault, Guest(name, written.title))[1]


def _called(person: Person) -> str:
    return " ".join((person.name, *person.aliases))


def _latest_past(vault: Vault, person: Person) -> Debrief | None:
    days = [meeting.debrief for meeting in person.meetings]
    past = [debrief for debrief in days if debrief.date is not None and debrief.date <= vault.today.date]
    return past[-1] if past else None
