"""A file of sentences as plain values, each with its line, so that a mistake in it can be named by that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jobvault.vault.tree import Node, TreeError, parse_tree

Place = tuple[str | int, ...]
"""Where in a file a value stands: its keys, and its place in a list."""


def parse_sentences(text: str) -> tuple[Any, Mapping[Place, int]]:
    """Return what a file holds (mappings, lists and texts; None for nothing), and the line of each value.

    Raises ``TreeError`` for what is no YAML, passes a bound, or has a key twice.
    """
    lines: dict[Place, int] = {}
    root = parse_tree(text)
    return (None if root is None else _values(root, (), lines)), lines


def line_of(lines: Mapping[Place, int], place: Place) -> int | None:
    """Return the line of a value, or of what it stands in."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)


def _values(node: Node, place: Place, lines: dict[Place, int]) -> Any:
    lines.setdefault(place, node.line)
    if node.kind == "mapping":
        found: dict[str, Any] = {}
        for key, value in node.pairs:
            if key.text in found:
                raise TreeError(key.line, f"The key {key.text!r} stands here again.")
            lines[*place, key.text] = key.line
            found[key.text] = _values(value, (*place, key.text), lines)
        return found
    if node.kind == "list":
        return [_values(item, (*place, number), lines) for number, item in enumerate(node.items)]
    return None if node.is_null else node.text
