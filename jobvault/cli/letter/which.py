"""The letter that a NOTE on the line means; chosen by its number where it could be several and somebody is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import Item, from_vault

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.cli.session import Session
    from jobvault.model import Letter


def letter_asked_for(session: Session, vault: Vault, note: Sequence[str]) -> Letter:
    """Return the letter that words mean. Raises ``NotFoundError``, and ``AmbiguousError`` where nobody can be asked."""
    from pathlib import Path

    from jobvault.actions.letters.meant import letter_at, letters_meant, nothing_meant
    from jobvault.actions.which import only
    from jobvault.cli.which import chosen, days_of

    asked = " ".join(note)
    found = letters_meant(vault, asked, days_of(vault.today.date), Path.cwd())
    if not found:
        raise nothing_meant(vault, asked)
    if len(found) > 1 and session.may_ask:
        return letter_at(vault, chosen(session, found).path)
    return letter_at(vault, only(vault, asked, found, "Nothing was written. Say more, or name it by its path.").path)


@from_vault
def letters(vault: Vault, context: click.Context, parameter: click.Parameter) -> Iterator[str | Item]:
    """Return the names of the letters, those that are not sent first; behind a word that was typed, none."""
    from jobvault.search.letters import is_sent
    from jobvault.search.names import stem_of

    if context.params.get(parameter.name or ""):
        return
    for letter in sorted(vault.search.letters, key=is_sent):
        about = vault.search.debrief_of(letter.path)
        told = (letter.to, about.company if about else "", letter.subject)
        yield Item(stem_of(letter.path), help=" · ".join(filter(None, told)))
