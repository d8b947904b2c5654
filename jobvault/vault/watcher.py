"""The loop of watching: what is due next, and whether everything is still as it was. Knows no library of events.

Events are hints and may be lost, so nothing depends on them: a periodic look is the backstop, and what a library of
events keeps to itself (folders without a watch, threads that ended, a vault that was replaced) is checked from outside.
"""

from __future__ import annotations

import datetime as dt
import errno
import math
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from jobvault.errors import JobvaultError, NoVaultError
from jobvault.vault import inotify
from jobvault.vault.places import is_vault
from jobvault.vault.signals import Signals

_OFTEN = 3
_WITHIN = 60.0
_DOUBT = 1.0
_LIMITS = {errno.ENOSPC: "fs.inotify.max_user_watches", errno.EMFILE: "fs.inotify.max_user_instances"}


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon things happen, all in seconds.

    A look follows ``quiet`` after the last event, at most ``most`` after the first; ``again`` after one that was not
    settled; ``period`` after any other, or ``short_period`` where some folders give no events, or ``poll_every``
    where none do. Every ``beat`` it is seen whether the vault, the day and the source of events are still the same.
    ``patience`` is how long a vault that is gone is waited for.
    """

    quiet: float = 0.3
    most: float = 3.0
    again: float = 0.3
    period: float = 30.0
    short_period: float = 5.0
    poll_every: float = 2.0
    beat: float = 1.0
    patience: float = 10.0


DEFAULT_PACE = Pace()


class Events(Protocol):
    """A running source of events, which makes marks on signals."""

    def close(self) -> None:
        """End it and wait for its end."""

    def alive(self) -> bool:
        """Whether all of it runs: it tells nobody when a part of it has ended."""

    def missing(self) -> int:
        """Return how many folders lack a watch; below zero where watches of folders that went away are left."""


@dataclass(slots=True)
class Watcher:
    """The loop: what is due next is done, one thing at a time, and between them it sleeps.

    ``start`` starts the source of events for the real path of a vault, and may raise anything; None: there is none.
    For the others see :func:`jobvault.vault.watch.watch`.
    """

    root: Path
    look: Callable[[], bool]
    stop: threading.Event
    warn: Callable[[str], None]
    start: Callable[[str, Signals], Events] | None
    pace: Pace
    today: Callable[[], dt.date]
    signals: Signals = field(init=False)
    day: dt.date = field(init=False)
    events: Events | None = None
    place: tuple[int, int] | None = None
    look_at: float = -math.inf
    beat_at: float = -math.inf
    verify_at: float = math.inf
    deaths: list[float] = field(default_factory=list)
    in_doubt: bool = False
    renewed: bool = False
    short: bool = False

    def __post_init__(self) -> None:
        self.signals = Signals(self.pace.quiet, self.pace.most)
        self.day = self.today()

    def run(self) -> None:
        """Run until ``stop`` is set. Close it afterwards, however it ended."""
        if _place(self.root) is None:
            raise NoVaultError(str(self.root), named=True)
        self._renew()
        while not self.stop.is_set():
            now = time.monotonic()
            if now >= self.beat_at:
                self._beat()
            elif now >= min(self.look_at, self.signals.due()):
                self._look()
            elif now >= self.verify_at:
                self._verify()
            else:
                self.signals.sleep(min(self.beat_at, self.look_at, self.signals.due(), self.verify_at) - now)

    def close(self) -> None:
        """End the source of events."""
        events, self.events = self.events, None
        if events is not None:
            events.close()

    # --- looking ---------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if _place(self.root) != self.place:
            self.beat_at = -math.inf  # a vault that is gone is not one whose notes were all deleted
            return
        if self.signals.take():
            self.warn("The system lost some file events, so the whole vault is looked at anew.")
        self.day = self.today()
        try:
            unsettled = self.look()
        except NoVaultError:
            if _place(self.root) == self.place:
                raise
            unsettled, self.beat_at = True, -math.inf  # it went away just now, and may come back
        self.look_at = time.monotonic() + (self.pace.again if unsettled else self._period)
        self.verify_at = -math.inf

    @property
    def _period(self) -> float:
        if self.events is None:
            return self.pace.poll_every
        return self.pace.short_period if self.short else self.pace.period

    # --- is everything still as it was? ----------------------------------------------------------------------------

    def _beat(self) -> None:
        self.beat_at = time.monotonic() + self.pace.beat
        place = _place(self.root)
        if place is None:
            self._wait_for_vault()
        elif place != self.place:
            self._replaced()
        elif self.events is not None and not self.events.alive():
            self._revive()
        elif self.today() != self.day:
            self.look_at = -math.inf

    def _wait_for_vault(self) -> None:
        """Wait until the vault is back; one save of jobvault.yaml can make it look gone for a moment."""
        since, warned = time.monotonic(), False
        while (place := _place(self.root)) is None:
            waited = time.monotonic() - since
            if waited >= self.pace.patience:
                raise JobvaultError(_gone(self.root))
            if waited >= self.pace.beat and not warned:
                warned = True
                self.warn(f"The vault {self.root} is gone; it may come back within {self.pace.patience:g} seconds.")
            if self.stop.wait(0.1):
                return
        if place != self.place:
            self._replaced()
        elif warned:
            self._renew()
        self.look_at = -math.inf

    def _replaced(self) -> None:
        self.warn(f"Another folder took the place of {self.root}; that one is watched now.")
        self._renew()

    def _revive(self) -> None:
        now = time.monotonic()
        self.deaths = [*(death for death in self.deaths if now - death < _WITHIN), now]
        if len(self.deaths) > _OFTEN:
            self.start = None
            self.warn(f"File events keep failing, so the vault is looked at {_every(self.pace.poll_every)}.")
        else:
            self.warn("File events ended unexpectedly, or the vault's folder was made anew; they were started again.")
        self._renew()

    def _renew(self) -> None:
        """Watch what is now at the vault's path; events that came meanwhile are lost, so look."""
        self.close()
        self.place = _place(self.root)
        self.look_at = -math.inf
        self.in_doubt, self.short, self.renewed = False, False, True
        if self.start is None:
            return
        try:
            self.events = self.start(os.path.realpath(self.root), self.signals)
        except Exception as error:  # noqa: BLE001 - whatever hinders it: the periodic look does without
            self.warn(_no_events(error, _every(self.pace.poll_every)))

    # --- is every folder watched? ----------------------------------------------------------------------------------

    def _verify(self) -> None:
        """Compare folders and watches. A difference that stays is mended by a fresh start, or else it is said."""
        self.verify_at = math.inf
        if self.signals.due() < math.inf:
            return  # watches come a little later than folders; the next look leads here again
        missing = self.events.missing() if self.events is not None else 0
        if not missing:
            self.in_doubt = self.renewed = self.short = False
        elif not self.in_doubt:  # a folder may have come just now
            self.in_doubt = True
            self.verify_at = time.monotonic() + _DOUBT
        elif not self.renewed:
            self._renew()
        elif missing > 0 and not self.short:
            self.short = True
            self.look_at = min(self.look_at, time.monotonic() + self._period)
            self.warn(_too_few(missing, _every(self._period)))


def _place(root: Path) -> tuple[int, int] | None:
    """Return what tells the vault's folder from another one at the same path; None where there is no vault."""
    try:
        status = os.stat(root)
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if is_vault(root) else None


def _every(seconds: float) -> str:
    return f"every {seconds:g} seconds"


def _gone(root: Path) -> str:
    if os.path.isdir(root):
        return f"{root} is no vault any more: its jobvault.yaml is gone. Put it back and start again."
    return f"The vault {root} is gone: it was moved, deleted or unmounted. Put it back, or name its new place."


def _no_events(error: Exception, every: str) -> str:
    why = getattr(error, "strerror", None) or error
    limit = _LIMITS.get(getattr(error, "errno", None) or 0)
    hint = f" Raise {limit} and start again." if limit else ""
    return f"There are no file events here ({why}), so the vault is looked at {every}.{hint}"


def _too_few(missing: int, every: str) -> str:
    limit = inotify.most_watches()
    now = f" (now {limit})" if limit is not None else ""
    return (
        f"Changes in {missing} folders give no events, most likely for want of inotify watches, so the vault is looked "
        f"at {every}. Raise fs.inotify.max_user_watches{now} and start again."
    )
