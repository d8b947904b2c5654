"""What Tab offers for a letter, and whom the person at the terminal chooses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jobvault.cli.main import run
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, debrief, make_vault

LETTER = '---\ntype: letter\nto: {}\ndebrief: "[[2026-11-20 Acme panel]]"\nsubject: The half-cent\nstatus: {}\n---\n\nHello\n'


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            "Debriefs/2026-11-20 Acme panel.md": debrief(front="people: [Dana Reyes, Tom Iyer]\n"),
            "Letters/1 Old.md": LETTER.format("Dana Reyes", "sent"),
            "Letters/2 Dana.md": LETTER.format("Dana Reyes", "draft"),
            "Letters/3 Tom.md": LETTER.format("Tom Iyer", "draft"),
        },
    )


@pytest.mark.parametrize("command", ["eml", "sent"])
def test_tab_offers_the_letters_those_that_are_not_sent_first(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setenv("JOBVAULT_DIR", str(vault.root))
    monkeypatch.setenv("_JOBVAULT_COMPLETE", "fish_complete")
    offered = {}
    for line in ("", "2\\ Dana "):
        monkeypatch.setenv("COMP_LINE", f"jobvault letter {command} {line}")
        with pytest.raises(SystemExit):
            run([])
        offered[line] = [row.split("\t") for row in capsys.readouterr().out.splitlines()[1:]]
    assert offered[""] == [
        ["2 Dana", "Dana Reyes · Acme · The half-cent"],
        ["3 Tom", "Tom Iyer · Acme · The half-cent"],
        ["1 Old", "Dana Reyes · Acme · The half-cent"],
    ]
    assert offered["2\\ Dana "] == [], "one letter is enough"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_somebody_at_the_terminal_is_asked_which_of_several_it_is(vault: SmallVault) -> None:
    terminal = Terminal("letter", "sent", "acme", "--vault", str(vault.root), "--today", "2026-11-25")
    terminal.expect("Which one (1-2)")
    terminal.type("2")
    assert terminal.end() == 0
    assert "Sent: Tom Iyer, Acme" in terminal.text
    assert "status: sent" in vault.read("Letters/3 Tom.md")
    assert "status: draft" in vault.read("Letters/2 Dana.md")
