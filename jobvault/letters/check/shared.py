"""Sentences, and long runs of words, that stand in another letter as well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jobvault.letters.check.context import Context, Other
from jobvault.letters.check.lexicon import Lexicon, is_wide, split
from jobvault.letters.check.text import SIGNS_A_WORD, Sentence, Text
from jobvault.model import Debrief, Problem
from jobvault.search.letters import is_sent
from jobvault.search.names import stem_of

SENTENCE = 6
"""A sentence of as many words that is the same in two letters is shared."""
RUN, LONG_RUN, TELLING = 8, 12, 6
"""So is a run of words in a row, wherever it begins: with ``RUN`` that tell something, or ``LONG_RUN`` and so many."""
_SEED = 5
"""Words in a row by which runs are looked for."""
_MOST_WORDS = 3000
_MOST_LETTERS = 400


def shared(context: Context) -> Iterator[Problem]:
    """Find what stands in a letter to a colleague of the round, or in an older letter: one finding for each of these.

    A sentence is said once, of the first letter that has it.
    """
    said: set[Sentence] = set()
    for other in _compared(context):
        found = [sentence for sentence in _alike(context, other.text) if sentence not in said]
        said.update(found)
        if found:
            more = context.words.text("letter-check.more", n=len(found) - 1) if len(found) > 1 else ""
            name, to = stem_of(other.letter.path), other.to
            yield context.says("letter-shared", found[0].line, found[0].text, near=more, other=name, to=to)


def _compared(context: Context) -> Iterator[Other]:
    """Yield the letters to colleagues of the round, then the older ones that were sent, the latest first."""
    mine = (_when(context.letter.sent, context.debrief), context.letter.path)
    older: list[tuple[dt.date, str, Other]] = []
    for other in context.others:
        same_round = other.debrief and context.debrief and other.debrief.path == context.debrief.path
        same_person = other.person and context.person and other.person.key == context.person.key
        theirs = (_when(other.letter.sent, other.debrief), other.letter.path)
        if same_round and not same_person:
            yield other
        elif is_sent(other.letter) and (not is_sent(context.letter) or theirs < mine):
            older.append((*theirs, other))
    older.sort(key=lambda one: one[:2], reverse=True)
    yield from (other for *_, other in older[:_MOST_LETTERS])


def _when(sent: dt.date | dt.datetime | None, debrief: Debrief | None) -> dt.date:
    day = sent.date() if isinstance(sent, dt.datetime) else sent
    return day or (debrief.date if debrief else None) or dt.date.max


def _alike(context: Context, other: Text) -> Iterator[Sentence]:
    """Yield the sentences that the other text has too, or in which a long run of words begins that it has."""
    theirs = {sentence.folded for sentence in other.sentences}
    runs = _Runs.of(other)
    mine = _tokens(context.text)
    in_runs = runs.shared_with(mine, context.lexicon)
    for number, sentence in enumerate(context.text.sentences):
        whole = sentence.folded in theirs and _length(sentence) >= SENTENCE
        if whole or number in in_runs:
            yield sentence


def _length(sentence: Sentence) -> float:
    words = split(sentence.folded)
    return sum(len(word) / SIGNS_A_WORD if is_wide(word) else 1 for word in words)


Token = tuple[str, int]
"""A folded word and the number of its sentence."""


def _tokens(text: Text) -> list[Token]:
    found = [(word, number) for number, s in enumerate(text.sentences) for word in _words(s.folded)]
    return found[:_MOST_WORDS]


def _words(folded: str) -> list[str]:
    return [part for word in split(folded) for part in (word if is_wide(word) else (word,))]


@dataclass(frozen=True, slots=True)
class _Runs:
    """The words of a text, and where each few of them in a row begin first."""

    words: tuple[str, ...]
    seeds: Mapping[tuple[str, ...], int]

    @classmethod
    def of(cls, text: Text) -> _Runs:
        """Index a text."""
        words = tuple(word for word, _ in _tokens(text))
        seeds: dict[tuple[str, ...], int] = {}
        for start in range(len(words) - _SEED + 1):
            seeds.setdefault(words[start : start + _SEED], start)
        return cls(words, seeds)

    def shared_with(self, mine: list[Token], lexicon: Lexicon) -> set[int]:
        """Return the sentences in which most of a long run lies that both have."""
        words = tuple(word for word, _ in mine)
        found: set[int] = set()
        start = 0
        while start <= len(words) - _SEED:
            there = self.seeds.get(words[start : start + _SEED])
            if there is None:
                start += 1
                continue
            length = _SEED
            while (
                start + length < len(words)
                and there + length < len(self.words)
                and words[start + length] == self.words[there + length]
            ):
                length += 1
            run = mine[start : start + length]
            told = sum(_tells(word, lexicon) for word, _ in run)
            signs = sum(1 / SIGNS_A_WORD if is_wide(word) else 1 for word, _ in run)
            if told >= RUN or (signs >= LONG_RUN and told >= TELLING):
                found.add(run[len(run) // 2][1])
            start += length
        return found


def _tells(word: str, lexicon: Lexicon) -> float:
    return 1 / SIGNS_A_WORD if is_wide(word) else float(word not in lexicon.stop)
