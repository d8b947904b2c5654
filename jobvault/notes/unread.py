"""Why nobody can tell right now what a note says: what it said before may be there again once that is mended."""

from __future__ import annotations

from dataclasses import dataclass

from jobvault.notes.note import parse_note
from jobvault.notes.reading import is_text


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a note cannot be read, with the line that is to blame where there is one."""

    why: str
    line: int | None = None


def unread(path: str, data: bytes) -> Unread | None:
    """Return why a note's bytes cannot be read as what the note was; None where they can."""
    if not is_text(data):
        return Unread("the note is no UTF-8 text", 1)
    note = parse_note(path, data)
    if note.conflict_line is not None:
        return Unread("a git conflict is not resolved there", note.conflict_line)
    if not note.front.readable:
        return Unread("its front matter cannot be read", note.front.findings[0].line)
    if note.undecodable_line is not None:
        return Unread("the note is no UTF-8 text", note.undecodable_line)
    return None
