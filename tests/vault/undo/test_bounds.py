"""The undo store stays within its bounds, whole command by whole command, and survives a kill while it is tidied."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.settings import UndoSettings
from jobvault.vault.undo import bounds
from jobvault.vault.undo.bounds import prune, prune_when_due
from jobvault.vault.undo.journal import UndoEntry
from jobvault.vault.undo.store import UndoStore, digest
from tests.killed import killed_at

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
BOUNDS = UndoSettings(days=90, megabytes=1)
MEGABYTE = 1_000_000


def command(undo: UndoStore, name: str, days_ago: float, *contents: bytes) -> list[UndoEntry]:
    """Keep contents as one command's."""
    store = UndoStore(undo.folder, name, NOW - timedelta(days=days_ago), f"jobvault {name}")
    return [store.keep(f"{name}{i}.md", data, new=b"x", why="x") for i, data in enumerate(contents)]


def kept(undo: UndoStore) -> list[str]:
    return list(dict.fromkeys(entry.command for entry in undo.entries()))


def blobs(undo: UndoStore) -> set[str]:
    return {file.name for file in (undo.folder / "blobs").rglob("*") if file.is_file()}


def test_what_is_too_old_goes_with_its_bytes(undo: UndoStore) -> None:
    command(undo, "a", 91, b"1", b"2")
    command(undo, "b", 89, b"3")
    command(undo, "c", 0, b"4")
    prune(undo, BOUNDS, NOW)
    assert kept(undo) == ["b", "c"]
    assert blobs(undo) == {digest(b"3"), digest(b"4")}


def test_the_newest_command_stays_however_old_and_large_it_is(undo: UndoStore) -> None:
    command(undo, "a", 500, b"0" * 2 * MEGABYTE)
    command(undo, "b", 400, b"1" * MEGABYTE, b"2" * MEGABYTE)
    failed = command(undo, "failed", 399, b"3")[0]
    undo.withdraw(failed)
    prune(undo, BOUNDS, NOW)
    assert kept(undo) == ["b"]
    assert blobs(undo) >= {digest(b"1" * MEGABYTE), digest(b"2" * MEGABYTE)}


def test_of_what_is_too_much_the_oldest_commands_go_as_a_whole(undo: UndoStore) -> None:
    for number in range(8):
        half = b"%d" % number * 100_000
        command(undo, f"n{number}", 8 - number, half, half + b"'")
    prune(undo, BOUNDS, NOW)
    assert kept(undo) == ["n4", "n5", "n6", "n7"], "room for a tenth more is made"
    assert sum(undo.blob(name).stat().st_size for name in blobs(undo)) <= 0.9 * MEGABYTE
    assert all(undo.read(entry.old or "") for entry in undo.entries())


def test_what_is_within_the_bounds_stays(undo: UndoStore) -> None:
    command(undo, "a", 89, b"1" * 500_000)
    command(undo, "b", 1, b"2" * 499_000)
    before = (undo.folder / "journal.jsonl").read_bytes()
    prune(undo, BOUNDS, NOW)
    assert (undo.folder / "journal.jsonl").read_bytes() == before
    assert len(blobs(undo)) == 2


def test_bytes_that_a_kept_command_needs_too_stay(undo: UndoStore) -> None:
    command(undo, "a", 200, b"shared", b"own")
    command(undo, "b", 1, b"shared")
    prune(undo, BOUNDS, NOW)
    assert blobs(undo) == {digest(b"shared")}
    assert undo.read(digest(b"shared")) == b"shared"


def test_orphans_and_temporary_files_are_swept_and_nothing_else(undo: UndoStore) -> None:
    [entry] = command(undo, "a", 1, b"1")
    orphan = undo.blob(digest(b"orphan"))
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"orphan")
    blob = undo.blob(digest(b"1"))
    blob.with_name(f"{blob.name}.77.tmp").write_bytes(b"half")
    for name in ("journal.jsonl.12.tmp", "pruned.json.1.tmp"):
        (undo.folder / name).write_bytes(b"half")
    theirs = undo.folder / "blobs" / "README"
    theirs.write_bytes(b"not ours")
    prune(undo, BOUNDS, NOW)
    left = {file.name for file in undo.folder.rglob("*") if file.is_file()}
    assert left == {"journal.jsonl", "pruned.json", "README", entry.old}
    assert not orphan.parent.exists()


