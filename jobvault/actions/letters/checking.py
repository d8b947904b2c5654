"""Check letters: which are meant, what each is judged by, what was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jobvault.actions.letters.meant import letter_at, letters_meant, nothing_meant
from jobvault.letters.check.context import Context, Other
from jobvault.letters.check.judge import judge
from jobvault.letters.check.lexicon import Lexicon, build_lexicon
from jobvault.letters.check.text import read_text
from jobvault.model import Debrief, Letter, Problem
from jobvault.notes.frontmatter import load_yaml
from jobvault.notes.inline import plain
from jobvault.search.letters import is_sent
from jobvault.search.names import stem_of
from jobvault.search.people import Person
from jobvault.search.search import in_time
from jobvault.vault.shipped import read_letter_check

if TYPE_CHECKING:
    from pathlib import Path

    from jobvault.actions.vault import Vault
    from jobvault.actions.which import DaysOf, Meant

_SUBJECT = re.compile(rb"^subject\s*:", re.IGNORECASE | re.MULTILINE)


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


def check_letters(vault: Vault, letters: Sequence[Letter]) -> tuple[Checked, ...]:
    """Check letters, in the order given."""
    bench = _Bench.of(vault)
    return tuple(bench.check(letter) for letter in letters)


def drafts(vault: Vault) -> tuple[Letter, ...]:
    """Return the letters that are not sent, by path."""
    return tuple(letter for letter in vault.search.letters if not is_sent(letter))


def letters_asked_for(vault: Vault, asked: Sequence[str], days_of: DaysOf, cwd: Path) -> tuple[Letter, ...]:
    """Return all letters that words mean: together, else each by itself; none twice.

    Raises ``NotFoundError`` where some mean no letter, and ``RefusedError`` for a note that cannot be read.
    """
    together = letters_meant(vault, " ".join(asked), days_of, cwd)
    found = [together] if together else [_meant(vault, words, days_of, cwd) for words in asked]
    return tuple(letter_at(vault, path) for path in dict.fromkeys(one.path for some in found for one in some))


def _meant(vault: Vault, words: str, days_of: DaysOf, cwd: Path) -> tuple[Meant, ...]:
    found = letters_meant(vault, words, days_of, cwd)
    if not found:
        raise nothing_meant(vault, words)
    return found


@dataclass(frozen=True, slots=True)
class _Bench:
    """All letters of a vault with their texts, to judge one by the others."""

    vault: Vault
    lexicon: Lexicon
    others: tuple[Other, ...]

    @classmethod
    def of(cls, vault: Vault) -> _Bench:
        """Read all letters."""
        own = vault.settings.letters.stock_phrases
        lexicon = build_lexicon([_read(text) for text in read_letter_check()], vault.words.vocabulary, own)
        others = []
        for letter in vault.search.letters:
            person, about = _who(vault, letter)
            called = person.name if person else letter.to
            others.append(Other(letter, read_text(letter, lexicon, plain), about, person, called))
        return cls(vault, lexicon, tuple(others))

    def check(self, letter: Letter) -> Checked:
        """Judge a letter."""
        mine = next(other for other in self.others if other.letter.path == letter.path)
        vault = self.vault
        context = Context(
            letter=letter,
            text=mine.text,
            lexicon=self.lexicon,
            words=vault.words,
            search=vault.search,
            today=vault.today.date,
            person=mine.person,
            debrief=mine.debrief,
            others=tuple(other for other in self.others if other is not mine),
            subject_line=_subject_line(vault, letter),
        )
        found = judge(context)
        company = mine.debrief.company if mine.debrief else ""
        lacks = tuple(self._lacks(context))
        return Checked(letter, context.to, company, mine.text.words, found, lacks)

    def _lacks(self, context: Context) -> list[str]:
        letter, words = context.letter, self.vault.words
        named = self.vault.search.debrief_of(letter.path)
        said: list[str] = []
        if not letter.to:
            said.append(words.text("letter-check.no-to"))
        elif context.person is None and context.debrief is not None:
            said.append(words.text("letter-check.not-met"))
        if named is None and letter.debrief:
            said.append(words.text("letter-check.no-such-debrief"))
        elif named is None and context.debrief is not None:
            latest = f"[[{stem_of(context.debrief.path)}]]"
            said.append(words.text("letter-check.latest", name=context.to, link=latest))
        elif named is None:
            said.append(words.text("letter-check.no-debrief"))
        if context.foreign:
            said.append(words.text("letter-check.other-language"))
        return said


def _who(vault: Vault, letter: Letter) -> tuple[Person | None, Debrief | None]:
    """Return who a letter is to and the debrief it is about: where it names none, the latest one with them."""
    about = vault.search.debrief_of(letter.path)
    person = vault.search.addressee(letter)
    if about is None and person is not None:
        past = [met.debrief for met in person.meetings if met.debrief.date and met.debrief.date <= vault.today.date]
        about = max(past or [met.debrief for met in person.meetings], key=in_time, default=None)
    return person, about


def _subject_line(vault: Vault, letter: Letter) -> int | None:
    """Return the line of the note where its subject stands."""
    if not letter.subject:
        return None
    data = vault.bytes_of(letter.path) or b""
    front = data[: data.find(b"\n---", 4) + 1]
    found = _SUBJECT.search(front)
    return front.count(b"\n", 0, found.start()) + 1 if found else None


@lru_cache(maxsize=8)
def _read(text: str) -> Any:
    return load_yaml(text)
