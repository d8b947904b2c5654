"""What a letter wants: one purpose, one request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jobvault.letters.check.context import Context
from jobvault.letters.check.stock import phrase_of
from jobvault.letters.check.text import Sentence
from jobvault.model import Problem

_SAME_QUESTION = 0.6
"""The part of a question that they asked, by weight, that a sentence holds which only says it again."""


def purpose(context: Context) -> Iterator[Problem]:
    """Find a letter that only thanks: nothing is answered, sent, offered, asked or agreed.

    The words for these are known of some languages only, so a letter in another one is left alone.
    """
    if not context.known_language or any(_has_purpose(context, sentence) for sentence in context.text.sentences):
        return
    if not requests_in(context) and not _answers(context):
        yield context.says("letter-purpose", context.text.end)


def _has_purpose(context: Context, sentence: Sentence) -> bool:
    lexicon, said = context.lexicon, sentence.folded
    if phrase_of(sentence, lexicon):
        return False
    return any(lexicon.has(group, said) for group in ("offers", "answers", "agreements"))


def _answers(context: Context) -> bool:
    """Whether a concern that was voiced, or a question that was asked, is taken up, or listed as answered."""
    if context.letter.answers:
        return True
    if context.debrief is None:
        return False
    people = context.person.meetings if context.person else ()
    concerns = [concern.text for met in people for concern in met.met.concerns]
    owed = [question.text for question in context.debrief.questions if question.mark in ("owed", "rough")]
    material = context.material
    remarks = [material.remark(text) for text in (*concerns, *owed)]
    return any(material.takes_up(roots, remark) for roots in context.paragraph_roots for remark in remarks)


def requests(context: Context) -> Iterator[Problem]:
    """Find a letter that asks for more than one thing."""
    found = requests_in(context)
    if len(found) > 1:
        yield context.says("letter-requests", found[1].line, found[1].text, n=len(found))


def requests_in(context: Context) -> list[Sentence]:
    """Return the sentences that ask the recipient for something."""
    return [
        sentence
        for paragraph in context.text.paragraphs
        for place, sentence in enumerate(paragraph)
        if _is_request(context, paragraph, place)
    ]


def _is_request(context: Context, paragraph: Sequence[Sentence], place: int) -> bool:
    """Whether a sentence asks for something: by its words, or as a question that nothing answers on the spot.

    What is quoted, what tells what somebody asked, and stock phrases are no requests.
    """
    sentence, lexicon = paragraph[place], context.lexicon
    said = sentence.bare
    if phrase_of(sentence, lexicon) or lexicon.has("reported", said):
        return False
    if lexicon.has("requests", said):
        return not (sentence.asks and _is_theirs(context, sentence))
    if not sentence.asks:
        return False
    to_them = lexicon.has("you", said)
    last = place == len(paragraph) - 1
    mine = lexicon.has("i", said) and not to_them
    return not _is_theirs(context, sentence) and not mine and (to_them or last)


def _is_theirs(context: Context, sentence: Sentence) -> bool:
    """Whether a question is one that they had asked, said again."""
    if context.debrief is None:
        return False
    roots = frozenset(context.roots_of(sentence))
    for question in context.debrief.questions:
        remark = context.material.remark(question.text)
        weight = context.material.weight(remark.roots)
        if weight and context.material.weight(remark.roots & roots) >= _SAME_QUESTION * weight:
            return True
    return False
