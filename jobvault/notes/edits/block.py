"""Surgical edits: a note's text and one change → the new text, or a refusal.

Only the span that is meant changes. Each edit is verified before it is given back: the result is read again, and must
be the old note plus exactly that change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from jobvault.errors import RefusedError
from jobvault.notes.blocks import Block
from jobvault.notes.due_words import DUE_WORDS
from jobvault.notes.markdown import Element
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.task_item import read_item
from jobvault.notes.tasks import TaskLine, set_status, status_of

_DIVIDER = "<!-- -->"
"""What keeps two lists, or a list and what is indented below it, apart: CommonMark's own way (§5.3)."""


def set_task(note: Note, line: int, char: str, on: date | None, due_words: Collection[str] = DUE_WORDS) -> Note:
    """Set the box of the list item at ``line`` to ``char`` (``x``, ``-``, ``/`` or a blank), with its date.

    A plain bullet gets a box. The done or cancelled date is written where Obsidian Tasks would put it.

    Raises ``RefusedError`` where the line is no list item, repeats (``🔁``: the next one is Obsidian Tasks' to make),
    stands in a generated block or beside a git conflict, or where the edit would change anything else.
    """
    place = next((i for i, e in enumerate(note.elements) if e.kind == "item" and e.line == line), None)
    if place is None:
        raise RefusedError(note.path, line, "this is no list item, so it cannot be ticked.")
    if any(block.begin <= line <= block.end for block in note.blocks):
        raise RefusedError(note.path, line, "this line is generated; its source is another note.")
    refuse_conflict(note)
    if read_item(note.elements[place].rows, due_words).recurring:
        raise RefusedError(note.path, line, "this task repeats, so tick it where its next one is made.")
    lines = list(note.lines)
    lines[line - 1] = set_status(lines[line - 1], char, on, due_words)
    new = parse_note(note.path, encode("".join(lines)))
    if not _only_ticked(note, new, place, char, due_words):
        raise RefusedError(note.path, line, "this line cannot be ticked without changing more than its box.")
    return new


def refuse_conflict(note: Note) -> None:
    """Raise ``RefusedError`` where the note holds an unresolved git conflict."""
    if note.conflict_line is not None:
        raise RefusedError(note.path, note.conflict_line, "a git conflict is not resolved here.")


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


def newline_of(note: Note) -> str:
    """Return the line ending of a note: that of its first line."""
    first = note.lines[0] if note.lines else "\n"
    return next((ending for ending in ("\r\n", "\n", "\r") if first.endswith(ending)), "\n")


def _blank_before(tail: Sequence[str]) -> list[str]:
    return [""] if tail and tail[0].strip() else []


def _with_lines(note: Note, block: Block, lines: Sequence[str]) -> Note:
    """Put lines in the place of a block's, its begin comment left alone."""
    newline, tail = newline_of(note), note.lines[block.end :]
    ended = note.lines[block.end - 1].endswith(("\n", "\r"))
    text = "".join(note.lines[: block.begin]) + newline.join(lines) + (newline if ended else "") + "".join(tail)
    return parse_note(note.path, encode(text))


# --- is the result the old note plus exactly that change? -----------------------------------------------------------


def _only_ticked(old: Note, new: Note, place: int, char: str, due_words: Collection[str]) -> bool:
    if len(old.elements) != len(new.elements):
        return False
    before, after = old.elements[place], new.elements[place]
    others = all(old.elements[i] == new.elements[i] for i in range(len(new.elements)) if i != place)
    moved = replace(after, box=before.box, rows=before.rows) != before
    ticked = after.box is not None and status_of(after.box) == status_of(char)
    return others and not moved and ticked and _kept(before, due_words) == _kept(after, due_words)


def _kept(item: Element, due_words: Collection[str]) -> TaskLine:
    """Return what a task says apart from whether, and when, it was done."""
    task = read_item(item.rows, due_words)
    fields = tuple(replace(f, start=0, end=0) for f in task.fields if f.key not in ("done", "cancelled"))
    return replace(task, fields=fields, done=None, cancelled=None, findings=())


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
