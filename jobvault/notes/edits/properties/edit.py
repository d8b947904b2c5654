"""Setting or removing one property of a note's front matter, in place: every byte outside of its value stays as it is.

The result is read again and must be the old properties plus exactly that change. A block whose properties share values
(anchors, aliases), or that is written in braces, is not edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from jobvault.errors import RefusedError
from jobvault.notes.edits.properties.check import only_removed, only_set, same
from jobvault.notes.edits.properties.insertion import inserting, is_name
from jobvault.notes.edits.properties.refusals import refuse_unsafe
from jobvault.notes.edits.properties.removal import removing
from jobvault.notes.edits.properties.replacement import replacing
from jobvault.notes.edits.properties.span import place_of
from jobvault.notes.edits.properties.text import Edit, has_comment, offset
from jobvault.notes.frontmatter import Property, Value
from jobvault.notes.note import Note, encode, parse_note
from jobvault.words import Words

Settable = str | int | float | bool | date | datetime | Sequence[Value] | None
"""What a property can be set to; None leaves its name without a value."""


def set_property(note: Note, key: str, value: Settable, words: Words) -> Note:
    """Set one property of a note, or insert it where the templates have it; front matter is made where there is none.

    A comment on the same line stays. A list is written as it stands there, in brackets or an item a line, and of its
    items only those that differ; so this also appends.

    Args:
        note: Any note.
        key: The property's name. One that stands there in another spelling (``Hear-By``) keeps it.
        value: A text, number, truth value, date, datetime or list of texts; None for no value.
        words: The words of the vault, by which the note's type is known.

    Raises:
        RefusedError: The front matter cannot be read, holds anchors or aliases, is written in braces, a git conflict
            stands in the note, or the value cannot be set without changing more than that.
    """
    refuse_unsafe(note)
    found = note.front.get(key)
    wanted: Value = list(value) if isinstance(value, (list, tuple)) else value  # type: ignore[assignment]
    if found is not None and same(found.value, wanted):
        return note
    if found is None and not is_name(key):
        why = f"“{key}” is no name for a property: letters, digits, blanks, `-` and `_`, a letter first."
        raise RefusedError(note.path, 1, why)
    edit = replacing(note, found, wanted) if found else inserting(note, key, wanted, words)
    if edit is not None and only_set(note, new := _edited(note, edit), key, wanted):
        return new
    raise _refusal(note, found, f"“{key}” cannot be set here without changing more than its value.")


def remove_property(note: Note, key: str) -> Note:
    """Take one property away, name and value; the note as it is where there is none of that name.

    A comment on its line stays, on a line of its own. The front matter goes with its only property.

    Raises:
        RefusedError: As ``set_property`` does, and where a comment stands among the lines of the value.
    """
    refuse_unsafe(note)
    found = note.front.get(key)
    if found is None:
        return note
    for edit in removing(note, found):
        if only_removed(note, new := _edited(note, edit), key):
            return new
    if len(note.front.properties) == 1 and has_comment(note.front.raw):
        why = f"“{key}” is the only property here, and the comment beside it would become text. Remove both by hand."
        raise RefusedError(note.path, found.line, why)
    raise _refusal(note, found, f"“{key}” cannot be removed without changing more than that.")


def _edited(note: Note, edit: Edit) -> Note:
    return parse_note(note.path, encode(edit.apply(note.text)))


def _refusal(note: Note, found: Property | None, why: str) -> RefusedError:
    """Return why not: a comment among the lines of a value is named with its line."""
    if found is None:
        return RefusedError(note.path, 1, why)
    place = place_of(note, found)
    starts = [offset(note, line - 1) for line in range(found.line, found.end + 2)]
    text = note.text if place is None else place.bare
    rows = [text[start:end] for start, end in pairwise(starts)]
    commented = next((line for line, row in enumerate(rows, found.line) if has_comment(row)), None)
    if commented is not None and found.end > found.line:
        why = f"a comment stands among the lines of “{found.name}”, and would be lost. Move it first."
        return RefusedError(note.path, commented, why)
    return RefusedError(note.path, found.line, why)
