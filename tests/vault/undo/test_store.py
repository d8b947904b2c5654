from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from jobvault.errors import NotFoundError
from jobvault.vault.undo.store import UndoStore, digest, open_undo

WHEN = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)


def test_opening_touches_nothing_and_lies_outside_the_vault(vault: Path, undo: UndoStore) -> None:
    assert not undo.folder.exists()
    assert vault not in undo.folder.parents
    assert undo.entries() == []
    assert not undo.knows(b"x")


def test_what_was_kept_comes_back(undo: UndoStore) -> None:
    entry = undo.keep("a/é.md", b"old\r\n\0\xff", new=b"new", why="tick")
    gone = undo.keep("b.md", b"", new=None, why="absorbed")
    again = UndoStore(undo.folder, "other", WHEN)
    assert again.entries() == [entry, gone]
    assert again.read(entry.old) == b"old\r\n\0\xff"
    assert again.read(gone.old) == b""
    assert entry.new == digest(b"new")
    assert gone.new is None
    assert (entry.command, entry.when, entry.why, entry.path) == ("test", WHEN, "tick", "a/é.md")


def test_names_that_are_not_utf8_are_kept_too(undo: UndoStore) -> None:
    entry = undo.keep("caf\udce9.md", b"x", new=None, why="y")
    assert undo.entries() == [entry]


def test_the_same_bytes_are_stored_once(undo: UndoStore) -> None:
    for path in ("a.md", "b.md"):
        undo.keep(path, b"same", new=None, why="x")
    assert len([file for file in undo.folder.rglob("*") if file.is_file()]) == 2
    assert len(undo.entries()) == 2


def test_others_may_not_read_it(undo: UndoStore) -> None:
    undo.keep("a.md", b"private", new=None, why="x")
    for place in (undo.folder, *undo.folder.rglob("*")):
        assert place.stat().st_mode & 0o077 == 0, place


def test_a_withdrawn_change_is_no_entry_though_equal_ones_are(undo: UndoStore) -> None:
    first = undo.keep("a.md", b"1", new=b"2", why="x")
    undo.keep("a.md", b"1", new=b"2", why="x")
    undo.withdraw(first)
    assert undo.entries() == [first]
    undo.withdraw(first)
    assert undo.entries() == []
    assert undo.holds(b"1")


def test_it_knows_what_was_and_what_was_to_be(undo: UndoStore) -> None:
    entry = undo.keep("a.md", b"1", new=b"2", why="x")
    undo.withdraw(entry)
    assert undo.knows(b"1")
    assert undo.knows(b"2")
    assert undo.holds(b"1")
    assert not undo.holds(b"2")
    assert not undo.knows(b"3")


@pytest.mark.parametrize(
    "torn", [b'{"v":1,"comm', b"\xff\xfe", b"[]", b"3", b'{"v":1}', b"null", b'"withdrawn"', b"[" * 9999]
)
def test_a_torn_or_foreign_line_costs_only_itself(undo: UndoStore, torn: bytes) -> None:
    first = undo.keep("a.md", b"1", new=b"2", why="x")
    with (undo.folder / "journal.jsonl").open("ab") as journal:
        journal.write(torn)
    assert undo.entries() == [first]
    second = undo.keep("a.md", b"2", new=b"3", why="x")
    assert undo.entries() == [first, second]


