"""When two words count as the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
_EMOJI = re.compile(r".(?:\ufe0f\u20e3?|\u20e3)")
"""Emoji that are a letter or digit with a sign behind it: 1️⃣, ℹ️."""
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Reduce a heading, label, mark or name to what is compared: NFKC, case-blind, no punctuation, no emoji.

    >>> fold("**Where I was weak:** 😬")
    'where i was weak'
    """
    plain = unicodedata.normalize("NFKC", _EMOJI.sub(" ", text)).casefold().translate(_APOSTROPHES)
    return _NOT_WORD.sub(" ", plain).strip()


@lru_cache(maxsize=4096)
def without_accents(text: str) -> str:
    """Return a text without the marks on its letters, for those whose keyboard has none: ``Jörg`` → ``Jorg``."""
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(char for char in apart if not unicodedata.combining(char)))
