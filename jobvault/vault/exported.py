"""Files that a person asks for beside the notes, as a calendar: each made or replaced as a whole."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from jobvault.errors import JobvaultError
from jobvault.vault.durable import READ_FLAGS, close_read, put, read_all

_MOST = 64 << 20
"""Bytes of what stands there that are looked at."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file as a person named it, where its links lead, and what stands there (None: nothing)."""

    file: Path
    place: Path
    before: bytes | None

    def replace(self, data: bytes) -> None:
        """Write the file as a whole; one that was there keeps its mode. Raises ``JobvaultError``: it is as it was."""
        try:
            mode = None if self.before is None else stat.S_IMODE(self.place.stat().st_mode)
            put(self.place, data, 0o666 if mode is None else mode)
        except OSError as error:
            raise _failed(self.file, "written", error) from error
        if mode is not None:
            with contextlib.suppress(OSError):  # the file is whole; on some file systems no mode can be set
                self.place.chmod(mode)


def look_at(file: Path, *, root: Path, suffix: str) -> Target:
    """Look at what is to be written. Raises ``JobvaultError`` where no such file can or should be.

    In the vault, at ``root``, its name must end in ``suffix``: nothing there but notes and settings is jobvault's.
    """
    with contextlib.suppress(OSError):
        if stat.S_ISFIFO(file.stat().st_mode):  # as /dev/stdout, whose link leads to no path
            raise JobvaultError(f"{file} is no regular file, so nothing was written. Leave -o out for standard output.")
    place = Path(os.path.realpath(file))
    inside = place.is_relative_to(os.path.realpath(root))
    if inside and place.suffix.lower() != suffix:
        raise JobvaultError(f"{file} lies in the vault, so its name has to end in {suffix}. Nothing was written.")
    if not place.parent.is_dir():
        raise JobvaultError(f"There is no folder {file.parent}. Make it, or name another file.")
    return Target(file, place, _read(file, place))


def _read(file: Path, place: Path) -> bytes | None:
    try:
        status = place.stat()
        if not stat.S_ISREG(status.st_mode):
            raise JobvaultError(f"{file} is no regular file, so nothing was written. Name another.")
        fd = os.open(place, READ_FLAGS)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failed(file, "read", error) from error
    try:
        return read_all(fd, _MOST)
    finally:
        close_read(fd)


def _failed(file: Path, what: str, error: OSError) -> JobvaultError:
    return JobvaultError(f"{file} cannot be {what}: {error.strerror}.")
