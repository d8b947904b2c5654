"""Weak areas: where you were weak, by area: how often, where and when, and whether it went well later."""

from __future__ import annotations

import datetime as dt

from jobvault.search.areas import Said, standings, wordings
from jobvault.search.areas import Standing as Item
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words


def answer(search: Search, query: Query, today: dt.date, _words: Words) -> Answer:
    """List weak areas, the most frequent first; those that were strong since come last."""
    asked = {debrief.path for debrief in search.debriefs if query.takes(search, debrief, today)}
    items = standings(search, "weak", asked)
    shown = items[: query.limit] if query.limit else items
    return Answer(
        view="weak-areas",
        today=today,
        items=shown,
        parts={
            "still": tuple({"item": item, "words": wordings(item.sources)} for item in shown if not item.since),
            "since": tuple({"item": item, "words": wordings(item.sources)} for item in shown if item.since),
        },
        left_out=len(items) - len(shown),
    )


__all__ = ["Item", "Said", "answer"]
