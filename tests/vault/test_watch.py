"""Watching real files: what is seen, what is not, and what becomes of it when things go wrong."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jobvault.errors import JobvaultError
from jobvault.vault import inotify
from jobvault.vault.files import read, scan
from jobvault.vault.replacing.temps import new_temp, temp_beside
from jobvault.vault.signals import matters
from jobvault.vault.watch import Pace, watch
from tests.faults.watched import in_namespace

QUICK = Pace(quiet=0.05, most=0.5, again=0.05, period=3600, short_period=0.3, poll_every=0.1, beat=0.1, patience=0.5)
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="inotify is Linux's")

Notes = dict[str, bytes | None]


def notes(root: Path) -> Notes:
    """Read the whole vault, as a look does."""
    return {entry.path: read(root, entry.path).data for entry in scan(root, ()).entries}


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


@dataclass
class Watched:
    """A vault that is being watched in a thread of its own."""

    root: Path
    seen: list[Notes] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    act: Callable[[], object] = bool
    thread: threading.Thread | None = None

    def look(self) -> bool:
        self.act()
        self.seen.append(notes(self.root))
        return False

    def run(self, pace: Pace, poll: bool, today: Callable[[], dt.date]) -> None:
        try:
            watch(self.root, self.look, stop=self.stop, warn=self.warned.append, poll=poll, pace=pace, today=today)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.errors.append(error)

    def up_to_date(self) -> bool:
        return bool(self.seen) and self.seen[-1] == notes(self.root)


@contextmanager
def watching(
    root: Path, pace: Pace = QUICK, *, poll: bool = False, today: Callable[[], dt.date] = dt.date.today
) -> Iterator[Watched]:
    others, open_before = set(threading.enumerate()), inotify.descriptors()
    one = Watched(root)
    one.thread = threading.Thread(target=one.run, args=(pace, poll, today), daemon=True)
    one.thread.start()
    try:
        until(lambda: one.seen or one.errors)
        yield one
    finally:
        one.stop.set()
        one.thread.join(60)
    assert set(threading.enumerate()) <= others
    assert inotify.descriptors() == open_before


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths whose events made a mark; they come in order, so that one says that all before it have come."""
    made: list[str] = []

    def spy(path: str, *, folder: bool) -> bool:
        mattered = matters(path, folder=folder)
        if mattered:
            made.append(path)
        return mattered

    monkeypatch.setattr("jobvault.vault.watch.matters", spy)
    return made


# --- what is seen ----------------------------------------------------------------------------------------------------


def _save(root: Path) -> None:
    (root / "new.md").write_bytes(b"new")


def _append(root: Path) -> None:
    with (root / "Debriefs" / "old.md").open("ab") as file:
        file.write(b"more")


def _truncate(root: Path) -> None:
    (root / "Debriefs" / "old.md").write_bytes(b"written in place")


def _replace(root: Path) -> None:
    temp = temp_beside(root / "Debriefs" / "old.md")
    temp.write_bytes(b"replaced")
    temp.replace(root / "Debriefs" / "old.md")


def _delete(root: Path) -> None:
    (root / "Debriefs" / "old.md").unlink()


def _move_in(root: Path) -> None:
    (root.parent / "outside.md").write_bytes(b"from outside")
    (root.parent / "outside.md").rename(root / "inside.md")


def _move_out(root: Path) -> None:
    (root / "Debriefs" / "old.md").rename(root.parent / "away.md")


def _move_folder_in(root: Path) -> None:
    (root.parent / "folder" / "deep").mkdir(parents=True)
    (root.parent / "folder" / "deep" / "a.md").write_bytes(b"a")
    (root.parent / "folder").rename(root / "folder")


def _move_folder_out(root: Path) -> None:
    (root / "Debriefs").rename(root.parent / "Debriefs")


def _rename_folder(root: Path) -> None:
    (root / "Debriefs").rename(root / "Interviews")


def _delete_folder(root: Path) -> None:
    shutil.rmtree(root / "Debriefs")


def _unhide(root: Path) -> None:
    (root / ".draft.md").rename(root / "draft.md")


