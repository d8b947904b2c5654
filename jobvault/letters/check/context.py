"""What a rule gets to judge a letter by, and how it says what it found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobvault.letters.check.everywhere import Everywhere
from jobvault.letters.check.lexicon import Lexicon, fold_long, is_wide, split
from jobvault.letters.check.material import Material, alone, gather
from jobvault.letters.check.text import Sentence, Text
from jobvault.model import Debrief, Letter, Problem
from jobvault.search.letters import kind_of
from jobvault.search.people import Person
from jobvault.search.search import Search
from jobvault.settings import LetterSettings
from jobvault.words import Words

FOREIGN = 0.2
"""A text of whose words a smaller part are a language's small words is not written in it."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another letter of the vault, with its text and what it is about."""

    letter: Letter
    text: Text
    debrief: Debrief | None
    person: Person | None
    to: str
    """How its recipient is called."""


@dataclass(frozen=True)
class Context:
    """A letter with all that it is judged by. ``person`` and ``debrief`` are None where they are not known.

    ``kind`` is one of ``LETTER_KINDS`` or the user's own; a letter that names none is a thank-you.
    ``subject_line`` is the line of the note where the subject stands.
    """

    letter: Letter
    text: Text
    lexicon: Lexicon
    words: Words
    search: Search
    today: dt.date
    person: Person | None = None
    debrief: Debrief | None = None
    others: tuple[Other, ...] = ()
    subject_line: int | None = None
    known: Everywhere | None = None
    """What the whole vault gives, where it is at hand."""

    @cached_property
    def everywhere(self) -> Everywhere:
        """What the whole vault gives."""
        return self.known or Everywhere(self.search)

    @property
    def settings(self) -> LetterSettings:
        """What ``jobvault.yaml`` says of letters."""
        return self.search.settings.letters

    @property
    def kind(self) -> str:
        """The kind of letter that it is judged as."""
        return kind_of(self.letter, self.lexicon.vocabulary)

    @cached_property
    def to(self) -> str:
        """How the recipient is called; empty where the letter does not say it."""
        return self.person.name if self.person else self.letter.to

    @cached_property
    def material(self) -> Material:
        """What it can take up."""
        return gather(self.search, self.debrief, self.person, self.lexicon)

    @cached_property
    def paragraphs(self) -> tuple[tuple[Sequence[Sentence], frozenset[str]], ...]:
        """The paragraphs, each with the roots of its words that tell something."""
        found = [(part, frozenset(r for s in part for r in self.roots_of(s))) for part in self.text.paragraphs]
        return tuple((part, roots - self.material.names) for part, roots in found)

    @cached_property
    def _roots(self) -> dict[Sentence, tuple[str, ...]]:
        return {sentence: self.lexicon.roots(sentence.text) for sentence in self.text.sentences}

    def roots_of(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the roots of a sentence's words that tell something."""
        return self._roots[sentence]

    @cached_property
    def roots(self) -> frozenset[str]:
        """All roots of its text, names left out."""
        return frozenset().union(*(roots for _, roots in self.paragraphs))

    @property
    def paragraph_roots(self) -> tuple[frozenset[str], ...]:
        """The roots of each paragraph, names left out."""
        return tuple(roots for _, roots in self.paragraphs)

    @cached_property
    def wide(self) -> bool:
        """Whether it is written in a script without blanks between words."""
        return is_wide(" ".join(sentence.text for sentence in self.text.sentences))

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The folded words of its sentences."""
        return tuple(word for sentence in self.text.sentences for word in split(sentence.folded))

    @cached_property
    def foreign(self) -> bool:
        """Whether it is written in another language than the debrief, so that only names and figures are the same."""
        written = " ".join(remark.text for remark in (*self.material.own, *self.material.whole))
        if not self.text.sentences or not written:
            return False
        if self.wide or is_wide(written):
            return self.wide != is_wide(written)
        language = self.lexicon.language_of(fold_long(written).split())
        return bool(language) and self.lexicon.share_of(language, self.said) < FOREIGN

    @cached_property
    def known_language(self) -> bool:
        """Whether it is written in a language that the lists know."""
        return not self.wide and any(
            self.lexicon.share_of(language, self.said) >= FOREIGN for language in self.lexicon.tongues
        )

    @cached_property
    def alone(self) -> bool:
        """Whether the recipient was the only one there."""
        return bool(self.debrief and self.person and alone(self.search, self.debrief, self.person))

    def says(self, code: str, line: int | None, quote: str = "", /, **values: object) -> Problem:
        """Build a finding."""
        return self.words.problem(code, self.letter.path, line, quote=quote, **values)


Rule = Callable[[Context], Iterable[Problem]]
"""Judges one mark of a letter."""
