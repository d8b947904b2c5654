"""Keep what a change replaces before it is made, and take that back where it is not made after all."""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from jobvault.errors import DiskError, RefusedError
from jobvault.vault.durable import read_file
from jobvault.vault.inside import printable, relative_to_vault
from jobvault.vault.undo.journal import MEANWHILE
from jobvault.vault.undo.store import UndoEntry, UndoStore

_DISK_FAILS = frozenset({errno.ENOSPC, errno.EIO, errno.EROFS, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


def _refusal(error: OSError) -> type[RefusedError]:
    return DiskError if error.errno in _DISK_FAILS else RefusedError


def said(error: OSError) -> str:
    """Return the sentence of a refusal for what the disk said."""
    return f"the disk said “{error.strerror or error}”."


@contextmanager
def refusing(path: str) -> Iterator[None]:
    """Turn what the disk says into a refusal that names the note at ``path``."""
    try:
        yield
    except OSError as error:
        raise _refusal(error)(printable(path), None, said(error)) from error


@contextmanager
def kept(root: Path, note: Path, old: bytes, new: bytes | None, undo: UndoStore, why: str) -> Iterator[partial[None]]:
    """Keep what a change replaces (``new`` is None: takes away) before it is made; withdraw it where that fails.

    Yields a way to keep what else is found of the user's. Raises :class:`RefusedError` where nothing can be kept.
    """
    path = relative_to_vault(root, note)
    mode = stat.S_IMODE(note.stat().st_mode) if new is None else None
    keep = partial(undo.keep, path, old, new=new, why=why, mode=mode)
    with _kept_entry(undo, path, keep, partial(_is_made, note, new)) as entry:
        yield partial(_keep_also, undo, entry)


@contextmanager
def _kept_entry(
    undo: UndoStore, path: str, keep: Callable[[], UndoEntry], is_made: Callable[[], bool]
) -> Iterator[UndoEntry]:
    try:
        entry = keep()
    except OSError as error:
        text = f"for undo, the disk said “{error.strerror or error}” in {undo.folder}."
        raise _refusal(error)(printable(path), None, text) from error
    try:
        yield entry
    except BaseException:
        if not is_made():  # Ctrl-C may come just after that
            with suppress(OSError):
                undo.withdraw(entry)
        raise


def _is_made(note: Path, new: bytes | None) -> bool:
    try:
        return read_file(note) == new
    except FileNotFoundError:
        return new is None
    except OSError:
        return False


@contextmanager
def kept_new(
    root: Path, target: Path, folders: Sequence[Path], data: bytes, undo: UndoStore | None, why: str
) -> Iterator[None]:
    """Keep that a note, and folders for it, are about to be made; withdraw it where they are not made after all."""
    if undo is None:
        yield
        return
    path = relative_to_vault(root, target)
    made = tuple(relative_to_vault(root, folder) for folder in folders)
    keep = partial(undo.keep, path, None, new=data, why=why, folders=made)
    with _kept_entry(undo, path, keep, partial(_is_made, target, data)):
        yield


def _keep_also(undo: UndoStore, entry: UndoEntry, data: bytes) -> None:
    undo.keep(entry.path, data, new=None, why=MEANWHILE, rescued=True)
