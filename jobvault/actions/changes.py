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

_open: dict[Path, UndoStore] = {}


@contextmanager
def writing(vault: Vault) -> Iterator[None]:
    """Hold the vault's lock; all that is written inside is one command to ``undo``. Leftovers of a killed run go first."""
    if vault.root in _open:
        yield
        return
    with vault_lock(vault.root):
        _open[vault.root] = open_undo(vault.root, now())
        try:
            disk.sweep(vault.root, undo=_open[vault.root])
            yield
        finally:
            del _open[vault.root]


def write(vault: Vault, path: str, old: bytes, new: bytes, why: str) -> bool:
    """Replace a note that holds ``old``. Call it inside ``writing``. Raises ``RefusedError``, ``ChangedError``."""
    return disk.replace(vault.root, path, old, new, undo=_open[vault.root], why=why)


def create(vault: Vault, path: str, data: bytes) -> Path:
    """Create a note that does not exist yet. Call it inside ``writing``."""
    return disk.create(vault.root, path, data)
