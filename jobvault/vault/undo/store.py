"""What edits replaced, kept outside the vault: every note's bytes from before, by their digest, and a journal.

The folder holds ``blobs/ab/abcd…`` (the bytes, named by their sha256) and ``journal.jsonl`` (``journal.py``; only
appended to, but for ``bounds.py``). Bytes are on the disk before the line that names them, and the line before
the note changes, so a process that is killed at any moment leaves nothing that cannot be brought back.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jobvault.errors import NotFoundError
from jobvault.vault.durable import close_read, put, read_file, sync_folder, write_all
from jobvault.vault.places import vault_state
from jobvault.vault.undo.journal import (
    Record,
    UndoEntry,
    Undone,
    entry_line,
    read_records,
    undone_line,
    withdrawn_line,
)

__all__ = ["Run", "UndoEntry", "UndoStore", "begin_run", "digest", "open_undo"]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: its id, which all its changes share; when it began, with a time zone; its own words."""

    command: str
    when: datetime
    by: str = ""


def begin_run(when: datetime, by: str = "") -> Run:
    """Return a run of a command that began at ``when``, with an id of its own. Touches nothing on the disk."""
    stamp = when.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
    return Run(f"{stamp}-{os.urandom(3).hex()}", when, by)


@dataclass(frozen=True, slots=True)
class UndoStore:
    """The undo store of one vault, as one command uses it.

    ``command`` is the id that all changes of one command share, so that they are undone together; ``when`` is the
    moment the command began, with its time zone; ``by`` its own words. ``undoes`` is the id of the command that this
    one takes back. ``derived``: what is kept by this value changes only generated blocks.
    """

    folder: Path
    command: str
    when: datetime
    by: str = ""
    undoes: str = ""
    derived: bool = False

    def keep(
        self,
        path: str,
        data: bytes | None,
        *,
        new: bytes | None,
        why: str,
        rescued: bool = False,
        folders: tuple[str, ...] = (),
        mode: int | None = None,
    ) -> UndoEntry:
        """Keep the bytes ``data`` of the note ``path``, which is about to hold ``new`` (None: there is no note).

        Both bytes and journal line are on the disk when it returns. Raises :class:`OSError`; nothing is then kept.
        """
        old = None if data is None else digest(data)
        entry = UndoEntry(
            command=self.command,
            when=self.when,
            why=why,
            path=path,
            old=old,
            new=None if new is None else digest(new),
            by=self.by,
            undoes=self.undoes,
            derived=self.derived,
            rescued=rescued,
            folders=folders,
            mode=mode,
        )
        self._make_folder()
        if old is not None and data is not None:
            self._store(old, data)
        self._append(entry_line(entry))
        return entry

    def withdraw(self, entry: UndoEntry) -> None:
        """Say that the change of an entry was not made after all. Raises :class:`OSError`."""
        self._append(withdrawn_line(entry))

    def close(self) -> None:
        """Say that this command has taken back the one that it ``undoes``, as a whole. Raises :class:`OSError`."""
        self._make_folder()
        self._append(undone_line(Undone(self.command, self.when, self.by, self.undoes)))

    def records(self) -> list[Record]:
        """Return all that the journal says, oldest first, without what was withdrawn; torn lines are passed over.

        Raises :class:`OSError` where there is a journal that cannot be read.
        """
        return read_records(self._lines())

    def entries(self) -> list[UndoEntry]:
        """Return what was changed, as :meth:`records` does."""
        return [record for record in self.records() if isinstance(record, UndoEntry)]

    def read(self, name: str) -> bytes:
        """Return the bytes of a digest. Raises :class:`NotFoundError` where they are gone, damaged or unreadable."""
        try:
            data = read_file(self.blob(name))
        except FileNotFoundError:
            data = None
        except OSError as error:
            raise NotFoundError(f"{self.blob(name)}: the bytes kept here cannot be read: {error.strerror}.") from error
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
        """Whether these bytes are kept, or are what a change here was to write, made or not.

        Raises :class:`OSError` where that cannot be told, as the journal cannot be read.
        """
        name = digest(data).encode("ascii")
        return any(name in line for line in self._lines()) or self.holds(data)

    def blob(self, name: str) -> Path:
        """Return where the bytes of a digest are kept."""
        return self.folder / "blobs" / name[:2] / name

    def _store(self, name: str, data: bytes) -> None:
        if self.holds(data):
            return
        blob = self.blob(name)
        for folder in (blob.parent.parent, blob.parent):
            _make(folder)
        put(blob, data)

    def _make_folder(self) -> None:
        _make(self.folder)

    def _lines(self) -> list[bytes]:
        try:
            return read_file(self.journal).split(b"\n")
        except FileNotFoundError:
            return []

    @property
    def journal(self) -> Path:
        """The journal's file; it may not exist yet."""
        return self.folder / "journal.jsonl"

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept here. Raises :class:`OSError` where that cannot be told."""
        try:
            self.journal.stat()
        except FileNotFoundError:
            return False
        return True

    def _append(self, line: bytes) -> None:
        """Append one line. A torn line of a killed run is ended first; a half one of our own is taken back."""
        is_new = not self.journal.exists()
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        fd = os.open(self.journal, flags, 0o600)
        try:
            size = os.lseek(fd, 0, os.SEEK_END)
            try:
                write_all(fd, line if _ends_line(fd, size) else b"\n" + line)
                os.fsync(fd)
                if is_new:
                    sync_folder(self.folder)
            except BaseException:
                os.ftruncate(fd, size)
                raise
        finally:
            close_read(fd)  # it is on the disk by now


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sync_folder(folder.parent)


def open_undo(root: Path, when: datetime, command: str | None = None, *, by: str = "", undoes: str = "") -> UndoStore:
    """Return the undo store of a folder for one command that began at ``when``; the id is made up where not given.

    ``by`` holds the command's own words, ``undoes`` the id of the command that it takes back. Touches nothing on the
    disk.
    """
    return UndoStore(vault_state(root) / "undo", command or begin_run(when).command, when, by, undoes)


def digest(data: bytes) -> str:
    """Return the name that bytes are kept under: their sha256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _ends_line(fd: int, size: int) -> bool:
    if size == 0:
        return True
    os.lseek(fd, size - 1, os.SEEK_SET)
    return os.read(fd, 1) == b"\n"
