from __future__ import annotations

import os
from pathlib import Path

import pytest

from jobvault.vault.files import scan
from jobvault.vault.temps import is_leftover, new_temp, note_of, temp_beside
from jobvault.vault.undo import UndoStore
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
