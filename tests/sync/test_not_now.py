"""Notes that must not be written or read now (RELIABILITY 22): git is busy, or a note is in the cloud only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobvault.actions.undo import history
from jobvault.cli.main import run
from tests.faults.watched import FOLLOW_UPS, wait_for, watched_vault, watching
from tests.small_vault import REPOSITORY, SmallVault, debrief
from tests.sync.clones import Clone, environment, needs_git

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-21 Birch panel.md"
NOTES = {
    ACME: debrief("Acme", follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n"),
    BIRCH: debrief("Birch", "2026-11-21", follow_ups="- [ ] Call back 📅 2026-11-27\n"),
}


def notes_of(vault: SmallVault) -> dict[str, tuple[bytes, int]]:
    """Return bytes and mtime of all files that are not git's."""
    return {path: found for path, found in vault.bytes().items() if not path.startswith(".git/")}


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A repository with a vault in its root and a branch ``other`` that disagrees about a debrief."""
    vault = watched_vault(tmp_path / "vault", NOTES)
    clone = Clone(vault.root, vault, environment(tmp_path / "home"))
    clone.git("init", "-q")
    clone.git("add", "-A")
    clone.git("commit", "-qm", "base")
    clone.git("branch", "other")
    for branch, words in (("main", "Send the portfolio and the CV"), ("other", "Send the portfolio, printed")):
        clone.git("checkout", "-q", branch)
        vault.edit(ACME, "Send the portfolio", words)
        clone.git("commit", "-qam", words)
    clone.git("checkout", "-q", "main")
    return clone


COMMANDS = {
    "summarize": ("summarize",),
    "after-merge": ("summarize", "--after-merge"),
    "done": ("done", "call back"),
    "add": ("add", "Birch", "--takeaway", "Slow down"),
    "new": ("new", "Delta", "--no-input"),
    "set": ("set", BIRCH, "role", "Cook"),
    "heard": ("heard", "Birch", "rejected"),
    "undo": ("undo",),
    "conflicts": ("conflicts", "--keep", "original"),
}
COPY = BIRCH.replace(".md", ".sync-conflict-20261124-101500-ABCDEFG.md")


def set_up(clone: Clone, name: str) -> None:
    """Give a command what it needs to have something to do: a command before it, or a conflict copy."""
    if name == "undo":
        assert clone.vault.run("set", BIRCH, "role", "Baker").returncode == 0
        clone.git("commit", "-qam", "a role")
    elif name == "conflicts":
        clone.vault.write(COPY, f"{clone.vault.read(BIRCH)}- Mine\n")


@needs_git
@pytest.mark.parametrize(
    ("busy", "name"),
    [
        (busy, name)
        for busy in ("unmerged", "merge", "rebase", "index.lock")
        for name in COMMANDS
        if (busy, name) != ("merge", "after-merge")  # that is what it is for
    ],
)
def test_no_note_is_written_while_git_is_busy(
    clone: Clone, capsys: pytest.CaptureFixture[str], busy: str, name: str
) -> None:
    set_up(clone, name)
    if busy == "unmerged":
        clone.git("merge", "other", ok=False)
    elif busy == "rebase":  # it stops before the last commit: the notes are as they were before that
        clone.git("-c", "sequence.editor=echo break >", "rebase", "-q", "-i", "HEAD~1")
        clone.vault.edit(ACME, "Send the portfolio", "Send the portfolio soon")
    elif busy == "merge":
        clone.git("merge", "-q", "--no-commit", "-X", "theirs", "other")
    else:
        clone.vault.edit(BIRCH, "Call back", "Call back soon")
        (clone.top / ".git/index.lock").touch()
    before, known = notes_of(clone.vault), history(clone.vault.open())
    code = run([*COMMANDS[name], "--vault", str(clone.vault.root), "--today", "2026-11-25"])
    said = capsys.readouterr().err
    assert ("git" in said, code) == (True, 0 if name == "summarize" else 1)
    assert (notes_of(clone.vault), history(clone.vault.open())) == (before, known)


@needs_git
def test_a_watch_waits_while_a_merge_is_open_and_writes_soon_after_its_end(clone: Clone) -> None:
    vault = clone.vault
    vault.summarize()
    clone.git("commit", "-qam", "summaries")
    with watching(vault) as watch:
        clone.git("merge", "other", ok=False)
        vault.edit(BIRCH, "Call back", "Call back soon")
        before = notes_of(vault)
        wait_for(lambda: watch.says("Summaries wait: a git merge is open there."), "watch to say that it waits")
        assert notes_of(vault) == before
        clone.git("checkout", "--theirs", ACME)
        clone.git("add", "-A")
        resolved = notes_of(vault)
        clone.git("commit", "-qm", "merged")
        wait_for(lambda: "printed" in vault.read(FOLLOW_UPS), "the summary")
        assert "Call back soon" in vault.read(FOLLOW_UPS)
        assert watch.stop() == 0
        assert {path for path, found in notes_of(vault).items() if found != resolved[path]} == {FOLLOW_UPS}
        assert sum("Summaries wait" in line for line in watch.lines) == 1


@needs_git
def test_a_watch_writes_after_a_merge_that_brought_nothing_it_had_not_seen(clone: Clone) -> None:
    """The end of a merge changes no note, so nothing but looking again tells that it may write now."""
    vault = clone.vault
    clone.git("merge", "-q", "--no-commit", "-X", "theirs", "other")
    assert "printed" not in vault.read(FOLLOW_UPS)
    with watching(vault) as watch:
        wait_for(lambda: watch.says("Summaries wait"), "watch to say that it waits")
        clone.git("commit", "-qm", "merged")
        wait_for(lambda: "printed" in vault.read(FOLLOW_UPS), "the summary")
        assert watch.stop() == 0


# --- in the cloud only -----------------------------------------------------------------------------------------------

PLACEHOLDERS = """
import os
import jobvault.vault.entry as entry

