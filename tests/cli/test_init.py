"""``jobvault init``: what it says, and the default vault."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jobvault.vault.places import default_vault, set_default_vault
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, jobvault

needs_terminal = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")


def test_it_says_what_it_made_and_what_comes_next(tmp_path: Path) -> None:
    made = jobvault("init", "vault", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.splitlines() == [
        "made Debriefs/", "made Summaries/", "made jobvault.yaml", "made Summaries/Takeaways.md", "made Summaries/Follow-ups.md",
        "made Summaries/Interviews.md", f"{tmp_path / 'vault'} is now a vault.",
        "Next: `jobvault new COMPANY` lays down the first debrief.",
    ]  # fmt: skip
    again = jobvault("init", "vault", cwd=tmp_path)
    assert again.stdout == f"{tmp_path / 'vault'} is a vault.\n"
    assert default_vault() is None


def test_the_folder_may_be_named_in_every_way(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "here").mkdir()
    assert program(None, "init", "~/jobs").code == 0
    assert program(SmallVault(tmp_path / "there"), "init").code == 0
    monkeypatch.chdir(tmp_path / "here")
    assert program(None, "init").code == 0
    assert program(None, "init", "../beside/.").out.count(str(tmp_path / "beside")) == 1
    for name in ("home/jobs", "there", "here", "beside"):
        assert (tmp_path / name / "jobvault.yaml").is_file()


def test_dry_run_makes_nothing(tmp_path: Path, program: Program) -> None:
    shown = program(None, "init", str(tmp_path / "vault"), "--dry-run", "--default")
    assert shown.code == 0
    assert "would make jobvault.yaml\n" in shown.out
    assert shown.out.endswith("would be a vault.\n")
    assert not (tmp_path / "vault").exists()
    assert default_vault() is None


def test_default_makes_it_the_vault_that_is_found(tmp_path: Path) -> None:
    made = jobvault("init", "vault", "--default", cwd=tmp_path)
    assert "It is the default vault now.\n" in made.stdout
    assert default_vault() == tmp_path / "vault"
    elsewhere = jobvault("show", "takeaways", cwd=tmp_path)
    assert elsewhere.returncode == 0
    assert "No takeaways yet" in elsewhere.stdout


def test_a_default_that_cannot_be_kept_is_said(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device", "default-vault")

    monkeypatch.setattr("jobvault.vault.places.set_default_vault", full)
    said = program(None, "init", str(tmp_path / "vault"), "--default")
    assert said.code == 1
    assert "could not be made the default vault: No space left on device (default-vault)" in said.err


@needs_terminal
@pytest.mark.parametrize(("answer", "default"), [("", True), ("y", True), ("n", False)])
def test_it_offers_to_be_the_default_vault(tmp_path: Path, answer: str, default: bool) -> None:
    terminal = Terminal("init", "vault", cwd=tmp_path)
    terminal.expect("Use it wherever no vault is named? [Y/n]:")
    terminal.type(answer)
    assert terminal.end() == 0
    assert default_vault() == (tmp_path / "vault" if default else None)


@needs_terminal
def test_another_default_vault_is_only_replaced_when_told_to(tmp_path: Path) -> None:
    set_default_vault(tmp_path / "first")
    terminal = Terminal("init", "vault", cwd=tmp_path, columns=500)
    terminal.expect(f"Use it wherever no vault is named instead of {tmp_path / 'first'}? [y/N]:")
    terminal.type("")
    assert terminal.end() == 0
    assert default_vault() == tmp_path / "first"


@needs_terminal
@pytest.mark.parametrize("words", [("--no-input",), ("--no-default",), ("--default",)])
def test_nothing_is_asked_where_it_was_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    terminal = Terminal("init", "vault", *words, cwd=tmp_path)
    assert terminal.end() == 0
    assert "Use it" not in terminal.text
    assert (default_vault() is not None) == ("--default" in words)
