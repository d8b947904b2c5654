"""The programs of editors that these tests use: where they are, or why a test skips."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.small_vault import REPOSITORY

PAGE = (REPOSITORY / "docs" / "editors.md").read_text(encoding="utf-8")


def shown(language: str, heading: str, number: int = 0) -> str:
    """Return a block of code that docs/editors.md shows below a heading."""
    section = PAGE[PAGE.index(f"\n{heading}\n") :].split("\n## ", 2)
    text = section[0] if heading.startswith("### ") else "\n## ".join(section[:2])
    return str(re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[number])


def node_tool(name: str) -> str | None:
    """Find a program of the npm packages that ``.ci/run`` installs: in ``JOBVAULT_NODE_TOOLS``, then on the path."""
    folder = os.environ.get("JOBVAULT_NODE_TOOLS")
    found = shutil.which(name, path=str(Path(folder, "node_modules", ".bin"))) if folder else None
    return found or shutil.which(name)


def vim() -> str | None:
    """Find a vim that runs scripts; a tiny one does not."""
    found = shutil.which("vim")
    if found is None:
        return None
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False, timeout=60).stdout
    return found if "+eval" in said else None


def environ(folder: Path) -> Mapping[str, str]:
    """Return an environment in which ``jobvault`` is a command, with a home of its own, on a fixed day."""
    programs = folder / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    program = programs / "jobvault"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m jobvault "$@" --today 2026-11-25\n')
    program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUTF8": "1",
        "TERM": "dumb",
    }
