"""How long a letter and its sentences are, and whether there is any text."""

from __future__ import annotations

from collections.abc import Iterator

from jobvault.letters.check.context import Context
from jobvault.letters.check.text import words_in
from jobvault.model import Problem

LONGEST_SENTENCE = 40
"""Words of a sentence that can still be read in one go."""


def empty(context: Context) -> Iterator[Problem]:
    """Find a letter without text between greeting and close."""
    if not context.text.sentences:
        yield context.says("letter-empty", context.text.line)


def length(context: Context) -> Iterator[Problem]:
    """Find a letter that is too long."""
    words, settings = context.text.words, context.settings
    if words > settings.most_words:
        yield context.says("letter-too-long", context.text.line, n=words, most=settings.most_words)
    elif words > settings.long_words:
        yield context.says("letter-long", context.text.line, n=words, most=settings.long_words)


def sentences(context: Context) -> Iterator[Problem]:
    """Find sentences that are too long."""
    for sentence in context.text.sentences:
        words = words_in(sentence.text)
        if words > LONGEST_SENTENCE:
            begin = " ".join(sentence.text.split()[:6])
            yield context.says("letter-sentence", sentence.line, begin, n=words, most=LONGEST_SENTENCE, begin=begin)
