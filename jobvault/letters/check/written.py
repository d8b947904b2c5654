"""The words of a letter as they are written, with their capitals, to look for names among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jobvault.letters.check.context import Context
from jobvault.words import fold

_WORD = re.compile(r"[^\W_]+(?:['’ʼ.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, without ``'s``, and its line; ``first`` in its sentence, where a capital says nothing."""

    text: str
    line: int
    first: bool

    @property
    def capital(self) -> bool:
        """Whether it is written as a name."""
        return self.text[:1].isupper()


def words_of(text: str) -> list[str]:
    """Return the words of a text, as they are written."""
    return [word for word in _WORD.findall(text) if fold(word)]


def sentences_of(context: Context) -> Iterator[list[Word]]:
    """Yield the words of each sentence, then those of the subject; the greeting has a rule of its own."""
    texts = [(sentence.text, sentence.line) for sentence in context.text.sentences]
    if context.letter.subject and context.subject_line:
        texts.append((context.letter.subject, context.subject_line))
    for text, line in texts:
        found = [_POSSESSIVE.sub("", word) for word in words_of(text)]
        yield [Word(word, line, place == 0) for place, word in enumerate(found) if word]
