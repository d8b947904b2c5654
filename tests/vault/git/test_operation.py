from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.vault.git.index import has_unmerged, unmerged_in
from jobvault.vault.git.operation import open_operation
from tests.small_vault import REPOSITORY

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
    assert open_operation(clash, after_merge=True)
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


# --- unmerged paths --------------------------------------------------------------------------------------------------


@needs_git
@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_what_a_stash_left_unmerged_is_seen_though_nothing_else_is_open(clash: Path, version: str) -> None:
    (clash / "note.md").write_text("stashed", encoding="utf-8")
    git(clash, "stash")
    (clash / "note.md").write_text("newer", encoding="utf-8")
    git(clash, "commit", "-am", "newer")
    git(clash, "update-index", "--index-version", "4" if version == "4" else "2")
    assert open_operation(clash) == ""
    git(clash, "stash", "pop", check=False)
    if version == "3":  # git writes version 3 where an entry is only intended to be added
        (clash / "new.md").write_text("new", encoding="utf-8")
        git(clash, "add", "--intent-to-add", "new.md")
    assert (clash / ".git/index").read_bytes()[7] == int(version)
    for after_merge in (False, True):
        assert open_operation(clash, after_merge=after_merge) == "git has unmerged paths there"
    git(clash, "add", "-A")
    assert open_operation(clash) == ""


@needs_git
@pytest.mark.parametrize(
    "words", [("merge", "--squash", "other"), ("cherry-pick", "--no-commit", "other"), ("checkout", "--merge", "other")]
)
def test_other_ways_to_unmerged_paths(clash: Path, words: tuple[str, ...]) -> None:
    if words[0] == "checkout":
        (clash / "note.md").write_text("mine", encoding="utf-8")
    git(clash, *words, check=False)
    assert open_operation(clash) == "git has unmerged paths there"


@needs_git
def test_a_merge_with_unmerged_paths_does_not_pass_as_done(clash: Path) -> None:
    git(clash, "merge", "other", check=False)
    assert open_operation(clash, after_merge=True) == "git has unmerged paths there"
    git(clash, "add", "-A")
    assert open_operation(clash) == "a git merge is open there"
    assert open_operation(clash, after_merge=True) == ""


@needs_git
def test_a_merge_whose_index_cannot_be_read_does_not_pass_as_done(clash: Path) -> None:
    (clash / ".git/index").write_bytes(b"DIRC nonsense")
    assert open_operation(clash) == ""
    assert open_operation(clash, after_merge=True) == "git has unmerged paths there"


@needs_git
def test_the_index_of_a_repository_with_sha256_is_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "--object-format=sha256")
    for name in ("a", "bb", "ccc.md", "a" * 300):
        (tmp_path / name[:200]).write_text(name, encoding="utf-8")
    git(tmp_path, "add", "-A")
    assert has_unmerged(tmp_path / ".git/index") is False


@needs_git
def test_an_index_is_read_again_when_it_changed(clash: Path) -> None:
    index = clash / ".git/index"
    assert has_unmerged(index) is False
    git(clash, "merge", "other", check=False)
    assert has_unmerged(index) is True
    git(clash, "merge", "--abort")
    assert has_unmerged(index) is False
    assert has_unmerged(clash / "nowhere") is False


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: b"DIRC\0\0\0\2\0\0\0\1" + rest))
def test_no_bytes_upset_the_reader_of_the_index(data: bytes) -> None:
    assert unmerged_in(data) in (True, False, None)


# --- the ends of merges and rebases, as hooks see them ---------------------------------------------------------------


REPORT = """#!/bin/sh
[ "$1" != amend ] || exit 0
{python} -c '
import sys
from pathlib import Path
from jobvault.vault.git.operation import open_operation
here = Path.cwd()
print(open_operation(here), "|", open_operation(here, after_merge=True), file=open(sys.argv[1], "a"))
' "{log}"
"""


@pytest.fixture
def told(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose branches ``main`` and ``other`` have each a note more, with hooks that tell what is open."""
    git(vault, "init")
    for name, branch in (("base", "main"), ("theirs", "other")):
        git(vault, "checkout", "-B", branch)
        (vault / f"{name}.md").write_text(name, encoding="utf-8")
        git(vault, "add", "-A")
        git(vault, "commit", "-m", name)
    git(vault, "checkout", "main")
    (vault / "ours.md").write_text("ours", encoding="utf-8")
    git(vault, "add", "-A")
    git(vault, "commit", "-m", "ours")
    log = tmp_path / "log"
    log.touch()
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    for name in ("post-merge", "post-rewrite"):
        hook = vault / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(REPORT.format(python=sys.executable, log=log), encoding="utf-8")
        hook.chmod(0o755)
    return log


@needs_git
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("merge", "other"), "a git merge is open there | "),
        (("merge", "--squash", "other"), " | "),
        (("rebase", "other"), "a git rebase is open there | "),
        (("rebase", "--apply", "other"), "a git rebase is open there | "),
    ],
)
def test_at_its_end_a_merge_or_rebase_passes_as_done(
    vault: Path, told: Path, words: tuple[str, ...], said: str
) -> None:
    git(vault, *words)
    assert told.read_text() == f"{said}\n"
    assert open_operation(vault) == ""


@needs_git
@pytest.mark.parametrize("words", [("merge",), ("rebase",), ("rebase", "--apply")])
def test_while_git_holds_a_stash_that_it_will_put_back_nothing_passes(
    vault: Path, told: Path, words: tuple[str, ...]
) -> None:
    (vault / "base.md").write_text("not committed", encoding="utf-8")
    git(vault, *words, "--autostash", "other")
    before, _, after = told.read_text().strip().partition(" | ")
    assert before == f"a git {words[0]} is open there"
    assert after == ("git has yet to put back there what it stashed" if words == ("merge",) else before)
    assert (vault / "base.md").read_text() == "not committed"


@needs_git
def test_a_rebase_that_stopped_is_not_done(clash: Path) -> None:
    for words in (("rebase", "other"), ("rebase", "--apply", "other")):
        git(clash, *words, check=False)
        git(clash, "add", "-A")
        assert open_operation(clash, after_merge=True) == "a git rebase is open there"
        git(clash, "rebase", "--abort")
