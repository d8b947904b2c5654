"""The program, called in this process: fast enough to be called a lot."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from jobvault.cli.main import run
from tests.small_vault import SmallVault


@dataclass(frozen=True)
class Outcome:
    """What a call came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Program = Callable[..., Outcome]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return a way to call the program: ``program(vault, "show", "people")``; ``vault=None`` names no vault."""

    def call(vault: SmallVault | None, *arguments: str, today: str = "2026-11-25") -> Outcome:
        shared = ["--today", today] if today else []
        if vault is not None:
            shared += ["--vault", str(vault.root)]
        capsys.readouterr()
        code = run([*shared, *arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call
