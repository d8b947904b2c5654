"""The task line in its three field forms (emoji, Dataview brackets, plain words): read it, tick it, untick it.

The rules are those of Obsidian Tasks; ``task_fields.py`` has the grammar of the fields.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from jobvault.model import Status
from jobvault.notes.due_words import DUE_WORDS
from jobvault.notes.task_fields import DATE_KEYS, Field, Label, Piece, read_fields
from jobvault.notes.task_text import dataview_bracket, tags_within, unread_dues

TASK_LINE = re.compile(r"^([\s\ufeff>]*)([-*+]|[0-9]+[.)])([ \t]+)\[([^\r\n])\](?!\S)([ \t]*)(.*)")
"""Groups: what stands before the marker, the marker, blanks, the box's character, blanks, the content.

Obsidian Tasks' ``taskRegex``, with ``1)`` and tabs as in CommonMark; as in GFM a blank or the end of the line must
follow the box, so that ``- [a](b.md)`` is no task.
"""

_BULLET = re.compile(r"^([\s\ufeff>]*(?:[-*+]|[0-9]+[.)]))(?:([ \t]+)(.*))?$")
_THEMATIC_BREAK = re.compile(r"^[\s\ufeff>]*([-*])[ \t]*(?:\1[ \t]*){2,}$")
_LINE_BREAK = re.compile(r"[\r\n]")
_LINE_ENDS = ("", "\n", "\r\n", "\r")

_AROUND_FIELD = " \t,;-–—·"

_STATUSES: dict[str, Status] = {"/": "in-progress", "x": "done", "X": "done", "-": "cancelled"}
_DATED = {"x": "done", "X": "done", "-": "cancelled"}
_WRITTEN = {"done": ("✅", "completion"), "cancelled": ("❌", "cancelled")}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """What one task (or follow-up bullet) says, without its box.

    ``text`` is the description without the fields, tags and block id at its end; ``fields`` stand in the order of
    the line; ``tags`` are those of the description and of its end, without ``#``; of several fields with the same
    key the leftmost counts, and a date that does not exist is None. ``findings`` are pairs of a code and the words
    it is about: ``no-such-date`` (a date field whose date does not exist), ``two-due-dates`` (they differ),
    ``date-not-at-end`` (a due date that is not read because other words follow it, or a due emoji without a date).
    """

    text: str
    fields: tuple[Field, ...] = ()
    tags: tuple[str, ...] = ()
    block_id: str = ""
    due: date | None = None
    done: date | None = None
    cancelled: date | None = None
    scheduled: date | None = None
    start: date | None = None
    created: date | None = None
    id: str = ""
    recurring: bool = False
    findings: tuple[tuple[str, str], ...] = ()


def status_of(char: str) -> Status:
    """Return the status that a box's character stands for; characters of the user's own are open."""
    return _STATUSES.get(char, "open")


def read_task(content: str, due_words: Collection[str] = DUE_WORDS) -> TaskLine:
    """Read the words of a task: the first line of its item, after marker and box.

    ``due_words`` are the words of the vault's language that may stand before a date in plain words. A line ending
    and blanks around the content are ignored. Any text is read; what cannot be is in ``findings``.
    """
    pieces = read_fields(content, due_words)
    rest = content[: pieces[0].start] if pieces else content
    fields = tuple(piece for piece in pieces if isinstance(piece, Field))
    labels = [piece for piece in pieces if isinstance(piece, Label)]
    dates = {key: _first_date(fields, key) for key in DATE_KEYS.intersection(field.key for field in fields)}
    return TaskLine(
        text=rest.strip(),
        fields=fields,
        tags=tags_within(rest) + tuple(label.name for label in labels if label.kind == "tag"),
        block_id=next((label.name for label in labels if label.kind == "block-id"), ""),
        id=next((field.value for field in fields if field.key == "id"), ""),
        recurring=any(field.key == "repeat" for field in fields),
        findings=tuple(_findings(content, rest, fields, due_words)),
        **dates,
    )


def set_status(line: str, char: str, on: date | None, due_words: Collection[str] = DUE_WORDS) -> str:
    """Return a note's line with ``char`` in its box and its done or cancelled date to match; all else byte for byte.

    ``line`` is one physical line, with or without its ending. ``x`` writes the done date ``on``, ``-`` the cancelled
    one: over the old one where there is one, else where Obsidian Tasks puts it (last, before a block id) and in the
    line's own form; None leaves the date as it is. A change to ``x`` or ``-`` takes the other of the two dates off
    the line, every other character takes off both, and ``on`` is of no account. ``X`` counts as ``x`` and stays.
    A bullet without a box gets one. A box that says so already, with that date, is left alone.

    A recurring task is changed like any other: whether that is right is for the caller to say, since Obsidian Tasks
    would also write its next occurrence.

    Raises ValueError where ``line`` is no list item or more than one line, or ``char`` not a single character.
    """
    if len(char) != 1 or char in "\r\n":
        msg = f"not the character of a box: {char!r}"
        raise ValueError(msg)
    before, old, rest, ending = _at_box(line)
    box = old if old and {old, char} == {"x", "X"} else char
    dated = _DATED.get(box)
    outdated = set() if dated and box == old else set(_DATED.values()) - {dated}
    pieces = read_fields(rest, due_words)
    edits = [_cut(rest, field) for field in pieces if isinstance(field, Field) and field.key in outdated]
    if dated and on:
        edits.append(_date_edit(rest, pieces, dated, on))
    return f"{before}[{box}]{_edited(rest, edits)}{ending}"


def _first_date(fields: Iterable[Field], key: str) -> date | None:
    dates = (_date_of(field) for field in fields if field.key == key)
    return next((day for day in dates if day is not None), None)


def _date_of(field: Field) -> date | None:
    try:
        return date.fromisoformat(field.value)
    except ValueError:
        return None


def _findings(
    content: str, rest: str, fields: tuple[Field, ...], due_words: Collection[str]
) -> Iterable[tuple[str, str]]:
    for field in fields:
        if field.key in DATE_KEYS and _date_of(field) is None:
            yield "no-such-date", content[field.start : field.end].strip(_AROUND_FIELD)
    dated, dateless = unread_dues(rest, due_words)
    for words in dateless:
        yield "no-such-date", words
    dues = [field for field in fields if field.key == "due" and _date_of(field)]
    if len({field.value for field in dues}) > 1:
        yield "two-due-dates", content[dues[0].start : dues[-1].end].strip(_AROUND_FIELD)
    if dated:
        yield "date-not-at-end", content.strip()


def _at_box(line: str) -> tuple[str, str | None, str, str]:
    """Part a line around its box: before it, its character (None where there is none yet), after it, line ending."""
    body = line.rstrip("\r\n")
    ending = line[len(body) :]
    bullet = _BULLET.match(body)
    if bullet is None or ending not in _LINE_ENDS or _LINE_BREAK.search(body) or _THEMATIC_BREAK.match(body):
        msg = f"not one list item: {line[:80]!r}"
        raise ValueError(msg)
    if task := TASK_LINE.match(body):
        return body[: task.start(4) - 1], task[4], body[task.end(4) + 1 :], ending
    text = bullet[3] or ""
    return bullet[1] + (bullet[2] or " "), None, f" {text}" if text else "", ending


def _date_edit(rest: str, pieces: tuple[Piece, ...], key: str, on: date) -> tuple[int, int, str]:
    """Return the span of ``rest`` to replace, and by what, so that the field ``key`` says ``on``."""
    there = [piece for piece in pieces if isinstance(piece, Field) and piece.key == key]
    # The one that counts is the leftmost whose date exists; where none does, the leftmost is mended.
    for field in [field for field in there if _date_of(field)] or there:
        at = rest.index(field.value, field.start, field.end)
        return at, at + len(field.value), on.isoformat()
    last = pieces[-1] if pieces else None
    at_block_id = isinstance(last, Label) and last.kind == "block-id"
    at = last.start if last and at_block_id else len(rest.rstrip())
    emoji, name = _WRITTEN[key]
    match dataview_bracket(rest):
        case "[":
            return at, at, f"  [{name}:: {on.isoformat()}]"
        case "(":
            return at, at, f"  ({name}:: {on.isoformat()})"
        case _:
            return at, at, f" {emoji} {on.isoformat()}"


def _cut(rest: str, field: Field) -> tuple[int, int, str]:
    """Return the span that takes ``field`` off ``rest`` without joining what stands on its two sides."""
    following = rest[field.end : field.end + 1].strip()
    if not following or (field.start and following in ",;"):
        return field.start, field.end, ""
    return field.end - len(rest[field.start : field.end].lstrip()), field.end, ""


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(edits):
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])
