"""Carry what was ticked in generated blocks to its source: planned here, written by ``summarize``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jobvault.actions.unread_notes import names_on_disk, why_unread
from jobvault.errors import RefusedError
from jobvault.model import Problem, Status
from jobvault.notes.block_markers import CONFLICT
from jobvault.notes.blocks import VERSION, Block
from jobvault.notes.edits.task import set_task
from jobvault.notes.note import encode, parse_note
from jobvault.notes.reading import Reading
from jobvault.notes.unread import Unread
from jobvault.render.ticks import CHARACTER, Act, BoxLine, find_acts, read_boxes

if TYPE_CHECKING:
    from jobvault.actions.sync.absorb import Twin
    from jobvault.actions.vault import Vault
    from jobvault.search.names import NoteNames

Place = tuple[str, int]
"""A block: its note's path and the line of its begin marker."""
Stray = tuple[Place, str, Problem | None]
"""A line of a conflict copy whose tick is not carried: the original's block, its words, and the problem to say."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A tick that is carried from a block to its source."""

    path: str
    line: int
    text: str
    status: Status
    on: dt.date | None


@dataclass(slots=True)
class Ticks:
    """What is to be carried.

    ``edits`` holds each source's bytes before and after; ``held`` the blocks that stay as they are, since a tick in
    them cannot be written now, or its note not be read; ``lost`` the lines whose source was not found or refuses, by
    block.

    Of conflict copies, ``staying`` are those with a tick that cannot be written now; ``strays`` the lines whose source
    was not found or refuses.
    """

    edits: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    carried: list[Carried] = field(default_factory=list)
    held: set[Place] = field(default_factory=set)
    lost: dict[Place, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    staying: set[str] = field(default_factory=set)
    strays: dict[str, list[Stray]] = field(default_factory=dict)

    def hold(self, line: BoxLine, place: Place) -> None:
        """Leave a line in the block, or in the conflict copy, that it stands in."""
        if line.note == place[0]:
            self.held.add(place)
        else:
            self.staying.add(line.note)


def plan_ticks(
    vault: Vault, readings: Sequence[Reading], refused: Mapping[str, str], twins: Sequence[Twin] = ()
) -> Ticks:
    """Find what was ticked and edit its sources in memory; what was ticked in conflict copies counts as in originals.

    ``refused`` maps notes that cannot be written to the reason.
    """
    ticks = Ticks()
    boxes: list[list[BoxLine]] = []
    places: dict[Place, Place] = {}
    names = names_on_disk(vault)
    for place, lines in (*_boxes(vault, readings, names), *_boxes_in(vault, twins, names)):
        if any(line.acted for line in lines):
            boxes.append(lines)
            places.update({(line.note, line.line): place for line in lines})
    found = find_acts(boxes, vault.search.follow_ups, vault.words) if boxes else None
    if found is not None:
        for line in dict.fromkeys(found.lost):
            if (cause := why_unread(vault, line.path)) is not None:
                _wait(vault, ticks, line, places, cause)
            else:
                _lose(vault, ticks, line, places, vault.words.text("not-found"))
        for path in dict.fromkeys(act.source.path for act in found.acts):
            acts = [act for act in found.acts if act.source.path == path]
            _Source(vault, ticks, path, acts, places).carry(refused.get(path, ""))
    return ticks


def _boxes(vault: Vault, readings: Sequence[Reading], names: NoteNames) -> Iterator[tuple[Place, list[BoxLine]]]:
    """Give the lines with boxes of each block; those of the sides of a git conflict by themselves, as of two blocks."""
    for reading in readings:
        for block in reading.blocks:
            if not is_newer(block):
                lines = list(read_boxes(reading.path, block, names, vault.words))
                sides = [lines] if f"{CONFLICT}\n" not in block.body else _sides(vault, reading.path, lines)
                yield from (((reading.path, block.begin), side) for side in sides)


def _boxes_in(vault: Vault, twins: Sequence[Twin], names: NoteNames) -> Iterator[tuple[Place, list[BoxLine]]]:
    """Give the lines with boxes of each block of conflict copies, with the original's block."""
    for twin in twins:
        for block, copied in twin.blocks:
            lines = read_boxes(twin.original, copied, names, vault.words)
            yield (twin.original, block.begin), [replace(line, note=twin.path) for line in lines]


def _sides(vault: Vault, path: str, lines: Sequence[BoxLine]) -> list[list[BoxLine]]:
    """Part the lines of a block by the sides of git's conflicts in it; what both once had is neither's."""
    hunks = parse_note(path, vault.notes.data_of(path) or b"").hunks
    inside = {number for hunk in hunks for number in range(hunk.start, hunk.end + 1)}
    parted = []
    for which in (0, -1):
        side = {number for hunk in hunks for number in list(hunk.sides)[which]}
        parted.append([line for line in lines if line.line in side or line.line not in inside])
    return parted


def is_newer(block: Block) -> bool:
    """Whether a block was written by a newer version, and so is left alone."""
    return block.stamp is not None and block.stamp.version > VERSION


@dataclass(frozen=True, slots=True)
class _Source:
    """One note and what is to be ticked in it."""

    vault: Vault
    ticks: Ticks
    path: str
    acts: Sequence[Act]
    places: Mapping[Place, Place]

    def carry(self, refused: str) -> None:
        """Tick what can be ticked; hold the blocks where the note cannot be written."""
        data = None if refused else self.vault.bytes_of(self.path)
        if data is None:
            self._hold(refused or "the note cannot be read.")
            return
        note = parse_note(self.path, data)
        if note.conflict_line is not None:
            self._hold("a git conflict is not resolved there.")
            return
        for act in self.acts:
            now = self.vault.follow_up_in(self.path, data, act.source.id)
            if now is None or (now.line, now.status) != (act.source.line, act.source.status):
                self._hold("the note is being changed.")
                return
        done: list[Carried] = []
        for act in self.acts:
            line = act.source.line
            try:
                note = set_task(note, line, CHARACTER[act.status], act.on, self.vault.words.vocabulary.due)
            except RefusedError as error:
                for box in act.lines:
                    _lose(self.vault, self.ticks, box, self.places, error.why)
            else:
                done.append(Carried(self.path, line, act.source.text, act.status, act.on))
        if done:
            self.ticks.edits[self.path] = (data, encode(note.text))
            self.ticks.carried += done

    def _hold(self, why: str) -> None:
        source = self.acts[0].source
        problem = self.vault.words.problem(
            "not-carried", self.path, source.line, quote=source.text, why=why.rstrip(".")
        )
        self.ticks.problems.append(problem)
        for box in (box for act in self.acts for box in act.lines):
            self.ticks.hold(box, self.places[box.note, box.line])


def _wait(vault: Vault, ticks: Ticks, line: BoxLine, places: Mapping[Place, Place], cause: Unread) -> None:
    """Leave a tick where it is while its note cannot be read: once that can be, the line may be found there."""
    place = places[line.note, line.line]
    beside = place if line.note != place[0] else (line.note, line.line)
    where = beside if line.path is None else (line.path, cause.line)
    ticks.problems.append(vault.words.problem("not-carried", *where, quote=line.raw.strip(), why=cause.why))
    ticks.hold(line, place)


def _lose(vault: Vault, ticks: Ticks, line: BoxLine, places: Mapping[Place, Place], why: str) -> None:
    """Remember a tick that is not carried: its line moves below the block."""
    words, place = line.raw.strip(), places[line.note, line.line]
    in_copy = line.note != place[0]
    where = place if in_copy else (line.note, line.line)
    problem = vault.words.problem("not-carried", *where, quote=words, why=why.rstrip("."))
    if in_copy:
        ticks.strays.setdefault(line.note, []).append((place, words, problem))
    else:
        ticks.problems.append(problem)
        ticks.lost.setdefault(place, []).append(words)
