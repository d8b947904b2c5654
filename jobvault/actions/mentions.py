"""Names that a line of the first answer begins with or holds, with no mark behind them: ``Sarah from HR``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jobvault.words import Words, fold

_PARTICLES = frozenset(
    ("van", "von", "vom", "zu", "zum", "zur", "der", "den", "de", "da", "di", "do", "du", "del", "della", "dos", "das",
     "la", "le", "el", "al", "bin", "ibn", "ben", "ten", "ter")
)  # fmt: skip
"""Words in the midst of names that bear no capital."""
_MOST_IN_NAME = 3
_MOST_BESIDE = 5
"""Words of a line that names somebody behind other words: ``the tall recruiter Tom from Berlin``."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody whom a line names: ``name`` with the title, as written with a comma; ``rest`` is what else it says."""

    name: str
    rest: str = ""
    sure: bool = False


class Mentions:
    """Finds who is named in a line that parts nothing by a mark.

    What may stand around names is in the word file (``texts: ask:``), and whether other words bear capitals there.
    """

    def __init__(self, words: Words, known: Callable[[str], bool]) -> None:
        self.known = known
        self._texts = {
            name: frozenset(fold(word) for word in words.text(f"ask.{name}").split())
            for name in ("and-name", "before-name", "after-name", "from", "no-name")
        }
        self._endings = tuple(end[1:] for end in words.text("ask.after-name").split() if end.startswith("-"))
        self._nouns_bear_capitals = words.text("ask.nouns") == "capital"
        self._titles = words.vocabulary.titles
        self._labels: Mapping[str, str] = words.vocabulary.labels

    def is_word(self, name: str) -> bool:
        """Whether it is one word with a capital that may be a name."""
        return len(name.split()) == 1 and capital(name) and name_like(name) and not self._is("no-name", name)

    def is_common(self, word: str) -> bool:
        """Whether it is a word that stands beside names and is none."""
        return any(self._is(what, word) for what in self._texts)

    def find(self, line: str) -> Mention | None:
        """Return who a line begins with, else who it holds; None where nobody is seen."""
        parts = line.split()
        behind = parts[1:] if len(parts) > 1 and self._is("and-name", parts[0]) else parts
        return self._first(behind, joined=behind is not parts) or self._within(behind)

    def _first(self, parts: Sequence[str], *, joined: bool = False) -> Mention | None:
        """``Sarah from HR``, ``Priya Nair worried about pay``, ``dana was quiet``."""
        for count in range(min(_MOST_IN_NAME, len(parts) - 1), 0, -1):
            name, rest = " ".join(parts[:count]), parts[count:]
            told = self._ends_name(rest)
            if self.known(name) and (told or capital(name)):
                return self._mention(name, rest, sure=True)
        count = _run(parts)
        name, rest = " ".join(parts[:count]), parts[count:]
        if not 0 < count <= _MOST_IN_NAME or any(self._is(what, parts[0]) for what in ("no-name", "before-name")):
            return None
        if not rest or self._is_verb(parts[0]):
            return self._mention(name, rest) if joined else None
        several = count > 1 and not self._nouns_bear_capitals
        sure = count > 1 and self._is_label(rest)
        return self._mention(name, rest, sure=sure) if several or self._ends_name(rest) else None

    def _within(self, parts: Sequence[str]) -> Mention | None:
        """``the recruiter Tom``, where nouns bear capitals too only where two stand together."""
        if not parts or not self._is("before-name", parts[0]):
            return None
        for start in range(1, min(len(parts), _MOST_BESIDE)):
            end = start + _run(parts[start:])
            rest = parts[end:]
            if end == start or not self._ends_name(rest):
                continue
            if self._nouns_bear_capitals and fold(parts[start]) not in self._titles:
                start += 1  # noqa: PLW2901 - the first one is a noun
            if start < end:
                return self._behind(parts[:start], parts[start:end], rest)
        return None

    def _behind(self, before: Sequence[str], name: Sequence[str], rest: Sequence[str]) -> Mention:
        """Take what stands before a name as a title."""
        mention = self._mention(" ".join(name), rest)
        first, _, more = mention.name.partition(", ")
        title = " ".join(filter(None, (" ".join(before).rstrip(",; "), more)))
        return Mention(f"{first}, {title}", mention.rest)

    def _ends_name(self, rest: Sequence[str]) -> bool:
        return not rest or self._is("from", rest[0]) or self._is_verb(rest[0]) or self._is_label(rest)

    def _is_verb(self, word: str) -> bool:
        return self._is("after-name", word) or (bool(self._endings) and fold(word).endswith(self._endings))

    def _mention(self, name: str, rest: Sequence[str], *, sure: bool = False) -> Mention:
        """Part a short ``from HR``, which is as good as a title, from other words."""
        if rest and self._is("from", rest[0]) and not any(mark in " ".join(rest) for mark in ",;.!?"):
            at = next((place for place, word in enumerate(rest) if place and self._is_verb(word)), len(rest))
            at = next((place for place in range(1, at) if self._is_label(rest[place:])), at)
            return Mention(f"{name}, {' '.join(rest[:at])}", " ".join(rest[at:]), sure)
        return Mention(name, " ".join(rest), sure)

    def _is_label(self, rest: Sequence[str]) -> bool:
        """Whether words begin with one of our labels of several words: ``worried about``."""
        return any(fold(" ".join(rest[:count])) in self._labels for count in (3, 2) if len(rest) > count)

    def _is(self, what: str, word: str) -> bool:
        return fold(word) in self._texts[what]


def _run(parts: Sequence[str]) -> int:
    """Return how many words at the beginning look like those of a name; abbreviations (``HR``) do not."""
    count = 0
    for word in parts:
        if not name_like(word) or (not count and not capital(word)) or (len(word) > 1 and word.isupper()):
            break
        count += 1
    while count and not capital(parts[count - 1]):
        count -= 1
    return count


def capital(word: str) -> bool:
    """Whether a word begins with a letter that is not small."""
    return word[:1].isalpha() and not word[0].islower()


def name_like(word: str) -> bool:
    """Whether a word may be one of a name."""
    plain = word.rstrip(".")
    return word.lower() in _PARTICLES or (
        capital(word) and all(char.isalpha() or char in "'’-‐." or not char.isascii() for char in plain)
    )