@pytest.mark.parametrize(
    "change",
    [_save, _append, _truncate, _replace, _delete, _move_in, _move_out, _move_folder_in, _move_folder_out,
     _rename_folder, _delete_folder, _unhide],
)  # fmt: skip
def test_a_change_is_seen(vault: Path, change: Callable[[Path], None]) -> None:
    (vault / "Debriefs").mkdir()
    (vault / "Debriefs" / "old.md").write_bytes(b"old")
    (vault / ".draft.md").write_bytes(b"draft")
    with watching(vault) as one:
        before = one.seen[-1]
        change(vault)
        assert notes(vault) != before
        until(one.up_to_date)
        assert one.warned == []


def test_new_folders_are_watched_too(vault: Path) -> None:
    with watching(vault) as one:
        (vault / "a" / "b" / "c").mkdir(parents=True)
        until(lambda: len(one.seen) > 1)
        (vault / "a" / "b" / "c" / "deep.md").write_bytes(b"deep")
        until(one.up_to_date)
        (vault / "a" / "b" / "c" / "deep.md").write_bytes(b"deeper")
        until(one.up_to_date)


def test_a_linked_vault_is_watched(vault: Path) -> None:
    link = vault.with_name("link")
    link.symlink_to(vault)
    with watching(link) as one:
        _save(vault)
        until(one.up_to_date)


def test_a_vault_below_hidden_folders_is_watched(tmp_path: Path) -> None:
    root = tmp_path / ".notes" / "vault"
    root.mkdir(parents=True)
    (root / "jobvault.yaml").touch()
    with watching(root) as one:
        _save(root)
        until(one.up_to_date)


def test_changed_settings_are_seen(vault: Path) -> None:
    with watching(vault) as one:
        (vault / "jobvault.yaml").write_bytes(b"language: de\n")
        until(lambda: len(one.seen) > 1)


def test_a_burst_leads_to_few_looks(vault: Path) -> None:
    with watching(vault) as one:
        for number in range(500):
            (vault / f"{number}.md").write_bytes(b"x")
        until(one.up_to_date)
        assert len(one.seen) < 50


def test_a_steady_load_does_not_put_the_look_off_for_ever(vault: Path) -> None:
    with watching(vault, Pace(quiet=1.0, most=1.2, period=3600, beat=0.1)) as one:
        number = 0

        def looked_meanwhile() -> bool:
            nonlocal number
            number += 1
            (vault / "busy.md").write_bytes(b"%d" % number)
            return len(one.seen) > 2

        until(looked_meanwhile)


def test_midnight_is_a_change(vault: Path) -> None:
    days = [dt.date(2026, 11, 23)]
    with watching(vault, today=lambda: days[-1]) as one:
        days.append(dt.date(2026, 11, 24))
        until(lambda: len(one.seen) == 2)


# --- what is not -----------------------------------------------------------------------------------------------------


def test_reading_makes_no_mark(vault: Path, marks: list[str]) -> None:
    (vault / "a.md").write_bytes(b"a")
    with watching(vault) as one:
        for _ in range(20):
            assert notes(vault) == {"a.md": b"a"}
        (vault / "folder").mkdir()
        until(lambda: len(one.seen) > 1)
        assert marks == ["folder"]


def test_hidden_and_temporary_files_make_no_mark(vault: Path, marks: list[str]) -> None:
    (vault / ".obsidian").mkdir()
    with watching(vault) as one:
        (vault / ".obsidian" / "workspace.json").write_bytes(b"{}")
        (vault / ".obsidian" / "deeper").mkdir()
        new_temp(vault).write_bytes(b"ours")
        (vault / ".a.md.swp").write_bytes(b"vim")
        (vault / "4913").write_bytes(b"")
        (vault / "4913").unlink()
        (vault / "a.md~").write_bytes(b"backup")
        (vault / ".tmp").write_bytes(b"1")
        (vault / ".tmp").rename(vault / ".tmp2")
        (vault / "folder").mkdir()
        until(lambda: len(one.seen) > 1)
        assert marks == ["folder"]


