"""The program under strace: which system calls it makes, and what becomes of it when one of them fails or kills it.

It runs in a child that is forked from the tests, with all that it imports loaded, so that a run costs little; strace
takes hold of the child before it begins.
"""

from __future__ import annotations

import ctypes
import gc
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from jobvault.cli.main import run

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

CHANGING = frozenset(
    {
        "write",
        "pwrite64",
        "fsync",
        "fdatasync",
        "rename",
        "renameat",
        "renameat2",
        "link",
        "linkat",
        "symlink",
        "unlink",
        "unlinkat",
        "mkdir",
        "mkdirat",
        "rmdir",
        "ftruncate",
        "fallocate",
        "chmod",
        "fchmod",
        "fchmodat",
        "chown",
        "fchown",
        "fchownat",
        "setxattr",
        "fsetxattr",
        "removexattr",
        "fremovexattr",
        "utimensat",
        "flock",
    }
)
_TRACED = ("openat", "fcntl", "close", *CHANGING)
_PR_SET_PTRACER = 0x59616D61
_ANY = ctypes.c_ulong(-1)


@dataclass(frozen=True, slots=True)
class Call:
    """A system call of a run: its name, how many of that name came before it and itself, and what strace says."""

    name: str
    turn: int
    text: str

    @property
    def kind(self) -> str:
        """What is done to what kind of file, as ``fsync of a blob``; calls of one kind are much alike."""
        kinds = {
            "lock": '/lock[">]',
            "journal": "journal.jsonl",
            "bounds": "pruned.json",
            "blob": "/blobs/",
            "temporary file": r"\.jobvault\.tmp",
            "note": r"\.md",
        }
        what = next((name for name, pattern in kinds.items() if re.search(pattern, self.text)), "folder")
        return f"{self.name} of a {what}"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to; ``code`` is negative for a signal."""

    code: int
    out: str
    err: str


def run_forked(arguments: Sequence[str], folder: Path, strace: Sequence[str] = ()) -> Ran:
    """Run the program in a child, under strace with the arguments given; ``folder`` takes what it prints."""
    gate, opener = os.pipe()
    out, err = folder / "out", folder / "err"
    gc.freeze()  # so that the child need not copy what it only looks at
    child = os.fork()
    gc.unfreeze()
    if child == 0:
        os.close(opener)
        _become_the_program(arguments, out, err, gate)
    os.close(gate)
    with open(opener, "wb", buffering=0) as door:
        tracer = _attach(child, strace) if strace else None
        with suppress(BrokenPipeError):
            door.write(b"go")
    _, status = os.waitpid(child, 0)
    if tracer is not None:
        tracer.communicate(timeout=60)
    texts = [place.read_text("utf-8") if place.exists() else "" for place in (out, err)]
    return Ran(os.waitstatus_to_exitcode(status), *texts)


def _become_the_program(arguments: Sequence[str], out: Path, err: Path, gate: int) -> None:
    code = 99
    try:
        for number, place in ((0, os.devnull), (1, out), (2, err)):
            fd = os.open(place, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(fd, number)
            os.close(fd)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - they live as long as the child
            for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        with suppress(AttributeError, OSError):  # else Yama lets nobody but ancestors trace
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANY, 0, 0, 0)
        os.read(gate, 2)
        code = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _attach(child: int, arguments: Sequence[str]) -> subprocess.Popen[str]:
    tracer = subprocess.Popen(
        ["strace", "-p", str(child), *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    if "attached" not in said:
        tracer.communicate(timeout=60)
        os.kill(child, 9)
        os.waitpid(child, 0)
        pytest.skip(f"strace cannot trace here: {said.strip()}")
    return tracer


def calls_of(arguments: Sequence[str], folder: Path, inside: Sequence[Path]) -> list[Call]:
    """Run the program and return its calls that write, or change, something in the folders ``inside``."""
    log = folder / "strace.log"
    ran = run_forked(arguments, folder, ["-y", "-s", "0", "-o", str(log), "-e", f"trace={','.join(_TRACED)}"])
    assert ran.code == 0, ran
    return list(_read_log(log.read_text("utf-8", "replace").splitlines(), [str(place) for place in inside]))


def _read_log(lines: Iterable[str], inside: Sequence[str]) -> Iterator[Call]:
    counts: dict[str, int] = {}
    written: set[str] = set()
    for line in lines:
        name = line.partition("(")[0]
        if name not in _TRACED:
            continue
        counts[name] = counts.get(name, 0) + 1
        if any(place in line for place in inside) and _changes(name, line, written):
            yield Call(name, counts[name], line)


def _changes(name: str, line: str, written: set[str]) -> bool:
    """Whether a call writes; closing counts where the file was opened to be written."""
    number = re.match(r"\w+\((\d+)<", line)
    if name == "openat":
        opened = re.search(r"= (\d+)<", line)
        writes = "O_CREAT" in line or "O_WRONLY" in line or "O_RDWR" in line
        if opened:
            (written.add if writes else written.discard)(opened[1])
        return writes
    if name == "close":
        return number is not None and number[1] in written
    return name in CHANGING or (name == "fcntl" and ".jobvault.tmp" in line)


def chosen(calls: Mapping[str, Sequence[Call]], count: int, seed: int) -> list[tuple[str, Call]]:
    """Return that many calls of the scenes that make them: one of each kind at least, the others by chance."""
    dice = random.Random(seed)
    every = [(scene, call) for scene, made in calls.items() for call in made]
    kinds: dict[str, list[tuple[str, Call]]] = {}
    for one in every:
        kinds.setdefault(one[1].kind, []).append(one)
    found = {dice.choice(alike) for alike in kinds.values()}
    others = [one for one in every if one not in found]
    found |= set(dice.sample(others, min(len(others), max(0, count - len(found)))))
    return [one for one in every if one in found]


def kill_at(call: Call) -> list[str]:
    """Return strace's arguments that kill the program as it makes a call, which is then not made."""
    return ["-o", os.devnull, "-e", f"trace={call.name}", "-e", f"inject={call.name}:signal=SIGKILL:when={call.turn}"]


def fail_at(call: Call, code: str, *, on: bool = False) -> list[str]:
    """Return strace's arguments that let a call fail, as with ``ENOSPC``; ``on``: all later ones of its name too."""
    when = f"{call.turn}+" if on else str(call.turn)
    return ["-o", os.devnull, "-e", f"trace={call.name}", "-e", f"inject={call.name}:error={code}:when={when}"]
