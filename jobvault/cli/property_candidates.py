"""What may stand on the line of ``jobvault set``: notes, their properties, and what those can be set to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import Complete, Item, coming_days, from_vault, past_days, queries

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.model import Debrief
    from jobvault.notes.frontmatter import Value


def notes(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return what a NOTE may be: words for it as everywhere, or a file, once the word looks like a path."""
    if os.sep in incomplete or incomplete.startswith((".", "~")):
        return [Item(incomplete, type="file")]
    return queries(context, parameter, incomplete)


@from_vault
def properties(vault: Vault, context: click.Context, _: click.Parameter) -> Iterator[Item]:
    """Return the properties that the note may have, each with what it is set to now."""
    from jobvault.notes.properties import FIELDS
    from jobvault.notes.values import as_text

    there, kind = _there(vault, context)
    for key in dict.fromkeys((*FIELDS.get(kind or "debrief", ()), *there)):
        if key != "type" or kind is None:
            yield Item(key, help=as_text(there.get(key)) or "")


@from_vault
def _from_notes(vault: Vault, context: click.Context, _: click.Parameter) -> Iterable[str | Item]:
    """Return the values that one of our properties can have in this vault."""
    from jobvault.actions import known
    from jobvault.model import KINDS

    key, kind = _key(context), _there(vault, context)[1]
    write = vault.words.write
    ways: dict[str, Callable[[], Iterable[str]]] = {
        "type": lambda: KINDS,
        "company": lambda: known.companies(vault),
        "people": lambda: known.people(vault),
        "to": lambda: known.people(vault),
        "round": lambda: known.rounds(vault),
        "role": lambda: _each(vault, lambda debrief: [debrief.role]),
        "tags": lambda: (*vault.settings.areas, *_each(vault, lambda debrief: debrief.tags)),
        "felt": lambda: [str(number) for number in range(1, 6)],
    }
    if key in ways:
        return ways[key]()
    return [write(group, choice) for group, choices in [_choices(kind, key)] for choice in choices]


def _each(vault: Vault, of: Callable[[Debrief], Iterable[str]]) -> list[str]:
    return [value for debrief in reversed(vault.debriefs) for value in of(debrief) if value]


def _choices(kind: str | None, key: str) -> tuple[str, tuple[str, ...]]:
    """Return the values that we know for a property, with the name of their group in the word files."""
    from jobvault.actions.property_values import SOURCES, STATUSES
    from jobvault.model import APPLICATION_OUTCOMES, FORMATS, OUTCOMES

    if kind == "application" and key == "outcome":
        return "application", APPLICATION_OUTCOMES
    return key, {"outcome": OUTCOMES, "format": FORMATS, "status": STATUSES, "source": SOURCES}.get(key, ())


def values(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return what a VALUE of the property may be."""
    from jobvault.actions.property_values import DAYS, PAST

    key = _key(context)
    days: Complete = past_days if key in PAST else coming_days
    return (days if key in DAYS | PAST else _from_notes)(context, parameter, incomplete)


def _key(context: click.Context) -> str:
    from jobvault.notes.frontmatter import fold_key

    return fold_key(str(context.params.get("property_") or ""))


def _there(vault: Vault, context: click.Context) -> tuple[dict[str, Value], str | None]:
    """Return the properties of the note that the line names, and its type; nothing where it is not sure."""
    from jobvault.actions.set_property import kind_of
    from jobvault.actions.which import notes_meant
    from jobvault.errors import JobvaultError
    from jobvault.notes.note import parse_note
    from jobvault.notes.properties import FIELDS

    found = notes_meant(vault, str(context.params.get("note") or ""), lambda _: ())
    data = vault.bytes_of(found[0].path) if len(found) == 1 else None
    if data is None:
        return {}, None
    note = parse_note(found[0].path, data)
    try:
        kind = kind_of(vault, note.path)
    except JobvaultError:
        return {}, None
    ours = FIELDS.get(kind or "", ())
    return {(prop.key if prop.key in ours else prop.name): prop.value for prop in note.front.properties}, kind
