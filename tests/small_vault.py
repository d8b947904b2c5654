"""Small vaults for tests: notes as text, and the program as a person runs it."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from textwrap import dedent

from jobvault.actions.vault import Vault, open_vault
from tests.forked import call, start

TODAY = dt.date(2026, 11, 25)
REPOSITORY = Path(__file__).parent.parent


def debrief(
    company: str = "Acme",
    date: str = "2026-11-20",
    round_: str = "panel",
    *,
    body: str = "",
    front: str = "",
    follow_ups: str = "",
    takeaways: str = "",
) -> str:
    """Return a debrief's text."""
    text = f"---\ntype: debrief\ncompany: {company}\nround: {round_}\ndate: {date}\noutcome: waiting\n{front}---\n\n"
    text += dedent(body)
    if takeaways:
        text += f"\n## Takeaways\n\n{dedent(takeaways)}"
    if follow_ups:
        text += f"\n## Follow-ups\n\n{dedent(follow_ups)}"
    return text


def block(view: str, arguments: str = "") -> str:
    """Return a fresh block."""
    return f"<!-- jobvault:begin {view}{' ' + arguments if arguments else ''} -->\n\n<!-- jobvault:end -->\n"


@dataclass(frozen=True)
class SmallVault:
    """A vault on the disk, with short ways to look at it."""

    root: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a note."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
        return place

    def read(self, path: str) -> str:
        """Read a note."""
        return (self.root / path).read_bytes().decode("utf-8", "surrogateescape")

    @property
    def where(self) -> str:
        """What a shown command carries where the vault was named by ``--vault``."""
        return f" --vault {shlex.quote(str(self.root))}"

    def inside(self, said: str) -> str:
        """Return what was said as it would be inside of the vault, where commands need no ``--vault``."""
        return said.replace(self.where, "")

    def edit(self, path: str, old: str, new: str, count: int = 1) -> None:
        """Change a note as an editor would; what is to be changed must be there."""
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}:\n{text}"
        self.write(path, text.replace(old, new, count))

    def open(self, today: dt.date = TODAY) -> Vault:
        """Open it as the library does."""
        return open_vault(self.root, today=today)

    def summarize(self, today: dt.date = TODAY) -> None:
        """Bring it up to date."""
        self.open(today).summarize()

    def bytes(self) -> dict[str, tuple[bytes, int]]:
        """Return bytes and mtime of every file; one that goes meanwhile is none."""
        found: dict[str, tuple[bytes, int]] = {}
        for file in sorted(self.root.rglob("*")):
            with suppress(FileNotFoundError):
                if file.is_file():
                    found[file.relative_to(self.root).as_posix()] = (file.read_bytes(), file.stat().st_mtime_ns)
        return found

    def run(self, *arguments: str, today: str = "2026-11-25", stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run the program as a person does, with ``--today`` fixed."""
        return jobvault(*arguments, "--vault", str(self.root), "--today", today, stdin=stdin)


def jobvault(
    *arguments: str, stdin: str = "", cwd: Path | None = None, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the program through its real entry point; the output is text.

    Where Python itself is to be told something else, or there is no fork, by a Python of its own.
    """
    told = environ or {}
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", **told}
    if not hasattr(os, "fork") or any(name.startswith(("PYTHON", "LC_", "LANG")) for name in told):
        return subprocess.run(
            [sys.executable, "-m", "jobvault", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            cwd=cwd,
            env=env,
        )
    with TemporaryFile() as typed, TemporaryFile() as out, TemporaryFile() as err:
        typed.write(stdin.encode())
        typed.seek(0)
        files = (typed.fileno(), out.fileno(), err.fileno())
        code = call(forked_server(), list(arguments), str(cwd or Path.cwd()), env, files)
        out.seek(0)
        err.seek(0)
        shown, said = (file.read().decode("utf-8").replace("\r\n", "\n") for file in (out, err))
    return subprocess.CompletedProcess(["jobvault", *arguments], code, shown, said)


@cache
def forked_server() -> str:
    """Return where this process's own server is, started when it is first needed."""
    return start()


def make_vault(
    root: Path, notes: Mapping[str, str | bytes] | None = None, settings: str = "links: wiki\ndates: emoji\n"
) -> SmallVault:
    """Lay out a vault: settings, and notes by path."""
    vault = SmallVault(root)
    vault.write("jobvault.yaml", settings)
    for path, text in (notes or {}).items():
        vault.write(path, text)
    return vault
