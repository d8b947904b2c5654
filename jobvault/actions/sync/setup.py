"""Lay down what a kind of sync needs: steps, and lines for its files. No line that is there is changed.

What git needs is in ``git.py``, what Syncthing needs in ``syncthing.py``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

StepState = Literal["to-do", "kept", "yours"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that sync needs: ``what`` belongs into ``place``, and ``why``, in a sentence.

    ``kept``: it is there. ``yours``: something of the user's stands in its place, so it is the user's to add; ``why``
    then says what stands there. A step that is to be done has ``do``, which needs the opened vault.
    """

    place: str
    what: str
    why: str
    state: StepState
    do: Callable[[Vault], object] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a file needs: its text, what it is for, and whether what is there does the same already."""

    text: str
    why: str
    covered: bool = False


def plan_lines(
    root: Path, path: str, lines: Sequence[Line], *, comment: str, command: str, gist: Callable[[str], str] = str.strip
) -> list[Step]:
    """Plan the lines that a hidden file in the root of a vault lacks; they go behind all that is there, as one write.

    ``comment`` is what begins a comment there, ``command`` what undo calls the write; lines of the same ``gist`` do
    the same.
    """
    place = root / path
    try:
        old = place.read_bytes() if os.path.lexists(place) else None
    except OSError as error:
        return [_by_hand(path, line, f"it cannot be read ({error.strerror})") for line in lines]
    known = gists(old or b"", gist)
    kept = [line for line in lines if line.covered or gist(line.text) in known]
    steps = [Step(path, line.text, line.why, "kept") for line in kept]
    missing = [line for line in lines if line not in kept]
    if not missing:
        return steps
    odd = "it is a link" if place.is_symlink() else "it is no UTF-8 text" if b"\0" in (old or b"") else ""
    if odd:
        return [*steps, *(_by_hand(path, line, odd) for line in missing)]

    def put(vault: Vault) -> None:
        from jobvault.actions import changes

        new = _with_lines(old or b"", missing, comment)
        with changes.writing(vault):
            if old is None:
                changes.lay_down(vault, path, new)
            else:  # kept, but as little the last command as the rest of the setup
                changes.write(vault, path, old, new, command, derived=True)

    todo = [Step(path, line.text, line.why, "to-do") for line in missing]
    return [*steps, replace(todo[0], do=put), *todo[1:]]


def gists(data: bytes, gist: Callable[[str], str]) -> frozenset[str]:
    """Return what the lines of a file come to."""
    return frozenset(map(gist, data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()))


def _by_hand(path: str, line: Line, why: str) -> Step:
    return Step(path, line.text, f"{path} stays as it is: {why}.", "yours")


def _with_lines(old: bytes, lines: Sequence[Line], comment: str) -> bytes:
    """Return the bytes of a file with lines behind all others, each below what it is for; line endings follow suit."""
    newline = "\r\n" if b"\r\n" in old else "\n"
    rows = [row for line in lines for row in (f"{comment} jobvault: {line.why}", line.text)]
    gap = "" if not old else newline if old.endswith((b"\n", b"\r")) else newline * 2
    return old + (gap + newline.join([*rows, ""])).encode("utf-8")
