"""Rows 1 and 2 of the reliability bar: the program is killed at, or denied, each call by which it writes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from jobvault.actions.clock import now
from jobvault.cli.main import run
from jobvault.vault.undo.store import UndoStore, digest, open_undo
from tests.faults.scenes import ACME, SCENES, SHARED, Scene, folders_of, lay_down, notes_of, put_back
from tests.faults.strace import Call, Ran, calls_of, chosen, fail_at, kill_at, needs_strace, run_forked
from tests.sizes import FULL, size
from tests.small_vault import REPOSITORY

CODES = {
    "ENOSPC": "No space left on device",
    "EIO": "Input/output error",
    "EDQUOT": "Disk quota exceeded",
}
EVERY = 10_000


@dataclass
class Stage:
    """A scene on the disk: how the vault was and will be, and the calls that lead there."""

    scene: Scene
    folder: Path
    old: dict[str, bytes]
    new: dict[str, bytes]
    calls: list[Call]
    monkeypatch: pytest.MonkeyPatch
    number: int = 0

    @property
    def root(self) -> Path:
        return self.folder / "vault"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def command(self) -> list[str]:
        return [*self.scene.arguments, *SHARED, "--vault", str(self.root)]

    def begin(self) -> None:
        """Lay everything down anew; the state folder too, so that each run makes the same calls."""
        put_back(self.folder / "kept", self.root)
        self.number += 1
        self.monkeypatch.setenv("XDG_STATE_HOME", str(self.state / f"{self.number:05}"))

    def play(self, strace: Sequence[str] = ()) -> Ran:
        return run_forked(self.command, self.folder, strace)

    def summarize(self) -> Ran:
        return run_forked(["summarize", *SHARED, "--vault", str(self.root)], self.folder)

    @property
    def undo(self) -> UndoStore:
        return open_undo(self.root, now(), "looking")

    def notes(self) -> dict[str, bytes]:
        """Return the notes, without what is hidden."""
        return {path: data for path, data in notes_of(self.root).items() if "/." not in f"/{path}"}


def staged(scene: Scene, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    folder.mkdir(exist_ok=True)
    kept = lay_down(folder / "kept")
    scene.before(kept)
    stage = Stage(scene, folder, notes_of(folder / "kept"), {}, [], monkeypatch)
    stage.begin()
    run(stage.command)  # here, so that what is imported late need not be in each child
    stage.begin()
    stage.calls = calls_of(stage.command, folder, [stage.root, stage.state])
    stage.new = notes_of(stage.root)
    assert stage.new != stage.old
    return stage


def is_whole(stage: Stage) -> None:
    """Each note is exactly old or exactly new; what undo needs is there."""
    for path in stage.old.keys() | stage.new.keys():
        assert stage.notes().get(path) in (stage.old.get(path), stage.new.get(path)), path
    assert stage.notes().keys() <= stage.old.keys() | stage.new.keys()
    for entry in stage.undo.entries():
        assert entry.old is None or stage.undo.read(entry.old), entry
    for path, data in stage.old.items():
        if stage.notes().get(path) != data:
            assert stage.undo.holds(data), f"the old bytes of {path} are nowhere"


@pytest.fixture
def stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Stage]:
    return {scene.name: staged(scene, tmp_path / scene.name, monkeypatch) for scene in SCENES}


def calls_in(stages: Mapping[str, Stage], seed: int) -> Iterator[tuple[Stage, Call]]:
    """Yield calls and their stages, those laid down anew."""
    picked = chosen({name: stage.calls for name, stage in stages.items()}, size(40, EVERY), seed)
    for name, call in picked:
        stages[name].begin()
        yield stages[name], call


def killed(stage: Stage, call: Call) -> tuple[Call, Ran]:
    """Kill the command at a call. How often it looks who writes, the clock decides: then it is one call earlier."""
    for turn in range(call.turn, max(call.turn - 4, 0), -1):
        earlier = replace(call, turn=turn)
        ran = stage.play(kill_at(earlier))
        if ran.code != 0:
            break
        assert notes_of(stage.root) == stage.new, call
        stage.begin()
    return earlier, ran


@needs_strace
def test_a_kill_at_any_call_leaves_old_or_new_and_the_next_run_sweeps(stages: dict[str, Stage]) -> None:
    seen = set()
    for stage, picked in calls_in(stages, seed=1):
        call, ran = killed(stage, picked)
        assert ran.code == -signal.SIGKILL, (call, ran)
        is_whole(stage)
        source = stage.scene.source
        done = stage.notes().get(source) != stage.old.get(source)
        seen.add((stage.scene.name, done))
        assert stage.summarize().code == 0, call
        is_whole(stage)
        expected = stage.new if done or stage.scene.goes_on else stage.old
        assert notes_of(stage.root) == expected, f"not as it should be after a kill at {call}"
    assert len({done for _, done in seen}) == 2, "the kills came all before, or all after, the notes were written"


@needs_strace
def test_a_kill_of_the_program_as_people_start_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exchange and the removal behind it, from a shell: the two moments at which most could be lost."""
    stage = staged(SCENES[0], tmp_path, monkeypatch)
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"}
    seen = []
    for name in ("renameat2", "unlink"):
        for turn in range(1, size(3, 20)):
            stage.begin()
            inject = ["-e", f"trace={name}", "-e", f"inject={name}:signal=SIGKILL:when={turn}"]
            strace = ["strace", "-qq", "-f", "-o", os.devnull, *inject]
            ran = subprocess.run(
                [*strace, sys.executable, "-m", "jobvault", *stage.command],
                env={**environ, "XDG_STATE_HOME": os.environ["XDG_STATE_HOME"]},
                capture_output=True,
                timeout=120,
                check=False,
            )
            is_whole(stage)
            assert stage.summarize().code == 0
            assert notes_of(stage.root).keys() == stage.new.keys()
            seen.append(ran.returncode)
            if ran.returncode == 0:
                break
    assert any(code != 0 for code in seen)


