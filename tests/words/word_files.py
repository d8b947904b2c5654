"""The word files, and one of another language for tests."""

from __future__ import annotations

import string
from typing import Any

from jobvault.actions.vault import load_words
from jobvault.notes.frontmatter import load_yaml
from jobvault.vault.shipped import languages, read_words
from jobvault.words import Words, build_words

WORDS = load_words()
FILES: dict[str, dict[str, Any]] = {language: load_yaml(read_words(language)) for language in languages()}  # type: ignore[misc]
GERMAN = {
    "language": "de",
    "sections": {"weak": ["Wo ich schwach war", "Summary"]},
    "labels": {"concern": ["Bedenken"]},
    "marks": {"rough": ["holprig"]},
    "values": {"outcome": {"offer": ["Angebot"]}},
    "thanks": "danken",
    "due": ["fällig"],
    "states": {"done": "erledigt"},
    "hints": {"start": "Halb ist gut."},
    "dates": {"months": ["Jän", *["x"] * 11], "full": "{day}. {month} {year}"},
    "texts": {"and": "und", "outcome": {"offer": "Angebot"}},
    "problems": {"untyped-debrief": {"say": "ohne Typ", "do": "Typ angeben."}},
}


def both(language: str) -> Words:
    """Return the words of a language where there are English and some German ones."""
    return build_words([FILES["en"], GERMAN], language)


def placeholders(text: object) -> set[str]:
    """Return the names that stand in braces in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(str(text or "")) if name}
