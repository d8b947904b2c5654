"""Generated blocks: finding them, telling our lines from the user's, writing them anew.

The grammar stands in ``docs/format.md``: two comments, alone on their lines at the left margin, outside of code.
The end comment says whose the words between them are: a digest of the body, and two characters for each line.
Both look at letters and digits alone, without list numbers, boxes and done or cancelled dates, so that neither a
formatter nor a tick changes them.
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jobvault.notes.markdown import Element

VERSION = 1
"""The version of the rendering. A block of a newer one is left as it is."""

_MARKER = re.compile(r"<!--\s*jobvault:(begin|end)\b(.*?)-->")
_ALONE = re.compile(r"<!--\s*jobvault:(begin|end)(?:\s+(.*?))?\s*-->[ \t]*")
_ARGUMENT = re.compile(r'\s*([A-Za-z][\w-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)')
_VIEW = re.compile(r"[A-Za-z][\w-]*")
_STAMP = re.compile(r"v(\d{1,4}) (\d{4}-\d\d-\d\d) ([0-9a-z]+)(?: ([0-9A-Za-z]*))?")
_ALPHABET = string.digits + string.ascii_lowercase + string.ascii_uppercase
_START = re.compile(r"[\s>]*(?:#{1,6}\s+|(?:[-*+]|\d{1,9}[.)])\s+(?:\[.\]\s+)?)")
_BLOCK_START = re.compile(r"\s{0,3}(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|>|\||<!--|```|~~~)|\s+(?:[-*+]|\d{1,9}[.)])\s")
_DONE = re.compile(r"(?:✅|❌)\ufe0f?\s*\d{4}-\d\d-\d\d|[\[(](?:completion|cancelled)::\s*[\d-]*[\])]")
_DELIMITER = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an end comment says: version of the rendering, as-of date, digest, two characters for each line."""

    version: int
    as_of: date
    digest: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A generated block: its markers' lines (from 1), view, arguments, the heading level above it, its lines."""

    view: str
    arguments: Mapping[str, str]
    begin: int
    end: int
    level: int
    body: tuple[str, ...]
    stamp: Stamp | None = None
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
    """A marker that may be used: its line, whether it begins a block, its words, the heading level above it."""

    line: int
    begins: bool
    words: str
    quote: str
    level: int


def find_blocks(lines: Sequence[str], elements: Sequence[Element]) -> tuple[tuple[Block, ...], tuple[BlockFinding, ...]]:
    """Find the blocks of a note. Where the markers do not pair, there are no blocks, only findings."""
    misplaced: list[BlockFinding] = []
    blocks: list[Block] = []
    wrong: list[BlockFinding] = []
    nested: list[BlockFinding] = []
    opened: list[_Marker] = []
    for marker in _markers(lines, elements, misplaced):
        if marker.begins:
            if opened:
                nested.append(BlockFinding("block-nested", marker.line, marker.quote))
            opened.append(marker)
        elif not opened:
            wrong.append(BlockFinding("block-no-begin", marker.line, marker.quote))
        else:
            blocks.append(_block(lines, opened.pop(), marker))
    wrong += [BlockFinding("block-no-end", marker.line, marker.quote) for marker in opened] or nested
    return (() if wrong else tuple(blocks)), (*misplaced, *wrong)


def _block(lines: Sequence[str], begin: _Marker, end: _Marker) -> Block:
    view, arguments, malformed = read_arguments(begin.words)
    body = tuple(lines[begin.line : end.line - 1])
    return Block(view, arguments, begin.line, end.line, begin.level, body, read_stamp(end.words), malformed)


def _markers(
    lines: Sequence[str], elements: Sequence[Element], misplaced: list[BlockFinding]
) -> Iterator[_Marker]:
    level, inside = 0, 0
    for element in elements:
        if element.kind == "heading" and not (inside or element.depth or element.quoted):
            level = element.level
        if element.kind not in ("comment", "html", "paragraph"):
            continue
        for number in range(element.line, element.end + 1):
            line = lines[number - 1].rstrip("\r\n")
            if "jobvault:" not in line or not _MARKER.search(line):
                continue
            alone = _ALONE.fullmatch(line)
            if alone and element.kind == "comment" and not (element.depth or element.quoted) and number == element.line:
                inside = max(inside + (1 if alone[1] == "begin" else -1), 0)
                yield _Marker(number, alone[1] == "begin", alone[2] or "", line.strip(), level)
            elif element.kind != "paragraph" or "`" not in line:
                misplaced.append(BlockFinding("block-place", number, line.strip()))


def read_arguments(words: str) -> tuple[str, dict[str, str], str]:
    """Read ``view key=value key="a \\"value\\""``; returns view, arguments and the part that could not be read."""
    words = words.strip()
    name = _VIEW.match(words)
    if name is None:
        return "", {}, words
    arguments: dict[str, str] = {}
    place = name.end()
    while place < len(words):
        found = _ARGUMENT.match(words, place)
        if found is None:
            return name[0], arguments, words[place:].strip()
        value = found[3] if found[2] is None else re.sub(r"\\(.)", r"\1", found[2])
        arguments[found[1].lower()] = value
        place = found.end()
    return name[0], arguments, ""


def read_stamp(words: str) -> Stamp | None:
    """Read what an end comment says; None where it is bare or not ours."""
    found = _STAMP.fullmatch(" ".join(words.split()))
    if found is None:
        return None
    try:
        as_of = date.fromisoformat(found[2])
    except ValueError:
        return None
    marks = found[4] or ""
    return Stamp(int(found[1]), as_of, found[3], tuple(marks[i : i + 2] for i in range(0, len(marks), 2)))


