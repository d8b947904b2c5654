"""The sample vault's committed summaries are what ``summarize`` makes on its day."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jobvault.actions.demo import AS_OF
from jobvault.actions.vault import open_vault
from tests.small_vault import REPOSITORY

SAMPLE = REPOSITORY / "sample-vault"


def test_committed_summaries_are_what_summarize_makes(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    renew = request.config.getoption("--renew-goldens")
    root = SAMPLE if renew else Path(shutil.copytree(SAMPLE, tmp_path / "vault"))
    summary = open_vault(root, today=AS_OF).summarize()
    assert summary.blocks
    if not renew:
        assert [change.path for change in summary.changes] == []
        assert [(b.path, b.view) for b in summary.blocks if b.state != "unchanged"] == []


def test_the_sample_has_one_mistake_for_check_to_find() -> None:
    problems = open_vault(SAMPLE, today=AS_OF).problems
    assert [(p.code, p.severity) for p in problems if p.severity == "error"] == [("duplicate-key", "error")]
    assert {"near-heading", "near-company", "date-not-at-end"} <= {p.code for p in problems}


def test_the_committed_blocks_come_out_of_empty_ones(tmp_path: Path) -> None:
    from jobvault.actions.demo import lay_out

    lay_out(tmp_path / "vault", AS_OF)
    open_vault(tmp_path / "vault", today=AS_OF).summarize()
    for file in sorted(SAMPLE.rglob("*.md")):
        relative = file.relative_to(SAMPLE)
        assert (tmp_path / "vault" / relative).read_bytes() == file.read_bytes(), relative
