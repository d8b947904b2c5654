"""What was read is kept; only what changed is read again; nothing half-written is believed."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from jobvault.actions import kept as module
from jobvault.errors import JobvaultError
from jobvault.vault.files import read
from tests.small_vault import SmallVault, debrief, make_vault

ONE = "Debriefs/2026-11-20 Acme panel.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    notes = {f"Debriefs/2026-11-1{n} C{n} panel.md": debrief(f"C{n}", f"2026-11-1{n}") for n in range(4)}
    return make_vault(tmp_path, {**notes, ONE: debrief(takeaways="- Draw first\n")})


def test_only_changed_notes_are_read_again(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = vault.open()
    opened.refresh()
    seen: list[str] = []

    def spy(root: Path, path: str) -> object:
        seen.append(path)
        return read(root, path)

    monkeypatch.setattr(module, "read", spy)
    opened.refresh()
    assert seen == []
    vault.edit(ONE, "Draw", "Think")
    opened.refresh()
    assert seen == [ONE]


def test_a_restored_mtime_does_not_hide_a_change(vault: SmallVault) -> None:
    opened = vault.open()
    opened.refresh()
    path = vault.root / ONE
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Draw", b"Plan"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert opened.refresh() == {ONE}
    assert opened.search.debriefs[-1].takeaways[0].text == "Plan first"


def test_a_note_that_is_being_written_keeps_its_last_reading(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = vault.open()
    opened.refresh()
    opened.notes.patient = True
    monkeypatch.setattr(module, "unsettled", lambda _root, entries: frozenset(entry.path for entry in entries))
    whole = vault.read(ONE)
    vault.write(ONE, "")
    opened.refresh()
    assert opened.notes.unsettled
    assert opened.search.debriefs[-1].takeaways[0].text == "Draw first"
    monkeypatch.undo()
    vault.write(ONE, whole.replace("Draw", "Think"))
    opened.refresh()
    assert opened.search.debriefs[-1].takeaways[0].text == "Think first"
    assert not opened.notes.unsettled


def test_sudden_emptiness_is_believed_only_when_it_lasts(vault: SmallVault) -> None:
    opened = vault.open()
    opened.refresh()
    now = [0.0]
    opened.notes.patient, opened.notes.clock = True, lambda: now[0]
    aside = vault.root.parent / f"{vault.root.name} aside"
    (vault.root / "Debriefs").rename(aside)
    assert opened.refresh() == frozenset()
    assert len(opened.notes.held) == 5
    now[0] = 59.0
    assert opened.refresh() == frozenset()
    assert len(opened.debriefs) == 5
    now[0] = 61.0
    assert len(opened.refresh()) == 5
    assert len(opened.debriefs) == 0
    aside.rename(vault.root / "Debriefs")
    opened.refresh()
    assert len(opened.debriefs) == 5
    assert opened.notes.held == ()


def test_a_note_that_is_suddenly_empty_keeps_its_reading_for_a_minute(vault: SmallVault) -> None:
    opened = vault.open()
    opened.refresh()
    now = [0.0]
    opened.notes.patient, opened.notes.clock = True, lambda: now[0]
    whole = vault.read(ONE)
    vault.write(ONE, "")
    opened.refresh()
    assert opened.notes.held == (ONE,)
    assert len(opened.debriefs) == 5
    vault.write(ONE, whole.replace("Draw", "Think"))
    opened.refresh()
    assert opened.debriefs[-1].takeaways[0].text == "Think first"
    vault.write(ONE, "")
    opened.refresh()
    now[0] = 61.0
    opened.refresh()
    assert len(opened.debriefs) == 4


def test_notes_that_were_moved_are_not_counted_twice(vault: SmallVault) -> None:
    opened = vault.open()
    opened.refresh()
    now = [0.0]
    opened.notes.patient, opened.notes.clock = True, lambda: now[0]
    (vault.root / "Debriefs").rename(vault.root / "Interviews")
    opened.refresh()
    assert opened.notes.held == ()
    assert [debrief.path.partition("/")[0] for debrief in opened.debriefs] == ["Interviews"] * 5


def test_notes_that_go_before_they_come_elsewhere_are_held_until_most_have_come(vault: SmallVault) -> None:
    opened = vault.open()
    opened.refresh()
    now = [0.0]
    opened.notes.patient, opened.notes.clock = True, lambda: now[0]
    aside = vault.root.parent / f"{vault.root.name} aside"
    (vault.root / "Debriefs").rename(aside)
    opened.refresh()
    (vault.root / "Interviews").mkdir()
    names = sorted(path.name for path in aside.iterdir())
    (aside / names[0]).rename(vault.root / "Interviews" / names[0])
    opened.refresh()
    assert len(opened.notes.held) == 5
    for name in names[1:4]:  # the fifth is gone for good
        (aside / name).rename(vault.root / "Interviews" / name)
    opened.refresh()
    assert opened.notes.held == ()
    assert len(opened.debriefs) == 4


def test_what_cannot_be_read_when_the_settings_change_counts_as_before(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = vault.open()
    opened.notes.patient = True
    opened.refresh()
    monkeypatch.setattr(module, "unsettled", lambda _root, entries: {e.path for e in entries if e.path == ONE})
    vault.write(ONE, "half")
    opened.change_settings(opened.settings, opened.words)
    opened.refresh()
    assert opened.search.debriefs[-1].takeaways[0].text == "Draw first"
    opened.change_settings(replace(opened.settings, ignore=("Debriefs/2026-11-20*",)), opened.words)
    opened.refresh()
    assert len(opened.debriefs) == 4


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells who has a file open")
def test_a_command_reads_no_half_of_a_note(vault: SmallVault) -> None:
    stop = threading.Event()

    def write_on() -> None:
        with (vault.root / ONE).open("wb") as file:
            while not stop.wait(0.1):
                file.write(b"---\ntype: debrief\n")
                file.flush()

    writer = threading.Thread(target=write_on)
    vault.write("Log.md", "not ours\n")
    with (vault.root / "Log.md").open("a") as log:
        log.write("written on and on\n")
        log.flush()
        writer.start()
        try:
            with pytest.raises(JobvaultError, match=f"{ONE}: another program is still writing it"):
                vault.open().refresh()
        finally:
            stop.set()
            writer.join()
        assert len(vault.open().readings()) == 5


def test_one_note_that_is_deleted_is_gone_at_once(vault: SmallVault) -> None:
    opened = vault.open()
    opened.refresh()
    opened.notes.patient = True
    (vault.root / ONE).unlink()
    assert opened.refresh() == {ONE}
    assert len(opened.debriefs) == 4


def test_conflict_copies_are_never_counted_and_always_named(vault: SmallVault) -> None:
    copy = "Debriefs/2026-11-20 Acme panel.sync-conflict-20261123-101500-ABCDEFG.md"
    vault.write(copy, vault.read(ONE))
    opened = vault.open()
    assert len(opened.debriefs) == 5
    assert [(p.code, p.path) for p in opened.problems if p.code == "conflict-copy"] == [("conflict-copy", copy)]
    assert [(item.path, item.original) for item in opened.view("attention").items if item.kind == "conflict"] == [
        (copy, ONE)
    ]


def test_a_name_that_only_looks_like_a_copy_counts_unless_the_text_is_nearly_the_same(vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-20 Acme panel 2.md", debrief(takeaways="- Something else\n- And more\n- And more\n"))
    vault.write("Debriefs/2026-11-20 Acme panel (1).md", vault.read(ONE))
    opened = vault.open()
    assert len(opened.debriefs) == 6
    assert [p.path for p in opened.problems if p.code == "look-alike"] == ["Debriefs/2026-11-20 Acme panel (1).md"]


def test_progress_is_told_from_nothing_to_all(vault: SmallVault) -> None:
    opened = vault.open()
    told: list[tuple[int, int]] = []
    opened.progress = lambda done, total: told.append((done, total))
    opened.refresh()
    assert told[0] == (0, 5)
    assert told[-1] == (5, 5)
