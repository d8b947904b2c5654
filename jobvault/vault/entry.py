"""What the disk says of a note without its being read, and the problems that come of it."""

from __future__ import annotations

import os
from typing import NamedTuple

from jobvault.model import Problem, Severity
from jobvault.vault.inside import printable

# macOS: <sys/stat.h>; Windows: FILE_ATTRIBUTE_OFFLINE, …_RECALL_ON_OPEN and …_RECALL_ON_DATA_ACCESS.
_SF_DATALESS = 0x40000000
_RECALL = 0x1000 | 0x40000 | 0x400000

HAS_PLACEHOLDERS = hasattr(os.stat_result, "st_flags") or os.name == "nt"
"""Whether files can be there that a cloud service has yet to download."""


class Entry(NamedTuple):
    """A note on the disk. ``path`` is relative to the vault, with ``/``, spelt as on the disk; sizes are in bytes.

    Two equal entries mean that the note is the same as before, as far as can be told without reading it.
    """

    path: str
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int


def entry_of(path: str, status: os.stat_result) -> Entry:
    """Return the entry of a path of the vault."""
    return Entry(path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_placeholder(status: os.stat_result) -> bool:
    """Whether reading a file would make a cloud service download it (iCloud, OneDrive and their like)."""
    flags: int = getattr(status, "st_flags", 0)
    attributes: int = getattr(status, "st_file_attributes", 0)
    return bool(flags & _SF_DATALESS or attributes & _RECALL)


def problem(path: str, code: str, message: str, severity: Severity = "warning") -> Problem:
    """Return a problem with a whole note."""
    return Problem(printable(path), None, severity, code, message)


def unreadable(path: str, error: OSError) -> Problem:
    """Return the problem of a note or folder that the system does not let us read."""
    return problem(path, "unreadable", f"It cannot be read: {error.strerror}.", "error")


def not_a_file(path: str) -> Problem:
    """Return the problem of a note's name that a pipe, socket, device or folder has."""
    return problem(path, "not-a-file", "It is no regular file, so it is not read.")


def not_downloaded(path: str) -> Problem:
    """Return the problem of a note that a cloud service has yet to download."""
    message = "It is still in the cloud only, so it is not read; open it once to download it."
    return problem(path, "not-downloaded", message)