def is_clear(stage: Stage, ran: Ran, code: str, call: Call) -> None:
    """An error of one sentence that says what the disk said, about which note or file of jobvault's own."""
    assert ran.code == 1, (call, ran)
    assert "Traceback" not in ran.err
    assert "something went wrong" not in ran.err, (call, ran.err)
    assert CODES[code] in ran.err, (call, ran.err)
    named = [*stage.new, str(stage.state), str(stage.root)]
    assert any(path in ran.err for path in named), (call, ran.err)


@needs_strace
def test_an_error_at_any_call_leaves_old_or_new_and_nothing_else(stages: dict[str, Stage]) -> None:
    refused = 0
    for number, (stage, call) in enumerate(calls_in(stages, seed=2)):
        for code in CODES if FULL else [list(CODES)[number % len(CODES)]]:
            stage.begin()
            ran = stage.play(fail_at(call, code))
            is_whole(stage)
            assert notes_of(stage.root).keys() <= stage.old.keys() | stage.new.keys(), f"left after {call}"
            claims_nothing_unmade(stage, call)
            if ran.code == 0:
                assert notes_of(stage.root) == stage.new, f"all was well, it said, after {call}"
                continue
            refused += 1
            is_clear(stage, ran, code, call)
            if stage.notes() == stage.old:
                assert folders_of(stage.root) == folders_of(stage.folder / "kept"), f"a folder is left after {call}"
    assert refused > len(CODES)


def claims_nothing_unmade(stage: Stage, call: Call) -> None:
    """What the journal says was changed, was changed."""
    now_there = {path: digest(data) for path, data in stage.notes().items()}
    last = {entry.path: entry.new for entry in stage.undo.entries() if not entry.rescued}
    for path, new in last.items():
        assert now_there.get(path) == new, f"{path} is not what the journal says, after {call}"


_ON_A_SMALL_DISK = """
import os, shutil, subprocess, sys
source, disk, *command = sys.argv[1:]
root = disk + "/vault"
shutil.copytree(source, root)
with open(disk + "/filler", "wb", buffering=0) as filler:
    try:
        while filler.write(bytes(512)):
            pass
    except OSError:
        pass
    free = int(os.environ["ROOM"])
    if free:
        os.truncate(disk + "/filler", os.path.getsize(disk + "/filler") - free)
ran = subprocess.run([sys.executable, "-m", "jobvault", *command, "--vault", root])
shutil.rmtree(source)
shutil.copytree(root, source)
sys.exit(ran.returncode)
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not installed")
@pytest.mark.parametrize("room", [0, 8192], ids=lambda room: f"{room} bytes left")
def test_a_disk_that_is_full_in_the_middle_of_a_note_leaves_the_old_one(tmp_path: Path, room: int) -> None:
    """A short write, and no room for the rest, on a real file system of a few pages."""
    vault = lay_down(tmp_path / "vault")
    vault.write(ACME, vault.read(ACME) + "\n".join(f"Line {number} of a long note." for number in range(1000)))
    disk = tmp_path / "disk"
    disk.mkdir()
    before, folders = notes_of(vault.root), folders_of(vault.root)
    mount = 'mount -t tmpfs -o size=256k none "$0" && exec "$@"'
    python = [sys.executable, "-c", _ON_A_SMALL_DISK, str(vault.root), str(disk), "done", "Ask Bob", *SHARED]
    ran = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", mount, str(disk), *python],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", "ROOM": str(room)},
    )
    if "unshare" in ran.stderr or "mount:" in ran.stderr:
        pytest.skip(f"nobody but root may mount here: {ran.stderr.strip()}")
    assert ran.returncode == 1, ran
    assert ran.stderr == f"jobvault: {ACME}: the disk said “No space left on device”. Nothing was written.\n"
    assert notes_of(vault.root) == before
    assert folders_of(vault.root) == folders


def test_a_note_above_the_users_size_limit_stays_old(tmp_path: Path) -> None:
    """The limit lets the first bytes through and then refuses, as a quota may."""
    import resource

    vault = lay_down(tmp_path / "vault")
    vault.write(ACME, vault.read(ACME) + "A long line.\n" * 2000)
    before = notes_of(vault.root)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before[ACME]) - 100, limits[1]))
    try:
        ran = run_forked(["done", "Ask Bob", *SHARED, "--vault", str(vault.root)], tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert ran.code == 1
    assert "File too large" in ran.err
    assert ACME in ran.err
    assert notes_of(vault.root) == before
