"""What a watcher hears: which changes in a vault matter, and when it is time to look. Knows no library of events."""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable

from jobvault.vault.conflicts import conflict_original
from jobvault.vault.places import MARKER

_SUFFIXES = (".md", ".j2")  # notes, and the vault's own templates


class Signals:
    """Events as hints: they only say when to look, never what changed. Used by several threads at once.

    ``quiet`` and ``most`` are seconds: a look is due ``quiet`` after the last event, and at most ``most`` after the
    first, so that neither a burst leads to many looks nor a steady stream to none.
    """

    def __init__(self, quiet: float, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._quiet, self._most, self._clock = quiet, most, clock
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._first = self._last = math.inf
        self._lost = False

    def mark(self, *, lost: bool = False) -> None:
        """Note that something may have changed, or that events were lost."""
        with self._lock:
            self._last = self._clock()
            self._lost = self._lost or lost
            if self._first != math.inf:
                return  # later events only put the look off, so the sleeper need not wake for them
            self._first = self._last
        self._wake.set()

    def due(self) -> float:
        """Return when, by the clock, it is time to look; infinity where nothing was heard."""
        with self._lock:
            return min(self._last + self._quiet, self._first + self._most)

    def take(self) -> bool:
        """Forget what was heard; returns whether events were lost.

        Call it before the look, so that what comes meanwhile counts anew.
        """
        with self._lock:
            lost, self._lost = self._lost, False
            self._first = self._last = math.inf
        return lost

    def sleep(self, seconds: float) -> None:
        """Sleep that long, or until the first event."""
        self._wake.wait(seconds)
        self._wake.clear()


def matters(path: str, *, folder: bool) -> bool:
    """Whether a change at a path, relative to the vault, can change an answer.

    That is so for notes, conflict copies of notes, ``jobvault.yaml``, templates, and folders: unless the name or that
    of a folder above is hidden, as those of our temporary files are.
    """
    if path.startswith(".") or f"{os.sep}." in path:
        return False
    if folder or path == MARKER or path.lower().endswith(_SUFFIXES):
        return True
    return conflict_original(path.replace(os.sep, "/")) is not None
