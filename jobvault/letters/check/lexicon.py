"""What the check knows of languages: the lists of ``templates/letter-check``, all languages at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from jobvault.words import fold
from jobvault.words.vocabulary import Vocabulary

_SHORTEST_STEM = 3
_LONGEST_WORD = 40
_WIDE = re.compile(r"[\u2e80-\u30ff\u3100-\u312f\u31a0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Chinese characters and Japanese kana: scripts that are written without blanks between words."""
_DOUBLED = frozenset("bdgmnprt")
"""Letters that are doubled before an ending: stopped, running."""
_GROUPED = re.compile(r"(?<=\d)[.,'’](?=\d{3}(?!\d))")
_PHRASES = (
    "greetings", "nobody", "before_names", "closings", "postscript", "requests", "reported", "you", "i", "offers",
    "answers", "agreements", "meeting", "past", "ahead", "promise", "conditions", "elsewhere", "theirs", "placeholders",
    "fillers", "would", "otherwise", "polite", "would_i", "wishes", "asking", "occasion", "us", "asked_for",
    "inverted", "announcements",
)  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """Words and phrases, folded. ``phrases`` holds the groups that are looked for as they stand."""

    vocabulary: Vocabulary
    stock: Mapping[str, str] = field(default_factory=dict)
    """Folded stock phrase → as its list has it."""
    stop: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    """The roots of words that stand in any letter about an interview."""
    endings: tuple[str, ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, frozenset[str]] = field(default_factory=dict)
    compounds: Mapping[str, str] = field(default_factory=dict)
    """Two words that are one, folded → that one."""
    small: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Language → its stop words."""
    tongues: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Language → those of its stop words that no other language has."""

    @cached_property
    def stock_phrases(self) -> frozenset[str]:
        """The stock phrases, folded."""
        return frozenset(self.stock)

    def root(self, word: str) -> str:
        """Return what a folded word is compared by: without its ending, figures for numbers in words."""
        word = self.numbers.get(word, word)
        if word.isdecimal():
            return word
        word = self.forms.get(word, word)
        ending = next((e for e in self.endings if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM), "")
        stem = word[: len(word) - len(ending)]
        if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] and stem[-1] in _DOUBLED:
            stem = stem[:-1]
        return stem[:-1] + "i" if len(stem) > _SHORTEST_STEM and stem[-1] == "y" else stem

    def roots(self, text: str) -> tuple[str, ...]:
        """Return the roots of the words in a text that tell something, in order; of wide scripts the pairs of signs."""
        found = self._roots.get(text)
        if found is None:
            found = self._roots[text] = self._roots_of(text)
        return found

    @cached_property
    def _roots(self) -> dict[str, tuple[str, ...]]:
        """What was worked out before: a debrief's words are held against each of its letters."""
        return {}

    def _roots_of(self, text: str) -> tuple[str, ...]:
        return tuple(
            root for word in split(self._joined(fold_long(_GROUPED.sub("", text)))) for root in self._telling(word)
        )

    def _joined(self, folded: str) -> str:
        for two, one in self.compounds.items():
            if two in folded:
                folded = f" {folded} ".replace(f" {two} ", f" {one} ").strip()
        return folded

    def _telling(self, word: str) -> tuple[str, ...]:
        if _WIDE.match(word):
            return tuple(word[at : at + 2] for at in range(len(word) - 1)) or (word,)
        if word in self.stop or (len(word) < 2 and not word.isdecimal()) or len(word) > _LONGEST_WORD:
            return ()
        return (self.root(word),)

    def is_common(self, root: str) -> bool:
        """Whether a root is one of the words of any letter; small numbers are too."""
        return root in self.common or (root.isdecimal() and len(root) < 2)

    def has(self, group: str, text: str) -> bool:
        """Whether a folded text holds a phrase of a group, as whole words; fillers in between do not matter."""
        return bool(self.found(group, text))

    def found(self, group: str, text: str) -> str:
        """Return the first phrase of a group in a folded text; the longest of those that begin there."""
        phrases, fillers = self.phrases.get(group, frozenset()), self.phrases.get("fillers", frozenset())
        bare = " ".join(word for word in text.split() if word not in fillers)
        return found_in(phrases, text) or (found_in(phrases, bare) if len(bare) < len(text) else "")

    def share_of(self, language: str, words: Sequence[str]) -> float:
        """Return which part of some words are small words of a language."""
        small = self.small.get(language, frozenset())
        return sum(word in small for word in words) / len(words) if words else 0.0

    def language_of(self, words: Iterable[str]) -> str:
        """Return the language most of whose own stop words are among some; empty where that is not clear."""
        said = list(words)
        counts = {name: sum(word in stop for word in said) for name, stop in self.tongues.items()}
        best = max(counts, key=lambda name: counts[name], default="")
        rest = sum(counts.values()) - counts.get(best, 0)
        return best if best and counts[best] >= _CLEAR and counts[best] >= 3 * rest else ""