def end_marker(body: Iterable[str], as_of: date) -> str:
    """Return the end comment for a body as it is rendered now (without line ending)."""
    lines = list(body)
    marks = "".join(mark(line) for line in lines if essence(line))
    return f"<!-- jobvault:end v{VERSION} {as_of.isoformat()} {digest(lines)}{' ' + marks if marks else ''} -->"


def essence(line: str) -> str:
    """Reduce a line to its letters and digits, without list number, box, done and cancelled date."""
    rest = _DONE.sub("", _START.sub("", line, count=1))
    return "".join(char for char in rest if char.isalnum())


def mark(line: str) -> str:
    """Two letters or digits that a line is known by."""
    number = int.from_bytes(hashlib.sha256(essence(line).encode("utf-8", "replace")).digest()[:4], "big")
    return _ALPHABET[number % 62] + _ALPHABET[number // 62 % 62]


def digest(lines: Iterable[str]) -> str:
    """A short digest of a body; wrapping, padding and ticks do not change it."""
    hashed = hashlib.sha256("".join(map(essence, lines)).encode("utf-8", "replace"))
    number = int.from_bytes(hashed.digest()[:8], "big")
    return "".join(_ALPHABET[number // 36**place % 36] for place in range(7))


def same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two bodies say the same once formatting is undone: blank lines, markers, numbers, padding, wrapping."""
    return _unformatted(one) == _unformatted(other)


def _unformatted(lines: Iterable[str]) -> str:
    kept: list[str] = []
    for line in lines:
        text = line.strip()
        if text.startswith("|"):
            text = re.sub(r"-{2,}", "-", text.replace("\\|", "\0"))
            text = "|".join(cell.strip() for cell in text.split("|"))
        text = re.sub(r"^(?:[*+]|\d{1,9}[.)])(?=\s)", lambda m: "-" if m[0] in "*+" else "1.", text)
        text = re.sub(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])", r"_\1_", text)
        kept.append(text.replace("\\", ""))
    return " ".join(" ".join(kept).split())


def users_lines(block: Block) -> tuple[str, ...]:
    """Return the lines between the markers that are not ours, in order, as groups parted by a blank line.

    Where the digest holds, none is. Where it does not, the lines that align with the stamp's marks are ours, a line
    that a formatter wrapped included. Groups lose the indent that all their lines share; lines come without ending.
    """
    body = [line.rstrip("\r\n") for line in block.body]
    stamp = block.stamp
    if stamp is not None and digest(body) == stamp.digest:
        return ()
    ours = _aligned(body, stamp.marks if stamp else ())
    groups: list[list[str]] = []
    open_group = False
    for index, line in enumerate(body):
        if index in ours:
            open_group = False
        elif line.strip():
            if not open_group:
                groups.append([])
            groups[-1].append(line)
            open_group = True
        elif open_group and groups:
            groups[-1].append("")
    return _joined(groups)


def _joined(groups: list[list[str]]) -> tuple[str, ...]:
    out: list[str] = []
    for group in groups:
        while group and not group[-1]:
            group.pop()
        indent = min(len(line) - len(line.lstrip()) for line in group if line)
        if out and not (_is_item(out[-1]) and _is_item(group[0])):
            out.append("")
        out += [line[indent:] for line in group]
    return tuple(out)


def _is_item(line: str) -> bool:
    return re.match(r"\s*(?:[-*+]|\d{1,9}[.)])\s", line) is not None


def _aligned(body: Sequence[str], marks: Sequence[str]) -> frozenset[int]:
    """Return the indices of the lines of ``body`` that are ours: the longest common subsequence with the marks."""
    units = _units(body)
    table = [[0] * (len(marks) + 1) for _ in range(len(units) + 1)]
    for i in range(len(units) - 1, -1, -1):
        for j in range(len(marks) - 1, -1, -1):
            hit = table[i + 1][j + 1] + 1 if marks[j] in units[i] else 0
            table[i][j] = max(hit, table[i + 1][j], table[i][j + 1])
    ours: set[int] = set()
    i = j = 0
    while i < len(units) and j < len(marks):
        if marks[j] in units[i] and table[i][j] == table[i + 1][j + 1] + 1:
            ours.update(units[i][marks[j]])
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    for index, line in enumerate(body):  # the line under a table's head has no letters of its own
        if index - 1 in ours and _DELIMITER.fullmatch(line.strip()) and body[index - 1].lstrip().startswith("|"):
            ours.add(index)
    return frozenset(ours)


def _units(body: Sequence[str]) -> list[dict[str, tuple[int, ...]]]:
    """Return, for each line that starts something, the marks it may have: alone, or with lines wrapped off it.

    A mark maps to the indices of the lines that it covers; of equal marks the longest cover wins.
    """
    units: list[dict[str, tuple[int, ...]]] = []
    head: dict[str, tuple[int, ...]] = {}
    text = ""
    covered: tuple[int, ...] = ()
    for index, line in enumerate(body):
        if not essence(line):
            text = ""
            continue
        if text and not _BLOCK_START.match(line):
            text, covered = f"{text} {line.strip()}", (*covered, index)
            head[mark(text)] = covered
            units.append({mark(line): (index,)})
            continue
        text, covered = line, (index,)
        head = {mark(line): covered}
        units.append(head)
    return units
