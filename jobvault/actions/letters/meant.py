"""Which letter is meant: by its path or name, by whom it is to, by company, round, day, kind or subject."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions.awaited import refuse_unreadable
from jobvault.actions.matching import with_beginnings
from jobvault.actions.note_file import file_meant
from jobvault.actions.which import DaysOf, Meant, debriefs_meant, note_at
from jobvault.errors import NotFoundError
from jobvault.model import Letter
from jobvault.notes.near import nearest
from jobvault.search.letters import is_sent
from jobvault.search.names import key_of, stem_of

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault


def letters_meant(vault: Vault, asked: str, days_of: DaysOf, cwd: Path) -> tuple[Meant, ...]:
    """Return the letters that are meant: drafts alone where there are some, else those that were sent; by path.

    A path, from the working folder or in the vault, is sure, and so is a note's whole name. Raises ``NotFoundError``
    for a note that is no letter, and ``RefusedError`` for one that cannot be read.
    """
    path = _path(vault, asked, cwd)
    if path is not None:
        return (_meant(vault, letter_at(vault, path)),)
    letters = vault.search.letters
    named = [letter for letter in letters if key_of(stem_of(letter.path)) == key_of(stem_of(asked))]
    found = named or with_beginnings(letters, asked, lambda letter: _words_of(vault, letter))
    found = found or _about(vault, asked, days_of)
    drafts = [letter for letter in found if not is_sent(letter)]
    return tuple(_meant(vault, letter) for letter in drafts or found)


def letter_at(vault: Vault, path: str) -> Letter:
    """Return the letter whose note is at a path. Raises ``NotFoundError`` or ``RefusedError`` where there is none."""
    found = next((letter for letter in vault.search.letters if letter.path == path), None)
    if found is not None:
        return found
    reading = next((reading for reading in vault.readings() if reading.path == path), None)
    if reading is not None:
        refuse_unreadable(reading)
    raise NotFoundError(f"{path} is no letter: its front matter does not say `type: letter`.")


def nothing_meant(vault: Vault, asked: str) -> NotFoundError:
    """Return what there is to say where no letter is meant: which is near, or how one is made."""
    letters = vault.search.letters
    if not letters:
        return NotFoundError("There is no letter yet. Draft one with `jobvault letter draft COMPANY`.")
    called = [word for letter in letters for word in (_recipient(vault, letter), _company(vault, letter))]
    near = nearest(asked, [*called, *(name.split()[0] for name in called if name.strip())])
    hint = f"Did you mean “{near}”?" if near else "Name whom it is to, the company, or its note."
    return NotFoundError(f"“{asked}” means no letter here. {hint}")


def _path(vault: Vault, asked: str, cwd: Path) -> str | None:
    """Return the note at a path; a bare name, as ``Acme``, is one only where that note is a letter."""
    file = file_meant(asked, cwd) if asked.strip() else None
    found = (note_at(vault, str(file)) if file is not None else None) or note_at(vault, asked)
    is_path = "/" in asked or os.sep in asked or asked.lower().endswith(".md")
    return found if is_path or any(letter.path == found for letter in vault.search.letters) else None


def _about(vault: Vault, asked: str, days_of: DaysOf) -> list[Letter]:
    """Return the letters about the interviews that are meant, as by their day."""
    paths = {debrief.path for debrief in debriefs_meant(vault, asked, days_of)}
    found: Sequence[Letter] = vault.search.letters
    return [letter for letter in found if (about := vault.search.debrief_of(letter.path)) and about.path in paths]


def _words_of(vault: Vault, letter: Letter) -> str:
    person, about = vault.search.addressee(letter), vault.search.debrief_of(letter.path)
    names = (letter.to, *((person.name, *person.aliases) if person else ()))
    rounds = (about.company, about.round, vault.words.write("round", about.round)) if about else ()
    kinds = (letter.kind, vault.words.write("kind", letter.kind))
    return " ".join((*names, *rounds, *kinds, letter.subject, stem_of(letter.path)))


def _meant(vault: Vault, letter: Letter) -> Meant:
    told = (_recipient(vault, letter), _company(vault, letter), letter.subject)
    return Meant(letter.path, told=" · ".join(filter(None, told)))


def _recipient(vault: Vault, letter: Letter) -> str:
    person = vault.search.addressee(letter)
    return person.name if person else letter.to


def _company(vault: Vault, letter: Letter) -> str:
    about = vault.search.debrief_of(letter.path)
    return about.company if about else ""
