"""Phrases that stand in everybody's letters."""

from __future__ import annotations

from collections.abc import Iterator

from jobvault.letters.check.context import Context
from jobvault.letters.check.lexicon import Lexicon, found_in
from jobvault.letters.check.text import Sentence
from jobvault.model import Problem


def stock(context: Context) -> Iterator[Problem]:
    """Find stock phrases, the first one of each sentence."""
    for sentence in context.text.sentences:
        phrase = phrase_of(sentence, context.lexicon)
        if phrase:
            value = context.lexicon.stock[phrase]
            yield context.says("letter-stock", sentence.line, value, value=value)


def phrase_of(sentence: Sentence, lexicon: Lexicon) -> str:
    """Return the first stock phrase, folded, in what a sentence says itself; empty where there is none."""
    return found_in(lexicon.stock_phrases, sentence.bare)


def without_stock(folded: str, lexicon: Lexicon) -> str:
    """Return a folded sentence without its stock phrases, and without the “please” before one."""
    said = folded
    while phrase := found_in(lexicon.stock_phrases, said):
        before, _, after = f" {said} ".partition(f" {phrase} ")
        words = before.split()
        polite = words and words[-1] in lexicon.phrases["polite"]
        said = " ".join([*(words[:-1] if polite else words), "|", *after.split()])
    return said
