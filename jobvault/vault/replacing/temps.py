"""The names of the short-lived temporary files beside a note.

Hidden, so that neither we nor Obsidian take them for notes, and such as sync services ignore: Syncthing leaves out
``.syncthing.*.tmp``, and most others files that end in ``.tmp``.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_START = ".syncthing."
_END = ".jobvault.tmp"
_ASIDE = ".old"


def temp_beside(note: Path) -> Path:
    """Return the temporary file's path for a note: in its folder, the same each time, whatever the note's name."""
    return note.with_name(f"{_START}{_key(note.name)}{_END}")


def aside_of(temp: Path) -> Path:
    """Return the path of what a note's temporary file took the place of, beside it."""
    return temp.with_name(f"{temp.name.removesuffix(_END)}{_ASIDE}{_END}")


def new_temp(folder: Path) -> Path:
    """Return a temporary file's path in a folder for a note that does not exist yet, another one each time."""
    return folder / f"{_START}{os.urandom(8).hex()}{_END}"


def is_leftover(name: str) -> bool:
    """Whether a file name is one of ours: while no jobvault is writing, a killed one left it."""
    return name.startswith(_START) and name.endswith(_END)


def note_of(temp: Path) -> Path | None:
    """Return the note in the same folder that a temporary file belongs to, or None where it is gone."""
    try:
        names = os.listdir(temp.parent)
    except OSError:
        return None
    wanted = temp.name.removesuffix(_END).removesuffix(_ASIDE)
    return next((temp.with_name(name) for name in names if wanted == f"{_START}{_key(name)}"), None)


def _key(name: str) -> str:
    return hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
