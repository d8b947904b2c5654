"""Paths in the vault: relative, with ``/``, and never a way out of it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from jobvault.errors import RefusedError
from jobvault.vault.durable import READ_FLAGS

_LONGEST_NAME = 255
_IS_WINDOWS = os.name == "nt"
_CAN_REFUSE_LINKS = hasattr(os, "O_NOFOLLOW")
_IS_LINK = frozenset({errno.ELOOP, errno.EMLINK})
"""What opening a link with O_NOFOLLOW gives; FreeBSD says EMLINK."""


def resolve_inside(root: Path, path: str) -> Path:
    """Return where a path of the vault really is: absolute, every link resolved. It need not exist.

    ``path`` is relative to the vault, with ``/``. Raises :class:`RefusedError` for one that is absolute, empty, holds
    ``..``, ``.``, NUL or a name of more than 255 bytes, or whose links lead out of the vault.
    """
    why = _forbidden(path)
    if why:
        raise RefusedError(printable(path), None, why)
    home = os.path.realpath(root)
    real = os.path.realpath(os.path.join(home, path))
    if not real.startswith(os.path.join(home, "")):
        raise RefusedError(printable(path), None, "it is, or lies behind, a link that leaves the vault.")
    return Path(real)


def open_inside(root: Path, path: str) -> int:
    """Open what is at a path of the vault for reading, wherever its links in the vault lead; never waits.

    The caller closes it, and looks whether it is a regular file. Raises :class:`RefusedError` as
    :func:`resolve_inside` does, and :class:`OSError`.
    """
    if not _forbidden(path) and not _behind_link(root, path):
        try:
            return os.open(f"{os.fspath(root)}/{path}", READ_FLAGS)
        except OSError as error:
            if error.errno not in _IS_LINK:
                raise
    return os.open(resolve_inside(root, path), READ_FLAGS)


def _behind_link(root: Path, path: str) -> bool:
    """Whether a folder in the path is a link: much cheaper than resolving the path, and seldom true."""
    place = os.fspath(root)
    parts = path.split("/")
    if _CAN_REFUSE_LINKS:
        parts.pop()
    for part in parts:
        place = f"{place}/{part}"
        if stat.S_ISLNK(os.lstat(place).st_mode):
            return True
    return False


def relative_to_vault(root: Path, real: Path) -> str:
    """Return the path in the vault, with ``/``, of what :func:`resolve_inside` returned."""
    return os.path.relpath(real, os.path.realpath(root)).replace(os.sep, "/")


def printable(path: str) -> str:
    """Return a path that can be encoded and printed: bytes of a name that are not UTF-8 are written as escapes."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode("utf-8")


def is_text(name: str) -> bool:
    """Whether a name read from the disk can be encoded as UTF-8."""
    if name.isascii():
        return True
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _forbidden(path: str) -> str:
    """Say why no file of the vault can have this path; nothing for a good one, which is mostly told at a look."""
    looks_good = path.isascii() and "//" not in path and "/." not in path and "\0" not in path and not _IS_WINDOWS
    if looks_good and 0 < len(path) <= _LONGEST_NAME and path[0] not in "/." and path[-1] != "/":
        return ""
    if not path or path.startswith("/"):
        return "a path in the vault is needed, relative to its root."
    if "\0" in path or (_IS_WINDOWS and ("\\" in path or ":" in path)):
        return "the path holds a character that no file name can have."
    parts = path.split("/")
    if any(part in {"", ".", ".."} for part in parts):
        return "the path holds an empty name, '.' or '..'."
    if any(len(part.encode("utf-8", "surrogatepass")) > _LONGEST_NAME for part in parts):
        return f"a name in the path has more than {_LONGEST_NAME} bytes."
    return ""
