"""A device: a folder of notes, and jobvault on it with a time zone and a version of its own."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jobvault.actions.clock import today_in
from jobvault.actions.vault import Vault, open_vault
from jobvault.notes.blocks import VERSION
from jobvault.vault.conflicts import conflict_original
from jobvault.vault.undo.store import UndoEntry, open_undo
from tests.small_vault import REPOSITORY, SmallVault, jobvault
from tests.sync.syncthing_nodes import GUARD, PATIENCE


@dataclass
class Device:
    """One device. ``code`` is the folder that its jobvault is imported from.

    Devices share the user's state folder, where each vault has a place of its own by its path.
    """

    vault: SmallVault
    zone: str = ""
    today: str = ""
    code: Path = REPOSITORY
    said: list[str] = field(default_factory=list)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program on this device."""
        return jobvault(*self._shared(arguments), cwd=self.code, environ=self._environ())

    def summarize(self) -> None:
        """Bring its vault up to date with the program."""
        done = self.run("summarize")
        assert done.returncode == 0, done.stderr
        self.said.append(done.stdout + done.stderr)

    def open(self) -> Vault:
        """Open its vault in this process, which is faster, as the program does on this device."""
        assert self.code == REPOSITORY
        vault = open_vault(self.vault.root)
        vault.today = today_in(self.zone, named=dt.date.fromisoformat(self.today) if self.today else None)
        return vault

    def is_true(self) -> bool:
        """Whether nothing in its vault is to be written."""
        if self.code == REPOSITORY:
            return not self.open().summarize(dry_run=True).stale
        done = self.run("summarize", "--dry-run", "--json")
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout)
        return not answer["carried"] and all(block["state"] != "stale" for block in answer["blocks"])

    def writes(self) -> list[UndoEntry]:
        """Return every write that was made, as the undo store has it."""
        return [entry for entry in self._entries() if entry.new is not None]

    def removals(self) -> list[UndoEntry]:
        """Return every note that was taken away."""
        return [entry for entry in self._entries() if entry.new is None]

    def _entries(self) -> list[UndoEntry]:
        return open_undo(self.vault.root, dt.datetime.now(dt.UTC)).entries()

    def watch(self) -> subprocess.Popen[str]:
        """Start ``jobvault watch`` on it; see :func:`watching`."""
        return subprocess.Popen(
            [*GUARD, sys.executable, "-u", "-m", "jobvault", *self._shared(("watch",))],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            cwd=self.code,
            env={**os.environ, **self._environ()},
        )

    def _shared(self, arguments: Sequence[str]) -> list[str]:
        day = ["--today", self.today] if self.today else []
        return [*arguments, "--vault", str(self.vault.root), *day]

    def _environ(self) -> Mapping[str, str]:
        zone = {"TZ": self.zone} if self.zone else {}
        return {"PYTHONPATH": str(self.code), "PYTHONUTF8": "1", **zone}


@contextmanager
def watching(devices: Sequence[Device]) -> Iterator[None]:
    """Run ``jobvault watch`` on all devices. What they said is in ``said`` afterwards."""
    processes: list[subprocess.Popen[str]] = []
    ended = False
    try:
        processes += [device.watch() for device in devices]
        for device, process in zip(devices, processes, strict=True):
            assert process.stdout is not None
            device.said.append(process.stdout.readline())
            assert device.said[-1].startswith("Watching "), device.said[-1] + process.stdout.read()
        yield
        ended = any(process.poll() is not None for process in processes)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for device, process in zip(devices, processes, strict=False):
            try:
                device.said += process.communicate(timeout=PATIENCE)[0].splitlines()
            finally:
                process.kill()
    assert not ended, [device.said for device in devices]
    assert [process.wait() for process in processes] == [0] * len(processes), [device.said for device in devices]


def newer_code(folder: Path) -> Path:
    """Lay out a jobvault of the version after this one, which words the follow-ups differently; returns where."""
    for name in ("jobvault", "templates"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy2(REPOSITORY / "pyproject.toml", folder)
    _patch(
        folder / "jobvault" / "notes" / "block_markers.py", f"\nVERSION = {VERSION}\n", f"\nVERSION = {VERSION + 1}\n"
    )
    _patch(folder / "templates" / "views" / "follow-ups.md.j2", "{% else %}\n{{ dots(", "{% else %}\nOwed: {{ dots(")
    return folder


def _patch(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1, file
    file.write_text(text.replace(old, new), "utf-8")


def at_once(devices: Iterable[Device]) -> None:
    """Bring several devices up to date at the same moment, with the program."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(Device.summarize, devices))


def are_true(devices: Iterable[Device]) -> bool:
    """Whether nothing is to be written on any of them."""
    return all(device.is_true() for device in devices)


def conflict_copies(paths: Iterable[str]) -> dict[str, str]:
    """Return which of some paths are conflict copies, and of what note."""
    found = {path: conflict_original(path) for path in paths}
    return {path: original for path, original in found.items() if original}
