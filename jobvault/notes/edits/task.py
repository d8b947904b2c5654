"""Ticking one task: its box and its date, nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from jobvault.errors import RefusedError
from jobvault.notes.due_words import DUE_WORDS
from jobvault.notes.edits.refusals import refuse_conflict
from jobvault.notes.markdown import Element
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.task_item import read_item
from jobvault.notes.tasks import TaskLine, set_status, status_of
from jobvault.notes.typed import apart


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


def _only_ticked(old: Note, new: Note, place: int, char: str, due_words: Collection[str]) -> bool:
    if len(old.elements) != len(new.elements):
        return False
    before, after = old.elements[place], new.elements[place]
    others = all(old.elements[i] == new.elements[i] for i in range(len(new.elements)) if i != place)
    moved = replace(after, box=before.box, rows=before.rows) != before
    ticked = after.box is not None and status_of(after.box) == status_of(char)
    parts = [[part.line for part in apart(note, item)] for note, item in ((old, before), (new, after))]
    same = _kept(before, due_words) == _kept(after, due_words) and parts[0] == parts[1]
    return others and not moved and ticked and same


def _kept(item: Element, due_words: Collection[str]) -> TaskLine:
    """Return what a task says apart from whether, and when, it was done."""
    task = read_item(item.rows, due_words)
    fields = tuple(replace(f, start=0, end=0) for f in task.fields if f.key not in ("done", "cancelled"))
    return replace(task, fields=fields, done=None, cancelled=None, findings=())
