"""A process that is killed at a step that the test chooses."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do some work in another process that is killed before its nth call that changes the disk; True where it was."""
    pid = os.fork()
    if pid == 0:  # pragma: no cover - it is another process
        count = 0

        def killing(real: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **named: object) -> object:
                nonlocal count
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **named)

            return call

        for name in ("fsync", "write", "unlink", "replace", "rename", "rmdir", "mkdir"):
            setattr(os, name, killing(getattr(os, name)))
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])
