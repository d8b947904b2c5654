"""Row 29 of the reliability bar: several jobvaults at once, on one vault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from jobvault.actions.clock import now
from jobvault.vault.lock import vault_lock
from jobvault.vault.places import state_dir, vault_state
from jobvault.vault.undo.store import open_undo
from tests.faults.scenes import ACME, NEW, SHARED, lay_down
from tests.faults.strace import run_forked
from tests.sizes import size
from tests.small_vault import REPOSITORY, SmallVault, debrief

BOUND = 60.0


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    made = lay_down(tmp_path / "vault")
    tasks = "".join(f"- [ ] Task number {number}.\n" for number in range(8))
    made.write("Debriefs/Birch.md", debrief("Birch", follow_ups=tasks))
    made.summarize()
    return made


def start(vault: SmallVault, *arguments: str) -> subprocess.Popen[str]:
    """Start the program as a person does, and do not wait."""
    return subprocess.Popen(
        [sys.executable, "-m", "jobvault", *arguments, *SHARED, "--vault", str(vault.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
    )


def ended(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Wait for all of them, and return what they said; each must end well."""
    said = []
    for process in processes:
        out, err = process.communicate(timeout=BOUND)
        assert process.returncode == 0, (process.args, out, err)
        said.append(out + err)
    return said


def until(condition: Callable[[], bool]) -> None:
    """Wait for something, up to a bound."""
    end = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


@contextmanager
def watching(vault: SmallVault) -> Iterator[subprocess.Popen[str]]:
    """Watch the vault; begins when the watcher has looked once, which a debrief that no summary knows shows."""
    vault.write("Debriefs/Cedar.md", debrief("Cedar", follow_ups="- [ ] Call Cedar\n"))
    process = start(vault, "watch")
    try:
        until(lambda: "Call Cedar" in vault.read("Follow-ups.md") or process.poll() is not None)
        until(lambda: is_free(vault) or process.poll() is not None)
        yield process
        process.send_signal(signal.SIGINT)
        ended([process])
    finally:
        process.kill()
        process.communicate()


def is_free(vault: SmallVault) -> bool:
    """Whether the lock is to be had at once."""
    import fcntl

    with (vault_state(vault.root) / "lock").open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def is_at_the_lock(process: subprocess.Popen[str], vault: SmallVault) -> bool:
    """Whether a process has the lock's file open."""
    lock = str(vault_state(vault.root) / "lock")
    fds = Path(f"/proc/{process.pid}/fd")
    try:
        return any(os.readlink(fd) == lock for fd in fds.iterdir())
    except OSError:
        return False


def is_true_again(vault: SmallVault) -> None:
    """Summaries are what one more run would make; no file is left over; undo's bytes are there."""
    before = vault.bytes()
    vault.summarize()
    assert vault.bytes() == before
    assert [path for path in before if ".tmp" in path] == []
    undo = open_undo(vault.root, now(), "looking")
    assert all(entry.old is None or undo.read(entry.old) for entry in undo.entries())


def test_two_ticks_at_once_both_stand(vault: SmallVault) -> None:
    ended([start(vault, "done", "Ask Bob"), start(vault, "done", "Send a note to Ann")])
    assert "- [x] Ask Bob" in vault.read(ACME)
    assert "- [x] Send a note to Ann" in vault.read(ACME)
    is_true_again(vault)


def test_eight_ticks_in_one_note_at_once_all_stand(vault: SmallVault) -> None:
    for turn in range(size(1, 20)):
        if turn:
            ended([start(vault, "done", "--undo", f"Task number {number}.") for number in range(8)])
            assert vault.read("Debriefs/Birch.md").count("- [ ] Task number") == 8
        ended([start(vault, "done", f"Task number {number}.") for number in range(8)])
        assert vault.read("Debriefs/Birch.md").count("- [x] Task number") == 8
        is_true_again(vault)


def test_a_new_debrief_and_a_summary_at_once(vault: SmallVault) -> None:
    vault.edit("Follow-ups.md", "- [ ] Ask Bob", "- [x] Ask Bob")
    ended(
        [start(vault, "new", "Zeta", "--round", "phone", "--on", "2026-11-24", "--no-edit"), start(vault, "summarize")]
    )
    assert "- [x] Ask Bob" in vault.read(ACME)
    assert "company: Zeta" in vault.read(NEW)
    assert "Zeta" in vault.read("Follow-ups.md")
    is_true_again(vault)


def test_a_watcher_holds_the_lock_only_while_it_writes_and_sees_a_tick(vault: SmallVault, tmp_path: Path) -> None:
    with watching(vault) as process:
        with vault_lock(vault.root, timeout=0):
            assert process.poll() is None
        for task in ("Ask Bob", "Send a note to Ann"):
            ran = run_forked(["done", task, *SHARED, "--vault", str(vault.root)], tmp_path)
            assert ran.code == 0, ran
            vault.edit("Debriefs/Birch.md", "- [ ] Task", "- [x] Task")  # so that the watcher writes too
        until(lambda: vault.read("Follow-ups.md").count("- [ ] Task number") == 6)
        assert "- [x] Ask Bob" in vault.read(ACME)
        assert "- [x] Send a note to Ann" in vault.read(ACME)
    is_true_again(vault)


def test_a_killed_holder_and_what_it_left_in_the_lock_stop_nobody(vault: SmallVault, tmp_path: Path) -> None:
    code = "import sys,pathlib; from jobvault.vault.lock import vault_lock\n"
    code += "with vault_lock(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(vault.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert not is_free(vault)
    before = vault.bytes()
    waiting = start(vault, "done", "Ask Bob")
    until(lambda: is_at_the_lock(waiting, vault) or waiting.poll() is not None)
    assert waiting.poll() is None, "it did not wait"
    assert vault.bytes() == before
    holder.kill()
    holder.communicate(timeout=BOUND)
    ended([waiting])
    lock = vault_state(vault.root) / "lock"
    for content in (b"", b"\xff\0 no number", b"9" * 5000, str(os.getpid()).encode()):
        lock.write_bytes(content)
        ran = run_forked(["done", "--undo", "Ask Bob", *SHARED, "--vault", str(vault.root)], tmp_path)
        assert ran.code == 0, ran
        assert run_forked(["done", "Ask Bob", *SHARED, "--vault", str(vault.root)], tmp_path).code == 0
    is_true_again(vault)


def test_a_state_folder_that_cannot_be_used_is_said_and_nothing_is_written(vault: SmallVault, tmp_path: Path) -> None:
    before = vault.bytes()
    state = state_dir()
    kept = state.with_name("kept")
    state.rename(kept)

    def is_refused(why: str) -> None:
        ran = run_forked(["done", "Ask Bob", *SHARED, "--vault", str(vault.root)], tmp_path)
        assert ran.code == 1
        assert why in ran.err
        assert str(state) in ran.err
        assert "Nothing was written" in ran.err
        assert len(ran.err.splitlines()) == 1
        assert vault.bytes() == before

    state.write_bytes(b"")
    is_refused("File exists")
    state.unlink()
    state.symlink_to(tmp_path / "nowhere" / "at all")
    is_refused("File exists")
    state.unlink()
    state.mkdir()
    if os.geteuid() != 0:
        state.chmod(0o500)
        is_refused("Permission denied")
        state.chmod(0o700)
    (vault_state(vault.root)).mkdir(parents=True)
    (vault_state(vault.root) / "lock").mkdir()
    is_refused("Is a directory")
