"""The bounds of the undo store: whole commands that are too old, or too much, are forgotten, the oldest first.

The newest command always stays. A journal without them takes the place of the old one in one step, and only then are
bytes removed that no line of it names; so a process that is killed at any moment leaves a store that works, and what
it did not remove is removed the next time.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from jobvault.settings import UndoSettings
from jobvault.vault.durable import discard, put, read_file
from jobvault.vault.undo.journal import Record, UndoEntry, Withdrawn, read_line, read_records
from jobvault.vault.undo.store import UndoStore

_MEGABYTE = 1_000_000
_ROOM = 0.9
"""How full the store is after it was too full, so that not every command that follows has to make room."""
_PAUSE = timedelta(days=1)
_DIGEST = re.compile(rb"[0-9a-f]{64}")
_BLOB = re.compile(r"[0-9a-f]{64}")
_TEMP = re.compile(r"(?:[0-9a-f]{64}|journal\.jsonl|pruned\.json)\.\d+\.tmp")


def prune_when_due(undo: UndoStore, bounds: UndoSettings, now: datetime) -> bool:
    """Prune once a day, and where what was kept since then may be too much; tells whether it did.

    Hold the vault's lock. Raises :class:`OSError`; the store then works as before.
    """
    if not undo.exists or not _is_due(undo, bounds, now):
        return False
    prune(undo, bounds, now)
    return True


def prune(undo: UndoStore, bounds: UndoSettings, now: datetime) -> None:
    """Forget what is beyond the bounds, and remove bytes and temporary files that nothing names.

    Where no line of the journal can be read, nothing is touched. Hold the vault's lock. Raises :class:`OSError`; the
    store then works as before, and nothing that a kept line names is gone.
    """
    lines = _Lines.read(undo)
    if not lines.commands:
        return
    kept = lines.without(_beyond(undo, lines, bounds, now))
    if len(kept.lines) < len(lines.lines):
        put(undo.journal, b"".join(line + b"\n" for line in kept.lines))
    size = _sweep(undo, kept.named)
    note = {"when": now.isoformat(), "journal": undo.journal.stat().st_size, "bytes": size}
    put(_note(undo), json.dumps(note).encode("ascii"))


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a journal, each with what it says where that is known."""

    lines: tuple[bytes, ...]
    records: tuple[Record | Withdrawn | None, ...]

    @classmethod
    def read(cls, undo: UndoStore) -> _Lines:
        """Read the whole journal; that it cannot be read is no reason to take it for empty."""
        lines = tuple(line for line in read_file(undo.journal).split(b"\n") if line)
        return cls(lines, tuple(read_line(line) for line in lines))

    @property
    def commands(self) -> dict[str, datetime]:
        """The commands and when each was, oldest first."""
        found: dict[str, datetime] = {}
        for record in self.records:
            if record is not None:
                when = record.entry.when if isinstance(record, Withdrawn) else record.when
                found.setdefault(record.command, when)
        return found

    @property
    def newest(self) -> int:
        """The place of the newest command that changed something, among all commands."""
        made = [record.command for record in read_records(self.lines) if isinstance(record, UndoEntry)]
        names = list(self.commands)
        return names.index(made[-1]) if made else len(names)

    @property
    def named(self) -> set[str]:
        """All digests that stand in any line, also in those that cannot be read."""
        return {name.decode("ascii") for line in self.lines for name in _DIGEST.findall(line)}

    @property
    def olds(self) -> Iterator[tuple[str, str]]:
        """Give the digests of the bytes that were kept, each with its command."""
        for record in self.records:
            if isinstance(record, UndoEntry) and record.old is not None:
                yield record.command, record.old

    def without(self, commands: Sequence[str]) -> _Lines:
        """Return the lines of all other commands. What cannot be read stays where it stands behind one of those."""
        gone = frozenset(commands)
        kept: list[int] = []
        for index, record in enumerate(self.records):
            if (record is None and kept) or (record is not None and record.command not in gone):
                kept.append(index)
        if not gone:
            return self
        return _Lines(tuple(self.lines[i] for i in kept), tuple(self.records[i] for i in kept))


def _beyond(undo: UndoStore, lines: _Lines, bounds: UndoSettings, now: datetime) -> list[str]:
    """Return the commands to forget: the oldest ones, as far as the bounds demand it; never the newest."""
    commands = list(lines.commands.items())
    oldest = now - timedelta(days=bounds.days)
    count = next((i for i, (_, when) in enumerate(commands) if _aware(when) >= oldest), len(commands))
    held = _held(undo, lines, [name for name, _ in commands])
    total = sum(held[count:])
    if total > bounds.megabytes * _MEGABYTE:
        while count < len(commands) and total > bounds.megabytes * _MEGABYTE * _ROOM:
            total -= held[count]
            count += 1
    return [name for name, _ in commands[: min(count, lines.newest)]]


def _held(undo: UndoStore, lines: _Lines, commands: Sequence[str]) -> list[int]:
    """Return how many bytes would be free if each command were forgotten after all before it."""
    place = {command: number for number, command in enumerate(commands)}
    last: dict[str, int] = {}
    for command, name in lines.olds:
        last[name] = max(place[command], last.get(name, 0))
    held = [0] * len(commands)
    for name, number in last.items():
        with suppress(OSError):
            held[number] += undo.blob(name).stat().st_size
    return held


def _aware(when: datetime) -> datetime:
    return when if when.tzinfo else when.astimezone()


# --- what nothing names ---------------------------------------------------------------------------------------------


def _sweep(undo: UndoStore, named: set[str]) -> int:
    """Remove bytes that no line names, and temporary files; returns how many bytes stay."""
    size = 0
    for place in _files(undo.folder):
        if _TEMP.fullmatch(place.name) or (_BLOB.fullmatch(place.name) and place.name not in named):
            discard(place)
        elif _BLOB.fullmatch(place.name):
            size += place.stat().st_size
    for folder in _folders(undo.folder / "blobs"):
        with suppress(OSError):  # it is not empty
            folder.rmdir()
    return size


def _files(folder: Path) -> Iterator[Path]:
    for place in (folder, *_folders(folder / "blobs")):
        with os.scandir(place) as found:
            yield from [Path(one.path) for one in found if one.is_file(follow_symlinks=False)]


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            return [Path(one.path) for one in found if one.is_dir(follow_symlinks=False)]
    except FileNotFoundError:
        return []


# --- when -----------------------------------------------------------------------------------------------------------


def _note(undo: UndoStore) -> Path:
    return undo.folder / "pruned.json"


def _is_due(undo: UndoStore, bounds: UndoSettings, now: datetime) -> bool:
    try:
        note = json.loads(read_file(_note(undo)))
        when, start, size = datetime.fromisoformat(note["when"]), int(note["journal"]), int(note["bytes"])
    except (OSError, ValueError, TypeError, KeyError):
        return True
    if abs(now - _aware(when)) >= _PAUSE or undo.journal.stat().st_size < start:
        return True
    return size + _grown(undo, start) > bounds.megabytes * _MEGABYTE


def _grown(undo: UndoStore, start: int) -> int:
    """Return at most how many bytes were kept since the journal had a size."""
    with undo.journal.open("rb") as journal:
        journal.seek(start)
        added = [read_line(line) for line in journal.read().split(b"\n") if line]
    olds = {record.old for record in added if isinstance(record, UndoEntry) and record.old is not None}
    total = 0
    for name in olds:
        with suppress(OSError):
            total += undo.blob(name).stat().st_size
    return total
