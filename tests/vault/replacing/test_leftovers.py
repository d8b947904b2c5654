from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jobvault.vault.files import scan
from jobvault.vault.replacing import leftovers, look
from jobvault.vault.replacing.temps import aside_of, is_leftover, new_temp, note_of, temp_beside
from jobvault.vault.undo.store import UndoStore
from jobvault.vault.write import sweep


@pytest.fixture
def note(vault: Path) -> Path:
    place = vault / "a" / "n.md"
    place.parent.mkdir()
    place.write_bytes(b"now")
    return place


def test_names_are_hidden_short_and_known_again(vault: Path) -> None:
    place = vault / ("é" * 127 + ".")
    for temp in (temp_beside(place), new_temp(vault)):
        assert temp.parent == vault
        assert temp.name.startswith(".syncthing.")
        assert temp.name.endswith(".tmp")
        assert len(temp.name.encode()) < 100
        assert is_leftover(temp.name)
    assert temp_beside(place) == temp_beside(place)
    assert new_temp(vault) != new_temp(vault)
    assert not is_leftover(".syncthing.n.md.tmp")
    assert not is_leftover("n.md")


def test_a_temporary_file_leads_to_its_note(note: Path) -> None:
    assert note_of(temp_beside(note)) == note
    assert note_of(aside_of(temp_beside(note))) == note
    assert note_of(temp_beside(note.with_name("gone.md"))) is None
    assert note_of(temp_beside(note.parent / "none" / "n.md")) is None


@pytest.mark.parametrize("data", [b"", b"now", b"before", b"was to be"])
def test_what_is_known_goes_without_a_word(vault: Path, note: Path, undo: UndoStore, data: bytes) -> None:
    undo.keep("a/n.md", b"before", new=b"was to be", why="x")
    temp_beside(note).write_bytes(data)
    assert sweep(vault, undo=undo) == ()
    assert scan(vault, ()).leftovers == ()
    assert note.read_bytes() == b"now"
    assert len(undo.entries()) == 1


def test_what_may_be_the_users_goes_to_the_undo_store_and_is_said(vault: Path, note: Path, undo: UndoStore) -> None:
    temp_beside(note).write_bytes(b"a save")
    new_temp(vault).write_bytes(b"an orphan")
    said = sweep(vault, undo=undo)
    assert {one.code for one in said} == {"leftover"}
    assert [one.path for one in said if "a/n.md" in one.path] == ["a/n.md"]
    assert undo.holds(b"a save")
    assert undo.holds(b"an orphan")
    assert note.read_bytes() == b"now"
    assert scan(vault, ()).leftovers == ()
    assert sweep(vault, undo=undo) == ()


def test_only_what_a_scan_found_is_looked_at(vault: Path, note: Path, undo: UndoStore) -> None:
    temp_beside(note).write_bytes(b"now")
    assert sweep(vault, undo=undo, leftovers=()) == ()
    assert temp_beside(note).exists()
    assert sweep(vault, undo=undo, leftovers=("a/n.md", "gone/.syncthing.0.jobvault.tmp")) == ()
    assert note.exists()
    assert sweep(vault, undo=undo, leftovers=scan(vault, ()).leftovers) == ()
    assert not temp_beside(note).exists()


@pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="only Linux tells who has a file open")
def test_what_somebody_is_writing_waits_for_the_next_run(vault: Path, note: Path, undo: UndoStore) -> None:
    temp = temp_beside(note)
    with temp.open("wb") as editor:
        assert sweep(vault, undo=undo) == ()
        editor.write(b"a late save")
    assert temp.exists()
    sweep(vault, undo=undo)
    assert undo.holds(b"a late save")


def test_what_is_no_file_of_ours_is_left_and_said(vault: Path, note: Path, undo: UndoStore, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"secret")
    (vault / ".syncthing.1.jobvault.tmp").symlink_to(tmp_path / "out")
    os.mkfifo(vault / ".syncthing.2.jobvault.tmp")
    os.link(note, vault / ".syncthing.3.jobvault.tmp")
    before = sorted(file.name for file in vault.iterdir())
    assert len(sweep(vault, undo=undo)) == 3
    assert sorted(file.name for file in vault.iterdir()) == before
    assert undo.entries() == []


