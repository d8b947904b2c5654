"""Which of several things somebody means who says some of their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from jobvault.words import fold, without_accents

T = TypeVar("T")
SHORTEST_ID = 3
"""Characters of an id that are enough to name something by it."""


def with_words(things: Iterable[T], asked: str, text_of: Callable[[T], str]) -> list[T]:
    """Return the things whose text has all the words that were asked for, also within others, in any order."""
    words = fold(asked).split()
    return [thing for thing in things if words and all(word in _said(text_of(thing)) for word in words)]


def with_beginnings(things: Iterable[T], asked: str, text_of: Callable[[T], str]) -> list[T]:
    """Return the things of whose text some words begin like those that were asked for, in any order.

    ``ann`` means Anna, not ``planning``; a number must be the whole of one: ``20`` is not ``2026``.
    """
    asked_for = fold(asked).split()

    def fits(text: str) -> bool:
        words = _said(text).split()
        return all(any(w == one or (w.startswith(one) and not one.isdecimal()) for w in words) for one in asked_for)

    return [thing for thing in things if asked_for and fits(text_of(thing))]


def _said(text: str) -> str:
    """Return the words of a text, those with accents also without them: ``jorg`` means Jörg."""
    folded = fold(text)
    bare = without_accents(folded)
    return folded if bare == folded else f"{folded} {bare}"
