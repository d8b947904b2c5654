"""Every change to a vault's notes goes through here: under the vault's lock, with the old bytes kept for undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions.clock import now
from jobvault.vault import write as disk
from jobvault.vault.lock import vault_lock
from jobvault.vault.undo import UndoStore, open_undo

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault


@contextmanager
def writing(vault: Vault) -> Iterator[None]:
    """Hold the vault's lock; all that is written inside is one command to ``undo``.

    Leftovers of a killed run are taken care of first. Inside another ``writing`` of the same vault it does nothing.
    Raises ``JobvaultError`` where another jobvault holds the lock for too long.
    """
    if vault.undo is not None:
        yield
        return
    with vault_lock(vault.root):
        vault.undo = open_undo(vault.root, now())
        try:
            disk.sweep(vault.root, undo=vault.undo, leftovers=vault.notes.leftovers)
            yield
        finally:
            vault.undo = None


def write(vault: Vault, path: str, old: bytes, new: bytes, why: str) -> bool:
    """Replace a note that holds ``old``. Raises ``RefusedError``, or ``ChangedError`` where it does not any more."""
    return disk.replace(vault.root, path, old, new, undo=_store(vault), why=why, after_merge=vault.after_merge)


def create(vault: Vault, path: str, data: bytes) -> Path:
    """Create a note that does not exist yet; returns where it is. Raises ``RefusedError`` where one does."""
    _store(vault)
    return disk.create(vault.root, path, data, after_merge=vault.after_merge)


def remove(vault: Vault, path: str, old: bytes, why: str) -> None:
    """Take away a note that holds ``old``; the undo store has it. Raises as :func:`write` does."""
    disk.remove(vault.root, path, old, undo=_store(vault), why=why, after_merge=vault.after_merge)


def _store(vault: Vault) -> UndoStore:
    if vault.undo is None:
        raise AssertionError("notes are only written inside `writing`")
    return vault.undo
