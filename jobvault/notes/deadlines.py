"""Deadlines that were written in a way that is not read: in words, or where no date is looked for."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from jobvault.words.vocabulary import DayWords

_ISO = r"\d{4}-\d\d-\d\d"
_LINK = re.compile(r"\[\[[^\[\]]*\]\]|\]\([^()]*\)|<[^<>]*>|https?://\S+")
_DATE = re.compile(rf"(?<![\w-]){_ISO}(?![\w-])")


def in_words(text: str, words: DayWords) -> bool:
    """Whether a text has a due date in words (``due Friday``), or ends in a deadline (``by Friday``, ``tomorrow``)."""
    return bool(_due(words).search(text) or _at_end(words).search(text))


def later_date(text: str, since: date | None) -> bool:
    """Whether a text names a day, outside of links, that does not lie before ``since``."""
    for found in _DATE.finditer(_LINK.sub(" ", text)):
        try:
            if since is None or date.fromisoformat(found[0]) >= since:
                return True
        except ValueError:
            return True
    return False


@lru_cache(maxsize=16)
def _due(words: DayWords) -> re.Pattern[str]:
    before = rf"(?:(?:{_any(words.by + words.on)})\s+)?"
    return re.compile(rf"(?:^|[\s,;(])(?:{_any(words.due)}):?\s+{before}{_day(words)}", re.IGNORECASE)


@lru_cache(maxsize=16)
def _at_end(words: DayWords) -> re.Pattern[str]:
    by = rf"(?:{_any(words.by)})\s+(?:{_day(words)}|{_ISO})"
    on = rf"(?:{_any(words.on)})\s+{_ISO}"
    return re.compile(rf"(?:^|[\s,;(])(?:{by}|{on}|{_any(words.soon)})[.!)]*\s*$", re.IGNORECASE)


def _day(words: DayWords) -> str:
    month = rf"(?:{_any(words.months)})\b\.?"
    return (
        rf"(?:(?:{_any(words.soon + words.weekdays)})\b|(?:{_any(words.next)})\s+\w+"
        rf"|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{0,4}})?|\d{{1,2}}\.?\s+{month}|{month}\s+\d{{1,2}})"
    )


def _any(words: tuple[str, ...]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first) or r"(?!)"
