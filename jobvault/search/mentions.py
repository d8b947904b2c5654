"""Whether a text names a person: by the whole name, or by a first name written as one."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from jobvault.words import fold

_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s\b")


def names_person(text: str, name: str) -> bool:
    """Whether a text holds a whole name, case-blind; a name of one word counts as ``names_first`` has it."""
    return f" {fold(name)} " in f" {_folded(text)} " if len(name.split()) > 1 else names_first(text, name)


def names_first(text: str, first: str) -> bool:
    """Whether a text holds a first name with its capital, so that ``I will`` does not name Will.

    In scripts without capitals and blanks, a name counts wherever it stands.
    """
    if first.lower() == first.upper():
        return len(first) > 1 and first in text
    return len(first) > 1 and first[0].isupper() and f" {_spaced(first)} " in f" {_spaced(text)} "


def first_name(name: str, titles: Collection[str]) -> str:
    """Return the first of a name's words; empty where that is one of the titles, folded (``Dr. Smith``)."""
    first = name.split(maxsplit=1)[0] if name.strip() else ""
    return "" if fold(first) in titles else first


def shares_word(text: str, other: str) -> bool:
    """Whether two texts have a word in common, case-blind."""
    return not {word for word in _folded(text).split() if len(word) > 1}.isdisjoint(_folded(other).split())


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold(_POSSESSIVE.sub("", text))


@lru_cache(maxsize=4096)
def _spaced(text: str) -> str:
    plain = _POSSESSIVE.sub("", text)
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())
