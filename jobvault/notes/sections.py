"""Sections of a note as jobvault understands them, and the bullets in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jobvault.notes.inline import strip_comments
from jobvault.notes.markdown import Element
from jobvault.notes.note import Note, shown
from jobvault.notes.task_fields import TAG
from jobvault.notes.task_item import without_fields
from jobvault.notes.task_text import tags_within
from jobvault.notes.typed import apart
from jobvault.words import Vocabulary, fold

_OURS = re.compile(r"jobvault: ")
_BLOCK_ID = re.compile(r"\s+\^[A-Za-z0-9-]+$")
_MARK = re.compile(r"\s*\(([^()]{1,40})\)\s*[.!]?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_SHORTEST_UNDERLINE = 4


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet or paragraph with what is indented below it.

    Comments, block ids and the fields of tasks are gone from its text, blanks collapsed.
    """

    text: str
    line: int
    kind: str
    box: str | None = None
    children: tuple[Bullet, ...] = ()

    @property
    def whole(self) -> str:
        """The text with the bullets that belong to it: ``STAR; two minutes; result first``."""
        joined = ""
        for part in (self.text, *(child.whole for child in self.children if child.box is None)):
            if part:
                joined += part if not joined else (" " if joined.endswith(":") else "; ") + part
        return joined

    @property
    def tasks(self) -> Iterator[Bullet]:
        """The tasks indented below it, at any depth: items of their own."""
        for child in self.children:
            if child.box is not None:
                yield child
            yield from child.tasks


@dataclass(frozen=True, slots=True)
class Section:
    """A matched section: its name (``takeaways``), heading and the indices of its elements in ``note.own``."""

    name: str
    heading: Element
    members: tuple[int, ...]


def find_sections(note: Note, vocabulary: Vocabulary) -> tuple[Section, ...]:
    """Find the sections by their headings; a section named twice is there twice."""
    found: list[Section] = []
    current: tuple[str, Element] | None = None
    members: list[int] = []

    def close() -> None:
        if current is not None:
            found.append(Section(current[0], current[1], tuple(members)))
        members.clear()

    title = title_of(note, vocabulary)
    for index, element in enumerate(note.own):
        if is_heading(element):
            name = None if element is title else vocabulary.sections.get(fold(element.text))
            if name is not None:
                close()
                current = (name, element)
                continue
            if current is not None and element.level <= current[1].level and not accidental(note, element):
                close()
                current = None
        if current is not None:
            members.append(index)
    close()
    return tuple(found)


def title_of(note: Note, vocabulary: Vocabulary) -> Element | None:
    """Return the note's title: a first heading that alone is of level one, unless its words are a section's."""
    headings = [element for element in note.own if is_heading(element)]
    if not headings or [e for e in headings if e.level == 1] != headings[:1]:
        return None
    return None if fold(headings[0].text) in vocabulary.sections else headings[0]


def is_heading(element: Element) -> bool:
    """Whether an element is a heading of the note, not one in a list or a quote."""
    return element.kind == "heading" and not element.depth and not element.quoted


def accidental(note: Note, element: Element) -> bool:
    """Whether a heading was probably made by accident: by a ``-`` or ``---`` on the line below words.

    Who means a heading draws a line below its one line of words that is as long as they are.
    """
    if not element.setext or element.level != 2:
        return False
    underline = note.lines[element.end - 1].strip(" \t>\r\n")
    return len(element.rows) > 1 or len(underline) < max(len(element.text), _SHORTEST_UNDERLINE)


def bullets(note: Note, members: Sequence[int], marks: Collection[str] = ()) -> tuple[Bullet, ...]:
    """Return the bullets and paragraphs at the top of a section, those below them as children; empty ones left out.

    Lines that were typed without bullets are a paragraph each, as ``typed.apart`` says; ``marks`` end such a line.
    """
    wanted = set(members)
    children: dict[int | None, list[int]] = {}
    for index in members:
        parent = note.own[index].parent
        children.setdefault(parent if parent in wanted else None, []).append(index)

    def build(parent: int | None) -> Iterator[Bullet]:
        for index in children.get(parent, ()):
            element, *lines = apart(note, note.own[index], marks)
            if element.kind == "item":
                below = tuple(build(index))
                text = _text(element.text, element.box)
                if text or below:
                    yield Bullet(text, element.line, "item", element.box, below)
            elif element.kind == "table":
                yield from _table(element)
            elif element.kind == "paragraph" or (element.kind == "heading" and not _heads(note, element)):
                lines = [element, *lines]
            yield from _paragraphs(lines)

    return tuple(build(None))


def each_item(found: Iterable[Bullet]) -> Iterator[Bullet]:
    """Give bullets with the words that belong to them, and each indented task as an item of its own."""
    for bullet in found:
        if bullet.whole:
            yield bullet
        yield from bullet.tasks


def _paragraphs(lines: Iterable[Element]) -> Iterator[Bullet]:
    for line in lines:
        text = _text(line.text)
        if text and not (line.quoted and _OURS.match(text)):
            yield Bullet(text, line.line, "paragraph")


def _heads(note: Note, element: Element) -> bool:
    """Whether a heading is looked through, and not just words that became one, or stand as one in a list."""
    return is_heading(element) and not accidental(note, element)


def _text(text: str, box: str | None = None) -> str:
    text = content(text)
    return _BLOCK_ID.sub("", text if box is None else without_fields(text).strip())


def _table(element: Element) -> Iterator[Bullet]:
    for offset, row in enumerate(element.rows[2:], 2):
        cells = [cell.strip().replace("\\|", "|") for cell in _PIPE.split(row)]
        text = content(" · ".join(cell for cell in cells if cell))
        if text:
            yield Bullet(text, element.line + offset, "paragraph")


def content(text: str) -> str:
    """Return a text without comments, with blanks collapsed, fit to be written elsewhere."""
    return " ".join(shown(strip_comments(text)).split())


# --- what stands at the end of a bullet -----------------------------------------------------------------------------


def take_mark(bullet: Bullet, marks: Mapping[str, str], allowed: Collection[str]) -> tuple[str, str | None]:
    """Part a bullet's whole text from the mark at its end, such as ``(rough)``; tags may follow it.

    The mark may also stand before the bullets that belong to this one. None where there is no allowed one.
    """
    text, mark = _parted(bullet.text, marks, allowed)
    return (replace(bullet, text=text).whole, mark) if mark else _parted(bullet.whole, marks, allowed)


def _parted(text: str, marks: Mapping[str, str], allowed: Collection[str]) -> tuple[str, str | None]:
    end = _before_tags(text)
    found = _MARK.search(text[:end])
    mark = marks.get(fold(found[1])) if found else None
    return (text[: found.start()].rstrip(" ·") + text[end:], mark) if found and mark in allowed else (text, None)


def take_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the tags at its end, and all its tags (without ``#``), each once."""
    return text[: _before_tags(text)], tuple(dict.fromkeys(tags_within(text)))


def _before_tags(text: str) -> int:
    """Return where the tags at the end of a text begin, the blank before them included; digits alone are no tag."""
    end = len(text)
    while (blank := text.rfind(" ", 0, end)) > 0:
        tag = TAG.fullmatch(text, blank + 1, end)
        if not tag or tag[1].isdecimal():
            break
        end = blank
    return end