def test_a_temporary_file_that_becomes_a_note_makes_one_mark(vault: Path, marks: list[str]) -> None:
    with watching(vault) as one:
        temp = temp_beside(vault / "a.md")
        temp.write_bytes(b"a")
        temp.replace(vault / "a.md")
        (vault / "folder").mkdir()
        until(lambda: marks[-1:] == ["folder"])
        assert marks == ["a.md", "folder"]
        until(one.up_to_date)


def test_what_a_look_writes_leads_to_no_endless_round(vault: Path, marks: list[str]) -> None:
    written: list[bytes] = []

    def summarize() -> None:
        text = b"%d notes" % len([path for path in notes(vault) if path != "Summary.md"])
        if text != read(vault, "Summary.md").data:
            temp = temp_beside(vault / "Summary.md")
            temp.write_bytes(text)
            temp.replace(vault / "Summary.md")
            written.append(text)

    with watching(vault) as one:
        one.act = summarize
        _save(vault)
        until(lambda: one.up_to_date() and written)
        for name in ("one", "two"):
            looks = len(one.seen)
            (vault / name).mkdir()
            until(lambda name=name, looks=looks: name in marks and len(one.seen) > looks)
        assert written == [b"1 notes"]
        assert marks[marks.index("one") :] == ["one", "two"]


# --- when things go wrong --------------------------------------------------------------------------------------------


def test_a_vault_that_is_renamed_and_made_anew_is_watched_again(vault: Path) -> None:
    with watching(vault) as one:
        vault.rename(vault.with_name("before"))
        vault.mkdir()
        (vault / "jobvault.yaml").touch()
        (vault / "first.md").write_bytes(b"1")
        until(one.up_to_date)
        until(lambda: one.warned)
        (vault / "second.md").write_bytes(b"2")
        until(one.up_to_date)
        assert "took the place" in one.warned[0]


def test_a_vault_that_is_deleted_and_made_anew_is_watched_again(vault: Path) -> None:
    with watching(vault) as one:
        shutil.rmtree(vault)
        vault.mkdir()  # often with the inode of the one before
        (vault / "jobvault.yaml").touch()
        until(lambda: one.warned)
        (vault / "first.md").write_bytes(b"1")
        until(one.up_to_date)


def test_a_vault_that_comes_back_is_watched_on(vault: Path) -> None:
    pace = Pace(quiet=0.05, period=3600, beat=0.1, patience=15)
    with watching(vault, pace) as one:
        vault.rename(vault.with_name("aside"))
        until(lambda: one.warned)
        looks = len(one.seen)
        vault.with_name("aside").rename(vault)
        until(lambda: len(one.seen) > looks)
        _save(vault)
        until(one.up_to_date)


def test_a_vault_that_stays_away_ends_it_and_says_why(vault: Path) -> None:
    with watching(vault) as one:
        vault.rename(vault.with_name("away"))
        until(lambda: one.errors)
        assert isinstance(one.errors[0], JobvaultError)
        assert str(vault) in str(one.errors[0])
        assert "gone" in str(one.errors[0])


