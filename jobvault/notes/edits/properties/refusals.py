"""Why the front matter of a note is not edited at all."""

from __future__ import annotations

import re

from jobvault.errors import RefusedError
from jobvault.notes.edits.properties.marks import read_marks
from jobvault.notes.edits.properties.text import BOM, FENCE
from jobvault.notes.edits.refusals import refuse_conflict
from jobvault.notes.frontmatter import YamlError, is_property_line, load_yaml
from jobvault.notes.note import Note, encode, is_utf16

_ROW = re.compile(r"\s*[^\s#*>|`<].*?:(?:\s|$)")
"""What YAML may take for a property, its name being anything."""
_HEAD = 400
_REASONS = {
    "duplicate-key": "the property “{name}” stands twice, in the lines {first} and {second}.",
    "front-matter-not-utf8": "the front matter holds bytes that are no UTF-8.",
    "front-matter-not-closed": "the front matter that starts in the first line never ends. Close it with `---`.",
    "front-matter-not-mapping": "the front matter holds no properties, such as `company: Acme`.",
}


def refuse_unsafe(note: Note) -> None:
    """Raise ``RefusedError`` where no property of a note can be edited safely, with the line that is to blame."""
    if _is_utf16(note):
        raise RefusedError(note.path, 1, "the note is UTF-16. Save it as UTF-8.")
    refuse_conflict(note)
    if note.is_template:
        raise RefusedError(note.path, 1, "this is a template, still to be filled in.")
    front = note.front
    if not front.readable:
        finding = front.findings[0]
        reason = _REASONS.get(finding.code, "the front matter cannot be read: {what}.")
        raise RefusedError(note.path, finding.line, reason.format(**{"what": finding.code, **finding.args}))
    if not front.present:
        _refuse_broken(note)
    if not front.properties:
        return
    marks = read_marks(front.raw)
    if marks.anchor is not None:
        raise RefusedError(note.path, marks.anchor + 1, "properties share a value here (`&` or `*`). Write it out.")
    if marks.braces:
        raise RefusedError(note.path, 2, "the properties stand in braces. Write one a line, as `company: Acme`.")


def _is_utf16(note: Note) -> bool:
    """Whether a note is UTF-16, with its mark or with a NUL in every other byte."""
    head = note.text[:_HEAD]
    return is_utf16(encode(head[:2])) or head.count("\0") * 4 > len(head)


def _refuse_broken(note: Note) -> None:
    """Raise ``RefusedError`` where a note's text begins with what is meant as front matter all the same.

    Properties without an end are the note's text to Obsidian; ``...`` ends a document of YAML (1.2.2, 9.1.2), but no
    front matter. Where there is an end, Obsidian takes it for properties that cannot be read.
    """
    if not note.lines or note.lines[0].removeprefix(BOM).rstrip() != FENCE:
        return
    rows = [row.rstrip() for row in note.lines[1:]]
    if FENCE not in rows:
        first = next((row for row in rows if row and not row.startswith("#")), "")
        if is_property_line(first.lstrip()):
            raise RefusedError(note.path, 1, _REASONS["front-matter-not-closed"])
    elif any(_ROW.match(row) for row in rows[: rows.index(FENCE)]):
        raise RefusedError(note.path, *_what_is_wrong(note, rows.index(FENCE)))


def _what_is_wrong(note: Note, rows: int) -> tuple[int, str]:
    try:
        load_yaml("".join(note.lines[1 : rows + 1]))
    except YamlError as error:
        return error.line + 1, f"the front matter cannot be read: {error.what}."
    return 2, _REASONS["front-matter-not-mapping"]
