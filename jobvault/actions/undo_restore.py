"""What a note is to hold once a command is taken back: its bytes from before, and no tick that would come again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from jobvault.errors import NotFoundError, RefusedError
from jobvault.notes.edits.kept_blocks import same_outside, with_blocks_of
from jobvault.notes.note import Note, encode, parse_note
from jobvault.render.ticks import read_boxes
from jobvault.search.names import NoteNames
from jobvault.vault.files import read
from jobvault.vault.inside import printable
from jobvault.vault.undo.commands import UndoCommand
from jobvault.vault.undo.journal import UndoEntry
from jobvault.vault.undo.store import UndoStore, digest

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault


@dataclass(frozen=True, slots=True)
class Restore:
    """A note's bytes as they are, and as they are to be again; None where there is, or was, no note.

    ``mode`` holds the permissions that a note had which is to be there again.
    """

    path: str
    now: bytes | None = field(repr=False)
    old: bytes | None = field(repr=False)
    mode: int | None = None


def restored(vault: Vault, store: UndoStore, command: UndoCommand, path: str) -> Restore | None:
    """Return what a note is to hold once a command is taken back; None where it has changed since.

    Raises ``RefusedError`` where it cannot be read, or the undo store lost its bytes.
    """
    found = read(vault.root, path)
    if found.problem is not None:
        raise RefusedError(printable(path), None, found.problem.message)
    now = found.data
    own = [entry for entry in command.entries if entry.path == path]
    old = _bytes(store, own[0].old, path)
    if _digest(now) == own[0].old:
        return Restore(path, now, old)
    if now is None or old is None:
        mode = next((entry.mode for entry in reversed(own) if entry.mode is not None), None)
        return Restore(path, now, old, mode) if _is_last(own, now) else None
    before, note = parse_note(path, old), parse_note(path, now)
    if _is_last(own, now):
        waiting = [] if command.regenerates else _waiting(vault, before)
        new = with_blocks_of(before, note, waiting) if waiting else None
        return Restore(path, now, encode(new.text) if new else old)
    if command.regenerates or not _only_blocks_since(store, own, note):
        return None
    new = with_blocks_of(before, note, range(len(before.blocks)))
    return None if new is None else Restore(path, now, encode(new.text))


def _is_last(own: Sequence[UndoEntry], now: bytes | None) -> bool:
    """Whether a note holds what the command wrote into it, and nobody else wrote in between."""
    return _unbroken(own) and _digest(now) in {entry.new for entry in own}


def _unbroken(own: Sequence[UndoEntry]) -> bool:
    return all(one.new == other.old for one, other in pairwise(own))


def _only_blocks_since(store: UndoStore, own: Sequence[UndoEntry], now: Note) -> bool:
    """Whether a note is what the command wrote but for its generated blocks, which were written anew since."""
    last = own[-1].new
    if last is None or not _unbroken(own):
        return False
    try:
        return same_outside(parse_note(now.path, store.read(last)), now)
    except NotFoundError:
        return False


def _waiting(vault: Vault, old: Note) -> list[int]:
    """Return the places of the blocks in which a tick waited; set back, it would be carried again."""
    boxes = (read_boxes(old.path, block, NoteNames(()), vault.words) for block in old.blocks)
    return [index for index, lines in enumerate(boxes) if any(line.acted for line in lines)]


def _bytes(store: UndoStore, name: str | None, path: str) -> bytes | None:
    try:
        return None if name is None else store.read(name)
    except NotFoundError as error:
        raise RefusedError(printable(path), None, "the undo store does not hold its old bytes any more.") from error


def _digest(data: bytes | None) -> str | None:
    return None if data is None else digest(data)