@ON_LINUX
def test_a_thread_that_died_is_noticed(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from watchdog.observers.api import BaseObserver

    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    with watching(vault) as one:
        observers = [thread for thread in threading.enumerate() if isinstance(thread, BaseObserver)]
        observers[-1].event_queue.put(None)  # type: ignore[arg-type]
        until(lambda: one.warned)
        assert "started again" in one.warned[0]
        _save(vault)
        until(one.up_to_date)


@ON_LINUX
def test_what_the_library_only_logs_is_heard(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with watching(vault) as one:
        logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; events were lost")
        until(lambda: one.warned and len(one.seen) > 1)
        assert "lost" in one.warned[0]
    assert capfd.readouterr().err == ""


def test_a_look_that_fails_ends_it_with_its_own_error(vault: Path) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    with watching(vault) as one:
        one.act = fails
        _save(vault)
        until(lambda: one.errors)
        assert isinstance(one.errors[0], ZeroDivisionError)


def test_ctrl_c_during_a_look_ends_it(vault: Path) -> None:
    others = set(threading.enumerate())

    def interrupted() -> bool:
        raise KeyboardInterrupt

    watch(vault, interrupted, stop=threading.Event(), warn=pytest.fail, pace=QUICK)
    assert set(threading.enumerate()) <= others


def test_polling_sees_changes_without_any_event(vault: Path, marks: list[str]) -> None:
    with watching(vault, poll=True) as one:
        assert not [thread for thread in threading.enumerate() if type(thread).__module__.startswith("watchdog")]
        _save(vault)
        until(one.up_to_date)
        assert marks == []
        assert one.warned == []


# --- in a process of its own -----------------------------------------------------------------------------------------

PROGRAM = """
import json, sys, threading
from pathlib import Path
from jobvault.vault.watch import Pace, watch

root = Path(sys.argv[1])

def look():
    print(json.dumps({"notes": {path.name: path.read_text() for path in root.rglob("*.md")}}), flush=True)
    return False

def warn(text):
    print(json.dumps({"warning": text}), flush=True)

watch(root, look, stop=threading.Event(), warn=warn, pace=Pace(short_period=0.5, poll_every=0.5))
assert threading.active_count() == 1
"""


class Process:
    """A watcher in a process of its own, and what it said."""

    def __init__(self, root: Path, *before: str) -> None:
        command = [*before, sys.executable, "-c", PROGRAM, str(root)]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self.looks: list[dict[str, str]] = []
        self.warned: list[str] = []
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()
        until(lambda: self.looks or self.process.poll() is not None)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said = json.loads(line)
            if "warning" in said:
                self.warned.append(said["warning"])
            else:
                self.looks.append(said["notes"])

    def last(self) -> dict[str, str]:
        return self.looks[-1] if self.looks else {}

    def end(self) -> tuple[int, bytes]:
        """Press Ctrl-C; returns the exit code and what stands on stderr."""
        self.process.send_signal(signal.SIGINT)
        try:
            _, err = self.process.communicate(timeout=60)
        finally:
            self.process.kill()
            self.thread.join(5)
        return self.process.returncode, err


@ON_LINUX
def test_ctrl_c_ends_it_cleanly(vault: Path) -> None:
    process = Process(vault)
    assert process.end() == (0, b"")
    assert len(process.looks) == 1


@ON_LINUX
def test_too_few_watches_are_said_and_edits_are_still_seen(vault: Path) -> None:
    for number in range(60):
        (vault / f"folder {number}").mkdir()
    process = Process(vault, *in_namespace("max_inotify_watches", 20))
    try:
        until(lambda: process.warned)
        for number in range(60):
            (vault / f"folder {number}" / f"{number}.md").write_text("here")
        until(lambda: len(process.last()) == 60)
        (vault / "folder 7" / "7.md").write_text("changed")
        (vault / "folder 57" / "57.md").write_text("changed")
        until(lambda: [process.last()[f"{number}.md"] for number in (7, 57)] == ["changed", "changed"])
    finally:
        assert process.end() == (0, b"")
    assert len(process.warned) == 1
    assert "fs.inotify.max_user_watches" in process.warned[0]


@ON_LINUX
def test_where_inotify_is_not_to_be_had_it_polls(vault: Path) -> None:
    process = Process(vault, *in_namespace("max_inotify_instances", 0))
    try:
        _save(vault)
        until(lambda: "new.md" in process.last())
    finally:
        assert process.end() == (0, b"")
    assert len(process.warned) == 1
    assert "fs.inotify.max_user_instances" in process.warned[0]


@ON_LINUX
def test_stopped_while_more_happens_than_the_system_remembers(vault: Path) -> None:
    process = Process(vault)
    try:
        process.process.send_signal(signal.SIGSTOP)
        for number in range(6000):
            (vault / f"{number}.md").write_bytes(b"x")
        (vault / "late").mkdir()
        process.process.send_signal(signal.SIGCONT)
        until(lambda: len(process.last()) == 6000)
        (vault / "late" / "late.md").write_text("late")
        until(lambda: "late.md" in process.last())
    finally:
        assert process.end() == (0, b"")
