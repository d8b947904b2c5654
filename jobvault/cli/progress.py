"""A bar for work of more than a second, where a terminal looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

PATIENCE = 1.0
"""Seconds of silence before a bar shows."""


class Progress:
    """Shows how far a piece of work is, on standard error, once it has taken more than a second."""

    def __init__(self, label: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is shown yet."""
        self._label = label
        self._clock = clock
        self._start: float | None = None
        self._bar: ProgressBar[Any] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` are done; the last call takes the bar away."""
        now = self._clock()
        if self._start is None or done == 0:
            self._start = now
        if self._bar is None and done < total and now - self._start > PATIENCE:
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr)
            self._bar.render_progress()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)
            if done >= total:
                self._bar.render_finish()
                self._bar = None
