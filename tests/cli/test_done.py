"""``jobvault done``: what it says, exit codes, summaries brought up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.small_vault import SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
LIST = "Summaries/Follow-ups.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    tasks = "- [ ] Send the portfolio 📅 2026-11-27\n- [ ] Send the CV\n- [x] Call ✅ 2026-11-21\n"
    vault = make_vault(
        tmp_path / "vault", {ACME: debrief(follow_ups=tasks), LIST: f"# Follow-ups\n\n{block('follow-ups')}"}
    )
    vault.summarize()
    return vault


def test_ticks_says_so_and_brings_the_summaries_up_to_date(vault: SmallVault) -> None:
    done = vault.run("done", "portfolio")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Done: Send the portfolio · {ACME}:12\n"
    assert "- [x] Send the portfolio 📅 2026-11-27 ✅ 2026-11-25\n" in vault.read(ACME)
    assert "- [x] Send the portfolio · Acme · done Wed 25 Nov 2026 · " in vault.read(LIST)
    assert not vault.open().summarize().changes


def test_the_ids_that_show_shows_are_taken(vault: SmallVault, program: Program) -> None:
    rows = [line.split() for line in program(vault, "show", "follow-ups").out.splitlines() if "Send the" in line]
    ids = [row[1] for row in rows]
    done = program(vault, "done", *ids)
    assert done.code == 0
    assert done.out.count("Done: ") == 2
    assert "- [ ]" not in vault.read(ACME)


def test_already_done_says_so_and_exits_0(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    done = program(vault, "done", "call")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"Call: done already ({ACME}:14)\n"
    assert vault.bytes() == before


def test_ambiguous_words_list_the_candidates_and_do_nothing(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    refused = program(vault, "done", "send")
    assert (refused.code, refused.out) == (1, "")
    lines = refused.err.splitlines()
    assert lines[0] == "jobvault: “send” could be any of these:"
    assert lines[-1] == "Nothing was changed. Name one by its id."
    assert len(lines) == 4
    assert f"Send the portfolio · due 2026-11-27 · Acme · {ACME}:12" in lines[1]
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("portfolio", "--on", "yesterday"), "- [x] Send the portfolio 📅 2026-11-27 ✅ 2026-11-24"),
        (("portfolio", "--on", "fri"), "- [x] Send the portfolio 📅 2026-11-27 ✅ 2026-11-20"),
        (("portfolio", "--on", "23 Nov"), "- [x] Send the portfolio 📅 2026-11-27 ✅ 2026-11-23"),
        (("portfolio", "--cancel"), "- [-] Send the portfolio 📅 2026-11-27 ❌ 2026-11-25"),
        (("call", "--undo"), "- [ ] Call"),
    ],
)
def test_when_it_was_and_the_other_ways(vault: SmallVault, program: Program, words: tuple[str, ...], line: str) -> None:
    done = program(vault, "done", *words)
    assert (done.code, done.err) == (0, "")
    assert f"{line}\n" in vault.read(ACME)
    assert done.out.split(":")[0] == (
        "Cancelled" if "--cancel" in words else "Open again" if "--undo" in words else "Done"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("portfolio", "--undo", "--cancel"), "--undo and --cancel exclude each other."),
        (("portfolio", "--undo", "--on", "today"), "--on says when it was done, so it does not go with --undo."),
        (("portfolio", "--on", "someday"), "--on: “someday” is no date."),
    ],
)
def test_wrong_usage(vault: SmallVault, program: Program, words: tuple[str, ...], said: str) -> None:
    before = vault.bytes()
    refused = program(vault, "done", *words)
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
    assert vault.bytes() == before


def test_dry_run_shows_both_lines_and_writes_nothing(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    shown = program(vault, "done", "portfolio", "--dry-run")
    assert shown.out == (
        f"{ACME}:12\n- - [ ] Send the portfolio 📅 2026-11-27\n+ - [x] Send the portfolio 📅 2026-11-27 ✅ 2026-11-25\n"
    )
    assert vault.bytes() == before


@pytest.mark.parametrize(("words", "changed"), [((), True), (("--dry-run",), True), (("--undo",), False)])
def test_json(vault: SmallVault, program: Program, words: tuple[str, ...], changed: bool) -> None:
    [item] = program(vault, "done", "portfolio", "--json", *words).json["done"]
    state = "open" if "--undo" in words else "done"
    assert item == {
        "id": item["id"], "text": "Send the portfolio", "status": state, "due": "2026-11-27", "people": [], "company": "Acme",
        "path": ACME, "line": 12, "done": "2026-11-25" if state == "done" else None, "cancelled": None, "changed": changed,
    }  # fmt: skip
