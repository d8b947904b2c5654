"""The undo store's changes by command, newest first: what each did, what was taken back, and which one is the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from jobvault.vault.undo.journal import Record, UndoEntry, Undone

TICKS = "jobvault summarize: ticks carried"
"""Why a note changed into which a tick was carried."""

_SHORTEST = 4


Way = Literal["changed", "made", "removed"]


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What a command did to a note, from its first change to its last; ``derived``: to generated blocks alone."""

    path: str
    way: Way
    derived: bool


@dataclass(frozen=True, slots=True)
class UndoCommand:
    """One command: its changes, oldest first. ``undoes`` is the id of the command that it took back.

    ``taken_back``: another one took it back as a whole; ``back`` names the notes that were. ``short`` is as much of
    its name as tells it apart.
    """

    command: str
    when: datetime
    by: str
    undoes: str
    entries: tuple[UndoEntry, ...]
    short: str = ""
    taken_back: bool = False
    back: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """What it was, in words."""
        return f"{self.by} (ticks carried)" if any(entry.why == TICKS for entry in self.entries) else self.by

    @property
    def regenerates(self) -> bool:
        """Whether it changed generated blocks only."""
        return all(entry.derived for entry in self.entries)

    @property
    def aside(self) -> bool:
        """Whether nobody asked for what it changed: summaries that were brought up to date by the way."""
        words = self.entries[0].by.split() if self.entries else []
        asked = words[1:2] == ["summarize"] and "--after-merge" not in words
        return self.regenerates and not asked

    @property
    def meant(self) -> tuple[UndoEntry, ...]:
        """The changes that are taken back: without those of blocks that are made anew from the rest anyway."""
        return self.entries if self.regenerates else tuple(entry for entry in self.entries if not entry.derived)

    @property
    def notes(self) -> tuple[NoteChange, ...]:
        """What it did to each note, in order; sources before what was derived."""
        paths = list(dict.fromkeys(entry.path for entry in self.entries))
        changes = [_change([entry for entry in self.entries if entry.path == path]) for path in paths]
        return tuple(sorted(changes, key=lambda change: change.derived))


@dataclass(frozen=True, slots=True)
class Rescued:
    """Bytes of somebody else's that would have been lost, kept beside the note's own history."""

    entry: UndoEntry
    short: str = ""

    @property
    def when(self) -> datetime:
        """When the command began that put it aside."""
        return self.entry.when


@dataclass(frozen=True, slots=True)
class History:
    """All that the undo store knows, newest first."""

    commands: tuple[UndoCommand, ...]
    rescued: tuple[Rescued, ...]

    @property
    def last(self) -> UndoCommand | None:
        """The command that a bare `undo` takes back."""
        waiting = (one for one in self.commands if not (one.undoes or one.taken_back or one.aside))
        return next(waiting, None)

    def command(self, name: str) -> UndoCommand | None:
        """Return the command of a whole id."""
        return next((one for one in self.commands if one.command == name), None)

    def named(self, name: str) -> list[UndoCommand | Rescued]:
        """Return what an id means, or how one starts."""
        wanted = name.lower()
        both: Sequence[UndoCommand | Rescued] = (*self.commands, *self.rescued)
        return [one for one in both if wanted and (_name(one).startswith(wanted) or wanted == _whole(one).lower())]


def read_history(records: Iterable[Record]) -> History:
    """Group what a journal says by command."""
    records = list(records)
    commands = _commands(records)
    found = list({(one.path, one.old): Rescued(one) for one in _entries(records) if one.rescued}.values())[::-1]
    short = _short({*map(_name, commands), *map(_name, found)})
    back, whole = _taken_back(commands, [one for one in records if isinstance(one, Undone)])
    return History(
        tuple(
            UndoCommand(
                one.command,
                one.when,
                one.by,
                one.undoes,
                one.entries,
                short=short[_name(one)],
                taken_back=one.command in whole,
                back=frozenset(back.get(one.command, ())),
            )
            for one in commands
            if one.entries
        ),
        tuple(Rescued(one.entry, short[_name(one)]) for one in found),
    )


def _entries(records: Iterable[Record]) -> list[UndoEntry]:
    return [record for record in records if isinstance(record, UndoEntry)]


def _commands(records: Iterable[Record]) -> list[UndoCommand]:
    """Return the commands, newest first; one that found nothing left to take back has no entries."""
    parts: dict[str, list[Record]] = {}
    for record in records:
        parts.setdefault(record.command, []).append(record)
    found: list[UndoCommand] = []
    for name, own in parts.items():
        entries = tuple(one for one in own if isinstance(one, UndoEntry) and not one.rescued)
        if entries or any(isinstance(one, Undone) for one in own):
            undoes = next((one.undoes for one in own if one.undoes), "")
            by = own[0].by or (entries[0].why if entries else "")
            found.append(UndoCommand(name, own[0].when, by, undoes, entries))
    return found[::-1]


def _taken_back(commands: Sequence[UndoCommand], closed: Sequence[Undone]) -> tuple[dict[str, set[str]], set[str]]:
    """Return which notes of which command were taken back, and the commands that were as a whole.

    Looked at from the newest one: what was taken back itself, takes nothing back.
    """
    done = {one.command for one in closed}
    known = {one.command: one for one in commands}
    back: dict[str, set[str]] = {}
    whole: set[str] = set()
    for one in commands:
        if not one.undoes or one.command in whole:
            continue
        plain = one.undoes in known and known[one.undoes].regenerates
        back.setdefault(one.undoes, set()).update(entry.path for entry in one.entries if plain or not entry.derived)
        if one.command in done:
            whole.add(one.undoes)
    return back, whole


def _change(own: Sequence[UndoEntry]) -> NoteChange:
    old, new = own[0].old, own[-1].new
    way: Way = "made" if old is None and new else "removed" if new is None and old else "changed"
    return NoteChange(own[0].path, way, all(entry.derived for entry in own))


def _whole(one: UndoCommand | Rescued) -> str:
    return one.command if isinstance(one, UndoCommand) else one.entry.old or ""


def _name(one: UndoCommand | Rescued) -> str:
    """Return what tells one apart: the end of a command's id, of which the start is a time; else the bytes' digest."""
    return _whole(one).rpartition("-")[2].lower()


def _short(names: set[str]) -> dict[str, str]:
    """Return as much of each name as tells it apart."""
    ordered = sorted(names)
    short: dict[str, str] = {}
    for index, name in enumerate(ordered):
        near = [ordered[i] for i in (index - 1, index + 1) if 0 <= i < len(ordered)]
        length = _SHORTEST
        while length < len(name) and any(other[:length] == name[:length] for other in near):
            length += 1
        short[name] = name[:length]
    return short
