"""The library's face: what scripts may rely on."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

import jobvault
from jobvault.errors import NoVaultError, SettingsError, UsageError
from tests.small_vault import REPOSITORY, TODAY, SmallVault, block, debrief, make_vault


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path,
        {
            "Debriefs/2026-11-20 Acme panel.md": debrief(
                body="## People met\n\n### [[Dana Reyes]], VP\n\n- Concern: too junior\n",
                follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n- [ ] Call 📅 2027-01-01\n",
            ),
            "Summaries/Follow-ups.md": block("follow-ups"),
        },
    )


def test_a_vault_is_opened_and_asked(vault: SmallVault) -> None:
    opened = jobvault.open_vault(vault.root, today=TODAY)
    assert [(d.company, d.round, d.date) for d in opened.debriefs] == [("Acme", "panel", dt.date(2026, 11, 20))]
    assert [person.name for person in opened.people] == ["Dana Reyes"]
    due = opened.view("follow-ups", within=14)
    assert [item.text for item in due.items] == ["Send the portfolio"]
    assert opened.summarize().changes
    assert not opened.summarize().changes


def test_what_changes_on_the_disk_is_seen_after_a_refresh(vault: SmallVault) -> None:
    opened = jobvault.open_vault(str(vault.root), today=TODAY)
    assert len(opened.debriefs) == 1
    path = "Debriefs/2026-11-24 Birch final.md"
    vault.write(path, debrief("Birch", "2026-11-24", "final"))
    assert opened.refresh() == {path}
    assert [d.company for d in opened.debriefs] == ["Acme", "Birch"]
    assert opened.refresh() == frozenset()
    (vault.root / path).unlink()
    assert opened.refresh() == {path}
    assert len(opened.debriefs) == 1


def test_wrong_questions_say_what_is_right(vault: SmallVault) -> None:
    opened = jobvault.open_vault(vault.root)
    with pytest.raises(UsageError, match="follow-ups"):
        opened.view("folow-ups")
    with pytest.raises(UsageError, match="within"):
        opened.view("follow-ups", within="soon")


def test_a_folder_that_is_no_vault_and_a_wrong_key_are_said(tmp_path: Path) -> None:
    with pytest.raises(NoVaultError, match="jobvault init"):
        jobvault.open_vault(tmp_path)
    (tmp_path / "jobvault.yaml").write_text("language: en\nlinsk: wiki\n")
    with pytest.raises(SettingsError, match=r"jobvault\.yaml:2: .*links"):
        jobvault.open_vault(tmp_path)


def test_every_public_name_is_there_and_loads_late() -> None:
    for name in jobvault.__all__:
        assert getattr(jobvault, name) is not None
    code = "import sys, jobvault; print([m for m in ('jinja2', 'yaml', 'click', 'watchdog') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert run.stdout.strip() == "[]"


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(jobvault.__file__).parent / "py.typed").is_file()
