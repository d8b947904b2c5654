"""The commands that settle what is owed, as they are shown to be typed: each must find the very note that is meant.

A company alone means its latest interview that is not to come, a note's whole name that note
(``actions/which.py``); a path finds it in any case.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jobvault.model import Debrief
from jobvault.search.names import key_of, stem_of
from jobvault.search.processes import in_time
from jobvault.search.search import Search
from jobvault.words import fold

_ID = re.compile("[a-z2-7]{3,8}")
_BARE = re.compile(r"[\w@%+=:,./-]+")
_NOT_IN_DOUBLE_QUOTES = set('"$`\\!')
_RUNS = re.compile(r"::|<[%!]|\{[{%]|%%|#|[$]=")
"""What a plugin would read or run, even in code."""
_PLAIN = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl", "No", "Sc", "Sm", "Zs"})


def quoted(text: str) -> str:
    """Return a word as a POSIX shell takes it: as it is, in double quotes where these keep it, else in single ones.

    >>> quoted("Acme"), quoted("Birch & Lowe"), quoted("Ca$h")
    ('Acme', '"Birch & Lowe"', "'Ca$h'")
    """
    if _BARE.fullmatch(text):
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'" if _NOT_IN_DOUBLE_QUOTES & set(text) else f'"{text}"'


def is_typed_as_shown(text: str) -> bool:
    """Whether a text can stand in a command in a note just as it is: no sign that a renderer would take out, or run."""
    plain = all(unicodedata.category(char) in _PLAIN or unicodedata.category(char)[0] == "P" for char in text)
    return plain and text == " ".join(text.split()) and not text.startswith("-") and not _RUNS.search(text)


@dataclass(frozen=True)
class Commands:
    """The commands for the notes of a search on a day."""

    search: Search
    today: dt.date

    def draft(self, debrief: Debrief, *, kind: str = "", to: str = "") -> str:
        """Return the command that drafts letters about an interview: of a kind, to somebody, where that is said."""
        said = ["jobvault letter draft", quoted(self.query(debrief))]
        said += ["--kind", quoted(kind)] if kind else []
        said += ["--to", quoted(to)] if to else []
        return " ".join(said)

    def sent(self, path: str) -> str:
        """Return the command that marks a letter as sent."""
        return f"jobvault letter sent {quoted(self.name(path))}"

    def heard(self, debrief: Debrief, outcome: str) -> str:
        """Return the command that notes what became of an interview."""
        return f"jobvault heard {quoted(self.query(debrief))} {outcome}"

    def query(self, debrief: Debrief) -> str:
        """Return the words that mean a debrief: its company, where that is enough, else the note's name or path."""
        return next((words for words in self._queries(debrief) if is_typed_as_shown(words)), debrief.path)

    def name(self, path: str) -> str:
        """Return the words that mean a note: its name, where no other note has it, else its path."""
        stem = stem_of(path)
        alone = self._names[key_of(stem)] == 1 and not self._stems[fold(stem)] and not self._is_company(stem)
        return stem if alone and is_typed_as_shown(stem) else path

    def _queries(self, debrief: Debrief) -> Iterator[str]:
        company, stem = key_of(debrief.company), stem_of(debrief.path)
        if self._latest.get(company) == debrief.path and self._means_only_it(debrief.company, debrief.path):
            yield debrief.company
        if self._stems[fold(stem)] == 1 and self._means_only_it(stem, debrief.path):
            yield stem

    def _means_only_it(self, words: str, path: str) -> bool:
        """Whether no other note is what the words mean: a debrief called like a company, a note at the vault's root."""
        others = self._stems[fold(words)] - (fold(stem_of(path)) == fold(words))
        at_root = {_composed(f"{words}.md"), _composed(words)} - {_composed(path)}
        return bool(fold(words)) and not others and at_root.isdisjoint(self._paths) and not self._begins_an_id(words)

    def _begins_an_id(self, words: str) -> bool:
        begins = _ID.fullmatch(words.lower())
        return begins is not None and any(item.id.startswith(begins[0]) for item in self.search.follow_ups)

    def _is_company(self, words: str) -> bool:
        return key_of(words) in self._latest or key_of(words) in self.search.companies

    @cached_property
    def _latest(self) -> dict[str, str]:
        """The latest interview of each company that is not to come."""
        past = (debrief for debrief in self.search.debriefs if debrief.date and debrief.date <= self.today)
        return {key_of(debrief.company): debrief.path for debrief in sorted(past, key=in_time) if debrief.company}

    @cached_property
    def _stems(self) -> Counter[str]:
        """How many debriefs have a name, as it is compared."""
        return Counter(fold(stem_of(debrief.path)) for debrief in self.search.debriefs)

    @cached_property
    def _names(self) -> Counter[str]:
        """How many notes have a name."""
        return Counter(key_of(stem_of(path)) for path in self.search.names.paths)

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(map(_composed, self.search.names.paths))


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)
