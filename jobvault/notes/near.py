"""Near misses: what is a slip of the finger away from a known word."""

from __future__ import annotations

from collections.abc import Iterable

from jobvault.words import fold

_SHORT, _MIDDLE, _LONG = 4, 6, 10
_MOST = 2


def nearest(word: str, known: Iterable[str], *, slips: int | None = None) -> str | None:
    """Return the known word, or words, that ``word`` is probably meant to be, or None.

    A slip is a letter too many, too few, wrong, or two swapped (optimal string alignment), or a blank too many or too
    few. In each word one slip is allowed, none in those of up to three letters, two in those of ten and more, unless
    ``slips`` says how many; below six letters the first one must be right. What is known is no near miss, nor is what
    has an ending of its own (``stronger``).
    """
    folded = fold(word)
    best: tuple[int, str] | None = None
    for candidate in known:
        other = fold(candidate)
        if other == folded:
            return None
        if abs(len(folded) - len(other)) > _MOST:
            continue
        distance = _distance(folded, other, slips)
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, candidate)
    return best[1] if best else None


def one_slip(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is one slip away, however short: best one that begins alike. None where it is known.

    For names that a program gave: what is near them may be a word of its own, so this is for asking.
    """
    from rapidfuzz.distance import OSA

    names = tuple(known)
    if word in names:
        return None
    near = [name for name in names if OSA.distance(word, name, score_cutoff=1) == 1]
    return min(near, key=lambda name: name[:1] != word[:1], default=None)


def _distance(one: str, other: str, slips: int | None) -> int | None:
    """Return how many slips two folded texts are apart; None where they are too many."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return 1
    words = list(zip(one.split(" "), other.split(" "), strict=False))
    if one.count(" ") != other.count(" ") or not all(_alike(*pair) for pair in words):
        return None
    from rapidfuzz.distance import OSA

    total = 0
    for first, second in words:
        most = _allowed(first, second) if slips is None else slips
        distance = OSA.distance(first, second, score_cutoff=most)
        if distance > most:
            return None
        total += distance
    return total if total <= _MOST else None


def _alike(one: str, other: str) -> bool:
    """Whether one of two words may be the other mistyped, at first sight."""
    more = abs(len(one) - len(other))
    if more > _MOST or (more == _MOST and (one.startswith(other) or other.startswith(one))):
        return False
    return max(len(one), len(other)) >= _MIDDLE or one[:1] == other[:1]


def _allowed(one: str, other: str) -> int:
    longest = max(len(one), len(other))
    return 0 if longest < _SHORT else 1 if longest < _LONG else 2
