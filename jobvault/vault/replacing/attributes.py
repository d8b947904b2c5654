"""A new file that is like a note in all but its bytes: owner, mode, extended attributes (ACLs are some of them)."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from jobvault.vault.durable import NEW_FLAGS, discard, write_all

_NOT_KEPT = frozenset({errno.ENOTSUP, errno.EPERM, errno.EACCES, errno.EINVAL, errno.ENODATA})
"""What the system says where an attribute is its own affair, or the file system has none."""

_ACL = "system.posix_acl_access"
"""A folder's default ACL (acl(5)) gives new files one, which the note may lack."""

_MTIME_STEPS = (1_000_000, 2_000_000_000)
"""Nanoseconds; some file systems count in steps of two seconds."""


def write_like(note: Path, new: Path, data: bytes) -> None:
    """Make the file ``new``, synced, with ``data`` and the attributes of ``note``, and modified later than that.

    The owner is kept where the system lets us give files away. Raises :class:`OSError`; nothing is then left.
    """
    like = note.stat()
    fd = os.open(new, NEW_FLAGS, 0o600)
    try:
        try:
            write_all(fd, data)
            _copy(note, like, fd, new)
            os.fsync(fd)
        finally:
            os.close(fd)
    except BaseException:
        discard(new)
        raise


def _copy(note: Path, like: os.stat_result, fd: int, new: Path) -> None:
    if os.name != "nt":
        made = os.fstat(fd)
        if made.st_uid != like.st_uid:
            _try_to_give(fd, like.st_uid, -1)
        if made.st_gid != like.st_gid:
            _try_to_give(fd, -1, like.st_gid)
        _copy_xattrs(note, fd)
        os.fchmod(fd, stat.S_IMODE(like.st_mode))
    for step in _MTIME_STEPS:
        if os.fstat(fd).st_mtime_ns > like.st_mtime_ns:
            return
        later = like.st_mtime_ns + step
        os.utime(new, ns=(later, later))


def _try_to_give(fd: int, user: int, group: int) -> None:
    try:
        os.fchown(fd, user, group)
    except OSError as error:
        if error.errno not in _NOT_KEPT:
            raise


def _copy_xattrs(note: Path, fd: int) -> None:
    if not hasattr(os, "listxattr"):
        return
    try:
        names = os.listxattr(note)
    except OSError as error:
        if error.errno in _NOT_KEPT:
            return
        raise
    for name in names:
        try:
            os.setxattr(fd, name, os.getxattr(note, name))
        except OSError as error:
            if error.errno not in _NOT_KEPT:
                raise
    if _ACL not in names:
        _remove_acl(fd)


def _remove_acl(fd: int) -> None:
    try:
        os.removexattr(fd, _ACL)
    except OSError as error:
        if error.errno not in _NOT_KEPT:
            raise
