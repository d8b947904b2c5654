"""A real shell in a pseudo-terminal: keys are pressed, and what reaches the program is looked at."""

from __future__ import annotations

import codecs
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from tests.small_vault import REPOSITORY, forked_server

SHELLS = ("bash", "zsh", "fish")
TAB, ENTER, CTRL_C, CTRL_U = "\t", "\r", "\x03", "\x15"
_PROMPT = "ready> "
_ARRIVED = "has arrived"
_SECONDS = 30
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?<>=]*[a-zA-Z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78])|[\r\x07\x0f]")
_START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "-i", "-C", f"function fish_prompt; printf '{_PROMPT}'; end; set -g fish_greeting"],
}


class RealShell:
    """A shell with jobvault's completion, in a vault's folder.

    Its ``jobvault`` answers Tab, and tells the completion script, as the real one does; called otherwise, it writes
    down what it was called with.
    """

    def __init__(self, name: str, home: Path, vault: Path, environ: Mapping[str, str] | None = None) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.name, self.home, self.vault = name, home, vault
        self._words = home / "words.json"
        program = _program(home / "bin", self._words)
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
        self._shell = subprocess.Popen(
            [shutil.which(name) or name, *_START[name][1:]],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=vault,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - it does no more than it says
            env={
                "HOME": str(home),
                "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(REPOSITORY),
                "PYTHONUTF8": "1",
                "LANG": "C.UTF-8",
                "LC_ALL": "C.UTF-8",
                "TERM": "xterm",
                "PS1": _PROMPT,
                "JOBVAULT_DIR": str(vault),
                **(environ or {}),
            },
        )
        os.close(theirs)
        self.raw = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._seen = 0

    @property
    def text(self) -> str:
        """All that was shown so far, without escape sequences."""
        return _ESCAPES.sub("", self.raw)

    def ready(self) -> None:
        """Wait for the prompt."""
        self.expect(_PROMPT)

    def run(self, line: str) -> None:
        """Type a line that is no call of jobvault, and wait until it is done."""
        self.press(f"{line}{ENTER}")
        self.press(f"jobvault{ENTER}")
        self.expect(_ARRIVED)
        self.ready()

    def arrives(self, keys: str) -> list[str]:
        """Press keys, then Enter; returns the words that the program was called with."""
        self._words.unlink(missing_ok=True)
        self.press(f"{keys}{ENTER}")
        self.expect(_ARRIVED)
        self.ready()
        words: list[str] = json.loads(self._words.read_text(encoding="utf-8"))
        return words

    def lists(self, keys: str, *words: str) -> str:
        """Press keys and wait until all of the words are shown; returns what was shown, and leaves the line."""
        before = self._seen
        self.press(keys)
        for word in words:
            self._seen = before
            self.expect(word)
        shown = self.text[before:]
        self.press(f"{CTRL_C}{CTRL_U}")
        self.run("")
        return shown

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def expect(self, words: str) -> None:
        """Wait until words are shown, behind those that were waited for last."""
        deadline = time.monotonic() + _SECONDS
        while words not in self.text[self._seen :]:
            if not self._read(deadline):
                self.end()
                raise AssertionError(f"{words!r} was not shown by {self.name}, but:\n{self.text}")
        self._seen = self.text.index(words, self._seen) + len(words)

    def end(self) -> None:
        """Close the terminal."""
        if self.alive:
            os.killpg(self._shell.pid, signal.SIGKILL)
            os.close(self._ours)
        self._shell.wait()

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._shell.poll() is None

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            return False
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # Linux says EIO when the other side is closed
            return False
        self.raw += self._decoder.decode(data)
        return bool(data)


def _take_terminal() -> None:
    """Make the terminal the shell's own, so that it has job control, and heed Ctrl-C."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _program(folder: Path, words: Path) -> Path:
    """Lay down the ``jobvault`` that a real shell calls."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "jobvault"
    path.write_text(
        dedent(f"""\
        #!{sys.executable} -IS
        import json, os, sys

        if "_JOBVAULT_COMPLETE" in os.environ or sys.argv[1:2] == ["completion"]:
            sys.path.insert(0, {str(REPOSITORY / "tests")!r})
            from forked import call

            sys.exit(call({forked_server()!r}, sys.argv[1:], os.getcwd(), dict(os.environ), (0, 1, 2)))
        with open({str(words)!r}, "w", encoding="utf-8") as file:
            json.dump(sys.argv[1:], file)
        print("has", "arrived")
        """),
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path
