"""A table of letters that a good adviser has judged: of each exactly what is expected is found, nothing else."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from jobvault.actions.letters.checking import check_letters
from jobvault.actions.letters.meant import letter_at
from jobvault.actions.vault import Vault, open_vault
from jobvault.notes.frontmatter import load_yaml
from jobvault.vault.shipped import sample_vault_dir
from jobvault.words.severity import SEVERITY

TABLE = Path(__file__).parent / "table"
LETTERS = sorted(file.name for file in TABLE.glob("*.md") if file.name != "README.md")
TODAY = dt.date(2026, 11, 25)


def front(name: str) -> Mapping[str, Any]:
    """Return a letter's properties, with those that are for this test alone."""
    text = (TABLE / name).read_text(encoding="utf-8")
    found: Any = load_yaml(text.removeprefix("---\n").split("\n---", 1)[0])
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    root = tmp_path_factory.mktemp("table") / "vault"
    shutil.copytree(sample_vault_dir(), root)
    return open_vault(root, today=TODAY)


@pytest.mark.parametrize("name", LETTERS)
def test_exactly_what_is_expected_is_found(name: str, vault: Vault) -> None:
    told = front(name)
    beside = [file if file.endswith(".md") else f"{file}.md" for file in told.get("beside") or ()]
    places = [vault.root / "Letters" / file for file in (name, *beside)]
    for place in places:
        shutil.copy(TABLE / place.name, place)
    try:
        vault.refresh()
        (checked,) = check_letters(vault, [letter_at(vault, f"Letters/{name}")])
    finally:
        for place in places:
            place.unlink()
    assert {finding.code for finding in checked.findings} == set(told["expect"])
    lines = (TABLE / name).read_text(encoding="utf-8").splitlines()
    assert all(finding.line is None or 1 <= finding.line <= len(lines) for finding in checked.findings)


def test_the_table_is_large_and_holds_each_finding() -> None:
    expected = [set(front(name)["expect"]) for name in LETTERS]
    assert len(LETTERS) >= 60
    assert sum(not codes for codes in expected) >= 20
    assert set().union(*expected) == {code for code in SEVERITY if code.startswith("letter-")}
