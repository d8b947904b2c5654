"""Giving a follow-up that is there the day when it is due, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import cast

from jobvault.errors import RefusedError
from jobvault.model import FollowUp
from jobvault.notes.edits.contents import PLACES, Thing, contents
from jobvault.notes.edits.refusals import refuse_conflict
from jobvault.notes.element import Element
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.task_fields import Field, Label, read_fields
from jobvault.notes.task_text import dataview_bracket
from jobvault.words import Words

_SAID = tuple(one.name for one in fields(FollowUp) if one.name not in PLACES)
"""What a follow-up is read into, in the order in which ``contents`` gives it."""


def set_due(note: Note, item: FollowUp, day: date, field: str, words: Words) -> Note:
    """Write the due date of a follow-up that has none: task, bullet or line of words, as it was read from ``note``.

    The date stands where Obsidian Tasks writes it: behind all else, before the dates of being done and a block id. The
    line's own form of fields is kept; ``field`` is how the vault writes the date, where the line has none.

    Raises ``RefusedError`` where the note holds a git conflict, or the date cannot be written without changing more.
    """
    refuse_conflict(note)
    before = contents(note, words)
    for written in _forms(note.lines[item.line - 1], day, field, words):
        new = parse_note(note.path, encode(_with_line(note, item.line, written)))
        if _only_dated(note, new, item.line) and _dated(before, contents(new, words), item.text, day):
            return new
    raise RefusedError(note.path, item.line, "the due date cannot be written without changing more than this line.")


def _forms(line: str, day: date, field: str, words: Words) -> Iterator[str]:
    """Give the line with the date: in its own form, else in the vault's."""
    body = line.rstrip("\r\n")
    pieces = read_fields(body, words.vocabulary.due)
    behind = [p for p in pieces if (p.kind == "block-id" if isinstance(p, Label) else p.key in ("done", "cancelled"))]
    at = behind[0].start if behind else len(body.rstrip())
    emoji = f" 📅 {day}"
    bracket = dataview_bracket(body)
    own = {"[": f"  [due:: {day}]", "(": f"  (due:: {day})"}.get(bracket)
    if own is None:
        own = emoji if any(isinstance(p, Field) and p.form == "emoji" for p in pieces) else field
    for written in dict.fromkeys((own, field)):
        yield f"{body[:at]}{written}{body[at:]}{line[len(body) :]}"


def _with_line(note: Note, line: int, written: str) -> str:
    return "".join([*note.lines[: line - 1], written, *note.lines[line:]])


def _only_dated(old: Note, new: Note, line: int) -> bool:
    """Whether all but the words of what stands on the line is read as before."""
    same = old.front.properties == new.front.properties and old.blocks == new.blocks
    return same and _without_words(old, line) == _without_words(new, line)


def _without_words(note: Note, line: int) -> list[Element]:
    return [replace(e, rows=e.rows[:0]) if e.line <= line <= e.end else e for e in note.elements]


def _dated(before: Counter[Thing], after: Counter[Thing], text: str, day: date) -> bool:
    """Whether the debrief says what it said, but for one follow-up of these words, which says its day too."""
    lost, added = list((before - after).elements()), list((after - before).elements())
    if len(lost) != 1 or len(added) != 1 or lost[0].field != "follow_ups":
        return False
    was, now = (dict(zip(_SAID, cast("tuple[object, ...]", thing.value), strict=True)) for thing in (*lost, *added))
    return was["text"] == text and was["due"] is None and now == {**was, "due": day}
