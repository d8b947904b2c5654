"""A vault on the disk, and its undo store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobvault.vault.undo.store import UndoStore, open_undo


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "jobvault.yaml").write_bytes(b"")
    return root


@pytest.fixture
def undo(vault: Path) -> UndoStore:
    return open_undo(vault, datetime(2026, 11, 23, 10, 15, tzinfo=UTC), "test")
