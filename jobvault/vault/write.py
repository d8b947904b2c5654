"""The only writer of notes: each is exactly old or exactly new at every moment, and no save of the user's is lost.

Hold the vault's lock (``lock.py``) around every call. The way a note is replaced: refuse what cannot be written
safely; keep its bytes in the undo store, synced; write a hidden file beside it with the note's attributes, synced;
compare the note with what was read once more; exchange the two names in one step and look at what came out
(``swap.py``), or replace where that cannot be had; sync the folder. A killed run leaves at most the hidden file, which
the next one sweeps (``leftovers.py``).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from jobvault.errors import ChangedError, JobvaultError, RefusedError
from jobvault.vault.durable import discard, sync_folder, write_new
from jobvault.vault.entry import is_placeholder
from jobvault.vault.git.operation import open_operation
from jobvault.vault.inside import printable, relative_to_vault, resolve_inside
from jobvault.vault.names import exists_alike
from jobvault.vault.replacing.attributes import write_like
from jobvault.vault.replacing.leftovers import sweep
from jobvault.vault.replacing.look import Outcome, whole
from jobvault.vault.replacing.swap import give_name, take_away, take_place
from jobvault.vault.replacing.temps import aside_of, new_temp, temp_beside
from jobvault.vault.undo.keeping import kept, kept_new, refusing, said
from jobvault.vault.undo.store import UndoStore

__all__ = ["TYPES_FILE", "check", "check_place", "create", "remove", "replace", "resolve_inside", "sweep"]

TYPES_FILE = ".obsidian/types.json"
"""What Obsidian takes each property for. Its folder is never made."""

HIDDEN_FILES = frozenset({TYPES_FILE, ".gitattributes", ".gitignore", ".stignore"})
"""The hidden files that may be written, each when it is asked for (``init``)."""


def replace(
    root: Path, path: str, expected: bytes, new: bytes, *, undo: UndoStore, why: str, after_merge: bool = False
) -> bool:
    """Write ``new`` into a note that holds ``expected``; False where they are equal and nothing was to be written.

    Mode, owner, extended attributes and a link in the vault that ``path`` may be are kept; ``expected`` goes to the
    undo store first, with ``why``. Raises :class:`ChangedError` where the note no longer holds ``expected``, and
    :class:`RefusedError` for what is no regular file, has several hard links, is read-only, lies in a hidden folder
    or outside the vault, where git has something open (``after_merge`` lets a merge pass), where another program
    holds the note open for writing, and for whatever else the disk says. Nothing is then changed, nothing left.
    """
    if new == expected:
        return False
    note = _writable(root, path, after_merge=after_merge)
    with refusing(path):
        _compare(note, expected, path)
        temp = _free_temp(root, note, undo)
        with kept(root, note, expected, new, undo, why) as keep_also:
            write_like(note, temp, new)
            _compare(note, expected, path, temp)
            _accept(take_place(note, temp, expected, new, keep_also), path)
    _make_last(note.parent, path)
    return True


def create(
    root: Path,
    path: str,
    data: bytes,
    *,
    undo: UndoStore | None = None,
    why: str = "",
    after_merge: bool = False,
    mode: int | None = None,
) -> Path:
    """Make a note that does not exist, with the folders it needs, and return its path. Never overwrites.

    Without ``undo`` it is setup, which nobody takes back. ``mode`` is for one that was there before. Raises
    :class:`RefusedError` where there is something of that name, also in another case or normalisation, and as
    :func:`replace` does. Nothing is then left, no folder either.
    """
    target = _target(root, path, after_merge=after_merge)
    _refuse_taken(path, target)
    missing = _missing_folders(target.parent)
    with refusing(path), _taking_free(path), kept_new(root, target, missing, data, undo, why), _making(missing):
        _make_note(target, data, mode)
    _make_last(target.parent, path)
    return root / path


def remove(root: Path, path: str, expected: bytes, *, undo: UndoStore, why: str, after_merge: bool = False) -> None:
    """Take away a note that holds ``expected``; the undo store has it. Raises as :func:`replace` does."""
    note = _writable(root, path, after_merge=after_merge)
    if (root / path).is_symlink():
        raise RefusedError(printable(path), None, "it is a link.")
    with refusing(path):
        _compare(note, expected, path)
        temp = _free_temp(root, note, undo)
        with kept(root, note, expected, None, undo, why) as keep_also:
            _accept(take_away(note, temp, expected, keep_also), path)
    _make_last(note.parent, path)


def check(root: Path, path: str, *, exists: bool, after_merge: bool = False) -> None:
    """Raise what :func:`replace` and :func:`remove` (``exists``), or :func:`create`, would raise before they write."""
    if exists:
        _writable(root, path, after_merge=after_merge)
    else:
        _refuse_taken(path, _target(root, path, after_merge=after_merge))


def check_place(root: Path, path: str, *, after_merge: bool = False) -> None:
    """Raise what any write there would raise, whatever the note holds: a hidden place, and what git has open."""
    _refuse_place(root, path, resolve_inside(root, path), after_merge=after_merge)


def _refuse_taken(path: str, target: Path) -> None:
    with refusing(path), _taking_free(path):
        if exists_alike(target.parent, target.name):
            raise FileExistsError


def _target(root: Path, path: str, *, after_merge: bool) -> Path:
    """Return where a note that is to be made will be, or refuse."""
    folder, _, name = path.rpartition("/")
    resolve_inside(root, path)
    home = resolve_inside(root, folder) if folder else Path(os.path.realpath(root))
    target = home / name
    _refuse_place(root, path, target, after_merge=after_merge)
    return target


def _writable(root: Path, path: str, *, after_merge: bool) -> Path:
    """Return where a note really is, or refuse to write it."""
    note = resolve_inside(root, path)
    _refuse_place(root, path, note, after_merge=after_merge)
    try:
        status = os.lstat(note)
    except FileNotFoundError as error:
        raise ChangedError(printable(path)) from error
    except OSError as error:
        raise RefusedError(printable(path), None, said(error)) from error
    why = _why_not(note, status)
    if why:
        raise RefusedError(printable(path), None, why)
    return note


def _why_not(note: Path, status: os.stat_result) -> str:
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file."
    if status.st_nlink > 1:
        return "the file has several names (hard links), which writing would part."
    if not status.st_mode & stat.S_IWUSR or not os.access(note, os.W_OK):
        return "the note is read-only."
    if is_placeholder(status):
        return "the note is still in the cloud only; open it once to download it."
    return ""


def _refuse_place(root: Path, path: str, place: Path, *, after_merge: bool) -> None:
    inside = relative_to_vault(root, place)
    if inside not in HIDDEN_FILES and any(part.startswith(".") for part in inside.split("/")):
        raise RefusedError(printable(path), None, "it is hidden, or in a hidden folder, where jobvault does not write.")
    busy = open_operation(place.parent, after_merge=after_merge)
    if busy:
        raise RefusedError(printable(path), None, f"{busy}; finish that first.")


def _compare(note: Path, expected: bytes, path: str, temp: Path | None = None) -> None:
    """Raise :class:`ChangedError` where the note is another one by now; a temporary file given goes then."""
    try:
        data = whole(note)
        if data == expected:
            return
        _accept(Outcome.HELD if data is None else Outcome.CHANGED, path)
    except FileNotFoundError as error:
        _discard(temp)
        raise ChangedError(printable(path)) from error
    except BaseException:
        _discard(temp)
        raise


def _discard(temp: Path | None) -> None:
    if temp is not None:
        discard(temp)


def _accept(outcome: Outcome, path: str) -> None:
    if outcome is Outcome.CHANGED:
        raise ChangedError(printable(path))
    if outcome is Outcome.HELD:
        raise RefusedError(printable(path), None, "another program has the note open for writing.")


def _free_temp(root: Path, note: Path, undo: UndoStore) -> Path:
    """Return the note's temporary file's path, with what a killed run may have left there swept away."""
    temp = temp_beside(note)
    for leftover in (temp, aside_of(temp)):
        if os.path.lexists(leftover):
            path = relative_to_vault(root, leftover)
            sweep(root, undo=undo, leftovers=(path,))
            if os.path.lexists(leftover):
                text = (
                    f"{printable(path)} lies beside it, left by a run that was cut off, and cannot be taken away yet."
                )
                raise RefusedError(printable(relative_to_vault(root, note)), None, text)
    return temp


def _make_note(target: Path, data: bytes, mode: int | None) -> None:
    temp = new_temp(target.parent)
    write_new(temp, data, 0o666 if mode is None else mode & 0o600)
    try:
        if mode is not None:
            temp.chmod(mode)
        give_name(temp, target)
    finally:
        discard(temp)


def _missing_folders(folder: Path) -> list[Path]:
    """Return the folders that a note in ``folder`` needs and that are missing, outermost first."""
    missing: list[Path] = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = folder.parent
    return missing[::-1]


@contextmanager
def _making(folders: Sequence[Path]) -> Iterator[None]:
    """Make folders, and take them away again where what was to be in them cannot be made."""
    made: list[Path] = []
    try:
        for folder in folders:
            folder.mkdir()
            made.append(folder)
            sync_folder(folder.parent)
        yield
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def _taking_free(path: str) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise RefusedError(printable(path), None, "there is already something of that name.") from error


def _make_last(folder: Path, path: str) -> None:
    try:
        sync_folder(folder)
    except OSError as error:
        text = f"{printable(path)}: it was written, but the disk reported an error after that ({error.strerror})."
        raise JobvaultError(text) from error