@pytest.mark.parametrize("torn", [b'{"v":1,"comm', b"\xff\xfe", b"[]", b'{"v":9,"other":"' + b"ab" * 32 + b'"}'])
def test_a_torn_or_foreign_line_costs_no_other_and_its_bytes_stay(undo: UndoStore, torn: bytes) -> None:
    command(undo, "old", 200, b"0")
    first = command(undo, "a", 2, b"1")
    journal = undo.folder / "journal.jsonl"
    journal.write_bytes(torn + b"\n" + journal.read_bytes() + torn)
    second = command(undo, "b", 1, b"2")
    theirs = undo.blob("ab" * 32)
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_bytes(b"of a later version")
    prune(undo, BOUNDS, NOW)
    assert undo.entries() == [*first, *second]
    assert journal.read_bytes().count(torn) == 1, "what stood before all that is kept went with its time"
    assert theirs.exists() == (b"abab" in torn)


@pytest.mark.parametrize("journal", [b"", b"junk\n" * 9, b"\0" * 4096])
def test_a_journal_that_says_nothing_makes_nobody_throw_bytes_away(undo: UndoStore, journal: bytes) -> None:
    command(undo, "a", 200, b"1")
    (undo.folder / "journal.jsonl").write_bytes(journal)
    prune(undo, BOUNDS, NOW)
    assert blobs(undo) == {digest(b"1")}


def test_a_journal_that_cannot_be_read_makes_nobody_throw_bytes_away(
    undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(undo, "a", 200, b"1")
    command(undo, "b", 1, b"2")

    def fail(_path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(bounds, "read_file", fail)
    with pytest.raises(OSError, match="Input"):
        prune(undo, BOUNDS, NOW)
    assert blobs(undo) == {digest(b"1"), digest(b"2")}


# --- when -------------------------------------------------------------------------------------------------------------


def test_it_is_looked_at_once_a_day_and_when_much_was_kept_since(undo: UndoStore) -> None:
    assert not prune_when_due(undo, BOUNDS, NOW), "there is no store yet"
    command(undo, "a", 1, b"1" * 600_000)
    assert prune_when_due(undo, BOUNDS, NOW)
    assert not prune_when_due(undo, BOUNDS, NOW + timedelta(hours=23))
    command(undo, "b", 0, b"2" * 300_000)
    assert not prune_when_due(undo, BOUNDS, NOW)
    command(undo, "c", 0, b"3" * 300_000)
    assert prune_when_due(undo, BOUNDS, NOW)
    assert kept(undo) == ["b", "c"]
    assert not prune_when_due(undo, BOUNDS, NOW)
    assert prune_when_due(undo, BOUNDS, NOW + timedelta(days=1))


@pytest.mark.parametrize("note", [b"", b"{}", b"[1]", b'{"when": "x", "journal": 0, "bytes": 0}', b"\xff"])
def test_a_broken_note_of_the_last_time_is_as_good_as_none(undo: UndoStore, note: bytes) -> None:
    command(undo, "a", 1, b"1")
    (undo.folder / "pruned.json").write_bytes(note)
    assert prune_when_due(undo, BOUNDS, NOW)
    assert not prune_when_due(undo, BOUNDS, NOW)


# --- kills ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed is needed")
def test_a_kill_at_any_step_leaves_a_store_that_works(tmp_path: Path) -> None:
    step = 0
    killed = True
    while killed:
        step += 1
        undo = UndoStore(tmp_path / str(step) / "undo", "x", NOW)
        command(undo, "old", 200, b"1", b"2")
        command(undo, "kept", 20, b"3", b"2")
        [newest] = command(undo, "new", 1, b"4")
        killed = killed_at(step, lambda store=undo: prune(store, BOUNDS, NOW))  # type: ignore[misc]
        assert kept(undo) in (["old", "kept", "new"], ["kept", "new"])
        assert all(undo.read(entry.old or "") for entry in undo.entries())
        later = undo.keep("z.md", b"5", new=b"6", why="x")
        assert undo.entries()[-2:] == [newest, later]
        prune(undo, BOUNDS, NOW)
        assert kept(undo) == ["kept", "new", "x"]
        assert blobs(undo) == {digest(data) for data in (b"2", b"3", b"4", b"5")}
        assert not list(undo.folder.rglob("*.tmp"))
        assert step < 50
    assert step > 5


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.lists(st.integers(0, 5), min_size=1, max_size=3)), min_size=1, max_size=7
    )
)
def test_whatever_is_kept_can_be_read_and_is_a_run_of_the_newest(
    tmp_path_factory: pytest.TempPathFactory, commands: list[tuple[int, list[int]]]
) -> None:
    undo = UndoStore(tmp_path_factory.mktemp("store"), "x", NOW)
    names = [f"c{number}" for number in range(len(commands))]
    for name, (days, contents) in zip(names, commands, strict=True):
        command(undo, name, days, *(b"%d" % one * 90_000 for one in contents))
    prune(undo, BOUNDS, NOW)
    left = kept(undo)
    assert left == names[-len(left) :]
    assert left
    assert all(undo.read(entry.old or "") for entry in undo.entries())
    assert blobs(undo) == {entry.old for entry in undo.entries()}
