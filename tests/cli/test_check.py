"""``jobvault check``: every problem with its place, and silence about what a tired person may leave out."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path / "vault")


def test_the_three_severities_with_file_line_and_hint(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/a.md", "---\ntype: debrief\ncompany: a\ndate: 2026-11-20\ncompany: b\n---\n")
    vault.write("Debriefs/b.md", debrief(body="## Takaways\n\n- x\n"))
    vault.write("Debriefs/c.md", debrief(follow_ups="- [ ] Call 📅 2026-11-21 📅 2026-11-22\n"))
    checked = program(vault, "check")
    assert (checked.code, checked.err) == (1, "")
    lines = checked.out.splitlines()
    assert [line.split(": ")[:2] for line in lines if not line.startswith(" ")][:-1] == [
        ["Debriefs/a.md:5", "error"], ["Debriefs/b.md:9", "warning"], ["Debriefs/c.md:12", "hint"],
    ]  # fmt: skip
    assert sum(line.startswith("    ") for line in lines) == 3
    assert lines[-1] == "1 error, 1 warning, 1 hint."


def test_only_errors_make_it_fail(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/b.md", debrief(body="## Takaways\n\n- x\n"))
    vault.write("Debriefs/c.md", debrief("Birch", body="## Takaways\n\n- x\n"))
    checked = program(vault, "check")
    assert checked.code == 0
    assert checked.out.endswith("\n2 warnings.\n")


def test_a_mistake_in_a_block_is_an_error_too(vault: SmallVault, program: Program) -> None:
    vault.write(
        "Mine.md",
        "# Mine\n\n<!-- jobvault:begin folow-ups -->\n<!-- jobvault:end -->\n\n<!-- jobvault:begin people -->\n",
    )
    checked = program(vault, "check")
    assert checked.code == 1
    assert re.search(r"^Mine\.md:\d+: error: .*", checked.out)
    assert vault.read("Mine.md").startswith("# Mine\n\n<!-- jobvault:begin folow-ups -->\n<!-- jobvault:end -->\n")


def test_checking_writes_nothing(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/b.md", debrief(takeaways="- x\n"))
    vault.write("Mine.md", "# Mine\n\n<!-- jobvault:begin takeaways -->\n<!-- jobvault:end -->\n")
    before = vault.bytes()
    program(vault, "check")
    program(vault, "check", "--json")
    assert vault.bytes() == before


SCAFFOLD = "---\ntype: debrief\ncompany: Acme\nrole:\nround:\ndate: 2026-11-20\npeople:\nfelt:\noutcome: waiting\nhear_by:\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: debrief\ncompany: Acme\ndate: 2026-11-20\n---\n",
        SCAFFOLD,
        f"{SCAFFOLD}\n## People met\n\n## Takeaways\n\n<!-- next time I will … -->\n\n## Follow-ups\n",
        f"{SCAFFOLD}\n## Overall\n\nfine\n",
        f"{SCAFFOLD}\n## People met\n\n- Dana\n- ?, SRE\n",
        f"{SCAFFOLD}\n## What they asked\n\n- Draw it\n\n## My own heading\n\nwords\n",
        "---\ntype: debrief\ncompany: Acme\n---\n",
    ],
)
def test_what_a_tired_person_leaves_out_is_no_problem(vault: SmallVault, program: Program, text: str) -> None:
    vault.write(ACME, text)
    checked = program(vault, "check")
    assert (checked.code, checked.out) == (0, "No problems found.\n")


def test_words_without_any_heading_are_a_quiet_hint(vault: SmallVault, program: Program) -> None:
    vault.write(ACME, f"{SCAFFOLD}\nJust a few words at night.\n")
    checked = program(vault, "check")
    assert checked.code == 0
    assert checked.out.startswith(f"{ACME}:12: hint: none of the words of this debrief")
    assert "nothing-read" not in {item.code for item in vault.open().view("attention").items}


def test_notes_of_somebody_else_are_no_problem(vault: SmallVault, program: Program) -> None:
    vault.write("Recipe.md", "---\ntitle: Soup: hot\n---\n# Soup\n\n- [ ] leek 📅 2026-02-31\n")
    vault.write("Templates/t.md", "---\ntype: debrief\ncompany: {{company}}\n---\n")
    vault.write("Latin.md", "gr\xfc\xdfe".encode("latin-1"))
    assert program(vault, "check").out == "No problems found.\n"


def test_json(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/b.md", debrief(body="## Takaways\n\n- x\n"))
    [problem] = program(vault, "check", "--json").json["problems"]
    assert problem == {
        "path": "Debriefs/b.md", "line": 9, "severity": "warning", "code": "near-heading", "message": problem["message"], "hint": problem["hint"],
    }  # fmt: skip
    assert problem["message"]
    vault.write("Debriefs/a.md", "---\ntype: debrief\ncompany: a\ncompany: b\n---\n")
    failed = program(vault, "check", "--json")
    assert failed.code == 1
    assert [one["severity"] for one in failed.json["problems"]] == ["error", "warning"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize("columns", [40, 80, 200])
def test_on_a_terminal_it_is_wrapped_at_words(vault: SmallVault, columns: int) -> None:
    vault.write("Debriefs/a.md", "---\ntype: debrief\ncompany: a\ndate: 2026-11-20\ncompany: b\n---\n")
    vault.write("Debriefs/b.md", debrief(follow_ups="- [ ] send the long list 📅 2026-11-21 with Dana and Tom\n"))
    terminal = Terminal("check", "--vault", str(vault.root), columns=columns)
    assert terminal.end() == 1
    lines = terminal.text.splitlines()
    assert lines[0] == "Debriefs/a.md:5: error"
    assert [line for line in lines if len(line) >= columns] == []
    assert all(line.startswith("    ") or ".md" in line for line in lines[:-1])


def test_a_mistake_in_the_settings_is_a_problem_like_others(vault: SmallVault, program: Program) -> None:
    vault.write("jobvault.yaml", "language: en\nlinsk: wiki\n")
    found = program(vault, "check", "--json")
    assert found.code == 1
    [problem] = found.json["problems"]
    assert (problem["path"], problem["line"], problem["code"]) == ("jobvault.yaml", 2, "settings")
    assert "links" in problem["message"] + problem["hint"]
