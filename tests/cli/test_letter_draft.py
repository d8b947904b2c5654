"""``jobvault letter draft``: through the program, as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, debrief, make_vault

PANEL = "Debriefs/2026-11-23 Acme panel.md"
BODY = """\
## People met

### [[Dana Reyes]], VP Engineering

- Cares about: releases by daylight

### Tom Ito

- We talked about: his canary

### ?, SRE, beard
"""
DANA = "Letters/2026-11-25 Thank-you Dana Reyes.md"
TOM = "Letters/2026-11-25 Thank-you Tom Ito.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            PANEL: debrief("Acme", "2026-11-23", body=BODY),
            "People/Dana Reyes.md": "---\ntype: person\nemail: dana@acme.example\n---\n",
        },
        settings="links: wiki\nletters:\n  name: Robin Vale\n",
    )


def test_a_letter_is_drafted_to_each_who_has_a_name(vault: SmallVault, program: Program) -> None:
    found = program(vault, "letter", "draft", "acme")
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines() == [
        "About Acme panel, 2026-11-23. Kind: thank-you, which comes first after an interview.",
        f"wrote {DANA} · 2 gaps to fill",
        f"wrote {TOM} · 2 gaps to fill",
        "No letter without a name: SRE, beard. Ask the recruiter for it.",
        f"Fill the gaps, then see what `jobvault letter check{vault.where}` says.",
    ]
    text = vault.read(DANA)
    head, body = text.split("\n---\n\n", 1)
    assert head.startswith('---\ntype: letter\nto: "[[Dana Reyes]]"\ndebrief: "[[2026-11-23 Acme panel]]"\n')
    assert "\nkind: thank-you\nsubject: Releases by daylight" in head
    assert head.endswith("\nstatus: draft\nsent:")
    assert body.startswith("Dear Dana,\n\n")
    assert text.endswith(",\\\nRobin Vale\n")
    assert "\nto: Tom Ito\n" in vault.read(TOM)


def test_a_letter_that_is_there_is_kept(vault: SmallVault, program: Program) -> None:
    program(vault, "letter", "draft", "acme", "--to", "dana")
    vault.edit(DANA, "Dear Dana", "Dear dear Dana")
    before = vault.read(DANA)
    found = program(vault, "letter", "draft", "acme", today="2026-11-26")
    assert f"kept {DANA}: drafted already" in found.out
    assert "wrote Letters/2026-11-26 Thank-you Tom Ito.md" in found.out
    assert vault.read(DANA) == before
    vault.edit(DANA, "status: draft", "status: sent")
    again = program(vault, "letter", "draft", "acme", today="2026-11-26")
    assert f"kept {DANA}: sent already" in again.out
    assert again.code == 0


def test_all_letters_of_one_call_are_undone_together(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    program(vault, "letter", "draft", "acme")
    assert {DANA, TOM} <= set(vault.bytes())
    assert program(vault, "undo").code == 0
    assert set(vault.bytes()) == set(before)


def test_a_dry_run_shows_the_texts_and_writes_nothing(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    found = program(vault, "letter", "draft", "acme", "--dry-run")
    assert f"would write {DANA} · 2 gaps to fill" in found.out
    assert "Dear Dana,\n" in found.out
    assert vault.bytes() == before


def test_paths_alone_are_printed(vault: SmallVault, program: Program) -> None:
    found = program(vault, "letter", "draft", "acme", "--print-path")
    assert found.out.splitlines() == [str(vault.root / DANA), str(vault.root / TOM)]
    assert "SRE, beard" in found.err
    again = program(vault, "letter", "draft", "acme", "--print-path")
    assert again.out == ""
    assert f"kept {DANA}" in again.err


def test_one_person_by_the_first_name(vault: SmallVault, program: Program) -> None:
    found = program(vault, "letter", "draft", "--to", "tom", "--no-edit")
    assert "Tom Ito" in found.out
    assert not (vault.root / DANA).exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ("acme", "--to", "Dnaa"),
            1,
            "Nobody called “Dnaa” is in Debriefs/2026-11-23 Acme panel.md. Did you mean “Dana”?",
        ),
        (("acme", "--to", "Xerxes"), 1, "There are: Dana Reyes, Tom Ito."),
        (("acme", "--kind", "thank-yuo"), 2, "There is no kind of letter “thank-yuo”. Did you mean “thank-you”?"),
        (("acme", "--kind", "concern"), 1, "has no open concern to write about"),
        (("acne corp",), 1, "means no note here"),
        (("People/Dana Reyes.md",), 1, "People/Dana Reyes.md is no debrief"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    vault: SmallVault, program: Program, arguments: tuple[str, ...], code: int, said: str
) -> None:
    before = vault.bytes()
    found = program(vault, "letter", "draft", *arguments)
    assert found.code == code
    assert said in found.err
    assert vault.bytes() == before


def test_a_debrief_that_names_nobody_says_so(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/2026-11-24 Birch chat.md", debrief("Birch", "2026-11-24", "chat"))
    vault.write(
        "Debriefs/2026-11-24 Corvo panel.md", debrief("Corvo", "2026-11-24", body="## People met\n\n### ?, SRE\n")
    )
    assert "names nobody to write to" in program(vault, "letter", "draft", "birch").err
    assert "names nobody (SRE), and a letter needs a name" in program(vault, "letter", "draft", "corvo").err


def test_of_several_companies_one_is_named(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/2026-11-24 Acorn panel.md", debrief("Acorn", "2026-11-24", body=BODY))
    found = program(vault, "letter", "draft", "ac")
    assert found.code == 1
    assert "could be any of these" in found.err


def test_the_editor_opens_each_draft(vault: SmallVault) -> None:
    arguments = ("letter", "draft", "acme", "--vault", str(vault.root), "--today", "2026-11-25")
    editor = vault.write("editor.sh", '#!/bin/sh\necho "opened $1"\n')
    editor.chmod(0o755)
    terminal = Terminal(*arguments, columns=200, environ={"JOBVAULT_EDITOR": str(editor)})
    assert terminal.end() == 0
    assert f"opened {vault.root / DANA}" in terminal.text
    assert f"opened {vault.root / TOM}" in terminal.text
