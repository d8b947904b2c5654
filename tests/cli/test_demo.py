"""``jobvault demo``: ten lines that say what happened and what to open."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.small_vault import SmallVault, jobvault


def test_it_says_in_ten_lines_what_happened_and_what_to_open(tmp_path: Path) -> None:
    shown = jobvault("demo", "my demo", "--today", "2027-03-04", cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert len(lines) == 10
    assert str(tmp_path / "my demo") in lines[0]
    notes = [found[0] for line in lines if (found := re.search(r"my demo[/\\]Summaries[/\\]\S+\.md", line))]
    assert len(notes) == 3
    assert all((tmp_path / note).is_file() for note in notes)


def test_every_command_it_names_works(tmp_path: Path) -> None:
    shown = jobvault("demo", "my demo", cwd=tmp_path)
    commands = [line.strip().split("  ")[0] for line in shown.stdout.splitlines() if line.startswith("  jobvault ")]
    assert len(commands) == 3
    for command in commands:
        found = jobvault(*shlex.split(command)[1:], cwd=tmp_path)
        assert found.returncode == (1 if " check " in command else 0)
        assert found.stdout
    vault = SmallVault(tmp_path / "my demo")
    before = vault.bytes()
    assert jobvault("summarize", "--vault", str(vault.root)).returncode == 0
    assert vault.bytes() == before


def test_without_a_path_it_lies_beside(tmp_path: Path) -> None:
    assert jobvault("demo", cwd=tmp_path).returncode == 0
    assert (tmp_path / "jobvault-demo" / "jobvault.yaml").is_file()
    mine = tmp_path / "jobvault-demo" / "Debriefs" / "mine.md"
    mine.write_text("my words\n")
    again = jobvault("demo", cwd=tmp_path)
    assert again.returncode == 0
    assert "from before" in again.stdout
    assert mine.read_text() == "my words\n"


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note.md").write_text("mine\n")
    refused = jobvault("demo", "full", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is not empty, so nothing was laid out" in refused.stderr
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["note.md"]
