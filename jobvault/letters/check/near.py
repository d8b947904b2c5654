"""Names that are one slip of the finger away from others."""

from __future__ import annotations

from collections.abc import Iterable

from jobvault.words import fold
from jobvault.words.fold import without_accents

SHORTEST = 5
"""Shorter words are too often one letter apart by chance."""
_LONG = 9
_LONGEST = 60


def same(one: str, other: str) -> bool:
    """Whether two names are the same, case-blind; a keyboard may lack accents."""
    return fold(one) == fold(other) or without_accents(fold(one)) == without_accents(fold(other))


def one_off(word: str, name: str, shortest: int = SHORTEST) -> bool:
    """Whether a word is a name with one letter wrong, too many, too few, or two swapped; in long ones two of these.

    The longer of the two must have ``shortest`` letters, and one of the first two letters must be right.
    """
    mine, known = fold(word), fold(name)
    longest = max(len(mine), len(known))
    if mine == known or not shortest <= longest <= _LONGEST or (mine[:1] != known[:1] and mine[1:2] != known[1:2]):
        return False
    from rapidfuzz.distance import OSA

    most = 2 if longest >= _LONG else 1
    return OSA.distance(mine, known, score_cutoff=most) <= most and not same(word, name)


def one_off_of(word: str, names: Iterable[str], shortest: int = SHORTEST) -> str | None:
    """Return the first name that a word is one slip off; None where it is one of them itself."""
    known = list(names)
    if any(same(word, name) for name in known):
        return None
    return next((name for name in known if one_off(word, name, shortest)), None)
