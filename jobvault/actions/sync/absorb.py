"""Conflict copies that say nothing of their own: their ticks are carried, then they go to the undo store.

Such a copy has its original's text outside of generated blocks, and nothing of the user's inside of them. So all that
is lost with it are generated lines, and the ticks in them go where ticks go. The order is safe at every moment: first
the sources of the ticks are written, and a copy whose ticks could not all be written stays. A tick without a source
moves below the original's block, which is then written before the copy goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobvault.actions.carry import Stray, Ticks, is_newer
from jobvault.errors import RefusedError
from jobvault.notes.blocks import NOT_CARRIED, Block, users_lines
from jobvault.notes.edits.task import set_task
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.reading import Reading, read_note
from jobvault.render.ticks import CHARACTER, find_acts, read_boxes

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_QUOTE = ">"
_DIVIDER = "<!-- -->"


@dataclass(frozen=True, slots=True)
class Twin:
    """A conflict copy that says nothing of its own.

    ``data`` are its bytes, ``beside`` those of its original. ``blocks`` are the pairs of blocks, the original's first.
    """

    path: str
    original: str
    data: bytes
    beside: bytes
    blocks: tuple[tuple[Block, Block], ...]


def find_twins(vault: Vault, readings: Sequence[Reading], refused: Mapping[str, str]) -> tuple[Twin, ...]:
    """Find the conflict copies that say nothing of their own, by path; ``refused`` are those that cannot be removed."""
    notes = vault.notes
    known = {reading.path: reading for reading in readings} if notes.copies else {}
    twins = []
    for path, original in notes.copies.items():
        reading = known.get(original)
        if reading is None or not (reading.kind or reading.blocks) or path in refused or original in notes.held:
            continue
        beside = notes.data_of(original) if reading.blocks else vault.bytes_of(original)
        data = notes.data_of_copy(path)
        if beside is None or data is None:
            continue
        pairs = same_words(beside, data)
        if pairs is None:
            pairs = same_words(beside, _with_own_ticks(vault, original, data))
        if pairs is not None:
            twins.append(Twin(path, original, data, beside, pairs))
    return tuple(twins)


def _with_own_ticks(vault: Vault, path: str, data: bytes) -> bytes:
    """Return a copy's bytes with the ticks in its blocks carried to its own lines, as a cut-off run left the original.

    They are the bytes as they are where there is no such tick, or it cannot be carried.
    """
    reading = read_note(path, data, vault.rules)
    boxes = [list(read_boxes(path, block, vault.search.names, vault.words)) for block in reading.blocks]
    note = parse_note(path, data)
    for act in find_acts(boxes, reading.follow_ups, vault.words).acts:
        try:
            note = set_task(note, act.source.line, CHARACTER[act.status], act.on, vault.words.vocabulary.due)
        except RefusedError:
            return data
    return encode(note.text)


def same_words(original: bytes, copy: bytes) -> tuple[tuple[Block, Block], ...] | None:
    """Return the pairs of blocks of a note and a copy that says nothing of its own; None where it does.

    Line endings, a byte order mark, a missing last line end, blank lines right behind a block, and lines there that say
    which ticks were not carried are nobody's words. The begin comments of blocks are the user's.
    """
    ours, theirs = parse_note("", original), parse_note("", copy)
    if ours.conflict_line is not None or theirs.hunks or outside_blocks(ours) != outside_blocks(theirs):
        return None
    pairs = tuple(zip(ours.blocks, theirs.blocks, strict=True))
    if any(is_newer(block) for pair in pairs for block in pair) or any(users_lines(block) for _, block in pairs):
        return None
    return pairs


def outside_blocks(note: Note) -> tuple[tuple[str, ...], ...]:
    """Return the lines before, between and behind a note's blocks, each block's begin comment as the last before it."""
    rows = [line.rstrip("\r\n") for line in note.lines]
    rows[:1] = [row.removeprefix("\ufeff") for row in rows[:1]]
    parts, start = [], 0
    for block in note.blocks:
        parts.append(tuple(rows[start : block.begin]))
        start = _behind(rows, block.end)
    return (*parts, tuple(rows[start:]))


def _behind(rows: Sequence[str], start: int) -> int:
    """Return where the user's words begin again behind a block."""
    left = False
    while start < len(rows):
        row = rows[start]
        if row.startswith(NOT_CARRIED):
            left = True
        elif row.strip() and not (left and row in {_QUOTE, _DIVIDER}):
            break
        start += 1
    return start


# --- their ticks ----------------------------------------------------------------------------------------------------


def settle(vault: Vault, ticks: Ticks, twins: Sequence[Twin]) -> tuple[Twin, ...]:
    """Decide which copies go, now that their ticks are planned; returns them.

    A tick without a source is left below the original's block, once. While somebody watches, the source may still be on
    its way, so a copy that has not been there for long stays.
    """
    going = []
    for twin in twins:
        if twin.path in ticks.staying or (twin.path in ticks.strays and vault.notes.is_fresh_copy(twin.path)):
            continue
        lost = [*ticks.strays.get(twin.path, ()), *_left_in(twin)]
        if lost:
            ticks.strays[twin.path] = lost
        _leave(ticks, twin, lost)
        going.append(twin)
    return tuple(going)


def _leave(ticks: Ticks, twin: Twin, lost: Sequence[Stray]) -> None:
    """Have the ticks without a source written below the original's blocks, but for those that stand there."""
    standing = left_below(twin.beside)
    for place, words, problem in lost:
        if words not in standing and words not in ticks.lost.get(place, ()):
            ticks.lost.setdefault(place, []).append(words)
            ticks.problems += [problem] if problem else []


def _left_in(twin: Twin) -> Iterator[Stray]:
    """Give the ticks that an earlier run could not carry on the device that the copy is from."""
    rows = parse_note(twin.path, twin.data).lines
    for block, copied in twin.blocks:
        for words in _left(rows[copied.end : _behind(rows, copied.end)]):
            yield (twin.original, block.begin), words, None


def is_settled(ticks: Ticks, twin: Twin, fresh: bytes | None) -> bool:
    """Whether each tick of a copy that has no source stands below a block of its original, as that is to be written."""
    left = left_below(twin.beside if fresh is None else fresh) if twin.path in ticks.strays else frozenset()
    return all(words in left for _, words, _ in ticks.strays.get(twin.path, ()))


def left_below(data: bytes) -> frozenset[str]:
    """Return the ticks that were not carried and stand below the blocks of a note."""
    return frozenset(_left(parse_note("", data).lines))


def _left(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith(NOT_CARRIED):
            yield line.rstrip("\r\n").removeprefix(NOT_CARRIED).partition(": ")[2].strip()
