"""Every change to a vault's notes goes through here: under the vault's lock, with the old bytes kept for undo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions.clock import now
from jobvault.vault import write as disk
from jobvault.vault.lock import vault_lock
from jobvault.vault.places import is_vault
from jobvault.vault.replacing.temps import is_leftover
from jobvault.vault.undo.bounds import prune_when_due
from jobvault.vault.undo.store import UndoStore, begin_run, open_undo

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault


@contextmanager
def writing(vault: Vault, *, undoes: str = "") -> Iterator[None]:
    """Hold the vault's lock, to write; ``undoes`` is the id of the command that is taken back.

    What is written inside is one command to ``undo``; where the vault knows the words of the running command, that
    and all that it writes later.
    Leftovers of a killed run are taken care of first, and the bounds of the undo store last. Inside another ``writing``
    of the same vault it does nothing. Raises ``JobvaultError`` where another jobvault holds the lock for too long.
    """
    if vault.undo is not None:
        yield
        return
    with vault_lock(vault.root):
        run = vault.run or begin_run(now(), vault.by)
        vault.run = run if vault.by else None
        vault.undo = undo = open_undo(vault.root, run.when, run.command, by=run.by, undoes=undoes)
        try:
            left = disk.sweep(vault.root, undo=undo, leftovers=_leftovers(vault))
            vault.rescued = (*vault.rescued, *(vault.notes.said(problem) for problem in left))
            yield
            if vault.mistake is None:  # else nobody knows what the bounds are
                with suppress(OSError):  # what could not be tidied now will be another time
                    prune_when_due(undo, vault.settings.undo, now())
        finally:
            vault.undo = None


def write(vault: Vault, path: str, old: bytes, new: bytes, why: str, *, derived: bool = False) -> bool:
    """Replace a note that holds ``old``; ``derived`` where only generated blocks change, as `undo` has to know.

    Raises ``RefusedError``, or ``ChangedError`` where it does not hold that any more.
    """
    undo = replace(_store(vault), derived=derived)
    return disk.replace(vault.root, path, old, new, undo=undo, why=why, after_merge=vault.after_merge)


def create(vault: Vault, path: str, data: bytes, why: str, *, mode: int | None = None) -> Path:
    """Create a note that does not exist yet; returns where it is. Raises ``RefusedError`` where one does.

    ``mode`` holds the permissions of one that was there before; others get what the system gives.
    """
    undo = _store(vault)
    return disk.create(vault.root, path, data, undo=undo, why=why, after_merge=vault.after_merge, mode=mode)


def lay_down(vault: Vault, path: str, data: bytes) -> Path:
    """Create a file of the vault's setup, as :func:`create`; ``undo`` leaves it alone."""
    _store(vault)
    return disk.create(vault.root, path, data, after_merge=vault.after_merge)


def remove(vault: Vault, path: str, old: bytes, why: str, *, derived: bool = False) -> None:
    """Take away a note that holds ``old``; the undo store has it. ``derived`` where it said nothing of its own.

    Raises as :func:`write` does.
    """
    undo = replace(_store(vault), derived=derived)
    disk.remove(vault.root, path, old, undo=undo, why=why, after_merge=vault.after_merge)


def _leftovers(vault: Vault) -> Sequence[str] | None:
    """Return what a killed run left; of a folder that is no vault, which may be a whole home, only what lies in it."""
    if is_vault(vault.root):
        return vault.notes.leftovers
    with suppress(OSError):
        return [place.name for place in vault.root.iterdir() if is_leftover(place.name)]
    return ()


def _store(vault: Vault) -> UndoStore:
    if vault.undo is None:
        raise AssertionError("notes are only written inside `writing`")
    return vault.undo
