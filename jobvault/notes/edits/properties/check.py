"""Whether a note with a property edited is the old one plus exactly that change."""

from __future__ import annotations

from collections.abc import Iterator

from jobvault.notes.edits.properties.text import BOM
from jobvault.notes.frontmatter import Value, fold_key
from jobvault.notes.note import Note


def same(one: Value, other: Value) -> bool:
    """Whether two values are equal, and of one type: ``1`` is not ``true``."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and (one == other or (one != one and other != other))  # noqa: PLR0124 - .nan


def only_set(old: Note, new: Note, key: str, value: Value) -> bool:
    """Whether a property has the value, and nothing else of the note reads differently."""
    found = new.front.get(key)
    return found is not None and same(found.value, value) and not new.is_template and _rest_stays(old, new, key)


def only_removed(old: Note, new: Note, key: str) -> bool:
    """Whether a property is gone, and nothing else of the note reads differently."""
    return new.front.readable and new.front.get(key) is None and _rest_stays(old, new, key)


def _rest_stays(old: Note, new: Note, key: str) -> bool:
    return list(_others(old, key)) == list(_others(new, key)) and _body(old) == _body(new)


def _others(note: Note, key: str) -> Iterator[tuple[str, str]]:
    for found in note.front.properties:
        if found.key != fold_key(key):
            yield found.name, repr(found.value)


def _body(note: Note) -> str:
    return "".join(note.lines[note.front.body :]).removeprefix(BOM)
