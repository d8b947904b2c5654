"""What an editor may do at the worst moment. Each test puts a save where the algorithm is weakest."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jobvault.errors import ChangedError, JobvaultError, RefusedError
from jobvault.vault.files import scan
from jobvault.vault.replacing import exchange, look, swap
from jobvault.vault.replacing.look import Writers, writers
from jobvault.vault.undo.store import UndoStore
from jobvault.vault.write import remove, replace, sweep

Act = Callable[[], object]


@pytest.fixture(autouse=True)
def _no_naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that only waiting moves."""
    now = 0.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(look.time, "sleep", sleep)
    monkeypatch.setattr(look.time, "monotonic", lambda: now)


@pytest.fixture
def note(vault: Path) -> Path:
    place = vault / "n.md"
    place.write_bytes(b"old")
    return place


exchanging = pytest.mark.skipif(exchange._renameat2() is None, reason="this system cannot exchange two names")
leasing = pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="only Linux tells who has a file open")


def save_by_rename(note: Path, data: bytes) -> None:
    temp = note.with_name("editor's temp")
    temp.write_bytes(data)
    temp.replace(note)


def around_exchange(monkeypatch: pytest.MonkeyPatch, before: dict[int, Act], after: dict[int, Act]) -> None:
    """Act before and after the n-th exchange, counted from 1."""
    real = exchange.exchange
    count = 0

    def acting(one: Path, other: Path) -> bool:
        nonlocal count
        count += 1
        before.get(count, lambda: None)()
        done = real(one, other)
        after.get(count, lambda: None)()
        return done

    monkeypatch.setattr(swap, "exchange", acting)


def edit(vault: Path, undo: UndoStore) -> bool:
    return replace(vault, "n.md", b"old", b"ours", undo=undo, why="x")


def left(vault: Path) -> tuple[str, ...]:
    return scan(vault, ()).leftovers


@exchanging
@pytest.mark.parametrize("save", [save_by_rename, Path.write_bytes])
def test_a_save_just_before_the_exchange_wins(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path, bytes], object]
) -> None:
    around_exchange(monkeypatch, {1: lambda: save(note, b"theirs")}, {})
    with pytest.raises(ChangedError):
        edit(vault, undo)
    assert note.read_bytes() == b"theirs"
    assert [(entry.rescued, undo.read(entry.old)) for entry in undo.entries()] == [(True, b"theirs")]
    assert left(vault) == ()


