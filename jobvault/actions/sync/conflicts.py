"""What two devices could not agree about: conflict copies beside their notes, and what git left; keeping one of two."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jobvault.actions import changes
from jobvault.actions.matching import with_words
from jobvault.errors import AmbiguousError, NotFoundError, RefusedError
from jobvault.notes.edits.kept_blocks import with_blocks_of
from jobvault.notes.lines import split_lines
from jobvault.notes.note import encode, parse_note
from jobvault.vault.files import read
from jobvault.vault.places import expanded

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

Kind = Literal["copy", "look-alike"]
State = Literal["absorbable", "equal", "differs", "alone", "unreadable"]
Side = Literal["original", "copy"]
SIDES: tuple[Side, ...] = ("original", "copy")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file beside the note that it is a copy of; ``kind`` is ``look-alike`` where only its name and text say so.

    ``state``: ``absorbable``, as it says nothing of its own, so that ``summarize`` takes it away; ``equal``, byte for
    byte; ``differs``; ``alone``, as its original is gone; ``unreadable``, as one of the two is. ``old`` are the bytes
    of the original, ``new`` those of the copy.
    """

    path: str
    original: str
    kind: Kind
    state: State
    old: bytes | None = field(default=None, repr=False)
    new: bytes | None = field(default=None, repr=False)

    @property
    def diff(self) -> tuple[str, ...]:
        """What the copy says otherwise, as a unified diff from the original; empty where no word differs.

        Of an ``absorbable`` one without generated blocks: they would be the whole of it, and are nobody's words.
        """
        if self.old is None or self.new is None:
            return ()
        new = _with_its_blocks(self.old, self.new) if self.state == "absorbable" else self.new
        return tuple(unified_diff(_lines(self.old), _lines(new), self.original, self.path, lineterm=""))


@dataclass(frozen=True, slots=True)
class Marker:
    """A conflict that git left in a note, outside of generated blocks: its first and its last line, from 1."""

    path: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All that two devices could not agree about, by path."""

    copies: tuple[Conflict, ...]
    markers: tuple[Marker, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A conflict that is decided: the file beside the note, the note, and which of the two is kept."""

    path: str
    original: str
    side: Side


def find_conflicts(vault: Vault) -> Conflicts:
    """Find conflict copies, notes that look like copies, and git's conflicts. Reads the disk anew; writes nothing."""
    absorbed = {copy.path for copy in vault.summarize(dry_run=True).absorbed}
    named = [_compared(vault, copy.path, copy.original, absorbed) for copy in vault.search.copies]
    alike = [_compared(vault, path, other, None) for path, other in vault.notes.look_alikes().items()]
    copies = sorted([*named, *alike], key=lambda conflict: (conflict.original, conflict.path))
    return Conflicts(tuple(copies), tuple(_markers(vault)))


def _compared(vault: Vault, path: str, original: str, absorbed: set[str] | None) -> Conflict:
    copy, note = read(vault.root, path), read(vault.root, original)
    kind: Kind = "copy" if absorbed is not None else "look-alike"
    state: State = "differs"
    if copy.data is None or note.problem is not None:
        state = "unreadable"
    elif note.data is None:
        state = "alone"
    elif absorbed and path in absorbed:
        state = "absorbable"
    elif copy.data == note.data:
        state = "equal"
    return Conflict(path, original, kind, state, note.data, copy.data)


def _markers(vault: Vault) -> Iterator[Marker]:
    """Give git's conflicts in our notes; those that lie wholly inside of a block are no one's to solve."""
    for path in sorted({problem.path for problem in vault.problems if problem.code == "git-conflict"}):
        data = vault.bytes_of(path)
        note = parse_note(path, data or b"")
        spans = [(block.begin, block.end) for block in note.blocks]
        for hunk in note.hunks:
            if not any(begin < hunk.start and hunk.end <= end for begin, end in spans):
                yield Marker(path, hunk.start, hunk.end)


def _with_its_blocks(original: bytes, copy: bytes) -> bytes:
    """Return a copy's bytes with the generated blocks of its original, where they pair."""
    theirs, ours = parse_note("", copy), parse_note("", original)
    new = with_blocks_of(theirs, ours, range(len(theirs.blocks)))
    return copy if new is None else encode(new.text)


def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    return [line.rstrip("\r\n") for line in split_lines(text)]


# --- which one is meant -----------------------------------------------------------------------------------------------


def named(copies: Sequence[Conflict], asked: str, path: str) -> tuple[Conflict, ...]:
    """Return the conflicts that a ``path`` or words mean: a copy, all of a note, or all whose path has the words.

    Raises ``NotFoundError``.
    """
    found = [copy for copy in copies if path == copy.path] or [copy for copy in copies if path == copy.original]
    found = found or with_words(copies, asked, lambda copy: copy.path)
    if not found:
        raise NotFoundError(f"No conflict copy is called “{asked}”. See them with `jobvault conflicts`.")
    return tuple(found)


def path_named(vault: Vault, asked: str) -> str:
    """Return a path as the vault has it: it may be one from the working folder, or an absolute one."""
    place = expanded(asked)
    if not place.exists() or (not place.is_absolute() and (vault.root / asked).exists()):
        return asked.removeprefix("./")
    inside = os.path.relpath(os.path.realpath(place.parent), os.path.realpath(vault.root))
    return (Path(inside) / place.name).as_posix()


def unclear(meant: Sequence[Conflict], path: str) -> AmbiguousError | None:
    """Return what to raise where it is not sure which one is meant; ``path`` is the one that was named, if any.

    Just one conflict copy is sure. What only looks like one may be a note of the user's: it is never meant but by its
    own path.
    """
    if len(meant) == 1 and (meant[0].kind == "copy" or meant[0].path == path):
        return None
    what = "These could be meant:" if len(meant) > 1 else "Only this could be meant, which may be a note of yours:"
    return AmbiguousError(what, tuple(copy.path for copy in meant), "Nothing was changed. Name one by its path.")


def all_of(meant: Sequence[Conflict], path: str, side: Side) -> tuple[Conflict, ...]:
    """Return the conflicts that can be meant by “all”: the several copies of the note that ``path`` names, to go."""
    found = tuple(copy for copy in meant if copy.kind == "copy" and copy.original == path)
    return found if side == "original" and len(found) > 1 else ()


# --- keeping one ------------------------------------------------------------------------------------------------------


def keep(vault: Vault, meant: Sequence[Conflict], side: Side, *, dry_run: bool = False) -> tuple[Kept, ...]:
    """Keep the original or the copy; the other one goes to the undo store.

    Where the copy is kept, the note of the original's name holds its bytes then. Raises ``RefusedError``, and
    ``ChangedError`` where one of them is no longer what was read; of several, those before it are done then.
    """
    for copy in meant:
        if copy.state == "unreadable":
            raise RefusedError(copy.path, None, "it or its original cannot be read.")
        if side == "original" and copy.state == "alone":
            raise RefusedError(copy.path, None, f"there is no {copy.original} to keep; keep the copy, or delete it.")
    kept = tuple(Kept(copy.path, copy.original, side) for copy in meant)
    if not dry_run:
        with changes.writing(vault):
            for copy in meant:
                _keep(vault, copy, side)
    return kept


def _keep(vault: Vault, copy: Conflict, side: Side) -> None:
    data = copy.new or b""
    why = f"jobvault conflicts --keep {side}"
    if side == "copy" and copy.old is None:
        changes.create(vault, copy.original, data, why)
    elif side == "copy" and copy.old is not None:
        changes.write(vault, copy.original, copy.old, data, why)
    changes.remove(vault, copy.path, data, why)
