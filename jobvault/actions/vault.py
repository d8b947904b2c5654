"""A vault, opened: what its notes say, and the questions and changes one can put to it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jobvault.actions.clock import Today, today_in
from jobvault.errors import NotFoundError, UsageError
from jobvault.model import Debrief, FollowUp, Problem
from jobvault.notes.frontmatter import load_yaml
from jobvault.notes.near import nearest
from jobvault.notes.reading import Reading, ReadingRules, read_note
from jobvault.search.names import NoteNames
from jobvault.search.query import ARGUMENTS, Query, read_query
from jobvault.search.search import Copy, Person, Search, join
from jobvault.settings import Settings
from jobvault.vault.files import Entry, ReadResult, Scan, default_ignore, look_alike_original, read, scan, unsettled
from jobvault.vault.places import find_vault
from jobvault.vault.settings import read_settings
from jobvault.vault.shipped import languages, read_template, read_words
from jobvault.views import Answer, view_names
from jobvault.views import answer as ask
from jobvault.words import Words, build_words

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary
    from jobvault.render.face import Face
    from jobvault.render.templates import Templates
    from jobvault.vault.undo import UndoStore

Reader = Callable[[Path, str], ReadResult]


@dataclass(slots=True)
class _Kept:
    """A note as it was read last; ``data`` only where the note holds generated blocks."""

    entry: Entry
    reading: Reading
    data: bytes | None


@dataclass
class Vault:
    """A folder of notes with a ``jobvault.yaml``, read as a whole.

    What was read is kept: ``refresh`` reads again only what changed on the disk. All dates that follow from “today”
    come from ``today``.
    """

    root: Path
    settings: Settings
    words: Words
    today: Today
    reader: Reader = read
    patient: bool = False
    """Believe a note that just changed only when it is the same a quarter of a second later (for ``watch``)."""
    unsettled: bool = False
    """Whether the last refresh met a note that somebody was still writing."""
    undo: UndoStore | None = field(default=None, repr=False)
    """Where replaced bytes go while something is being written (``actions.changes``)."""
    _kept: dict[str, _Kept] = field(default_factory=dict, repr=False)
    _scan: Scan | None = field(default=None, repr=False)
    _missing: frozenset[str] = frozenset()
    _disk_problems: tuple[Problem, ...] = ()
    _search: Search | None = field(default=None, repr=False)
    _templates: Templates | None = field(default=None, repr=False)

    # --- reading ---------------------------------------------------------------------------------------------------

    def refresh(self) -> frozenset[str]:
        """Read what changed on the disk since the last time; returns the paths that came, went or changed.

        Raises ``NoVaultError`` where the vault is gone.
        """
        found = scan(self.root, self.ignored)
        kept: dict[str, _Kept] = {}
        fresh: dict[str, _Kept | None] = {}
        for entry in found.entries:
            known = self._kept.get(entry.path)
            if known is not None and known.entry == entry:
                kept[entry.path] = known
            else:
                fresh[entry.path] = self._read(entry)
        writing = unsettled(self.root, [note.entry for note in fresh.values() if note]) if self.patient else frozenset()
        for path, note in fresh.items():
            before = self._kept.get(path)
            if note is not None and path not in writing:
                kept[path] = note
            elif before is not None:
                kept[path] = before  # somebody is still writing it; a later refresh sees the whole note
        missing = frozenset(self._kept.keys() - kept.keys())
        emptied = self.patient and missing != self._missing and self._is_most(missing)
        if emptied:  # a checkout, a mount or a sync in between: believed when it is still so at the next look
            kept.update({path: self._kept[path] for path in missing})
        self._missing = missing
        changed = frozenset(path for path in fresh if kept.get(path) is not self._kept.get(path))
        gone = self._kept.keys() - kept.keys()
        if changed or gone or self._scan is None or _besides(found) != _besides(self._scan):
            self._search = None
        self.unsettled = bool(writing) or emptied or None in fresh.values()
        self._kept, self._scan = kept, found
        self._disk_problems = tuple(self._said(problem) for problem in found.skipped)
        return changed | gone

    def _is_most(self, missing: frozenset[str]) -> bool:
        """Whether more than half of the notes that matter are missing."""
        ours = [path for path, kept in self._kept.items() if kept.reading.matters]
        return 2 * sum(1 for path in ours if path in missing) > len(ours)

    def _read(self, entry: Entry) -> _Kept | None:
        """Read one note; None where it is gone or was being written during the read."""
        result = self.reader(self.root, entry.path)
        if not result.settled:
            return None
        if result.data is not None:
            reading = read_note(entry.path, result.data, self.rules)
            return _Kept(result.entry or entry, reading, result.data if reading.blocks else None)
        if result.problem is None:
            return None
        return _Kept(result.entry or entry, Reading(entry.path, problems=self._unread(entry.path, result)), None)

    def change_settings(self, settings: Settings, words: Words) -> None:
        """Go on with other settings: everything is read anew."""
        self.settings, self.words = settings, words
        self._kept, self._scan, self._search = {}, None, None

    def _unread(self, path: str, result: ReadResult) -> tuple[Problem, ...]:
        """Return the problem of a note that was not read; a huge one counts only where it says it is ours."""
        problem = result.problem
        if problem is None:
            return ()
        if problem.code == "too-big":
            head = read_note(path, result.head, self.rules)
            return (self._said(problem),) if head.kind or head.problems else ()
        return (self._said(problem),)

    def _said(self, problem: Problem) -> Problem:
        """Say a problem of the disk in the vault's language."""
        if problem.code == "unreadable":
            what = problem.message.removesuffix(".").rsplit(": ", 1)[-1]
            return self.words.problem(problem.code, problem.path, problem.line, what=what)
        if problem.code == "too-big":
            return self.words.problem(problem.code, problem.path, problem.line, cap="8 MiB")
        return self.words.problem(problem.code, problem.path, problem.line)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The globs of what is not read."""
        return default_ignore(self.root) if self.settings.ignore is None else self.settings.ignore

    @property
    def rules(self) -> ReadingRules:
        """What the reader of notes has to know."""
        return ReadingRules(self.words, self.settings.rounds, self.settings.folders.debriefs)

    def readings(self) -> Iterator[Reading]:
        """Yield what each note says that matters, by path; what looks like a copy of another note is left out."""
        self._scanned()
        copies = self._look_alikes()
        for path in sorted(self._kept):
            reading = self._kept[path].reading
            if reading.matters and path not in copies:
                yield reading

    def data_of(self, path: str) -> bytes | None:
        """Return the bytes of a note with generated blocks, as they were read."""
        kept = self._kept.get(path)
        return kept.data if kept else None

    def follow_up_in(self, path: str, data: bytes, name: str) -> FollowUp | None:
        """Return the follow-up of an id as a note's bytes have it now."""
        found = read_note(path, data, self.rules).follow_ups
        return next((item for item in found if item.id == name), None)

    def _scanned(self) -> Scan:
        if self._scan is None:
            self.refresh()
        assert self._scan is not None  # noqa: S101 - refresh sets it
        return self._scan

    # --- what the notes say ----------------------------------------------------------------------------------------

    @property
    def search(self) -> Search:
        """The search as a whole, as of the last refresh."""
        self._scanned()
        if self._search is None:
            self._search = self.joined(list(self.readings()))
        return self._search

    def joined(self, readings: list[Reading]) -> Search:
        """Join readings into a search."""
        scanned = self._scanned()
        alike = self._look_alikes()
        return join(
            (reading.noun for reading in readings if reading.noun is not None),
            (item for reading in readings for item in reading.follow_ups),
            [
                *self._disk_problems,
                *(problem for reading in readings for problem in reading.problems),
                *(self.words.problem("look-alike", path, None, original=other) for path, other in alike.items()),
            ],
            names=NoteNames(tuple(entry.path for entry in scanned.entries)),
            settings=self.settings,
            words=self.words,
            copies=[Copy(copy.entry.path, copy.original) for copy in scanned.conflicts],
        )

    def _look_alikes(self) -> dict[str, str]:
        """Return the notes named like a copy of a sibling that also are: same front matter, nearly the same text."""
        from jobvault.notes.alike import nearly_same

        found: dict[str, str] = {}
        for path, kept in self._kept.items():
            if kept.reading.kind is None:
                continue
            original = look_alike_original(path, self._kept)
            other = self._kept.get(original) if original else None
            if original is None or other is None or other.reading.kind != kept.reading.kind:
                continue
            if any(isinstance(k.reading.noun, Debrief) and k.reading.noun.empty for k in (kept, other)):
                continue
            one, two = self.reader(self.root, path).data, self.reader(self.root, original).data
            if one is not None and two is not None and nearly_same(one, two):
                found[path] = original
        return found

    @property
    def debriefs(self) -> tuple[Debrief, ...]:
        """All debriefs, in order of date."""
        return self.search.debriefs

    @property
    def follow_ups(self) -> tuple[FollowUp, ...]:
        """All follow-ups that stand in notes, done ones too, by path and line."""
        return self.search.follow_ups

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who was met and has a name."""
        return self.search.people

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that ``jobvault check`` says, conflict copies included, by path and line."""
        return tuple(sorted([*self.search.problems, *self.copy_problems], key=lambda p: (p.path, p.line or 0, p.code)))

    @property
    def copy_problems(self) -> tuple[Problem, ...]:
        """A problem for each conflict copy."""
        return tuple(
            self.words.problem("conflict-copy", copy.path, None, original=copy.original) for copy in self.search.copies
        )

    # --- questions -------------------------------------------------------------------------------------------------

    def view(self, name: str, /, **arguments: object) -> Answer:
        """Ask a view: ``vault.view("follow-ups", within=14, company="Acme")``.

        Arguments are those of a block (``company role person since until within limit``), as values or as written.
        Raises ``UsageError`` for an unknown view and for an argument that is not understood.
        """
        written = {key: _written(value) for key, value in arguments.items() if value is not None}
        query, wrong = read_query(written)
        if wrong:
            raise UsageError(f"{wrong[0][0]}: {wrong[0][1]}. A view takes {', '.join(ARGUMENTS)}.")
        return self.ask(name, query)

    def ask(self, name: str, query: Query, today: dt.date | None = None) -> Answer:
        """Ask a view with a query that has been read."""
        if name not in view_names():
            near = nearest(name, view_names())
            hint = f"Did you mean “{near}”? " if near else ""
            raise UsageError(f"There is no view “{name}”. {hint}There are: {', '.join(view_names())}.")
        return ask(name, self.search, query, today or self.today.date, self.words)

    def summarize(self, *, dry_run: bool = False) -> Summary:
        """Bring every generated block up to date; see ``actions.summarize``. Reads the disk anew first."""
        from jobvault.actions.summarize import summarize

        return summarize(self, dry_run=dry_run)

    # --- how things are written ------------------------------------------------------------------------------------

    @property
    def link_style(self) -> Literal["wiki", "markdown"]:
        """How links are written: as the settings say, else wiki links where there is an ``.obsidian``."""
        if self.settings.links != "auto":
            return self.settings.links
        return "wiki" if self.has_obsidian else "markdown"

    @property
    def date_form(self) -> Literal["emoji", "plain", "dataview"]:
        """How due dates are written: as the settings say, else as the vault's tasks do."""
        if self.settings.dates != "auto":
            return self.settings.dates
        used = Counter(form for reading in self.readings() for form in reading.date_forms)
        if used:
            return max(sorted(used), key=lambda form: used[form])
        return "emoji" if self.has_obsidian else "plain"

    @property
    def has_obsidian(self) -> bool:
        """Whether Obsidian has opened this vault."""
        return (self.root / ".obsidian").is_dir()

    def face(self, *, source: str = "", level: int = 1, today: dt.date | None = None) -> Face:
        """Return what a note's generated text is written with."""
        from jobvault.render.face import Face

        return Face(
            words=self.words,
            names=self.search.names,
            today=today or self.today.date,
            links=self.link_style,
            boxes=self.settings.follow_ups.style == "boxes",
            source=source,
            level=level,
        )

    def terminal_face(self) -> Face:
        """Return what the terminal is written with."""
        return replace(self.face(), terminal=True, ids=self.short_ids())

    def short_ids(self) -> Mapping[str, str]:
        """Return the shortest prefix, of three or more characters, that names each follow-up; done ones counted."""
        ids = sorted({item.id for item in self.follow_ups})
        short: dict[str, str] = {}
        for index, name in enumerate(ids):
            near = [ids[i] for i in (index - 1, index + 1) if 0 <= i < len(ids)]
            length = 3
            while length < len(name) and any(other[:length] == name[:length] for other in near):
                length += 1
            short[name] = name[:length]
        return short

    @property
    def templates(self) -> Templates:
        """The templates, compiled once."""
        if self._templates is None:
            from jobvault.render.templates import Templates

            self._templates = Templates(_shipped)
        return self._templates


def _besides(found: Scan) -> tuple[object, ...]:
    """What a scan found beside notes that are read."""
    return tuple(entry.path for entry in found.entries), found.skipped, found.conflicts


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _shipped(name: str) -> str | None:
    try:
        return read_template(name)
    except NotFoundError:
        return None


def load_words(language: str = "en", own: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None) -> Words:
    """Load the words that come with jobvault, for one language, with the user's own for reading."""
    files: list[Any] = [load_yaml(read_words(name)) for name in languages()]
    return build_words(files, language, own)


def open_vault(path: str | Path, *, today: dt.date | None = None) -> Vault:
    """Open the vault at a folder.

    Args:
        path: The vault's root, the folder that holds ``jobvault.yaml``.
        today: The day that answers are as of; else today in the vault's time zone.

    Raises:
        NoVaultError: The folder is no vault.
        SettingsError: ``jobvault.yaml`` has a mistake; the error names file and line.
    """
    root = find_vault(Path(path), Path.cwd(), {})
    settings = read_settings(root)
    words = load_words(settings.language, settings.words)
    return Vault(root, settings, words, today_in(settings.timezone, named=today))
