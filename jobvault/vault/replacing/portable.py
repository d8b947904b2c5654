"""Put a new file in a note's place where two names cannot be exchanged: compare, replace, look at what was replaced.

The note gets a second, hidden name first, so that what is replaced stays within reach: what an editor that had it open
writes late becomes the note again. A save that falls between a look at the note and the rename that follows it at once
can be lost here, no other can.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from jobvault.vault.durable import READ_FLAGS, close_read, discard, read_all, read_file
from jobvault.vault.replacing.attributes import write_like
from jobvault.vault.replacing.look import GLANCE, Keep, Outcome, let_go, look, look_open, wait_for_writers
from jobvault.vault.replacing.temps import aside_of


def replace_looking_back(note: Path, temp: Path, expected: bytes, new: bytes, keep: Keep) -> Outcome:
    """Let ``temp``, which holds ``new``, take the place of ``note``; as ``swap.take_place``."""
    aside = aside_of(temp)
    try:
        os.link(note, aside)
    except OSError:  # not every file system has second names
        return _replace_open(note, temp, expected, new, keep)
    return _replace_linked(note, temp, aside, expected, new, keep)


def _replace_linked(note: Path, temp: Path, aside: Path, expected: bytes, new: bytes, keep: Keep) -> Outcome:
    try:
        if read_file(aside) != expected or not os.path.samefile(note, aside):
            discard(aside)
            discard(temp)
            return Outcome.CHANGED
        temp.replace(note)
        outcome = look(aside, expected, GLANCE)
    except BaseException:
        _restore(note, aside, new)
        discard(temp)
        raise
    if outcome is Outcome.WRITTEN:
        discard(aside)
    else:
        _put_back(note, temp, aside, new, keep)
    return outcome


def _restore(note: Path, aside: Path, new: bytes) -> None:
    """Let the note be what it was, unless that is so, or there is a newer save."""
    with suppress(OSError):
        if not os.path.samefile(note, aside) and read_file(note) == new:
            aside.replace(note)
        if os.path.samefile(note, aside):
            discard(aside)


def _put_back(note: Path, temp: Path, aside: Path, new: bytes, keep: Keep) -> None:
    """Let what was replaced be the note again, unless there is a newer save; what else is written is kept."""
    os.link(note, temp)
    if read_file(temp) == new:
        aside.replace(note)
        let_go(temp, new, keep)
        return
    discard(temp)
    late = read_file(aside)
    keep(late)
    let_go(aside, late, keep)


def _replace_open(note: Path, temp: Path, expected: bytes, new: bytes, keep: Keep) -> Outcome:
    """Do it without a second name either: what is replaced can be read as long as it is open here."""
    fd = None
    try:
        fd = None if os.name == "nt" else os.open(note, READ_FLAGS)
        if (read_file(note) if fd is None else read_all(fd)) != expected:
            return Outcome.CHANGED
        temp.replace(note)
        return Outcome.WRITTEN if fd is None else _look_back(fd, note, temp, expected, new, keep)
    finally:
        discard(temp)
        if fd is not None:
            close_read(fd)


def _look_back(fd: int, note: Path, temp: Path, expected: bytes, new: bytes, keep: Keep) -> Outcome:
    """Look once more at what was replaced. What was written into it meanwhile becomes the note again, or is kept."""
    try:
        outcome = look_open(fd, expected, GLANCE)
        if outcome is Outcome.WRITTEN:
            return outcome
        wait_for_writers(fd)
        late = read_all(fd)
    except OSError:  # the undo store has what it held before
        return Outcome.WRITTEN
    if not _write_back(note, temp, late, new, keep):
        keep(late)
    return outcome


def _write_back(note: Path, temp: Path, late: bytes, new: bytes, keep: Keep) -> bool:
    """Let the note hold ``late`` in place of ``new``; False where there is a newer save, or the disk fails."""
    try:
        write_like(note, temp, late)
        ours = os.open(note, READ_FLAGS)
    except OSError:
        return False
    try:
        if read_all(ours) != new:
            return False
        temp.replace(note)
        wait_for_writers(ours)
        meanwhile = read_all(ours)
    except OSError:
        return False
    finally:
        close_read(ours)
    if meanwhile != new:
        keep(meanwhile)
    return True