def test_nothing_behind_a_link_out_of_the_vault_is_swept(vault: Path, undo: UndoStore, tmp_path: Path) -> None:
    (tmp_path / ".syncthing.1.jobvault.tmp").write_bytes(b"x")
    (vault / "out").symlink_to(tmp_path)
    (said,) = sweep(vault, undo=undo, leftovers=("out/.syncthing.1.jobvault.tmp",))
    assert said.code == "link-leaves-vault"
    assert (tmp_path / ".syncthing.1.jobvault.tmp").exists()


def test_an_undo_store_that_fails_leaves_the_file(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp_beside(note).write_bytes(b"a save")

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    (said,) = sweep(vault, undo=undo)
    assert said.code == "unreadable"
    assert temp_beside(note).read_bytes() == b"a save"


def test_a_journal_that_cannot_be_read_leaves_the_file(vault: Path, note: Path, undo: UndoStore) -> None:
    undo.keep("a/n.md", b"before", new=b"a save", why="x")
    temp_beside(note).write_bytes(b"a save")
    undo.journal.rename(undo.folder / "away")
    undo.journal.mkdir()
    (said,) = sweep(vault, undo=undo)
    assert said.code == "unreadable"
    assert temp_beside(note).read_bytes() == b"a save"
    assert note.read_bytes() == b"now"


@pytest.mark.parametrize(
    "temp", [temp_beside, lambda note: aside_of(temp_beside(note)), lambda note: new_temp(note.parent)]
)
def test_a_second_name_of_a_note_goes_and_the_note_stays(
    vault: Path, note: Path, undo: UndoStore, temp: Callable[[Path], Path]
) -> None:
    """A run was killed between giving a file its name and taking the other one away."""
    os.link(note, temp(note))
    assert sweep(vault, undo=undo) == ()
    assert note.read_bytes() == b"now"
    assert note.stat().st_nlink == 1
    assert scan(vault, ()).leftovers == ()
    assert undo.entries() == []


def test_what_stood_aside_is_kept_where_it_is_not_known(vault: Path, note: Path, undo: UndoStore) -> None:
    aside_of(temp_beside(note)).write_bytes(b"a late save")
    (said,) = sweep(vault, undo=undo)
    assert (said.path, said.code) == ("a/n.md", "leftover")
    assert undo.holds(b"a late save")


def test_a_fresh_leftover_is_looked_at_for_a_second_where_writers_cannot_be_told(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = temp_beside(note)
    temp.write_bytes(b"a late")
    waited = 0.0

    def sleep(seconds: float) -> None:
        nonlocal waited
        waited += seconds
        if waited < 0.5:
            temp.write_bytes(b"a late save")

    monkeypatch.setattr(look, "writers", lambda _fd: look.Writers.UNKNOWN)
    monkeypatch.setattr(look.time, "sleep", sleep)
    monkeypatch.setattr(look.time, "monotonic", lambda: waited)
    sweep(vault, undo=undo)
    assert 0.5 < waited < 1.1
    assert undo.holds(b"a late save")
    waited = 5.0
    temp.write_bytes(b"an old one")
    os.utime(temp)
    monkeypatch.setattr(leftovers, "_monotonic", lambda _moment: 3.0)
    sweep(vault, undo=undo)
    assert waited == 5.0


def test_what_was_left_beside_obsidians_settings_goes_too(vault: Path, undo: UndoStore) -> None:
    (vault / ".obsidian").mkdir()
    types = vault / ".obsidian" / "types.json"
    types.write_bytes(b"{}")
    new_temp(types.parent).write_bytes(b"")
    temp_beside(types).write_bytes(b"somebody's")
    (said,) = sweep(vault, undo=undo, leftovers=())
    assert said.path == ".obsidian/types.json"
    assert list(types.parent.iterdir()) == [types]
    assert undo.holds(b"somebody's")
