"""How many folders the kernel watches for us, since it tells nobody when it has run out of watches. Linux only.

Sources: inotify(7), and proc(5) on ``/proc/pid/fdinfo``: a line ``inotify wd:…`` for each watch.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_LINK = "anon_inode:inotify"
_DESCRIPTORS = "/proc/self/fd"
_LIMIT = Path("/proc/sys/fs/inotify/max_user_watches")


def descriptors() -> frozenset[int]:
    """Return this process's inotify file descriptors; none where there is no ``/proc``."""
    try:
        names = os.listdir(_DESCRIPTORS)
    except OSError:
        return frozenset()
    return frozenset(int(name) for name in names if _is_inotify(name))


def count_watches(fds: Iterable[int]) -> int | None:
    """Return how many watches the descriptors hold together, or None where that cannot be told."""
    try:
        texts = [Path(f"/proc/self/fdinfo/{fd}").read_bytes() for fd in fds]
    except OSError:
        return None
    return sum(text.count(b"\ninotify wd:") for text in texts) or None


def count_folders(root: str) -> int:
    """Return how many folders a recursive watch has to watch: all that can be listed, hidden ones too, each once."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            status = os.stat(folder)
            with os.scandir(folder) as items:
                inner = [item.path for item in items if item.is_dir(follow_symlinks=False)]
        except OSError:
            continue
        if (status.st_dev, status.st_ino) not in seen:  # a bind mount may show a folder twice
            seen.add((status.st_dev, status.st_ino))
            waiting += inner
    return len(seen)


def most_watches() -> int | None:
    """Return how many watches the system grants a user, or None where it does not say."""
    try:
        return int(_LIMIT.read_bytes())
    except (OSError, ValueError):
        return None


def _is_inotify(name: str) -> bool:
    try:
        return os.readlink(f"{_DESCRIPTORS}/{name}") == _LINK
    except OSError:
        return False
