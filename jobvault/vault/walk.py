"""One walk over a vault: which notes there are. It reads no file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from jobvault.errors import JobvaultError, NoVaultError
from jobvault.model import Problem
from jobvault.vault.conflicts import conflict_original
from jobvault.vault.entry import (
    HAS_PLACEHOLDERS,
    Entry,
    entry_of,
    is_placeholder,
    not_a_file,
    not_downloaded,
    problem,
    unreadable,
)
from jobvault.vault.ignore import ignored_by
from jobvault.vault.inside import is_text
from jobvault.vault.replacing.temps import is_leftover

_PLACEHOLDER = ".md.icloud"
_GONE = (FileNotFoundError, NotADirectoryError)
_IS_WINDOWS = os.name == "nt"


class ConflictCopy(NamedTuple):
    """A copy that a sync service left. ``original`` is the path of the note it copies, which may be gone."""

    entry: Entry
    original: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What a vault holds: the notes by path, what was passed over and why, conflict copies, and ``leftovers``.

    The last are paths of temporary files that a killed run left; only who holds the vault's lock may sweep them.
    """

    entries: tuple[Entry, ...]
    skipped: tuple[Problem, ...] = ()
    conflicts: tuple[ConflictCopy, ...] = ()
    leftovers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    entries: list[Entry] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    conflicts: list[ConflictCopy] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=lambda: [""])


def scan(root: Path, ignore: Sequence[str]) -> Scan:
    """Return what the vault holds, by one walk that reads no file.

    Notes are the regular, non-hidden ``*.md`` files below ``root``, except below folders whose name starts with a dot
    and what a glob of ``ignore`` names. A link counts as the note it leads to where that is in the vault and is no
    note of the scan already; folders are not followed through links. Raises :class:`NoVaultError` where ``root`` is
    gone, and :class:`JobvaultError` where it cannot be listed.
    """
    base = os.path.join(root, "")
    ignored = ignored_by(ignore)
    found = _Found()
    while found.folders:
        folder = found.folders.pop()
        try:
            with os.scandir(base + folder) as items:
                _sort_out(items, folder, ignored, found)
        except OSError as error:
            _no_listing(root, folder, error, found)
    _take_links(root, found)
    return Scan(
        tuple(sorted(found.entries)),
        tuple(sorted(found.skipped, key=lambda problem: (problem.path, problem.code))),
        tuple(sorted(found.conflicts)),
        tuple(sorted(found.leftovers)),
    )


def _sort_out(
    items: Iterator[os.DirEntry[str]],
    folder: str,
    ignored: Callable[[str], bool] | None,
    found: _Found,
) -> None:
    for item in items:
        name = item.name
        if name[0] == ".":
            _see_hidden(item, folder, ignored, found)
            continue
        path = folder + name
        if name[-3:].lower() == ".md" and item.is_file(follow_symlinks=False):
            if ignored is None or not ignored(path):
                _take(item, path, found)
        elif item.is_dir(follow_symlinks=False):
            if ignored is None or not ignored(path):
                found.folders.append(path + "/")
        elif (".md" in name.lower() or item.is_symlink()) and not (ignored is not None and ignored(path)):
            _see_other(item, path, found)


def _take(item: os.DirEntry[str], path: str, found: _Found) -> None:
    if not path.isascii() and not is_text(path):
        found.skipped.append(_not_text(path))
        return
    try:
        status = os.lstat(item.path) if _IS_WINDOWS else item.stat(follow_symlinks=False)
    except OSError as error:
        if not isinstance(error, _GONE):
            found.skipped.append(unreadable(path, error))
        return
    if HAS_PLACEHOLDERS and is_placeholder(status):
        found.skipped.append(not_downloaded(path))
        return
    original = conflict_original(path)
    if original is None:
        found.entries.append(entry_of(path, status))
    else:
        found.conflicts.append(ConflictCopy(entry_of(path, status), original))


def _see_hidden(item: os.DirEntry[str], folder: str, ignored: Callable[[str], bool] | None, found: _Found) -> None:
    if is_leftover(item.name):
        found.leftovers.append(folder + item.name)
    elif item.name.endswith(_PLACEHOLDER):
        path = folder + item.name[1 : -len(".icloud")]
        if is_text(path) and not (ignored is not None and ignored(path)):
            found.skipped.append(not_downloaded(path))


def _see_other(item: os.DirEntry[str], path: str, found: _Found) -> None:
    """Look at what is neither folder nor note: a link, a pipe named like a note, a copy as ``note.md..path1``."""
    is_named_note = path[-3:].lower() == ".md"
    if item.is_symlink():
        found.links.append(path if is_named_note else path + "/")
    elif is_named_note:
        found.skipped.append(not_a_file(path))
    elif (conflict_original(path) or "").lower().endswith(".md") and item.is_file(follow_symlinks=False):
        _take(item, path, found)


def _take_links(root: Path, found: _Found) -> None:
    """Take the notes that links lead to, each once, and say which links lead nowhere or out of the vault."""
    if not found.links:
        return
    home = os.path.join(os.path.realpath(root), "")
    taken = {home + entry.path for entry in found.entries}
    for path in sorted(found.links):
        real = os.path.realpath(home + path)
        try:
            status = os.stat(real)
        except OSError:
            if not path.endswith("/"):
                message = "It is a link that leads nowhere, or in a circle."
                found.skipped.append(problem(path, "not-a-file", message))
        else:
            _take_link(path, real, status, home, taken, found)


def _take_link(path: str, real: str, status: os.stat_result, home: str, taken: set[str], found: _Found) -> None:
    if path.endswith("/") and not stat.S_ISDIR(status.st_mode):
        return
    if not os.path.join(real, "").startswith(home):
        message = "It is a link that leaves the vault, so it is not followed."
        found.skipped.append(problem(path.rstrip("/"), "link-leaves-vault", message))
    elif path.endswith("/") or real in taken or conflict_original(path) is not None:
        return
    elif not stat.S_ISREG(status.st_mode):
        found.skipped.append(not_a_file(path))
    elif not is_text(path):
        found.skipped.append(_not_text(path))
    else:
        taken.add(real)
        found.entries.append(entry_of(path, status))


def _no_listing(root: Path, folder: str, error: OSError, found: _Found) -> None:
    if folder:
        if not isinstance(error, _GONE):
            found.skipped.append(unreadable(folder.rstrip("/"), error))
        return
    if isinstance(error, _GONE):
        raise NoVaultError(str(root), named=True) from error
    message = f"The vault {root} cannot be listed: {error.strerror}."
    raise JobvaultError(message) from error


def _not_text(path: str) -> Problem:
    return problem(path, "name-not-utf8", "Its name is not UTF-8, so it is not read; rename it.")
