"""Companies: the name that each goes by, and which of them may be one, misspelt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from jobvault.search.names import key_of, most_frequent

_SHORTEST = 4
"""Shorter names are too often one letter apart by chance."""
_DIGITS = re.compile(r"\d+")


def company_names(written: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Map each company's key to the name it goes by: the settings' own, else the most frequent form."""
    table = most_frequent(written)
    for name, others in aliases.items():
        table.update((key_of(other), name) for other in (name, *others))
    return table


def near_companies(counts: Counter[str], declared: Iterable[str]) -> dict[str, str]:
    """Map a company that is one letter off another one to that one: the rarer to the more frequent.

    ``counts`` says how many notes each has, by the name it goes by. Two companies that the settings both name are two,
    and so are those that only a number tells apart.
    """
    from rapidfuzz.distance import OSA

    known = {key_of(name) for name in declared}
    by_rank = sorted((name for name in counts if len(name) >= _SHORTEST), key=lambda n: (-counts[n], len(n), n))
    keys = {name: key_of(name) for name in by_rank}
    near: dict[str, str] = {}
    for place, name in enumerate(by_rank):
        one = keys[name]
        for other in by_rank[:place]:
            two = keys[other]
            if abs(len(one) - len(two)) > 1 or {one, two} <= known or _DIGITS.sub("", one) == _DIGITS.sub("", two):
                continue
            if OSA.distance(one, two, score_cutoff=1) == 1:
                near[name] = other
                break
    return near
