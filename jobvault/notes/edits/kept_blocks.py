"""A note's earlier text with the generated blocks that it has now: what is ours is made anew, not set back."""

from __future__ import annotations

from collections.abc import Container

from jobvault.notes.note import Note, encode, parse_note


def with_blocks_of(old: Note, now: Note, which: Container[int]) -> Note | None:
    """Return ``old`` with some of its blocks, by their place, as ``now`` has them; None where they do not pair.

    Two blocks pair where they have the same place and begin comment. All outside of the blocks stays as it is.
    """
    if [_begin(old, i) for i in range(len(old.blocks))] != [_begin(now, i) for i in range(len(now.blocks))]:
        return None
    lines: list[str] = []
    start = 0
    for index, (before, block) in enumerate(zip(old.blocks, now.blocks, strict=True)):
        if index in which:
            lines += [*old.lines[start : before.begin], *now.lines[block.begin : block.end]]
            start = before.end
    new = parse_note(old.path, encode("".join((*lines, *old.lines[start:]))))
    return new if same_outside(old, new) else None


def same_outside(one: Note, other: Note) -> bool:
    """Whether two notes are the same but for what stands in their generated blocks, begin comments counted."""
    return bool(one.blocks) and _outside(one) == _outside(other)


def _outside(note: Note) -> list[str]:
    inside = {line for block in note.blocks for line in range(block.begin + 1, block.end)}
    ends = {block.end for block in note.blocks}
    return ["" if n in ends else line for n, line in enumerate(note.lines, 1) if n not in inside]


def _begin(note: Note, index: int) -> str:
    return note.lines[note.blocks[index].begin - 1].strip()
