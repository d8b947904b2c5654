"""What a letter to somebody can be made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jobvault.letters.fragments import Fragment
from jobvault.search.people import Person
from jobvault.words import fold


@dataclass(frozen=True, slots=True)
class Doubt:
    """A concern of theirs: ``text`` in the debrief's words, and the user's answer, where there is one that settles it.

    ``rough`` are the words of the last answer that does not. ``settled``: nothing is left to answer, by now.
    """

    text: str
    concern: Fragment
    settled: bool = False
    reply: Fragment | None = None
    rough: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What there is for a letter to one person."""

    person: Person
    title: str = ""
    topics: tuple[Fragment, ...] = ()
    cares: tuple[Fragment, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    earlier: tuple[Doubt, ...] = ()
    """What they voiced in an earlier round there, and nothing has answered since."""
    owed: tuple[Fragment, ...] = ()
    asks: tuple[Fragment, ...] = ()
    strength: Fragment | None = None
    promised: tuple[Fragment, ...] = ()
    """What the user promised them: ``send you the portfolio``; or only the words of the task."""
    steps: tuple[Fragment, ...] = ()
    voiced_step: bool = False

    @property
    def open_doubts(self) -> tuple[Doubt, ...]:
        """The concerns that had no answer when they were voiced in this round."""
        return tuple(doubt for doubt in self.doubts if doubt.reply is None)


def worded(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """Leave out those without a word."""
    return (fragment for fragment in fragments if fold(fragment.raw))
