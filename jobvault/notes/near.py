"""Near misses: what is one slip of the finger away from a known word."""

from __future__ import annotations

from collections.abc import Iterable

from jobvault.words import fold

_LONG = 8


def nearest(word: str, known: Iterable[str], *, slips: int | None = None) -> str | None:
    """Return the known word that ``word`` is probably meant to be, or None.

    A slip is a letter too many, too few, wrong, or two swapped (optimal string alignment). One is allowed, two in
    words of eight letters and more, unless ``slips`` says how many. A word that is known is no near miss.
    """
    from rapidfuzz.distance import OSA

    folded = fold(word)
    best: tuple[int, str] | None = None
    for candidate in known:
        other = fold(candidate)
        if other == folded:
            return None
        most = slips if slips is not None else (2 if min(len(other), len(folded)) >= _LONG else 1)
        distance = OSA.distance(folded, other, score_cutoff=most)
        if distance <= most and (best is None or distance < best[0]):
            best = (int(distance), candidate)
    return best[1] if best else None