def test_every_line_is_one_json_object(undo: UndoStore) -> None:
    undo.keep("a\nb.md", b"1", new=b"2", why="line\nbreak")
    lines = (undo.folder / "journal.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["v"] for line in lines] == [2]


def test_damaged_and_missing_bytes_are_said(undo: UndoStore) -> None:
    entry = undo.keep("a.md", b"1", new=None, why="x")
    blob = next((undo.folder / "blobs").rglob(entry.old))
    blob.write_bytes(b"other")
    with pytest.raises(NotFoundError, match="no longer holds"):
        undo.read(entry.old)
    undo.keep("a.md", b"1", new=None, why="x")
    assert undo.read(entry.old) == b"1"
    blob.unlink()
    with pytest.raises(NotFoundError):
        undo.read(entry.old)


def test_a_line_of_version_1_is_still_read(undo: UndoStore) -> None:
    undo.folder.mkdir(parents=True)
    line = (
        '{"v":1,"command":"20261123T101500-abcdef","when":"2026-11-23T10:15:00+00:00","why":"%s","path":"a.md",'
        '"old":"' + "0" * 64 + '","new":null}\n'
    )
    text = line % "jobvault add: x" + line % "a save that met one of jobvault's"
    (undo.folder / "journal.jsonl").write_text(text, encoding="ascii")
    plain, rescued = undo.entries()
    assert (plain.by, plain.why, plain.derived, plain.folders) == ("", "jobvault add: x", False, ())
    assert (plain.rescued, rescued.rescued) == (False, True)


def test_what_a_command_was_and_made_comes_back(undo: UndoStore) -> None:
    store = UndoStore(undo.folder, "other", WHEN, "jobvault new Acme", undoes="that", derived=True)
    made = store.keep("a/b/n.md", None, new=b"x", why="new", folders=("a", "a/b"))
    assert undo.entries() == [made]
    assert (made.old, made.by, made.undoes, made.derived, made.folders) == (
        None, "jobvault new Acme", "that", True, ("a", "a/b"),
    )  # fmt: skip
    undo.withdraw(made)
    assert undo.entries() == []
    assert undo.knows(b"x"), "a leftover of a note that was to be made is ours"


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_an_error_keeps_nothing_and_breaks_nothing(undo: UndoStore, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    first = undo.keep("a.md", b"1", new=b"2", why="x")
    real = getattr(os, call)
    before = (undo.folder / "journal.jsonl").read_bytes()
    for failing in range(1, 4):
        count = 0

        def fail(*args: object, failing: int = failing) -> object:
            nonlocal count
            count += 1
            if count == failing:
                raise OSError(28, "No space left on device")
            return real(*args)

        monkeypatch.setattr(os, call, fail)
        try:
            undo.keep("a.md", b"more than that", new=b"3", why="x")
        except OSError:
            monkeypatch.undo()
            assert (undo.folder / "journal.jsonl").read_bytes() == before
            assert undo.entries() == [first]
        else:
            monkeypatch.undo()
            break
    else:
        pytest.fail("it never came through")
    assert failing > 1


_KEEP = """
import os, sys
from datetime import datetime, timezone
from pathlib import Path
from jobvault.vault.undo.store import UndoStore
store = UndoStore(Path(sys.argv[1]), "killed", datetime.now(timezone.utc))
count = 0
real = os.fsync
def fsync(fd):
    global count
    count += 1
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), 9)
    real(fd)
os.fsync = fsync
store.keep("a.md", b"precious", new=b"x", why="x")
"""


def test_a_kill_at_any_sync_leaves_a_store_that_works(undo: UndoStore) -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for step in range(1, 20):
        done = subprocess.run([sys.executable, "-c", _KEEP, str(undo.folder), str(step)], env=environ, check=False)
        assert all(undo.read(entry.old) == b"precious" for entry in undo.entries())
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert done.returncode == 0
    assert step > 3
    assert undo.entries()


def test_ids_say_when_and_differ(vault: Path) -> None:
    local = datetime(2026, 11, 23, 11, 15, tzinfo=timezone(timedelta(hours=1)))
    one, other = open_undo(vault, local), open_undo(vault, local)
    assert one.command.startswith("20261123T101500-")
    assert one.command != other.command
    assert one.folder == other.folder


def test_a_journal_that_cannot_be_read_was_taken_for_none(undo: UndoStore) -> None:
    assert not undo.exists
    assert undo.records() == []
    assert not undo.knows(b"x")
    entry = undo.keep("a.md", b"precious", new=b"x", why="x")
    assert undo.exists
    aside = undo.journal.rename(undo.folder / "away")
    undo.journal.mkdir()
    assert undo.exists
    for ask in (undo.records, undo.entries, lambda: undo.knows(b"x")):
        with pytest.raises(OSError, match="directory"):
            ask()
    undo.journal.rmdir()
    aside.rename(undo.journal)
    assert undo.entries() == [entry]


def test_bytes_that_cannot_be_read_were_called_gone(undo: UndoStore) -> None:
    entry = undo.keep("a.md", b"precious", new=b"x", why="x")
    assert entry.old is not None
    undo.blob(entry.old).unlink()
    undo.blob(entry.old).mkdir()
    with pytest.raises(NotFoundError, match="cannot be read"):
        undo.read(entry.old)
