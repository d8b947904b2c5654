"""Conflicts of git's that lie wholly inside of a generated block: written anew, with the ticks of both sides carried."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.small_vault import SmallVault, block, debrief, make_vault

ACME, LIST = "Acme.md", "Follow-ups.md"
TASKS = "- [ ] Call 📅 2026-11-27\n- [ ] Write 📅 2026-11-27\n- [ ] Sing 📅 2026-11-27\n"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    made = make_vault(
        tmp_path / "vault", {ACME: debrief(follow_ups=TASKS), LIST: f"# Mine\n\n{block('follow-ups')}\nEnd.\n"}
    )
    made.summarize()
    return made


def conflicted(vault: SmallVault, *sides: Sequence[tuple[str, str]], base: bool = False) -> None:
    """Leave the summary as a merge would: each side its own list of items, with these words replaced."""
    text = vault.read(LIST)
    start, end = text.index("- [ ] Call"), text.index("\n\n<!-- jobvault:end") + 1
    items = []
    for side in sides:
        rows = text[start:end]
        for old, new in side:
            assert old in rows
            rows = rows.replace(old, new)
        items.append(rows)
    marks = ["<<<<<<< HEAD\n", *(["||||||| base\n"] if base else []), "=======\n"]
    body = "".join(f"{mark}{rows}" for mark, rows in zip(marks, items, strict=True))
    vault.write(LIST, f"{text[:start]}{body}>>>>>>> phone\n{text[end:]}")


def done(vault: SmallVault) -> list[str]:
    """Summarize; the follow-ups as they are then in their note. Nothing of the conflict is left, and nothing to do."""
    summary = vault.open().summarize()
    assert not summary.troubles
    text = vault.read(LIST)
    assert not any(mark in text for mark in ("<<<<", "====", ">>>>", "||||"))
    assert text.startswith("# Mine\n\n<!-- jobvault:begin follow-ups -->\n\n")
    assert text.endswith("-->\n\nEnd.\n")
    assert not vault.open().summarize().stale
    return [row.replace(" 📅 2026-11-27", "") for row in vault.read(ACME).split("\n") if row.startswith("- [")]


def test_ticks_of_both_sides_are_carried(vault: SmallVault) -> None:
    conflicted(vault, [("[ ] Call", "[x] Call")], [("[ ] Write", "[/] Write")])
    assert done(vault) == ["- [x] Call", "- [/] Write", "- [ ] Sing"]


@pytest.mark.parametrize("turned", [False, True])
def test_ticked_on_both_sides_done_goes_first_and_the_earliest_day_counts(vault: SmallVault, turned: bool) -> None:
    day = " · [[Acme]]"
    sides = [
        [("[ ] Call", "[-] Call"), ("[ ] Write", "[x] Write"), (day, f"{day} ✅ 2026-11-24")],
        [("[ ] Call", "[x] Call"), ("[ ] Write", "[x] Write"), (day, f"{day} ✅ 2026-11-23")],
    ]
    conflicted(vault, *(reversed(sides) if turned else sides))
    assert done(vault) == ["- [x] Call ✅ 2026-11-23", "- [x] Write ✅ 2026-11-23", "- [ ] Sing"]


def test_what_both_sides_once_had_is_no_act_of_either(vault: SmallVault) -> None:
    conflicted(vault, [("[ ] Call", "[x] Call")], [("[ ] Sing", "[x] Sing")], [("[ ] Write", "[x] Write")], base=True)
    assert done(vault) == ["- [x] Call", "- [x] Write", "- [ ] Sing"]


def test_a_tick_beside_the_conflict_counts_once(vault: SmallVault) -> None:
    vault.edit(ACME, "- [ ] Sing 📅 2026-11-27", "- [ ] Sing\n- [ ] Sing")
    vault.summarize()
    text = vault.read(LIST)
    row = next(line for line in text.split("\n") if line.startswith("- [ ] Write"))
    vault.edit(LIST, row, f"<<<<<<< HEAD\n{row.replace('[ ]', '[x]')}\n=======\n{row}\n>>>>>>> phone")
    vault.edit(LIST, "- [ ] Sing", "- [x] Sing")
    assert done(vault) == ["- [ ] Call", "- [x] Write", "- [x] Sing", "- [ ] Sing"]


def test_words_of_the_users_on_both_sides_are_kept(vault: SmallVault) -> None:
    conflicted(vault, [("- [ ] Write", "- mine\n- [ ] Write")], [("- [ ] Write", "- and mine\n- [ ] Write")])
    vault.summarize()
    behind = vault.read(LIST).partition("<!-- jobvault:end")[2]
    assert "- mine\n- and mine\n" in behind


def test_a_conflict_that_reaches_out_of_the_block_is_reported_and_left(vault: SmallVault) -> None:
    conflicted(vault, [("[ ] Call", "[x] Call")], [])
    vault.edit(LIST, "End.\n", "<<<<<<< HEAD\nEnd.\n=======\nOver.\n>>>>>>> phone\n")
    before = vault.bytes()
    line = vault.read(LIST).split("\n").index("End.")
    summary = vault.open().summarize()
    assert [(p.path, p.line) for p in summary.problems if p.code == "git-conflict"] == [(LIST, line)]
    assert vault.read(LIST) == before[LIST][0].decode()
