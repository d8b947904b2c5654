"""Prettier and markdownlint, from npm, for the tests that let them read what we wrote.

They are looked for in the folder that ``JOBVAULT_NODE_TOOLS`` names (``npm install --prefix FOLDER prettier
markdownlint-cli2``), then on the path, then as npx finds them without installing anything.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

_NAMES = ("prettier", "markdownlint-cli2")
_FINDING = re.compile(r"^.+:\d+(?::\d+)?\s+(?:error\s+)?MD\d{3}\b.*$", re.MULTILINE)
_SECONDS = 300


def missing_tools() -> str | None:
    """Say which of the two is missing and how to get it, as the reason of a skip; None where both are there."""
    missing = [name for name in _NAMES if _command(name) is None]
    if not missing:
        return None
    return f"no {' and no '.join(missing)}: npm install --prefix FOLDER {' '.join(_NAMES)}; JOBVAULT_NODE_TOOLS=FOLDER"


def prettier(text: str) -> str:
    """Return what ``prettier --parser markdown`` makes of a note, with its default options."""
    done = _run("prettier", ["--no-config", "--no-editorconfig", "--parser", "markdown"], text)
    if done.returncode:
        raise RuntimeError(f"prettier: {done.stderr}")
    return done.stdout


def markdownlint(paths: Iterable[Path], *, off: Sequence[str] = ()) -> list[str]:
    """Return what markdownlint says of these notes, a line each; MD013, MD041 and the rules in ``off`` are off."""
    rules = dict.fromkeys(["MD013", "MD041", *off], False)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "own.markdownlint-cli2.jsonc")
        config.write_text(json.dumps({"config": rules}), encoding="utf-8")
        names = [f":{path.resolve().as_posix()}" for path in paths]
        done = _run("markdownlint-cli2", ["--no-globs", "--config", str(config), *names], "", folder=folder)
    said = done.stdout + done.stderr
    findings = [match[0] for match in _FINDING.finditer(said)]
    if done.returncode and not findings:
        raise RuntimeError(f"markdownlint-cli2: {said}")
    return findings


@functools.cache
def _command(name: str) -> tuple[str, ...] | None:
    folder = os.environ.get("JOBVAULT_NODE_TOOLS")
    own = shutil.which(name, path=str(Path(folder, "node_modules", ".bin"))) if folder else None
    found = own or shutil.which(name)
    if found:
        return (found,)
    npx = shutil.which("npx")
    if npx is None:
        return None
    command = (npx, "--no-install", name)
    done = subprocess.run([*command, "--help"], capture_output=True, check=False, timeout=_SECONDS)
    return command if b"markdown" in done.stdout else None


def _run(
    name: str, arguments: Sequence[str], text: str, *, folder: str | None = None
) -> subprocess.CompletedProcess[str]:
    command = _command(name)
    if command is None:
        raise RuntimeError(f"{name} is not installed")
    return subprocess.run(
        [*command, *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
        timeout=_SECONDS,
    )
