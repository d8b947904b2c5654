"""Take back what a command wrote, all of its notes or none; and what the undo store knows."""

from __future__ import annotations

import datetime as dt
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.actions.clock import now, today_in
from jobvault.actions.undo_restore import Restore, restored
from jobvault.errors import (
    AmbiguousError,
    ChangedError,
    JobvaultError,
    NotFoundError,
    NotUndoneError,
    NoVaultError,
    RefusedError,
    SettingsError,
)
from jobvault.settings import Settings
from jobvault.vault import write as disk
from jobvault.vault.inside import printable, resolve_inside
from jobvault.vault.places import MARKER, find_vault, is_vault
from jobvault.vault.undo.commands import History, Rescued, UndoCommand, read_history
from jobvault.vault.undo.store import UndoStore, open_undo

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary
    from jobvault.actions.vault import Vault


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A command that was taken back, or would be: each note as it is and as it was before, the last written first.

    ``by`` is the id of the command that did it, for who wants it all again. ``summary`` is what was brought up to date
    behind it; None where nothing was. ``passing`` are conflict copies that are there again until the next summary takes
    them away, as they say nothing else.
    """

    command: UndoCommand
    restores: tuple[Restore, ...]
    by: str = ""
    summary: Summary | None = field(default=None, repr=False)
    passing: frozenset[str] = frozenset()

    @property
    def left_away(self) -> tuple[str, ...]:
        """The conflict copies that the command took away by the way, and that stay away: they said nothing else."""
        gone = [note.path for note in self.command.notes if note.derived and note.way == "removed"]
        return () if self.command.regenerates else tuple(gone)


# --- what there is --------------------------------------------------------------------------------------------------


def history(vault: Vault) -> History:
    """Return all that the undo store of a vault knows. Raises ``JobvaultError`` where it cannot be read."""
    store = store_of(vault)
    try:
        return read_history(store.records())
    except OSError as error:
        raise _unreadable(store, error) from error


def _unreadable(store: UndoStore, error: OSError) -> JobvaultError:
    why = f"what can be taken back is kept here, but cannot be read: {error.strerror}"
    return JobvaultError(f"{store.journal}: {why}. Mend that, and try again.")


def command_named(found: History, name: str) -> UndoCommand | Rescued:
    """Return the command, or the bytes put aside, of an id or how it starts.

    Raises ``NotFoundError`` and ``AmbiguousError``.
    """
    named = found.named(name)
    if not named:
        raise NotFoundError(f"There is no command “{name}” to take back. See them with `jobvault undo --list --all`.")
    if len(named) > 1:
        rows = tuple(f"{one.short}  {told(one)}" for one in named)
        raise AmbiguousError(f"“{name}” could be any of these:", rows, "Nothing was written.")
    return named[0]


def told(one: UndoCommand | Rescued) -> str:
    """Say in words what one was."""
    return one.by if isinstance(one, UndoCommand) else f"{printable(one.entry.path)}: {one.entry.why}"


def last_of(found: History) -> UndoCommand:
    """Return the command that is taken back without an id. Raises ``NotFoundError``."""
    if found.last is None:
        raise NotFoundError("There is nothing to take back. `jobvault undo --list --all` shows what there was.")
    return found.last


def store_of(vault: Vault) -> UndoStore:
    """Return the undo store of a vault; where something is being written, as that command uses it."""
    return vault.undo or open_undo(vault.root, now())


# --- taking back ----------------------------------------------------------------------------------------------------


def undo(vault: Vault, name: str = "", *, dry_run: bool = False, where: str = "") -> TakenBack:
    """Take back a command, the last one without a name, as a whole; then bring the summaries up to date.

    Where it only brought summaries up to date, they are set back and left so. Raises ``NotUndoneError`` where a note
    has changed since, ``RefusedError`` where one cannot be written, ``NotFoundError`` and ``AmbiguousError``. Nothing
    is written then, but where a note refuses all of a sudden: then the error names what was taken back already.
    ``where`` is what a command needs to find the vault, as `` --vault PATH``; it stands in the errors.
    """
    command = _meant(vault, name, where)
    if dry_run:
        return TakenBack(command, _planned(vault, command, where))
    with changes.writing(vault, undoes=command.command):
        command = _meant(vault, command.command, where)
        restores = _planned(vault, command, where)
        _restore(vault, command, restores)
        _take_folders_away(vault, command)
        store_of(vault).close()
        summary = None
        again = frozenset(one.path for one in restores if one.now is None)
        if is_vault(vault.root) and vault.mistake is None and not command.regenerates:
            with suppress(ChangedError):  # somebody goes on saving; the next command brings them up to date
                summary = vault.summarize(leaving=again)
        own = history(vault).command(store_of(vault).command)
    return TakenBack(command, restores, own.short if own else "", summary, _passing(vault, again))


def _passing(vault: Vault, again: frozenset[str]) -> frozenset[str]:
    """Return those of the files that are there again which the next summary takes away."""
    if not again or not is_vault(vault.root) or vault.mistake is not None:
        return frozenset()
    return again & {copy.path for copy in vault.summarize(dry_run=True).absorbed}


def _meant(vault: Vault, name: str, where: str) -> UndoCommand:
    found = history(vault)
    one = command_named(found, name) if name else last_of(found)
    if isinstance(one, Rescued):
        path = printable(one.entry.path)
        raise NotFoundError(
            f"{one.short} is no command, but bytes put aside: {one.entry.why}. See them with "
            f"`{by_hand(one.short, path, where)}`, and put them where you want them."
        )
    if one.taken_back:
        raise NotFoundError(f"`{one.by}` ({one.short}) was taken back already. {_again(found, one)}")
    return one


def _again(found: History, one: UndoCommand) -> str:
    did = next((other for other in found.commands if other.undoes == one.command and not other.taken_back), None)
    return f"To have it again: `jobvault undo {did.short}`." if did else "See `jobvault undo --list`."


def by_hand(short: str, path: str, where: str) -> str:
    """Return the command that prints a note's old bytes."""
    return f"jobvault undo {short} --print {shlex.quote(printable(path))}{where}"


