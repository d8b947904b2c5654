"""Bytes that must be whole on the disk before anything relies on them."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)

READ_FLAGS = os.O_RDONLY | _BINARY | _NOFOLLOW | _CLOEXEC | _NONBLOCK
"""Open for reading without following a link at the end, and without waiting at a FIFO or device."""

NEW_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NOFOLLOW | _CLOEXEC
"""Open a file that must not exist yet."""

_BLOCK = 1 << 20
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


def write_all(fd: int, data: bytes) -> None:
    """Write every byte, however little the system takes at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def read_all(fd: int, cap: int | None = None) -> bytes:
    """Return what an open file holds from its start; with a ``cap``, at most ``cap`` + 1 bytes of it."""
    os.lseek(fd, 0, os.SEEK_SET)
    parts: list[bytes] = []
    left = _BLOCK if cap is None else cap + 1
    while left > 0:
        part = os.read(fd, min(_BLOCK, left))
        if not part:
            break
        parts.append(part)
        left -= 0 if cap is None else len(part)
    return b"".join(parts)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file of which it is known that it is a regular one. Raises :class:`OSError`."""
    fd = os.open(path, READ_FLAGS)
    try:
        return read_all(fd)
    finally:
        close_read(fd)


def close_read(fd: int) -> None:
    """Close what was only read: an error then means nothing."""
    with contextlib.suppress(OSError):
        os.close(fd)


def write_new(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Make a file that did not exist, whole and synced; on any error nothing is left. Raises :class:`OSError`."""
    fd = os.open(path, NEW_FLAGS, mode)
    try:
        try:
            write_all(fd, data)
            os.fsync(fd)
        finally:
            os.close(fd)
    except BaseException:
        discard(path)
        raise


def put(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Make or replace a file of our own, outside a vault: whole, synced, never half. Raises :class:`OSError`."""
    temp = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    discard(temp)
    write_new(temp, data, mode)
    try:
        temp.replace(path)
    except BaseException:
        discard(temp)
        raise
    sync_folder(path.parent)


def discard(path: Path) -> None:
    """Remove a file of our own if it is there; a second try covers an error that passes."""
    for _ in range(2):
        try:
            path.unlink()
        except FileNotFoundError:
            return
        except OSError:
            continue
        return


def make_folders(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it that are missing; their names last. Raises :class:`OSError`."""
    if folder.is_dir():
        return
    make_folders(folder.parent, mode)
    folder.mkdir(mode, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make names that were given, changed or removed in a folder last. Raises :class:`OSError`.

    Nothing on Windows, and on file systems that cannot sync a folder.
    """
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY | _CLOEXEC)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        close_read(fd)
