"""What a language's grammar tells of the words of a debrief, so that they can stand in a letter to somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Field = Literal["topic", "cares", "concern", "reply", "strength", "step"]
"""What words are about: what was talked about, what somebody cares about, …"""

QUOTES = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«")
_ANY_QUOTE = re.compile(r"[\"“”„«»]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word outside of quotation marks: where it stands, and whether a sentence begins with it."""

    text: str
    start: int
    end: int
    first: bool

    @property
    def low(self) -> str:
        """The word as it is looked up."""
        return self.text.replace("’", "'").lower()


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language: ``turn`` makes words about the recipient words to them, or says that this is not sure.

    ``lowered`` are words that lose their capital behind a colon, ``past`` tells whether a word is a verb with the
    writer left out (``Drew the system``), ``writer`` is the word that then belongs before it. ``finite`` are verbs that
    make a whole clause of a note on oneself.
    """

    turn: Callable[[str, Field], str | None]
    lowered: frozenset[str]
    finite: frozenset[str]
    past: Callable[[str], bool]
    writer: str
    lacks_somebody: Callable[[str], bool]
    """Whether a sentence hangs on a verb that has nobody: ``Ruhig geblieben``, ``Finally said it``."""
    small: Callable[[str], bool] = lambda _: False
    """Whether a word is one of those that lose their capital by its form."""
    openers: frozenset[str] = frozenset()
    """Words that a letter's first sentence begins small with, where it does so below its greeting."""


def listed(text: str) -> frozenset[str]:
    """Return the words of a list as one writes it: with blanks between."""
    return frozenset(text.split())


def words_of(text: str) -> tuple[Word, ...] | None:
    """Return the words outside of quotation marks; None where one of these is not closed."""
    blanked = QUOTES.sub(lambda found: "\0" * len(found[0]), text)
    if _ANY_QUOTE.search(blanked):
        return None
    return tuple(_words(blanked))


def _words(text: str) -> Iterator[Word]:
    end = 0
    for place, found in enumerate(WORD.finditer(text)):
        between = text[end : found.start()]
        first = place == 0 or bool(re.search(r"[.!?]", between))
        yield Word(found[0], found.start(), found.end(), first)
        end = found.end()


def with_changes(text: str, changes: Mapping[tuple[int, int], str]) -> str:
    """Return a text with some spans replaced."""
    for (start, end), new in sorted(changes.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def like(word: Word, new: str) -> str:
    """Return a word with the capital that another one has where a sentence begins with that."""
    return new[:1].upper() + new[1:] if word.first and word.text[:1].isupper() else new


def is_a_name(word: Word, known: Collection[str]) -> bool:
    """Whether a word may name somebody: it has a capital, and is not one of those that begin a sentence."""
    return word.text[:1].isupper() and word.low not in known
