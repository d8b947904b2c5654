"""``jobvault init``: what it says, and the default vault."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from jobvault.vault.places import default_vault, set_default_vault
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, jobvault, make_vault
from tests.sync.clones import environment, needs_git

ENGLISH = {"LC_ALL": "C.UTF-8"}
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
    assert f"{tmp_path / 'beside'} is now a vault." in program(None, "init", "../beside/.").out
    for name in ("home/jobs", "there", "here", "beside"):
        assert (tmp_path / name / "jobvault.yaml").is_file()


def test_what_comes_next_is_for_the_new_vault_also_from_within_another(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = make_vault(tmp_path / "old")
    monkeypatch.chdir(old.root)
    new = SmallVault(tmp_path / "a new one")
    assert f"Next: `jobvault new COMPANY{new.where}` lays" in program(None, "init", str(new.root)).out
    assert program(None, *shlex.split(f"new Acme --print-path{new.where}")).out.startswith(str(new.root))


def test_two_folders_are_one_too_many(tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = program(None, "init", ".", "--vault", "a")
    assert (refused.code, refused.out) == (2, "")
    assert "Which folder is to be made a vault: ., or a as --vault says?" in refused.err
    assert not list(tmp_path.iterdir())
    assert program(None, "init", "a/../b", "--vault", str(tmp_path / "b")).code == 0
    assert (tmp_path / "b" / "jobvault.yaml").is_file()


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
    terminal = Terminal("init", "vault", cwd=tmp_path, environ=ENGLISH)
    terminal.expect("Use it wherever no vault is named? [Y/n]:")
    terminal.type(answer)
    assert terminal.end() == 0
    assert default_vault() == (tmp_path / "vault" if default else None)


@needs_terminal
def test_another_default_vault_is_only_replaced_when_told_to(tmp_path: Path) -> None:
    set_default_vault(tmp_path / "first")
    terminal = Terminal("init", "vault", cwd=tmp_path, columns=500, environ=ENGLISH)
    terminal.expect(f"Use it wherever no vault is named instead of {tmp_path / 'first'}? [y/N]:")
    terminal.type("")
    assert terminal.end() == 0
    assert default_vault() == tmp_path / "first"


@needs_terminal
@pytest.mark.parametrize("words", [("--no-input",), ("--no-default",), ("--default",)])
def test_nothing_is_asked_where_it_was_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    terminal = Terminal("init", "vault", *words, cwd=tmp_path, environ=ENGLISH)
    assert terminal.end() == 0
    assert "Use it" not in terminal.text
    assert (default_vault() is not None) == ("--default" in words)


# --- a language ------------------------------------------------------------------------------------------------------


def test_a_language_is_taken_by_name_and_refused_where_a_vault_has_another(tmp_path: Path) -> None:
    assert jobvault("init", "vault", "--language", "deutsch", cwd=tmp_path).returncode == 0
    assert "\nlanguage: de\n" in (tmp_path / "vault/jobvault.yaml").read_text(encoding="utf-8")
    again = jobvault("init", "vault", "--language", "en", cwd=tmp_path)
    assert again.returncode == 2
    assert again.stderr.endswith("To change it, write `language: en` into its jobvault.yaml.\n")
    unknown = jobvault("init", "other", "--language", "klingon", cwd=tmp_path)
    assert unknown.returncode == 2
    assert "There are: de (Deutsch), en (English)" in unknown.stderr
    assert not (tmp_path / "other").exists()


def test_without_a_language_it_is_english_whatever_the_computer_is_set_to(tmp_path: Path) -> None:
    jobvault("init", "vault", cwd=tmp_path, environ={"LC_ALL": "de_DE.UTF-8"})
    assert (tmp_path / "vault/Summaries/Takeaways.md").is_file()


@needs_terminal
@pytest.mark.parametrize(("answer", "language"), [("", "de"), ("y", "de"), ("n", "en")])
def test_a_person_is_asked_whether_their_computers_language_is_meant(
    tmp_path: Path, answer: str, language: str
) -> None:
    terminal = Terminal("init", "vault", "--no-default", cwd=tmp_path, environ={"LC_ALL": "de_AT.UTF-8"}, columns=200)
    terminal.expect("Your computer is set to Deutsch. Write the vault's notes in it? [Y/n]:")
    terminal.type(answer)
    assert terminal.end() == 0
    assert SmallVault(tmp_path / "vault").open().settings.language == language


@needs_terminal
@pytest.mark.parametrize("locale", ["en_GB.UTF-8", "C", "xx_XX.UTF-8"])
def test_nobody_is_asked_where_there_is_nothing_to_choose(tmp_path: Path, locale: str) -> None:
    terminal = Terminal("init", "vault", "--no-default", cwd=tmp_path, environ={"LC_ALL": locale})
    assert terminal.end() == 0
    assert "Your computer" not in terminal.text


# --- templates and Obsidian ------------------------------------------------------------------------------------------


def test_templates_are_copied_once_and_kept(tmp_path: Path, program: Program) -> None:
    root = str(tmp_path / "vault")
    program(None, "init", root)
    shown = program(None, "init", root, "--templates", "--dry-run")
    assert "would make Templates/jobvault/views/takeaways.md.j2\n" in shown.out
    assert not (tmp_path / "vault/Templates").exists()
    made = program(None, "init", root, "--templates")
    assert made.out.replace("made ", "would make ").startswith(shown.out.split("\n/")[0])
    assert made.out.endswith("delete the others: those stay as jobvault has them.\n")
    again = program(None, "init", root, "--templates")
    assert "made" not in again.out
    assert "kept Templates/jobvault/views/takeaways.md.j2\n" in again.out


def test_obsidian_gets_templates_and_bases_and_the_person_what_to_do(tmp_path: Path, program: Program) -> None:
    root = str(tmp_path / "vault")
    made = program(None, "init", root, "--obsidian")
    assert made.code == 0
    for name in ("Templates/Debrief.md", "Templates/Debrief (Templater).md", "Summaries/Interviews.base"):
        assert f"made {name}\n" in made.out
    assert "settings of Templates (a core plugin), choose “Templates” as the template folder.\n" in made.out
    assert "--property-types" not in made.out
    (tmp_path / "vault/.obsidian").mkdir()
    (tmp_path / "vault/.obsidian/templates.json").write_text('{"folder": "Templates"}')
    again = program(None, "init", root, "--obsidian")
    assert "a core plugin" not in again.out
    assert "kept Templates/Debrief.md\n" in again.out
    assert "add --property-types.\n" in again.out
    assert os.listdir(tmp_path / "vault/.obsidian") == ["templates.json"]


def test_property_types_are_shown_then_added_then_known(tmp_path: Path, program: Program) -> None:
    root, types = str(tmp_path / "vault"), tmp_path / "vault/.obsidian/types.json"
    types.parent.mkdir(parents=True)
    types.write_text('{"types": {"felt": "text"}}')
    shown = program(None, "init", root, "--property-types", "--dry-run")
    assert (shown.code, types.read_text()) == (0, '{"types": {"felt": "text"}}')
    assert "would add to .obsidian/types.json as date: date, hear_by, heard, " in shown.out
    added = program(None, "init", root, "--property-types")
    assert "added to .obsidian/types.json as number: forecast\n" in added.out
    assert "added to .obsidian/types.json as multitext: people\n" in added.out
    assert "Restart Obsidian" in added.out
    assert '"felt": "text", "date": "date"' in types.read_text()
    assert "knows the property types already" in program(None, "init", root, "--property-types").out
    assert "--property-types" not in program(None, "init", root, "--obsidian").out


def test_property_types_without_obsidian_are_refused_and_without_asking_never_added(
    tmp_path: Path, program: Program
) -> None:
    refused = program(None, "init", str(tmp_path / "vault"), "--property-types")
    assert refused.code == 1
    assert "no .obsidian folder. Open it in Obsidian once, then run this again." in refused.err
    broken = tmp_path / "vault/.obsidian/types.json"
    broken.parent.mkdir()
    broken.write_text("{")
    told = program(None, "init", str(tmp_path / "vault"), "--obsidian")
    assert (told.code, "types.json is not what Obsidian writes" in told.err) == (0, True)
    assert program(None, "init", str(tmp_path / "vault"), "--obsidian", "--no-property-types").err == ""
    assert program(None, "init", str(tmp_path / "vault"), "--property-types").code == 1
    assert broken.read_text() == "{"


@needs_terminal
@pytest.mark.parametrize(("answer", "written"), [("", False), ("y", True)])
def test_a_person_is_asked_for_property_types(tmp_path: Path, answer: str, written: bool) -> None:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    terminal = Terminal("init", "vault", "--obsidian", "--no-default", cwd=tmp_path, environ=ENGLISH, columns=200)
    terminal.expect("(.obsidian/types.json)? Yours stay. [y/N]:")
    terminal.type(answer)
    assert terminal.end() == 0
    assert (tmp_path / "vault/.obsidian/types.json").exists() == written


# --- sync ------------------------------------------------------------------------------------------------------------


@needs_git
def test_git_is_prepared_with_what_each_thing_is_for(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    root = tmp_path / "vault"
    refused = program(None, "init", str(root), "--git")
    assert (refused.code, root.exists()) == (1, False)
    assert refused.err.endswith("lies in no git repository. Make it one with `git init`, then run this again.\n")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    shown = program(None, "init", str(root), "--git", "--dry-run")
    assert "would add to .gitattributes: /Summaries/*.md merge=jobvault\n  two computers that both" in shown.out
    assert "would make .git/hooks/post-merge\n" in shown.out
    assert sorted(path.name for path in root.iterdir()) == [".git"]
    made = program(None, "init", str(root), "--git")
    assert made.code == 0
    assert "made .git/hooks/post-rewrite\n  after a rebase it brings the summaries up to date;" in made.out
    assert "Commit .gitattributes and .gitignore." in made.out
    again = program(None, "init", str(root), "--git")
    assert "kept .git/hooks/post-merge\n" in again.out
    assert "Commit" not in again.out
    (root / ".git/hooks/post-merge").write_text("#!/bin/sh\n")
    told = program(None, "init", str(root), "--git")
    assert "left alone .git/hooks/post-merge: there is a hook of yours already, which stays as it is. " in told.out
    assert "\n  ( command -v jobvault >/dev/null && jobvault summarize --after-merge " in told.out


def test_syncthing_is_told_what_to_leave_out(tmp_path: Path, program: Program) -> None:
    root = tmp_path / "vault"
    shown = program(None, "init", str(root), "--syncthing", "--dry-run")
    assert "would add to .stignore: /.git\n" in shown.out
    assert not root.exists()
    made = program(None, "init", str(root), "--syncthing")
    assert "added to .stignore: /.trash\n  what you deleted in Obsidian\n" in made.out
    assert "Syncthing does not sync .stignore" in made.out
    before = (root / ".stignore").read_bytes()
    assert "kept .stignore: /.git\n" in program(None, "init", str(root), "--syncthing").out
    assert (root / ".stignore").read_bytes() == before
