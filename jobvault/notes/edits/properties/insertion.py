"""A property that is not there yet: where it goes, and how."""

from __future__ import annotations

import re

from jobvault.notes.edits.insertion import newline_of
from jobvault.notes.edits.properties.text import BOM, FENCE, Edit, indent_of, newline_at, offset, written
from jobvault.notes.frontmatter import FrontMatter, Property, Value, fold_key
from jobvault.notes.note import Note
from jobvault.notes.properties import FIELDS
from jobvault.notes.values import as_text
from jobvault.words import Words, fold

_KEY = re.compile(r"[^\W\d_](?:[\w -]*\w)?")


def is_name(key: str) -> bool:
    """Whether a property can be given this name: a letter, then letters, digits, ``_``, ``-`` and blanks."""
    return _KEY.fullmatch(key) is not None


def inserting(note: Note, key: str, value: Value, words: Words) -> Edit | None:
    """Put a property where the templates have it, else last; in a block of its own where there is none."""
    new = written(value)
    if new is None or not is_name(key):
        return None
    if not note.front.present:
        at, newline = len(BOM) if note.text.startswith(BOM) else 0, newline_of(note)
        row = f"{key}:{new.behind_colon('', newline)}"
        return Edit(at, at, f"{FENCE}{newline}{row}{newline}{FENCE}{newline}")
    line, beside = _place(note.front, key, words)
    newline = newline_at(note, line)
    indent = "" if beside is None else indent_of(note, beside.line)
    at = offset(note, line)
    return Edit(at, at, f"{indent}{key}:{new.behind_colon(indent, newline)}{newline}")


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
