"""The words of a debrief, each as it can stand in a letter: ``a colleague to argue with``, ``you noticed``.

Notes are fragments, mostly in the first and third person. What cannot stand in a letter as it is, is kept as it was
written, for the writer to make something of.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from jobvault.letters import english, german
from jobvault.letters.grammar import QUOTES, WORD, Field, Grammar, listed, with_changes, words_of
from jobvault.search.mentions import names_first, names_person
from jobvault.words import fold

GRAMMARS: Mapping[str, Grammar] = {"en": english.GRAMMAR, "de": german.GRAMMAR}
_FAMILIES: Mapping[str, Callable[[str], frozenset[str]]] = {"en": english.family, "de": german.family}
LONGEST = 32
"""Words of a fragment that can stand in a letter; a longer one wants to be told shorter."""
LONGEST_RAW = 240
"""Characters of a fragment that are shown in a comment."""

_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_TAG = re.compile(r"(?<!\S)#[^\W\d][^\s#]*")
_ACTIVE = re.compile(r"<!--|--!?>|%%|\{\{|\}\}|<%|%>|`|==|\[\[|\]\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\d\.)[\"”’“»«)]*\s+")
_ENDED = re.compile(r"[.!?…][\"”’“»«)]*$")
_FULL_STOP = re.compile(r"(?<=[a-zà-ÿß0-9)\"”])[.;:!?]\s")
_BIDI = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of a debrief: ``raw`` as they were written, ``said`` as they can stand in a letter, empty where not."""

    raw: str
    said: str = ""

    @property
    def stands(self) -> bool:
        """Whether it can stand in a letter."""
        return bool(self.said)

    @property
    def shown(self) -> str:
        """The raw words, bounded, for a comment."""
        return self.raw if len(self.raw) <= LONGEST_RAW else f"{self.raw[: LONGEST_RAW - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes fragments of the words about one person.

    ``own`` are their names, the first name among them; ``others`` everybody else's, whom their letter does not name.
    ``sure`` tells whether ``he`` or ``she`` can be taken for them. ``plain`` gives the words of a text without links
    and marks; ``day`` writes a date.
    """

    language: str
    own: tuple[str, ...]
    others: tuple[str, ...]
    plain: Callable[[str], str]
    day: Callable[[dt.date], str]
    sure: bool = True

    @property
    def grammar(self) -> Grammar:
        """The grammar of the letter's language."""
        return GRAMMARS.get(self.language, english.GRAMMAR)

    def read(self, text: str, field: Field) -> Fragment:
        """Return words as they can stand behind a colon; where they cannot, only as they were written."""
        raw = clean(self.plain(text))
        said = self._turned(raw, field) if self._is_about_them_alone(raw) else None
        if said is None or not fold(said) or len(said.split()) > LONGEST:
            return Fragment(raw)
        if field == "concern":
            said = self._voiced(said)
        elif field in ("reply", "strength"):
            said = self._told(said, field) or ""
        return Fragment(raw, self.dated(self.lowered(said)))

    def quoted(self, text: str) -> Fragment:
        """Return a question of theirs in quotation marks; only as it was written where it names a colleague."""
        raw = clean(self.plain(text))
        if not fold(raw) or not self._is_about_them_alone(raw) or len(raw.split()) > LONGEST:
            return Fragment(raw)
        return Fragment(raw, in_quotes(raw))

    def bare(self, text: str, field: Field = "topic") -> Fragment:
        """Return words that stand in the midst of a sentence: one clause, without a stop at its end."""
        found = self.read(text, field)
        said = found.said.rstrip(".")
        return Fragment(found.raw, "" if _FULL_STOP.search(said) or said.endswith(("!", "?")) else said)

    def lowered(self, text: str) -> str:
        """Return words without the capital at their beginning, where it is one of a sentence and not of a name."""
        first = WORD.match(text)
        if first is None or first[0].replace("’", "'").lower() not in self.grammar.lowered or first[0][1:2].isupper():
            return text
        return text[:1].lower() + text[1:]

    def dated(self, text: str) -> str:
        """Return a text with its dates as people write them."""

        def written(found: re.Match[str]) -> str:
            try:
                return self.day(dt.date(int(found[1]), int(found[2]), int(found[3])))
            except ValueError:
                return found[0]

        return _ISO.sub(written, text)

    def _turned(self, text: str, field: Field) -> str | None:
        if not self.sure and _FAMILIES.get(self.language, english.family)(text):
            return None
        said = self.grammar.turn(text, field)
        return None if said is None else self._theirs(said)

    def _theirs(self, text: str) -> str | None:
        """``Tomasz's team`` is ``your team``; None where they are named otherwise, so that a verb belongs to them."""
        words = words_of(text)
        if words is None:
            return None
        firsts = {fold(name.split()[0]) for name in self.own if name.split()}
        changes = {
            (word.start, word.end): ("Your" if word.first else "your")
            for word in words
            if self.language == "en" and word.low.endswith("'s") and fold(word.low.removesuffix("'s")) in firsts
        }
        said = with_changes(text, changes)
        return None if any(_names(said, name) for name in self.own) else said

    def _is_about_them_alone(self, text: str) -> bool:
        return not any(_names(text, name) for name in self.others)

    def _voiced(self, text: str) -> str:
        """Return a concern in quotation marks where its words are not the writer's: ``You have never …``."""
        words = words_of(text) or ()
        theirs = {word.low for word in words} & self.grammar.quoted
        first = words[0].low if words else ""
        others = not theirs.isdisjoint(_PRONOUNS.get(self.language, ()))
        return in_quotes(text) if others or first in self.grammar.quoted else text

    def _told(self, text: str, field: Field) -> str | None:
        """Return what the writer told or did, with ``I`` where that was left out; None where it makes no sentence."""
        sentences = sentences_of(text)
        starts = [found[0] if (found := WORD.match(one)) else "" for one in sentences]
        verbs = [self.grammar.past(word) for word in starts]
        if any(verbs[1:]) or (verbs[0] and any(fold(word) in _THEN for word in starts[1:])):
            return None
        if verbs[0]:
            begin = "" if fold(starts[0]) in ("i", "ich") else f"{self.grammar.writer} "
            return begin + text[:1].lower() + text[1:]
        if field == "strength" and (len(sentences) > 1 or self._is_a_clause(text)):
            return None
        return text

    def _is_a_clause(self, text: str) -> bool:
        """Whether a note is a sentence on its own, not the name of something that went well."""
        words = words_of(text) or ()
        return any(word.low in self.grammar.finite for word in words) or bool(QUOTES.match(text))


