"""Putting lines into a note's text, and seeing to it that nothing else of the note changes by that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from jobvault.notes.blocks import Block
from jobvault.notes.element import Element
from jobvault.notes.lines import BLANKS
from jobvault.notes.note import Note, encode, parse_note

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Place:
    """Where lines go: below the first ``at`` lines of a note, set off by blank lines above and below where asked."""

    at: int
    above: bool = True
    below: bool = True


@dataclass(frozen=True, slots=True)
class Inserted:
    """A note with lines in it; ``first`` and ``last`` are their numbers, without the blank lines around them."""

    note: Note
    first: int
    last: int


def insert(note: Note, place: Place, rows: Sequence[str]) -> Inserted | None:
    """Put rows (without line endings) into a note; None where anything else of the note would be read differently.

    Line endings are those of the line above. A note without a final newline stays without one.
    """
    above, below = _neighbour(note, place.at - 1), _neighbour(note, place.at)
    lead = [""] if place.above and above else []
    written = [*lead, *rows, *([""] if place.below and below else [])]
    new = parse_note(note.path, encode(_joined(note, place.at, written)))
    at = 0 if note.text == _BOM else place.at
    if not _only_added(note, new, at, len(written)):
        return None
    first = at + len(lead) + 1
    return Inserted(new, first, first + len(rows) - 1)


def _neighbour(note: Note, index: int) -> bool:
    """Whether words stand on the line of an index; a BOM that is alone on its line is none."""
    inside = 0 <= index < len(note.lines)
    return inside and bool(note.lines[index].removeprefix(_BOM).strip(BLANKS))


def _joined(note: Note, at: int, written: Sequence[str]) -> str:
    head, tail = "".join(note.lines[:at]), "".join(note.lines[at:])
    if not head and tail.startswith(_BOM):
        head, tail = _BOM, tail.removeprefix(_BOM)
    newline = _newline_at(note, at)
    body = newline.join(written)
    if head and not head.endswith(("\n", "\r")) and head != _BOM:
        return f"{head}{newline}{body}{tail}"
    return f"{head}{body}{newline}{tail}"


def newline_of(note: Note) -> str:
    """Return the line ending of a note: that of its first line."""
    first = note.lines[0] if note.lines else "\n"
    return next((ending for ending in ("\r\n", "\n", "\r") if first.endswith(ending)), "\n")


def _newline_at(note: Note, at: int) -> str:
    above = note.lines[at - 1] if at else ""
    return next((ending for ending in ("\r\n", "\n", "\r") if above.endswith(ending)), newline_of(note))


def _only_added(old: Note, new: Note, at: int, count: int) -> bool:
    """Whether all that was read before is read as before, some of it ``count`` lines further down."""

    def moved(line: int) -> int:
        return line if line <= at else line + count

    def kept(line: int) -> bool:
        return not at < line <= at + count

    here = list(_placed(old, moved))
    there = [found for found in _placed(new, lambda line: line) if kept(found[0].line)]
    return (
        old.front.properties == new.front.properties
        and old.front.body == new.front.body
        and here == there
        and [_block(block, moved) for block in old.blocks] == [_block(block, lambda line: line) for block in new.blocks]
        and len(old.block_findings) == len(new.block_findings)
        and new.conflict_line is None
    )


def _placed(note: Note, moved: Callable[[int], int]) -> Iterator[tuple[Element, int]]:
    """Give each element with its lines moved, and the line of the item around it, 0 without one."""
    for element in note.elements:
        parent = 0 if element.parent is None else moved(note.elements[element.parent].line)
        yield replace(element, line=moved(element.line), end=moved(element.end), parent=None), parent


def _block(block: Block, moved: Callable[[int], int]) -> Block:
    return replace(block, begin=moved(block.begin), end=moved(block.end))


def write_behind(note: Note, item: Element, words: str) -> Note | None:
    """Put words behind all that an item's one line holds; None where anything but that item would change."""
    lines = list(note.lines)
    line = lines[item.line - 1]
    bare = line.rstrip("\r\n")
    blank = "" if bare.endswith((" ", "\t")) else " "
    lines[item.line - 1] = f"{bare}{blank}{words}{line[len(bare) :]}"
    new = parse_note(note.path, encode("".join(lines)))
    same = new.front.properties == note.front.properties and new.blocks == note.blocks
    return new if same and _bare(note, item.line) == _bare(new, item.line) else None


def _bare(note: Note, line: int) -> list[Element]:
    """Return all elements, the one on a line without its words and box."""
    return [replace(e, rows=(), box=None) if e.line == line and e.kind == "item" else e for e in note.elements]


def added_lines(old: Note, new: Note) -> range:
    """Return the numbers of the lines that an edit added or changed, blank ones at both ends left out."""
    before, after = ([line.rstrip("\r\n") for line in note.lines] for note in (old, new))
    first, last, gone = 0, len(after), len(before)
    while first < min(last, gone) and after[first] == before[first]:
        first += 1
    while last > first and gone > first and after[last - 1] == before[gone - 1]:
        last, gone = last - 1, gone - 1
    while first < last and not after[first].strip(BLANKS):
        first += 1
    while last > first and not after[last - 1].strip(BLANKS):
        last -= 1
    return range(first + 1, last + 1)
