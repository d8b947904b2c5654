"""A small YAML document as a tree whose every value knows its line. Bounded, so that no document can hurt.

YAML 1.2's core schema is what the readers of the values apply; here a scalar is only its text. Anchors, aliases, tags
and a second document are refused: settings need none, and they are what YAML bombs are made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

_MOST_EVENTS = 20_000
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Node:
    """One value: a scalar with its ``text``, a list with ``items``, or a mapping with ``pairs`` of key and value.

    ``plain`` tells a scalar without quotes, which alone may be a number or null. ``line`` counts from 1.
    """

    line: int
    kind: Literal["scalar", "list", "mapping"]
    text: str = ""
    plain: bool = False
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()

    @property
    def is_null(self) -> bool:
        """Whether it is nothing: empty, ``~`` or ``null``."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


class TreeError(ValueError):
    """The text is no YAML that is understood here. ``line`` counts from 1."""

    def __init__(self, line: int, what: str) -> None:
        self.line, self.what = line, what
        super().__init__(f"line {line}: {what}")


def is_blank(text: str) -> bool:
    """Whether a document holds nothing but comments and blank lines."""
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines())


def parse_tree(text: str) -> Node | None:
    """Return the document's value, or None where it is empty. Raises :class:`TreeError`."""
    events = _bounded(_events(text))
    root = None
    for event in events:
        name = type(event).__name__
        if name == "DocumentStartEvent" and root is not None:
            raise TreeError(_line(event), "A second document starts here; there can be one only.")
        if name in {"ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"}:
            root = _node(event, events)
    return root


def _events(text: str) -> Iterator[Any]:
    from ruamel.yaml import YAML  # costs more than most commands may
    from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLStreamError
    from ruamel.yaml.reader import ReaderError

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except ReaderError as error:
        raise TreeError(text.count("\n", 0, error.position) + 1, "A control character stands here.") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        raise TreeError(line, f"This is no valid YAML: {error.problem or error.context}.") from error
    except (YAMLError, YAMLStreamError, ValueError) as error:
        raise TreeError(1, "This is no valid YAML.") from error


def _bounded(events: Iterator[Any]) -> Iterator[Any]:
    depth = 0
    for count, event in enumerate(events):
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        if count > _MOST_EVENTS:
            raise TreeError(_line(event), f"There are more than {_MOST_EVENTS} values up to here.")
        if depth > _DEEPEST:
            raise TreeError(_line(event), "Values are nested too deeply here.")
        yield event


def _node(event: Any, events: Iterator[Any]) -> Node:
    line = _line(event)
    name = type(event).__name__
    if name == "AliasEvent" or event.anchor is not None:
        what = "Anchors (&) and aliases (*) are not understood here; a text that starts so needs quotes."
        raise TreeError(line, what)
    if getattr(event, "tag", None) is not None and str(event.tag) != "!":
        raise TreeError(line, "Tags (!) are not understood here; a text that starts so needs quotes.")
    if name == "ScalarEvent":
        return Node(line, "scalar", text=str(event.value), plain=not event.style)
    if name == "SequenceStartEvent":
        return Node(line, "list", items=tuple(_children(events)))
    values = tuple(_children(events))
    return Node(line, "mapping", pairs=tuple(zip(values[::2], values[1::2], strict=True)))


def _children(events: Iterator[Any]) -> Iterator[Node]:
    for event in events:
        if type(event).__name__ in {"SequenceEndEvent", "MappingEndEvent"}:
            return
        yield _node(event, events)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
