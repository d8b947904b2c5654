"""The notes of a vault as they were read, kept, so that only what changed on the disk is read again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jobvault.actions.holding import PATIENCE, Holding
from jobvault.errors import JobvaultError
from jobvault.model import Debrief, Problem
from jobvault.notes.alike import nearly_same
from jobvault.notes.reading import Reading, ReadingRules, read_note
from jobvault.vault.files import (
    ConflictCopy,
    Entry,
    ReadResult,
    Scan,
    look_alike_original,
    read,
    read_whole,
    scan,
    unsettled,
)
from jobvault.vault.ignore import ignored_by

Progress = Callable[[int, int], None]
"""Told how many of how many notes have been looked at."""

_TELL_EVERY = 100


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
    later, and sudden emptiness only when it lasts for a minute. Else a note that somebody is just saving is waited for,
    some seconds. ``unsettled`` says that something is still being written, so that another look is due soon.
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
    _holding: Holding = field(default_factory=Holding, repr=False)
    half_read: tuple[str, ...] = ()
    """Notes of which nothing is known yet, as somebody was writing them; some may turn out to be none of ours."""
    _half: set[str] = field(default_factory=set, repr=False)
    """Notes that somebody was writing when they were read, and that may be ours."""
    _copies: dict[str, tuple[ConflictCopy, float]] = field(default_factory=dict, repr=False)
    """Conflict copies that nobody is writing any more, by path → since when."""

    def refresh(self) -> frozenset[str]:
        """Read what changed since the last time; returns the paths that came, went, changed or were passed over.

        Raises ``NoVaultError`` where the vault is gone. Unless it is ``patient``, it raises ``JobvaultError`` where the
        first look meets a note that somebody goes on writing.
        """
        found = scan(self.root, self.ignored)
        kept, fresh = self._part(found)
        if self._half and self.scanned is None and not self.patient:
            raise JobvaultError(_still_written(min(self._half)))
        copies = {copy.entry.path: copy for copy in found.conflicts}
        new_copies = [
            copy for path, copy in copies.items() if path not in self._copies or self._copies[path][0] != copy
        ]
        writing = self._being_written(fresh, new_copies)
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
        changed |= {copy.entry.path for copy in new_copies} | (_copies_in(self.scanned) - copies.keys())
        self._keep_copies(copies, new_copies, writing)
        self.unsettled = bool(writing or self._half) or None in fresh.values()
        self.half_read = tuple(sorted(path for path in self._half | writing if self._is_unknown(path, fresh)))
        self._kept, self.scanned = kept, found
        return frozenset(changed)

    def follow(self, before: KeptNotes) -> None:
        """Go on where other settings left off: all is read anew, but what cannot be read yet counts as it did."""
        self.patient, self.clock, self._holding = before.patient, before.clock, before._holding
        ignored = ignored_by(self.ignored)
        for path, note in before._kept.items():
            if ignored is None or not ignored(path):
                self._kept[path] = replace(note, entry=note.entry._replace(inode=-1))

    def _part(self, found: Scan) -> tuple[dict[str, Kept], dict[str, Kept | None]]:
        """Part the notes into those as they were and those that are read now (None: gone, or being written)."""
        kept: dict[str, Kept] = {}
        fresh: dict[str, Kept | None] = {}
        self._half.clear()
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
        if not self.patient and not self._is_good(result):
            result = read_whole(self.root, entry.path)
        if not self._is_good(result):
            self._half.add(entry.path)
            return None
        if result.data is not None:
            reading = read_note(entry.path, result.data, self.rules)
            return Kept(result.entry or entry, reading, result.data if reading.blocks else None)
        if result.problem is None:
            return None
        return Kept(result.entry or entry, Reading(entry.path, problems=self._unread(entry.path, result)), None)

    def _is_unknown(self, path: str, fresh: Mapping[str, Kept | None]) -> bool:
        """Whether a note that is being written was never read, and may be ours."""
        note = fresh.get(path)
        may_be_ours = path in self._half if note is None else note.reading.matters or not note.entry.size
        return may_be_ours and path not in self._kept

    def _is_good(self, result: ReadResult) -> bool:
        """Whether nobody was writing the note, or it is none of ours even as far as it is written."""
        if result.settled or result.entry is None:
            return True
        return bool(result.data) and not read_note(result.entry.path, result.data or b"", self.rules).matters

    def _unread(self, path: str, result: ReadResult) -> tuple[Problem, ...]:
        """Return the problem of a note that was not read; a huge one counts only where it says it is ours."""
        if result.problem is None:
            return ()
        if result.problem.code == "too-big":
            head = read_note(path, result.head, self.rules)
            return (self.said(result.problem),) if head.kind or head.problems else ()
        return (self.said(result.problem),)

    def _being_written(self, fresh: Mapping[str, Kept | None], copies: Sequence[ConflictCopy]) -> frozenset[str]:
        if not self.patient:
            return frozenset()
        entries = [note.entry for note in fresh.values() if note is not None]
        return unsettled(self.root, [*entries, *(copy.entry for copy in copies)])

    def _keep_copies(
        self, copies: Mapping[str, ConflictCopy], new: Sequence[ConflictCopy], writing: frozenset[str]
    ) -> None:
        """Remember which conflict copies there are, but for those that somebody is still writing."""
        now = self.clock()
        fresh = {copy.entry.path for copy in new}
        self._copies = {
            path: (copy, now if path in fresh else self._copies[path][1])
            for path, copy in copies.items()
            if path not in writing
        }

    def _hold_on(self, kept: dict[str, Kept]) -> None:
        """Keep what was read of notes that are suddenly empty, or gone with most others, until that has lasted."""
        if not self.patient:
            return
        before = {path: note.entry.size for path, note in self._kept.items() if note.reading.matters}
        after = {path: note.entry.size for path, note in kept.items() if note.reading.matters or path in before}
        for path in self._holding.hold(before, after, self.clock()):
            kept[path] = self._kept[path]

    @property
    def held(self) -> tuple[str, ...]:
        """The notes that are suddenly empty or gone, and of which the last reading still counts."""
        return tuple(sorted(self._holding.since))

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
        return kept.data if kept and path not in self._holding.since else None

    def has_read(self, path: str, entry: Entry | None) -> bool:
        """Whether what is known of a note was read while the disk said this of it."""
        kept = self._kept.get(path)
        return kept is not None and kept.entry == entry

    @property
    def copies(self) -> Mapping[str, str]:
        """The conflict copies that nobody is writing any more → the notes they are copies of, by path."""
        return {path: self._copies[path][0].original for path in sorted(self._copies)}

    def data_of_copy(self, path: str) -> bytes | None:
        """Return the bytes of a conflict copy; None where it is no longer what the last refresh saw."""
        result = read(self.root, path)
        return result.data if result.settled and result.entry == self._copies[path][0].entry else None

    def is_fresh_copy(self, path: str) -> bool:
        """Whether, while somebody watches, a conflict copy came so lately that what it is about may still be coming."""
        return self.patient and self.clock() - self._copies[path][1] < PATIENCE

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


def _still_written(path: str) -> str:
    return f"{path}: another program is still writing it. Try again when that is done."


def _copies_in(found: Scan | None) -> frozenset[str]:
    return frozenset(copy.entry.path for copy in found.conflicts) if found else frozenset()


def _passed_over(found: Scan | None) -> frozenset[str]:
    """What a scan found beside notes and conflict copies."""
    if found is None:
        return frozenset()
    return frozenset(p.path for p in found.skipped)
