"""Reading back what a person ticked in a generated block: the inverse of ``Face.task``.

An item's words say its state as written (``done``, ``cancelled``, ``started``, else open). Only a box that differs from
its words is the person's act.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jobvault.model import FollowUp, Link, Status
from jobvault.notes.blocks import Block, essence, our_lines
from jobvault.notes.inline import find_links
from jobvault.notes.note import Note
from jobvault.notes.tasks import read_task, status_of
from jobvault.render.item import BOXES, DOT, SEPARATOR, has_box, parts_of, state_of, told, who
from jobvault.search.names import NoteNames
from jobvault.words import Words

CHARACTER: Mapping[Status, str] = BOXES
"""What stands in the box of each status."""
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\[(.)\]\s+(.*)")
_STARTS = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s|\s{0,3}(?:#{1,6}\s|>|\||<!--)")
_FIRST: Mapping[Status, int] = {"done": 0, "cancelled": 1, "in-progress": 2, "open": 3}
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class BoxLine:
    """An item with a box, as it stands in a block: the state of its words and of its box, and the date on it.

    ``path`` is the note that its link means. ``segments`` are its parts between the middle dots, link left out.
    ``raw`` is the whole item, in one line.
    """

    note: str
    line: int
    raw: str
    segments: tuple[str, ...]
    path: str | None
    words: Status
    box: Status
    on: dt.date | None

    @property
    def acted(self) -> bool:
        """Whether the box says something else than the words."""
        return self.words != self.box


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did with a follow-up, in one or several blocks."""

    source: FollowUp
    status: Status
    on: dt.date | None
    lines: tuple[BoxLine, ...]


@dataclass(frozen=True, slots=True)
class Acts:
    """All acts, with the box lines whose follow-up was not found."""

    acts: tuple[Act, ...]
    lost: tuple[BoxLine, ...]


def read_boxes(note: str, block: Block, names: NoteNames, words: Words) -> Iterator[BoxLine]:
    """Read the items with boxes in one block of a note; a line that a formatter wrapped is read whole.

    Only lines that are ours are read: an item that the user typed into the block is nobody's follow-up.
    """
    body = [line.rstrip("\r\n") for line in block.body]
    ours = our_lines(block)
    for index, first in enumerate(body):
        if index not in ours or _ITEM.fullmatch(first) is None:
            continue
        raw = first
        for further in range(index + 1, len(body)):
            if further not in ours or not body[further].strip() or _STARTS.match(body[further]):
                break
            raw += " " + body[further].strip()
        yield _box_line(note, block.begin + 1 + index, raw, names, words)


def _box_line(note: str, line: int, raw: str, names: NoteNames, words: Words) -> BoxLine:
    found = _ITEM.fullmatch(raw)
    box, text = found.groups() if found else (" ", raw)
    task = read_task(text)
    segments, link = _parted(" ".join(task.text.split()), line)
    said = (state for part in segments[1:] if (state := state_of(part, words)))
    status = status_of(box)
    return BoxLine(
        note=note,
        line=line,
        raw=raw,
        segments=segments,
        path=names.resolve(link.target, note) if link else None,
        words=next(said, "open"),
        box=status,
        on={"cancelled": task.cancelled, "done": task.done}.get(status),
    )


def _parted(text: str, line: int) -> tuple[tuple[str, ...], Link | None]:
    """Part an item at its middle dots; its link, whose name may hold one too, is taken off the end."""
    for dot in reversed(list(DOT.finditer(text))):
        links = find_links(text[dot.end() :], line)
        if links:
            return parts_of(text[: dot.start()]), links[-1]
    links = find_links(text, line)
    return ((), links[-1]) if links else (parts_of(text), None)


def find_acts(boxes: Sequence[Sequence[BoxLine]], follow_ups: Sequence[FollowUp], words: Words) -> Acts:
    """Find the follow-up that each acted line means; ``boxes`` holds the lines of each block.

    The source is found by the linked note and the rendered text; among equals by the date shown, then the first that is
    still in the state of the words; each line takes one. A source that is not in that state any more wins.
    """
    linked = {line.path for lines in boxes for line in lines if line.acted}
    known = _Known.of([item for item in follow_ups if item.path in linked and has_box(item)], words)
    found: dict[tuple[str, int], list[BoxLine]] = {}
    sources: dict[tuple[str, int], FollowUp] = {}
    lost: list[BoxLine] = []
    for lines in boxes:
        for line, source in _take(lines, known):
            if source is None:
                lost.append(line)
            else:
                sources[source.path, source.line] = source
                found.setdefault((source.path, source.line), []).append(line)
    acts = [_merged(sources[key], lines) for key, lines in found.items()]
    return Acts(tuple(sorted(acts, key=lambda act: (act.source.path, act.source.line))), tuple(lost))


