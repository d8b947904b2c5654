"""The notes of a vault as they were read, kept, so that only what changed on the disk is read again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jobvault.model import Debrief, Problem
from jobvault.notes.alike import nearly_same
from jobvault.notes.reading import Reading, ReadingRules, read_note
from jobvault.vault.files import Entry, ReadResult, Scan, look_alike_original, read, scan, unsettled

Progress = Callable[[int, int], None]
"""Told how many of how many notes have been looked at."""

_TELL_EVERY = 100
PATIENCE = 60.0
"""Seconds for which sudden emptiness is not believed: a sync, a checkout or a mount may be under way."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A note as it was read last; ``data`` only where the note holds generated blocks."""

    entry: Entry
    reading: Reading
    data: bytes | None


@dataclass
class KeptNotes:
    """What the notes say, each by itself. ``ignored`` are globs of what is not read.

    ``patient`` (for ``watch``): a note that just changed is believed only when it is the same a quarter of a second
    later (``unsettled`` then says that another look is due soon), and sudden emptiness only when it lasts for a minute.
    """

    root: Path
    rules: ReadingRules
    ignored: tuple[str, ...] = ()
    patient: bool = False
    progress: Progress | None = None
    unsettled: bool = False
    scanned: Scan | None = None
    clock: Callable[[], float] = time.monotonic
    _kept: dict[str, Kept] = field(default_factory=dict, repr=False)
    _emptied: dict[str, float] = field(default_factory=dict, repr=False)
    """Notes that are suddenly empty or gone with most others → since when."""

    def refresh(self) -> frozenset[str]:
        """Read what changed since the last time; returns the paths that came, went, changed or were passed over.

        Raises ``NoVaultError`` where the vault is gone.
        """
        found = scan(self.root, self.ignored)
        kept, fresh = self._part(found)
        writing = self._being_written(fresh)
        for path, note in fresh.items():
            before = self._kept.get(path)
            if note is not None and path not in writing:
                kept[path] = note
            elif before is not None:
                kept[path] = before  # somebody is still writing it; a later refresh sees the whole note
        self._hold_on(kept)
        changed = {path for path in fresh if kept.get(path) is not self._kept.get(path)}
        changed |= self._kept.keys() - kept.keys()
        changed |= _passed_over(found) ^ _passed_over(self.scanned)
        self.unsettled = bool(writing) or None in fresh.values()
        self._kept, self.scanned = kept, found
        return frozenset(changed)

    def _part(self, found: Scan) -> tuple[dict[str, Kept], dict[str, Kept | None]]:
        """Part the notes into those as they were and those that are read now (None: gone, or being written)."""
        kept: dict[str, Kept] = {}
        fresh: dict[str, Kept | None] = {}
        total = len(found.entries)
        for number, entry in enumerate(found.entries):
            if self.progress is not None and number % _TELL_EVERY == 0:
                self.progress(number, total)
            known = self._kept.get(entry.path)
            if known is not None and known.entry == entry:
                kept[entry.path] = known
            else:
                fresh[entry.path] = self._read(entry)
        if self.progress is not None:
            self.progress(total, total)
        return kept, fresh

    def _read(self, entry: Entry) -> Kept | None:
        result = read(self.root, entry.path)
        if not result.settled:
            return None
        if result.data is not None:
            reading = read_note(entry.path, result.data, self.rules)
            return Kept(result.entry or entry, reading, result.data if reading.blocks else None)
        if result.problem is None:
            return None
        return Kept(result.entry or entry, Reading(entry.path, problems=self._unread(entry.path, result)), None)

    def _unread(self, path: str, result: ReadResult) -> tuple[Problem, ...]:
        """Return the problem of a note that was not read; a huge one counts only where it says it is ours."""
        if result.problem is None:
            return ()
        if result.problem.code == "too-big":
            head = read_note(path, result.head, self.rules)
            return (self.said(result.problem),) if head.kind or head.problems else ()
        return (self.said(result.problem),)

    def _being_written(self, fresh: Mapping[str, Kept | None]) -> frozenset[str]:
        if not self.patient:
            return frozenset()
        return unsettled(self.root, [note.entry for note in fresh.values() if note is not None])

    def _hold_on(self, kept: dict[str, Kept]) -> None:
        """Keep what was read of notes that are suddenly empty, or gone with most others, until that has lasted."""
        ours = {path for path, note in self._kept.items() if note.reading.matters}
        gone = {path for path in ours if path not in kept}
        empty = {path for path in ours & kept.keys() if kept[path].entry.size == 0 and self._kept[path].entry.size}
        suspect = empty | (gone if 2 * len(gone) > len(ours) else gone & self._emptied.keys())
        now = self.clock()
        self._emptied = {path: self._emptied.get(path, now) for path in suspect} if self.patient else {}
        for path, since in list(self._emptied.items()):
            if now - since < PATIENCE:
                kept[path] = self._kept[path]
            else:
                del self._emptied[path]

    @property
    def held(self) -> tuple[str, ...]:
        """The notes that are suddenly empty or gone, and of which the last reading still counts."""
        return tuple(sorted(self._emptied))

    def said(self, problem: Problem) -> Problem:
        """Say a problem of the disk in the vault's language."""
        what = problem.message.removesuffix(".").rsplit(": ", 1)[-1]
        return self.rules.words.problem(problem.code, problem.path, problem.line, what=what, cap="8 MiB")

    # --- what was read -----------------------------------------------------------------------------------------------

    def readings(self) -> Iterator[Reading]:
        """Yield what each note says that matters, by path; what looks like a copy of another note is left out."""
        copies = self.look_alikes()
        for path in sorted(self._kept):
            reading = self._kept[path].reading
            if reading.matters and path not in copies:
                yield reading

    def data_of(self, path: str) -> bytes | None:
        """Return the bytes of a note with generated blocks, as they were read."""
        kept = self._kept.get(path)
        return kept.data if kept and path not in self._emptied else None

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all notes, ours or not."""
        return tuple(entry.path for entry in self.scanned.entries) if self.scanned else ()

    @property
    def leftovers(self) -> tuple[str, ...] | None:
        """The temporary files that a killed run left; None before the first look."""
        return self.scanned.leftovers if self.scanned else None

    @property
    def disk_problems(self) -> tuple[Problem, ...]:
        """What was passed over, and why."""
        return tuple(self.said(problem) for problem in self.scanned.skipped) if self.scanned else ()

    def look_alikes(self) -> dict[str, str]:
        """Return the notes named like a copy of a sibling that also are: same front matter, nearly the same text."""
        found: dict[str, str] = {}
        for path, kept in self._kept.items():
            if kept.reading.kind is None:
                continue
            original = look_alike_original(path, self._kept)
            other = self._kept.get(original) if original else None
            if original is None or other is None or other.reading.kind != kept.reading.kind:
                continue
            if not any(_is_untouched(note) for note in (kept, other)) and self._nearly_same(path, original):
                found[path] = original
        return found

    def _nearly_same(self, path: str, original: str) -> bool:
        one, other = read(self.root, path).data, read(self.root, original).data
        return one is not None and other is not None and nearly_same(one, other)


def _is_untouched(note: Kept) -> bool:
    return isinstance(note.reading.noun, Debrief) and note.reading.noun.empty


def _passed_over(found: Scan | None) -> frozenset[str]:
    """What a scan found beside the notes that are read."""
    if found is None:
        return frozenset()
    return frozenset([*(p.path for p in found.skipped), *(copy.entry.path for copy in found.conflicts)])
