"""Where in a block of front matter each property's name and value stand, to the character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

_FOREIGN_BREAKS = {0x85: "x", 0x2028: "x", 0x2029: "x"}
"""What libyaml alone takes for line ends, with something of the same length that hurts no count."""

Style = Literal["none", "inline", "flow", "text", "list", "mapping"]
"""How a value is written: not at all; as words, quoted or not; in brackets; as ``|`` or ``>``; as items or properties
below its name."""


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets in the block's text: behind the name's colon, and from where to where the value is written.

    ``end`` is exact for values that are written ``inline`` or in brackets (``flow``); those of the other styles end
    with a line. ``start`` and ``end`` are equal where there is none. ``last`` is where the last item of a list in
    brackets ends, None where it has none; ``column`` is that of the dashes of a ``list``. ``scalars`` are where its
    words and texts are: what looks like a comment in them is none.
    """

    colon: int
    start: int
    end: int
    style: Style
    last: int | None = None
    column: int = 0
    scalars: tuple[tuple[int, int], ...] = ()

    def moved(self, by: int) -> Span:
        """Return it as offsets in a text that has so many characters more before it."""
        last = None if self.last is None else self.last + by
        scalars = tuple((start + by, end + by) for start, end in self.scalars)
        return replace(
            self, colon=self.colon + by, start=self.start + by, end=self.end + by, last=last, scalars=scalars
        )


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found: spans by name, whether it is all in braces, the first line (from 1) that has an anchor."""

    spans: Mapping[str, Span]
    braces: bool
    anchor: int | None


def read_marks(raw: str) -> Marks:
    """Find the properties of a block that has been read before, and so is a mapping within bounds.

    A name that stands apart from its colon (``? name``) is passed over.
    """
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
        if not isinstance(key, yaml.ScalarEvent):
            list(_value(key, events))
        value = list(_value(next(events), events))
        start, end = int(key.start_mark.index), int(key.end_mark.index)
        between, colon, _ = text[end:].partition(":")
        if isinstance(key, yaml.ScalarEvent) and colon and not between.strip(" \t"):
            yield raw[start:end].strip("\"'"), _span(end + len(between) + 1, value)


def _value(first: Any, events: Iterator[Any]) -> Iterator[Any]:
    """Take the events of one value off, and give them."""
    import yaml

    depth, event = 0, first
    while True:
        yield event
        depth += isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent))
        depth -= isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent))
        if depth == 0:
            return
        event = next(events)


def _span(colon: int, events: Sequence[Any]) -> Span:
    import yaml

    first = events[0]
    start, end = int(first.start_mark.index), int(events[-1].end_mark.index)
    style = _style(first, start == end)
    last = int(events[-2].end_mark.index) if style == "flow" and len(events) > 2 else None
    words = (event for event in events if isinstance(event, yaml.ScalarEvent))
    scalars = tuple((_at(event.start_mark), _at(event.end_mark)) for event in words)
    return Span(colon, start, end, style, last, int(first.start_mark.column), scalars)


def _at(mark: Any) -> int:
    return int(mark.index)


def _style(event: Any, is_empty: bool) -> Style:
    import yaml

    if isinstance(event, yaml.ScalarEvent):
        return "none" if is_empty else "text" if event.style in ("|", ">") else "inline"
    if event.flow_style:
        return "flow"
    return "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