_CLEAR = 4
"""Stop words of a language that it takes to say that a text is written in it."""


def split(folded: str) -> list[str]:
    """Return the words of a folded text; a run of Chinese or Japanese signs is one."""
    parts: list[str] = []
    for word in folded.split():
        end = 0
        for wide in _WIDE.finditer(word):
            parts += [word[end : wide.start()]] * (wide.start() > end) + [wide[0]]
            end = wide.end()
        parts += [word[end:]] * (len(word) > end)
    return parts


def is_wide(text: str) -> bool:
    """Whether a text is written in Chinese or Japanese signs, for the greater part."""
    wide = sum(len(found) for found in _WIDE.findall(text))
    return wide * 2 > sum(char.isalpha() for char in text)


def wide_signs(text: str) -> int:
    """Return how many Chinese or Japanese signs stand in a text."""
    return sum(len(found) for found in _WIDE.findall(text))


def fold_long(text: str) -> str:
    """Fold a text, without keeping what is too long to come again."""
    return fold(text) if len(text) <= _KEPT else fold.__wrapped__(text)


_KEPT = 2000


def found_in(phrases: frozenset[str], text: str) -> str:
    """Return the first of some folded phrases that a folded text holds as whole words, or that its signs hold."""
    words = text.split()
    longest = _longest(phrases)
    for start in range(len(words)):
        for count in range(min(longest, len(words) - start), 0, -1):
            if (phrase := " ".join(words[start : start + count])) in phrases:
                return phrase
    return next((phrase for phrase in _wide_of(phrases) if phrase in text), "")


@lru_cache(maxsize=64)
def _longest(phrases: frozenset[str]) -> int:
    return max((phrase.count(" ") + 1 for phrase in phrases), default=0)


@lru_cache(maxsize=64)
def _wide_of(phrases: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(phrase for phrase in phrases if _WIDE.match(phrase)))


def build_lexicon(files: Sequence[Mapping[str, Any]], vocabulary: Vocabulary, own_stock: Iterable[str]) -> Lexicon:
    """Join the files of all languages (``templates/letter-check/*.yaml`` as loaded) with the user's stock phrases."""
    files = [_both_spellings(file) for file in files]
    stop = {str(file["language"]): _folded(file, "stop") for file in files}
    bare = Lexicon(
        vocabulary,
        stock={fold(phrase): phrase for phrase in (*own_stock, *_all(files, "stock")) if fold(phrase)},
        stop=frozenset().union(*stop.values()),
        endings=tuple(sorted(dict.fromkeys(_all(files, "endings")), key=lambda ending: (-len(ending), ending))),
        forms={fold(form): fold(base) for file in files for base, of in file["forms"].items() for form in of},
        numbers={fold(word): str(number) for file in files for word, number in file["numbers"].items()},
        compounds={fold(one): fold(one).replace(" ", "") for one in _all(files, "compounds")},
        phrases={group: frozenset(fold(one) for one in _all(files, group)) for group in _PHRASES},
        small=stop,
        tongues={name: words - _others(stop, name) for name, words in stop.items()},
    )
    common = frozenset(root for word in _all(files, "common") for root in (bare.root(fold(word)), fold(word)))
    return Lexicon(
        **{name: getattr(bare, name) for name in bare.__dataclass_fields__ if name != "common"}, common=common
    )


def _others(stop: Mapping[str, frozenset[str]], name: str) -> frozenset[str]:
    return frozenset().union(*(words for other, words in stop.items() if other != name))


def _both_spellings(file: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a file whose lists hold each word also as it is written without the language's own letters."""
    table = str.maketrans({str(one): str(other) for one, other in (file.get("spellings") or {}).items()})

    def both(node: Any) -> Any:
        if not isinstance(node, list):
            return node
        return [word for one in map(str, node) for word in dict.fromkeys((one, one.translate(table)))]

    return {name: both(node) for name, node in file.items()}


def _folded(file: Mapping[str, Any], group: str) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in file.get(group) or ())


def _all(files: Sequence[Mapping[str, Any]], group: str) -> tuple[str, ...]:
    return tuple(str(word) for file in files for word in file.get(group) or ())
