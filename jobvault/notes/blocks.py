"""Whose the words in a generated block are: ours, or the user's, who may write anywhere.

The end comment of a block says it: a digest of the body, and two characters for each of its lines. Both look at
letters and digits alone, without list numbers, boxes and done or cancelled dates, so that neither a formatter nor a
tick changes them. The grammar of the comments is in ``block_markers.py``.
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import dedent

from jobvault.notes.block_markers import CONFLICT, VERSION, Block, BlockFinding, Side, Stamp, find_blocks

__all__ = [
    "NOT_CARRIED",
    "VERSION",
    "Block",
    "BlockFinding",
    "Stamp",
    "digest",
    "end_marker",
    "essence",
    "find_blocks",
    "mark",
    "our_lines",
    "same",
    "users_lines",
]

NOT_CARRIED = "> jobvault: "
"""How the line below a block begins that holds a tick whose source was not found or refuses; the language's words for
that follow, and a colon."""

_ALPHABET = string.digits + string.ascii_lowercase + string.ascii_uppercase
_ITEM = r"(?:[-*+]|\d{1,9}[.)])"
_IS_ITEM = re.compile(rf"\s*{_ITEM}\s")
_START = re.compile(rf"\A[\s>]*(?:#{{1,6}}\s+|{_ITEM}\s+(?:\[.\]\s+)?)")
_BLOCK_START = re.compile(rf"\s{{0,3}}(?:#{{1,6}}\s|{_ITEM}\s|>|\||<!--|```|~~~)|\s+{_ITEM}\s")
_DONE = re.compile(r"(?:✅|❌)\ufe0f?\s*\d{4}-\d\d-\d\d|[\[(](?:completion|cancelled)::\s*[\d-]*[\])]")
_DELIMITER = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")
_BULLET = re.compile(r"\A[*+](?=\s)")
_NUMBER = re.compile(r"\A\d{1,9}[.)](?=\s)")
_PIPE = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r"-+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MOST_WRAPPED, _MOST_IN_PARAGRAPH, _MOST_IN_DATE = 100, 8, 3
"""Over how many lines a formatter may have wrapped one of ours that starts with a marker; one that does not, so that
it may start anywhere in a paragraph; a done date. Without a bound, a long paragraph would cost its length squared."""


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
    """Return a short digest of a body; wrapping, padding and ticks do not change it."""
    hashed = hashlib.sha256("".join(map(essence, lines)).encode("utf-8", "replace"))
    number = int.from_bytes(hashed.digest()[:8], "big")
    return "".join(_ALPHABET[number // 36**place % 36] for place in range(7))


def same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two bodies say the same once formatting is undone.

    Formatting is: blank lines, indents, list markers and numbers, padding of cells, wrapping, backslashes before what
    they escape, and which of ``*`` and ``_`` marks emphasis (so these two count as one character everywhere).
    """
    return _unformatted(one) == _unformatted(other)


def _unformatted(lines: Iterable[str]) -> str:
    kept: list[str] = []
    for line in lines:
        text = line.strip()
        if text.startswith("|"):
            text = _unpadded(text)
        text = _NUMBER.sub("1.", _BULLET.sub("-", text))
        kept.append(_ESCAPE.sub(r"\1", text))
    return " ".join(" ".join(kept).split()).replace("*", "_")


def _unpadded(row: str) -> str:
    """Take a table row's padding off; its cells stay apart even where a bar is escaped."""
    row = _DASHES.sub("-", row) if _DELIMITER.fullmatch(row) else row
    return "\0".join(cell.strip() for cell in _PIPE.split(row))


# --- the user's lines -----------------------------------------------------------------------------------------------


def users_lines(block: Block) -> tuple[str, ...]:
    """Return the lines between the markers that are not ours, in order, as groups parted by a blank line.

    Where the digest holds, none is. Where it does not, the lines that align with the stamp's marks are ours, a line
    that a formatter wrapped included. Groups lose the indent that all their lines share; lines come without ending.
    """
    body = [line.rstrip("\r\n") for line in block.body]
    if block.stamp is not None and digest(body) == block.stamp.digest:
        return ()
    nobodys = {index for index, line in enumerate(body) if line == CONFLICT}
    ours = our_lines(block) | nobodys
    out: list[str] = []
    for group in _groups(body, ours):
        if out and not (_IS_ITEM.match(out[-1]) and _IS_ITEM.match(group[0])):
            out.append("")
        out += group
    return tuple(out)


