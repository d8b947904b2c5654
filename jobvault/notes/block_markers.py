"""Generated blocks, and the two comments that they stand between.

The grammar stands in ``docs/format.md``: the comments are alone on their lines at the left margin, outside of code. The
first says what is wanted; the last says as of when and whose the words between them are (``blocks.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jobvault.notes.hunks import Hunk, find_hunks
from jobvault.notes.inline import strip_comments
from jobvault.notes.markdown import Element

VERSION = 1
"""The version of the rendering. A block of a newer one is left as it is."""
CONFLICT = "<!-- git conflict -->"
"""What stands in a block's body for each mark of a git conflict, and for the end comments on its sides."""

_UNCLOSED = re.compile(r"\s*<!--\s*jobvault:(?:begin|end)\b(?!.*-->)")
_MARKER = re.compile(r"<!--\s*jobvault:(?:begin|end)\b.*?-->")
_ALONE = re.compile(r"<!--\s*jobvault:(begin|end)(?:\s+((?:(?!-->).)*?))?\s*-->[ \t]*")
_ARGUMENT = re.compile(r'\s*([A-Za-z][\w-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"“”„]*))(?=\s|$)')
_VIEW = re.compile(r"[A-Za-z][\w-]*")
_STAMP = re.compile(r"v(\d{1,4}) (\d{4}-\d\d-\d\d) ([0-9a-z]+)(?: ([0-9A-Za-z]*))?", re.ASCII)
_NEWER = re.compile(r"v(\d{1,4})(?: (\d{4}-\d\d-\d\d))?(?: .*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an end comment says: version of the rendering, as-of date, digest, two characters for each line."""

    version: int
    as_of: date
    digest: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the conflicts that git left in a block: the indices of its lines in the body, and its own stamp."""

    rows: tuple[int, ...]
    stamp: Stamp | None


@dataclass(frozen=True, slots=True)
class Block:
    """A generated block: its markers' lines (from 1), view, arguments, the heading level above it, its lines.

    ``sides`` are those of the conflicts that git left in it; each was a whole body once.
    """

    view: str
    arguments: Mapping[str, str]
    begin: int
    end: int
    level: int
    body: tuple[str, ...]
    stamp: Stamp | None = None
    sides: tuple[Side, ...] = ()
    malformed: str = field(default="", compare=False)
    """What of the begin marker's arguments could not be read."""


@dataclass(frozen=True, slots=True)
class BlockFinding:
    """Something wrong with the markers: a problem's code, the line and the words."""

    code: str
    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class _Marker:
    """A begin or end comment: its line, its words, the heading level above it; ``kind`` is empty where misplaced."""

    kind: str
    line: int
    words: str
    level: int


def find_blocks(
    lines: Sequence[str], elements: Sequence[Element]
) -> tuple[tuple[Block, ...], tuple[BlockFinding, ...]]:
    """Find the blocks of a note, from all its lines and elements.

    Where the markers do not pair, or blocks are nested, there are no blocks, only findings. Markers in code are words
    about markers. A git conflict whose sides all end in an end comment is the end of one block.
    """
    blocks: list[Block] = []
    findings: list[BlockFinding] = []
    opened: list[_Marker] = []
    inner: list[tuple[_Marker, _Marker]] = []
    hunks = find_hunks(lines)
    twins = {line for hunk in hunks for line in _ends(lines, hunk)[:-1]}
    for marker in _markers(lines, elements):
        if not marker.kind:
            findings.append(BlockFinding("block-place", marker.line, marker.words))
        elif marker.kind == "begin":
            opened.append(marker)
        elif marker.line in twins:
            continue  # the one on the last side ends the block
        elif not opened:
            findings.append(_finding("block-no-begin", lines, marker))
        else:
            begin = opened.pop()
            blocks.append(_block(lines, begin, marker, hunks))
            inner += [(begin, opened[-1])] if opened else []
    findings += [_finding("block-no-end", lines, begin) for begin in opened]
    findings += [_finding("block-nested", lines, begin) for begin, outer in inner if outer not in opened]
    broken = any(finding.code != "block-place" for finding in findings)
    return (() if broken else tuple(blocks)), tuple(sorted(findings, key=lambda finding: finding.line))


def _markers(lines: Sequence[str], elements: Sequence[Element]) -> Iterator[_Marker]:
    """Give the markers in order. Headings in a block are generated, so they are above nothing."""
    level = seen = 0
    inside = False
    for element in elements:
        if element.kind == "code":
            continue
        top = not element.depth and not element.quoted
        if element.kind == "heading" and top and not inside:
            level = element.level
        for number in range(max(element.line, seen + 1), element.end + 1):
            line = lines[number - 1].strip("\ufeff\r\n")
            if "jobvault:" not in line:
                continue
            if element.kind == "comment" and number == element.line and _UNCLOSED.match(line):
                yield _Marker("", number, line.strip(), level)
            if not _MARKER.search(line):
                continue
            seen = number
            alone = _ALONE.fullmatch(line) if top and element.kind == "comment" and number == element.line else None
            if alone:
                inside = alone[1] == "begin"
                yield _Marker(alone[1], number, alone[2] or "", level)
            elif element.kind in ("comment", "html") or not _MARKER.search(strip_comments(line)):
                yield _Marker("", number, line.strip(), level)


def _finding(code: str, lines: Sequence[str], marker: _Marker) -> BlockFinding:
    return BlockFinding(code, marker.line, lines[marker.line - 1].strip("\ufeff \t\r\n"))


def _ends(lines: Sequence[str], hunk: Hunk) -> tuple[int, ...]:
    """Return the lines of the end comments that are the last words of each side of a conflict; none if one lacks it."""
    last = [next((n for n in reversed(side) if lines[n - 1].strip()), 0) for side in hunk.sides]
    return tuple(last) if all(n and _end_words(lines[n - 1]) is not None for n in last) else ()


def _end_words(line: str) -> str | None:
    found = _ALONE.fullmatch(line.rstrip("\r\n"))
    return found[2] or "" if found and found[1] == "end" else None


def _block(lines: Sequence[str], begin: _Marker, end: _Marker, hunks: Sequence[Hunk]) -> Block:
    """Build a block. Where git left a conflict in it, both sides are its body, and the stamps of both its stamp."""
    view, arguments, malformed = read_arguments(begin.words)
    hunk = next((hunk for hunk in hunks if end.line in _ends(lines, hunk)), None)
    last, ends = (hunk.end, _ends(lines, hunk)) if hunk else (end.line, (end.line,))
    ours = {mark for hunk in hunks for mark in hunk.marks}.union(ends)
    inside = enumerate(lines[begin.line : last - 1], begin.line + 1)
    body = tuple(f"{CONFLICT}\n" if number in ours else line for number, line in inside)
    stamps = [read_stamp(_end_words(lines[number - 1]) or "") for number in ends]
    within = [one for one in hunks if begin.line < one.start and one.end <= last]
    sides = tuple(_sides(body, begin.line + 1, within, stamps)) if within else ()
    return Block(view, arguments, begin.line, last, begin.level, body, _stamp(stamps), sides, malformed)


def _sides(body: Sequence[str], first: int, hunks: Sequence[Hunk], stamps: Sequence[Stamp | None]) -> Iterator[Side]:
    """Part a body, which begins on the line ``first``, into what each side had: ours, the base where shown, theirs."""
    parts = [tuple(hunk.sides) for hunk in hunks]
    count = max(len(stamps), *map(len, parts))
    common = set(range(first, first + len(body))).difference(*(range(hunk.start, hunk.end + 1) for hunk in hunks))
    for place in range(count):
        at = -1 if place == count - 1 else place
        shown = [part for part in parts if at <= 0 or len(part) == count]
        rows = sorted(common.union(*(part[at] for part in shown)))
        stamp = stamps[at] if len(stamps) == count else stamps[-1]
        yield Side(tuple(row - first for row in rows if body[row - first].rstrip() != CONFLICT), stamp)


def _stamp(stamps: Sequence[Stamp | None]) -> Stamp | None:
    if len(stamps) == 1:
        return stamps[0]
    known = [stamp for stamp in stamps if stamp]
    marks = tuple(mark for stamp in known for mark in stamp.marks)
    return Stamp(max(s.version for s in known), max(s.as_of for s in known), "", marks) if known else None


def read_arguments(words: str) -> tuple[str, dict[str, str], str]:
    r"""Read ``view key=value key="a \"value\""``; returns view, arguments and the part that could not be read.

    A key that stands twice could mean either, so the second cannot be read.
    """
    words = words.strip()
    name = _VIEW.match(words)
    if name is None:
        return "", {}, words
    arguments: dict[str, str] = {}
    place = name.end()
    while place < len(words):
        found = _ARGUMENT.match(words, place)
        if found is None or found[1].lower() in arguments:
            return name[0], arguments, words[place:].strip()
        value = found[3] if found[2] is None else re.sub(r"\\(.)", r"\1", found[2])
        arguments[found[1].lower()] = value
        place = found.end()
    return name[0], arguments, ""


def read_stamp(words: str) -> Stamp | None:
    """Read what an end comment says; None where it is bare or not ours.

    Of a newer version only the number is sure: what follows may have any shape.
    """
    words = " ".join(words.split())
    found = _NEWER.fullmatch(words)
    if found and int(found[1]) > VERSION:
        return Stamp(int(found[1]), _day(found[2]) or date.min, "", ())
    found = _STAMP.fullmatch(words)
    as_of = _day(found[2]) if found else None
    if found is None or as_of is None:
        return None
    marks = found[4] or ""
    return Stamp(int(found[1]), as_of, found[3], tuple(marks[i : i + 2] for i in range(0, len(marks), 2)))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
