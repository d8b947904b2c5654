"""How people are introduced in the first answer: names with titles and worries, one a line; and what is no name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobvault.actions.known import people as people_known
from jobvault.actions.known import suggestions
from jobvault.actions.mentions import Mentions, capital, name_like
from jobvault.actions.room import SENTENCE_END, Introduction, Labelled, same_person
from jobvault.actions.thoughts import thoughts
from jobvault.notes.labels import known_label
from jobvault.notes.names import read_name
from jobvault.search.names import key_of
from jobvault.words import Words, fold

if TYPE_CHECKING:
    from jobvault.actions.scaffold import Request
    from jobvault.actions.vault import Vault
    from jobvault.model import Debrief

_HEAD = re.compile(r"(?P<head>(?>\[\[[^\[\]]*\]\]|[^:：\[]|\[|:(?=\S))+?)\s*(?::(?:\s+|$)|：\s*)(?P<rest>.*)")
_TITLED = re.compile(r"(?P<head>[^()]+\([^()]+\))\s*(?:[,;]|\s[-–—])\s*(?P<rest>.+)")
_SEMICOLON = re.compile(r"\s*;(?:\s+|$)")
_INITIAL = re.compile(r"\b\w\.")
_MOST_WORDS, _MOST_DOUBTED = 5, 3
_MOST_IN_TITLE = {True: 8, False: 3}
"""Words of a title that begins with a capital, and of one that does not."""


@dataclass(frozen=True, slots=True)
class Acquaintances:
    """Names that may be meant: of the debrief that is there, of the company, and of everybody else who was met."""

    here: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def knows(self, name: str) -> bool:
        """Whether it is somebody's name, or the first name of only one person of the debrief or the company."""
        same = same_person(name, self.company)
        return self.meant(name) is not None or (same is not None and is_whole(same, name))

    def meant(self, name: str) -> str | None:
        """Return who is meant without a doubt."""
        everybody = (*self.here, *self.company, *self.others)
        here = same_person(name, self.here)
        if here and is_whole(here, name):
            return here
        return next((known for known in everybody if fold(known) == fold(name)), None)

    def near(self, name: str) -> tuple[str, ...]:
        """Return who may be meant, those of the company first; nobody whose name has fewer words than was said."""
        near = dict.fromkeys((*suggestions(name, self.company), *suggestions(name, self.others)))
        return tuple(known for known in near if is_whole(known, name))


def acquaintances(vault: Vault, request: Request, there: Debrief | None) -> Acquaintances:
    """Return who may be meant in an interview: ``there`` is its debrief, where there is one."""
    company = key_of(there.company if there else request.company)
    mine = tuple(person.name for person in vault.people if company in {key_of(name) for name in person.companies})
    here = tuple(met.name for met in there.people if met.name) if there else ()
    given = tuple(guest.name for guest in request.guests if guest.name != "?")
    return Acquaintances((*here, *given), mine, tuple(name for name in people_known(vault) if name not in mine))


def read_introductions(texts: Sequence[str], words: Words, known: Callable[[str], bool]) -> tuple[Introduction, ...]:
    """Read the first answer. ``known`` tells whether a name is somebody's who was met before."""
    reader = _Reader(words, known)
    return tuple(one for line in thoughts(texts) for one in reader.read(line))


def is_whole(known: str, said: str) -> bool:
    """Whether nothing is lost of a name where another one is written for it."""
    return len(fold(known).split()) >= len(fold(said).split())


