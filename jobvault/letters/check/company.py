"""The company's name: as the debrief has it, and no other company's in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobvault.letters.check.context import Context
from jobvault.letters.check.lexicon import found_in
from jobvault.letters.check.material import round_texts
from jobvault.letters.check.near import SHORTEST, one_off
from jobvault.letters.check.written import Word, sentences_of, words_of
from jobvault.model import Debrief, Problem
from jobvault.search.names import key_of
from jobvault.words import fold

_SHORTEST_FIRST_WORD = 4
_POSSESSIVE = re.compile(r"['’ʼ]s\b")


def company(context: Context) -> Iterator[Problem]:
    """Find the company misspelt, and another one of the vault's that is named as theirs."""
    if context.debrief is not None and context.debrief.company:
        names = _Names(context, context.debrief)
        yield from _misspelt(context, names)
        yield from _other(context, names)


@dataclass(frozen=True)
class _Names:
    """What may stand for the company of a letter's debrief, and what may not be taken for it, misspelt."""

    context: Context
    debrief: Debrief

    @cached_property
    def ours(self) -> list[str]:
        """The names of the company, the one it goes by first."""
        name = self.debrief.company
        return [name, *self.context.search.settings.companies.get(name, ())]

    @cached_property
    def our_words(self) -> set[str]:
        """These names and their words, folded."""
        return {fold(part) for name in self.ours for part in (name, *words_of(name))}

    @cached_property
    def known(self) -> frozenset[str]:
        """All names of the vault and their words, folded."""
        mine = {fold(part) for name in self.ours for part in (name, *words_of(name))}
        return self.context.everywhere.names | mine

    @cached_property
    def written(self) -> set[str]:
        """The words of the debrief, folded."""
        return {word for remark in self.context.material.whole for word in fold(remark.text).split()}

    @cached_property
    def mentioned(self) -> str:
        """What the debriefs of the process say, folded."""
        process = self.context.search.process_of(self.debrief.path)
        debriefs = process.debriefs if process else (self.debrief,)
        return fold(" ".join(text for debrief in debriefs for text in round_texts(self.context.search, debrief)))

    def is_word(self, folded: str) -> bool:
        """Whether a word is one of any letter."""
        lexicon = self.context.lexicon
        return folded in lexicon.stop or lexicon.is_common(lexicon.root(folded))


# --- misspelt ---------------------------------------------------------------------------------------------------------


def _misspelt(context: Context, names: _Names) -> Iterator[Problem]:
    """Find the company's name with a letter wrong, once a line."""
    said: set[int] = set()
    for words in sentences_of(context):
        for place, word in enumerate(words):
            found = "" if word.line in said else _misspelt_at(words, place, names)
            if found:
                said.add(word.line)
                yield context.says("letter-company", word.line, found, value=found, name=names.ours[0])


def _misspelt_at(words: Sequence[Word], place: int, names: _Names) -> str:
    """Return the words from a place on that misspell a name of the company; empty where none do."""
    for name in names.ours:
        parts = words_of(name)
        here = words[place : place + len(parts)]
        text = " ".join(word.text for word in here)
        if len(here) == len(parts) and fold(text) not in names.known and _misspells(here, text, parts, names):
            return text
    first = words_of(names.ours[0])[:1]
    longer = len(words_of(names.ours[0])) > 1
    if (
        longer
        and not words[place].first
        and len(first[0]) >= SHORTEST
        and _misspells_word(words[place], first[0], names)
    ):
        return words[place].text
    return ""


def _misspells(here: Sequence[Word], text: str, parts: Sequence[str], names: _Names) -> bool:
    """Whether some words are a name one letter off; of several words, one must be written as a name."""
    if len(parts) == 1:
        return _misspells_word(here[0], parts[0], names)
    return any(word.capital for word in here) and one_off(text, " ".join(parts))


def _misspells_word(word: Word, name: str, names: _Names) -> bool:
    """Whether a word that is written as a name, and is no other word, is a name one letter off."""
    folded = fold(word.text)
    other = folded in names.known or folded in names.written or folded == f"{fold(name)}s" or names.is_word(folded)
    return word.capital and not other and one_off(word.text, name)


# --- another one ------------------------------------------------------------------------------------------------------


def _other(context: Context, names: _Names) -> Iterator[Problem]:
    """Find another company that is named as if the letter went there.

    One that this process's debriefs mention may be named, or where the recipient was met; so may one that is spoken of
    as another one: an offer, a former employer, what I did there.
    """
    texts = [(sentence.text, sentence.line) for sentence in context.text.sentences]
    whole = fold(" ".join([context.letter.subject, *(text for text, _ in texts)]))
    subject = (context.letter.subject, context.subject_line) if context.letter.subject else None
    for other in _elsewhere(context, names):
        forms = frozenset(form for form in _forms(other) if form not in names.our_words and form in whole)
        forms = frozenset(form for form in forms if f" {form} " not in f" {names.mentioned} ")
        if subject and _names(subject[0], forms):
            yield context.says("letter-company", subject[1], other, value=other, name=names.ours[0])
        for text, line in texts if forms else ():
            if _names(text, forms) and _is_theirs(fold(text), context):
                yield context.says("letter-company", line, other, value=other, name=names.ours[0])
                break


def _elsewhere(context: Context, names: _Names) -> Iterator[str]:
    """Yield the names of the companies that this letter has no business with."""
    own = {key_of(names.debrief.company), *map(key_of, context.person.companies if context.person else ())}
    for other in context.everywhere.companies:
        if key_of(context.search.company(other)) not in own and fold(other) not in names.our_words:
            yield other


def _forms(name: str) -> Iterator[str]:
    """Yield how a company may be called: its whole name, and its first word where this is long enough."""
    yield fold(name)
    words = words_of(name)
    if len(words) > 1 and len(words[0]) >= _SHORTEST_FIRST_WORD:
        yield fold(words[0])


def _names(text: str, forms: frozenset[str]) -> bool:
    """Whether a text has a company's name, written as one: with a capital, or in a script that has none."""
    called = found_in(forms, fold(_POSSESSIVE.sub("", text))) if forms else ""
    first = called.partition(" ")[0]
    return bool(called) and any(
        fold(word).startswith(first) and not word[:1].islower() for word in words_of(_POSSESSIVE.sub("", text))
    )


def _is_theirs(folded: str, context: Context) -> bool:
    """Whether a sentence takes a company for the recipient's, and tells nothing of another one."""
    lexicon = context.lexicon
    if lexicon.has("elsewhere", folded):
        return False
    return lexicon.has("theirs", folded) or lexicon.has("would", folded) or not lexicon.has("i", folded)
