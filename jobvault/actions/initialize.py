"""Make a folder a vault: settings, folders and summary notes; nothing that is there is touched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from jobvault.actions import changes
from jobvault.actions.clock import today_in
from jobvault.actions.vault import Vault, load_words
from jobvault.errors import JobvaultError, UsageError
from jobvault.notes.frontmatter import load_yaml
from jobvault.settings import Folders, Settings
from jobvault.vault.names import exists_alike
from jobvault.vault.places import MARKER, is_vault
from jobvault.vault.settings import default_settings_text, read_settings
from jobvault.vault.shipped import languages, read_words

SUMMARIES = ("takeaways", "follow-ups", "interviews")
"""The views that each get a summary note."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What was, or would be, laid down: paths relative to the vault, folders with a ``/`` at their end.

    ``foreign`` are summary notes that were there and hold no block of theirs: path and view. ``extras`` are what was
    asked for besides a vault, made or kept.
    """

    root: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...] = ()
    extras: tuple[str, ...] = ()


def lay_down(
    root: Path, *, language: str = "", templates: bool = False, obsidian: bool = False, dry_run: bool = False
) -> Laid:
    """Make ``root`` a vault. What exists is kept as it is, so that running it again is harmless.

    In a vault whose folder of summaries holds any note, those that are missing there are not made again: they were
    moved or deleted. ``language`` is for a new vault: of what is written, with folders called as that language calls
    them. ``templates`` copies ours into the vault; ``obsidian`` lays down templates and bases for Obsidian.

    Raises ``UsageError`` for a language that there is none of, or that a vault is not in; ``JobvaultError`` where the
    folder cannot be made, or something is in the way.
    """
    fresh = not is_vault(root)
    vault = _vault(root, language, fresh=fresh)
    folders = [f"{name}/" for name in (vault.settings.folders.debriefs, vault.settings.folders.summaries) if name]
    notes, extras = dict(_notes(vault, language)), dict(_extras(vault, templates=templates, obsidian=obsidian))
    everything = (*folders, *notes, *extras)
    _refuse_what_is_in_the_way(root, everything)
    kept = tuple(path for path in everything if _is_there(root, path))
    made = [path for path in everything if path not in kept]
    if not fresh and _holds_notes(root / vault.settings.folders.summaries):
        made = [path for path in made if path not in notes]
    if made and not dry_run:
        files = {**notes, **extras}
        _write(vault, [path for path in made if path in folders], {p: files[p] for p in made if p in files})
    foreign = tuple(_foreign(root, kept, notes)) if fresh else ()
    return Laid(root, tuple(made), kept, foreign, tuple(extras))


def language_named(text: str) -> str:
    """Return the language that a person means: by its code (``de``) or its own name (``Deutsch``).

    Raises ``UsageError`` where there is none.
    """
    names = {code: str(_file(code).get("name", code)) for code in languages()}
    for code, name in names.items():
        if text.strip().casefold() in (code.casefold(), name.casefold()):
            return code
    known = ", ".join(f"{code} ({name})" for code, name in names.items())
    raise UsageError(f"There is no language “{text}”. There are: {known}.")


def language_name(code: str) -> str:
    """Return what a language is called in itself."""
    return str(_file(code).get("name", code))


def _file(language: str) -> Mapping[str, Any]:
    loaded: Any = load_yaml(read_words(language))
    return loaded if isinstance(loaded, Mapping) else {}


def _vault(root: Path, language: str, *, fresh: bool) -> Vault:
    """Return the vault as it is, or as it will be."""
    if fresh:
        settings = Settings(language=language or "en", folders=Folders(**_folders(language)))
    else:
        settings = read_settings(root)
        if language and language != settings.language:
            raise UsageError(
                f"{root} is a vault already, in the language {settings.language}. To change it, write "
                f"`language: {language}` into its jobvault.yaml."
            )
    return Vault(root, settings, load_words(settings.language, settings.words), today_in(settings.timezone))


def _folders(language: str) -> dict[str, str]:
    """Return what a language calls the folders; English has the names that settings have by themselves."""
    named = _file(language).get("folders") or {} if language else {}
    return {one.name: str(named[one.name]) for one in fields(Folders) if one.name in named}


def _notes(vault: Vault, language: str) -> Iterator[tuple[str, str]]:
    """Yield the settings and the summary notes: path and text."""
    folders = _folders(language)
    chosen: dict[str, str | Mapping[str, str]] = {"language": language} if language else {}
    if folders:
        chosen["folders"] = folders
    yield MARKER, default_settings_text(vault.words, chosen)
    folder = f"{vault.settings.folders.summaries}/" if vault.settings.folders.summaries else ""
    for view in SUMMARIES:
        title = vault.words.text(f"{view}.title")
        block = f"<!-- jobvault:begin {view} -->\n\n<!-- jobvault:end -->\n"
        yield f"{folder}{title}.md", f"# {title}\n\n{block}"


def _extras(vault: Vault, *, templates: bool, obsidian: bool) -> Iterator[tuple[str, str]]:
    if templates:
        from jobvault.actions.vault_templates import copies

        yield from copies(vault)
    if obsidian:
        from jobvault.actions.obsidian import obsidian_files

        yield from obsidian_files(vault).items()


def _foreign(root: Path, kept: Sequence[str], files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the summary notes that were the user's before and have no block for their view."""
    for path, view in zip([path for path in files if path != MARKER], SUMMARIES, strict=True):
        if path in kept and f"jobvault:begin {view}".encode() not in (root / path).read_bytes():
            yield path, view


def _is_there(root: Path, path: str) -> bool:
    """Whether there is something of that name, or of one that some file system takes for the same."""
    place = root / path
    return os.path.lexists(place) or (not path.endswith("/") and exists_alike(place.parent, place.name))


def _refuse_what_is_in_the_way(root: Path, paths: Iterable[str]) -> None:
    if os.path.lexists(root) and not root.is_dir():
        raise JobvaultError(f"{root} is a file, so it cannot become a vault. Name a folder.")
    for path in paths:
        place = root / path
        above = [root / parent for parent in Path(path).parents][:-1]
        for folder in [*([place] if path.endswith("/") else []), *above]:
            if os.path.lexists(folder) and not folder.is_dir():
                raise JobvaultError(
                    f"{folder} is in the way: a folder is needed there. Rename it, then run init again."
                )
        if not path.endswith("/") and place.is_dir():
            raise JobvaultError(f"{place} is in the way: a file is needed there. Rename it, then run init again.")


def _holds_notes(folder: Path) -> bool:
    return any(folder.glob("*.md"))


def _write(vault: Vault, folders: Iterable[str], files: Mapping[str, str]) -> None:
    root = vault.root
    try:
        root.mkdir(parents=True, exist_ok=True)
        for folder in folders:
            (root / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JobvaultError(f"{root} cannot be made a vault: {error.strerror} ({error.filename}).") from error
    with changes.writing(vault):
        for path, text in files.items():
            changes.lay_down(vault, path, text.encode("utf-8"))
