from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from jobvault.vault.git import open_operation

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *words: str, check: bool = True) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=folder, check=check, capture_output=True)


@pytest.fixture
def clash(vault: Path) -> Path:
    """A repository whose branches ``main`` and ``other`` disagree about ``note.md``."""
    git(vault, "init")
    for branch, text in (("main", "base"), ("other", "theirs"), ("main", "ours")):
        git(vault, "checkout", "-B" if text != "ours" else "-q", branch)
        (vault / "note.md").write_text(text, encoding="utf-8")
        git(vault, "add", "-A")
        git(vault, "commit", "-m", text)
    assert open_operation(vault) == ""
    return vault


def test_no_repository_has_nothing_open(vault: Path) -> None:
    assert open_operation(vault) == ""


@needs_git
@pytest.mark.parametrize(
    ("words", "what"),
    [(("merge", "other"), "merge"), (("rebase", "other"), "rebase"), (("cherry-pick", "other"), "cherry-pick")],
)
def test_what_git_has_open_is_seen_from_any_folder(clash: Path, words: tuple[str, ...], what: str) -> None:
    git(clash, *words, check=False)
    folder = clash / "a" / "b"
    folder.mkdir(parents=True)
    assert what in open_operation(clash)
    assert what in open_operation(folder)
    assert (open_operation(clash, after_merge=True) == "") == (what == "merge")
    git(clash, words[0], "--abort")
    assert open_operation(clash) == ""


@needs_git
def test_a_worktree_has_its_own_state(clash: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    git(clash, "worktree", "add", str(tree), "other")
    git(tree, "merge", "main", check=False)
    assert "merge" in open_operation(tree)
    assert open_operation(clash) == ""


@needs_git
def test_an_index_lock_counts_also_after_a_merge(clash: Path) -> None:
    (clash / ".git" / "index.lock").touch()
    assert "index.lock" in open_operation(clash, after_merge=True)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"gitdir: nowhere\n", b"gitdir: \xff\n"])
def test_an_odd_git_file_is_nothing_open(vault: Path, content: bytes) -> None:
    (vault / ".git").write_bytes(content)
    assert open_operation(vault) == ""
