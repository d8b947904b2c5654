"""Takeaways: what you want to do differently from now on, repeats merged, by theme."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobvault.model import Debrief, Takeaway
from jobvault.search.names import most_frequent
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words, fold

ON_TOP = 5
"""How many stand under “For the next interview”."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a takeaway was written."""

    path: str
    line: int
    date: dt.date | None
    company: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One takeaway, however often it was written; its own fields are those of the latest time.

    ``applied``: the latest debrief that has it says so. ``debriefs`` counts the debriefs. ``sources``: latest first.
    """

    theme: str | None
    text: str
    date: dt.date | None
    company: str
    path: str
    line: int
    applied: bool
    debriefs: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's takeaways; ``name`` is None for those without one."""

    name: str | None
    debriefs: int
    entries: tuple[Item, ...]


def answer(search: Search, query: Query, today: dt.date, _words: Words) -> Answer:
    """Merge equal takeaways (case-blind, without punctuation); the most frequent, then the latest, come first.

    Those that have been applied come last. The arguments choose which takeaways are shown; each is shown with every
    time that it was written, so that whether it has been applied does not depend on them.
    """
    asked = {debrief.path for debrief in search.debriefs if query.takes(search, debrief, today)}
    merged: dict[str, list[tuple[Debrief, Takeaway]]] = {}
    for debrief in search.debriefs:
        for takeaway in debrief.takeaways:
            merged.setdefault(fold(takeaway.text) or takeaway.text, []).append((debrief, takeaway))
    themes = _theme_names(search)
    groups = [group for group in merged.values() if any(debrief.path in asked for debrief, _ in group)]
    items = sorted((_item(group, search, themes) for group in groups), key=_rank)
    shown = items[: query.limit] if query.limit else items
    return Answer(
        view="takeaways",
        today=today,
        items=tuple(shown),
        parts={
            "next": tuple(item for item in shown if not item.applied)[:ON_TOP],
            "themes": _themes(shown),
            "applied": tuple(item for item in shown if item.applied),
            "any": bool(items),
            "any_applied": any(item.applied for item in items),
        },
        left_out=len(items) - len(shown),
    )


def _theme_names(search: Search) -> Mapping[str, str]:
    """Map each theme, folded, to how it is written: tags are case-blind."""
    tags = (search.area(tag) for debrief in search.debriefs for t in debrief.takeaways for tag in t.tags)
    return most_frequent(tags, fold)


def _item(group: Sequence[tuple[Debrief, Takeaway]], search: Search, themes: Mapping[str, str]) -> Item:
    latest_first = group[::-1]
    debrief, takeaway = latest_first[0]
    tags = Counter(themes[fold(search.area(tag))] for _, found in group for tag in found.tags)
    return Item(
        theme=min(tags, key=lambda tag: (-tags[tag], tag), default=None),
        text=takeaway.text,
        date=debrief.date,
        company=debrief.company,
        path=debrief.path,
        line=takeaway.line,
        applied=takeaway.applied,
        debriefs=len({d.path for d, _ in group}),
        sources=tuple(Source(d.path, t.line, d.date, d.company, t.applied) for d, t in latest_first),
    )


def _rank(item: Item) -> tuple[bool, int, int, str, int]:
    return (item.applied, -item.debriefs, -(item.date or dt.date.min).toordinal(), item.path, item.line)


def _themes(items: Sequence[Item]) -> tuple[Theme, ...]:
    """Group what is not applied by theme: the theme of most debriefs first, those without one last."""
    groups: dict[str | None, list[Item]] = {}
    for item in items:
        if not item.applied:
            groups.setdefault(item.theme, []).append(item)
    themes = [
        Theme(name, len({source.path for item in group for source in item.sources}), tuple(group))
        for name, group in groups.items()
    ]
    return tuple(sorted(themes, key=lambda theme: (theme.name is None, -theme.debriefs, theme.name or "")))