class _Reader:
    """Reads line by line."""

    def __init__(self, words: Words, known: Callable[[str], bool]) -> None:
        self._known = known
        self._named: list[str] = []
        self.mentions = Mentions(words, self.known)
        self.topics = words.vocabulary.topics
        self.labels = words.vocabulary.labels
        self.phrases = {label: key for label, key in self.labels.items() if " " in label and key != "my-answer"}
        self.worries = [f" {label} " for label, key in self.labels.items() if key == "concern"]
        self.and_ = re.compile(rf"\s*,?\s+(?:{re.escape(words.text('and'))}|and|&|\+)\s+", re.IGNORECASE)

    def known(self, name: str) -> bool:
        """Whether it is somebody's name who was met before, or is named above."""
        same = same_person(name, self._named)
        return self._known(name) or (same is not None and is_whole(same, name))

    def read(self, line: str) -> Iterator[Introduction]:
        """Read a line: words of the one named before, or somebody with words, or several joined by “and”."""
        for one in self._read(line):
            if one.name and one.sure and (name := read_name(one.name).name):
                self._named += [name] if name not in self._named else []
            yield one

    def _read(self, line: str) -> Iterator[Introduction]:
        if labelled := known_label(line, self.labels):
            yield Introduction(words=(labelled,))
            return
        head, rest, told = self._parted(line)
        said = tuple(self._labelled(part, told) for part in _SEMICOLON.split(rest) if part)
        otherwise = self._free(line)
        names = self._names(head)
        sure = all(map(self._is_sure, names))
        mention = None if sure else self.mentions.find(head)
        if mention:
            free = self._free(mention.rest) if mention.rest else ()
            yield Introduction(mention.name, (*free, *said), sure=mention.sure, otherwise=otherwise)
        elif sure or all(self._is_doubtful(name, told=bool(told), alone=not said) for name in names):
            yield from (Introduction(name, said, sure=sure, otherwise=otherwise) for name in names)
        else:
            yield Introduction(words=otherwise)

    def _names(self, head: str) -> list[str]:
        """Return the names of a head: several where “and” joins them and all look like names."""
        several = [] if "," in head else self.and_.split(head)
        alike = len(several) > 1 and all(self._is_sure(name) or self.mentions.is_word(name) for name in several)
        return several if alike else [head]

    def _parted(self, line: str) -> tuple[str, str, str]:
        """Part who a line names from what it says of them, and give the label of words that bear none.

        The words begin at a colon, behind a title, or where a worry does; behind a colon they are a concern.
        """
        if found := _HEAD.fullmatch(line):
            return found["head"].strip(), found["rest"].strip(), "concern"
        if found := _TITLED.fullmatch(line):
            return found["head"].strip(), found["rest"].strip(), ""
        pieces = re.split(r"(,\s+|\s+[-–—]\s+)", line)
        for place in range(2, len(pieces), 2):
            piece = pieces[place]
            if self._phrase(piece) or len(piece.split()) > _MOST_IN_TITLE[capital(piece)]:
                return "".join(pieces[: place - 1]).strip(), "".join(pieces[place:]).strip(), ""
        return line, "", ""

    def _phrase(self, text: str) -> Labelled | None:
        """Part words from one of our labels before them that needs no colon: ``worried about scale``."""
        parts = text.split()
        for count in (3, 2):
            key = self.phrases.get(fold(" ".join(parts[:count]))) if len(parts) > count else None
            if key:
                return key, " ".join(parts[count:])
        return None

    def _labelled(self, text: str, told: str) -> Labelled:
        return known_label(text, self.labels) or self._phrase(text) or (told or self._worry(text), text)

    def _free(self, line: str) -> tuple[Labelled, ...]:
        return (self._phrase(line) or (self._worry(line), line),)

    def _worry(self, text: str) -> str:
        """Return the label of words that speak of a worry; none for others."""
        folded = f" {fold(text)} "
        return "concern" if any(worry in folded for worry in self.worries) else ""

    def _is_bare(self, line: str) -> bool:
        """Whether it is one word in small letters that may be a name as well as a worry: ``anna``."""
        known = {*self.topics, *self.labels}
        return len(line) > 1 and line.isalpha() and fold(line) not in known and not self.mentions.is_common(line)

    def _is_sure(self, head: str) -> bool:
        """Whether it is somebody's name beyond doubt: a link, ``?``, known, or several words that all look so."""
        if head.startswith(("[[", "?")):
            return True
        name = read_name(head).name or ""
        parts = name.split()
        return self.known(name) or (1 < len(parts) <= _MOST_WORDS and capital(parts[0]) and all(map(name_like, parts)))

    def _is_doubtful(self, head: str, *, told: bool, alone: bool) -> bool:
        """Whether it may be a name: a word with a capital; before a colon or a short title up to three words."""
        written = read_name(head)
        name, title = written.name or "", written.title
        if SENTENCE_END.search(_INITIAL.sub("", name)) or not name[:1].isalpha() or re.search(r"[\d/]", name):
            return False
        if told or (title and alone):
            most = _MOST_IN_TITLE[capital(name) and capital(title)]
            return len(name.split()) <= _MOST_DOUBTED and len(title.split()) <= most
        return self.mentions.is_word(name) or self._is_bare(head)
