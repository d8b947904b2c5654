"""Writing a generated block anew, with what is not ours set right behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jobvault.errors import RefusedError
from jobvault.notes.blocks import Block
from jobvault.notes.edits.insertion import newline_of
from jobvault.notes.edits.refusals import refuse_conflict
from jobvault.notes.markdown import Element
from jobvault.notes.note import Note, encode, parse_note

_DIVIDER = "<!-- -->"
"""What keeps two lists, or a list and what is indented below it, apart: CommonMark's own way (§5.3)."""


def replace_block(note: Note, block: Block, body: Sequence[str], end: str, below: Sequence[str] = ()) -> Note:
    """Put a new body (lines without ending) and end comment into a block, and ``below`` right behind the block.

    ``below`` holds what is not ours to rewrite: the user's words, ticks that were not carried. It is set off by blank
    lines, and by an empty comment where what follows would become part of its last list. Line endings follow the
    note's.

    Raises ``RefusedError`` where the block is not in the note, or anything outside of it would change.
    """
    refuse_conflict(note)
    if block not in note.blocks:
        raise RefusedError(note.path, block.begin, "the block is no longer what was read.")
    middle = ["", *body, "", end] if body else ["", end]
    for divider in ([], ["", _DIVIDER]):
        behind = ["", *below, *divider, *_blank_before(note.lines[block.end :])] if below else []
        new = _with_lines(note, block, [*middle, *behind])
        if _only_replaced(note, new, block, middle, len(behind)):
            return new
    raise RefusedError(note.path, block.begin, "the block cannot be written without changing what is around it.")


def _blank_before(tail: Sequence[str]) -> list[str]:
    return [""] if tail and tail[0].strip() else []


def _with_lines(note: Note, block: Block, lines: Sequence[str]) -> Note:
    """Put lines in the place of a block's, its begin comment left alone."""
    newline, tail = newline_of(note), note.lines[block.end :]
    ended = note.lines[block.end - 1].endswith(("\n", "\r"))
    text = "".join(note.lines[: block.begin]) + newline.join(lines) + (newline if ended else "") + "".join(tail)
    return parse_note(note.path, encode(text))


def _only_replaced(old: Note, new: Note, block: Block, middle: Sequence[str], behind: int) -> bool:
    if len(new.blocks) != len(old.blocks):
        return False
    place = old.blocks.index(block)
    found, end = new.blocks[place], block.begin + len(middle)
    written = tuple(row.rstrip("\r\n") for row in found.body) == tuple(middle[:-1])
    beside = [[b.body for b in note.blocks if b is not note.blocks[place]] for note in (old, new)]
    return (
        (found.begin, found.end) == (block.begin, end)
        and written
        and beside[0] == beside[1]
        and old.lines[block.end :] == new.lines[end + behind :]
        and list(_around(old, block.begin, block.end)) == list(_around(new, block.begin, end + behind))
    )


def _around(note: Note, first: int, last: int) -> Iterator[Element]:
    """Give what is before and behind some lines, as far as it does not depend on them; None of it may begin there."""
    for element in note.elements:
        if element.line < first or element.line > last:
            yield replace(element, line=0, end=0, parent=None)
        elif element.end > last:
            yield element
