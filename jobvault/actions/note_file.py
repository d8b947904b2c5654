"""A note that is named by its file, wherever that lies: in the vault of the working folder, in another, or in none."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path

from jobvault.actions.clock import today_in
from jobvault.actions.vault import Vault, load_words, open_vault
from jobvault.errors import RefusedError, UsageError
from jobvault.settings import Settings
from jobvault.vault.inside import printable
from jobvault.vault.places import expanded, is_vault

_SUFFIX = ".md"


def file_meant(said: str, cwd: Path) -> Path | None:
    """Return the note at a path, with or without ``.md``, as an absolute path; None where no file is there.

    Raises ``UsageError`` for a file that is no note, and ``RefusedError`` for what is no regular file.
    """
    written = Path(os.path.normpath(cwd / expanded(said)))
    both = (written, Path(f"{written}{_SUFFIX}"))
    found = next((one for one in both if one.is_file()), None)
    if found is None and (os.sep in said or "/" in said or written.suffix.lower() == _SUFFIX):
        _refuse_special(said, both)
    if found is None or found.suffix.lower() == _SUFFIX:
        return found
    if os.sep in said or "/" in said or found.suffix:
        raise UsageError(f"{said} is no note: its name does not end in {_SUFFIX}.")
    return None


def _refuse_special(said: str, places: Iterable[Path]) -> None:
    """Raise ``RefusedError`` where something has the name of a note but is none that could be read or written."""
    place = next((one for one in places if one.suffix.lower() == _SUFFIX and os.path.lexists(one)), None)
    if place is not None:
        circle = place.is_symlink() and not place.exists()
        why = "it is a link that leads nowhere, or in a circle." if circle else "it is no regular file."
        raise RefusedError(printable(said), None, why)


def open_around(file: Path, today: dt.date | None = None) -> tuple[Vault, str]:
    """Open the vault that a note lies in, else its folder alone; returns it with the note's path in it.

    The vault is the nearest one, where the path leads or where the file really is. A folder that is none has the
    default settings, and English words. Raises ``SettingsError`` for a vault whose settings have a mistake, and
    ``RefusedError`` where the folder is none and hidden: it is another program's. One further up may be hidden.
    """
    for place in dict.fromkeys((file, Path(os.path.realpath(file)))):
        root = next((folder for folder in place.parents if is_vault(folder)), None)
        if root is not None:
            return open_vault(root, today=today), place.relative_to(root).as_posix()
    folder = place.parent
    if folder.name.startswith("."):
        inside = printable(f"{folder.name}/{place.name}")
        raise RefusedError(inside, None, "it is in a hidden folder, where jobvault does not write.")
    return Vault(folder, Settings(), load_words(), today_in("", named=today)), place.name
