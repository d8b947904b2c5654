"""Make a folder a vault: settings, folders and summary notes; nothing that is there is touched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobvault.actions import changes
from jobvault.actions.clock import today_in
from jobvault.actions.vault import Vault, load_words
from jobvault.errors import JobvaultError
from jobvault.settings import Settings
from jobvault.vault.places import MARKER, is_vault
from jobvault.vault.settings import default_settings_text, read_settings

SUMMARIES = ("takeaways", "follow-ups", "interviews")
"""The views that each get a summary note."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What was, or would be, laid down: paths relative to the vault, folders with a ``/`` at their end.

    ``foreign`` are summary notes that were there and hold no block of theirs: path and view.
    """

    root: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...] = ()


def lay_down(root: Path, *, dry_run: bool = False) -> Laid:
    """Make ``root`` a vault. What exists is kept as it is, so that running it again is harmless.

    In a vault whose folder of summaries holds any note, those that are missing there are not made again: they were
    moved or deleted. Raises ``JobvaultError`` where the folder cannot be made, or something is in the way.
    """
    fresh = not is_vault(root)
    settings = Settings() if fresh else read_settings(root)
    files = dict(_files(settings))
    folders = [f"{name}/" for name in (settings.folders.debriefs, settings.folders.summaries) if name]
    _refuse_what_is_in_the_way(root, [*folders, *files])
    made = [path for path in (*folders, *files) if not os.path.lexists(root / path)]
    kept = tuple(path for path in (*folders, *files) if path not in made)
    if not fresh and _holds_notes(root / settings.folders.summaries):
        made = [path for path in made if path not in files]
    if made and not dry_run:
        _write(root, settings, [path for path in made if path in folders], {p: files[p] for p in made if p in files})
    return Laid(root, tuple(made), kept, tuple(_foreign(root, kept, files)) if fresh else ())


def _foreign(root: Path, kept: Sequence[str], files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the summary notes that were the user's before and have no block for their view."""
    for path, view in zip([path for path in files if path != MARKER], SUMMARIES, strict=True):
        if path in kept and f"jobvault:begin {view}".encode() not in (root / path).read_bytes():
            yield path, view


def _files(settings: Settings) -> Iterator[tuple[str, str]]:
    yield MARKER, default_settings_text()
    words = load_words(settings.language, settings.words)
    folder = f"{settings.folders.summaries}/" if settings.folders.summaries else ""
    for view in SUMMARIES:
        title = words.text(f"{view}.title")
        block = f"<!-- jobvault:begin {view} -->\n\n<!-- jobvault:end -->\n"
        yield f"{folder}{title}.md", f"# {title}\n\n{block}"


def _refuse_what_is_in_the_way(root: Path, paths: Iterable[str]) -> None:
    if os.path.lexists(root) and not root.is_dir():
        raise JobvaultError(f"{root} is a file, so it cannot become a vault. Name a folder.")
    for path in paths:
        place = root / path
        if path.endswith("/") and os.path.lexists(place) and not place.is_dir():
            raise JobvaultError(f"{place} is in the way: a folder is needed there. Rename it, then run init again.")
        if not path.endswith("/") and place.is_dir():
            raise JobvaultError(f"{place} is in the way: a file is needed there. Rename it, then run init again.")


def _holds_notes(folder: Path) -> bool:
    return any(folder.glob("*.md"))


def _write(root: Path, settings: Settings, folders: Iterable[str], files: Mapping[str, str]) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
        for folder in folders:
            (root / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JobvaultError(f"{root} cannot be made a vault: {error.strerror} ({error.filename}).") from error
    vault = Vault(root, settings, load_words(settings.language), today_in(settings.timezone))
    with changes.writing(vault):
        for path, text in files.items():
            changes.create(vault, path, text.encode("utf-8"))
