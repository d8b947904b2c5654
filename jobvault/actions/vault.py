"""A vault, opened: what its notes say, and the questions and changes one can put to it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jobvault.actions.clock import Today, today_in
from jobvault.actions.kept import KeptNotes, Progress
from jobvault.errors import NotFoundError, SettingsError, UsageError
from jobvault.model import Debrief, FollowUp, Problem
from jobvault.notes.frontmatter import load_yaml
from jobvault.notes.near import nearest
from jobvault.notes.reading import Reading, ReadingRules, read_note
from jobvault.search.names import NoteNames
from jobvault.search.query import ARGUMENTS, Query, read_query
from jobvault.search.search import Copy, Person, Search, join
from jobvault.settings import Settings
from jobvault.vault.files import default_ignore, read
from jobvault.vault.own_templates import OwnTemplates
from jobvault.vault.places import expanded, find_vault
from jobvault.vault.settings import read_settings
from jobvault.vault.shipped import languages, read_template, read_words
from jobvault.views import Answer, view_names
from jobvault.views import answer as ask
from jobvault.words import Words, build_words

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary
    from jobvault.render.face import Face
    from jobvault.render.templates import Templates
    from jobvault.vault.undo.store import Run, UndoStore


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
    progress: Progress | None = None
    """Told how many of how many notes have been read, while many are."""
    undo: UndoStore | None = field(default=None, repr=False)
    """Where replaced bytes go while something is being written (``actions.changes``)."""
    by: str = ""
    """The words that the running command was called with: then all that it writes is undone together."""
    run: Run | None = field(default=None, repr=False)
    """The running command, once it has written something."""
    rescued: tuple[Problem, ...] = ()
    """What killed runs left that may be the user's, until a summary says it."""
    after_merge: bool = False
    """Whether git's ``post-merge`` hook calls, in which the merge counts as open though it is done."""
    mistake: SettingsError | None = None
    """What is wrong with ``jobvault.yaml``, where it is opened all the same, with the defaults (``undo``)."""
    _notes: KeptNotes | None = field(default=None, repr=False)
    _search: Search | None = field(default=None, repr=False)
    _templates: Templates | None = field(default=None, repr=False)
    _own_templates: OwnTemplates | None = field(default=None, repr=False)

    # --- reading ---------------------------------------------------------------------------------------------------

    @property
    def notes(self) -> KeptNotes:
        """The notes as they were read."""
        if self._notes is None:
            ignored = default_ignore(self.root) if self.settings.ignore is None else self.settings.ignore
            self._notes = KeptNotes(self.root, self.rules, ignored, progress=self.progress)
        return self._notes

    def refresh(self) -> frozenset[str]:
        """Read what changed on the disk since the last time; returns the paths that came, went or changed.

        Raises ``NoVaultError`` where the vault is gone.
        """
        changed = self.notes.refresh()
        if changed:
            self._search = None
        return changed | self._changed_templates()

    def _changed_templates(self) -> frozenset[str]:
        """Return the vault's own templates that came, went or changed; they are then read anew."""
        own = self.own_templates
        changed = own.changed(patient=self.notes.patient)
        if changed:
            self._templates = None
        self.notes.unsettled = self.notes.unsettled or own.still_changing
        return changed

    def change_settings(self, settings: Settings, words: Words) -> None:
        """Go on with other settings: everything is read anew."""
        before = self.notes
        self.settings, self.words, self._notes, self._search = settings, words, None, None
        self._templates, self._own_templates = None, None
        self.notes.follow(before)

    @property
    def rules(self) -> ReadingRules:
        """What the reader of notes has to know."""
        return ReadingRules(self.words, self.settings.rounds, self.settings.folders.debriefs)

    def readings(self) -> list[Reading]:
        """Return what each note says that matters, by path."""
        if self.notes.scanned is None:
            self.refresh()
        return list(self.notes.readings())

    def follow_up_in(self, path: str, data: bytes, name: str) -> FollowUp | None:
        """Return the follow-up of an id as a note's bytes have it now."""
        found = read_note(path, data, self.rules).follow_ups
        return next((item for item in found if item.id == name), None)

    def bytes_of(self, path: str) -> bytes | None:
        """Read a note's bytes as they are on the disk now; None where that cannot be done."""
        return read(self.root, path).data

    # --- what the notes say ----------------------------------------------------------------------------------------

    @property
    def search(self) -> Search:
        """The search as a whole, as of the last refresh."""
        if self._search is None:
            self._search = self.joined(self.readings())
        return self._search

    def joined(self, readings: list[Reading]) -> Search:
        """Join readings into a search."""
        alike = self.notes.look_alikes()
        scanned = self.notes.scanned
        return join(
            (reading.noun for reading in readings if reading.noun is not None),
            (item for reading in readings for item in reading.follow_ups),
            [
                *self.notes.disk_problems,
                *(problem for reading in readings for problem in reading.problems),
                *(self.words.problem("look-alike", path, None, original=other) for path, other in alike.items()),
            ],
            names=NoteNames(self.notes.paths),
            settings=self.settings,
            words=self.words,
            copies=[Copy(copy.entry.path, copy.original) for copy in scanned.conflicts] if scanned else [],
        )

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
        return self.ask(name, self.query(**arguments))

    def query(self, **arguments: object) -> Query:
        """Read a view's arguments. Raises ``UsageError`` for one that is not understood."""
        written = {key: _written(value) for key, value in arguments.items() if value is not None}
        query, wrong = read_query(written)
        if wrong:
            why = self.words.text(f"argument.{wrong[0][1]}")
            raise UsageError(f"{wrong[0][0]}: {why}. A view takes {', '.join(ARGUMENTS)}.")
        return query

    def ask(self, name: str, query: Query, today: dt.date | None = None) -> Answer:
        """Ask a view with a query that has been read."""
        if name not in view_names():
            near = nearest(name, view_names(), slips=2)
            hint = f"Did you mean “{near}”? " if near else ""
            raise UsageError(f"There is no view “{name}”. {hint}There are: {', '.join(view_names())}.")
        return ask(name, self.search, query, today or self.today.date, self.words)

    def summarize(self, *, dry_run: bool = False, leaving: Iterable[str] = ()) -> Summary:
        """Bring every generated block up to date; see ``actions.summarize``. Reads the disk anew first."""
        from jobvault.actions.summarize import summarize

        return summarize(self, dry_run=dry_run, leaving=leaving)

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

    def due_field(self, day: dt.date) -> str:
        """Return what a task that is due on a day ends with, in this vault's form, the blanks before it included."""
        plain = f", {self.words.text('due')} {day}"
        return {"emoji": f" 📅 {day}", "dataview": f"  [due:: {day}]", "plain": plain}[self.date_form]

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
    def own_templates(self) -> OwnTemplates:
        """The templates in the vault, each in the place of the one of ours that has its name."""
        if self._own_templates is None:
            self._own_templates = OwnTemplates(self.root, self.settings.templates)
        return self._own_templates

    @property
    def templates(self) -> Templates:
        """The templates, compiled once: the vault's own before ours."""
        if self._templates is None:
            from jobvault.render.templates import Templates

            own = self.own_templates
            found: dict[str, bool] = {}

            def load(name: str) -> str | None:
                found[name] = True
                text = own.read(name)
                found[name] = text is not None
                return _shipped(name) if text is None else text

            self._templates = Templates(load, lambda name: own.place(name) if found.get(name) else "")
        return self._templates


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _shipped(name: str) -> str | None:
    try:
        return read_template(name)
    except NotFoundError:
        return None


def load_words(language: str = "en", own: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None) -> Words:
    """Load the words that come with jobvault, for one language, with the user's own for reading."""
    texts = tuple(read_words(name) for name in languages())
    return build_words([*map(_read_language, texts)], language, own) if own else _words_of(texts, language)


@lru_cache(maxsize=16)
def _read_language(text: str) -> Any:
    """Return what a language's file says: read once, however many vaults are opened, or settings change."""
    return load_yaml(text)


@lru_cache(maxsize=16)
def _words_of(texts: tuple[str, ...], language: str) -> Words:
    return build_words([*map(_read_language, texts)], language)


def open_vault(path: str | Path, *, today: dt.date | None = None) -> Vault:
    """Open the vault at a folder.

    Args:
        path: The vault's root, the folder that holds ``jobvault.yaml``; ``~`` is the user's home.
        today: The day that answers are as of; else today in the vault's time zone.

    Raises:
        NoVaultError: The folder is no vault.
        SettingsError: ``jobvault.yaml`` has a mistake; the error names file and line.
    """
    root = find_vault(expanded(path), Path.cwd(), {})
    settings = read_settings(root)
    words = load_words(settings.language, settings.words)
    return Vault(root, settings, words, today_in(settings.timezone, named=today))