def _planned(vault: Vault, command: UndoCommand, where: str) -> tuple[Restore, ...]:
    """Work out what each note is to hold again; writes nothing. Raises where one cannot be set back.

    While git has something open there, a note may hold its old text for a moment only, so nothing is compared then.
    """
    paths = dict.fromkeys(one.path for one in reversed(command.meant))
    for path in paths:
        disk.check_place(vault.root, path, after_merge=vault.after_merge)
    found = [restored(vault, store_of(vault), command, path) for path in paths]
    changed = [path for path, one in zip(paths, found, strict=True) if one is None and path not in command.back]
    if changed:
        rows = tuple(_row(command, path, where) for path in changed)
        raise NotUndoneError(f"`{command.by}` ({command.short})", tuple(changed), rows)
    restores = tuple(one for one in found if one is not None and one.now != one.old)
    removed = any(one.old is None for one in restores)
    for one in restores:
        if one.path == MARKER and one.old is None:
            raise RefusedError(MARKER, None, "it makes the folder a vault, so it stays.")
        if one.now is not None or not removed:  # else what is in the way may be what goes first
            disk.check(vault.root, one.path, exists=one.now is not None, after_merge=vault.after_merge)
    return restores


def _row(command: UndoCommand, path: str, where: str) -> str:
    first = next(entry for entry in command.meant if entry.path == path)
    if first.old is None:
        return f"{printable(path)} (it was made then; delete it yourself if it should go)"
    stem = printable(path).rpartition("/")[2].removesuffix(".md")
    command_line = by_hand(command.short, path, where)
    return f"{printable(path)}\n    its text from before: {command_line} > {shlex.quote(f'{stem}.before.txt')}"


def _restore(vault: Vault, command: UndoCommand, restores: Sequence[Restore]) -> None:
    why = f"jobvault undo: {command.by}"
    for number, one in enumerate(restores):
        try:
            if one.now is None and one.old is not None:
                changes.create(vault, one.path, one.old, why, mode=one.mode)
            elif one.old is None and one.now is not None:
                changes.remove(vault, one.path, one.now, why, derived=command.regenerates)
            elif one.old is not None and one.now is not None:
                changes.write(vault, one.path, one.now, one.old, why, derived=command.regenerates)
        except RefusedError as error:
            if not number:
                raise
            raise _half_made(command, restores[:number], error) from error


def _half_made(command: UndoCommand, done: Sequence[Restore], error: RefusedError) -> JobvaultError:
    why = "it was changed in that moment" if isinstance(error, ChangedError) else error.why.rstrip(".")
    back = ", ".join(printable(one.path) for one in done)
    return JobvaultError(
        f"{error.path}: {why}. `{command.by}` is taken back by half: {back} done. "
        f"`jobvault undo {command.short}` goes on with the rest."
    )


def _take_folders_away(vault: Vault, command: UndoCommand) -> None:
    """Take away the folders that the command made, innermost first, where nothing is in them."""
    for folder in _made(command):
        with suppress(OSError, RefusedError):
            resolve_inside(vault.root, folder).rmdir()


def _made(command: UndoCommand) -> Iterator[str]:
    for entry in reversed(command.entries):
        yield from reversed(entry.folders)


# --- where ----------------------------------------------------------------------------------------------------------


def open_undoable(named: Path | None, cwd: Path, environ: Mapping[str, str], *, today: dt.date | None = None) -> Vault:
    """Open the vault to take something back in; also a folder that is none, where something was written in it.

    Such a folder must be ``named``, or be ``cwd``; it goes before a default vault, which is further away. Raises
    ``NoVaultError`` where there is neither. Where ``jobvault.yaml`` has a mistake, that is no reason to take nothing
    back: the vault has the defaults then, and says so by its ``mistake``.
    """
    from jobvault.actions.vault import Vault, load_words, open_vault

    folder = Path(os.path.abspath(cwd / (named or "")))  # noqa: PTH100 - links in it are not resolved
    said = named is not None or environ.get("JOBVAULT_DIR")
    try:
        root = find_vault(named, cwd, environ)
    except NoVaultError:
        if (named is None and said) or not _has_store(folder):
            raise
        root = folder
    if not said and root not in (folder, *folder.parents) and _has_store(folder):
        root = folder
    mistake = None
    if is_vault(root):
        try:
            return open_vault(root, today=today)
        except SettingsError as error:
            mistake = error
    return Vault(root, Settings(), load_words(), today_in("", named=today), mistake=mistake)


def _has_store(folder: Path) -> bool:
    store = open_undo(folder, now())
    try:
        return store.exists
    except OSError as error:
        raise _unreadable(store, error) from error
