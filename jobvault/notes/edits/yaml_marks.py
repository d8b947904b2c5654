"""Where in a block of front matter each property's name and value stand, to the character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_FOREIGN_BREAKS = {0x85: "x", 0x2028: "x", 0x2029: "x"}
"""What libyaml alone takes for line ends, with something of the same length that hurts no count."""


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets in the block's text: behind the name's colon, and from where to where the value is written.

    A value of more than one line may end further up than ``end`` says. ``start`` and ``end`` are equal where there is
    none. ``block`` says that it is a list with an item a line.
    """

    colon: int
    start: int
    end: int
    block: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found: spans by name, whether it is all in braces, the first line (from 1) that has an anchor."""

    spans: Mapping[str, Span]
    braces: bool
    anchor: int | None


def read_marks(raw: str) -> Marks:
    """Find the properties of a block that has been read before, and so is a mapping within bounds."""
    import yaml  # 23 ms

    text = raw.translate(_FOREIGN_BREAKS)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    events: list[Any] = []
    while (event := loader.get_event()) is not None:
        events.append(event)
    anchored = next((event for event in events if getattr(event, "anchor", None) is not None), None)
    anchor = None if anchored is None else int(anchored.start_mark.line) + 1
    root = next((place for place, event in enumerate(events) if isinstance(event, yaml.MappingStartEvent)), None)
    if root is None or anchor is not None:
        return Marks({}, braces=False, anchor=anchor)
    spans = dict(_spans(raw, text, iter(events[root + 1 :])))
    return Marks(spans, braces=bool(events[root].flow_style), anchor=None)


def _spans(raw: str, text: str, events: Iterator[Any]) -> Iterator[tuple[str, Span]]:
    import yaml

    while not isinstance(key := next(events), yaml.MappingEndEvent):
        first = next(events)
        last = _end_of(first, events)
        start, end = int(first.start_mark.index), int(last.end_mark.index)
        block = isinstance(first, yaml.SequenceStartEvent) and not first.flow_style
        colon = text.find(":", int(key.end_mark.index)) + 1
        yield raw[int(key.start_mark.index) : int(key.end_mark.index)].strip("\"'"), Span(colon, start, end, block)


def _end_of(first: Any, events: Iterator[Any]) -> Any:
    """Take the events of one value off; returns its last one."""
    import yaml

    depth, event = 0, first
    while True:
        depth += isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent))
        depth -= isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent))
        if depth == 0:
            return event
        event = next(events)
