"""Lines as a person types or pastes them. Ctrl-C loses nothing of them, a closed terminal only the line being typed.

When its terminal closes, readline empties its line before a program can look at it.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

import click

_PASTED = 0.05
"""Seconds in which what follows an empty line was pasted with it; nobody types that fast."""


class StopAskingError(Exception):
    """The person pressed Ctrl-C, or the terminal is gone: ``gone`` tells which. ``half`` is the line being typed."""

    def __init__(self, half: str = "", *, gone: bool = False) -> None:
        self.half, self.gone = half, gone
        super().__init__(half)


class Keyboard:
    """Reads lines from the terminal, with line editing where Python has readline; prompts go where people look.

    Use it inside ``listening``: there Ctrl-C, a hang-up and a request to end raise ``StopAskingError`` once, and not
    before the next line is asked for; later ones are as good as that one.
    """

    def __init__(self) -> None:
        """Load line editing; a paste of several lines then comes as one text (readline 8.1 and later).

        Make it before anything is read: only then bytes of another encoding can be told from errors.
        """
        with suppress(OSError, AttributeError):  # else what is no UTF-8 comes as Python was told to read it
            sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
        self._readline = _load_readline()
        self._stopped: int | None = None
        self._waiting = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hold Ctrl-C, hang-up and termination back until a line is waited for."""
        numbers = [getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGTERM") if hasattr(signal, name)]
        before = {number: signal.signal(number, self._on_signal) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def text(self, prompt: str) -> str:
        """Ask for a line; what was pasted may be several. Raises ``EOFError`` for Ctrl-D."""
        try:
            self._waiting = True
            if self._stopped is None:
                return _input(prompt)
        except KeyboardInterrupt:
            raise StopAskingError(self._half(), gone=self._gone) from None
        except OSError:
            raise StopAskingError(gone=True) from None
        finally:
            self._waiting = False
        raise StopAskingError(gone=self._gone)

    @property
    def _gone(self) -> bool:
        return self._stopped not in (None, signal.SIGINT)

    def follows(self) -> bool:
        """Whether more comes at once, so that it was pasted, not typed."""
        if os.name == "nt":
            import msvcrt

            return bool(getattr(msvcrt, "kbhit")())  # noqa: B009 - only Windows has it, and mypy looks elsewhere
        return bool(select.select([sys.stdin], [], [], _PASTED)[0])

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        again = self._stopped is not None
        self._stopped = number if self._stopped in (None, signal.SIGINT) else self._stopped
        if self._waiting and not again:
            raise KeyboardInterrupt

    def _half(self) -> str:
        """Return what was typed of a line that was not ended, where it can be known."""
        return str(self._readline.get_line_buffer()) if self._readline else ""


def _load_readline() -> Any:
    try:
        import readline
    except ImportError:
        return None
    if "libedit" not in (readline.__doc__ or ""):
        readline.parse_and_bind("set enable-bracketed-paste on")
    return readline


def _input(prompt: str) -> str:
    """Ask as ``input`` does, also where standard output is no terminal: then on standard error."""
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.stdout.isatty():
        return input(prompt)
    if os.name == "nt":
        click.echo(prompt, nl=False, err=True)
        return input()
    with _shown_on_standard_error():
        return input(prompt)


@contextmanager
def _shown_on_standard_error() -> Iterator[None]:
    """Let file 1 be the terminal for a while: Python edits lines only where it is one."""
    kept = os.dup(1)
    try:
        os.dup2(2, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
