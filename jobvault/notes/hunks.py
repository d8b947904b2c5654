"""Conflicts that git left in a note, in its two or three parts (git-merge(1), “How conflicts are presented”)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hunk:
    """One conflict: the lines (from 1) of its marks, from ``<<<<<<<`` to ``>>>>>>>``."""

    marks: tuple[int, ...]

    @property
    def start(self) -> int:
        """The line of its first mark."""
        return self.marks[0]

    @property
    def end(self) -> int:
        """The line of its last mark."""
        return self.marks[-1]

    @property
    def sides(self) -> Iterator[range]:
        """The lines of each side, marks left out."""
        return (range(mark + 1, after) for mark, after in zip(self.marks, self.marks[1:], strict=False))


def find_hunks(lines: Sequence[str]) -> tuple[Hunk, ...]:
    """Find the conflicts; one that lacks a mark is none."""
    found: list[Hunk] = []
    marks: list[int] = []
    parted = False
    for number, line in enumerate(lines, 1):
        if line.startswith("<<<<<<< "):
            marks, parted = [number], False
        elif marks and line.startswith("||||||| ") and not parted:
            marks.append(number)
        elif marks and line.rstrip("\r\n") == "=======":
            marks.append(number)
            parted = True
        elif parted and line.startswith(">>>>>>> "):
            found.append(Hunk((*marks, number)))
            marks, parted = [], False
    return tuple(found)
