"""What a vault in a Syncthing folder needs: lines in ``.stignore`` (docs.syncthing.net, “Ignoring Files”).

The temporary files of jobvault have names that Syncthing leaves out by itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from jobvault.actions.sync.setup import Line, Step, gists, plan_lines

COMMAND = "jobvault init --syncthing"
_MARKER = ".stfolder"
_PREFIXES = re.compile(r"^(?:\(\?[di]\))*")
_SPECIAL = re.compile(r"[\\*?\[\]{}]")
_LINES = (
    Line("/.git", "a git repository breaks when its files are synced one by one"),
    Line("/.obsidian/workspace*.json", "which panes are open in Obsidian, on each device another matter"),
    Line("/.trash", "what you deleted in Obsidian"),
)


def plan_syncthing(root: Path) -> list[Step]:
    """Plan the lines that the ``.stignore`` of a vault lacks.

    Where the vault lies below the root of a Syncthing folder, that has the only ``.stignore`` which counts; it is no
    file of the vault's, so its lines are the user's to add.
    """
    above = next((folder for folder in root.parents if (folder / _MARKER).is_dir()), None)
    if above is None or (root / _MARKER).is_dir():
        return plan_lines(root, ".stignore", _LINES, comment="//", command=COMMAND, gist=_gist)
    place = above / ".stignore"
    known = gists(place.read_bytes(), _gist) if place.is_file() else frozenset()
    prefix = _SPECIAL.sub(r"\\\g<0>", root.relative_to(above).as_posix())
    why = f"Syncthing syncs {above}, and the vault is only a part of it."
    steps = [Step(str(place), f"/{prefix}{line.text}", why, "yours") for line in _LINES]
    return [replace(step, state="kept") if _gist(step.what) in known else step for step in steps]


def _gist(line: str) -> str:
    """Return a pattern without what only says where, and in which case of letters, it applies."""
    return _PREFIXES.sub("", line.strip()).strip("/")
