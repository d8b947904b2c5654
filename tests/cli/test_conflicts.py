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
    assert f"jobvault conflicts --keep original {shlex.quote(COPY)}{several.where}\n" in parts[COPY]
    assert f"jobvault conflicts --keep copy {shlex.quote(COPY)}{several.where}\n" in parts[COPY]
    assert "make the two differ" in parts[ALIKE]
    assert f"`jobvault summarize{several.where}` carries what is ticked" in parts[LIST_COPY]
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
    where = f" --vault {shlex.quote(str(vault.root))}"
    assert outcome.out == f"Kept {ACME}. {COPY} went to the undo store; `jobvault undo{where}` brings it back.\n"
    assert not (vault.root / COPY).exists()


def test_a_look_alike_beside_a_copy_is_not_taken_unasked(vault: SmallVault, program: Program) -> None:
    long = TEXT + "".join(f"- [ ] Task {number}\n" for number in range(40))
    vault.write(ACME, long)
    vault.write(ALIKE, f"{long}- [ ] Found nowhere else\n")
    before = vault.bytes()
    for words in ((), (ACME,), ("acme",), ("acme panel (1)",), ("2026",)):
        outcome = program(vault, "conflicts", "--keep", "original", "--no-input", *words)
        assert (outcome.code, outcome.out, ALIKE in outcome.err) == (1, "", True), words
        assert vault.bytes() == before
    (vault.root / COPY).unlink()
    before = vault.bytes()
    assert ALIKE in program(vault, "conflicts", "--keep", "original", "--no-input").err
    assert vault.bytes() == before
    assert program(vault, "conflicts", "--keep", "original", ALIKE).out.startswith(f"Kept {ACME}. {ALIKE} went")
    assert not (vault.root / ALIKE).exists()


def test_a_script_never_takes_several(vault: SmallVault, program: Program) -> None:
    second = COPY.replace("101500", "111500")
    vault.write(second, vault.read(COPY))
    before = vault.bytes()
    for words in ((), (ACME,), ("acme",)):
        outcome = program(vault, "conflicts", "--keep", "original", "--no-input", *words)
        assert (outcome.code, outcome.out) == (1, "")
        assert COPY in outcome.err
        assert second in outcome.err
    assert vault.bytes() == before


def test_a_copy_whose_note_is_gone_has_no_both(vault: SmallVault, program: Program) -> None:
    (vault.root / ACME).unlink()
    said = program(vault, "conflicts", "--keep", "copy").out
    assert said.startswith(f"{ACME} holds what {COPY} did, and that file is gone. `jobvault undo")
    assert said.endswith("` takes that back.\n")
    assert program(vault, "undo").code == 0
    assert ((vault.root / ACME).exists(), (vault.root / COPY).exists()) == (False, True)


def test_a_copy_that_is_the_same_is_said_to_be(vault: SmallVault, program: Program) -> None:
    vault.write(COPY, TEXT)
    said = program(vault, "conflicts").out
    assert "The two are the same. `jobvault summarize" in said
    assert "line endings" not in said


def test_an_undo_that_brings_back_the_same_copy_says_for_how_long(vault: SmallVault, program: Program) -> None:
    vault.write(COPY, TEXT)
    before = {path: data for path, (data, _) in vault.bytes().items()}
    assert program(vault, "conflicts", "--keep", "original").code == 0
    said = program(vault, "undo").out
    assert f"  {COPY} (is there again, until the next summarize: it says nothing else than its note)\n" in said
    assert {path: data for path, (data, _) in vault.bytes().items()} == before
    program(vault, "summarize")
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
    terminal.expect(f"1  {ALIKE} (only looks like a copy of {ACME})"[:70])
    for answer in ("9", "all"):
        terminal.expect("Which one goes (1-4)")
        terminal.type(answer)
    terminal.expect("Which one goes (1-4)")
    terminal.type("1")
    terminal.expect("Kept ")
    assert terminal.end() == 0
    assert not (several.root / ALIKE).exists()
    assert (several.root / COPY).exists()


def test_in_a_terminal_all_copies_of_a_named_note_can_go_but_no_look_alike(several: SmallVault) -> None:
    second = COPY.replace("101500", "111500")
    several.write(second, several.read(COPY))
    where = ("--vault", str(several.root), "--today", "2026-11-25")
    terminal = Terminal("conflicts", "--keep", "original", ACME, *where)
    terminal.expect("Which one goes (1-3, or all: the 2 conflict copies)")
    terminal.type("all")
    terminal.expect("Kept ")
    terminal.expect("Kept ")
    assert terminal.end() == 0
    assert [(several.root / path).exists() for path in (COPY, second, ALIKE)] == [False, False, True]


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
