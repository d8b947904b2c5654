"""A property that is to go: its lines, and nothing of what stands between or behind them."""

from __future__ import annotations

from collections.abc import Iterator

from jobvault.notes.edits.properties.span import place_of
from jobvault.notes.edits.properties.text import BOM, FENCE, Edit, has_comment, indent_of, newline_at, offset
from jobvault.notes.frontmatter import Property
from jobvault.notes.note import Note


def removing(note: Note, found: Property) -> Iterator[Edit]:
    """Give ways to take a property away, the best first; none where a comment would go with its value.

    A comment on the line of the value stays, on a line of its own. With its only property, a block that says nothing
    else goes too, as in Obsidian (since 1.6, obsidian-api issue 164), unless a rule below it would then begin another.
    """
    first, last = offset(note, found.line - 1), offset(note, found.end)
    behind = offset(note, note.front.body)
    rest = note.text[offset(note, 1) : first] + note.text[last : offset(note, note.front.body - 1)]
    comment = _comment(note, found)
    if comment is None:
        return
    if not comment and not rest.strip() and not note.text[behind:].removeprefix(BOM).startswith(FENCE):
        yield Edit(len(BOM) if note.text.startswith(BOM) else 0, behind, "")
    row = f"{indent_of(note, found.line)}{comment}{newline_at(note, found.line)}" if comment else ""
    yield Edit(first, last, row)


def _comment(note: Note, found: Property) -> str | None:
    """Return the comment that stays; empty without one, None where one stands inside the value."""
    place = place_of(note, found)
    if place is None:
        return None if has_comment("".join(note.lines[found.line - 1 : found.end])) else ""
    return None if place.comment_inside or place.comment_before else place.behind.strip()
