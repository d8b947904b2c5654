"""Two renames that only some systems have: exchange two names, and rename without replacing.

Linux: ``renameat2(2)``. Elsewhere, and on file systems that lack them, the functions say so and the caller does
without.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_RENAME_EXCHANGE = 2
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})

_Rename = Callable[[int, bytes, int, bytes, int], int]


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names of one file system in a single step; False where that is not to be had.

    Call it with the note first: the other way round some file watchers see no event on the note. Raises
    :class:`OSError` where it can be done but failed.
    """
    return _rename(one, other, _RENAME_EXCHANGE)


def rename_new(old: Path, new: Path) -> bool:
    """Rename in a single step that never replaces; False where that is not to be had.

    Raises :class:`FileExistsError` where ``new`` exists.
    """
    if sys.platform == "win32":
        old.rename(new)
        return True
    return _rename(old, new, _RENAME_NOREPLACE)


def _rename(old: Path, new: Path, flags: int) -> bool:
    call = _renameat2()
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(old), _AT_FDCWD, os.fsencode(new), flags) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(old), None, str(new))


@cache
def _renameat2() -> _Rename | None:
    if not sys.platform.startswith("linux"):
        return None
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    call.restype = ctypes.c_int
    found: _Rename = call
    return found
