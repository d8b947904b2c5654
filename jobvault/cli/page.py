"""A view's Markdown on a terminal: wrapped at words, what matters bright, tables that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from jobvault.cli.screen import safe
from jobvault.notes.inline import plain

if TYPE_CHECKING:
    from jobvault.cli.screen import Screen

WIDEST = 110
"""Lines longer than this are hard to follow."""
_SEPARATOR = " · "
_WIDE = 24
"""A column wider than this may be left out where a table does not fit."""

_HEADING = re.compile(r"(#{1,6}) (.*)")
_START = re.compile(r"\s*(?:#{1,6} |(?:- |\d+\. )(?:[a-z2-7]{3,8} (?=\[.\] ))?(?:\[.\] )?)?")
_ITEM = re.compile(r"\s*(?:- |\d+\. )")
_CODE = re.compile(r"(`[^`]+`)")
_ASIDE = re.compile(r" \([^()]*\)$")


def plain_words(line: str) -> str:
    """Return a line of our own Markdown as words: no emphasis marks, no escapes, links as names, code as it is."""
    start = _START.match(line)
    head = start[0] if start else ""
    rest = line[len(head) :]
    if rest.startswith("_") and rest.endswith("_"):  # what an empty view says
        rest = rest[1:-1]
    words = _CODE.split(rest)
    return head + "".join(part if part.startswith("`") else _plain_part(part) for part in words)


def _plain_part(text: str) -> str:
    """Return the words of a text; the blanks at its ends stay."""
    inner = text.strip()
    return text.replace(inner, plain(inner)) if inner else text


def show_page(screen: Screen, lines: Sequence[str]) -> None:
    """Show the lines of a view on a terminal."""
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            _show_table(screen, [_cells(line) for line in group])
        else:
            for line in group:
                _show_line(screen, plain_words(line))


def _show_line(screen: Screen, text: str) -> None:
    heading = _HEADING.fullmatch(text)
    if heading:
        for row in wrapped(safe(heading[2]), min(screen.width, WIDEST), hang=2):
            screen.say(row, bold=True, fg="cyan" if len(heading[1]) == 2 else None)
        return
    dim = False
    for row in wrapped(safe(text), min(screen.width, WIDEST)):
        bright, dot, rest = row.partition(" ·") if _ITEM.match(text) and not dim else (row, "", "")
        screen.say(screen.style(bright, dim=dim), screen.style(dot + rest, dim=True))
        dim = dim or bool(dot)


def wrapped(text: str, width: int, *, hang: int | None = None) -> list[str]:
    """Wrap a line at words, by cells; what follows stands below the first word of an item, or ``hang`` columns in."""
    from rich.cells import cell_len

    start = _START.match(text)
    head = start[0] if start else ""
    indent = " " * (min(len(head), max(2, width // 8)) if hang is None else hang)
    rows = [head]
    words = text[len(head) :].replace(_SEPARATOR, "\0· ").split(" ")  # a separator ends a row, never starts one
    for index, word in enumerate(word.replace("\0", " ") for word in words):
        glued = f"{rows[-1]}{'' if index == 0 else ' '}{word}"
        if index and cell_len(glued) > max(width - 1, 20):
            rows.append(indent + word)
        else:
            rows[-1] = glued
    return rows


# --- tables ---------------------------------------------------------------------------------------------------------


def _cells(line: str) -> list[str]:
    return [safe(plain_words(cell.replace("\0", "|").strip())) for cell in _parted(line)]


def _parted(line: str) -> Iterable[str]:
    return line.replace("\\|", "\0").strip().strip("|").split("|")


def _show_table(screen: Screen, rows: list[list[str]]) -> None:
    """Show a table; where the terminal is too narrow, without asides and the widest columns, else as a list."""
    head, body = rows[0], rows[2:]
    fitting = fit([head, *body], screen.width)
    if fitting is None:
        for row in body:
            words = [_ASIDE.sub("", cell) if place == 0 else cell for place, cell in enumerate(row[:-1])]
            _show_line(screen, "- " + _SEPARATOR.join(cell for cell in words if cell))
        return
    widths = _widths(fitting)
    for number, row in enumerate(fitting):
        cells = [_padded(cell, width) for cell, width in zip(row, widths, strict=True)]
        screen.say("  ".join(cells).rstrip(), bold=number == 0)


def fit(rows: list[list[str]], width: int) -> list[list[str]] | None:
    """Return the rows as they fit into ``width`` columns, with what matters least left out; None where they do not."""
    for candidate in _ever_narrower(rows):
        if sum(_widths(candidate)) + 2 * (len(candidate[0]) - 1) < width:
            return candidate
    return None


def _ever_narrower(rows: list[list[str]]) -> Iterator[list[list[str]]]:
    yield rows
    rows = [[_ASIDE.sub("", row[0]), *row[1:]] for row in rows]
    yield rows
    while True:
        widths = _widths(rows)
        widest = widths.index(max(widths))
        if widths[widest] <= _WIDE or widest == 0:
            return
        rows = [[cell for place, cell in enumerate(row) if place != widest] for row in rows]
        yield rows


def _widths(rows: list[list[str]]) -> list[int]:
    from rich.cells import cell_len

    return [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]


def _padded(text: str, width: int) -> str:
    from rich.cells import cell_len

    return text + " " * (width - cell_len(text))
