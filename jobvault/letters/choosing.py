"""Which of a language's sentences a letter gets: one that no other letter of its round has, the same one always."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jobvault.letters.draft import Occasion
from jobvault.letters.fragments import Fragment, is_ended, sentences_of
from jobvault.letters.phrases import OF_PART, Phrases, names_in
from jobvault.letters.sources import Sources
from jobvault.words import fold


@dataclass
class Round:
    """What the letters put together so far have used."""

    sources: Sources
    occasion: Occasion
    sentences: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    taken: set[tuple[str, str]] = field(default_factory=set)
    earlier: set[str] = field(default_factory=set)

    @property
    def phrases(self) -> Phrases:
        """The language's sentences."""
        return self.sources.phrases

    def chosen(self, part: str, place: int, values: Mapping[str, str]) -> str | None:
        """Return a sentence of a part, filled; None where none fits that no letter of the round has."""
        found = self._fitting(part, values)
        if not found:
            return None
        start = self._start(part) + place + self.occasion.asked
        turned = [found[(start + step) % len(found)] for step in range(len(found))]
        turned.sort(key=lambda sentence: (part, sentence) in self.taken)  # those that nobody has first
        chosen = next((one for one in turned if not self._is_used(filled(one, values))), None)
        if chosen is None and OF_PART.get(part):
            return None
        chosen = chosen or turned[0]
        text = filled(chosen, values)
        self.taken.add((part, chosen))
        self.sentences.update(fold(one) for one in sentences_of(text))
        return text

    def _fitting(self, part: str, values: Mapping[str, str]) -> list[str]:
        sentences = self.phrases.of(self.occasion.kind, part)
        return [one for one in sentences if all(values.get(name) for name in names_in(one))]

    def _is_used(self, text: str) -> bool:
        return any(fold(one) in self.sentences for one in sentences_of(text))

    def _start(self, part: str) -> int:
        """Return where among a part's sentences this round begins: the same everywhere and always."""
        key = f"{self.sources.debrief.path}\0{self.occasion.kind}\0{part}"
        return int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:4], "big")

    def fresh(self, fragment: Fragment) -> bool:
        """Whether nobody in the round got these words yet; from now on somebody has."""
        keys = {fold(fragment.said), *(fold(one) for one in sentences_of(fragment.said))} - {""}
        if not keys.isdisjoint(self.words):
            return False
        self.words |= keys
        return True

    def fresh_of_earlier(self, said: str) -> bool:
        """Whether a concern of an earlier round is nobody's in this one, nor another's of an earlier one."""
        if not self.earlier:
            doubts = (doubt for one in self.sources.material for doubt in one.doubts)
            self.earlier = {"", *(fold(doubt.concern.said) for doubt in doubts)}
        new = fold(said) not in self.earlier
        self.earlier.add(fold(said))
        return new


def filled(sentence: str, values: Mapping[str, str]) -> str:
    """Fill a sentence's names in. Where words end with a stop of their own, the sentence's goes."""
    text, rest = "", sentence.replace("{{", "\0").replace("}}", "\1")
    while found := re.search(r"\{([\w-]+)\}", rest):
        value = values.get(found[1], "")
        after = rest[found.end() :]
        if after.startswith(".") and is_ended(value):
            after = after[1:]
        elif after[:1] in (",", ";", ":") and value.endswith("."):
            value = value[:-1]
        text, rest = text + rest[: found.start()] + value, after
    return (text + rest).replace("\0", "{").replace("\1", "}")
