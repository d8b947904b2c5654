"""Look at a file that is out of its place by now: is it what was read, and can somebody still write into it?

An editor that opened a note before another file took its place goes on writing into the old one. Linux tells whether
anybody has a file open for writing; elsewhere it is looked at for a while.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from jobvault.vault.durable import READ_FLAGS, close_read, discard, read_all

if sys.platform.startswith("linux"):
    import fcntl  # here, so that nothing is loaded between two exchanges

PATIENCE = 1.0
"""Seconds for which to wait for somebody who has a file open for writing, or to look where that is not told."""
GLANCE = 0.1
"""Seconds for which to look, where that is not told, in the way that every edit goes on such systems."""
_PAUSE = 0.02
_BLINK = 0.005
"""Seconds in which a program that was just opening the file, by the name it had, gets to have it open."""

Keep = Callable[[bytes], None]
"""Takes bytes of the user's that would else be gone, and keeps them in the undo store."""


class Outcome(Enum):
    """What became of it: the note holds the new bytes, or again the user's, which changed or are being written."""

    WRITTEN = auto()
    CHANGED = auto()
    HELD = auto()


class Writers(Enum):
    """Whether anybody has a file open for writing."""

    NONE = auto()
    SOME = auto()
    UNKNOWN = auto()


def writers(fd: int) -> Writers:
    """Say whether anybody has the file open for writing: only then is a read lease (fcntl(2), Linux) to be had."""
    if not sys.platform.startswith("linux"):
        return Writers.UNKNOWN
    try:
        fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGURG)  # who breaks a lease sends SIGIO, which would end us
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return Writers.SOME if error.errno == errno.EAGAIN else Writers.UNKNOWN
    return Writers.NONE


def look(place: Path, expected: bytes, patience: float = PATIENCE) -> Outcome:
    """Compare until nobody can write any more, or for a second; ``patience`` is for where that cannot be told.

    CHANGED is said at once: whoever writes may not be done yet. Raises :class:`OSError`.

    A file that is gone held what was read: Syncthing's scan removes what has such a temporary name and was modified
    more than a day ago (``lib/scanner/walk.go``), as an old note's bytes were and a save of this moment was not.
    """
    try:
        fd = os.open(place, READ_FLAGS)
    except FileNotFoundError:
        return Outcome.WRITTEN
    try:
        return look_open(fd, expected, patience)
    finally:
        close_read(fd)


def look_open(fd: int, expected: bytes, patience: float = PATIENCE) -> Outcome:
    """Do as :func:`look` with an open file."""
    start = time.monotonic()
    seen = False
    while True:
        state = writers(fd)
        if read_all(fd, len(expected)) != expected:
            return Outcome.CHANGED
        if state is Writers.NONE:
            if seen:
                return Outcome.WRITTEN
            seen = True
            time.sleep(_BLINK)
            continue
        if time.monotonic() >= start + (PATIENCE if state is Writers.SOME else patience):
            return Outcome.HELD if state is Writers.SOME else Outcome.WRITTEN
        time.sleep(_PAUSE)


def whole(place: Path) -> bytes | None:
    """Return a note's bytes once nobody has it open for writing; None where somebody still has after a second.

    Half of a save, taken for what is to be replaced, would become the note while its editor writes on elsewhere.
    Raises :class:`OSError`.
    """
    fd = os.open(place, READ_FLAGS)
    try:
        until = time.monotonic() + PATIENCE
        while writers(fd) is Writers.SOME:
            if time.monotonic() >= until:
                return None
            time.sleep(_PAUSE)
        return read_all(fd)
    finally:
        close_read(fd)


def wait_for_writers(fd: int, since: float | None = None) -> bool:
    """Wait until nobody has the file open for writing, a second at most; False where somebody still has.

    Where that cannot be told, wait until ``since``, a moment of :func:`time.monotonic`, is a second ago (None: now).
    """
    start = time.monotonic()
    settled = (start if since is None else since) + PATIENCE
    seen = False
    while (state := writers(fd)) is not Writers.NONE or not seen:
        if state is Writers.NONE:
            seen = True
            time.sleep(_BLINK)
            continue
        now = time.monotonic()
        if now >= (start + PATIENCE if state is Writers.SOME else settled):
            return state is Writers.UNKNOWN
        time.sleep(_PAUSE)
    return True


def let_go(temp: Path, held: bytes, keep: Keep) -> None:
    """Remove a file that is out of its place and held ``held``, which is ours or kept.

    What was written into it meanwhile is kept first; one that somebody still has open stays, for a sweep to find.
    Raises :class:`OSError`: the file is then still there.
    """
    fd = os.open(temp, READ_FLAGS)
    try:
        if not wait_for_writers(fd):
            return
        late = read_all(fd)
    finally:
        close_read(fd)
    if late != held:
        keep(late)
    discard(temp)
