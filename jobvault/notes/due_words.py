"""Due dates in plain words: ``due 2026-11-28``, ``fällig: 2026-11-28``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DUE_WORDS = ("due",)

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def due_word_start(text: str, end: int, due_words: tuple[str, ...]) -> int | None:
    """Return where the due word starts that stands directly before ``end``; None where none does."""
    # A decomposed word is at most twice as long; the rest is for the blanks in one of several words.
    reach = max((len(word) for word in due_words), default=0) * 2 + 8
    match = _word_at_end(due_words).search(text, max(0, end - reach), end)
    return match.start() if match else None


def has_due_phrase(text: str, due_words: tuple[str, ...]) -> bool:
    """Whether a due word with a date, existing or not, stands anywhere in ``text``."""
    return _phrase(due_words).search(text) is not None


@lru_cache(maxsize=16)
def _word_at_end(due_words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_any_of(due_words) + r"\Z", re.IGNORECASE)


@lru_cache(maxsize=16)
def _phrase(due_words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{_any_of(due_words)}(?:\s*:\s*|\s+){DATE}(?![0-9])", re.IGNORECASE)


def _any_of(due_words: tuple[str, ...]) -> str:
    """Return a pattern for the words, composed or decomposed, that does not match inside a longer word or a tag."""
    forms = {unicodedata.normalize(form, word) for word in due_words for form in ("NFC", "NFD")}
    choices = [r"\s+".join(map(re.escape, form.split())) for form in sorted(forms) if form.strip()]
    return rf"(?<![\w#/-])(?:{'|'.join(choices)})" if choices else r"(?!)"
