"""Answers to the questions a job seeker asks of their notes.

A view is one module here, found by its name (``follow_ups.py`` is the view ``follow-ups``): a function ``answer`` from
the search, the query and today to an ``Answer``. Beside it stand a template (``templates/views/NAME.md.j2``), a JSON
Schema, a test and a page of documentation; nothing else in the program knows the single views.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import import_module
from typing import Any

from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.words import Words


@dataclass(frozen=True, slots=True)
class Answer:
    """What a view answers.

    ``items`` are frozen dataclasses, in the order shown: they are the JSON face, so their fields are documented and
    only ever added. ``parts`` is what the template shows, by name. ``left_out`` counts the items beyond the limit;
    ``narrowed`` says that the query left something out. Among the parts of every view is ``matched``: whether there is
    any debrief, application or follow-up of what was asked for.
    """

    view: str
    today: date
    items: tuple[Any, ...]
    parts: Mapping[str, Any] = field(default_factory=dict)
    left_out: int = 0
    narrowed: bool = False


def view_names() -> tuple[str, ...]:
    """Return the names of all views, sorted."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))


def answer(view: str, search: Search, query: Query, today: date, words: Words) -> Answer:
    """Ask a view. Raises ``KeyError`` where there is none of that name (see ``view_names``)."""
    if view not in view_names():
        raise KeyError(view)
    module = import_module(f"{__name__}.{view.replace('-', '_')}")
    result: Answer = module.answer(search, query, today, words)
    parts = {**result.parts, "matched": query.matches(search, today)}
    return replace(result, narrowed=query.narrows, parts=parts)
