"""Watch a vault and call back when something may have changed. The only importer of watchdog."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.vault import inotify
from jobvault.vault.signals import Signals, matters
from jobvault.vault.watcher import DEFAULT_PACE, Pace, Watcher

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver

__all__ = ["Pace", "watch"]

_LIBRARY = "watchdog"
_JOIN = 5.0

# Opened and closed-without-a-write would be fed by our own reads, and a folder's modified by its hidden files.
_KINDS = (
    "FileCreatedEvent",
    "FileModifiedEvent",
    "FileAttribEvent",  # part of the one before in older versions
    "FileClosedEvent",
    "FileMovedEvent",
    "FileDeletedEvent",
    "DirCreatedEvent",
    "DirMovedEvent",
    "DirDeletedEvent",
)


def watch(
    root: Path,
    look: Callable[[], bool],
    *,
    stop: threading.Event,
    warn: Callable[[str], None],
    poll: bool = False,
    pace: Pace = DEFAULT_PACE,
    today: Callable[[], dt.date] = dt.date.today,
) -> None:
    """Call ``look`` at once and then whenever something may have changed, until Ctrl-C is pressed or ``stop`` is set.

    ``look`` finds out by itself what changed. It returns True where something is not settled yet, and is then called
    again soon. ``warn`` gets one sentence for each thing that makes watching worse. All calls are made in the calling
    thread. ``poll`` does without events, ``today`` says which day it is in the vault: a new day is a change. It ends
    at most one beat of ``pace`` after ``stop`` was set, no thread left.

    Raises what ``look`` raises; :class:`NoVaultError` where there is no vault, and :class:`JobvaultError` where it
    goes away and does not come back.
    """
    watcher = Watcher(root, look, stop, warn, None if poll else _Observed, pace, today)
    with _quiet():
        try:
            watcher.run()
        except KeyboardInterrupt:
            pass  # that is how one ends it
        finally:
            with contextlib.suppress(KeyboardInterrupt):
                watcher.close()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep off the terminal what the library prints: its bookkeeping, and why a thread ended, which is noticed."""
    before = threading.excepthook

    def hook(what: threading.ExceptHookArgs) -> None:
        if what.thread is None or not _is_theirs(what.thread):
            before(what)

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=_LIBRARY)
        threading.excepthook = hook
        try:
            yield
        finally:
            threading.excepthook = before


class _Observed:
    """The library's observer, running, and what of it can be seen from outside."""

    def __init__(self, root: str, signals: Signals) -> None:
        """Start it. Raises whatever the library or the system does where that is not possible."""
        from watchdog.observers import Observer  # it costs more to import than most commands may take

        if Observer.__module__.endswith(".polling"):
            raise OSError(None, "the system has none")
        others, before = set(threading.enumerate()), inotify.descriptors()
        self._root = root
        self._observer: BaseObserver | None = None
        self._ear = _Ear(signals)
        logging.getLogger(_LIBRARY).addHandler(self._ear)
        try:
            self._observer = Observer()
            _start(self._observer, root, signals)
        except BaseException:
            self.close()
            raise
        self._fds = inotify.descriptors() - before
        self._threads = [thread for thread in threading.enumerate() if thread not in others and _is_theirs(thread)]

    def close(self) -> None:
        """End it and wait for its end."""
        logging.getLogger(_LIBRARY).removeHandler(self._ear)
        if self._observer is None:
            return
        with contextlib.suppress(Exception):  # its threads are daemons: at the latest they end with the process
            self._observer.stop()
        if self._observer.ident is not None:
            self._observer.join(_JOIN)

    def alive(self) -> bool:
        """Whether all of its threads run."""
        return all(thread.is_alive() for thread in self._threads)

    def missing(self) -> int:
        """Return how many folders lack a watch, or how many watches too many there are, as a negative number."""
        watches = inotify.count_watches(self._fds) if self._fds else None
        return 0 if watches is None else inotify.count_folders(self._root) - watches


class _Ear(logging.Handler):
    """Hears what the library only logs: most of it means that something was missed."""

    def __init__(self, signals: Signals) -> None:
        super().__init__(logging.WARNING)
        self._signals = signals

    def emit(self, record: logging.LogRecord) -> None:
        """Make a mark."""
        self._signals.mark(lost="overflow" in record.getMessage())


def _start(observer: BaseObserver, root: str, signals: Signals) -> None:
    from watchdog import events

    kinds = [getattr(events, name) for name in _KINDS if hasattr(events, name)]
    observer.schedule(_handler(root, signals), root, recursive=True, event_filter=kinds)
    observer.start()


def _handler(root: str, signals: Signals) -> FileSystemEventHandler:
    from watchdog.events import FileSystemEventHandler

    home = os.path.join(root, "")

    class Handler(FileSystemEventHandler):
        def dispatch(self, event: FileSystemEvent) -> None:
            """Only make a mark: an exception in here would end the observer's thread, so it is one too."""
            try:
                paths = (os.fsdecode(path).removeprefix(home) for path in (event.src_path, event.dest_path) if path)
                does_matter = any(matters(path, folder=event.is_directory) for path in paths)
            except Exception:  # noqa: BLE001 - the look finds out what it was
                does_matter = True
            if does_matter:
                signals.mark()

    return Handler()


def _is_theirs(thread: threading.Thread) -> bool:
    return type(thread).__module__.partition(".")[0] == _LIBRARY
