"""Clones of one repository with a vault in it, on one computer: real git, and jobvault where hooks find it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.small_vault import REPOSITORY, SmallVault, block, debrief, make_vault

TODAY = "2026-11-25"
VIEWS = ("Takeaways", "Follow-ups")
SHIM = """#!/bin/sh
if [ "$1" = init ]; then exec {python} -m jobvault "$@"; fi
exec {python} -m jobvault "$@" --today {today}
"""

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@dataclass(frozen=True)
class Clone:
    """A clone, and the vault in it."""

    top: Path
    vault: SmallVault
    environ: dict[str, str]

    def git(self, *words: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
        """Run git as a person does; ``ok`` says how it should end."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.top,
            env=self.environ,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert (done.returncode == 0) == ok, f"git {words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def jobvault(self, *words: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the program that hooks find."""
        done = subprocess.run(
            ["jobvault", *words, "--vault", str(self.vault.root)],
            cwd=self.top,
            env=self.environ,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert (done.returncode == 0) == ok, f"jobvault {words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def summaries(self) -> dict[str, str]:
        """Return the summaries by name."""
        return {name: self.vault.read(f"Summaries/{name}.md") for name in VIEWS}

    def right(self, elsewhere: Path) -> dict[str, str]:
        """Return the summaries as they would be if they were made from nothing, in a copy without git."""
        shutil.copytree(self.vault.root, elsewhere, ignore=shutil.ignore_patterns(".git*"))
        copy = SmallVault(elsewhere)
        for name in VIEWS:
            copy.write(f"Summaries/{name}.md", summary(name))
        copy.summarize()
        return Clone(elsewhere, copy, self.environ).summaries()

    def unmerged(self) -> list[str]:
        """Return the paths in the vault that git calls unmerged."""
        words = ["git", "-C", str(self.vault.root), "diff", "--name-only", "--diff-filter=U", "--relative"]
        said = subprocess.run(words, env=self.environ, capture_output=True, check=True, encoding="utf-8").stdout
        return sorted(set(said.splitlines()))

    def commit(self, words: str) -> None:
        """Bring the summaries up to date and commit everything."""
        self.vault.summarize()
        self.git("add", "-A")
        self.git("commit", "-q", "-m", words)


def summary(name: str) -> str:
    """Return a summary note with a fresh block."""
    return f"# {name}\n\n{block(name.lower())}"


def learned(company: str, date: str, lesson: str) -> tuple[str, str]:
    """Return a debrief with a takeaway and a follow-up: path and text."""
    text = debrief(company, date, takeaways=f"- {lesson}\n", follow_ups=f"- [ ] Write to {company} 📅 2026-11-27\n")
    return f"Debriefs/{date} {company} panel.md", text


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which git has an author, and hooks find jobvault."""
    home.mkdir(exist_ok=True)
    shim = home / "bin" / "jobvault"
    shim.parent.mkdir()
    shim.write_text(SHIM.format(python=sys.executable, today=TODAY), encoding="utf-8")
    shim.chmod(0o755)
    (home / ".gitconfig").write_text(
        "[user]\nname = T\nemail = t@example.org\n[init]\ndefaultBranch = main\n[core]\nquotePath = false\n",
        encoding="utf-8",
    )
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return own | {
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_EDITOR": "true",
        "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUTF8": "1",
    }


@dataclass(frozen=True)
class Origins:
    """Pairs of clones, made once and copied for each test."""

    folder: Path

    def copy(self, setup: str, folder: Path) -> tuple[Clone, Clone]:
        """Return two clones of one repository, with debriefs of each that the other has not.

        ``setup``: ``plain`` (summaries committed, nothing else), ``init`` (with ``jobvault init --git``) or ``ignored``
        (summaries in ``.gitignore``). The first one's debrief is at the origin, the second one has two commits.
        """
        made = self.folder / setup
        if not made.exists():
            _make(made, setup)
        shutil.copytree(made, folder, dirs_exist_ok=True, symlinks=True)
        return _pair(folder, setup)


INSIDE = {"init": "my notes/Jöb's $HOME"}
"""Where the vault lies in the repository, if not in its root: where hooks have to quote it."""


def _pair(folder: Path, setup: str) -> tuple[Clone, Clone]:
    environ = environment(folder / "home")
    inside = INSIDE.get(setup, "")
    first, second = (Clone(folder / name, SmallVault(folder / name / inside), environ) for name in ("first", "second"))
    return first, second


def _make(folder: Path, setup: str) -> None:
    folder.mkdir()
    first, second = _pair(folder, setup)
    at_home = partial(subprocess.run, cwd=folder, env=first.environ, check=True, capture_output=True)
    at_home(["git", "init", "-q", "--bare", "origin.git"])
    at_home(["git", "clone", "-q", "origin.git", "first"])
    path, text = learned("Corvo", "2026-11-18", "Draw first, then talk")
    make_vault(first.vault.root, {path: text, **{f"Summaries/{name}.md": summary(name) for name in VIEWS}})
    if setup == "ignored":
        first.vault.write(".gitignore", "Summaries/\n")
    if setup == "init":
        first.jobvault("init", "--git")
    first.commit("base")
    first.git("push", "-q", "origin", "HEAD")
    at_home(["git", "clone", "-q", "origin.git", "second"])
    if setup == "init":
        second.jobvault("init", "--git")
    if setup == "ignored":
        for name in VIEWS:
            second.vault.write(f"Summaries/{name}.md", summary(name))
    for clone, found in zip((first, second), _lessons(), strict=True):
        for path, text in found:
            clone.vault.write(path, text)
            clone.commit(path)
    first.git("push", "-q")
    for clone in (first, second):
        clone.git("remote", "set-url", "origin", "../origin.git")
    shutil.rmtree(folder / "home")


def _lessons() -> Iterator[list[tuple[str, str]]]:
    yield [learned("Acme", "2026-11-20", "Draw first, then talk")]
    yield [
        learned("Birch", "2026-11-21", "Draw first, then talk"),
        learned("Delta", "2026-11-22", "Ask about on-call"),
    ]
