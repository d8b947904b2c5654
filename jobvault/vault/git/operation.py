"""Whether git is in the middle of something in the repository that holds a note. Read from its files, without git."""

from __future__ import annotations

import os
from pathlib import Path

from jobvault.vault.git.index import has_unmerged

_MERGE = "MERGE_HEAD"
_OPEN = (
    ("index.lock", "another git command is running there, or one was cut off and left its index.lock"),
    (_MERGE, "a git merge is open there"),
    ("rebase-merge", "a git rebase is open there"),
    ("rebase-apply", "a git rebase is open there"),
    ("CHERRY_PICK_HEAD", "a git cherry-pick is open there"),
    ("REVERT_HEAD", "a git revert is open there"),
    ("sequencer", "a git cherry-pick or revert is open there"),
    ("MERGE_AUTOSTASH", "git has yet to put back there what it stashed"),
)
_UNMERGED = "git has unmerged paths there"
_LONGEST = 8 * 1024


def open_operation(folder: Path, *, after_merge: bool = False) -> str:
    """Return what git has open in the repository that ``folder`` lies in, as half a sentence; empty when nothing.

    Unmerged paths count however they came about: ``git stash pop`` leaves nothing else behind. ``after_merge`` lets
    pass what is done but for its traces: git's ``post-merge`` hook runs while ``MERGE_HEAD`` still exists, its
    ``post-rewrite`` hook while the folder of the rebase does. Unmerged paths never pass, nor does a stash that git
    is about to put back.
    """
    git = _git_dir(folder)
    if git is None:
        return ""
    for name, what in _OPEN:
        if os.path.lexists(git / name) and not (after_merge and _is_done(git, name)):
            return what
    unmerged = has_unmerged(git / "index")
    return _UNMERGED if unmerged or (unmerged is None and after_merge) else ""


def _is_done(git: Path, name: str) -> bool:
    """Whether a merge or rebase is done, as seen from the hook that git calls at its end."""
    state = git / name
    if name == _MERGE:
        return True
    if os.path.lexists(state / "autostash"):
        return False
    if name == "rebase-merge":  # while it goes on, HEAD is on no branch
        branch = _text(state / "head-name")
        return branch.startswith("refs/") and _text(git / "HEAD") == f"ref: {branch}"
    if name == "rebase-apply":
        following, last = _text(state / "next"), _text(state / "last")
        return following.isdecimal() and last.isdecimal() and int(following) > int(last)
    return False


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
    text = _text(dot_git)
    if not text.startswith("gitdir:"):
        return None
    return dot_git.parent / text.removeprefix("gitdir:").strip()


def _text(path: Path) -> str:
    """Return what a small file of git's says; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return os.fsdecode(file.read(_LONGEST)).strip()
    except OSError:
        return ""