def our_lines(block: Block) -> frozenset[int]:
    """Return the indices of the lines in a block's body that are ours; see ``users_lines``."""
    body = [line.rstrip("\r\n") for line in block.body]
    if block.sides:
        return frozenset(index for side in block.sides for index in _ours_of_side(body, side))
    return _our_lines(body, block.stamp)


def _our_lines(body: Sequence[str], stamp: Stamp | None) -> frozenset[int]:
    if stamp is not None and digest(body) == stamp.digest:
        return frozenset(range(len(body)))
    return _ours(body, stamp)


def _ours_of_side(body: Sequence[str], side: Side) -> Iterator[int]:
    """Give the indices of what is ours on one side of git's conflicts: that was a body of its own, with its stamp."""
    return (side.rows[index] for index in _our_lines([body[row] for row in side.rows], side.stamp))


def _groups(body: Sequence[str], ours: frozenset[int]) -> Iterator[list[str]]:
    """Give the runs of lines that are not ours, blank ones at their ends left out, without the indent they share."""
    run: list[str] = []
    for index, line in enumerate([*body, ""]):
        if index < len(body) and index not in ours:
            run.append(line)
        elif text := dedent("\n".join(run)).strip("\n"):
            yield text.split("\n")
        if index in ours:
            run = []


def _ours(body: Sequence[str], stamp: Stamp | None) -> frozenset[int]:
    """Return the indices of the lines of ``body`` that are ours: those that align with the stamp's marks.

    Two characters are not many, so of several ways to align them the one counts whose lines have the stamp's digest
    (somebody added lines, and did no more); else the one that finds most of our lines, of equals the simplest.
    """
    if stamp is None:
        return frozenset()
    best, spans = -1, []
    for most in (1, _MOST_WRAPPED):
        units = _units(body, most)
        table = _lengths(units, stamp.marks)
        for late in (False, True):
            found = list(_aligned(units, stamp.marks, table, late=late))
            sure = digest(" ".join(body[start:end]) for start, end in found) == stamp.digest
            if (worth := len(body) + 1 if sure else len(found)) > best:
                best, spans = worth, found
    ours = {index for start, end in spans for index in range(start, end)}
    for index, line in enumerate(body):  # the line under a table's head has no letters of its own
        if index - 1 in ours and _DELIMITER.fullmatch(line.strip()) and body[index - 1].lstrip().startswith("|"):
            ours.add(index)
    return frozenset(ours)


_Unit = Mapping[str, int]
"""The marks that a line may have, alone or with lines wrapped off it → the index behind the last of these lines."""


def _units(body: Sequence[str], most: int) -> list[_Unit]:
    """Return the unit of each line, with up to ``most`` lines in one; it is empty where the line has no letters."""
    return [_unit(body, index, most) if essence(line) else {} for index, line in enumerate(body)]


def _unit(body: Sequence[str], index: int, most: int) -> _Unit:
    """Return the unit of one line. A done date that was wrapped off it always belongs to it."""
    text = body[index]
    own = essence(text)
    unit = {mark(text): index + 1}
    bound = max(_MOST_IN_DATE, most if _BLOCK_START.match(text) else min(most, _MOST_IN_PARAGRAPH))
    for further in range(index + 1, min(len(body), index + bound)):
        rest = body[further].strip()
        if not rest or _BLOCK_START.match(body[further]):
            break
        text = f"{text} {rest}"
        if any(map(str.isalnum, rest)) and (further - index < most or essence(text) == own):
            unit[mark(text)] = further + 1
    return unit


def _lengths(units: Sequence[_Unit], marks: Sequence[str]) -> list[list[int]]:
    """Return how many pairs of units and marks, in order, there are from each of them on."""
    table = [[0] * (len(marks) + 1) for _ in range(len(units) + 1)]
    for i in range(len(units) - 1, -1, -1):
        row, below, unit = table[i], table[i + 1], units[i]
        for j in range(len(marks) - 1, -1, -1):
            hit = table[unit[marks[j]]][j + 1] + 1 if marks[j] in unit else 0
            row[j] = max(hit, below[j], row[j + 1])
    return table


def _aligned(
    units: Sequence[_Unit], marks: Sequence[str], table: Sequence[Sequence[int]], *, late: bool
) -> Iterator[tuple[int, int]]:
    """Give the spans of lines of a longest alignment: of equal ones the first, or (``late``) the last."""
    i = j = 0
    while i < len(units) and j < len(marks):
        end = units[i].get(marks[j], 0)
        hit = end and table[i][j] == table[end][j + 1] + 1
        if hit and not (late and table[i][j] == table[i + 1][j]):
            yield i, end
            i, j = end, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
