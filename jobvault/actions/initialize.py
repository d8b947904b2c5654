"""Make a folder a vault: settings, folders and summary notes; nothing that is there is touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jobvault.actions import changes
from jobvault.actions.clock import today_in
from jobvault.actions.vault import Vault, load_words
from jobvault.errors import JobvaultError
from jobvault.settings import Settings
from jobvault.vault.places import MARKER, is_vault
from jobvault.vault.settings import default_settings_text, read_settings
from jobvault.vault.write import create

SUMMARIES = ("takeaways", "follow-ups", "interviews")
"""The views that each get a summary note."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What was, or would be, laid down: paths relative to the vault, folders with a ``/`` at their end."""

    root: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]


def lay_down(root: Path, *, dry_run: bool = False) -> Laid:
    """Make ``root`` a vault. What exists is kept as it is, so that running it again is harmless.

    Raises ``JobvaultError`` where the folder cannot be made or is no folder.
    """
    if root.exists() and not root.is_dir():
        raise JobvaultError(f"{root} is a file, so it cannot become a vault. Name a folder.")
    fresh = not is_vault(root)
    settings = Settings() if fresh else read_settings(root)
    files = dict(_files(settings))
    folders = [f"{settings.folders.debriefs}/", f"{settings.folders.summaries}/"]
    made = [path for path in (*files, *folders) if not (root / path).exists()]
    if not fresh and _has_summaries(root, settings):
        made = [path for path in made if path not in files]
    kept = [path for path in (*files, *folders) if path not in made]
    if not dry_run:
        _write(root, settings, {path: text for path, text in files.items() if path in made}, folders)
    return Laid(root, tuple(made), tuple(kept))


def _files(settings: Settings) -> Iterator[tuple[str, str]]:
    yield MARKER, default_settings_text()
    words = load_words(settings.language, settings.words)
    for view in SUMMARIES:
        title = words.text(f"{view}.title")
        block = f"<!-- jobvault:begin {view} -->\n\n<!-- jobvault:end -->\n"
        yield f"{settings.folders.summaries}/{title}.md", f"# {title}\n\n{block}"


def _has_summaries(root: Path, settings: Settings) -> bool:
    """Whether the vault was laid down before: then summary notes that are gone were moved or deleted by the user."""
    return (root / settings.folders.summaries).is_dir()


def _write(root: Path, settings: Settings, files: dict[str, str], folders: list[str]) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
        for folder in folders:
            (root / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JobvaultError(f"{root} cannot be made a vault: {error.strerror}.") from error
    vault = Vault(root, settings, load_words(settings.language), today_in(settings.timezone))
    with changes.writing(vault):
        for path, text in files.items():
            create(root, path, text.encode("utf-8"))
