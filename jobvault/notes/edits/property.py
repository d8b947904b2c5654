"""Setting one property of a note's front matter, in place: every byte outside of its value stays as it is.

The result is read again and must be the old properties plus exactly that change. A block whose properties share values
(anchors, aliases), or that is written in braces, is not edited.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jobvault.errors import RefusedError
from jobvault.notes.edits.insertion import newline_of
from jobvault.notes.edits.refusals import refuse_conflict
from jobvault.notes.edits.yaml_marks import Span, read_marks
from jobvault.notes.frontmatter import FrontMatter, Property, Value, fold_key, vault_handler
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.properties import FIELDS
from jobvault.notes.values import as_text
from jobvault.words import Words, fold

Settable = str | int | float | bool | date | datetime | Sequence[str] | None
"""What a property can be set to; None leaves its name without a value."""

_BOM = "\ufeff"
_FENCE = "---"
_ROW = re.compile(r"\s*(?P<quote>[\"']?)\w[\w -]*(?P=quote)[ \t]*:(?:\s|$)")
_KEY = re.compile(r"[^\W\d_][\w -]*")
_PLACEHOLDER = re.compile(r"\{\{|<%")
_ITEM = re.compile(r"[ \t]*-[ \t]+")
_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)
_REASONS = {
    "duplicate-key": "the property “{name}” stands twice, in the lines {first} and {second}.",
    "front-matter-not-utf8": "the front matter holds bytes that are no UTF-8.",
    "front-matter-not-closed": "the front matter that starts in the first line never ends. Close it with `---`.",
}


@dataclass(frozen=True, slots=True)
class _Edit:
    """What to put in the place of the note's text from one offset to another."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Written:
    """A value as YAML: on the line of its name, or as items, one a line."""

    scalar: str
    items: tuple[str, ...] = ()

    def behind_colon(self, indent: str, newline: str) -> str:
        """Return it as it stands behind a name's colon."""
        if self.items:
            return "".join(f"{newline}{indent}  - {item}" for item in self.items)
        return f" {self.scalar}" if self.scalar else ""


def set_property(note: Note, key: str, value: Settable, words: Words) -> Note:
    """Set one property of a note, or insert it where the templates have it; front matter is made where there is none.

    Args:
        note: Any note.
        key: The property's name. One that stands there in another spelling (``Hear-By``) keeps it.
        value: A text, number, truth value, date, datetime or list of texts; None for no value.
        words: The words of the vault, by which the note's type is known.

    Raises:
        RefusedError: The front matter cannot be read, holds anchors or aliases, is written in braces, a git conflict
            stands in the note, or the value cannot be set without changing more than that.
    """
    refuse_conflict(note)
    _refuse_unsafe(note)
    found = note.front.get(key)
    wanted: Value = list(value) if isinstance(value, (list, tuple)) else value  # type: ignore[assignment]
    if found is not None and _same(found.value, wanted):
        return note
    edit = _replacing(note, found, wanted) if found else _inserting(note, key, wanted, words)
    if edit is not None:
        new = parse_note(note.path, encode(note.text[: edit.start] + edit.text + note.text[edit.end :]))
        if _only_set(note, new, key, wanted):
            return new
    line = found.line if found else 1
    raise RefusedError(note.path, line, f"“{key}” cannot be set here without changing more than its value.")


def _refuse_unsafe(note: Note) -> None:
    front = note.front
    if not front.readable:
        finding = front.findings[0]
        reason = _REASONS.get(finding.code, "the front matter cannot be read: {what}.")
        raise RefusedError(note.path, finding.line, reason.format(**{"what": finding.code, **finding.args}))
    if _never_ends(note):
        raise RefusedError(note.path, 1, _REASONS["front-matter-not-closed"])
    if note.is_template:
        raise RefusedError(note.path, 1, "this is a template, still to be filled in.")
    if not front.properties:
        return
    marks = read_marks(front.raw)
    if marks.anchor is not None:
        raise RefusedError(note.path, marks.anchor + 1, "properties share a value here (`&` or `*`). Write it out.")
    if marks.braces:
        raise RefusedError(note.path, 2, "the properties stand in braces. Write one a line, as `company: Acme`.")


def _never_ends(note: Note) -> bool:
    """Whether properties without an end are the note's text to Obsidian, and meant as front matter all the same.

    ``...`` ends a document of YAML (1.2.2, 9.1.2), but no front matter.
    """
    if note.front.present or not note.lines or note.lines[0].removeprefix(_BOM).rstrip() != _FENCE:
        return False
    rows = [row.rstrip() for row in note.lines[1:]]
    if _FENCE in rows:
        return False
    first = next((row for row in rows if row and not row.startswith("#")), "")
    return bool(_ROW.match(first))


# --- a property that is not there yet -------------------------------------------------------------------------------


def _inserting(note: Note, key: str, value: Value, words: Words) -> _Edit | None:
    written = _written(value)
    if written is None or not _KEY.fullmatch(key):
        return None
    if not note.front.present:
        at, newline = len(_BOM) if note.text.startswith(_BOM) else 0, newline_of(note)
        row = f"{key}:{written.behind_colon('', newline)}"
        return _Edit(at, at, f"{_FENCE}{newline}{row}{newline}{_FENCE}{newline}")
    line, beside = _place(note.front, key, words)
    newline = _newline(note, line)
    indent = "" if beside is None else _indent(note, beside.line)
    at = _offset(note, line)
    return _Edit(at, at, f"{indent}{key}:{written.behind_colon(indent, newline)}{newline}")


