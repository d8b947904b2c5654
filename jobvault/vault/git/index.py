"""Whether git's index holds unmerged paths, read without git: hooks and watching must not depend on a program.

The form is that of gitformat-index(5), versions 2 to 4. A path is unmerged where it has entries of a stage above 0.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from jobvault.vault.durable import READ_FLAGS, close_read, read_all

_HEADER = struct.Struct(">4sII")
_TIMES = 40
"""Bytes of an entry in front of its object name: times, device, inode, mode, owner, size."""
_MODE = 24
_MODES = frozenset({0o040000, 0o100644, 0o100755, 0o120000, 0o160000})
_HASHES = (20, 32)
"""Bytes of an object name: SHA-1, SHA-256."""
_EXTENDED, _NAME = 0x4000, 0x0FFF
_LARGEST = 512 * 1024 * 1024


def has_unmerged(index: Path) -> bool | None:
    """Whether an index file holds unmerged paths; None where it cannot be read. One that is not there holds none."""
    try:
        status = os.stat(index)
    except FileNotFoundError:
        return False
    except OSError:
        return None
    return _has_unmerged(index, (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))


@lru_cache(maxsize=8)
def _has_unmerged(index: Path, stamp: tuple[int, ...]) -> bool | None:
    """Read an index once for as long as its ``stamp`` is the same: every note that is written asks."""
    del stamp
    try:
        fd = os.open(index, READ_FLAGS)
    except OSError:
        return None
    try:
        data = read_all(fd, _LARGEST)
    except OSError:
        return None
    finally:
        close_read(fd)
    return unmerged_in(data)


def unmerged_in(data: bytes) -> bool | None:
    """Whether the bytes of an index hold unmerged paths; None where they are no index of a known form."""
    for size in _HASHES:
        try:
            return any(list(_stages(data, size)))
        except (ValueError, IndexError, struct.error):
            continue
    return None


def _stages(data: bytes, hash_size: int) -> Iterator[int]:
    """Give the stage of each entry. Raises ``ValueError``, or what reading past the end does."""
    signature, version, count = _HEADER.unpack_from(data)
    if signature != b"DIRC" or version not in (2, 3, 4):
        raise ValueError
    at = _HEADER.size
    for _ in range(count):
        if int.from_bytes(data[at + _MODE : at + _MODE + 4], "big") not in _MODES:
            raise ValueError
        flags = int.from_bytes(data[at + _TIMES + hash_size : at + _TIMES + hash_size + 2], "big")
        name = at + _TIMES + hash_size + (4 if flags & _EXTENDED else 2)
        at = _after_compressed(data, name) if version == 4 else _after_padded(data, at, name, flags & _NAME)
        yield flags >> 12 & 3


def _after_compressed(data: bytes, name: int) -> int:
    """Return where the next entry begins: behind a number of any length, and a name that ends in NUL."""
    while data[name] & 0x80:
        name += 1
    return data.index(b"\0", name + 1) + 1


def _after_padded(data: bytes, entry: int, name: int, length: int) -> int:
    """Return where the next entry begins: the name ends in as many NULs as make the entry a multiple of eight."""
    end = data.index(b"\0", name)
    if length not in (end - name, _NAME):
        raise ValueError
    return entry + (end - entry) // 8 * 8 + 8
