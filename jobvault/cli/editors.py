"""How editors are told to open a note at a line."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

_PLUS = frozenset(
    {
        *(
            "vi",
            "vim",
            "nvim",
            "gvim",
            "mvim",
            "nano",
            "emacs",
            "emacsclient",
            "kak",
            "micro",
            "joe",
            "jed",
            "mg",
            "ne",
        ),
        *("sensible-editor", "editor", "gedit"),
    }
)
"""Editors that take ``+LINE`` before the file."""
_GO_TO = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"})
"""Editors that take ``-g FILE:LINE``."""
_COLON = frozenset({"hx", "helix", "subl", "zed", "zeditor"})
"""Editors that take ``FILE:LINE``."""


def editor_arguments(path: Path, line: int | None) -> list[str]:
    """Return what the user's editor is given to open a note; other editors than those known are given no line."""
    name = _editor()
    if line is None or not name:
        return [str(path)]
    if name in _PLUS:
        return [f"+{line}", str(path)]
    if name in _GO_TO:
        return ["-g", f"{path}:{line}"]
    return [f"{path}:{line}"] if name in _COLON else [str(path)]


def what_failed(error: BaseException, path: Path) -> str:
    """Return what to say of an editor that could not be started, or that ended with an error."""
    named = _named()
    called = f"The editor `{named}`" if named else "An editor"
    if isinstance(error, FileNotFoundError):
        what = "is not there"
    elif isinstance(error, OSError):
        what = f"cannot be started ({error.strerror})"
    elif isinstance(error, ValueError):
        what = "cannot be started: a quote in its name is not closed"
    else:
        what = "ended with an error"
    return f"{called} {what}. The note is at {path}; set JOBVAULT_EDITOR to your editor."


def _named() -> str:
    """Return the editor's command line as the user set it; empty where that was not done."""
    return next((value for key in ("JOBVAULT_EDITOR", "VISUAL", "EDITOR") if (value := os.environ.get(key))), "")


def _editor() -> str:
    """Return the name of the editor's program: as set, else that of the editors that are there everywhere."""
    named = _named()
    if not named:
        return "" if sys.platform == "win32" else "editor"
    try:
        words = shlex.split(named)
    except ValueError:
        return ""
    return Path(words[0]).name.removesuffix(".exe") if words else ""
