"""``jobvault set``: which note, what it says, exit codes, what is asked and offered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jobvault.vault.places import set_default_vault
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, block, debrief, jobvault, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-21 Birch.md"
LIST = "Summaries/Interviews.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    front = 'people:\n  - "[[Dana Reyes]]"\nfelt: 2 # 1 bad\n'
    vault = make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(front=front),
            BIRCH: debrief("Birch", "2026-11-21", front=front),
            LIST: f"# Interviews\n\n{block('interviews')}",
        },
    )
    vault.summarize()
    return vault


def test_sets_says_so_and_brings_the_summaries_up_to_date(vault: SmallVault) -> None:
    done = vault.run("set", "acme", "outcome", "no", "reply")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Set outcome to no-reply · {ACME}:6\n"
    assert "felt: 2 # 1 bad\n" in vault.read(ACME)
    assert "no reply" in vault.read(LIST)
    assert not vault.open().summarize().changes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("felt", "4"), f"Set felt to 4 · {ACME}:9"),
        (("felt", ""), f"Emptied felt · {ACME}:9"),
        (("felt", "--unset"), f"Removed felt · {ACME}"),
        (("forecast", "--unset"), f"There is no forecast in {ACME}."),
        (("felt", "2"), f"felt is 2 already ({ACME}:9)"),
        (("people", "dana reyes", "--append"), f"people has that already: [[Dana Reyes]] ({ACME}:7)"),
        (("people", "Tom Ode", "--append"), f"Set people to [[Dana Reyes]]; [[Tom Ode]] · {ACME}:7"),
        (("pay", "--", "-5"), f"Set pay to -5 · {ACME}:10"),
        (("heerd", "x", "--own"), f"Set heerd to x · {ACME}:10"),
        (("type", "debreif", "--own"), f"Set type to debreif · {ACME}:2"),
        (("felt", "4", "--dry-run"), f"{ACME}:9\n- felt: 2 # 1 bad\n+ felt: 4 # 1 bad"),
        (("felt", "--unset", "--dry-run"), f"{ACME}:9\n- felt: 2 # 1 bad\n+ # 1 bad"),
        (("tags", "a", "b", "--dry-run"), f"{ACME}:7\n+ tags:\n+   - a\n+   - b"),
    ],
)
def test_what_it_says(vault: SmallVault, program: Program, words: tuple[str, ...], said: str) -> None:
    before = vault.bytes()
    done = program(vault, "set", "acme panel", *words)
    assert (done.code, done.out, done.err) == (0, f"{said}\n", "")
    unchanged = "--dry-run" in words or "already" in said or "no forecast" in said
    assert (vault.bytes() == before) == unchanged


def test_json(vault: SmallVault, program: Program) -> None:
    answer = program(vault, "set", "acme", "heard", "yesterday", "--json").json
    item = {"property": "heard", "path": ACME, "line": 7, "old": None, "new": "2026-11-24", "changed": True}
    assert answer == {"set": [item]}
    answer = program(vault, "set", "acme", "heard", "--unset", "--json").json
    assert answer == {"set": [item | {"line": None, "old": "2026-11-24", "new": None}]}


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("acme", "felt"), 2, "Say what to set it to."),
        (("acme", "felt", "3", "--unset"), 2, "takes no VALUE"),
        (("acme", "felt", "--append", "--unset"), 2, "exclude each other"),
        (("acme", "felt", "9"), 2, "felt: “9” is no whole number from 1 to 5."),
        (("acme", "heerd", "x"), 2, "Did you mean “heard”? Say --own"),
        (("acme", "type", "debreif"), 2, "Did you mean “debrief”?"),
        (("acme", "felt", "3", "--append"), 2, "holds one value"),
        (("acme", "mine", "caf\udce9"), 2, "no text in UTF-8"),
        (("nobody", "felt", "3"), 1, "“nobody” means no note here."),
        (("", "felt", "3"), 1, "means no note here"),
        (("2026", "felt", "3"), 1, "Nothing was changed. Say more"),
        (("acme",), 2, "PROPERTY"),
    ],
)
def test_what_is_refused(vault: SmallVault, program: Program, words: tuple[str, ...], code: int, why: str) -> None:
    before = vault.bytes()
    refused = program(vault, "set", *words)
    assert (refused.code, refused.out) == (code, "")
    assert why in refused.err
    assert vault.bytes() == before


# --- which note -------------------------------------------------------------------------------------------------------


def test_a_note_is_named_by_its_file_from_anywhere(vault: SmallVault, tmp_path: Path) -> None:
    """The vault is the one that the note lies in, not the default one, nor that of the working folder."""
    other = make_vault(tmp_path / "other", {ACME: debrief(front="felt: 1\n")})
    set_default_vault(other.root)
    there = other.bytes()
    for named, cwd in (("2026-11-20 Acme panel", vault.root / "Debriefs"), (str(vault.root / ACME), other.root)):
        done = jobvault("set", named, "outcome", "offer" if cwd == other.root else "advanced", cwd=cwd)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith(f"{ACME}:6\n")
    assert "outcome: offer\n" in vault.read(ACME)
    assert "offer" in vault.read(LIST)
    assert other.bytes() == there


def test_a_named_vault_is_the_only_one_that_is_looked_in(vault: SmallVault, program: Program, tmp_path: Path) -> None:
    place = tmp_path / "a.md"
    place.write_text("---\nx: 1\n---\n")
    refused = program(vault, "set", str(place), "x", "2")
    assert (refused.code, place.read_text()) == (1, "---\nx: 1\n---\n")
    assert program(vault, "set", str(vault.root / ACME), "felt", "3").code == 0


def test_a_note_in_no_vault(tmp_path: Path) -> None:
    folder = SmallVault(tmp_path / "my notes")
    folder.write("a.md", "---\r\ntopic: x # c\r\n---\r\ncaf\udce9")
    folder.write("b.md", "b")
    done = jobvault("set", "a", "topic", "y", cwd=folder.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (f"Set topic to y · a.md:2\nTake it back with `jobvault undo --vault '{folder.root}'`.\n")
    assert folder.read("a.md") == "---\r\ntopic: y # c\r\n---\r\ncaf\udce9"
    assert sorted(os.listdir(folder.root)) == ["a.md", "b.md"]
    again = jobvault("set", "a", "topic", "y", cwd=folder.root)
    assert again.stdout == "topic is y already (a.md:2)\n"


def test_what_is_said_to_take_it_back_does_so(tmp_path: Path) -> None:
    folder = SmallVault(tmp_path / "notes")
    folder.write("a.md", "---\ntopic: x\n---\n")
    assert jobvault("set", "a.md", "topic", "y", cwd=folder.root).returncode == 0
    undone = jobvault("undo", "--vault", str(folder.root), "--no-input")
    assert (undone.returncode, folder.read("a.md")) == (0, "---\ntopic: x\n---\n"), undone.stderr


def test_no_file_and_no_vault(tmp_path: Path) -> None:
    refused = jobvault("set", "acme", "felt", "3", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "jobvault: There is no note acme here, and no vault to look for it. Name its file.\n"
    (tmp_path / "a.txt").write_text("x")
    refused = jobvault("set", "a.txt", "felt", "3", cwd=tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "its name does not end in .md" in refused.stderr


def test_hidden_notes_and_templates_are_refused(vault: SmallVault, program: Program) -> None:
    vault.write(".trash/a.md", "---\nx: 1\n---\n")
    vault.write("Templates/t.md", "---\ntype: debrief\ndate: '{{date}}'\n---\n")
    before = vault.bytes()
    for path, why in ((".trash/a.md", "hidden"), ("Templates/t.md", "template")):
        refused = program(vault, "set", str(vault.root / path), "x", "2")
        assert refused.code == 1
        assert why in refused.err
    assert vault.bytes() == before


# --- at a terminal ----------------------------------------------------------------------------------------------------

terminals = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")


@terminals
@pytest.mark.parametrize(("answer", "line"), [("", "heard: 2026-11-24\n"), ("n", "heerd: yesterday\n")])
def test_a_slip_is_asked_about(vault: SmallVault, answer: str, line: str) -> None:
    terminal = Terminal("set", "acme", "heerd", "yesterday", "--vault", str(vault.root), "--today", "2026-11-25")
    terminal.expect("Did you mean “heard”? [Y/n]")
    terminal.type(answer)
    assert terminal.end() == 0
    assert line in vault.read(ACME)


@terminals
def test_of_several_notes_one_is_chosen(vault: SmallVault) -> None:
    terminal = Terminal("set", "2026", "felt", "5", "--vault", str(vault.root), "--today", "2026-11-25")
    terminal.expect("Which one (1-2)")
    terminal.type("2")
    assert terminal.end() == 0
    assert "felt: 5" in vault.read(ACME) + vault.read(BIRCH)


# --- completion -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "some", "none"),
    [
        ("set ", ("Acme", "Birch", "Dana Reyes"), ()),
        ("set acme ", ("felt", "outcome", "hear_by", "mine own"), ("link", "pay")),
        ("set acme outcome ", ("advanced", "no-reply"), ("accepted",)),
        ("set job outcome ", ("accepted", "open"), ("advanced",)),
        ("set acme heard ", ("today", "yesterday"), ("tomorrow",)),
        ("set acme hear_by ", ("tomorrow",), ("yesterday",)),
        ("set acme people ", ("Dana Reyes",), ()),
        ("set acme round ", ("panel", "technical"), ()),
        ("set acme felt ", ("1", "5"), ("6",)),
        ("set acme company ", ("Birch",), ()),
        ("set acme type ", ("debrief", "letter"), ()),
        ("set nobody ", ("felt",), ()),
    ],
)
def test_what_is_offered(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str,
    some: tuple[str, ...], none: tuple[str, ...],
) -> None:  # fmt: skip
    from jobvault.cli.main import run

    vault.edit(ACME, "felt: 2", "mine own: 1\nfelt: 2")
    vault.write("Applications/Job.md", "---\ntype: application\ncompany: Acme\n---\n")
    monkeypatch.chdir(vault.root)
    monkeypatch.setenv("_JOBVAULT_COMPLETE", "fish_complete")
    monkeypatch.setenv("COMP_LINE", f"jobvault {line}")
    capsys.readouterr()
    with pytest.raises(SystemExit):
        run([])
    offered = {row.partition("\t")[0] for row in capsys.readouterr().out.splitlines()}
    assert set(some) <= offered, offered
    assert not set(none) & offered


def test_a_path_is_completed_as_files(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from jobvault.cli.main import run

    monkeypatch.chdir(vault.root)
    monkeypatch.setenv("_JOBVAULT_COMPLETE", "fish_complete")
    monkeypatch.setenv("COMP_LINE", "jobvault set ./Deb")
    capsys.readouterr()
    with pytest.raises(SystemExit):
        run([])
    assert capsys.readouterr().out.splitlines() == ["files"]


# What was probably meant


@pytest.mark.parametrize("words", [("feltt", "2"), ("fellt", "2"), ("flt", "2"), ("tiem", "9:00"), ("dat", "fri")])
def test_a_slip_in_a_short_name_is_not_written(vault: SmallVault, program: Program, words: tuple[str, str]) -> None:
    before = vault.bytes()
    refused = program(vault, "set", "acme", *words, "--no-input")
    assert refused.code == 2
    assert "Did you mean “" in refused.err
    assert vault.bytes() == before
    assert program(vault, "set", "acme", *words, "--own").code == 0
    assert program(vault, "set", "acme", words[0], "3").code == 0, "it is the note's own now"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("acme", "round", "techncal"), "“techncal” is a round that is new here. Did you mean “technical”?"),
        (("acme", "company", "Brich"), "“Brich” is a company that is new here. Did you mean “Birch”?"),
        (("acme", "company", "Brich", "--dry-run"), "Did you mean “Birch”?"),
        (("acme", "company", "Acmee"), ""),
        (("acme", "company", "birch"), ""),
        (("acme", "round", "technical"), ""),
        (("acme", "round", "dinner"), ""),
        (("acme", "company", "Brich", "--own"), ""),
        (("acme", "mine", "Brich"), ""),
    ],
)
def test_a_company_or_round_that_is_nearly_a_known_one_is_written_with_a_hint(
    vault: SmallVault, program: Program, words: tuple[str, ...], said: str
) -> None:
    done = program(vault, "set", *words)
    assert done.code == 0
    assert said in done.err
    assert bool(done.err) is bool(said)


def test_nothing_to_append_is_not_said_to_be_there(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    refused = program(vault, "set", "acme", "mine", "", "--append")
    assert (refused.code, refused.out) == (2, "")
    assert "nothing to add" in refused.err
    assert vault.bytes() == before


def test_a_value_of_two_lines_is_said_in_one(vault: SmallVault, program: Program) -> None:
    done = program(vault, "set", "acme", "mine", "one\ntwo")
    assert done.out == f"Set mine to one two · {ACME}:10\n"


def test_a_file_that_is_not_there_is_called_that(vault: SmallVault, program: Program) -> None:
    refused = program(vault, "set", "nofile.md", "a", "b")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == f"jobvault: There is no file nofile.md here, and no note of that name in {vault.root}.\n"


# Which file is none that is written


def test_a_note_in_a_hidden_folder_outside_of_a_vault_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\na: 1\n---\n"
    for place in (".obsidian/x.md", ".local/notes/x.md"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text(text)
    (tmp_path / "by-link").symlink_to(tmp_path / ".obsidian")
    monkeypatch.chdir(tmp_path)
    for said in (".obsidian/x.md", ".obsidian/x", "by-link/x.md", str(tmp_path / ".obsidian" / "x.md")):
        done = jobvault("set", said, "a", "2", "--no-input", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, ""), said
        assert ".obsidian/x.md: it is in a hidden folder, where jobvault does not write." in done.stderr
    assert (tmp_path / ".obsidian/x.md").read_text() == text
    assert jobvault("set", ".local/notes/x.md", "a", "2", "--no-input", cwd=tmp_path).returncode == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes in folders")
def test_a_pipe_and_a_link_in_a_circle_were_said_not_to_be_there(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "circle.md").symlink_to("circle.md")
    (tmp_path / "folder.md").mkdir()
    for said, why in (
        ("pipe.md", "it is no regular file."),
        ("./pipe", "it is no regular file."),
        ("folder.md", "it is no regular file."),
        ("circle.md", "it is a link that leads nowhere, or in a circle."),
    ):
        done = jobvault("set", said, "a", "2", "--no-input", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"jobvault: {said}: {why} Nothing was written.\n"


@pytest.mark.parametrize(
    "arguments",
    [("init", "~nobody-is-called-so/x"), ("demo", "~nobody-is-called-so/y"), ("conflicts", "~nobody-is-called-so/x"),
     ("set", "~nobody-is-called-so/x.md", "a", "b")],
)  # fmt: skip
def test_a_path_of_a_user_that_does_not_exist_made_the_program_fail(
    vault: SmallVault, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    place = tmp_path / "elsewhere" if arguments[0] in ("init", "demo") else vault.root
    place.mkdir(exist_ok=True)
    done = jobvault(*arguments, "--no-input", cwd=place)
    assert "something went wrong" not in done.stderr
    if arguments[0] in ("init", "demo"):
        assert (done.returncode, done.stderr) == (0, "")
        assert (place / arguments[1] / "jobvault.yaml").is_file()
    else:
        assert done.returncode == 1
        assert arguments[1] in done.stderr
