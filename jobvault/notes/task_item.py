"""The task of a list item (or paragraph) that may be wrapped over several lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from jobvault.notes.due_words import DUE_WORDS
from jobvault.notes.inline import strip_comments
from jobvault.notes.note import shown
from jobvault.notes.tasks import TaskLine, read_task

_ONE_OF = ("due", "done", "cancelled", "scheduled", "start", "created", "id", "block_id", "recurring")


def read_item(rows: Sequence[str], due_words: Collection[str] = DUE_WORDS) -> TaskLine:
    """Read the task that stands on the lines of an item; comments are no part of it.

    Its fields stand at the end of its first line, where Obsidian Tasks reads and writes them, or at the very end, where
    a formatter that wraps lines leaves them, or both. The spans of fields are of no use where there are several lines.
    """
    lines = [" ".join(line.split()) for line in shown(strip_comments("\n".join(rows))).split("\n")]
    first = read_task(lines[0], due_words)
    if len(lines) == 1:
        return first
    whole = read_task(" ".join([_without_fields(lines[0], first), *lines[1:]]), due_words)
    if not first.fields:
        return whole
    mended = [found for found in first.findings if found[0] != "date-not-at-end"]
    return replace(
        whole,
        fields=(*first.fields, *whole.fields),
        findings=tuple(dict.fromkeys((*mended, *whole.findings))),
        **{name: getattr(first, name) or getattr(whole, name) for name in _ONE_OF},
    )


def without_fields(text: str, due_words: Collection[str] = DUE_WORDS) -> str:
    """Take a task's fields off its text; tags and other words stay."""
    return _without_fields(text, read_task(text, due_words))


def _without_fields(text: str, task: TaskLine) -> str:
    kept, place = [], 0
    for field in sorted(task.fields, key=lambda field: field.start):
        kept.append(text[place : max(field.start, place)])
        place = max(field.end, place)
    return "".join([*kept, text[place:]])