def stray_boxes(
    note: Note, block: Block, follow_ups: Sequence[FollowUp], names: NoteNames, words: Words
) -> tuple[str, ...]:
    """Return the boxes of a block, as it was just rendered, that could not be carried when somebody ticks them.

    Such are those that are not read back, as in a quote; those that no follow-up has the words of; and those that say
    something else than their words already.
    """
    lines = list(read_boxes(note.path, block, names, words))
    read = {line.line for line in lines}
    boxes = (element.line for element in note.elements if element.box is not None)
    hidden = [number for number in boxes if block.begin < number < block.end and number not in read]
    linked = {line.path for line in lines}
    known = _Known.of([item for item in follow_ups if item.path in linked and has_box(item)], words)
    stray = [line.raw for line in lines if line.acted or not known.meant(line)]
    return (*(note.lines[number - 1].strip() for number in hidden), *(raw.strip() for raw in stray))


def _take(lines: Sequence[BoxLine], known: _Known) -> Iterator[tuple[BoxLine, FollowUp | None]]:
    """Give each line of a block its own source; only acted lines are yielded, with None where nothing has the text."""
    taken: dict[tuple[str, int], BoxLine] = {}
    for line in lines:
        alike = known.meant(line)
        ready = [item for item in alike if item.status == line.words]
        free = [item for item in ready if (item.path, item.line) not in taken]
        if not free and line.acted:  # a stale block: a line that nobody touched may stand on the one that is meant
            free = [item for item in ready if not taken[item.path, item.line].acted]
        if free:
            taken[free[0].path, free[0].line] = line
        if line.acted and (free or not alike):
            yield line, free[0] if free else None


@dataclass(frozen=True, slots=True)
class _Known:
    """The follow-ups by what their lines begin with: text and who, as rendered now; or the text alone."""

    words: Words
    by_head: dict[tuple[str, tuple[str, ...]], list[FollowUp]] = field(default_factory=dict)
    by_text: dict[tuple[str, tuple[str, ...]], list[FollowUp]] = field(default_factory=dict)

    @classmethod
    def of(cls, follow_ups: Sequence[FollowUp], words: Words) -> _Known:
        known = cls(words)
        for item in follow_ups:
            text = told(item.text, words)
            whose = who(item.text, item.people, item.company, words)
            known.by_text.setdefault((item.path, _essences(text)), []).append(item)
            known.by_head.setdefault((item.path, _essences(f"{text}{SEPARATOR}{whose}" if whose else text)), []).append(
                item
            )
        return known

    def meant(self, line: BoxLine) -> Sequence[FollowUp]:
        """Return the follow-ups that a line may mean: of the longest words, and of the date that it shows."""
        states = [part for part in line.segments[1:] if state_of(part, self.words)]
        parts = [*line.segments[:1], *(part for part in line.segments[1:] if part not in states)]
        for table in (self.by_head, self.by_text):
            for count in range(len(parts), 0, -1):
                alike = table.get((line.path or "", _essences(SEPARATOR.join(parts[:count]))))
                if alike:
                    return self._of_date(alike, line.words, [*states, *parts[count:]])
        return ()

    def _of_date(self, alike: Sequence[FollowUp], state: Status, rest: Sequence[str]) -> Sequence[FollowUp]:
        """Among equals take those of the date shown; where none is shown, those without one; else all of them."""
        dates = [(item, _date(item, state)) for item in alike]
        shown = [item for item, day in dates if day and self._shows(rest, day)]
        if not shown and not any(_YEAR.search(part) for part in rest):
            shown = [item for item, day in dates if day is None]
        return shown or alike

    def _shows(self, rest: Sequence[str], day: dt.date) -> bool:
        date = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self.words.dates(day)))})(?!\w)")
        return any(date.search(part) for part in rest)


def _essences(text: str) -> tuple[str, ...]:
    return tuple(essence(part) for part in parts_of(text))


def _date(item: FollowUp, state: Status) -> dt.date | None:
    """The date that the line of a follow-up shows while it is in a state."""
    return {"done": item.done, "cancelled": item.cancelled}.get(state, item.due)


def _merged(source: FollowUp, lines: Sequence[BoxLine]) -> Act:
    """Join what was done in several blocks: done before cancelled before started, and of these the earliest date."""
    status = min((line.box for line in lines), key=lambda box: _FIRST[box])
    dates = [line.on for line in lines if line.box == status and line.on]
    return Act(source, status, min(dates, default=None), tuple(lines))
