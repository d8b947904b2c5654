"""Commands that are shown to be run next: they lead to the vault that ``--vault`` named, from wherever they are run."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from jobvault.cli.runnable import led_back, quoted
from jobvault.cli.session import Session
from tests.cli.conftest import Program
from tests.small_vault import block, debrief, make_vault

WHERE = " --vault 'my vault'"


@pytest.mark.parametrize(
    ("said", "led"),
    [
        ("See `jobvault conflicts`.", "See `jobvault conflicts --vault 'my vault'`."),
        ("`jobvault undo` or `jobvault check`", "`jobvault undo --vault 'my vault'` or `jobvault check --vault 'my vault'`"),
        ("`jobvault undo a1 --vault x`", "`jobvault undo a1 --vault x`"),
        ("`jobvault done cv` (7f3) was taken back", "`jobvault done cv` (7f3) was taken back"),
        ("`type: debrief`, jobvault conflicts", "`type: debrief`, jobvault conflicts"),
    ],
)  # fmt: skip
def test_commands_in_backticks_find_the_vault(said: str, led: str) -> None:
    assert led_back(said, WHERE) == led
    assert led_back(said, "") == said


def test_a_vault_that_is_found_by_itself_is_not_named() -> None:
    assert Session().runnable("jobvault undo") == "jobvault undo"
    assert Session(vault_path=Path("my vault")).runnable("jobvault undo") == f"jobvault undo{WHERE}"


@pytest.mark.parametrize("text", ["Acme", "A & B", 'The "Firm"', "Ca$h", "back`tick", "a\\b", "!hey", "it's"])
def test_names_stay_what_they_are_in_a_shell(text: str) -> None:
    assert shlex.split(quoted(text)) == [text]


def test_what_check_and_summarize_tell_to_run_names_the_vault_too(tmp_path: Path, program: Program) -> None:
    notes = {"Debriefs/2026-11-20 Acme.md": debrief(), "All.md": block("follow-ups")}
    vault = make_vault(tmp_path / "my vault", notes)
    copy = "Debriefs/2026-11-20 Acme.sync-conflict-20261125-101500-ABCDEFG.md"
    vault.write(copy, debrief(takeaways="- Draw first\n"))
    assert f"`jobvault conflicts{vault.where}`" in program(vault, "check").out
    none = make_vault(tmp_path / "no block", {})
    assert f"`jobvault init{none.where}`" in program(none, "summarize").out


@pytest.mark.parametrize("words", [("set", "n.md", "a", "2"), ("set", "n", "a", "2")])
def test_a_note_in_another_vault_than_the_one_here_gets_commands_for_that(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    here, other = make_vault(tmp_path / "here"), make_vault(tmp_path / "other", {"n.md": "---\na: 1\n---\n"})
    copy = "n.sync-conflict-20261125-101500-ABCDEFG.md"
    other.write(copy, "---\na: 3\n---\n")
    monkeypatch.chdir(here.root)
    refused = program(None, words[0], f"../other/{copy}", *words[2:])
    assert f"`jobvault conflicts{other.where}`" in refused.err
    assert "--vault" not in program(None, words[0], f"../other/{words[1]}", *words[2:]).err
