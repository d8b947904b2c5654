"""The notes of a vault on the disk: which there are, and their bytes. Reading changes nothing and never waits.

No link is followed out of the vault, no device or FIFO is read, no file that a cloud service has yet to download is
touched, and nothing above a cap is read.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from jobvault.errors import RefusedError
from jobvault.model import Problem
from jobvault.vault.conflicts import conflict_original, look_alike_original
from jobvault.vault.durable import close_read
from jobvault.vault.entry import (
    HAS_PLACEHOLDERS,
    Entry,
    entry_of,
    is_placeholder,
    not_a_file,
    not_downloaded,
    problem,
    unreadable,
)
from jobvault.vault.ignore import default_ignore
from jobvault.vault.inside import open_inside
from jobvault.vault.replacing.look import Writers, writers
from jobvault.vault.walk import ConflictCopy, Scan, scan

__all__ = [
    "CAP",
    "ConflictCopy",
    "Entry",
    "ReadResult",
    "Scan",
    "conflict_original",
    "default_ignore",
    "fingerprint",
    "look_alike_original",
    "read",
    "read_whole",
    "scan",
    "unsettled",
]

CAP = 8 * 1024 * 1024
"""The most bytes of a note that are read."""

_HEAD = 64 * 1024
_TRIES = 3
_YOUNG = 2.0
_SETTLE = 0.25
_PATIENCE = 3.0
_STILL = 1.0
_PAUSE = 0.05
_GONE = (FileNotFoundError, NotADirectoryError)
_NOT_A_FILE = frozenset({errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENODEV})


class ReadResult(NamedTuple):
    """A note's bytes and the entry they belong to, or why there are none; nothing at all for a note that is gone.

    ``head`` holds the first 64 KiB of a note that is too big. ``settled`` is False where somebody was still writing:
    the note changed meanwhile, or it changed just now and another program has it open for writing (Linux tells).
    """

    data: bytes | None = None
    entry: Entry | None = None
    problem: Problem | None = None
    head: bytes = b""
    settled: bool = True


def read(root: Path, path: str, cap: int = CAP) -> ReadResult:
    """Return the bytes of a note; ``path`` is relative to the vault, with ``/``.

    A note of more than ``cap`` bytes, one that may not be read, one whose link leaves the vault, and what is no file
    give a problem. A read during which the note changed is tried again.
    """
    if HAS_PLACEHOLDERS and _is_cloud_only(root, path):
        return ReadResult(problem=not_downloaded(path))
    try:
        fd = open_inside(root, path)
    except _GONE:
        return ReadResult()
    except RefusedError as error:
        return ReadResult(problem=problem(path, "link-leaves-vault", f"It is not read: {error.why}"))
    except OSError as error:
        return ReadResult(problem=not_a_file(path) if error.errno in _NOT_A_FILE else unreadable(path, error))
    try:
        return _read_open(fd, path, cap)
    except OSError as error:
        return ReadResult(problem=unreadable(path, error))
    finally:
        close_read(fd)


def read_whole(
    root: Path,
    path: str,
    cap: int = CAP,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> ReadResult:
    """Do as :func:`read`, and again while somebody is writing the note, for three seconds at most.

    One that is only held open, and stays the same for a second, is taken as it is.
    """
    start = since = clock()
    result = read(root, path, cap)
    while not result.settled and (now := clock()) < start + _PATIENCE:
        if now >= since + _STILL:
            return result._replace(settled=True)
        sleep(_PAUSE)
        before, result = result, read(root, path, cap)
        since = since if result.entry == before.entry else clock()
    return result


def _read_open(fd: int, path: str, cap: int) -> ReadResult:
    result = ReadResult()
    for _ in range(_TRIES):
        status = os.fstat(fd)
        entry = entry_of(path, status)
        if not stat.S_ISREG(status.st_mode):
            return ReadResult(problem=not_a_file(path))
        if entry.size > cap:
            return ReadResult(None, entry, _too_big(path, cap), _read_bytes(fd, _HEAD))
        data = _read_bytes(fd, entry.size + 1)  # one byte more than there should be tells that it grew
        held = _is_held(fd, entry)
        after = os.fstat(fd)  # last, so that who let go of it just now is noticed too
        if len(data) == after.st_size == entry.size and after.st_mtime_ns == entry.mtime_ns:
            return ReadResult(data, entry, settled=not held)
        result = ReadResult(data, entry, settled=False)
        os.lseek(fd, 0, os.SEEK_SET)
    return result


def _is_held(fd: int, entry: Entry) -> bool:
    """Whether a note that changed just now may be half of what somebody is saving in place.

    One that is only kept open for long is none of these. A time in the future counts as just now.
    """
    young = max(entry.mtime_ns, entry.ctime_ns) / 1e9 > time.time() - _YOUNG
    return young and writers(fd) is Writers.SOME


def _read_bytes(fd: int, most: int) -> bytes:
    data = os.read(fd, most)
    while data and len(data) < most and (more := os.read(fd, most - len(data))):
        data += more
    return data


def _too_big(path: str, cap: int) -> Problem:
    message = f"It has more than {cap / 2**20:.3g} MiB, so it is not read."
    return problem(path, "too-big", message, "error")


def _is_cloud_only(root: Path, path: str) -> bool:
    try:
        return is_placeholder(os.stat(root / path))
    except (OSError, ValueError):
        return False


def unsettled(root: Path, entries: Sequence[Entry], *, sleep: Callable[[float], None] = time.sleep) -> frozenset[str]:
    """Return the paths, of notes as they were just read, that somebody is still writing.

    A note is believed only when it is the same a quarter of a second later: editors that truncate and write in place
    show it empty or half, with an old time.
    """
    if not entries:
        return frozenset()
    sleep(_SETTLE)
    return frozenset(entry.path for entry in entries if fingerprint(root, entry.path) != entry)


def fingerprint(root: Path, path: str) -> Entry | None:
    """Return what the disk says of a file of the vault now, a link followed; None where there is none."""
    try:
        return entry_of(path, os.stat(root / path))
    except OSError:
        return None
