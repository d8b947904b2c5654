"""Companies: the name that each goes by, and which of them may be one, misspelt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from jobvault.search.names import key_of, most_frequent

_SHORTEST = 4
"""Shorter names are too often one letter apart by chance."""
_LONGEST = 100
"""Longer ones are no names, and would cost time in the square of their length."""
_FIRST_MAY_DIFFER = 6
"""Nobody mistypes the first letter of a short name, but many have a name that differs in it: Beta, Zeta."""
_DIGITS = re.compile(r"\d+")


def company_names(written: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Map each company's key to the name it goes by: the settings' own, else the most frequent form."""
    table = most_frequent(written)
    for name, others in aliases.items():
        table.update((key_of(other), name) for other in (name, *others))
    return table


def near_companies(counts: Counter[str], declared: Iterable[str]) -> dict[str, str]:
    """Map a company that is one letter off another one to that one: the rarer to the more frequent.

    ``counts`` says how many notes each has, by the name it goes by, in the order in which they came up. Of two that are
    as frequent, one in small letters is the misspelt one, else the later one. Two companies that the settings both name
    are two, and so are those that only a number tells apart.
    """
    from rapidfuzz.distance import OSA

    known = {key_of(name) for name in declared}
    order = {name: place for place, name in enumerate(counts)}
    ranked = sorted(
        (name for name in counts if _SHORTEST <= len(name) <= _LONGEST),
        key=lambda name: (-counts[name], name.islower(), order[name]),
    )
    near: dict[str, str] = {}
    seen: dict[str, list[int]] = {}
    for place, name in enumerate(ranked):
        key = key_of(name)
        for other in sorted({other for part in _parts(key) for other in seen.get(part, ())}):
            two = key_of(ranked[other])
            numbered = _DIGITS.sub("", key) == _DIGITS.sub("", two)
            other_word = key[:1] != two[:1] and max(len(key), len(two)) < _FIRST_MAY_DIFFER
            apart = numbered or other_word or {key, two} <= known
            if not apart and OSA.distance(key, two, score_cutoff=1) == 1:
                near[name] = ranked[other]
                break
        for part in _parts(key):
            seen.setdefault(part, []).append(place)
    return near


def _parts(key: str) -> set[str]:
    """A name and all that is left of it without one letter: names one slip apart have one of these in common."""
    return {key, *(key[:place] + key[place + 1 :] for place in range(len(key)))}
