"""The lines of an iCalendar file (RFC 5545, 3.1 and 3.4): decoded, unfolded, and by event and time zone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ENDS = re.compile(rb"\r+\n|\r")
_FOLDS = re.compile(rb"\n[ \t]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_BLOCK = re.compile(r"(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DEEPEST = 12
"""How deep blocks may stand in one another; a calendar has an event with an alarm in it, which is three."""
_BARE_UTF16 = {b"B\0E\0": "utf-16-le", b"\0B\0E": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Block:
    """An event or a time zone: the lines between its ``BEGIN`` and ``END``.

    An event's are its own alone, without those of its alarms; a time zone's are all, with what stands in it. ``method``
    is that of the calendar around it, as ``REQUEST`` or ``CANCEL``.
    """

    name: str
    lines: tuple[str, ...]
    method: str = ""


@dataclass(frozen=True, slots=True)
class CalendarLines:
    """What a file holds: ``is_calendar`` where one begins in it, ``whole`` where all that begins also ends."""

    is_calendar: bool
    whole: bool
    events: tuple[Block, ...]
    zones: tuple[Block, ...]


def calendar_lines(data: bytes) -> CalendarLines:
    """Part a file into its events and time zones. Takes any bytes, and never raises."""
    open_blocks: list[tuple[str, list[str]]] = []
    found: dict[str, list[Block]] = {"VEVENT": [], "VTIMEZONE": []}
    is_calendar = whole = False
    method = ""
    for line in _lines(data):
        mark = _BLOCK.fullmatch(line)
        if mark and mark[1].upper() == "BEGIN":
            name = mark[2].upper()
            is_calendar = is_calendar or name == "VCALENDAR"
            method = "" if name == "VCALENDAR" else method
            _file(open_blocks, line, deep=True)
            if len(open_blocks) < _DEEPEST:
                open_blocks.append((name, []))
        elif mark:
            while open_blocks:
                name, lines = open_blocks.pop()
                if name in found:
                    found[name].append(Block(name, tuple(lines), method))
                if name == mark[2].upper():
                    break
            _file(open_blocks, line, deep=True)
        else:
            _file(open_blocks, line, deep=False)
            if len(open_blocks) == 1 and line[:7].upper() == "METHOD:":
                method = line[7:].strip().upper()
    whole = is_calendar and not any(name in found for name, _ in open_blocks)
    return CalendarLines(is_calendar, whole, tuple(found["VEVENT"]), tuple(found["VTIMEZONE"]))


def _file(open_blocks: Sequence[tuple[str, list[str]]], line: str, *, deep: bool) -> None:
    """Give a line to the block that it stands in, and to the time zone around that."""
    for depth, (name, lines) in enumerate(open_blocks):
        inmost = depth == len(open_blocks) - 1
        if name == "VTIMEZONE" or (inmost and name == "VEVENT" and not deep):
            lines.append(line)


def _lines(data: bytes) -> Iterator[str]:
    """Yield the lines, unfolded before they are decoded: a fold may stand inside of a character (RFC 5545, 3.1)."""
    unfolded = _FOLDS.sub(b"", _ENDS.sub(b"\n", _as_utf8(data)))
    for line in _decoded(unfolded).split("\n"):
        if clean := _CONTROL.sub("", line).rstrip():
            yield clean


def _as_utf8(data: bytes) -> bytes:
    """Return the bytes of UTF-16 as those of UTF-8; others as they are, without a mark of their order."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            rest = data[len(bom) :]
            return rest if encoding == "utf-8" else rest.decode(encoding, "replace").encode("utf-8", "replace")
    encoding = _BARE_UTF16.get(data[:4], "")
    return data.decode(encoding, "replace").encode("utf-8", "replace") if encoding else data


def _decoded(data: bytes) -> str:
    """Decode UTF-8, else what Windows writes in the West: RFC 5545 allows the first alone, older programs do not."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
