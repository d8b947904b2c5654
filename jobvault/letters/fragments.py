"""The words of a debrief, each as it can stand in a letter: ``a colleague to argue with``, ``you noticed``.

Notes are fragments, mostly in the first and third person. What cannot stand in a letter as it is, is kept as it was
written, for the writer to make something of.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jobvault.letters import english, german
from jobvault.letters.doubts import voiced
from jobvault.letters.grammar import QUOTES, WORD, Field, Grammar, with_changes, words_of
from jobvault.letters.steps import with_subject
from jobvault.letters.telling import tells_of_the_talk
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
_VERBS = frozenset({"has", "is", "wants", "needs", "likes", "hates", "thinks", "will", "hat", "ist", "mag", "braucht"})
"""Verbs at the beginning of a note on somebody, who is left out."""
_ADDRESS = re.compile(r"\b(?:https?|mailto|obsidian):", re.IGNORECASE)
_BIDI = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of a debrief: ``raw`` as they were written, ``said`` as they can stand in a letter, empty where not.

    ``discreet`` are the raw words without the names of colleagues, where there are any.
    """

    raw: str
    said: str = ""
    discreet: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it can stand in a letter."""
        return bool(self.said)

    @property
    def shown(self) -> str:
        """The raw words, bounded and without colleagues, for a comment; empty where these cannot be taken out."""
        text = self.raw if self.discreet is None else self.discreet
        return text if len(text) <= LONGEST_RAW else f"{text[: LONGEST_RAW - 1].rstrip()}…"


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
        said = self._said(raw, field) if self._is_about_them_alone(raw) and not _ADDRESS.search(raw) else None
        if said is None or not fold(said) or len(said.split()) > LONGEST:
            return Fragment(raw) if field == "step" else self.kept(raw)  # whom one meets next is no secret
        return Fragment(raw, self.dated(self.lowered(said)))

    def quoted(self, text: str) -> Fragment:
        """Return a question of theirs in quotation marks; only as it was written where it names a colleague."""
        raw = clean(self.plain(text))
        if not fold(raw) or not self._is_about_them_alone(raw) or len(raw.split()) > LONGEST:
            return self.kept(raw)
        return Fragment(raw, in_quotes(raw, self.language))

    def kept(self, raw: str) -> Fragment:
        """Return words that cannot stand in a letter: for a comment, in which no colleague is named."""
        if self._is_about_them_alone(raw):
            return Fragment(raw)
        text = raw
        for name in sorted(self.others, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text, flags=re.IGNORECASE if " " in name else 0)
        return Fragment(raw, discreet=text if self._is_about_them_alone(text) else "")

    def _said(self, raw: str, field: Field) -> str | None:
        """Return what can be said of words: what tells of the talk is left out, behind what does not."""
        kept = raw if field == "concern" else self._less_the_talk(raw, field)
        if field == "concern":
            if tells_of_the_talk(raw, field, self.language):
                return None
            voice = voiced(raw, self.language) if self._turned(raw, field) is not None else None
            if voice is None or (not voice.theirs and self._with_one_colon(voice.text) is None):
                return None
            return in_quotes(voice.text, self.language) if voice.theirs else self._with_one_colon(voice.text)
        begin = WORD.match(kept)
        if field in ("topic", "cares") and begin and fold(begin[0]) in _VERBS:
            return None
        said = self._turned(kept, field) if kept else None
        if said is not None and field == "step":
            said = with_subject(said, self.language)
        if said is not None and field in ("reply", "strength"):
            said = self._told(said, field)
        return None if said is None else self._with_one_colon(in_their_quotes(said, self.language))

    def _less_the_talk(self, raw: str, field: Field) -> str:
        kept = ""
        for sentence in sentences_of(raw):
            if tells_of_the_talk(sentence, field, self.language):
                break
            kept = raw[: raw.index(sentence, len(kept)) + len(sentence)]
        return kept

    def _with_one_colon(self, text: str) -> str | None:
        """Return words that stand behind a colon without one of their own; None where that takes more than a comma."""
        outside = QUOTES.sub("", text)
        if not re.search(r":\s", outside):
            return text
        before, _, after = text.partition(": ")
        plain = outside.count(":") == 1 and outside == text and not re.search(r"[,;]", after) and before
        return f"{before}, {after}" if plain else None

    def bare(self, text: str, field: Field = "topic") -> Fragment:
        """Return words that stand in the midst of a sentence: one clause, without a stop at its end."""
        found = self.read(text, field)
        said = found.said.rstrip(".")
        return Fragment(found.raw, "" if _FULL_STOP.search(said) or said.endswith(("!", "?")) else said)

    def lowered(self, text: str) -> str:
        """Return words without the capital at their beginning, where it is one of a sentence and not of a name."""
        first = WORD.match(text)
        if first is None or first[0][1:2].isupper():
            return text
        low = first[0].replace("’", "'").lower()
        small = low in self.grammar.lowered or self.grammar.small(low)
        return text[:1].lower() + text[1:] if small else text

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

    def _told(self, text: str, field: Field) -> str | None:
        """Return what the writer told or did, with ``I`` where that was left out; None where it makes no sentence."""
        if any(self.grammar.lacks_somebody(one) for one in sentences_of(text)):
            return None
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


_THEN = frozenset({"then", "and", "but", "dann", "und"})


def clean(text: str) -> str:
    """Return a text as one line of words: no tags, no code, no comments, nothing that nobody sees."""
    line = text.encode("utf-8", "replace").decode("utf-8")
    line = _BIDI.sub("", "".join(char for char in line if unicodedata.category(char) != "Cc" or char.isspace()))
    while True:
        before, line = line, _ACTIVE.sub("", _TAG.sub("", " ".join(line.split())))
        if line == before:
            return line


def in_quotes(text: str, language: str = "en") -> str:
    """Return words in a language's quotation marks; those inside become single ones."""
    inner = re.sub(r"[\"“”„«»]", "'", text)
    return f"„{inner}“" if language == "de" else f'"{inner}"'


def in_their_quotes(text: str, language: str) -> str:
    """Return a text with its quotation marks as the language has them."""
    return QUOTES.sub(lambda found: in_quotes(found[0][1:-1], language), text) if language == "de" else text


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