def _place(front: FrontMatter, key: str, words: Words) -> tuple[int, Property | None]:
    """Return below which line a property goes, and which other one it stands beside."""
    if not front.properties:
        return 1, None
    last = front.properties[-1]
    ranks = _ranks(front, words)
    mine = ranks.get(fold_key(key))
    if mine is None:
        return last.end, last
    ranked = [(ranks[found.key], found) for found in front.properties if found.key in ranks]
    above = [(rank, found) for rank, found in ranked if rank < mine]
    if above:
        nearest = max(above, key=lambda pair: pair[0])[1]
        return nearest.end, nearest
    if ranked:
        nearest = min(ranked, key=lambda pair: pair[0])[1]
        return nearest.line - 1, nearest
    return last.end, last


def _ranks(front: FrontMatter, words: Words) -> dict[str, int]:
    """Return the place of each property that the note's type has."""
    found = front.get("type")
    kind = words.vocabulary.types.get(fold(as_text(found.value) or "")) if found else None
    return {name: rank for rank, name in enumerate(("type", *FIELDS.get(kind or "", ())))}


# --- a property that is there ---------------------------------------------------------------------------------------


def _replacing(note: Note, found: Property, value: Value) -> _Edit | None:
    span, written = read_marks(note.front.raw).spans.get(found.name), _written(value)
    if span is None or written is None:
        return None
    more = _more(found.value, value)
    if more is not None and span.block:
        return _appending(note, found, more)
    base, newline = _offset(note, 1), _newline(note, found.line)
    behind = written.behind_colon(_indent(note, found.line), newline)
    colon = base + span.colon
    line_end = _line_end(note, found.line)
    if found.end == found.line:
        return _on_one_line(note, colon, _moved(span, base), line_end, written, behind)
    end = _line_end(note, found.end)
    replaced = note.text[colon:end]
    header = note.text[colon:line_end]
    if _COMMENT.search(header if header.strip()[:1] in ("|", ">") else replaced):
        return None  # a comment would go with the value
    return _Edit(colon, end, behind)


def _on_one_line(note: Note, colon: int, span: Span, line_end: int, written: _Written, behind: str) -> _Edit:
    """Replace a value that stands on the line of its name; a comment behind it stays."""
    if span.start == span.end:
        span = Span(colon, colon, colon, block=False)
    if written.items:
        return _Edit(colon, line_end, note.text[span.end : line_end].rstrip() + behind)
    if written.scalar and span.end > colon:
        return _Edit(span.start, span.end, written.scalar)
    return _Edit(colon, span.end, behind)


def _appending(note: Note, found: Property, more: Sequence[Value]) -> _Edit | None:
    """Add items below the last one of a list, written as that is."""
    lead = _ITEM.match(note.lines[found.end - 1])
    written = _written(list(more))
    if lead is None or written is None:
        return None
    at, newline = _offset(note, found.end), _newline(note, found.end)
    return _Edit(at, at, "".join(f"{lead[0]}{item}{newline}" for item in written.items))


def _more(old: Value, new: Value) -> list[Value] | None:
    """Return what a list has been given at its end; None where more of it changed."""
    if not isinstance(old, list) or not isinstance(new, list) or not 0 < len(old) < len(new):
        return None
    return new[len(old) :] if _same(old, new[: len(old)]) else None


def _moved(span: Span, by: int) -> Span:
    return Span(span.colon + by, span.start + by, span.end + by, span.block)


# --- text -----------------------------------------------------------------------------------------------------------


def _written(value: Value) -> _Written | None:
    """Write a value as YAML; None where that takes more than one line."""
    if isinstance(value, list) and value:
        items = [_scalar(item) for item in value]
        return _Written("", tuple(str(item) for item in items)) if None not in items else None
    scalar = _scalar(value)
    return None if scalar is None else _Written(scalar)


def _scalar(value: Value) -> str | None:
    if isinstance(value, str) and _PLACEHOLDER.search(value):
        # Written out, it would make the note a template to be filled in.
        return json.dumps(value, ensure_ascii=False).replace("{{", "{\\x7B").replace("<%", "<\\x25")
    text = vault_handler().export({"k": value}).removeprefix("k:").strip(" ")
    return None if "\n" in text or "\r" in text else text


def _offset(note: Note, line: int) -> int:
    """Return the offset right behind a line of the note."""
    return sum(map(len, note.lines[:line]))


def _line_end(note: Note, line: int) -> int:
    return _offset(note, line) - len(_newline(note, line))


def _newline(note: Note, line: int) -> str:
    text = note.lines[line - 1]
    return text[len(text.rstrip("\r\n")) :] or newline_of(note)


def _indent(note: Note, line: int) -> str:
    text = note.lines[line - 1]
    return text[: len(text) - len(text.lstrip(" "))]


# --- is the result the old note plus exactly that change? -----------------------------------------------------------


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other


def _only_set(old: Note, new: Note, key: str, value: Value) -> bool:
    found = new.front.get(key)
    return (
        found is not None
        and _same(found.value, value)
        and list(_others(old, key)) == list(_others(new, key))
        and not new.is_template
        and "".join(old.lines[old.front.body :]).removeprefix(_BOM) == "".join(new.lines[new.front.body :])
    )


def _others(note: Note, key: str) -> Iterator[tuple[str, str]]:
    for found in note.front.properties:
        if found.key != fold_key(key):
            yield found.name, repr(found.value)
