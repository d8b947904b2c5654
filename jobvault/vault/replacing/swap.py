"""Put a new file in a note's place without losing what anybody saves in that moment.

Where the system can exchange two names in one step, that is what is done: what came out is then looked at, and put
back when it is not what was read. An editor that opened the note before the exchange would write into what came out;
so it is only let go once nobody has it open for writing. Elsewhere: ``portable.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

from jobvault.errors import JobvaultError
from jobvault.vault.durable import READ_FLAGS, close_read, discard, read_all, read_file, write_new
from jobvault.vault.replacing.exchange import exchange, rename_new
from jobvault.vault.replacing.look import Keep, Outcome, let_go, look
from jobvault.vault.replacing.portable import replace_looking_back

_ROUNDS = 8


def take_place(note: Path, temp: Path, expected: bytes, new: bytes, keep: Keep) -> Outcome:
    """Let ``temp``, which holds ``new``, take the place of ``note``, which should hold ``expected``.

    ``temp`` is gone when it returns, unless somebody still writes into it. Raises :class:`OSError`: the note then
    holds what it held, and ``temp`` is gone unless it holds bytes that are not ours. Both are for a sweep to find.
    Raises :class:`JobvaultError` where the disk fails so badly that what came out cannot be put back.
    """
    try:
        if not exchange(note, temp):
            return replace_looking_back(note, temp, expected, new, keep)
        outcome = look(temp, expected)
    except BaseException:
        _restore(note, temp, new)
        raise
    if outcome is Outcome.WRITTEN:
        discard(temp)
    else:
        _give_back(note, temp, new, keep, outcome)
    return outcome


def take_away(note: Path, temp: Path, expected: bytes, keep: Keep) -> Outcome:
    """Take away ``note``, which should hold ``expected``, by way of the free name ``temp``. As :func:`take_place`."""
    try:
        note.rename(temp)
        outcome = look(temp, expected)
    except BaseException:
        if os.path.lexists(temp):
            _name_again(note, temp, keep)
        raise
    if outcome is Outcome.WRITTEN:
        discard(temp)
    else:
        _name_again(note, temp, keep)
    return outcome


def give_name(temp: Path, name: Path) -> None:
    """Give a finished temporary file its name, never one that is taken. Raises :class:`FileExistsError`."""
    if rename_new(temp, name):
        return
    try:
        os.link(temp, name)
    except FileExistsError:
        raise
    except OSError:
        write_new(name, read_file(temp))
    discard(temp)


def _name_again(note: Path, temp: Path, keep: Keep) -> None:
    try:
        give_name(temp, note)
    except FileExistsError:  # somebody made the note anew
        held = read_file(temp)
        keep(held)
        let_go(temp, held, keep)


def _restore(note: Path, temp: Path, new: bytes) -> None:
    """Take an exchange back, if it came to that; a temporary file that holds our own bytes goes."""
    if not os.path.lexists(temp):
        return
    if read_file(temp) != new:
        _exchange_back(note, temp, new)
    if os.path.lexists(temp) and read_file(temp) == new:
        discard(temp)


def _give_back(note: Path, temp: Path, new: bytes, keep: Keep, outcome: Outcome) -> None:
    """Exchange back until the note holds the newest save and what came out is what was thought to be in it.

    A save that was met is kept too: a program that read the note while ours was in its place writes it without that.
    """
    fd = os.open(temp, READ_FLAGS)
    try:
        _exchange_until_known(note, temp, new, keep)
        if outcome is Outcome.CHANGED:
            keep(read_all(fd))
    finally:
        close_read(fd)


def _exchange_until_known(note: Path, temp: Path, new: bytes, keep: Keep) -> None:
    held, newest = new, read_file(temp)
    for _ in range(_ROUNDS):
        _exchange_back(note, temp, new)
        if not os.path.lexists(temp):
            return
        came = read_file(temp)
        if came == held:
            break
        held, newest = newest, came
    if came != new:
        keep(came)
    let_go(temp, came, keep)


def _exchange_back(note: Path, temp: Path, new: bytes) -> None:
    """Exchange once more, whatever it takes: the user's bytes belong in the note. ``temp`` may be gone then."""
    for _ in range(2):
        try:
            exchange(note, temp)
        except OSError:
            continue
        return
    try:
        if read_file(note) == new:
            temp.replace(note)
            return
    except OSError:
        pass
    message = (
        f"{note}: the disk failed while the note was being written. It holds what jobvault wrote; what was saved "
        f"meanwhile is in {temp}, and the next run puts it into the undo store."
    )
    raise JobvaultError(message)
