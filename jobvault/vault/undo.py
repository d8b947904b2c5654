"""What edits replaced, kept outside the vault: every note's bytes from before, by their digest, and a journal.

The folder holds ``blobs/ab/abcd…`` (the bytes, named by their sha256) and ``journal.jsonl`` (one JSON object a line,
only ever appended to). Bytes are on the disk before the line that names them, and the line before the note changes,
so a process that is killed at any moment leaves nothing that cannot be brought back.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jobvault.errors import NotFoundError
from jobvault.vault.durable import put, read_file, sync_folder, write_all
from jobvault.vault.places import vault_state

_VERSION = 1


@dataclass(frozen=True, slots=True)
class UndoEntry:
    """One change of one note. ``old`` and ``new`` are the sha256 of its bytes; ``new`` is None where it went away."""

    command: str
    when: datetime
    why: str
    path: str
    old: str
    new: str | None


@dataclass(frozen=True, slots=True)
class UndoStore:
    """The undo store of one vault, as one command uses it.

    ``command`` is the id that all changes of one command share, so that they are undone together; ``when`` is the
    moment the command began, with its time zone.
    """

    folder: Path
    command: str
    when: datetime

    def keep(self, path: str, data: bytes, *, new: bytes | None, why: str) -> UndoEntry:
        """Keep the bytes ``data`` of the note ``path``, which is about to hold ``new`` (None: to go away).

        Both bytes and journal line are on the disk when it returns. Raises :class:`OSError`; nothing is then kept.
        """
        entry = UndoEntry(self.command, self.when, why, path, digest(data), None if new is None else digest(new))
        self._store(entry.old, data)
        self._append({"v": _VERSION, **_as_json(entry)})
        return entry

    def withdraw(self, entry: UndoEntry) -> None:
        """Say that the change of an entry was not made after all. Raises :class:`OSError`."""
        self._append({"v": _VERSION, "withdrawn": _as_json(entry)})

    def entries(self) -> list[UndoEntry]:
        """Return what was changed, oldest first, without what was withdrawn; torn lines are passed over."""
        found: list[UndoEntry] = []
        for line in self._lines():
            try:
                value = json.loads(line)
                if "withdrawn" in value:
                    _drop_last(found, _from_json(value["withdrawn"]))
                else:
                    found.append(_from_json(value))
            except (ValueError, TypeError, KeyError, RecursionError):
                continue
        return found

    def read(self, name: str) -> bytes:
        """Return the bytes of a digest. Raises :class:`NotFoundError` where they are gone or damaged."""
        try:
            data = read_file(self._blob(name))
        except OSError:
            data = None
        if data is None or digest(data) != name:
            message = f"The undo store no longer holds the bytes {name[:12]}…"
            raise NotFoundError(message)
        return data

    def holds(self, data: bytes) -> bool:
        """Whether exactly these bytes are kept."""
        try:
            return self.read(digest(data)) == data
        except NotFoundError:
            return False

    def knows(self, data: bytes) -> bool:
        """Whether these bytes are kept, or are what a change here was to write, made or not."""
        name = digest(data).encode("ascii")
        return any(name in line for line in self._lines()) or self.holds(data)

    def _blob(self, name: str) -> Path:
        return self.folder / "blobs" / name[:2] / name

    def _store(self, name: str, data: bytes) -> None:
        if self.holds(data):
            return
        blob = self._blob(name)
        for folder in (self.folder, blob.parent.parent, blob.parent):
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                sync_folder(folder.parent)
        put(blob, data)

    def _lines(self) -> list[bytes]:
        try:
            return read_file(self._journal).split(b"\n")
        except OSError:
            return []

    @property
    def _journal(self) -> Path:
        return self.folder / "journal.jsonl"

    def _append(self, value: Mapping[str, Any]) -> None:
        """Append one line. A torn line of a killed run is ended first; a half one of our own is taken back."""
        line = json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"
        is_new = not self._journal.exists()
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        fd = os.open(self._journal, flags, 0o600)
        try:
            size = os.lseek(fd, 0, os.SEEK_END)
            try:
                write_all(fd, line if _ends_line(fd, size) else b"\n" + line)
                os.fsync(fd)
            except BaseException:
                os.ftruncate(fd, size)
                raise
        finally:
            os.close(fd)
        if is_new:
            sync_folder(self.folder)


def open_undo(root: Path, when: datetime, command: str | None = None) -> UndoStore:
    """Return the undo store of a vault for one command that began at ``when``; the id is made up where not given.

    Touches nothing on the disk.
    """
    stamp = when.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
    return UndoStore(vault_state(root) / "undo", command or f"{stamp}-{os.urandom(3).hex()}", when)


def digest(data: bytes) -> str:
    """Return the name that bytes are kept under: their sha256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _ends_line(fd: int, size: int) -> bool:
    if size == 0:
        return True
    os.lseek(fd, size - 1, os.SEEK_SET)
    return os.read(fd, 1) == b"\n"


def _as_json(entry: UndoEntry) -> dict[str, str | None]:
    return {
        "command": entry.command,
        "when": entry.when.isoformat(),
        "why": entry.why,
        "path": entry.path,
        "old": entry.old,
        "new": entry.new,
    }


def _from_json(value: Mapping[str, Any]) -> UndoEntry:
    new = value["new"]
    return UndoEntry(
        command=str(value["command"]),
        when=datetime.fromisoformat(value["when"]),
        why=str(value["why"]),
        path=str(value["path"]),
        old=str(value["old"]),
        new=None if new is None else str(new),
    )


def _drop_last(found: list[UndoEntry], entry: UndoEntry) -> None:
    for place in range(len(found) - 1, -1, -1):
        if found[place] == entry:
            del found[place]
            return
