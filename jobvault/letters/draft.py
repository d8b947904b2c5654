"""What a round's letters can all say, and a letter as it was put together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jobvault.letters.material import Material


@dataclass(frozen=True, slots=True)
class Next:
    """The next interview of the process: its day, and the name of its round."""

    day: dt.date
    round: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all letters of a round can say: of one kind, in one language, by one writer."""

    kind: str
    name: str
    role: str = ""
    hear_by: dt.date | None = None
    passed: bool = False
    """Whether the day by which one was to hear is over."""
    next: Next | None = None
    asked: int = 0
    """How often it was asked before where things stand: the next letter has other sentences."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it was put together: its paragraphs, comments for what is missing among them.

    ``answers`` are the concerns that it answers, in the debrief's words.
    """

    material: Material
    subject: str
    paragraphs: tuple[str, ...]
    answers: tuple[str, ...] = ()

    @property
    def gaps(self) -> int:
        """How much is still to be written."""
        return sum(paragraph.startswith("<!--") for paragraph in self.paragraphs)
