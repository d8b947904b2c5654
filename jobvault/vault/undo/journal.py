"""What the undo store writes down of each change, and how: one JSON object a line, read again as values.

A line says one of three things: a change of one note; that a change was not made after all (``withdrawn``); that a
command was taken back as a whole (``undone``). Version 2 added ``by``, ``derived``, ``rescued``, ``undoes``,
``folders``, ``mode`` and ``undone``; a reader passes over what it does not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

MEANWHILE = "a save that met one of jobvault's"
LEFT_BESIDE = "left beside the note by a run that was cut off"
"""Why bytes are kept that no command replaced; in version 1 only these words say so."""

_VERSION = 2


@dataclass(frozen=True, slots=True)
class UndoEntry:
    """One change of one note. ``old`` and ``new`` are the sha256 of its bytes; None where there was, or is, no note.

    ``by`` holds the words that the command was called with, ``undoes`` the id of the command that it takes back.
    ``derived``: only generated blocks changed. ``folders`` were made for the note, outermost first. ``rescued``: no
    change, but bytes of somebody else's that would have been lost; ``new`` is what the note held then. ``mode`` is
    that of a note that went away: its permissions.
    """

    command: str
    when: datetime
    why: str
    path: str
    old: str | None
    new: str | None
    by: str = ""
    undoes: str = ""
    derived: bool = False
    rescued: bool = False
    folders: tuple[str, ...] = ()
    mode: int | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """The last line of a command that took back another one, ``undoes``, as a whole."""

    command: str
    when: datetime
    by: str
    undoes: str


Record = UndoEntry | Undone


def entry_line(entry: UndoEntry) -> bytes:
    """Return the line of a change."""
    return _line({"v": _VERSION, **_as_json(entry)})


def withdrawn_line(entry: UndoEntry) -> bytes:
    """Return the line that takes the line of a change back."""
    return _line({"v": _VERSION, "withdrawn": _as_json(entry)})


def undone_line(undone: Undone) -> bytes:
    """Return the line that says that a command was taken back."""
    values = {"command": undone.command, "when": undone.when.isoformat(), "by": undone.by, "undone": undone.undoes}
    return _line({"v": _VERSION, **values})


def read_records(lines: Iterable[bytes]) -> list[Record]:
    """Return what the lines of a journal say, oldest first, without what was withdrawn; torn lines are passed over."""
    found: list[Record] = []
    for line in lines:
        record = read_line(line)
        if isinstance(record, Withdrawn):
            _drop_last(found, record.entry)
        elif record is not None:
            found.append(record)
    return found


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A change that was not made after all."""

    entry: UndoEntry

    @property
    def command(self) -> str:
        """The command that did not make it."""
        return self.entry.command


def read_line(line: bytes) -> Record | Withdrawn | None:
    """Read one line; None where it is torn, or nothing that is known."""
    try:
        value = json.loads(line)
        if "withdrawn" in value:
            return Withdrawn(_entry(value["withdrawn"]))
        if "undone" in value:
            when = datetime.fromisoformat(value["when"])
            return Undone(str(value["command"]), when, str(value["by"]), str(value["undone"]))
        return _entry(value)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def _as_json(entry: UndoEntry) -> dict[str, Any]:
    always = {
        "command": entry.command,
        "when": entry.when.isoformat(),
        "by": entry.by,
        "why": entry.why,
        "path": entry.path,
        "old": entry.old,
        "new": entry.new,
    }
    seldom = {
        "undoes": entry.undoes,
        "derived": entry.derived,
        "rescued": entry.rescued,
        "folders": list(entry.folders),
        "mode": entry.mode,
    }
    return {**always, **{name: value for name, value in seldom.items() if value}}


def _entry(value: Mapping[str, Any]) -> UndoEntry:
    why = str(value["why"])
    return UndoEntry(
        command=str(value["command"]),
        when=datetime.fromisoformat(value["when"]),
        why=why,
        path=str(value["path"]),
        old=_digest(value["old"]),
        new=_digest(value["new"]),
        by=str(value.get("by", "")),
        undoes=str(value.get("undoes", "")),
        derived=value.get("derived") is True,
        rescued=value.get("rescued") is True or why in {MEANWHILE, LEFT_BESIDE},
        folders=tuple(str(folder) for folder in value.get("folders", ())),
        mode=None if value.get("mode") is None else int(value["mode"]),
    )


def _digest(value: object) -> str | None:
    return None if value is None else str(value)


def _drop_last(found: list[Record], entry: UndoEntry) -> None:
    for place in range(len(found) - 1, -1, -1):
        if found[place] == entry:
            del found[place]
            return
