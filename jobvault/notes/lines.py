"""A note's lines, and what stands at the beginning of one: indents, tabs, the marks of items and quotes.

Columns count from 0; a tab goes to the next multiple of four (https://spec.commonmark.org/0.31.2/#tabs).
"""

from __future__ import annotations

import io
import re

BLANKS = " \t\r\n"
"""What counts as blank in Markdown; Python's ``str.strip`` would take more."""
CODE_INDENT = 4
"""How many blanks make a line code."""
_STOP = 4
_NUMBER = re.compile(r"([0-9]{1,9})[.)]")


def split_lines(text: str) -> list[str]:
    """Cut a text behind each LF, CRLF or CR, and nowhere else; the pieces joined are the text again.

    ``str.splitlines`` would cut at U+2028, U+0085, form feeds and more, which Markdown does not count as line ends.
    """
    return io.StringIO(text, newline="").readlines()


def marker_of(inner: str, *, within: bool) -> str:
    """Give the mark of the item or quote that a line without its indent opens, or an empty string.

    ``within`` says that it stands in an open paragraph: only a list that starts with 1 and has a text ends that.
    """
    start = inner[0]
    if start == ">":
        return start
    if start in "-+*":
        marker = start
    elif (number := _NUMBER.match(inner)) and not (within and int(number[1]) != 1):
        marker = number[0]
    else:
        return ""
    behind = inner[len(marker) : len(marker) + 1]
    if behind:
        return marker if behind in " \t" else ""
    return "" if within else marker


def behind_quote(inner: str, column: int) -> tuple[str, int]:
    """Give what stands behind a ``>`` at ``column`` and the one blank that belongs to it, and the column of that."""
    text = inner[1:]
    column += 1
    if "\t" in text:
        text = without_tabs(text, column)
    return (text[1:], column + 1) if text.startswith(" ") else (text, column)


def without_tabs(text: str, column: int) -> str:
    """Write the tabs among the leading blanks of a text at ``column`` as the blanks that they stand for."""
    inner = text.lstrip(" \t")
    lead = text[: len(text) - len(inner)]
    if "\t" not in lead:
        return text
    over = column % _STOP
    return (" " * over + lead).expandtabs(_STOP)[over:] + inner


def without_columns(line: str, column: int, most: int) -> str:
    """Give a line of code from ``column`` on, less up to ``most`` blanks; a tab that is cut through leaves blanks."""
    text = line.rstrip("\r\n")
    if "\t" not in text:
        text = text[column:]
        return text[:most].lstrip(" ") + text[most:]
    at = place = 0
    while at < len(text) and place < column:
        place += _STOP - place % _STOP if text[at] == "\t" else 1
        at += 1
    text = " " * (place - column) + text[at:]
    for taken in range(column, column + most):
        if text.startswith("\t"):
            text = " " * (_STOP - taken % _STOP) + text[1:]
        if not text.startswith(" "):
            break
        text = text[1:]
    return text
