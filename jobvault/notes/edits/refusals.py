"""Why a note is not edited."""

from __future__ import annotations

from jobvault.errors import RefusedError
from jobvault.notes.edits.section_places import endless
from jobvault.notes.note import Note


def refuse_conflict(note: Note) -> None:
    """Raise ``RefusedError`` where the note holds an unresolved git conflict."""
    if note.conflict_line is not None:
        raise RefusedError(note.path, note.conflict_line, "a git conflict is not resolved here.")


def no_place(note: Note) -> RefusedError:
    """Return why nothing could be added: what never ends is named."""
    unclosed = endless(note, range(len(note.own)))
    if unclosed is None:
        return RefusedError(note.path, None, "there is no place for it that would leave the rest as it is.")
    what = {"comment": "comment", "code": "code block"}.get(unclosed.kind, "HTML block")
    return RefusedError(note.path, unclosed.line, f"a {what} that starts here never ends. Close it first.")
