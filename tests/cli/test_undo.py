"""``jobvault undo``: what it says, what it lists, and that what it tells to copy works."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from jobvault.cli.command_words import command_words
from jobvault.vault.replacing.temps import temp_beside
from jobvault.vault.undo.store import open_undo
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.cli.test_candidates import Offered
from tests.cli.test_candidates import offered as offered  # noqa: PLC0414 - the fixture is used by its name
from tests.cli.test_schemas import complaints
from tests.small_vault import REPOSITORY, SmallVault, block, debrief, jobvault, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
LIST = "Summaries/Follow-ups.md"
MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    tasks = "- [ ] Send the portfolio 📅 2026-11-27\n- [ ] Send the CV\n"
    vault = make_vault(
        tmp_path / "vault", {ACME: debrief(follow_ups=tasks), LIST: f"# Follow-ups\n\n{block('follow-ups')}"}
    )
    vault.summarize()
    return vault


def contents(vault: SmallVault) -> dict[str, bytes]:
    return {path: data for path, (data, _) in vault.bytes().items()}


# --- taking back ------------------------------------------------------------------------------------------------------


def test_it_takes_back_says_so_and_how_to_have_it_again(vault: SmallVault) -> None:
    before = contents(vault)
    vault.run("done", "portfolio")
    after = contents(vault)
    undone = vault.run("undo")
    assert (undone.returncode, undone.stderr) == (0, "")
    where = shlex.quote(str(vault.root))
    said = rf"Took back: jobvault done portfolio · {MOMENT}\n  {ACME}\n"
    found = re.fullmatch(rf"{said}To have it again: (jobvault undo \w+ --vault {where})\n", undone.stdout)
    assert found, undone.stdout
    assert contents(vault) == before
    assert jobvault(*shlex.split(found[1])[1:], "--today", "2026-11-25").returncode == 0
    assert contents(vault) == after


def test_new_is_taken_back_unless_it_was_filled_in(vault: SmallVault, program: Program) -> None:
    before = contents(vault)
    path = program(vault, "new", "Birch", "--round", "panel", "--no-input").out.split("Wrote ")[1].splitlines()[0]
    assert program(vault, "undo").out.splitlines()[1] == f"  {path} (gone again)"
    assert contents(vault) == before
    program(vault, "new", "Birch", "--round", "panel", "--no-input")
    vault.write(path, vault.read(path) + "- my words\n")
    refused = program(vault, "undo")
    assert (refused.code, refused.out) == (1, "")
    assert f"{path} (it was made then; delete it yourself if it should go)" in refused.err
    assert vault.read(path).endswith("- my words\n")


def test_a_dry_run_shows_the_difference_and_writes_nothing(vault: SmallVault, program: Program) -> None:
    program(vault, "done", "portfolio")
    before = vault.bytes()
    shown = program(vault, "undo", "--dry-run")
    assert (shown.code, shown.err) == (0, "")
    assert "\n-- [x] Send the portfolio 📅 2026-11-27 ✅ 2026-11-25\n" in shown.out
    assert "\n+- [ ] Send the portfolio 📅 2026-11-27\n" in shown.out
    assert "Would take back: jobvault done portfolio" in shown.out
    assert "again" not in shown.out
    assert vault.bytes() == before


def test_a_note_that_changed_since_is_named_with_a_line_that_works(vault: SmallVault, program: Program) -> None:
    old = vault.read(ACME)
    program(vault, "done", "portfolio")
    vault.edit(ACME, "Send the CV", "Send the CV, mine")
    before = vault.bytes()
    refused = program(vault, "undo")
    assert (refused.code, refused.out) == (1, "")
    lines = refused.err.splitlines()
    assert re.fullmatch(
        r"jobvault: `jobvault done portfolio` \(\w+\) cannot be taken back: what it wrote has changed since\.", lines[0]
    )
    assert lines[1] == f"  {ACME}"
    assert lines[3].startswith("Nothing was written. ")
    assert vault.bytes() == before
    line = lines[2].partition(": ")[2].replace("jobvault", f"{shlex.quote(sys.executable)} -m jobvault", 1)
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    subprocess.run(line, shell=True, check=True, cwd=vault.root.parent, env=environ)
    assert (vault.root.parent / "2026-11-20 Acme panel.before.txt").read_text(encoding="utf-8") == old


def test_there_is_nothing_to_take_back(vault: SmallVault, program: Program) -> None:
    refused = program(vault, "undo")
    assert (refused.code, refused.out) == (1, "")
    assert (
        refused.err == "jobvault: There is nothing to take back. "
        f"`jobvault undo --list --all{vault.where}` shows what there was.\n"
    )
    assert program(vault, "undo", "--list").out.startswith("There is nothing to take back here.\n")


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_has_the_newest_first_with_ids_that_are_taken(vault: SmallVault, program: Program) -> None:
    program(vault, "done", "portfolio")
    program(vault, "add", "Acme", "Call them")
    program(vault, "undo")
    vault.edit(LIST, "- [ ] Send the CV", "- [x] Send the CV")
    program(vault, "summarize")
    shown = program(vault, "undo", "--list")
    assert (shown.code, shown.err) == (0, "")
    heads = [line for line in shown.out.splitlines() if re.match(rf"\w+  {MOMENT}  ", line)]
    assert [re.sub(rf"^\w+  {MOMENT}  ", "", line) for line in heads] == [
        "jobvault summarize (ticks carried)",
        f"jobvault undo · took back {heads[2].split()[0]}",
        "jobvault add Acme 'Call them' · taken back",
        "jobvault done portfolio",
    ]
    assert f"\n      {ACME}\n      brought up to date: Follow-ups\n" in shown.out
    assert program(vault, "undo", heads[0].split()[0]).code == 0
    assert "- [ ] Send the CV" in vault.read(ACME)
    assert "- [x] Send the portfolio" in vault.read(ACME)


def test_the_list_is_cut_and_says_what_it_leaves_out(vault: SmallVault, program: Program) -> None:
    program(vault, "done", "portfolio")
    program(vault, "done", "CV")
    shown = program(vault, "undo", "--list", "-n", "1").out
    assert "jobvault done CV" in shown
    assert "jobvault done portfolio" not in shown
    assert shown.splitlines()[-2:] == [
        f"1 older: jobvault undo --list --limit 2{vault.where}",
        f"1 more only brought summaries up to date: jobvault undo --list --all{vault.where}",
    ]
    assert len(program(vault, "undo", "--list", "--all", "--json").json["commands"]) == 3


def test_a_copy_that_was_absorbed_is_not_called_brought_up_to_date(vault: SmallVault, program: Program) -> None:
    copy = LIST.replace(".md", ".sync-conflict-20261123-101500-ABCDEFG.md")
    vault.write(copy, vault.read(LIST))
    program(vault, "done", "portfolio")
    shown = program(vault, "undo", "--list").out
    assert "     brought up to date: Follow-ups\n" in shown
    assert f"     took away: {copy}, a conflict copy that said nothing else\n" in shown
    [listed] = program(vault, "undo", "--list", "--json").json["commands"]
    assert {"path": copy, "change": "removed", "derived": True} in listed["notes"]
    name = shown.split()[0]
    assert f"  {copy} (stays away: it said nothing else than its note)\n" in program(vault, "undo", name).out
    assert not (vault.root / copy).exists()


def test_a_broken_jobvault_yaml_is_said_and_locks_nobody_out(vault: SmallVault, program: Program) -> None:
    before = vault.read(ACME)
    program(vault, "done", "portfolio")
    vault.write("jobvault.yaml", "links: [wiki\n")
    shown = program(vault, "undo", "--list")
    assert shown.code == 0
    assert "jobvault done portfolio" in shown.out
    assert re.fullmatch(r"jobvault: .*jobvault\.yaml:\d+: .*\n", shown.err)
    assert program(vault, "undo", "--print", ACME).out == before
    undone = program(vault, "undo")
    assert undone.code == 0
    assert "Mend jobvault.yaml, then run `jobvault summarize" in undone.err
    assert vault.read(ACME) == before


def test_a_file_name_or_the_end_of_one_is_enough_to_print_a_note(vault: SmallVault, program: Program) -> None:
    old = vault.read(ACME)
    program(vault, "done", "portfolio")
    for note in ("panel.md", "Acme panel.md", "2026-11-20 Acme panel", ACME):
        assert program(vault, "undo", "--print", note).out == old


def test_hostile_words_never_reach_the_list_raw(vault: SmallVault, program: Program) -> None:
    assert program(vault, "add", "Acme", "Call \x1b[31m\u202ethem\x9b2J").code == 0
    for words in (("--list",), ("--dry-run",), ()):
        shown = program(vault, "undo", *words)
        assert "them" in shown.out
        assert not {"\x1b", "\u202e", "\x9b"} & set(shown.out + shown.err)


def test_json(vault: SmallVault, program: Program) -> None:
    program(vault, "done", "portfolio")
    temp_beside(vault.root / ACME).write_bytes(b"a save")
    for words in (("--dry-run",), ()):
        answer = program(vault, "undo", "--json", *words).json
        assert complaints("undo", answer) == []
        assert answer["notes"] == [{"path": ACME, "change": "changed"}]
        assert (answer["undone"]["taken_back"], answer["again"] is None) == (not words, bool(words))
    listed = program(vault, "undo", "--list", "--json").json
    assert complaints("undo-list", listed) == []
    assert [one["command"] for one in listed["commands"]] == ["jobvault undo --json", "jobvault done portfolio"]
    assert listed["commands"][0]["took_back"] == listed["commands"][1]["id"]
    assert listed["commands"][1]["notes"] == [
        {"path": ACME, "change": "changed", "derived": False},
        {"path": LIST, "change": "changed", "derived": True},
    ]
    [aside] = listed["put_aside"]
    assert (aside["path"], aside["why"]) == (ACME, "left beside the note by a run that was cut off")


# --- old texts --------------------------------------------------------------------------------------------------------


def test_old_bytes_are_printed_as_they_were(vault: SmallVault) -> None:
    vault.write(
        ACME, b"\xef\xbb\xbf" + debrief(follow_ups="- [ ] Call\n").replace("\n", "\r\n").encode() + b"\xff\x1b[31m"
    )
    old = (vault.root / ACME).read_bytes()
    assert vault.run("done", "call").returncode == 0
    command = [sys.executable, "-m", "jobvault", "undo", "--print", ACME, "--vault", str(vault.root)]
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    assert subprocess.run(command, capture_output=True, check=True, env=environ).stdout == old


def test_what_was_put_aside_is_listed_and_printed_but_not_taken_back(vault: SmallVault, program: Program) -> None:
    temp_beside(vault.root / ACME).write_bytes(b"a save of mine\n")
    program(vault, "done", "portfolio")
    shown = program(vault, "undo", "--list").out
    head = next(line for line in shown.splitlines() if "put aside, no command: left beside the note" in line)
    name = head.split()[0]
    assert f"     See it: jobvault undo {name} --print '{ACME}'" in shown
    assert program(vault, "undo", name, "--print", ACME).out == "a save of mine\n"
    before = vault.bytes()
    refused = program(vault, "undo", name)
    assert (refused.code, refused.out) == (1, "")
    assert f"{name} is no command, but bytes put aside" in refused.err
    assert vault.bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_an_old_text_cannot_steer_the_terminal(vault: SmallVault) -> None:
    vault.write(ACME, vault.read(ACME) + "\x1b[31mred\u202e\n")
    vault.run("done", "portfolio")
    terminal = Terminal("undo", "--print", ACME, "--vault", str(vault.root), cwd=vault.root)
    assert terminal.end() == 0
    assert "Send the portfolio" in terminal.text
    assert not {"\x1b", "\u202e"} & set(terminal.text)


# --- completion -------------------------------------------------------------------------------------------------------


def test_ids_are_offered_with_their_words_and_notes_with_the_command(
    vault: SmallVault, program: Program, offered: Offered
) -> None:
    program(vault, "done", "portfolio")
    program(vault, "done", "CV")
    program(vault, "undo")
    [(name, told)] = offered("undo ").items() - {item for item in offered("undo ").items() if "undo" in item[1]}
    assert re.fullmatch(rf"{MOMENT} jobvault done portfolio", told)
    assert offered(f"undo {name} --print ") == {ACME: "", LIST: ""}
    assert ACME in offered("undo --print ")


# --- wrong usage, and where -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("--all",),
        ("-n", "3"),
        ("--list", "abc"),
        ("--list", "--print", "x"),
        ("--list", "-n", "0"),
        ("--print", "x", "--json"),
    ],
)
def test_wrong_usage(vault: SmallVault, program: Program, words: tuple[str, ...]) -> None:
    program(vault, "done", "portfolio")
    before = vault.bytes()
    refused = program(vault, "undo", *words)
    assert (refused.code, refused.out) == (2, "")
    assert vault.bytes() == before


def test_an_id_that_is_none_or_several(vault: SmallVault, program: Program) -> None:
    program(vault, "done", "portfolio")
    assert "There is no command “zzz”" in program(vault, "undo", "zzz").err


def test_a_folder_that_is_no_vault(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    note = folder / "n.md"
    note.write_bytes(b"---\na: 1\n---\n")
    nowhere = jobvault("undo", cwd=folder)
    assert nowhere.returncode == 1
    assert "No vault found" in nowhere.stderr
    for words, cwd in ((("undo",), folder), (("undo", "--vault", str(folder)), tmp_path)):
        assert jobvault("set", "n.md", "a", "2", cwd=folder).returncode == 0
        assert b"a: 2" in note.read_bytes()
        assert jobvault(*words, "--list", cwd=cwd).stdout.splitlines()[0].endswith("jobvault set n.md a 2")
        assert jobvault(*words, cwd=cwd).returncode == 0
        assert note.read_bytes() == b"---\na: 1\n---\n"


def test_all_that_one_call_wrote_is_one_command(vault: SmallVault, program: Program) -> None:
    program(vault, "done", "portfolio")
    state = Path(os.environ["XDG_STATE_HOME"])
    [journal] = state.rglob("journal.jsonl")
    lines = [json.loads(line) for line in journal.read_text(encoding="ascii").splitlines()]
    own = [line for line in lines if line["by"] == "jobvault done portfolio"]
    assert len({line["command"] for line in own}) == 1
    assert [(line["path"], line.get("derived", False)) for line in own] == [(ACME, False), (LIST, True)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["done", "send the CV"], "jobvault done 'send the CV'"),
        (["--vault", "x", "--today=2026-11-25", "done", "cv", "--no-input"], "jobvault done cv"),
        (["add", "Acme", "--", "--vault", "x"], "jobvault add Acme -- --vault x"),
        (["add", "two\nlines"], "jobvault add 'two lines'"),
        (["add", "x" * 500], f"jobvault add {'x' * 187}…"),
        (["done", "--vault"], "jobvault done"),
    ],
)
def test_a_command_is_shown_as_one_would_type_it(arguments: list[str], words: str) -> None:
    assert command_words(arguments) == words


@pytest.mark.parametrize("arguments", [(), ("--list",), ("--list", "--json"), ("--dry-run",)])
def test_a_history_that_cannot_be_read_was_called_empty(vault: SmallVault, arguments: tuple[str, ...]) -> None:
    assert vault.run("done", "portfolio").returncode == 0
    journal = open_undo(vault.root, dt.datetime.now(dt.UTC)).journal
    aside = journal.rename(journal.with_name("away"))
    journal.mkdir()
    before = contents(vault)
    done = vault.run("undo", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{journal}: what can be taken back is kept here, but cannot be read: " in done.stderr
    assert contents(vault) == before
    journal.rmdir()
    aside.rename(journal)
    assert vault.run("undo").returncode == 0
