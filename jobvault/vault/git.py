"""Whether git is in the middle of something in the repository that holds a note."""

from __future__ import annotations

import os
from pathlib import Path

_MERGE = "MERGE_HEAD"
_OPEN = (
    ("index.lock", "another git command is running there, or one was cut off and left its index.lock"),
    (_MERGE, "a git merge is open there"),
    ("rebase-merge", "a git rebase is open there"),
    ("rebase-apply", "a git rebase is open there"),
    ("CHERRY_PICK_HEAD", "a git cherry-pick is open there"),
    ("REVERT_HEAD", "a git revert is open there"),
)
_LONGEST_POINTER = 8 * 1024


def open_operation(folder: Path, *, after_merge: bool = False) -> str:
    """Return what git has open in the repository that ``folder`` lies in, as half a sentence; empty when nothing.

    ``after_merge`` lets an open merge pass: git's ``post-merge`` hook runs while ``MERGE_HEAD`` still exists.
    """
    git = _git_dir(folder)
    if git is None:
        return ""
    for name, what in _OPEN:
        if os.path.lexists(git / name) and not (after_merge and name == _MERGE):
            return what
    return ""


def _git_dir(folder: Path) -> Path | None:
    """Return the repository's own folder: ``.git``, or what a worktree's or submodule's ``.git`` file points to."""
    for parent in (folder, *folder.parents):
        dot_git = parent / ".git"
        if os.path.isdir(dot_git):
            return dot_git
        if os.path.isfile(dot_git):
            return _pointed_to(dot_git)
    return None


def _pointed_to(dot_git: Path) -> Path | None:
    try:
        with dot_git.open("rb") as file:
            text = os.fsdecode(file.read(_LONGEST_POINTER))
    except OSError:
        return None
    if not text.startswith("gitdir:"):
        return None
    return dot_git.parent / text.removeprefix("gitdir:").strip()
