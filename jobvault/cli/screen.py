"""What a person sees: colours on a terminal, plain text when piped, nothing that could steer the terminal."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import click

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff\U000e0000-\U000e007f]"
)


class Styled(str):
    """A text that was made safe, and may hold the colours that ``Screen.style`` gave it."""

    __slots__ = ()


def safe(text: object) -> str:
    """Return a text without control and bidi characters, fit for a terminal; line ends and tabs stay."""
    return _UNSAFE.sub("�", str(text))


def _escaped(found: re.Match[str]) -> str:
    """Return a character as JSON escapes it; line ends never come here, as JSON has them escaped already."""
    return json.dumps(found[0])[1:-1]


class Screen:
    """Where a command shows what it found. Colours only where a terminal looks and ``NO_COLOR`` is not set."""

    def __init__(self) -> None:
        """See to it that a terminal or pipe that lacks a character shows ``?`` in its place."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")

    @property
    def terminal(self) -> bool:
        """Whether a person looks at standard output."""
        return sys.stdout.isatty()

    @property
    def colour(self) -> bool:
        """Whether colours are shown (https://no-color.org)."""
        return self.terminal and not os.environ.get("NO_COLOR")

    @property
    def width(self) -> int:
        """How many columns the terminal has."""
        import shutil

        return shutil.get_terminal_size().columns

    def say(self, *parts: object, bold: bool = False, dim: bool = False, fg: str | None = None) -> None:
        """Print a line to standard output; what ``style`` returned keeps its own colours."""
        styled = [part if isinstance(part, Styled) else self.style(part, bold=bold, dim=dim, fg=fg) for part in parts]
        click.echo("".join(styled), color=self.colour)

    def style(self, text: object, *, bold: bool = False, dim: bool = False, fg: str | None = None) -> Styled:
        """Return a text made safe, with colours where they are shown."""
        plain = safe(text)
        if not self.colour or not plain or not (bold or dim or fg):
            return Styled(plain)
        return Styled(click.style(plain, bold=bold or None, dim=dim or None, fg=fg))

    def note(self, text: object) -> None:
        """Print a line to standard error."""
        click.echo(safe(text), err=True)

    def json(self, value: Any) -> None:
        """Print a JSON answer; what could steer a terminal, or the output's encoding may lack, is escaped."""
        unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        text = json.dumps(value, ensure_ascii=not unicode, indent=2).encode("utf-8", "replace").decode()
        click.echo(_UNSAFE.sub(_escaped, text))

    def markdown(self, lines: Sequence[str]) -> None:
        """Show a view's lines: as they are when piped; with colours, tables and wrapping on a terminal."""
        if self.terminal:
            from jobvault.cli.page import show_page

            show_page(self, lines)
            return
        from jobvault.cli.page import plain_words

        for line in lines:
            self.say(plain_words(line))
