"""``jobvault inspect``: any Markdown file, in a vault or not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, debrief, jobvault, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    notes = {ACME: debrief(takeaways=f"- Draw first, {'then talk ' * 20}\n"), "Other.md": "# Other\n"}
    return make_vault(tmp_path / "vault", notes, settings="words:\n  sections:\n    takeaways: [Merksätze]\n")


def test_the_lines_and_what_they_are_read_as(vault: SmallVault) -> None:
    shown = jobvault("inspect", ACME, cwd=vault.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert lines[0] == f"{ACME}: type debrief"
    assert lines[1] == "    1  front matter       ---"
    assert any(line[5:].startswith("  takeaway           - Draw first, ") for line in lines)
    assert max(map(len, lines)) > 200, "nothing is cut where nobody sits at a terminal"


def test_a_path_may_be_said_from_anywhere(vault: SmallVault, tmp_path: Path, program: Program) -> None:
    from_vault = jobvault("inspect", ACME, "--json", cwd=vault.root).stdout
    beside = jobvault("inspect", f"vault/{ACME}", "--json", cwd=tmp_path).stdout
    absolute = jobvault("inspect", str(vault.root / ACME), "--json", cwd=tmp_path).stdout
    named = jobvault("inspect", ACME, "--json", "--vault", str(vault.root), cwd=tmp_path).stdout
    assert from_vault == beside == absolute == named
    assert program(None, "inspect", str(vault.root / ACME), "--json").json["notes"][0]["path"] == ACME


def test_the_words_of_the_vault_around_count(vault: SmallVault, tmp_path: Path, program: Program) -> None:
    vault.write(ACME, debrief(body="## Merksätze\n\n- x\n"))
    sections = program(None, "inspect", str(vault.root / ACME), "--json").json["notes"][0]["sections"]
    assert [section["section"] for section in sections] == ["takeaways"]
    outside = tmp_path / "outside.md"
    outside.write_text(debrief(body="## Merksätze\n\n- x\n"), encoding="utf-8")
    assert program(None, "inspect", str(outside), "--json").json["notes"][0]["sections"] == []


def test_files_that_are_in_no_vault(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\n- [ ] x, due 2026-11-27\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xff")
    shown = jobvault("inspect", "a.md", "b.txt", "--json", cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert '"path": "a.md"' in shown.stdout
    assert '"due": "2026-11-27"' in shown.stdout
    assert jobvault("inspect", "a.md", "b.txt", cwd=tmp_path).stdout.count("none of jobvault's types") == 2


def test_no_such_file(vault: SmallVault, program: Program) -> None:
    missing = program(vault, "inspect", "nope.md")
    assert (missing.code, missing.out) == (1, "")
    assert missing.err == "jobvault: nope.md: There is no such file.\n"


def test_inspecting_writes_nothing(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    assert program(vault, "inspect", ACME, "Other.md").code == 0
    assert vault.bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize("columns", [40, 80, 200])
def test_each_line_is_one_row_of_the_terminal(vault: SmallVault, columns: int) -> None:
    vault.edit(ACME, "then talk", "then 話す 🚀 talk")
    terminal = Terminal("inspect", ACME, cwd=vault.root, columns=columns)
    assert terminal.end() == 0
    from rich.cells import cell_len

    lines = terminal.text.splitlines()
    assert [line for line in lines[1:] if cell_len(line) > columns] == []
    assert any(line.endswith("…") for line in lines)
    assert len(lines) == 1 + sum(bool(line.strip()) for line in vault.read(ACME).splitlines())


def test_one_path_that_is_wrong_does_not_hide_the_others(vault: SmallVault, program: Program) -> None:
    vault.write("One.md", "# One\n")
    found = program(vault, "inspect", "none.md", "One.md", "--json")
    assert found.code == 1
    assert "none.md" in found.err
    assert [note["path"] for note in found.json["notes"]] == ["One.md"]
