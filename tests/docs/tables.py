"""Tables of the documentation that are made from what ships with the program: JSON Schemas, words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jobvault.notes.frontmatter import load_yaml
from jobvault.render.table import table
from jobvault.vault.shipped import read_template, read_words


def fields_of(argument: str) -> tuple[str, ...]:
    """Return the table of a schema's fields; ``argument`` names it, and a part of it."""
    name, _, part = argument.partition(" ")
    rows = list(schema_rows(json.loads(read_template(f"schemas/{name}.json"))))
    if part == "*":
        rows = [row for row in rows if "[]" not in row[0]]
    elif part:
        rows = [(row[0].removeprefix(f"{part}."), *row[1:]) for row in rows if row[0].startswith(f"{part}.")]
    return tuple(table(["field", "holds", "which is"], [[f"`{row[0]}`", *row[1:]] for row in rows]))


def words_of(argument: str) -> tuple[str, ...]:
    """Return the table of the words of a group, as ``sections`` or ``values.round``, in English or another language."""
    group, _, language = argument.partition(" ")
    words: Any = load_yaml(read_words(language or "en"))
    for name in group.split("."):
        words = words[name]
    rows = [[f"`{name}`", ", ".join(map(str, known))] for name, known in words.items()]
    return tuple(table([group.rpartition(".")[2].removesuffix("s"), "words"], rows))


def schema_rows(schema: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str, str]]:
    """Name the fields of a JSON Schema, each with what it holds and what that is; ``a[].b`` is in the items of ``a``."""
    for name, field_ in schema.get("properties", {}).items():
        about = field_["description"].replace(" ISO 8601, as 2026-11-23; null where there is none.", "")
        yield before + name, _holds(field_), about.replace(" ISO 8601, as 2026-11-23.", "").replace("|", r"\|")
        yield from schema_rows(field_.get("items", {}), f"{before}{name}[].")
        yield from schema_rows(field_, f"{before}{name}.")


def _holds(field_: Mapping[str, Any]) -> str:
    """Say in words what a field of a JSON Schema holds."""
    values = [value for value in field_.get("enum", ()) if value]
    kinds = field_.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if values:
        empty = ["empty"] if "" in field_["enum"] else []
        words = [*(f"`{value}`" for value in values), *empty]
    elif "const" in field_:
        words = ["text"]
    elif field_.get("format") == "date":
        words = ["a date"]
    elif "array" in kinds:
        words = ["a list of texts" if field_["items"].get("type") == "string" else "a list"]
    else:
        words = [_KINDS[kind] for kind in kinds if kind != "null"] or ["any value"]
    if "null" in kinds or None in field_.get("enum", []):
        words.append("null")
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


_KINDS = {"string": "text", "integer": "a number", "boolean": "true or false", "object": "an object"}
