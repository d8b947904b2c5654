"""Notes that are there but cannot be read right now: a tick that means one of them waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobvault.notes.unread import Unread, unread
from jobvault.search.names import NoteNames
from jobvault.vault.files import read

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_NOT_NOW = {
    "unreadable": "the note cannot be read",
    "not-downloaded": "the note is still in the cloud only",
    "not-a-file": "it is no regular file",
    "too-big": "the note cannot be read",
}
"""Why the disk did not give a note, by the code of the problem. A link out of the vault was never a note."""


def names_on_disk(vault: Vault) -> NoteNames:
    """Return the names of all notes that a line in a block may mean: also of those that cannot be read now."""
    notes = vault.notes
    more = [*_not_read(vault), *notes.held]
    return NoteNames(tuple(dict.fromkeys((*notes.paths, *more)))) if more else vault.search.names


def why_unread(vault: Vault, path: str | None) -> Unread | None:
    """Return why a note cannot be read now; None where it can.

    ``path`` is None where no note has the name that is meant: it may lie in a folder that cannot be listed.
    """
    if path is None:
        return Unread("a folder that it may lie in cannot be read") if _has_hidden_folder(vault) else None
    if path in (passed := _not_read(vault)):
        return Unread(passed[path])
    result = read(vault.root, path)
    if result.data is None and result.problem is not None:
        return Unread(_NOT_NOW.get(result.problem.code, "the note cannot be read"))
    if result.data is None or not result.settled or not vault.notes.has_read(path, result.entry):
        return Unread("the note is being changed")
    return unread(path, result.data)


def _not_read(vault: Vault) -> dict[str, str]:
    """Return the notes that were passed over, each with the reason."""
    return {p.path: _NOT_NOW[p.code] for p in vault.notes.disk_problems if p.code in _NOT_NOW and _is_note(p.path)}


def _has_hidden_folder(vault: Vault) -> bool:
    return any(p.code == "unreadable" and not _is_note(p.path) for p in vault.notes.disk_problems)


def _is_note(path: str) -> bool:
    return path.lower().endswith(".md")
