"""A running ``jobvault watch``, beside which real programs change the vault, and what its summaries ought to be."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.small_vault import REPOSITORY, TODAY, SmallVault, block, debrief, make_vault

FOLLOW_UPS = "Summaries/Follow-ups.md"
SUMMARIES = (FOLLOW_UPS, "Summaries/Takeaways.md", "Summaries/Needs attention.md")
LONGEST = 60.0
"""Seconds after which a wait is given up. Far above what it takes, as the machine may be busy with other tests."""

_MAIN = "import sys; from jobvault.__main__ import main; sys.exit(main())"


def wait_for(condition: Callable[[], object], what: str, longest: float = LONGEST) -> float:
    """Wait until a condition holds; returns how long that took, in seconds."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < longest, f"waited {longest} s for {what}"
        time.sleep(0.02)
    return time.monotonic() - start


class Watch:
    """A running ``jobvault watch``, with what it says.

    ``before`` is what runs the program, as ``unshare``; ``first`` is Python that runs in it before anything else.
    """

    def __init__(self, vault: SmallVault, *options: str, before: Sequence[str] = (), first: str = "") -> None:
        arguments = ["watch", "--vault", str(vault.root), "--today", TODAY.isoformat(), *options]
        program = ["-c", f"{first}\n{_MAIN}"] if first else ["-m", "jobvault"]
        self.process = subprocess.Popen(
            [*before, sys.executable, "-u", *program, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"},
            preexec_fn=_hear_ctrl_c,  # noqa: PLW1509 - it takes no lock
        )
        self.lines: list[str] = []
        self._hears_nothing = "--poll" in options or not sys.platform.startswith("linux")
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        wait_for(self._is_up, "watch to start")

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def _is_up(self) -> bool:
        """Whether it said that it watches, and hears; before that it may be told nothing of what happens."""
        if self.process.poll() is not None:
            return True
        try:
            told = b"inotify wd:" in b"".join(
                f.read_bytes() for f in Path(f"/proc/{self.process.pid}/fdinfo").iterdir()
            )
        except OSError:
            told = self._hears_nothing
        return self.says("Watching") and (told or self._hears_nothing)

    def says(self, words: str) -> bool:
        """Whether a line with these words was said."""
        return any(words in line for line in list(self.lines))

    @property
    def changes(self) -> list[str]:
        """Return the lines that say that something was written."""
        return [line for line in list(self.lines) if " written." in line]

    def signal(self, number: int) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def stop(self) -> int:
        """Press Ctrl-C; returns the exit code."""
        self.signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> int:
        """Wait for its end, and for all it said; returns the exit code."""
        code = self.process.wait(timeout=LONGEST)
        self._listener.join(LONGEST)
        return code


def _hear_ctrl_c() -> None:
    """Undo what a shell does to what runs in its background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def watching(vault: SmallVault, *options: str, before: Sequence[str] = (), first: str = "") -> Iterator[Watch]:
    """Run ``jobvault watch``; no traceback may be among what it says."""
    watch = Watch(vault, *options, before=before, first=first)
    try:
        yield watch
    finally:
        if watch.process.poll() is None:
            watch.process.kill()
            watch.process.wait()
    assert not watch.says("Traceback"), watch.lines


def watched_vault(root: Path, notes: dict[str, str] | None = None) -> SmallVault:
    """Lay out a vault with three summaries, up to date."""
    blocks = {path: block(view) for path, view in zip(SUMMARIES, ("follow-ups", "takeaways", "attention"), strict=True)}
    vault = make_vault(root, {**blocks, **(notes or {})})
    vault.summarize()
    return vault


def many_notes(number: int, words: str = "") -> dict[str, str]:
    """Return that many notes, each tenth of them a debrief with a follow-up and a takeaway."""
    return dict(_one_of_many(index, words) for index in range(number))


def _one_of_many(index: int, words: str) -> tuple[str, str]:
    if index % 10:
        return f"Notes/{index % 40}/{index}.md", f"# Note {index}\n\n" + f"A line of text {words}.\n" * 20
    day = f"2026-{1 + index % 10:02}-{1 + index % 28:02}"
    text = debrief(
        f"Company {index}",
        day,
        takeaways=f"- Learn {index} {words}\n",
        follow_ups=f"- [ ] Send {index} {words} 📅 2026-11-27\n",
    )
    return f"Debriefs/{index % 40}/{day} Company {index} panel.md", text


def summaries(vault: SmallVault) -> dict[str, bytes]:
    """Return the bytes of the summaries; none where there is no such file just now."""
    return {path: (vault.root / path).read_bytes() for path in SUMMARIES if (vault.root / path).is_file()}


def made_afresh(vault: SmallVault, aside: Path) -> dict[str, bytes]:
    """Return the summaries as a fresh ``summarize`` makes them from what is on the disk now, in a copy of the vault."""
    shutil.copytree(vault.root, aside, ignore=shutil.ignore_patterns(".git"), symlinks=True)
    copy = SmallVault(aside)
    assert copy.run("summarize").returncode == 0
    made = summaries(copy)
    shutil.rmtree(aside)
    return made


def is_true(vault: SmallVault) -> bool:
    """Whether a fresh ``summarize`` finds nothing to write, and nothing that it cannot."""
    return vault.run("summarize", "--check").returncode == 0


def take_in(vault: SmallVault) -> None:
    """Wait until who watches has seen all there is now: a note that comes is in its summary, and one that goes is not."""
    probe = vault.write("Probe.md", debrief("Probe", follow_ups="- [ ] Probe the watcher 📅 2026-11-27\n"))
    wait_for(lambda: "Probe the watcher" in vault.read(FOLLOW_UPS), "a note that comes")
    probe.unlink()
    wait_for(lambda: "Probe the watcher" not in vault.read(FOLLOW_UPS), "a note that goes")


def in_namespace(limit: str, value: int) -> list[str]:
    """Return what runs a program with other limits than ours (``/proc/sys/user/…``); skips where that is not permitted."""
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare, from util-linux")
    setting = f"/proc/sys/user/{limit}"
    before = ["unshare", "-Ur", "sh", "-c", f'echo {value} > {setting} && exec "$@"', "sh"]
    done = subprocess.run([*before, "cat", setting], capture_output=True, text=True, check=False)
    if done.stdout.strip() != str(value):
        pytest.skip(f"user namespaces are not permitted here: {done.stderr.strip()}")
    return before


__all__ = [
    "FOLLOW_UPS",
    "LONGEST",
    "SUMMARIES",
    "Watch",
    "in_namespace",
    "is_true",
    "made_afresh",
    "many_notes",
    "summaries",
    "take_in",
    "wait_for",
    "watched_vault",
    "watching",
]
