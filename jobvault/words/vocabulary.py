"""What is understood in notes: headings, labels, marks and values, in every language at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jobvault.words.fold import fold
from jobvault.words.speech import Speech, build_speech

_SHORTEST_NEAR = 6
_READ = frozenset({
    "sections", "labels", "marks", "values", "topics", "figures", "everybody", "thanks", "asking", "recruiters",
    "titles", "due", "deadlines", "unclear", "days", "nothing",
})  # fmt: skip
"""The groups of a word file that are read; the others are written."""
_FIGURES = ("amounts", "months", "numbers", "rates", "spans")

Lookup = Mapping[str, str]
"""A folded word → what it stands for."""


@dataclass(frozen=True, slots=True)
class DayWords:
    """How people write a deadline in words. These are looked for and named; dates are read as ISO 8601 only."""

    due: tuple[str, ...]
    by: tuple[str, ...]
    on: tuple[str, ...]
    next: tuple[str, ...]
    soon: tuple[str, ...]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words and what they stand for. A note may mix languages, so all of them count at once."""

    sections: Lookup
    labels: Lookup
    marks: Lookup
    outcomes: Lookup
    formats: Lookup
    types: Lookup
    rounds: Lookup
    applications: Lookup
    """The outcomes of an application."""
    sources: Lookup
    statuses: Lookup
    """What a letter's ``status`` may say."""
    letter_kinds: Lookup
    thanks: frozenset[str]
    asking: frozenset[str]
    """What makes a follow-up a question after silence."""
    recruiters: frozenset[str]
    """What the title of somebody says who passes mail on."""
    everybody: frozenset[str]
    """What a thank-you that is meant for all may say besides."""
    titles: frozenset[str]
    """What stands before a name and is none: ``Dr.``"""
    nothing: frozenset[str]
    """What says, as a whole answer, that there is nothing to say."""
    due: tuple[str, ...]
    days: DayWords
    states: Lookup
    """What an item of a generated block says of its state: ``done``, ``cancelled``, ``started``."""
    speech: Speech
    """How days are said on the command line."""
    topics: Lookup
    """What the user told them about: ``pay``, ``start``, ``leaving``."""
    figures: Mapping[str, Lookup]
    """How amounts, days and spans are written in words, by group (see ``search/figures.py``)."""
    hints: frozenset[str]
    """The comments of a new debrief, folded: words that follow one inside its comment were typed by the user."""
    near: tuple[str, ...]
    """The section words, folded, that a misspelt heading is compared with."""
    unclear: frozenset[str]
    """Headings that could be those of two sections."""
    foreign: Lookup
    """The section words, folded, that only other languages than the vault's have → as their files write them."""
    tell_tale: frozenset[str]
    """The sections whose headings make an untyped note look like a debrief."""


def build_vocabulary(
    files: Sequence[Mapping[str, Any]], own: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> Vocabulary:
    """Join the word files of all languages (the first wins where two disagree) with the user's own words."""
    files = [spelt_out(file) for file in files]

    def lookup(*path: str) -> dict[str, str]:
        table: dict[str, str] = {}
        if len(path) == 1:
            _fill(table, own.get(path[0], {}))
        for file in files:
            node: Any = file
            for step in path:
                node = node.get(step) or {}
            _fill(table, {name: _listed(words) for name, words in node.items()})
        return table

    def folded(group: str) -> frozenset[str]:
        return frozenset(fold(word) for file in files for word in _listed(file.get(group)))

    sections = lookup("sections")
    return Vocabulary(
        sections=sections,
        labels=lookup("labels"),
        marks=lookup("marks"),
        outcomes=lookup("values", "outcome"),
        formats=lookup("values", "format"),
        types=lookup("values", "type"),
        rounds=lookup("values", "round"),
        applications=lookup("values", "application"),
        sources=lookup("values", "source"),
        statuses=lookup("values", "status"),
        letter_kinds=lookup("values", "kind"),
        thanks=folded("thanks"),
        asking=folded("asking"),
        recruiters=folded("recruiters"),
        everybody=folded("everybody"),
        titles=folded("titles"),
        nothing=folded("nothing"),
        due=tuple(str(word) for file in files for word in _listed(file.get("due"))),
        days=_day_words(files),
        states={fold(str(w)): str(n) for file in files for n, w in (file.get("states") or {}).items()},
        speech=build_speech(lookup, files),
        topics=lookup("topics"),
        figures={group: lookup("figures", group) for group in _FIGURES},
        hints=frozenset(fold(str(hint)) for file in files for hint in (file.get("hints") or {}).values()),
        near=tuple(word for word in sections if len(word) >= _SHORTEST_NEAR),
        unclear=folded("unclear"),
        foreign=_foreign(files),
        tell_tale=frozenset({"people-met", "asked", "weak"}),
    )


def _foreign(files: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the headings that only the languages behind the first one have."""
    own, *others = ([str(word) for words in (file.get("sections") or {}).values() for word in words] for file in files)
    known = {fold(word) for word in own}
    return {fold(word): word for words in others for word in words if fold(word) not in known}


def spelt_out(file: Mapping[str, Any]) -> dict[str, Any]:
    """Return a word file with each word to be read also as it is written without the language's own letters.

    The file says how, under ``spellings``: ``ä: ae`` makes ``Naechste Schritte`` of ``Nächste Schritte``.
    """
    letters = {str(letter): str(other) for letter, other in (file.get("spellings") or {}).items()}
    capitals = {one.upper(): other.capitalize() for one, other in letters.items() if len(one.upper()) == 1}
    table = str.maketrans(letters | capitals)

    def both(node: Any) -> Any:
        if isinstance(node, Mapping):
            return {name: both(value) for name, value in node.items()}
        return [word for one in _listed(node) for word in dict.fromkeys((one, one.translate(table)))]

    return {name: both(node) if name in _READ else node for name, node in file.items()}


def _day_words(files: Sequence[Mapping[str, Any]]) -> DayWords:
    def words(name: str) -> tuple[str, ...]:
        return tuple(word for file in files for word in _listed((file.get("deadlines") or {}).get(name)))

    return DayWords(
        due=tuple(word for file in files for word in _listed(file.get("due"))),
        by=words("by"),
        on=words("on"),
        next=words("next"),
        soon=words("soon"),
        weekdays=tuple(word for file in files for word in _values((file.get("days") or {}).get("weekdays"))),
        months=tuple(word for file in files for word in _values((file.get("figures") or {}).get("months"))),
    )


def _values(node: Any) -> tuple[str, ...]:
    return tuple(word for words in (node or {}).values() for word in _listed(words))


def _fill(table: dict[str, str], node: Mapping[str, Iterable[str]]) -> None:
    for name, words in node.items():
        for word in (name, *words):
            table.setdefault(fold(str(word)), name)


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (str(value),) if not isinstance(value, (list, tuple)) else tuple(str(item) for item in value)
