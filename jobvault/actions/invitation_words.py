"""The words that tell what an invitation says, in every language at once: ``texts.invitation`` in the word files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from jobvault.notes.frontmatter import load_yaml
from jobvault.vault.shipped import languages, read_words
from jobvault.words import fold


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
    )
