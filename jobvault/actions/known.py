"""What a vault knows already: its companies, rounds and people, and which of them somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jobvault.model import CHAT, ROUNDS
from jobvault.notes.near import nearest
from jobvault.search.names import key_of
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_MOST = 3
_SHORTEST_PREFIX = 3


def known_company(vault: Vault, company: str) -> str:
    """Return a company's name as the vault writes it, also by an alias; another one as it is."""
    for name, aliases in vault.settings.companies.items():
        if key_of(company) in {key_of(name), *map(key_of, aliases)}:
            return name
    return next((name for name in companies(vault) if key_of(name) == key_of(company)), company)


def companies(vault: Vault, but: str = "") -> tuple[str, ...]:
    """Return the companies of the vault, the latest first; without what the note ``but`` says."""
    met = [debrief.company for debrief in reversed(vault.debriefs) if debrief.path != but]
    applied = [application.company for application in vault.search.applications if application.path != but]
    return tuple(dict.fromkeys(name for name in (*met, *applied, *vault.settings.companies) if name))


def rounds(vault: Vault, but: str = "") -> tuple[str, ...]:
    """Return the rounds that can be meant, in the vault's language: its own, then those everybody knows.

    ``but`` is a note whose round does not count.
    """
    used = [debrief.round for debrief in vault.debriefs if debrief.round and debrief.path != but]
    names = (vault.words.write("round", name) for name in (*ROUNDS, CHAT, *used))
    return tuple(dict.fromkeys((*vault.settings.rounds, *names)))


def people(vault: Vault) -> tuple[str, ...]:
    """Return the names of those who were met, the latest first."""
    met = [person.name for debrief in reversed(vault.debriefs) for person in vault.search.people_of(debrief.path)]
    return tuple(dict.fromkeys(met))


def suggestions(asked: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return what may have been meant: names one slip away, or of which only a part was typed; none if it is known."""
    names = list(known)
    if not fold(asked) or any(fold(name) == fold(asked) for name in names):
        return ()
    near = nearest(asked, names)
    parts = [name for name in names if _is_part(asked, name) or _is_part(name, asked, prefix=False)]
    return tuple(dict.fromkeys([*([near] if near else []), *parts]))[:_MOST]


def _is_part(part: str, whole: str, *, prefix: bool = True) -> bool:
    """Whether words are some of another text's, in a row; the last one may be cut short."""
    words, padded = fold(part), f" {fold(whole)} "
    return f" {words} " in padded or (prefix and len(words) >= _SHORTEST_PREFIX and f" {words}" in padded)
