"""Put a new file in a note's place without losing what anybody saves in that moment.

Where the system can exchange two names in one step, that is what is done: what came out is then looked at, and put
back when it is not what was read. An editor that opened the note before the exchange would write into what came out;
so it is only let go once nobody has it open for writing. Elsewhere: compare, replace, look once more.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

from jobvault.vault.attributes import write_like
from jobvault.vault.durable import READ_FLAGS, close_read, discard, read_all, read_file, write_new
from jobvault.vault.exchange import exchange, rename_new

if sys.platform.startswith("linux"):
    import fcntl  # here, so that nothing is loaded between the two exchanges

_PATIENCE = 1.0
_PAUSE = 0.02
_ROUNDS = 8

Keep = Callable[[bytes], None]
"""Takes bytes of the user's that would else be gone, and keeps them where `undo` finds them."""


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


def take_place(note: Path, temp: Path, expected: bytes, new: bytes, keep: Keep) -> Outcome:
    """Let ``temp``, which holds ``new``, take the place of ``note``, which should hold ``expected``.

    ``temp`` is gone when it returns. Raises :class:`OSError`: the note then holds what it held, and ``temp`` is
    gone unless it holds bytes that are not ours, which a sweep will find.
    """
    try:
        exchanged = exchange(note, temp)
    except BaseException:
        discard(temp)
        raise
    if not exchanged:
        return _replace(note, temp, expected, new, keep)
    try:
        outcome = _look(temp, expected, patient=True)
    except BaseException:
        _back_once(note, temp, new)
        raise
    if outcome is not Outcome.WRITTEN:
        _give_back(note, temp, new, keep)
    discard(temp)
    return outcome


def take_away(note: Path, temp: Path, expected: bytes, keep: Keep) -> Outcome:
    """Take away ``note``, which should hold ``expected``, by way of the free name ``temp``. As :func:`take_place`."""
    note.rename(temp)
    try:
        outcome = _look(temp, expected, patient=True)
        if outcome is not Outcome.WRITTEN:
            _name_again(note, temp, keep)
    except BaseException:
        if os.path.lexists(temp):
            _name_again(note, temp, keep)
        raise
    discard(temp)
    return outcome


def _name_again(note: Path, temp: Path, keep: Keep) -> None:
    try:
        give_name(temp, note)
    except FileExistsError:  # somebody made the note anew
        keep(read_file(temp))
        discard(temp)


def give_name(temp: Path, name: Path) -> None:
    """Give a finished temporary file its name, never one that is taken. Raises :class:`FileExistsError`."""
    if rename_new(temp, name):
        return
    try:
        os.link(temp, name)
    except FileExistsError:
        raise
    except OSError:
        write_new(name, read_file(temp))
    discard(temp)


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


def _look(place: Path, expected: bytes, *, patient: bool) -> Outcome:
    fd = os.open(place, READ_FLAGS)
    try:
        return _look_open(fd, expected, patient=patient)
    finally:
        close_read(fd)


def _look_open(fd: int, expected: bytes, *, patient: bool) -> Outcome:
    """Compare until nobody can write any more, or for a second; where that cannot be told, ``patient`` looks on."""
    until = time.monotonic() + _PATIENCE
    while True:
        state = writers(fd)
        if read_all(fd, len(expected)) != expected:
            return Outcome.CHANGED
        if state is Writers.NONE or (state is Writers.UNKNOWN and not patient):
            return Outcome.WRITTEN
        if time.monotonic() >= until:
            return Outcome.HELD if state is Writers.SOME else Outcome.WRITTEN
        time.sleep(_PAUSE)


def _give_back(note: Path, temp: Path, new: bytes, keep: Keep) -> None:
    """Exchange back until the note holds the newest save and what came out is what was thought to be in it."""
    held, newest = new, read_file(temp)
    for _ in range(_ROUNDS):
        exchange(note, temp)
        came = read_file(temp)
        if came == held:
            if held is not new:
                keep(held)
            return
        held, newest = newest, came
    keep(newest)


def _back_once(note: Path, temp: Path, new: bytes) -> None:
    exchange(note, temp)
    if read_file(temp) == new:
        discard(temp)


def _replace(note: Path, temp: Path, expected: bytes, new: bytes, keep: Keep) -> Outcome:
    """Do it without an exchange: a save by rename that lands between compare and replace is lost here, no other."""
    fd = None
    try:
        fd = None if os.name == "nt" else os.open(note, READ_FLAGS)
        if (read_file(note) if fd is None else read_all(fd)) != expected:
            return Outcome.CHANGED
        temp.replace(note)
        return Outcome.WRITTEN if fd is None else _look_back(fd, note, temp, expected, new, keep)
    finally:
        discard(temp)
        if fd is not None:
            close_read(fd)


def _look_back(fd: int, note: Path, temp: Path, expected: bytes, new: bytes, keep: Keep) -> Outcome:
    """Look once more at what was replaced. What was written into it meanwhile becomes the note again, or is kept."""
    try:
        outcome = _look_open(fd, expected, patient=False)
        late = read_all(fd)
    except OSError:  # the undo store has what it held before
        return Outcome.WRITTEN
    if outcome is Outcome.WRITTEN:
        return outcome
    with suppress(OSError):
        write_like(note, temp, late)
        if read_file(note) == new:
            temp.replace(note)
            return outcome
    keep(late)
    return outcome
