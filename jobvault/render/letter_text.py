"""A letter as plain text: its own words, as a mail has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jobvault.model import Passage
from jobvault.notes.element import Element
from jobvault.notes.inline import plain_with_urls
from jobvault.notes.note import Note, shown
from jobvault.notes.typed import is_wrapped

_HARD_BREAK = "\\"
_STEP = "  "
_QUOTE = "> "
_FEWEST = 3
"""The fewest wrapped lines above typed ones; of two, the wider one is always full."""


def letter_text(note: Note, passages: Sequence[Passage]) -> str:
    """Return the text of a letter, given its note and the passages that were read from it.

    Paragraphs have a blank line between them. One that an editor wrapped is one line; else its lines stay as they were
    typed, as Obsidian shows them. Lists keep their marks, quotes their ``>``, code its lines; other marks of Markdown
    are resolved. A link out of the vault has its address behind it. Comments and generated blocks are none of it.
    """
    at = {passage.line: passage for passage in passages}
    lines: list[str] = []
    before: Element | None = None
    for element in note.own:
        passage = next((at[line] for line in range(element.line, element.end + 1) if line in at), None)
        text = list(_lines(element, passage)) if passage else []
        if not text:
            continue
        if before is not None and not _close(before, element):
            lines.append((_QUOTE * min(before.quoted, element.quoted)).rstrip())
        lines += text
        before = element
    return "\n".join(lines)


def _close(one: Element, two: Element) -> bool:
    """Whether two blocks stand without a blank line between them: items, and what a list begins with or ends in."""
    return two.line == one.end + 1 and "item" in (one.kind, two.kind)


def _lines(element: Element, passage: Passage) -> Iterator[str]:
    first, rest = _marks(element)
    rows = element.rows if element.kind == "code" else passage.rows
    texts = [*map(shown, rows)] if element.kind in ("code", "table") else _plain(_joined(element, passage.rows))
    for place, text in enumerate(texts):
        yield f"{first if place == 0 else rest}{text}".rstrip()


def _marks(element: Element) -> tuple[str, str]:
    """Return what stands before the first line of a block, and before its others."""
    outer = _QUOTE * element.quoted + _STEP * element.depth
    if element.kind != "item":
        return outer, outer
    mark = element.marker if element.marker[:1].isdigit() else "-"
    return f"{outer}{mark} ", outer + " " * (len(mark) + 1)


def _joined(element: Element, rows: Sequence[str]) -> list[str]:
    """Mark the ends of lines that were typed as such in a paragraph, as a hard break is marked.

    What an editor wrapped goes on; the lines below it, those of a sign-off, are typed again.
    """
    if element.kind != "paragraph" or element.quoted:
        return list(rows)
    fewest = min(_FEWEST, len(rows))
    wrapped = next((end for end in range(len(rows), fewest - 1, -1) if is_wrapped(rows[:end])), 1)
    typed = [row if _is_broken(row) else f"{row}{_HARD_BREAK}" for row in rows[wrapped - 1 : -1]]
    return [*rows[: wrapped - 1], *typed, *rows[-1:]]


def _plain(rows: Sequence[str]) -> list[str]:
    """Return the lines of a paragraph: its rows joined, but where one is broken."""
    text = ""
    for row in rows:
        text += f"{row[:-1].rstrip()}\n" if _is_broken(row) else f"{row} "
    words = plain_with_urls(text.rstrip(" "))
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return [line for line in lines if line]


def _is_broken(row: str) -> bool:
    return (len(row) - len(row.rstrip(_HARD_BREAK))) % 2 == 1
