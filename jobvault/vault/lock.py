"""One writer at a time for each vault. The lock is a file in the user's state folder, never in the vault."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jobvault.errors import BusyError, JobvaultError
from jobvault.vault.durable import close_read, make_folders
from jobvault.vault.places import vault_state

_FIRST_PAUSE = 0.01
_LONGEST_PAUSE = 0.1
_BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
_LOCKED_BYTE = 1 << 20
"""Windows forbids others to read a locked byte, so it is one behind the process id that the file holds."""


@contextmanager
def vault_lock(
    root: Path,
    timeout: float = 10.0,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Hold the vault's lock for as long as the block runs, waiting up to ``timeout`` seconds for it.

    It ends with the process, however that ends. It is not re-entrant. Raises :class:`BusyError` where another
    process holds it until then, or where the state folder cannot be used.
    """
    path = vault_state(root) / "lock"
    try:
        make_folders(path.parent, 0o700)
        fd = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as error:
        message = f"The lock {path} cannot be opened: {error.strerror}. Nothing was written."
        raise JobvaultError(message) from error
    try:
        if not _take(fd, path, clock() + timeout, clock, sleep):
            message = (
                f"another jobvault is writing in {root}{_holder(fd)}. Nothing was written: "
                "wait until it is done, or end it, and try again."
            )
            raise BusyError(message)
        _leave_word(fd)
        try:
            yield
        finally:
            _let_go(fd)
    finally:
        close_read(fd)


def _take(fd: int, path: Path, until: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> bool:
    """Try until a moment of the clock, ever less often; say whether the lock was had."""
    pause = _FIRST_PAUSE
    while True:
        try:
            _try(fd)
        except OSError as error:
            if error.errno not in _BUSY:
                message = f"The lock {path} cannot be taken: {error.strerror}. Nothing was written."
                raise JobvaultError(message) from error
        else:
            return True
        if clock() >= until:
            return False
        sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _try(fd: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _let_go(fd: int) -> None:
    """Let others have the lock, also where closing the file fails."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            import msvcrt

            os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(fd, fcntl.LOCK_UN)


def _leave_word(fd: int) -> None:
    """Write who holds the lock, for the message of who waits; nothing depends on it."""
    with contextlib.suppress(OSError):
        os.ftruncate(fd, 0)
        os.lseek(fd, 0, os.SEEK_SET)
        os.write(fd, str(os.getpid()).encode("ascii"))


def _holder(fd: int) -> str:
    try:
        os.lseek(fd, 0, os.SEEK_SET)
        word = os.read(fd, 20)
    except OSError:
        return ""
    return f" (process {word.decode('ascii')})" if word.isdigit() else ""
