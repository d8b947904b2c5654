"""What a killed run left beside the notes: looked at, and never thrown away while it may be the user's."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Sequence
from pathlib import Path

from jobvault.errors import RefusedError
from jobvault.model import Problem
from jobvault.vault.durable import READ_FLAGS, close_read, discard, read_all, read_file, sync_folder
from jobvault.vault.entry import not_a_file, problem, unreadable
from jobvault.vault.inside import relative_to_vault, resolve_inside
from jobvault.vault.replacing.look import wait_for_writers
from jobvault.vault.replacing.temps import is_leftover, note_of
from jobvault.vault.undo.journal import LEFT_BESIDE
from jobvault.vault.undo.store import UndoStore
from jobvault.vault.walk import scan

_OBSIDIAN = ".obsidian"
_CAP = 64 * 1024 * 1024


def sweep(root: Path, *, undo: UndoStore, leftovers: Sequence[str] | None = None) -> tuple[Problem, ...]:
    """Take away the temporary files of killed runs. Hold the vault's lock.

    ``leftovers`` are what a scan found; without, the vault is scanned. One that is empty, equal to its note, a second
    name of it, or known to the undo store is removed. Any other may be a save that landed at the wrong moment: it goes
    to the undo store and is reported. One that somebody has open for writing is left for the next run.
    """
    paths = scan(root, ()).leftovers if leftovers is None else leftovers
    every = dict.fromkeys([*paths, *_beside_settings(root)])
    found = (_sweep_safely(root, path, undo) for path in every if is_leftover(path.rpartition("/")[2]))
    return tuple(one for one in found if one is not None)


def _beside_settings(root: Path) -> list[str]:
    """Return what was left in the one hidden folder where jobvault writes, which no scan looks into."""
    try:
        return [f"{_OBSIDIAN}/{name}" for name in os.listdir(root / _OBSIDIAN) if is_leftover(name)]
    except OSError:
        return []


def _sweep_safely(root: Path, path: str, undo: UndoStore) -> Problem | None:
    try:
        return _sweep_one(root, path, undo)
    except RefusedError:
        return problem(path, "link-leaves-vault", "It lies behind a link that leaves the vault, so it is left there.")
    except FileNotFoundError:
        return None
    except OSError as error:
        return unreadable(path, error)


def _sweep_one(root: Path, path: str, undo: UndoStore) -> Problem | None:
    folder, _, name = path.rpartition("/")
    temp = (resolve_inside(root, folder) if folder else Path(os.path.realpath(root))) / name
    fd = os.open(temp, READ_FLAGS)
    try:
        status = os.fstat(fd)
        if _is_second_name(temp, status):
            data = b""
        elif not stat.S_ISREG(status.st_mode) or status.st_nlink != 1 or status.st_size > _CAP:
            return not_a_file(path)  # it has a name of ours, but is none of ours
        elif not wait_for_writers(fd, _monotonic(status.st_ctime)):
            return None
        else:
            data = read_all(fd)
    finally:
        close_read(fd)
    said = _rescue(root, temp, data, undo)
    discard(temp)
    sync_folder(temp.parent)
    return said


def _is_second_name(temp: Path, status: os.stat_result) -> bool:
    """Whether a note has the same file: a run was killed between giving it one name and taking the other away."""
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 2:
        return False
    with os.scandir(temp.parent) as items:
        return any(
            item.inode() == status.st_ino and item.name != temp.name and not is_leftover(item.name) for item in items
        )


def _monotonic(moment: float) -> float:
    """Return a moment of the clock as one of :func:`time.monotonic`; one in the future is now."""
    return time.monotonic() - max(0.0, time.time() - moment)


def _rescue(root: Path, temp: Path, data: bytes, undo: UndoStore) -> Problem | None:
    note = note_of(temp)
    current = read_file(note) if note is not None else None
    if not data or data == current or undo.knows(data):
        return None
    path = relative_to_vault(root, note or temp)
    undo.keep(path, data, new=current, why=LEFT_BESIDE, rescued=True)
    message = "Other bytes than the note's were left beside it by a run that was cut off; the undo store has them now."
    return problem(path, "leftover", message)
