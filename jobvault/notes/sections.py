"""Sections of a note as jobvault understands them, and the bullets in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jobvault.notes.inline import strip_comments
from jobvault.notes.markdown import Element
from jobvault.notes.note import Note, shown
from jobvault.words import Vocabulary, fold

_OURS = re.compile(r"jobvault: ")
_TAG = re.compile(r"(?<![\w/&#])#(?=[\w/-]*[^\W\d])([\w/-]+)")
_TAGS_AT_END = re.compile(r"(?:\s+#[\w/-]+)+\s*$")
_MARK = re.compile(r"\s*\(([^()]{1,24})\)\s*[.!]?\s*$")


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet or paragraph with what is indented below it; comments are gone, blanks collapsed.

    ``first`` is its first line alone, as tasks are read from it.
    """

    text: str
    first: str
    line: int
    kind: str
    box: str | None
    children: tuple[Bullet, ...] = ()

    @property
    def whole(self) -> str:
        """The text with the bullets that belong to it: ``STAR; two minutes; result first``."""
        parts = [self.text, *(child.whole for child in self.children if child.box is None)]
        parts = [part for part in parts if part]
        joined = ""
        for part in parts:
            joined += part if not joined else (" " if joined.endswith(":") else "; ") + part
        return joined


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

    title = title_of(note)
    for index, element in enumerate(note.own):
        if element.kind == "heading" and not element.depth and not element.quoted and not accidental(element):
            name = None if element is title else vocabulary.sections.get(fold(element.text))
            if name is not None:
                close()
                current = (name, element)
                continue
            if current is not None and element.level <= current[1].level:
                close()
                current = None
        if current is not None:
            members.append(index)
    close()
    return tuple(found)


def title_of(note: Note) -> Element | None:
    """Return the note's title: a first heading of level one that is the only one of that level."""
    headings = [e for e in note.own if e.kind == "heading" and not e.depth and not e.quoted]
    tops = [e for e in headings if e.level == 1]
    return headings[0] if headings and len(tops) == 1 and headings[0] is tops[0] else None


def accidental(element: Element) -> bool:
    """Whether a heading was probably made by accident: by a ``-`` or ``---`` on the line below words."""
    return element.setext and element.level == 2


def bullets(note: Note, members: Sequence[int]) -> tuple[Bullet, ...]:
    """Return the bullets and paragraphs at the top of a section, those below them as children; empty ones left out."""
    wanted = set(members)
    children: dict[int | None, list[int]] = {}
    for index in members:
        parent = note.own[index].parent
        children.setdefault(parent if parent in wanted else None, []).append(index)

    def build(parent: int | None) -> Iterator[Bullet]:
        for index in children.get(parent, ()):
            element = note.own[index]
            if element.kind == "item":
                below = tuple(build(index))
                text = content(element.text)
                if text or below:
                    first = content(element.rows[0]) if element.rows else ""
                    yield Bullet(text, first, element.line, "item", element.box, below)
            elif element.kind == "paragraph" or (element.kind == "heading" and accidental(element)):
                text = content(element.text)
                if text and not (element.quoted and _OURS.match(text)):
                    yield Bullet(text, content(element.rows[0]), element.line, "paragraph", None)
            elif element.kind == "table":
                yield from _table(element)

    return tuple(build(None))


def _table(element: Element) -> Iterator[Bullet]:
    for offset, row in enumerate(element.rows[2:], 2):
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        text = content(" · ".join(cell for cell in cells if cell))
        if text:
            yield Bullet(text, text, element.line + offset, "paragraph", None)


def content(text: str) -> str:
    """Return a text without comments, with blanks collapsed, fit to be written elsewhere."""
    return " ".join(shown(strip_comments(text)).split())


def take_mark(text: str, marks: Mapping[str, str]) -> tuple[str, str | None]:
    """Part a mark such as ``(rough)`` from the end of a text; tags may follow it. None where there is no known one."""
    tags = _TAGS_AT_END.search(text)
    head, tail = (text[: tags.start()], text[tags.start() :]) if tags else (text, "")
    found = _MARK.search(head)
    mark = marks.get(fold(found[1])) if found else None
    return (head[: found.start()].rstrip() + tail, mark) if found and mark else (text, None)


def take_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the tags at its end, and all its tags (without ``#``), each once."""
    tags = tuple(dict.fromkeys(_TAG.findall(text)))
    return _TAGS_AT_END.sub("", text).rstrip() if tags else text, tags
