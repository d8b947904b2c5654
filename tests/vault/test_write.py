from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.errors import ChangedError, JobvaultError, RefusedError
from jobvault.vault import write
from jobvault.vault.files import scan
from jobvault.vault.replacing import look, swap
from jobvault.vault.replacing.temps import temp_beside
from jobvault.vault.undo.store import UndoStore, digest
from jobvault.vault.write import TYPES_FILE, create, remove, replace


@pytest.fixture
def note(vault: Path) -> Path:
    place = vault / "Debriefs" / "2026-11-23 Äcme.md"
    place.parent.mkdir()
    place.write_bytes(b"old")
    return place


PATH = "Debriefs/2026-11-23 Äcme.md"


def nothing_left(vault: Path) -> bool:
    return not scan(vault, ()).leftovers


@pytest.fixture(params=["exchange", "portable"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of taking a note's place; the portable one by a system that has no other."""
    if request.param == "portable":
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
        monkeypatch.setattr(swap, "rename_new", lambda *_: False)
    return str(request.param)


def test_a_note_is_replaced_and_its_bytes_are_kept(vault: Path, note: Path, undo: UndoStore, way: str) -> None:
    assert replace(vault, PATH, b"old", b"new\r\n\0\xff", undo=undo, why="tick")
    assert note.read_bytes() == b"new\r\n\0\xff"
    (entry,) = undo.entries()
    assert (entry.path, entry.why, entry.new) == (PATH, "tick", digest(b"new\r\n\0\xff"))
    assert undo.read(entry.old) == b"old"
    assert sorted(file.name for file in note.parent.iterdir()) == [note.name]


def test_equal_bytes_touch_nothing(vault: Path, note: Path, undo: UndoStore) -> None:
    before = note.stat()
    assert not replace(vault, PATH, b"old", b"old", undo=undo, why="x")
    assert note.stat() == before
    assert undo.entries() == []


@given(old=st.binary(max_size=50), new=st.binary(max_size=50))
def test_any_bytes_come_out_as_they_went_in(old: bytes, new: bytes, vault: Path, undo: UndoStore) -> None:
    (vault / "n.md").write_bytes(old)
    assert replace(vault, "n.md", old, new, undo=undo, why="x") is (old != new)
    assert (vault / "n.md").read_bytes() == new
    assert old == new or undo.holds(old)


def test_a_note_that_changed_is_left_alone(vault: Path, note: Path, undo: UndoStore, way: str) -> None:
    before = note.stat()
    with pytest.raises(ChangedError, match=r"2026-11-23 Äcme\.md: the note changed"):
        replace(vault, PATH, b"older", b"new", undo=undo, why="x")
    assert (note.read_bytes(), note.stat().st_ino) == (b"old", before.st_ino)
    assert undo.entries() == []
    assert nothing_left(vault)
    note.unlink()
    with pytest.raises(ChangedError):
        replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert not note.exists()


def test_mode_owner_and_attributes_are_kept(vault: Path, note: Path, undo: UndoStore, way: str) -> None:
    note.chmod(0o640)
    before = note.stat()
    replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    after = note.stat()
    assert stat.S_IMODE(after.st_mode) == 0o640
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_another_owner_is_kept_where_files_may_be_given_away(
    vault: Path, note: Path, undo: UndoStore, way: str
) -> None:
    if os.geteuid() == 0:
        os.chown(note, 12345, 23456)
    before = note.stat()
    replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert (note.stat().st_uid, note.stat().st_gid) == (before.st_uid, before.st_gid)


@pytest.mark.parametrize("code", [errno.EPERM, errno.EINVAL])
def test_an_owner_that_cannot_be_kept_does_not_stop_the_edit(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    asked = []

    def deny(_fd: int, user: int, group: int) -> None:
        asked.append((user, group))
        raise OSError(code, os.strerror(code))

    def stranger(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = os.stat(path, follow_symlinks=follow_symlinks)
        return os.stat_result((*found[:4], 7, 8, *found[6:]), {"st_mtime_ns": found.st_mtime_ns})

    monkeypatch.setattr(os, "fchown", deny)
    monkeypatch.setattr(Path, "stat", stranger)
    assert replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    monkeypatch.undo()
    assert asked == [(7, -1), (-1, 8)]
    assert note.read_bytes() == b"new"


def test_extended_attributes_are_kept(vault: Path, note: Path, undo: UndoStore, way: str) -> None:
    try:
        os.setxattr(note, "user.colour", b"green")
    except (AttributeError, OSError):
        pytest.skip("this file system has no extended attributes")
    replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert os.getxattr(note, "user.colour") == b"green"


@pytest.mark.skipif(shutil.which("setfacl") is None, reason="the acl tools are not installed")
def test_an_acl_is_kept(vault: Path, note: Path, undo: UndoStore) -> None:
    if subprocess.run(["setfacl", "-m", "u:12345:r,m::rw", str(note)], check=False).returncode:
        pytest.skip("this file system has no ACLs")

    def acl() -> bytes:
        return subprocess.run(["getfacl", "-cp", str(note)], check=True, capture_output=True).stdout

    before = acl()
    replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert b"user:12345:r--" in before
    assert acl() == before


@pytest.mark.skipif(shutil.which("setfacl") is None, reason="the acl tools are not installed")
def test_a_folders_default_acl_gives_nobody_a_note_that_they_could_not_read(
    vault: Path, note: Path, undo: UndoStore, way: str
) -> None:
    note.chmod(0o660)
    if subprocess.run(["setfacl", "-d", "-m", "u:12345:rw", str(note.parent)], check=False).returncode:
        pytest.skip("this file system has no ACLs")
    before = subprocess.run(["getfacl", "-cp", str(note)], check=True, capture_output=True).stdout
    replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    after = subprocess.run(["getfacl", "-cp", str(note)], check=True, capture_output=True).stdout
    assert b"12345" not in after
    assert after == before


@pytest.mark.parametrize("step", [1_000_000_000, 2_000_000_000])
def test_the_mtime_moves_on_where_a_file_system_counts_in_seconds(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    real = os.utime
    moment = (note.stat().st_mtime_ns // step + 5000) * step
    real(note, ns=(moment, moment))
    monkeypatch.setattr(os, "utime", lambda path, ns: real(path, ns=tuple(one // step * step for one in ns)))
    replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert note.stat().st_mtime_ns > moment


@pytest.mark.parametrize("ahead", [0, 10**12])
def test_the_mtime_always_moves_on(vault: Path, note: Path, undo: UndoStore, ahead: int, way: str) -> None:
    moment = note.stat().st_mtime_ns + ahead
    os.utime(note, ns=(moment, moment))
    replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert note.stat().st_mtime_ns > moment


def test_a_link_in_the_vault_stays_and_its_note_is_written(vault: Path, note: Path, undo: UndoStore, way: str) -> None:
    (vault / "link.md").symlink_to(PATH)
    assert replace(vault, "link.md", b"old", b"new", undo=undo, why="x")
    assert (vault / "link.md").is_symlink()
    assert not note.is_symlink()
    assert note.read_bytes() == b"new"
    assert undo.entries()[0].path == PATH


def refused(vault: Path, path: str, undo: UndoStore, what: str, old: bytes = b"old") -> None:
    for act in (
        lambda: replace(vault, path, old, b"new", undo=undo, why="x"),
        lambda: remove(vault, path, old, undo=undo, why="x"),
    ):
        with pytest.raises(RefusedError, match=what) as caught:
            act()
        assert "Nothing was written." in str(caught.value)
        str(caught.value).encode()
    assert undo.entries() == []
    assert nothing_left(vault)


def test_hard_links_and_read_only_notes_are_refused(vault: Path, note: Path, undo: UndoStore) -> None:
    os.link(note, vault / "other.md")
    refused(vault, PATH, undo, "hard links")
    (vault / "other.md").unlink()
    note.chmod(0o444)
    refused(vault, PATH, undo, "read-only")
    assert note.read_bytes() == b"old"


def test_links_out_of_the_vault_are_refused(vault: Path, undo: UndoStore, tmp_path: Path) -> None:
    (tmp_path / "out.md").write_bytes(b"old")
    (vault / "out.md").symlink_to(tmp_path / "out.md")
    (vault / "folder").symlink_to(tmp_path)
    for path in ("out.md", "folder/out.md", "../out.md", str(tmp_path / "out.md")):
        refused(vault, path, undo, "leaves the vault|the path|a path")
    assert (tmp_path / "out.md").read_bytes() == b"old"


def test_what_is_no_regular_file_is_refused(vault: Path, undo: UndoStore) -> None:
    os.mkfifo(vault / "pipe.md")
    (vault / "folder.md").mkdir()
    (vault / "loop.md").symlink_to("loop.md")
    for path in ("pipe.md", "folder.md", "loop.md"):
        refused(vault, path, undo, "no regular file")


def test_hidden_places_are_refused(vault: Path, undo: UndoStore) -> None:
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "x.md").write_bytes(b"old")
    (vault / ".x.md").write_bytes(b"old")
    (vault / "link.md").symlink_to(".obsidian/x.md")
    for path in (".obsidian/x.md", ".x.md", "link.md"):
        refused(vault, path, undo, "hidden")
    for path in (".obsidian/new.md", ".new.md"):
        with pytest.raises(RefusedError, match="hidden"):
            create(vault, path, b"x")


def test_a_note_in_the_cloud_is_refused(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "is_placeholder", lambda _status: True)
    refused(vault, PATH, undo, "cloud")


@pytest.mark.parametrize("name", ["MERGE_HEAD", "rebase-merge", "rebase-apply", "index.lock"])
def test_nothing_is_written_while_git_has_something_open(vault: Path, note: Path, undo: UndoStore, name: str) -> None:
    git = vault.parent / ".git"
    git.mkdir()
    (git / name).mkdir()
    refused(vault, PATH, undo, "git")
    with pytest.raises(RefusedError, match="git"):
        create(vault, "new.md", b"x")
    assert not (vault / "new.md").exists()
    if name == "MERGE_HEAD":
        assert replace(vault, PATH, b"old", b"new", undo=undo, why="x", after_merge=True)
        create(vault, "new.md", b"x", after_merge=True)


def test_an_undo_store_that_cannot_keep_refuses(vault: Path, note: Path, undo: UndoStore) -> None:
    undo.folder.parent.mkdir(parents=True)
    undo.folder.write_bytes(b"")
    with pytest.raises(RefusedError, match="for undo, the disk said"):
        replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert note.read_bytes() == b"old"
    assert nothing_left(vault)


CALLS = ["write", "fsync", "fchmod", "setxattr", "utime", "close"]


def failing(call: str, turn: int, code: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Let the ``turn``-th of a system call fail; the result tells whether it came to that."""
    real = getattr(os, call)
    count = 0

    def fail(*args: object, **named: object) -> object:
        nonlocal count
        count += 1
        if count == turn:
            if call == "close":
                real(*args)
            raise OSError(code, os.strerror(code))
        return real(*args, **named)

    monkeypatch.setattr(os, call, fail)
    return lambda: count >= turn


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_any_failing_call_leaves_old_or_new_and_nothing_else(
    vault: Path, note: Path, undo: UndoStore, call: str, code: int, way: str
) -> None:
    future = note.stat().st_mtime_ns + 10**12
    try:
        os.setxattr(note, "user.x", b"1")
    except (AttributeError, OSError):
        if call == "setxattr":
            pytest.skip("this file system has no extended attributes")
    turn = 0
    came = True
    while came:
        turn += 1
        note.write_bytes(b"old")
        os.utime(note, ns=(future, future))
        said = None
        with pytest.MonkeyPatch.context() as patch:
            reached = failing(call, turn, code, patch)
            try:
                assert replace(vault, PATH, b"old", f"new {turn}".encode(), undo=undo, why="x")
            except JobvaultError as error:
                said = error
            came = reached()
        assert note.read_bytes() == (b"old" if isinstance(said, RefusedError) else f"new {turn}".encode())
        assert nothing_left(vault)
        assert said is None or os.strerror(code) in str(said)
        assert (said is not None) == came or call == "close"  # that of a file that was only read may pass
    assert turn > 1


def test_short_writes_are_finished(vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data)[:2]))
    assert replace(vault, PATH, b"old", b"new and longer", undo=undo, why="x")
    assert note.read_bytes() == b"new and longer"


_KILLED = """
import os, sys
from datetime import datetime, timezone
from pathlib import Path
from jobvault.vault import write, durable; from jobvault.vault.replacing import exchange, attributes
from jobvault.vault.undo.store import UndoStore
step = int(sys.argv[3])
count = 0
def killing(real):
    def call(*args, **named):
        global count
        count += 1
        if count == step:
            os.kill(os.getpid(), 9)
        return real(*args, **named)
    return call
for name in ("open", "write", "fsync", "fchown", "fchmod", "close", "replace", "unlink", "read", "lstat", "mkdir"):
    setattr(os, name, killing(getattr(os, name)))
real = exchange._renameat2()
exchange._renameat2 = lambda: killing(real) if real else None
store = UndoStore(Path(sys.argv[2]), "killed", datetime.now(timezone.utc))
write.replace(Path(sys.argv[1]), "n.md", b"old", b"new", undo=store, why="x")
"""


def test_a_kill_at_any_call_leaves_old_or_new_and_the_next_run_sweeps(vault: Path, undo: UndoStore) -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    seen = set()
    step = int(os.environ.get("JOBVAULT_KILL_FROM", "1"))
    stride = 1 if os.environ.get("JOBVAULT_LONG") else 4
    while True:
        (vault / "n.md").write_bytes(b"old")
        command = [sys.executable, "-c", _KILLED, str(vault), str(undo.folder), str(step)]
        done = subprocess.run(command, env=environ, check=False)
        content = (vault / "n.md").read_bytes()
        seen.add(content)
        assert content in {b"old", b"new"}
        assert content == b"old" or undo.holds(b"old")
        assert write.sweep(vault, undo=undo) == ()
        assert sorted(file.name for file in vault.iterdir()) == ["jobvault.yaml", "n.md"]
        assert (vault / "n.md").read_bytes() == content
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        step += stride
    assert seen == {b"old", b"new"}


def test_a_leftover_of_a_killed_run_does_not_stand_in_the_way(vault: Path, note: Path, undo: UndoStore) -> None:
    temp_beside(note).write_bytes(b"perhaps the user's")
    assert replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert undo.holds(b"perhaps the user's")
    assert nothing_left(vault)


@pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="only Linux tells who has a file open")
def test_a_leftover_that_somebody_writes_is_never_written_over(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "PATIENCE", 0.0)
    temp = temp_beside(note)
    with temp.open("wb", buffering=0) as editor:
        editor.write(b"being writ")
        for act in (
            lambda: replace(vault, PATH, b"old", b"new", undo=undo, why="x"),
            lambda: remove(vault, PATH, b"old", undo=undo, why="x"),
        ):
            with pytest.raises(RefusedError, match=r"2026-11-23 Äcme\.md: Debriefs/.*\.tmp lies beside it"):
                act()
        editor.write(b"ten")
    assert (note.read_bytes(), temp.read_bytes()) == (b"old", b"being written")
    assert replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert undo.holds(b"being written")


def test_ctrl_c_just_after_the_change_leaves_it_in_the_journal(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write.take_place

    def stopped(*args: object) -> None:
        real(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "take_place", stopped)
    with pytest.raises(KeyboardInterrupt):
        replace(vault, PATH, b"old", b"new", undo=undo, why="x")
    assert note.read_bytes() == b"new"
    assert [undo.read(entry.old) for entry in undo.entries() if entry.old] == [b"old"]


def test_a_vault_whose_path_is_not_utf8_is_written(tmp_path: Path, undo: UndoStore, way: str) -> None:
    root = tmp_path / os.fsdecode(b"v\xffault")
    root.mkdir()
    (root / "n.md").write_bytes(b"old")
    assert replace(root, "n.md", b"old", b"new", undo=undo, why="x")
    create(root, "new/x.md", b"x")
    with pytest.raises(ChangedError):
        replace(root, "n.md", b"old", b"newer", undo=undo, why="x")
    remove(root, "n.md", b"new", undo=undo, why="x")
    assert [file.name for file in root.rglob("*.md")] == ["x.md"]


def test_create_makes_note_and_folders_and_never_replaces(vault: Path, way: str) -> None:
    place = create(vault, "a/b/Acme.md", b"hello")
    assert place == vault / "a/b/Acme.md"
    assert place.read_bytes() == b"hello"
    assert nothing_left(vault)
    before = place.stat()
    for path in ("a/b/Acme.md", "a/b/ACME.md"):
        with pytest.raises(RefusedError, match="already something of that name"):
            create(vault, path, b"other")
    assert place.stat() == before
    assert [file.name for file in place.parent.iterdir()] == ["Acme.md"]


def test_create_sees_normalisation_twins_and_dangling_links(vault: Path, tmp_path: Path) -> None:
    create(vault, "\u00e9.md", b"x")
    (vault / "link.md").symlink_to("target.md")
    (vault / "out.md").symlink_to(tmp_path / "target.md")
    for path in ("e\u0301.md", "link.md", "out.md"):
        with pytest.raises(RefusedError):
            create(vault, path, b"y")
    assert not (vault / "target.md").exists()
    assert not (tmp_path / "target.md").exists()


def test_create_leaves_no_way_out(vault: Path, tmp_path: Path) -> None:
    (vault / "folder").symlink_to(tmp_path)
    for path in ("folder/x.md", "../x.md", "/x.md", "a/../../x.md", "x\0.md", "", "x" * 300 + ".md"):
        with pytest.raises(RefusedError):
            create(vault, path, b"x")
    assert not (tmp_path / "x.md").exists()


def test_a_name_taken_in_the_last_moment_is_not_replaced(
    vault: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    real = write.give_name

    def meanwhile(temp: Path, target: Path) -> None:
        target.write_bytes(b"the user's")
        real(temp, target)

    monkeypatch.setattr(write, "give_name", meanwhile)
    with pytest.raises(RefusedError, match="already something"):
        create(vault, "new/x.md", b"ours")
    assert (vault / "new" / "x.md").read_bytes() == b"the user's"
    assert nothing_left(vault)


@pytest.mark.parametrize("call", ["write", "fsync", "mkdir"])
def test_a_failing_create_leaves_neither_note_nor_folder(vault: Path, call: str) -> None:
    turn = 0
    came = True
    while came:
        turn += 1
        said = None
        with pytest.MonkeyPatch.context() as patch:
            reached = failing(call, turn, errno.ENOSPC, patch)
            try:
                create(vault, f"{turn}/b/x.md", b"hello")
            except RefusedError as error:
                said = error
            except JobvaultError:
                came = reached()
                assert (vault / f"{turn}/b/x.md").read_bytes() == b"hello"
                continue
            came = reached()
        assert (said is not None) == came
        assert (vault / f"{turn}").exists() != came
        assert nothing_left(vault)
    assert turn > 1


def test_a_new_note_has_the_users_own_mode(vault: Path) -> None:
    old = os.umask(0o027)
    try:
        place = create(vault, "x.md", b"")
    finally:
        os.umask(old)
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


def test_remove_takes_the_note_away_and_keeps_its_bytes(vault: Path, note: Path, undo: UndoStore, way: str) -> None:
    remove(vault, PATH, b"old", undo=undo, why="absorbed")
    assert list(note.parent.iterdir()) == []
    (entry,) = undo.entries()
    assert (entry.path, entry.new, undo.read(entry.old)) == (PATH, None, b"old")


def test_remove_leaves_a_note_that_changed(
    vault: Path, note: Path, undo: UndoStore, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    with pytest.raises(ChangedError):
        remove(vault, PATH, b"older", undo=undo, why="x")
    real = write.take_away

    def meanwhile(*args: object) -> object:
        note.write_bytes(b"newer")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(write, "take_away", meanwhile)
    with pytest.raises(ChangedError):
        remove(vault, PATH, b"old", undo=undo, why="x")
    assert note.read_bytes() == b"newer"
    assert undo.entries() == []
    assert nothing_left(vault)


def test_a_link_is_not_removed(vault: Path, note: Path, undo: UndoStore) -> None:
    (vault / "link.md").symlink_to(PATH)
    with pytest.raises(RefusedError, match="it is a link"):
        remove(vault, "link.md", b"old", undo=undo, why="x")
    assert note.read_bytes() == b"old"


def test_of_hidden_files_only_those_that_are_asked_for_may_be_written(vault: Path, undo: UndoStore) -> None:
    (vault / ".obsidian").mkdir()
    create(vault, TYPES_FILE, b"{}")
    assert replace(vault, TYPES_FILE, b"{}", b'{"types": {}}', undo=undo, why="test")
    assert (vault / TYPES_FILE).read_bytes() == b'{"types": {}}'
    for path in (".obsidian/app.json", ".obsidian/plugins/types.json", "below/.obsidian/types.json", ".types.json"):
        with pytest.raises(RefusedError, match="hidden"):
            create(vault, path, b"{}")