marked = {int(word) for word in os.environ["CLOUD_ONLY"].split()}
entry.HAS_PLACEHOLDERS = True
entry.is_placeholder = lambda status: status.st_ino in marked
"""
"""Stands in for what macOS and Windows tell of a file (its flags), by its inode; the rest is the program as it is."""


def _opened(vault: SmallVault, cloud: list[Path], trace: Path, *words: str) -> tuple[int, str, str]:
    environ = {
        **os.environ,
        "PYTHONPATH": f"{trace.parent}{os.pathsep}{REPOSITORY}",
        "CLOUD_ONLY": " ".join(str(path.stat().st_ino) for path in cloud),
    }
    done = subprocess.run(
        ["strace", "-f", "-qq", "-s", "500", "-e", "trace=open,openat,openat2,creat,truncate", "-o", str(trace),
         sys.executable, "-c", f"{PLACEHOLDERS}\nfrom jobvault.__main__ import main; import sys; sys.exit(main())",
         *words, "--vault", str(vault.root), "--today", "2026-11-25"],
        env=environ, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr, trace.read_text(encoding="utf-8", errors="replace")


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[tuple[SmallVault, list[Path]]]:
    """A vault of which one debrief, one summary and one whole note by iCloud's name are in the cloud only."""
    vault = watched_vault(tmp_path / "vault", NOTES)
    icloud = vault.write("Debriefs/.2026-11-22 Corvo panel.md.icloud", "bplist00")
    yield vault, [vault.root / ACME, vault.root / FOLLOW_UPS, icloud]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("summarize",), 0),
        (("check",), 0),
        (("show", "follow-ups"), 0),
        (("done", "call back"), 0),
        (("done", "portfolio"), 1),
    ],
)
def test_what_is_in_the_cloud_only_is_never_opened(
    cloud: tuple[SmallVault, list[Path]], tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    vault, paths = cloud
    vault.edit(BIRCH, "Call back", "Call back soon")
    before = {path: path.stat() for path in paths}
    ended, said, opened = _opened(vault, paths, tmp_path / "trace", *words)
    assert ended == code, said
    assert f'{BIRCH.rpartition("/")[2]}"' in opened, "the trace shows what is opened"
    assert [path.name for path in paths if f'{path.name}"' in opened] == []
    assert {path: path.stat() for path in paths} == before
    if words == ("check",):
        assert f"{ACME}: " in said
