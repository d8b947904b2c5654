"""How much a template's value holds, and what of it can be written: the measure of the sandbox's bounds.

Lists that a template makes may share their parts: ``[a, a]``, forty times over, is small in memory and endless to go
through. So what is measured is what going through a value would meet, shared parts each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import ItemsView, Iterator, KeysView, Sized, ValuesView
from typing import Any

VIEWS = (KeysView, ValuesView, ItemsView)
"""What a mapping gives of itself; it holds what the mapping does."""
SCALARS = (str, int, float, dt.date, dt.time, dt.timedelta, type(None))
"""What is written as it is: the same text each time."""
MOST_DEPTH = 20
"""How deep lists may lie in lists where all of them are gone through."""
_HOLDERS = (list, tuple, dict, *VIEWS)


def every(value: Any) -> Iterator[tuple[list[Any], int]]:
    """Yield what a value holds, list by list, each with how deep its items lie, soon the deepest; most hold nothing."""
    stack = [(value, 1)] if holds(value) else []
    while stack:
        holder, depth = stack.pop()
        items = [*holder, *holder.values()] if isinstance(holder, dict) else list(holder)
        yield items, depth
        stack += [(item, depth + 1) for item in items if isinstance(item, _HOLDERS)]


def holds(value: Any) -> bool:
    """Whether a value holds others, which ``every`` goes through."""
    return isinstance(value, _HOLDERS)


def size(value: Any) -> int:
    """Return how many items or characters a value has, without those of its items."""
    return len(value) if isinstance(value, Sized) and isinstance(value, (str, range, *_HOLDERS)) else 0


def not_written(value: Any) -> str:
    """Say of a value that has no text of its own what to write instead."""
    if isinstance(value, dict):
        return "an item with fields cannot be written: write one of its fields"
    if isinstance(value, (list, tuple, range, Iterator, *VIEWS)):
        return "a list cannot be written: write what is in it, with a loop or `join`"
    if callable(value):
        return "a function or a method cannot be written: call it, with () behind its name"
    return f"a {type(value).__name__.lower()} cannot be written: write what is in it"
