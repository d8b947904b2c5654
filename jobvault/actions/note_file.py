"""A note that is named by its file, wherever that lies: in the vault of the working folder, in another, or in none."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from jobvault.actions.clock import today_in
from jobvault.actions.vault import Vault, load_words, open_vault
from jobvault.errors import UsageError
from jobvault.settings import Settings
from jobvault.vault.places import is_vault

_SUFFIX = ".md"


def file_meant(said: str, cwd: Path) -> Path | None:
    """Return the note at a path, with or without ``.md``, as an absolute path; None where no file is there.

    Raises ``UsageError`` for a file that is no note.
    """
    written = Path(os.path.normpath(cwd / Path(said).expanduser()))
    found = next((one for one in (written, Path(f"{written}{_SUFFIX}")) if one.is_file()), None)
    if found is None or found.suffix.lower() == _SUFFIX:
        return found
    if os.sep in said or "/" in said or found.suffix:
        raise UsageError(f"{said} is no note: its name does not end in {_SUFFIX}.")
    return None


def open_around(file: Path, today: dt.date | None = None) -> tuple[Vault, str]:
    """Open the vault that a note lies in, else its folder alone; returns it with the note's path in it.

    The vault is the nearest one, where the path leads or where the file really is. A folder that is none has the
    default settings, and English words. Raises ``SettingsError`` for a vault whose settings have a mistake.
    """
    for place in dict.fromkeys((file, Path(os.path.realpath(file)))):
        root = next((folder for folder in place.parents if is_vault(folder)), None)
        if root is not None:
            return open_vault(root, today=today), place.relative_to(root).as_posix()
    folder = place.parent
    return Vault(folder, Settings(), load_words(), today_in("", named=today)), place.name
