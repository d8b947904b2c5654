"""The words that tell what an invitation says, in every language at once: ``texts.invitation`` in the word files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from jobvault.notes.frontmatter import load_yaml
from jobvault.vault.shipped import languages, read_words
from jobvault.words import fold

_NUMBER = re.compile(r"\d+(?:am|pm|st|nd|rd|th|h)?")
_YEAR = re.compile(r"20\d\d")


@cache
def phrases(key: str) -> tuple[str, ...]:
    """Return the words or phrases of a key, as they are written."""
    listed = (str(texts.get(key) or "") for texts in _texts())
    found = (phrase.strip() for text in listed for phrase in text.split(","))
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


@cache
def folded(key: str) -> frozenset[str]:
    """Return the phrases of a key as they are compared."""
    return frozenset(map(fold, phrases(key))) - {""}


def says(key: str, text: str) -> bool:
    """Whether a text has one of the phrases of a key, as whole words."""
    padded = f" {fold(text)} "
    return any(f" {phrase} " in padded for phrase in folded(key))


@cache
def _texts() -> tuple[dict[str, Any], ...]:
    read: list[Any] = [load_yaml(read_words(name)) for name in languages()]
    return tuple(file.get("texts", {}).get("invitation", {}) for file in read)


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The words of an event's title that are no company."""

    before: frozenset[str]
    noise: frozenset[str]
    roles: frozenset[str]
    prefixes: frozenset[str]
    joining: re.Pattern[str]
    times: frozenset[str]
    """Weekdays, months and what stands behind a time."""

    def is_time(self, text: str) -> bool:
        """Whether a text is nothing but a date or a time: ``Thu Dec 3``."""
        parts = fold(text).split()
        return bool(parts) and all(part in self.times or _NUMBER.fullmatch(part) for part in parts)

    def without_time(self, title: str) -> str:
        """Return a title without the day that calendars put behind it: ``… @ Thu Dec 3, 2026 11am``."""
        head, at, rest = title.rpartition(" @ ")
        words = fold(rest).split()
        day = words[:1] and (words[0] in self.times or words[0].isdigit())
        return head if at and day and any(_YEAR.fullmatch(word) for word in words) else title

    def without_prefix(self, title: str) -> str:
        """Return a title without what calendars put before it: ``Invitation: …``."""
        while True:
            head, colon, rest = title.partition(":")
            if not colon or fold(head) not in self.prefixes:
                return title.strip()
            title = rest.strip()


@cache
def title_words() -> TitleWords:
    """Return the words of a title."""
    before = phrases("before-company")
    joining = sorted((*before, *phrases("joining")), key=len, reverse=True)
    return TitleWords(
        before=folded("before-company"),
        noise=frozenset(word for text in (*phrases("no-company"), *joining) for word in fold(text).split()),
        roles=frozenset(word for text in folded("role-words") for word in text.split()),
        prefixes=folded("prefixes"),
        joining=re.compile(rf"\s+({'|'.join(map(re.escape, joining))})\s+", re.IGNORECASE),
        times=folded("times"),
    )
