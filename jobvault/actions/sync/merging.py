"""What git's merges need: versions of a note that differ only where a person wrote, and summaries once it is done.

Two clones that both wrote a summary anew disagree about all of it, and what git makes of that is wrong even where it
is no conflict. So before git merges the versions of a note, their generated blocks are made equal, and after the merge
they are written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.errors import JobvaultError
from jobvault.notes.blocks import Block, users_lines
from jobvault.notes.note import Note, encode, parse_note
from jobvault.render.ticks import read_boxes
from jobvault.search.names import NoteNames
from jobvault.vault.durable import put, read_file
from jobvault.vault.git.operation import open_operation
from jobvault.words import Words

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary
    from jobvault.actions.vault import Vault


def summarize_after_merge(vault: Vault, *, dry_run: bool = False) -> Summary:
    """Summarize inside of git's ``post-merge`` or ``post-rewrite`` hook, where the merge or rebase seems still open.

    Raises ``JobvaultError`` where paths are unmerged, or git is really in the middle of something.
    """
    busy = open_operation(vault.root, after_merge=True)
    if busy:
        raise JobvaultError(f"{busy}, so no summary was written. Run `jobvault summarize` once that is done.")
    vault.after_merge = True
    return vault.summarize(dry_run=dry_run)


def make_blocks_equal(base: Path, ours: Path, theirs: Path, words: Words) -> None:
    """Make the generated blocks of three versions of a note equal, in the files that git gave its merge driver.

    Raises ``OSError``; each file is then whole, as it was or as it should be.
    """
    files = (base, ours, theirs)
    old = [read_file(file) for file in files]
    for file, before, after in zip(files, old, with_equal_blocks(old[0], old[1], old[2], words), strict=True):
        if after != before:
            put(file, after)


def with_equal_blocks(base: bytes, ours: bytes, theirs: bytes, words: Words) -> tuple[bytes, bytes, bytes]:
    """Return three versions of a note with the same words in each generated block, so that only the rest can clash.

    Of the two sides, the block that a person ticked in, or wrote into, is taken; where nobody did, the later one. A
    block that was touched on both sides stays as it is, for git to show. Where the sides do not hold the same blocks,
    or a block is broken, nothing is changed.
    """
    notes = [parse_note("", data) for data in (base, ours, theirs)]
    old, one, other = notes
    if _kinds(one) is None or _kinds(one) != _kinds(other):
        return base, ours, theirs
    chosen = [
        _choose(_Side.of(one, a, words), _Side.of(other, b, words))
        for a, b in zip(one.blocks, other.blocks, strict=True)
    ]
    new_base = base if _kinds(old) != _kinds(one) else _with_blocks(old, chosen)
    return new_base, _with_blocks(one, chosen), _with_blocks(other, chosen)


@dataclass(frozen=True, slots=True)
class _Side:
    """A block on one side of a merge: its lines behind the begin comment, whether a person touched it, its age."""

    lines: tuple[str, ...]
    touched: bool
    age: tuple[int, date]

    @classmethod
    def of(cls, note: Note, block: Block, words: Words) -> _Side:
        stamp = block.stamp
        ticked = any(line.acted for line in read_boxes("", block, NoteNames(()), words))
        return cls(
            lines=note.lines[block.begin : block.end],
            touched=ticked or bool(users_lines(block)),
            age=(stamp.version, stamp.as_of) if stamp else (0, date.min),
        )


def _choose(one: _Side, other: _Side) -> tuple[str, ...] | None:
    """Return the lines that both sides are to have; None where each stays as it is."""
    if one.touched and other.touched:
        return None
    if one.touched or other.touched:
        return one.lines if one.touched else other.lines
    return max(one, other, key=lambda side: side.age).lines


def _kinds(note: Note) -> list[tuple[str, object, str]] | None:
    """Return what the blocks of a note are, in order; None where there are none, or the note is not sound."""
    if note.block_findings or note.hunks or not note.blocks:
        return None
    return [(block.view, dict(block.arguments), block.malformed) for block in note.blocks]


def _with_blocks(note: Note, chosen: Sequence[tuple[str, ...] | None]) -> bytes:
    lines = list(note.lines)
    for block, new in reversed(list(zip(note.blocks, chosen, strict=True))):
        if new is not None:
            lines[block.begin : block.end] = new
    return encode("".join(lines))
