"""What a letter wants: one purpose, one request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jobvault.letters.check.context import Context
from jobvault.letters.check.lexicon import Lexicon, fold_long, found_in
from jobvault.letters.check.stock import without_stock
from jobvault.letters.check.text import Sentence
from jobvault.model import Problem

_CLAUSE = re.compile(r"\s(?:and|und)\s|[;,]\s")
_SAME_QUESTION = 0.6
"""The part of a question that they asked, by weight, that a sentence holds which only says it again."""


def purpose(context: Context) -> Iterator[Problem]:
    """Find a letter that only thanks: nothing is answered, sent, offered, asked or agreed.

    The words for these are known of some languages only, so a letter in another one is left alone.
    """
    if not context.known_language or any(_has_purpose(context, sentence) for sentence in context.text.sentences):
        return
    asked = any(_asks_somehow(context, sentence) for sentence in context.text.sentences)
    if not asked and not requests_in(context) and not _answers(context):
        yield context.says("letter-purpose", context.text.end)


def _has_purpose(context: Context, sentence: Sentence) -> bool:
    lexicon, said = context.lexicon, without_stock(sentence.folded, context.lexicon)
    return any(lexicon.has(group, said) for group in ("offers", "answers", "agreements")) or _would(said, lexicon)


def _would(said: str, lexicon: Lexicon) -> bool:
    """Whether a sentence tells what I would do: a case answered, not what was asked, nor only what I would like."""
    words = said.split()
    fillers, wishes = lexicon.phrases["fillers"], lexicon.phrases["wishes"]
    for place in range(len(words)):
        for count in (1, 2):
            told = words[place - 1 : place]
            asked = bool(told) and told[0] in lexicon.phrases["asked_for"]
            if not asked and " ".join(words[place : place + count]) in lexicon.phrases["would_i"]:
                next_ = next((word for word in words[place + count :] if word not in fillers), "")
                if next_ and next_ not in wishes:
                    return True
    return False


def _answers(context: Context) -> bool:
    """Whether a concern that was voiced, or a question that was asked, is taken up, or listed as answered."""
    if context.letter.answers:
        return True
    if context.debrief is None or context.kind == "after-rejection":
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
    count = sum(_things(context, sentence) for sentence in found)
    if count > 1:
        more = found[min(1, len(found) - 1)]
        yield context.says("letter-requests", more.line, more.text, n=count)


def _things(context: Context, sentence: Sentence) -> int:
    """Return how many things a sentence asks for: its clauses that begin to ask anew."""
    clauses = [fold_long(clause) for clause in _CLAUSE.split(sentence.text)]
    return max(1, sum(context.lexicon.has("asking", clause) for clause in clauses))


def _asks_somehow(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence asks or invites, be it in a question of any kind or under a condition."""
    said = without_stock(sentence.bare, context.lexicon)
    invites = _asks_for(said, sentence, context.lexicon) and not context.lexicon.has("reported", said)
    return invites or (sentence.asks and not _is_reported(context, sentence))


def _is_reported(context: Context, sentence: Sentence) -> bool:
    return context.lexicon.has("reported", sentence.bare) or _is_theirs(context, sentence)


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
    said = without_stock(sentence.bare, lexicon)
    if lexicon.has("reported", said):
        return False
    if _asks_for(said, sentence, lexicon):
        if _is_conditional(said, lexicon) or _announces(context, sentence, said):
            return False
        return not (sentence.asks and _is_theirs(context, sentence))
    if not sentence.asks or said != sentence.bare:
        return False
    to_them = lexicon.has("you", said)
    last = all(later.asks for later in paragraph[place + 1 :])
    mine = lexicon.has("i", said) and not to_them
    return not _is_theirs(context, sentence) and not mine and (to_them or last)


def _asks_for(said: str, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a sentence has a word that asks; “can I” and the like ask in a question alone."""
    if sentence.asks or lexicon.found("requests", said) not in lexicon.phrases["inverted"]:
        return lexicon.has("requests", said)
    return bool(found_in(lexicon.phrases["requests"] - lexicon.phrases["inverted"], said))


def _announces(context: Context, sentence: Sentence, said: str) -> bool:
    """Whether a sentence only says that a question follows, which then is the request."""
    later = context.text.sentences[context.text.sentences.index(sentence) + 1 :]
    return context.lexicon.has("announcements", said) and any(one.asks for one in later)


def _is_conditional(said: str, lexicon: Lexicon) -> bool:
    """Whether a sentence begins with a condition: it leaves a door open, unless it asks in so many words."""
    begins = any(" ".join(said.split()[:count]) in lexicon.phrases["conditions"] for count in (1, 2))
    return begins and not lexicon.has("asking", said)


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