@exchanging
def test_a_program_that_read_the_note_in_between_loses_nobodys_save(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []
    around_exchange(
        monkeypatch,
        {1: lambda: note.write_bytes(b"theirs")},
        {1: lambda: read.append(note.read_bytes()), 2: lambda: save_by_rename(note, read[0] + b" more")},
    )
    with pytest.raises(ChangedError):
        edit(vault, undo)
    assert note.read_bytes() == b"ours more"
    assert b"theirs" in [undo.read(entry.old) for entry in undo.entries() if entry.rescued]
    assert left(vault) == ()


@leasing
def test_half_of_a_save_is_not_taken_for_the_note(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = note.open("wb", buffering=0)
    editor.write(b"ha")

    def sleep(_seconds: float) -> None:
        if not editor.closed:
            editor.write(b"lf and half")
            editor.close()

    monkeypatch.setattr(look.time, "sleep", sleep)
    with pytest.raises(ChangedError):
        replace(vault, "n.md", b"ha", b"HA", undo=undo, why="a test")
    assert note.read_bytes() == b"half and half"
    assert left(vault) == ()


@exchanging
def test_a_second_save_before_the_exchange_back_wins_and_the_first_is_kept(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    around_exchange(
        monkeypatch,
        {1: lambda: save_by_rename(note, b"first"), 2: lambda: save_by_rename(note, b"second")},
        {},
    )
    with pytest.raises(ChangedError):
        edit(vault, undo)
    assert note.read_bytes() == b"second"
    assert undo.holds(b"first")
    assert left(vault) == ()


@exchanging
def test_an_editor_that_never_stops_loses_nothing(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves = {turn: lambda turn=turn: save_by_rename(note, f"save {turn}".encode()) for turn in range(1, 30)}
    around_exchange(monkeypatch, saves, {})
    with pytest.raises(ChangedError):
        edit(vault, undo)
    assert note.read_bytes().startswith(b"save ")
    newest = max(turn for turn in range(1, 30) if note.read_bytes() == saves_text(turn) or undo.holds(saves_text(turn)))
    assert newest >= 9
    assert left(vault) == ()


def saves_text(turn: int) -> bytes:
    return f"save {turn}".encode()


@exchanging
@leasing
@pytest.mark.parametrize("mode", ["ab", "r+b"])
def test_an_editor_that_has_the_note_open_writes_into_the_note(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    with note.open(mode) as editor:
        waits = 0

        def sleep(_seconds: float) -> None:
            nonlocal waits
            waits += 1
            if waits == 3:
                editor.write(b"theirs")
                editor.close()

        monkeypatch.setattr(look.time, "sleep", sleep)
        with pytest.raises(ChangedError):
            edit(vault, undo)
    assert note.read_bytes() == (b"oldtheirs" if mode == "ab" else b"theirs")
    assert undo.entries() == []
    assert left(vault) == ()


@leasing
@pytest.mark.parametrize("way", ["exchange", "portable"])
def test_a_program_that_keeps_the_note_open_is_refused_and_stays_at_the_note(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "portable":
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    with note.open("ab") as editor:
        with pytest.raises(RefusedError, match="another program has the note open for writing"):
            edit(vault, undo)
        assert note.read_bytes() == b"old"
        editor.write(b" and more")
    assert note.read_bytes() == b"old and more"
    assert left(vault) == ()


@leasing
def test_an_editor_that_closes_without_a_word_does_not_stop_the_edit(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = note.open("ab")
    monkeypatch.setattr(look.time, "sleep", lambda _seconds: editor.close())
    assert edit(vault, undo)
    assert note.read_bytes() == b"ours"


def test_a_reader_does_not_stop_the_edit(vault: Path, note: Path, undo: UndoStore) -> None:
    with note.open("rb"):
        assert edit(vault, undo)


@exchanging
def test_where_open_files_cannot_be_told_it_looks_for_a_second(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "writers", lambda _fd: Writers.UNKNOWN)
    assert edit(vault, undo)
    assert 1.0 <= look.time.monotonic() < 1.1
    note.write_bytes(b"old")
    with note.open("ab") as editor:
        nap = look.time.sleep

        def sleep(seconds: float) -> None:
            nap(seconds)
            if note.stat().st_size == len(b"ours"):
                editor.write(b" more")
                editor.flush()

        monkeypatch.setattr(look.time, "sleep", sleep)
        with pytest.raises(ChangedError):
            edit(vault, undo)
    assert note.read_bytes() == b"old more"


@exchanging
def test_an_unreadable_disk_after_the_exchange_puts_the_note_back(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(swap, "look", fail)
    with pytest.raises(RefusedError, match="Input/output error"):
        edit(vault, undo)
    assert note.read_bytes() == b"old"
    assert undo.entries() == []
    assert left(vault) == ()


@exchanging
def test_an_exchange_that_fails_changes_nothing(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(swap, "exchange", fail)
    with pytest.raises(RefusedError, match="No space left"):
        edit(vault, undo)
    assert note.read_bytes() == b"old"
    assert left(vault) == ()


def test_the_portable_way_puts_a_late_write_back(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    note.chmod(0o640)
    real = Path.replace
    done: list[bool] = []

    def replacing(self: Path, target: Path) -> Path:
        if target != note or done:
            return real(self, target)
        done.append(True)
        with note.open("ab", buffering=0) as editor:
            replaced = real(self, target)
            editor.write(b" late")
        return replaced

    monkeypatch.setattr(Path, "replace", replacing)
    with pytest.raises(ChangedError):
        edit(vault, undo)
    monkeypatch.undo()
    assert note.read_bytes() == b"old late"
    assert note.stat().st_mode & 0o777 == 0o640
    assert undo.entries() == []
    assert left(vault) == ()


def test_a_note_made_anew_while_it_is_removed_stays_and_both_are_had(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def renaming(self: Path, target: Path) -> Path:
        if self == note:
            note.write_bytes(b"changed")
            done = real(self, target)
            note.write_bytes(b"anew")
            return done
        return real(self, target)

    monkeypatch.setattr(Path, "rename", renaming)
    with pytest.raises(ChangedError):
        remove(vault, "n.md", b"old", undo=undo, why="x")
    assert note.read_bytes() == b"anew"
    assert undo.holds(b"changed")
    assert left(vault) == ()


@leasing
def test_who_has_a_file_open_is_told(note: Path) -> None:
    fd = os.open(note, os.O_RDONLY)
    try:
        assert writers(fd) is Writers.NONE
        with note.open("rb"):
            assert writers(fd) is Writers.NONE
        with note.open("r+b"):
            assert writers(fd) is Writers.SOME
        assert writers(fd) is Writers.NONE
    finally:
        os.close(fd)


@exchanging
@pytest.mark.parametrize("lasting", [False, True])
def test_a_save_is_put_back_though_the_disk_fails_at_that(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch, lasting: bool
) -> None:
    turns = 0

    def failing() -> None:
        nonlocal turns
        turns += 1
        if lasting or turns == 1:
            raise OSError(5, "Input/output error")

    around_exchange(monkeypatch, {1: lambda: save_by_rename(note, b"theirs"), 2: failing, 3: failing}, {})
    with pytest.raises(ChangedError):
        edit(vault, undo)
    assert turns == 2
    assert note.read_bytes() == b"theirs"
    assert left(vault) == ()


@exchanging
def test_where_a_save_cannot_be_put_back_at_all_it_is_said_where_it_is(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(5, "Input/output error")

    def save() -> None:
        save_by_rename(note, b"theirs")
        monkeypatch.setattr(Path, "replace", fail)

    around_exchange(monkeypatch, {1: save, 2: fail, 3: fail}, {})
    with pytest.raises(JobvaultError, match="what was saved meanwhile is in") as caught:
        edit(vault, undo)
    (name,) = left(vault)
    assert name in str(caught.value)
    assert (vault / name).read_bytes() == b"theirs"
    monkeypatch.undo()
    assert [one.code for one in sweep(vault, undo=undo)] == ["leftover"]
    assert undo.holds(b"theirs")


@exchanging
def test_a_stop_within_the_exchange_leaves_the_save_that_was_there(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exchange.exchange
    turns = 0

    def stopped(one: Path, other: Path) -> bool:
        nonlocal turns
        turns += 1
        if turns > 1:
            return real(one, other)
        save_by_rename(note, b"theirs")
        real(one, other)
        raise KeyboardInterrupt

    monkeypatch.setattr(swap, "exchange", stopped)
    with pytest.raises(KeyboardInterrupt):
        edit(vault, undo)
    assert note.read_bytes() == b"theirs"
    assert undo.entries() == []
    assert left(vault) == ()


@exchanging
@leasing
@pytest.mark.parametrize("in_time", [True, False])
def test_what_somebody_writes_into_our_file_while_it_is_taken_back_is_kept(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch, in_time: bool
) -> None:
    editors = []
    around_exchange(
        monkeypatch,
        {1: lambda: save_by_rename(note, b"theirs"), 2: lambda: editors.append(note.open("ab", buffering=0))},
        {},
    )
    nap = look.time.sleep

    def sleep(seconds: float) -> None:
        nap(seconds)
        if in_time and not editors[0].closed:
            editors[0].write(b" and late")
            editors[0].close()

    monkeypatch.setattr(look.time, "sleep", sleep)
    with pytest.raises(ChangedError):
        edit(vault, undo)
    assert note.read_bytes() == b"theirs"
    if not in_time:
        assert len(left(vault)) == 1, "what is still being written was thrown away"
        editors[0].write(b" and late")
        editors[0].close()
        sweep(vault, undo=undo)
    assert undo.holds(b"ours and late")
    assert left(vault) == ()
    assert all(entry.rescued for entry in undo.entries())


@leasing
@pytest.mark.parametrize("links", [True, False])
def test_the_portable_way_waits_for_who_is_in_the_middle_of_a_save(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    real = Path.replace
    editors = []

    def replacing(self: Path, target: Path) -> Path:
        if target == note and not editors:
            editors.append(note.open("r+b", buffering=0))
            editors[0].truncate()
            editors[0].write(b"hal")
        return real(self, target)

    def sleep(_seconds: float) -> None:
        editors[0].write(b"f and whole")
        editors[0].close()
        monkeypatch.setattr(look.time, "sleep", lambda _seconds: None)

    monkeypatch.setattr(Path, "replace", replacing)
    monkeypatch.setattr(look.time, "sleep", sleep)
    with pytest.raises(ChangedError):
        edit(vault, undo)
    if not editors[0].closed:
        sleep(0)
    assert note.read_bytes() == b"half and whole"
    assert undo.entries() == []
    assert left(vault) == ()


def refuse(*_paths: object, **_named: object) -> None:
    raise OSError(1, "Operation not permitted")
