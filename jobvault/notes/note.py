"""A note, taken apart but not yet understood: bytes → lines, front matter, elements, blocks."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from jobvault.notes.blocks import Block, BlockFinding, find_blocks
from jobvault.notes.frontmatter import FrontMatter, read_front_matter
from jobvault.notes.hunks import Hunk, find_hunks
from jobvault.notes.markdown import Element, scan, split_lines

_BOM = "\ufeff"
_SURROGATE = re.compile("[\udc80-\udcff]")
_TEMPLATE = re.compile(r"\{\{|<%")


@dataclass(frozen=True)
class Note:
    """One note's text and structure.

    ``path`` is relative to the vault. ``text`` is the decoded note, BOM included; bytes that are no UTF-8 stand in
    it as lone surrogates, so that ``text.encode("utf-8", "surrogateescape")`` gives the bytes back. ``lines`` keep
    their endings.
    """

    path: str
    text: str
    lines: tuple[str, ...]
    front: FrontMatter

    @cached_property
    def hunks(self) -> tuple[Hunk, ...]:
        """The git conflicts in it."""
        return find_hunks(self.lines) if "<<<<<<< " in self.text else ()

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The body's elements, generated blocks included, in order."""
        lines = self.lines
        if self.hunks:  # git's marks are nobody's words
            marks = {mark for hunk in self.hunks for mark in hunk.marks}
            lines = tuple("\n" if number in marks else line for number, line in enumerate(lines, 1))
        if self.text.startswith(_BOM) and not self.front.body:
            lines = (lines[0].removeprefix(_BOM), *lines[1:])
        return scan(lines, 1, self.front.body)

    @cached_property
    def _found(self) -> tuple[tuple[Block, ...], tuple[BlockFinding, ...]]:
        return find_blocks(self.lines, self.elements) if "jobvault:" in self.text else ((), ())

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The generated blocks; none where the markers do not pair."""
        return self._found[0]

    @property
    def block_findings(self) -> tuple[BlockFinding, ...]:
        """What is wrong with the block markers."""
        return self._found[1]

    @cached_property
    def own(self) -> tuple[Element, ...]:
        """The elements that are the user's: all outside of generated blocks."""
        return outside(self.elements, self.blocks)

    @property
    def stem(self) -> str:
        """The note's name: its file name without ``.md``."""
        return self.path.rsplit("/", 1)[-1].removesuffix(".md")

    @property
    def is_template(self) -> bool:
        """Whether its front matter is still to be filled in by a template engine."""
        return self.front.present and bool(_TEMPLATE.search(self.front.raw))

    @cached_property
    def conflict_line(self) -> int | None:
        """The line of the first git conflict that is not wholly inside of a generated block; None without one."""
        hunks = self.hunks
        spans = [(block.begin, block.end) for block in self.blocks]
        return next(
            (hunk.start for hunk in hunks if not any(begin < hunk.start and hunk.end <= end for begin, end in spans)),
            None,
        )

    @cached_property
    def undecodable_line(self) -> int | None:
        """The first line that holds bytes which are no UTF-8; None where there is none."""
        if not _has_surrogates(self.text):
            return None
        return next(number for number, line in enumerate(self.lines, 1) if _has_surrogates(line))


def parse_note(path: str, data: bytes) -> Note:
    """Take a note apart. Never raises, whatever the bytes are."""
    text = decode(data)
    lines = tuple(split_lines(text))
    return Note(path, text, lines, read_front_matter(lines))


def decode(data: bytes) -> str:
    """Decode UTF-8; other bytes become lone surrogates. ``str.encode("utf-8", "surrogateescape")`` undoes it."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """Undo ``decode``."""
    return text.encode("utf-8", "surrogateescape")


def is_utf16(data: bytes) -> bool:
    """Whether the bytes start as UTF-16 does."""
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def shown(text: str) -> str:
    """Return the text with bytes that are no UTF-8 shown as U+FFFD, fit to be written elsewhere."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if _has_surrogates(text) else text


def outside(elements: Sequence[Element], blocks: Sequence[Block]) -> tuple[Element, ...]:
    """Return the elements that stand outside of the blocks, with the indices of their parents kept right."""
    if not blocks:
        return tuple(elements)
    inside = {line for block in blocks for line in range(block.begin, block.end + 1)}
    kept: list[Element] = []
    place: dict[int, int] = {}
    for index, element in enumerate(elements):
        if element.line in inside:
            continue
        place[index] = len(kept)
        parent = None if element.parent is None else place.get(element.parent)
        kept.append(element if parent == element.parent else replace(element, parent=parent))
    return tuple(kept)


def _has_surrogates(text: str) -> bool:
    return not text.isascii() and _SURROGATE.search(text) is not None
