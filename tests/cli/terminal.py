"""A person at a terminal: the program in a pseudo-terminal, waited for by what it says."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import pytest

from tests.forked import call_on_terminal
from tests.small_vault import REPOSITORY, forked_server

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
_SECONDS = 30
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """The program with a terminal for input and output; ``stdout`` takes standard output elsewhere."""

    def __init__(
        self,
        *arguments: str,
        columns: int = 80,
        rows: int = 50,
        cwd: Path | None = None,
        environ: Mapping[str, str] | None = None,
        stdout: IO[bytes] | None = None,
    ) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        env = {
            **{name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONUTF8": "1",
            "TERM": "xterm-256color",
            **(environ or {}),
        }
        files = (theirs, stdout.fileno() if stdout else theirs, theirs)
        self._pid, self._wire = call_on_terminal(forked_server(), list(arguments), str(cwd or Path.cwd()), env, files)
        os.close(theirs)
        self.raw = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._seen = 0

    @property
    def text(self) -> str:
        """All that was shown so far, without colours, lines ended by LF."""
        return _COLOURS.sub("", self.raw).replace("\r\n", "\n")

    def expect(self, words: str) -> None:
        """Wait until words are shown, behind those that were waited for last."""
        deadline = time.monotonic() + _SECONDS
        while words not in self.raw[self._seen :]:
            if not self._read(deadline):
                raise AssertionError(f"{words!r} was not shown, but:\n{self.text}")
        self._seen = self.raw.index(words, self._seen) + len(words)

    def type(self, line: str) -> None:
        """Type a line, and Enter."""
        os.write(self._ours, f"{line}\n".encode())

    def press(self, keys: str) -> None:
        """Press keys that end no line: ``\\x04`` for Ctrl-D."""
        os.write(self._ours, keys.encode("utf-8", "surrogateescape"))

    def paste(self, text: str) -> None:
        """Paste, as a terminal does for a program that can take it whole; no faster than it is read."""
        rest = f"\x1b[200~{text}\x1b[201~".encode("utf-8", "surrogateescape")
        deadline = time.monotonic() + _SECONDS
        while rest and time.monotonic() < deadline:
            rest = rest[os.write(self._ours, rest[:1024]) :]
            while select.select([self._ours], [], [], 0)[0] and self._read(deadline):
                pass

    def hang_up(self) -> int:
        """Close the terminal; returns the exit code."""
        os.close(self._ours)
        return self._wait(time.monotonic() + _SECONDS)

    def _wait(self, deadline: float) -> int:
        """Return the exit code; -1 where a signal ended it. Raises ``TimeoutError``."""
        self._wire.settimeout(max(deadline - time.monotonic(), 0.1))
        with self._wire:
            code = self._wire.recv(16)
        return int(code) if code else -1

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        os.killpg(self._pid, signal.SIGINT)

    def insist(self, words: str) -> None:
        """Press Ctrl-C until words are shown, as one does: Python may miss one just as it begins to wait for a line."""
        for _ in range(_SECONDS):
            self.interrupt()
            deadline = time.monotonic() + 1
            while words not in self.raw and self._read(deadline):
                pass
            if words in self.raw:
                return
        raise AssertionError(f"{words!r} was not shown, but:\n{self.text}")

    def end(self) -> int:
        """Wait for the end; returns the exit code."""
        deadline = time.monotonic() + _SECONDS
        while self._read(deadline):
            pass
        try:
            return self._wait(deadline)
        except TimeoutError:
            os.killpg(self._pid, signal.SIGKILL)
            raise AssertionError(f"it did not end, but showed:\n{self.text}") from None
        finally:
            os.close(self._ours)

    def _read(self, deadline: float) -> bool:
        """Read what there is; False at the end, or when the time is over."""
        ready, _, _ = select.select([self._ours], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            return False
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # Linux says EIO when the other side is closed
            return False
        self.raw += self._decoder.decode(data)
        return bool(data)
