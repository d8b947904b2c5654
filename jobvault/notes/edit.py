"""Surgical edits: a note's text and one change → the new text, or a refusal.

Only the span that is meant changes. Each edit is verified before it is given back: the result is read again, and must
be the old note plus exactly that change.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from jobvault.errors import RefusedError
from jobvault.notes.blocks import Block
from jobvault.notes.markdown import split_lines
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.tasks import DUE_WORDS, TaskLine, read_task, set_status, status_of


def set_task(note: Note, line: int, char: str, on: date | None, due_words: Collection[str] = DUE_WORDS) -> Note:
    """Set the box of the list item at ``line`` to ``char`` (``x``, ``-``, ``/`` or a blank), with its date.

    A plain bullet gets a box. The done or cancelled date is written where Obsidian Tasks would put it.

    Raises ``RefusedError`` where the line is no list item, repeats (``🔁``: the next one is Obsidian Tasks' to make),
    stands in a generated block or beside a git conflict, or where the edit would change anything else.
    """
    item = next((e for e in note.elements if e.kind == "item" and e.line == line), None)
    if item is None:
        raise RefusedError(note.path, line, "this is no list item, so it cannot be ticked.")
    if any(block.begin <= line <= block.end for block in note.blocks):
        raise RefusedError(note.path, line, "this line is generated; its source is another note.")
    refuse_conflict(note)
    before = read_task(item.rows[0] if item.rows else "", due_words)
    if before.recurring:
        raise RefusedError(note.path, line, "this task repeats, so tick it where its next one is made.")
    new = _with_line(note, line, set_status(note.lines[line - 1], char, on, due_words))
    _verify_task(note, new, line, char, before, due_words)
    return new


def refuse_conflict(note: Note) -> None:
    """Raise ``RefusedError`` where the note holds an unresolved git conflict."""
    if note.conflict_line is not None:
        raise RefusedError(note.path, note.conflict_line, "a git conflict is not resolved here.")


def replace_block(note: Note, block: Block, body: Sequence[str], end: str, below: Sequence[str] = ()) -> Note:
    """Put a new body (lines without ending) and end comment into a block, and ``below`` right behind the block.

    ``below`` holds what is not ours to rewrite: the user's words, ticks that were not carried. It is set off by blank
    lines. Line endings follow the note's. Raises ``RefusedError`` where anything outside the block would change.
    """
    refuse_conflict(note)
    newline = newline_of(note)
    head, tail = note.lines[: block.begin], note.lines[block.end :]
    middle = ["", *body, "", end] if body else ["", end]
    behind = ["", *below] if below else []
    if below and tail and tail[0].strip():
        behind.append("")
    new_lines = [*middle, *behind]
    text = "".join(head)
    if head and not head[-1].endswith(("\n", "\r")):
        text += newline
    last_ends = block.end > len(note.lines) or note.lines[block.end - 1].endswith(("\n", "\r"))
    joined = newline.join(new_lines) + (newline if tail or last_ends else "")
    new = parse_note(note.path, encode(text + joined + "".join(tail)))
    _verify_block(note, new, block, body, len(behind))
    return new


def newline_of(note: Note) -> str:
    """Return the line ending of a note: that of its first line."""
    first = note.lines[0] if note.lines else "\n"
    return next((ending for ending in ("\r\n", "\n", "\r") if first.endswith(ending)), "\n")


def _with_line(note: Note, line: int, text: str) -> Note:
    lines = list(note.lines)
    lines[line - 1] = text
    return parse_note(note.path, encode("".join(lines)))


def _verify_task(old: Note, new: Note, line: int, char: str, before: TaskLine, due_words: Collection[str]) -> None:
    item = next((e for e in new.elements if e.kind == "item" and e.line == line), None)
    others_equal = old.lines[: line - 1] == new.lines[: line - 1] and old.lines[line:] == new.lines[line:]
    after = read_task(item.rows[0] if item and item.rows else "", due_words)
    kept = (after.text, after.due, after.tags, after.block_id) == (before.text, before.due, before.tags, before.block_id)
    good = item is not None and item.box is not None and status_of(item.box) == status_of(char)
    if not (others_equal and kept and good and len(old.elements) == len(new.elements)):
        raise RefusedError(old.path, line, "this line cannot be ticked without changing more than its box.")


def _verify_block(old: Note, new: Note, block: Block, body: Sequence[str], behind: int) -> None:
    place = next((i for i, b in enumerate(old.blocks) if b.begin == block.begin), None)
    found = new.blocks[place] if place is not None and len(new.blocks) == len(old.blocks) else None
    tail = old.lines[block.end :]
    same_outside = old.lines[: block.begin] == new.lines[: block.begin] and (
        not tail or tuple(new.lines[-len(tail) :]) == tuple(tail)
    )
    inside = [row.rstrip("\r\n") for row in found.body] if found else []
    if found is None or not same_outside or [row for row in inside if row] != [row for row in body if row]:
        raise RefusedError(old.path, block.begin, "the block cannot be written without changing what is around it.")
    if len(split_lines(old.text)) - (block.end - block.begin - 1) != len(new.lines) - len(found.body) - behind:
        raise RefusedError(old.path, block.begin, "the block cannot be written without changing what is around it.")
