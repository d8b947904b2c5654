"""What is understood in notes: headings, labels, marks and values, in every language at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jobvault.words.fold import fold

_SHORTEST_NEAR = 6

Lookup = Mapping[str, str]
"""A folded word → what it stands for."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words and what they stand for. A note may mix languages, so all of them count at once."""

    sections: Lookup
    labels: Lookup
    marks: Lookup
    outcomes: Lookup
    formats: Lookup
    types: Lookup
    thanks: frozenset[str]
    everybody: frozenset[str]
    """What a thank-you that is meant for all may say besides."""
    due: tuple[str, ...]
    states: Lookup
    """What an item of a generated block says of its state: ``done``, ``cancelled``, ``started``."""
    hints: frozenset[str]
    """The comments of a new debrief, folded: words that follow one inside its comment were typed by the user."""
    near: tuple[str, ...]
    """The section words, folded, that a misspelt heading is compared with."""
    tell_tale: frozenset[str]
    """The sections whose headings make an untyped note look like a debrief."""


def build_vocabulary(
    files: Sequence[Mapping[str, Any]], own: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> Vocabulary:
    """Join the word files of all languages (the first wins where two disagree) with the user's own words."""

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

    return Vocabulary(
        sections=lookup("sections"),
        labels=lookup("labels"),
        marks=lookup("marks"),
        outcomes=lookup("values", "outcome"),
        formats=lookup("values", "format"),
        types=lookup("values", "type"),
        thanks=frozenset(fold(str(word)) for file in files for word in _listed(file.get("thanks"))),
        everybody=frozenset(fold(str(word)) for file in files for word in _listed(file.get("everybody"))),
        due=tuple(str(word) for file in files for word in _listed(file.get("due"))),
        states={fold(str(w)): str(n) for file in files for n, w in (file.get("states") or {}).items()},
        hints=frozenset(fold(str(hint)) for file in files for hint in (file.get("hints") or {}).values()),
        near=tuple(word for word in lookup("sections") if len(word) >= _SHORTEST_NEAR),
        tell_tale=frozenset({"people-met", "asked", "weak"}),
    )


def _fill(table: dict[str, str], node: Mapping[str, Iterable[str]]) -> None:
    for name, words in node.items():
        for word in (name, *words):
            table.setdefault(fold(str(word)), name)


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (str(value),) if not isinstance(value, (list, tuple)) else tuple(str(item) for item in value)
