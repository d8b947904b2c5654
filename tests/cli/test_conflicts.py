"""``jobvault conflicts`` as a person meets it, and what ``summarize`` says of the copies that it absorbs."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from jobvault.cli.conflicts import copies
from jobvault.cli.session import Session
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.cli.test_schemas import complaints, described
from tests.small_vault import SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
COPY = "Debriefs/2026-11-20 Acme panel (conflicted copy 2026-11-23 101500).md"
ALIKE = "Debriefs/2026-11-20 Acme panel (1).md"
LIST = "Follow-ups.md"
LIST_COPY = "Follow-ups.sync-conflict-20261125-101500-ABCDEFG.md"
TEXT = debrief(takeaways="- Draw first\n", follow_ups="- [ ] Send it\n")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    made = make_vault(tmp_path / "vault", {ACME: TEXT, LIST: f"# Mine\n\n{block('follow-ups')}"})
    made.summarize()
    made.write(COPY, TEXT.replace("- Draw first", "- Draw last"))
    return made


@pytest.fixture
def several(vault: SmallVault) -> SmallVault:
    vault.write(LIST_COPY, vault.read(LIST).replace("- [ ] Send it", "- [x] Send it"))
    vault.write(ALIKE, TEXT)
    vault.write("Gone (Case Conflict).md", "my words\n")
    vault.write("Debriefs/2026-11-21 Birch.md", debrief("Birch", body="<<<<<<< a\nmine\n=======\ntheirs\n>>>>>>> b\n"))
    return vault


# Listing


def test_a_vault_without_any_says_so(tmp_path: Path, program: Program) -> None:
    vault = make_vault(tmp_path / "vault", {ACME: TEXT})
    for words in ((), ("--keep", "original"), ("--keep", "copy", "--dry-run")):
        outcome = program(vault, "conflicts", *words)
        assert (outcome.code, outcome.out, outcome.err) == (0, "No conflict copies, and no conflicts of git's.\n", "")


def test_each_is_shown_with_what_to_do(several: SmallVault, program: Program) -> None:
    outcome = program(several, "conflicts")
    assert outcome.code == 0
    parts = {part.split("\n")[0]: part for part in outcome.out.replace("\n\n---", "\n---").split("\n\n")}
    line = several.read("Debriefs/2026-11-21 Birch.md").split("\n").index("<<<<<<< a") + 1
    assert set(parts) == {
        COPY,
        ALIKE,
        LIST_COPY,
        "Gone (Case Conflict).md",
        f"Debriefs/2026-11-21 Birch.md:{line}",
        "3 conflict copies, 1 look-alike, 1 conflict of git's.",
    }
    assert f"+++ {COPY}" in parts[COPY]
    assert "\n-- Draw first\n+- Draw last\n" in parts[COPY]
    assert f"jobvault conflicts --keep original {shlex.quote(COPY)}" in parts[COPY]
    assert f"jobvault conflicts --keep copy {shlex.quote(COPY)}" in parts[COPY]
    assert "make the two differ" in parts[ALIKE]
    assert "`jobvault summarize` carries what is ticked" in parts[LIST_COPY]
    assert "--keep" not in parts[LIST_COPY]
    assert "Gone.md, a note that is gone" in parts["Gone (Case Conflict).md"]
    assert "--keep original" not in parts["Gone (Case Conflict).md"]
    assert f"up to line {line + 4}" in parts[f"Debriefs/2026-11-21 Birch.md:{line}"]


def test_what_it_says_to_type_works(several: SmallVault, program: Program) -> None:
    while said := [row.strip() for row in program(several, "conflicts").out.split("\n") if "--keep" in row]:
        words = shlex.split(said[0])
        assert words[:2] == ["jobvault", "conflicts"]
        outcome = program(several, *words[1:])
        assert outcome.code == 0, (said[0], outcome.err)
    assert not {path for path in several.bytes() if "onflict" in path or "(1)" in path}


def test_what_is_piped_has_no_colours_and_a_terminal_has(vault: SmallVault) -> None:
    assert "\x1b" not in vault.run("conflicts").stdout
    terminal = Terminal("conflicts", "--vault", str(vault.root), "--today", "2026-11-25")
    terminal.expect("1 conflict copy.")
    assert terminal.end() == 0
    assert "\x1b[32m+- Draw last" in terminal.raw
    assert "\x1b[31m-- Draw first" in terminal.raw
    assert "\x1b[1m--- Debriefs" in terminal.raw


def test_words_of_a_copy_cannot_steer_the_terminal(vault: SmallVault, program: Program) -> None:
    vault.write(COPY, TEXT.replace("Draw first", "\x1b]0;x\x07 \u202e"))
    out = program(vault, "conflicts").out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_json(several: SmallVault, program: Program) -> None:
    answer = program(several, "conflicts", "--json").json
    assert complaints("conflicts", answer) == []
    for part in ("conflicts", "markers"):
        assert answer[part]
        assert all(set(one) == described("conflicts", part) for one in answer[part])
    assert {one["state"] for one in answer["conflicts"]} == {"absorbable", "differs", "equal", "alone"}
    kept = program(several, "conflicts", "--json", "--keep", "copy", COPY).json
    assert complaints("conflicts", kept) == []
    assert [set(one) for one in kept["kept"]] == [described("conflicts", "kept")]
    assert [one["path"] for one in kept["conflicts"]] == [COPY]


# Keeping


def test_the_only_one_needs_no_name(vault: SmallVault, program: Program) -> None:
    outcome = program(vault, "conflicts", "--keep", "original")
    assert outcome.out == f"Kept {ACME}. The copy is in the undo store; `jobvault undo` brings it back.\n"
    assert not (vault.root / COPY).exists()


def test_the_copy_in_the_notes_place_and_summaries_after_it(vault: SmallVault, program: Program) -> None:
    vault.edit(COPY, "- [ ] Send it", "- [ ] Send another")
    assert program(vault, "conflicts", "--keep", "copy", "acme").code == 0
    assert "- Draw last" in vault.read(ACME)
    assert "Send another" in vault.read(LIST)
    assert not (vault.root / COPY).exists()


@pytest.mark.parametrize("side", ["original", "copy"])
def test_one_undo_takes_it_all_back(vault: SmallVault, program: Program, side: str) -> None:
    vault.edit(COPY, "- [ ] Send it", "- [ ] Send another")
    before = {path: data for path, (data, _) in vault.bytes().items()}
    assert program(vault, "conflicts", "--keep", side).code == 0
    assert program(vault, "undo").code == 0
    assert {path: data for path, (data, _) in vault.bytes().items()} == before


@pytest.mark.parametrize("side", ["original", "copy"])
def test_a_dry_run_says_it_and_writes_nothing(vault: SmallVault, program: Program, side: str) -> None:
    before = vault.bytes()
    outcome = program(vault, "conflicts", "--keep", side, "--dry-run")
    assert outcome.code == 0
    assert outcome.out.endswith("nothing was changed.\n")
    assert vault.bytes() == before


def test_several_without_a_name_are_listed_and_nothing_is_done(several: SmallVault, program: Program) -> None:
    before = several.bytes()
    outcome = program(several, "conflicts", "--keep", "original", "--no-input")
    assert outcome.code == 1
    assert all(path in outcome.err for path in (COPY, ALIKE, LIST_COPY))
    assert several.bytes() == before


def test_what_no_copy_is_called_is_an_error(vault: SmallVault, program: Program) -> None:
    outcome = program(vault, "conflicts", "--keep", "original", "birch")
    assert outcome.code == 1
    assert "birch" in outcome.err


def test_in_a_terminal_one_is_chosen_by_its_number(several: SmallVault) -> None:
    terminal = Terminal("conflicts", "--keep", "original", "--vault", str(several.root), "--today", "2026-11-25")
    terminal.expect("Which one (1-4 or all)")
    terminal.type("9")
    terminal.expect("Which one (1-4 or all)")
    terminal.type("1")
    terminal.expect("Kept ")
    assert terminal.end() == 0
    assert not (several.root / ALIKE).exists()
    assert (several.root / COPY).exists()


def test_a_refusal_says_what_and_where(vault: SmallVault, program: Program) -> None:
    (vault.root / COPY).chmod(0o444)
    outcome = program(vault, "conflicts", "--keep", "original")
    assert (outcome.code, outcome.out) == (1, "")
    assert f"{COPY}: the note is read-only." in outcome.err


def test_tab_offers_the_copies(several: SmallVault) -> None:
    session = Session(vault_path=several.root)
    context = click.Context(click.Command("conflicts"), obj=session)
    found = {item.value for item in copies(context, click.Argument(["name"]), "")}
    assert found == {COPY, ALIKE, LIST_COPY, "Gone (Case Conflict).md"}


# What summarize says


def test_what_is_absorbed_is_shown(several: SmallVault, program: Program) -> None:
    before = several.bytes()
    assert program(several, "summarize", "--check").code == 1
    shown = program(several, "summarize", "--dry-run").out
    assert f"{LIST_COPY}: a conflict copy that says nothing else, to be taken away\n" in shown
    assert "1 tick carried, 1 conflict copy to be absorbed, " in shown
    assert several.bytes() == before
    answer = program(several, "summarize", "--json").json
    assert complaints("summarize", answer) == []
    assert answer["absorbed"] == [{"path": LIST_COPY, "original": LIST}]
    assert set(answer["absorbed"][0]) == described("summarize", "absorbed")
    assert "- [x] Send it" in several.read(ACME)


def test_a_copy_without_a_tick_is_said_too(vault: SmallVault, program: Program) -> None:
    vault.write(LIST_COPY, vault.read(LIST))
    assert program(vault, "summarize").out == "1 conflict copy absorbed, nothing to write: 1 block up to date.\n"
    assert program(vault, "summarize", "--check").code == 0
