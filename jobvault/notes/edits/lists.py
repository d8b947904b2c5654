"""How the items of a list are written: marker, indentation, spacing; so that one more looks like the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jobvault.notes.element import Element
from jobvault.notes.lines import BLANKS
from jobvault.notes.note import Note

_LEAD = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-*+]|(?P<number>\d{1,9})(?P<stop>[.)]))(?P<blanks>[ \t]*)")
_MOST_BLANKS = 4
_LAST_NUMBER = 999_999_999


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before an item's words: indentation, marker and blanks."""

    text: str

    @property
    def width(self) -> int:
        """The column at which the words begin, with tab stops at multiples of four."""
        return len(self.text.expandtabs(4))


def end_of_item(note: Note, index: int) -> int:
    """Return the last line of an item of ``note.own``, with all that belongs to it."""
    item = note.own[index]
    end = item.end
    for element in note.own[index + 1 :]:
        if element.depth <= item.depth:
            break
        end = max(end, element.end)
    return end


def lead_like(note: Note, members: Sequence[int], index: int) -> Lead:
    """Return how the item after this one is led in; numbers go on as the list has them."""
    found = _LEAD.match(note.lines[note.own[index].line - 1])
    if found is None:
        return Lead("- ")
    marker = found["marker"]
    if found["number"]:
        marker = f"{_number_after(note, members, index, int(found['number']))}{found['stop']}"
    blanks = found["blanks"] if 0 < len(found["blanks"].expandtabs(_MOST_BLANKS)) <= _MOST_BLANKS else " "
    return Lead(f"{found['indent']}{marker}{blanks}")


def lead_below(note: Note, index: int) -> Iterator[Lead]:
    """Give ways to lead in an item below another one: like those that are there, then as its words are indented."""
    children = [i for i, e in enumerate(note.own) if e.parent == index and e.kind == "item"]
    if children:
        yield lead_like(note, children, children[-1])
    yield Lead(f"{' ' * note.own[index].column}- ")


def spaced(note: Note, members: Sequence[int], index: int) -> bool:
    """Whether a blank line parts the last item from the one before it."""
    before = _sibling_before(note, members, index)
    if before is None:
        return False
    return not note.lines[note.own[index].line - 2].strip(BLANKS)


def _number_after(note: Note, members: Sequence[int], index: int, number: int) -> int:
    """Count on, unless the list has the same number twice, as with Markdown that leaves counting to the reader."""
    before = _sibling_before(note, members, index)
    same = before is not None and note.own[before].marker == note.own[index].marker
    return number if same or number >= _LAST_NUMBER else number + 1


def _sibling_before(note: Note, members: Sequence[int], index: int) -> int | None:
    """Return the item that stands before this one in its list."""
    siblings = [i for i in members if _beside(note.own[i], note.own[index])]
    return next((one for one, after in pairwise(siblings) if after == index), None)


def _beside(element: Element, other: Element) -> bool:
    same_list = element.marker[-1:] == other.marker[-1:] and element.parent == other.parent
    return element.kind == "item" and same_list and element.quoted == other.quoted
