"""All letters of a search, laid side by side, to judge one by its debrief and by the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jobvault.letters.check.context import Context, Other
from jobvault.letters.check.everywhere import Everywhere
from jobvault.letters.check.judge import judge
from jobvault.letters.check.lexicon import Lexicon
from jobvault.letters.check.text import read_text
from jobvault.model import Debrief, Letter, Problem
from jobvault.search.names import stem_of
from jobvault.search.people import Person
from jobvault.search.search import Search, in_time
from jobvault.words import Words


@dataclass(frozen=True, slots=True)
class Checked:
    """A letter that was checked. ``words`` is how many it has between greeting and close.

    ``lacks`` are sentences on what it would have to say of itself, so that more of it can be judged.
    """

    letter: Letter
    to: str
    company: str
    words: int
    findings: tuple[Problem, ...]
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """The letters of a search with their texts, as of a day."""

    search: Search
    words: Words
    lexicon: Lexicon
    today: dt.date
    letters: tuple[Other, ...]
    everywhere: Everywhere

    @classmethod
    def of(cls, search: Search, words: Words, lexicon: Lexicon, today: dt.date, plain: Callable[[str], str]) -> Bench:
        """Read all letters. ``plain`` gives the words of a line of Markdown as a reader sees them."""
        letters = []
        for letter in search.letters:
            person, about = _who(search, letter, today)
            called = person.name if person else letter.to
            letters.append(Other(letter, read_text(letter, lexicon, plain), about, person, called))
        return cls(search, words, lexicon, today, tuple(letters), Everywhere(search))

    def check(self, letter: Letter, subject_line: int | None = None) -> Checked:
        """Judge a letter of the search; ``subject_line`` is where its note has the subject."""
        context = self.context(letter, subject_line)
        company = context.debrief.company if context.debrief else ""
        return Checked(letter, context.to, company, context.text.words, judge(context), tuple(self._lacks(context)))

    def context(self, letter: Letter, subject_line: int | None = None) -> Context:
        """Return what a letter is judged by."""
        mine = next(other for other in self.letters if other.letter.path == letter.path)
        return Context(
            letter=letter,
            text=mine.text,
            lexicon=self.lexicon,
            words=self.words,
            search=self.search,
            today=self.today,
            person=mine.person,
            debrief=mine.debrief,
            others=tuple(other for other in self.letters if other is not mine),
            subject_line=subject_line,
            known=self.everywhere,
        )

    def _lacks(self, context: Context) -> Iterator[str]:
        letter, say = context.letter, self.words.text
        named = self.search.debrief_of(letter.path)
        if not letter.to:
            yield say("letter-check.no-to")
        elif context.person is None and context.debrief is not None:
            yield say("letter-check.not-met")
        if named is None and letter.debrief:
            yield say("letter-check.no-such-debrief")
        elif named is None and context.debrief is not None:
            yield say("letter-check.latest", name=context.to, link=f"[[{stem_of(context.debrief.path)}]]")
        elif named is None:
            yield say("letter-check.no-debrief")
        if context.foreign:
            yield say("letter-check.other-language")


def _who(search: Search, letter: Letter, today: dt.date) -> tuple[Person | None, Debrief | None]:
    """Return who a letter is to and the debrief it is about: where it names none, the latest one with them."""
    about = search.debrief_of(letter.path)
    person = search.addressee(letter)
    if about is None and person is not None:
        met = [meeting.debrief for meeting in person.meetings]
        about = max([d for d in met if d.date and d.date <= today] or met, key=in_time, default=None)
    return person, about
