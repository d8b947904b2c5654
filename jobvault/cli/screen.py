"""What a person sees: colours on a terminal, plain text when piped, nothing that could steer the terminal."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINK = re.compile(r"\[\[([^\]|]*\|)?([^\]]*)\]\]")
_HEADING = re.compile(r"(#{1,6}) (.*)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~=:])")
_ITEM = re.compile(r"\s*(?:- |\d+\. )(?:[a-z0-9]{3,8} \[.\] )?")


def safe(text: object) -> str:
    """Return a text without control and bidi characters, fit for a terminal; line ends and tabs stay."""
    return _UNSAFE.sub("�", str(text))


class Screen:
    """Where a command shows what it found. Colours only where a terminal looks and ``NO_COLOR`` is not set."""

    @property
    def terminal(self) -> bool:
        """Whether a person looks at standard output."""
        return sys.stdout.isatty()

    @property
    def colour(self) -> bool:
        """Whether colours are shown (https://no-color.org)."""
        return self.terminal and not os.environ.get("NO_COLOR")

    def say(self, text: object = "", *, bold: bool = False, dim: bool = False, fg: str | None = None) -> None:
        """Print a line to standard output."""
        click.echo(self.style(safe(text), bold=bold, dim=dim, fg=fg), color=self.colour)

    def style(self, text: str, *, bold: bool = False, dim: bool = False, fg: str | None = None) -> str:
        """Return a text with colours, where they are shown."""
        return click.style(text, bold=bold or None, dim=dim or None, fg=fg) if self.colour else text

    def note(self, text: object) -> None:
        """Print a line to standard error."""
        click.echo(safe(text), err=True)

    def json(self, value: Any) -> None:
        """Print a JSON answer."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace").decode())

    def markdown(self, lines: Sequence[str]) -> None:
        """Show a view's lines: as words when piped; with colours, tables and wrapping on a terminal."""
        table: list[str] = []
        for line in [*lines, None]:
            if line is not None and line.startswith("|") and self.terminal:
                table.append(line)
                continue
            if table:
                self._table(table)
                table = []
            if line is not None:
                self._line(line)

    def _line(self, line: str) -> None:
        text = plain_words(line)
        heading = _HEADING.fullmatch(text)
        if heading and self.terminal:
            self.say(heading[2], bold=True, fg="cyan" if len(heading[1]) == 2 else None)
            return
        if not self.terminal or not text:
            self.say(text)
            return
        from textwrap import wrap

        indent = _ITEM.match(text)
        rest = " " * len(indent[0]) if indent else ""
        for row in wrap(safe(text), max(_width() - 1, 30), subsequent_indent=rest, break_on_hyphens=False):
            self.say(row)

    def _table(self, lines: Sequence[str]) -> None:
        from rich.console import Console
        from rich.table import Table

        rows = [[plain_words(safe(cell)).strip() for cell in _cells(line)] for line in lines]
        table = Table(*rows[0], header_style="bold" if self.colour else "", box=None, pad_edge=False)
        for row in rows[2:]:
            table.add_row(*row)
        Console(no_color=not self.colour, highlight=False, markup=False, width=_width()).print(table)


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _cells(line: str) -> Iterable[str]:
    return [cell.replace("\0", "|") for cell in line.replace("\\|", "\0").strip().strip("|").split("|")]


def plain_words(line: str) -> str:
    """Return a line of our own Markdown as words: no emphasis marks, no escapes, links as names."""
    line = _LINK.sub(lambda found: found[2], line)
    line = _STRONG.sub(lambda found: found[1], line)
    if line.startswith("_") and line.endswith("_") and len(line) > 2:
        line = line[1:-1]
    return _ESCAPED.sub(r"\1", line).replace("&lt;", "<").replace("&amp;", "&")