_PRONOUNS: Mapping[str, Collection[str]] = {
    "en": listed("you your yours yourself you're you've you'd you'll we us our ours we're we've we'd we'll"),
    "de": listed("du dich dir dein deine wir uns unser unsere unserem unseren unserer sie ihnen"),
}
_THEN = frozenset({"then", "and", "but", "dann", "und"})


def clean(text: str) -> str:
    """Return a text as one line of words: no tags, no code, no comments, nothing that nobody sees."""
    line = text.encode("utf-8", "replace").decode("utf-8")
    line = _BIDI.sub("", "".join(char for char in line if unicodedata.category(char) != "Cc" or char.isspace()))
    while True:
        before, line = line, _ACTIVE.sub("", _TAG.sub("", " ".join(line.split())))
        if line == before:
            return line


def in_quotes(text: str) -> str:
    """Return words in quotation marks; those inside become single ones."""
    inner = re.sub(r"[\"“”„«»]", "'", text)
    return f'"{inner}"'


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a text."""
    return tuple(part for part in _SENTENCE_END.split(text) if part.strip())


def is_ended(text: str) -> bool:
    """Whether words end a sentence."""
    return bool(_ENDED.search(text))


def of_both(texts: Sequence[str], language: str) -> bool:
    """Whether ``he`` and ``she`` stand in what is written about one person: then one of them is somebody else."""
    find = _FAMILIES.get(language, english.family)
    return len(frozenset().union(*(find(text) for text in texts))) > 1


def _names(text: str, name: str) -> bool:
    return names_person(text, name) if " " in name else names_first(text, name)
