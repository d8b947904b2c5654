"""``jobvault letter check``: findings with file and line, plain in a pipe, exit 1 on errors alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.cli.test_schemas import complaints
from tests.letters.desk import GOOD, NOTES, letter
from tests.small_vault import SmallVault, make_vault

WARNED = letter(GOOD.replace("May I", "I am just checking in. May I"))
WRONG = letter(GOOD.replace("Dear Dana", "Dear Danna"))


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path / "vault", NOTES)


def test_a_good_letter_is_said_to_be_fine_in_one_line(vault: SmallVault, program: Program) -> None:
    vault.write("Letters/Dana.md", letter(GOOD))
    shown = program(vault, "letter", "check")
    assert (shown.code, shown.out, shown.err) == (0, "Letters/Dana.md: nothing to find fault with.\n", "")


def test_warnings_exit_0_and_errors_1(vault: SmallVault, program: Program) -> None:
    vault.write("Letters/Dana.md", WARNED)
    shown = program(vault, "letter", "check")
    assert shown.code == 0
    assert shown.out.splitlines() == [
        "Letters/Dana.md:13: warning: “just checking in” stands in everybody's letters",
        "    Say in your own words what you mean, or take it out.",
        "1 warning.",
    ]
    vault.write("Letters/Dana.md", WRONG)
    wrong = program(vault, "letter", "check", "dana")
    assert wrong.code == 1
    assert wrong.out.startswith("Letters/Dana.md:9: error: the greeting says “Danna”")
    assert wrong.out.endswith("1 error.\n")


def test_no_letter_to_check(vault: SmallVault, program: Program) -> None:
    shown = program(vault, "letter", "check")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("No letter waits to be sent.")
    wrong = program(vault, "letter", "check", "nobody")
    assert (wrong.code, wrong.out, wrong.err.count("\n")) == (1, "", 1)


def test_what_a_letter_does_not_say_is_said(vault: SmallVault, program: Program) -> None:
    vault.write("Letters/x.md", "---\ntype: letter\n---\n\nDear Dana,\n\nhere is the plan.\n\nRobin\n")
    shown = program(vault, "letter", "check")
    assert shown.code == 0
    assert "Write `to:` into its properties." in shown.out
    assert "Write `debrief:` into its properties" in shown.out


def test_json(vault: SmallVault, program: Program) -> None:
    vault.write("Letters/Dana.md", WRONG)
    vault.write("Letters/x.md", "---\ntype: letter\n---\n")
    shown = program(vault, "letter", "check", "--json")
    assert shown.code == 1
    assert complaints("letter-check", shown.json) == []
    first, second = shown.json["letters"]
    assert (first["path"], first["to"], first["company"], first["words"]) == (
        "Letters/Dana.md",
        "Dana Reyes",
        "Lumen Works",
        52,
    )
    (found,) = first["findings"]
    assert (found["code"], found["severity"], found["line"]) == ("letter-recipient", "error", 9)
    assert [one["code"] for one in second["findings"]] == ["letter-empty"]
    assert len(second["lacks"]) == 2


def test_german(vault: SmallVault, program: Program) -> None:
    vault.write("jobvault.yaml", "language: de\n")
    vault.write("Letters/Dana.md", WRONG)
    shown = program(vault, "letter", "check")
    assert "die Anrede sagt „Danna“" in shown.out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_a_terminal_sees_rows_of_its_width(vault: SmallVault) -> None:
    vault.write("Letters/Dana.md", WRONG)
    terminal = Terminal("letter", "check", "--vault", str(vault.root), "--today", "2026-11-25")
    assert terminal.end() == 1
    rows = terminal.text.splitlines()
    assert rows[0].rstrip() == "Letters/Dana.md:9: error"
    assert rows[1].startswith("    the greeting says “Danna”")
    assert all(len(row) <= 80 for row in rows)
