"""Letters that an adviser judged who knew nothing of the check: what is found of each, and how often both agree."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from jobvault.actions.letters.checking import check_letters
from jobvault.actions.letters.meant import letter_at
from jobvault.actions.vault import open_vault
from jobvault.notes.frontmatter import load_yaml
from jobvault.vault.shipped import sample_vault_dir

BLIND = Path(__file__).parent / "blind"
RECORD = BLIND / "found.yaml"
NUMBERS = sorted(file.stem for file in BLIND.glob("[0-9][0-9].md"))
TODAY = dt.date(2026, 11, 25)


def loaded(file: Path) -> Any:
    return load_yaml(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the codes of each letter, put alone into a copy of the sample vault."""
    root = tmp_path_factory.mktemp("blind") / "vault"
    shutil.copytree(sample_vault_dir(), root)
    vault = open_vault(root, today=TODAY)
    codes = {}
    for number in NUMBERS:
        place = root / "Letters" / f"{number}.md"
        shutil.copy(BLIND / place.name, place)
        vault.refresh()
        (checked,) = check_letters(vault, [letter_at(vault, f"Letters/{number}.md")])
        place.unlink()
        codes[number] = sorted({finding.code for finding in checked.findings})
    return codes


def test_what_is_found_is_recorded(found: dict[str, list[str]], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--renew-goldens"):
        rows = "".join(f'  "{number}": [{", ".join(codes)}]\n' for number, codes in found.items())
        RECORD.write_text(f"found:\n{rows}", encoding="utf-8", newline="\n")
    assert len(found) == 30
    assert loaded(RECORD)["found"] == found


def test_the_readme_says_how_often_both_agree(found: dict[str, list[str]]) -> None:
    judged = {number: set(told["codes"]) for number, told in loaded(BLIND / "expected.yaml").items()}
    hits = sum(len(judged[number] & set(codes)) for number, codes in found.items())
    misses = sum(len(judged[number] - set(codes)) for number, codes in found.items())
    others = sum(len(set(codes) - judged[number]) for number, codes in found.items())
    readme = (BLIND / "README.md").read_text(encoding="utf-8")
    said = re.search(r"\| after mending \| +(\d+) +\| +(\d+) +\| +(\d+) +\|", readme)
    assert said is not None
    assert tuple(map(int, said.groups())) == (hits, misses, others)
