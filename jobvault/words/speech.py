"""How days are said: ``last Friday``, ``in two weeks``, ``vor drei Tagen``; the words of every language at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jobvault.words.fold import fold


@dataclass(frozen=True, slots=True)
class Speech:
    """Folded words of days. ``weekdays`` are counted from 1 (Monday), ``months`` too; ``near`` in days from today."""

    near: Mapping[str, int]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    spans: Mapping[str, str]
    """``day`` and ``week``, and others that nobody counts days with."""
    last: frozenset[str]
    next: frozenset[str]
    this: frozenset[str]
    ahead: frozenset[str]
    """What makes a span one to come, before it: ``in``."""
    before: frozenset[str]
    """What makes a span one that was, before it: ``vor``."""
    after: frozenset[str]
    """The same behind it: ``ago``."""
    fillers: frozenset[str]
    """What may be left out: ``on``, ``of``."""


def build_speech(lookup: Callable[..., Mapping[str, str]], files: Sequence[Mapping[str, Any]]) -> Speech:
    """Gather the words. ``lookup`` gives a group of words of all files, folded, with what each stands for."""

    def numbered(*path: str) -> dict[str, int]:
        return {word: int(name) for word, name in lookup(*path).items() if not word.isdecimal()}

    def each(name: str) -> frozenset[str]:
        return frozenset(fold(str(word)) for file in files for word in (file.get("days") or {}).get(name) or ())

    return Speech(
        near=numbered("days", "near"),
        weekdays=numbered("days", "weekdays"),
        months=numbered("figures", "months"),
        numbers=numbered("figures", "numbers"),
        spans=lookup("figures", "spans"),
        last=each("last"),
        next=each("next"),
        this=each("this"),
        ahead=each("ahead"),
        before=each("before"),
        after=each("after"),
        fillers=each("fillers"),
    )
