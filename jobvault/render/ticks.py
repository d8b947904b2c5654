"""Reading back what a person ticked in a generated block: the inverse of ``Face.task``.

An item's words say its state as written (``done``, ``cancelled``, ``started``, else open). Only a box that differs from
its words is the person's act.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jobvault.model import FollowUp, Status
from jobvault.notes.blocks import Block, essence
from jobvault.notes.inline import find_links
from jobvault.notes.tasks import TaskLine, read_task, status_of
from jobvault.render.face import SEPARATOR
from jobvault.render.inert import inert
from jobvault.search.names import NoteNames
from jobvault.words import Words, fold

_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\[(.)\]\s+(.*)")
_STARTS = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s|\s{0,3}(?:#{1,6}\s|>|\||<!--)")
_STATE: Mapping[str, Status] = {"done": "done", "cancelled": "cancelled", "started": "in-progress"}
CHARACTER: Mapping[Status, str] = {"open": " ", "in-progress": "/", "done": "x", "cancelled": "-"}
_FIRST = {"done": 0, "cancelled": 1, "in-progress": 2, "open": 3}


@dataclass(frozen=True, slots=True)
class BoxLine:
    """An item with a box, as it stands in a block: the state of its words and of its box, and the date on it.

    ``path`` is the note that its link means. ``segments`` are its parts between the middle dots, link left out.
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
    """Read the items with boxes in one block of a note; a line that a formatter wrapped is read whole."""
    body = [line.rstrip("\r\n") for line in block.body]
    for index, line in enumerate(body):
        found = _ITEM.fullmatch(line)
        if found is None:
            continue
        text = found[2]
        for wrapped in body[index + 1 :]:
            if not wrapped.strip() or _STARTS.match(wrapped):
                break
            text += " " + wrapped.strip()
        yield _box_line(note, block.begin + 1 + index, line, found[1], read_task(text), names, words)


def _box_line(
    note: str, line: int, raw: str, box: str, task: TaskLine, names: NoteNames, words: Words
) -> BoxLine:
    segments = [part.strip() for part in task.text.split(SEPARATOR.strip())]
    links = find_links(segments[-1], line) if "[" in segments[-1] else ()
    path = names.resolve(links[-1].target, note) if links else None
    middle = segments[:-1] if links else segments
    states = [_state(part, words) for part in middle[1:]]
    said: Status = next((state for state in states if state is not None), "open")
    status = status_of(box)
    on = task.cancelled if status == "cancelled" else task.done if status == "done" else None
    return BoxLine(note, line, raw, tuple(middle), path, said, status, on)


def _state(segment: str, words: Words) -> Status | None:
    """Return the state that a segment says: the word alone, or with a date behind it."""
    parts = segment.split()
    word = words.vocabulary.states.get(fold(parts[0])) if parts else None
    dated = len(parts) == 1 or parts[-1][-4:].isdigit()
    return _STATE[word] if word and dated else None


def find_acts(boxes: Sequence[Sequence[BoxLine]], follow_ups: Sequence[FollowUp], words: Words) -> Acts:
    """Find the follow-up that each acted line means; ``boxes`` holds the lines of each block.

    The source is found by the linked note and the rendered text; among equals by the due date shown, then the first
    that is still in the state of the words; each line takes one. A source that is not in that state any more wins.
    """
    by_text: dict[tuple[str, str], list[FollowUp]] = {}
    for item in follow_ups:
        by_text.setdefault((item.path, essence(inert(item.text))), []).append(item)
    found: dict[tuple[str, int], list[BoxLine]] = {}
    sources: dict[tuple[str, int], FollowUp] = {}
    lost: list[BoxLine] = []
    for lines in boxes:
        for line, source in _take(lines, by_text, words):
            if source is None:
                lost.append(line)
            else:
                sources[source.path, source.line] = source
                found.setdefault((source.path, source.line), []).append(line)
    acts = [_merged(sources[key], lines) for key, lines in found.items()]
    return Acts(tuple(sorted(acts, key=lambda act: (act.source.path, act.source.line))), tuple(lost))


def _take(
    lines: Sequence[BoxLine], by_text: Mapping[tuple[str, str], Sequence[FollowUp]], words: Words
) -> Iterator[tuple[BoxLine, FollowUp | None]]:
    """Give each line of a block its own source; only acted lines are yielded, with None where nothing has the text."""
    taken: dict[int, BoxLine] = {}
    for line in lines:
        alike = _alike(line, by_text)
        ready = [item for item in alike if item.status == line.words and id(item) not in taken]
        if not ready and line.acted:  # a stale block: a line that nobody touched may stand on the one that is meant
            ready = [item for item in alike if item.status == line.words and not taken[id(item)].acted]
        source = _by_due(line, ready, words)
        if source is not None:
            taken[id(source)] = line
        if line.acted and (source is not None or not alike):
            yield line, source


def _alike(line: BoxLine, by_text: Mapping[tuple[str, str], Sequence[FollowUp]]) -> Sequence[FollowUp]:
    if line.path is None:
        return ()
    for count in range(len(line.segments), 0, -1):
        alike = by_text.get((line.path, essence(SEPARATOR.join(line.segments[:count]))))
        if alike:
            return alike
    return ()


def _by_due(line: BoxLine, ready: Sequence[FollowUp], words: Words) -> FollowUp | None:
    shown = [item for item in ready if item.due and any(words.date(item.due) in part for part in line.segments[1:])]
    return next(iter(shown or ready), None)


def _merged(source: FollowUp, lines: Sequence[BoxLine]) -> Act:
    """Join what was done in several blocks: done before cancelled before started, and of these the earliest date."""
    status = min((line.box for line in lines), key=lambda box: _FIRST[box])
    dates = [line.on for line in lines if line.box == status and line.on]
    return Act(source, status, min(dates, default=None), tuple(lines))
