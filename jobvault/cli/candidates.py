"""What may stand at a place of the line: ``shell_complete=`` of options and arguments.

Most of it comes from the vault that the line would work in. Each returns all that may stand there; what fits what was
typed is the shell's business (``shells.py``), and so is silence where a vault cannot be read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from jobvault.cli.screen import safe
from jobvault.cli.session import Session

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.model import FollowUp

    Item = CompletionItem[str]
else:
    Item = CompletionItem  # in click 8.2 it takes no type
Complete = Callable[[click.Context, click.Parameter, str], list[Item]]

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NEAR = {0: "today", -1: "yesterday", 1: "tomorrow"}
_SHORTEST_ID = 3
_SEEN = r"[^\x00-\xa0\u200b-\u200d\u2060\ufeff]"
_JOINED = re.compile(rf"(?<={_SEEN})[\u200c\u200d](?={_SEEN})")
"""A zero-width joiner, or non-joiner, that joins something (RFC 5892, A.1 and A.2, says where more exactly)."""


def from_vault(find: Callable[[Vault, click.Context, click.Parameter], Iterable[str | Item]]) -> Complete:
    """Make a question to the vault one to the line. What a shell could not hand over as it is, is left out."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
        del incomplete
        found = [
            one if isinstance(one, CompletionItem) else Item(one) for one in find(_open(context), context, parameter)
        ]
        clean: dict[str, Item] = {}
        for item in found:
            clean.setdefault(_clean(item.value), item)
        return [
            Item(value, help=_seen(safe(item.help or "")), words=item.words) for value, item in clean.items() if value
        ]

    complete.__doc__ = find.__doc__
    return complete


def _clean(value: str) -> str:
    """Return a value in one line; none where it is no text that can be typed, or would be taken for an option."""
    line = " ".join(value.split())
    return "" if line.startswith("-") or safe(line) != line or _seen(line) != line else line


def _seen(text: str) -> str:
    """Return a text without the characters that nobody sees: with them, what looks alike would not be the same.

    A joiner between two characters beyond ASCII is a part of them: of an emoji, of a word in Persian or Sinhala.
    """
    import unicodedata

    if text.isascii():
        return text
    joins = {match.start() for match in _JOINED.finditer(text)}
    seen = (char for at, char in enumerate(text) if at in joins or unicodedata.category(char) != "Cf")
    return "".join(seen)


def _session(context: click.Context) -> Session:
    return context.find_object(Session) or Session()


def _open(context: click.Context) -> Vault:
    """Open the vault that the line names, or would find; the shell has expanded nothing yet."""
    from jobvault.actions.vault import open_vault
    from jobvault.vault.places import expanded, find_vault

    session = _session(context)
    named = session.vault_path and Path(os.path.expandvars(expanded(session.vault_path)))
    return open_vault(find_vault(named, Path.cwd(), os.environ), today=session.day())


# --- from the vault ---------------------------------------------------------------------------------------------------


@from_vault
def companies(vault: Vault, *_: object) -> Iterable[str]:
    """Return the companies, the latest first."""
    from jobvault.actions.known import companies as known

    return known(vault)


@from_vault
def roles(vault: Vault, *_: object) -> Iterable[str]:
    """Return the roles, the latest first."""
    applied = [application.role for application in vault.search.applications]
    return (*(debrief.role for debrief in reversed(vault.debriefs)), *applied)


@from_vault
def people(vault: Vault, *_: object) -> Iterator[Item]:
    """Return those who were met, the latest first, with what they are and where."""
    return _people(vault)


def _people(vault: Vault) -> Iterator[Item]:
    for debrief in reversed(vault.debriefs):
        for person in vault.search.people_of(debrief.path):
            yield Item(person.name, help=" · ".join(filter(None, (person.title, debrief.company))))


@from_vault
def rounds(vault: Vault, *_: object) -> Iterable[str]:
    """Return the rounds: the vault's own, then those everybody knows."""
    from jobvault.actions.known import rounds as known

    return known(vault)


@from_vault
def tags(vault: Vault, *_: object) -> Iterable[str]:
    """Return the areas of the settings, then the tags in the notes, the most frequent first."""
    from collections import Counter

    counts: Counter[str] = Counter()
    for debrief in vault.debriefs:
        counts.update(debrief.tags)
        for written in (debrief.questions, debrief.weak, debrief.strong, debrief.takeaways):
            counts.update(tag for one in written for tag in one.tags)
    return (*vault.settings.areas, *(tag for tag, _ in counts.most_common()))


@from_vault
def queries(vault: Vault, context: click.Context, parameter: click.Parameter) -> Iterator[str | Item]:
    """Return what a QUERY for a note may be: companies, people, names of notes; behind that, the rounds it may add."""
    from jobvault.actions import known
    from jobvault.search.names import stem_of

    if parameter.nargs == -1 and context.params.get(parameter.name or ""):
        yield from (debrief.round for debrief in reversed(vault.debriefs) if parameter.name == "query")
        return
    yield from (Item(name, help="the latest debrief") for name in known.companies(vault))
    yield from _people(vault)
    yield from (Item(stem_of(debrief.path)) for debrief in reversed(vault.debriefs))
    yield from (Item(stem_of(reading.path)) for reading in vault.readings() if reading.noun is not None)


@from_vault
def follow_ups(vault: Vault, context: click.Context, _: click.Parameter) -> Iterator[Item]:
    """Return the ids of the follow-ups that can still come into what the line makes of them, with their words.

    Those that the line names already are left out; behind words, which all go together, no id is any use.
    """
    from jobvault.notes.inline import plain

    named = [str(query).lower() for query in context.params.get("query") or ()]
    if not all(_is_id(query, vault.follow_ups) for query in named):
        return
    wanted = ("done", "cancelled") if context.params.get("undo") else ("open", "in-progress")
    short = vault.short_ids()
    for item in sorted(vault.follow_ups, key=_by_due):
        if item.status in wanted and _can_be_ticked(item) and not _is_named(item, named):
            words = plain(item.text)
            due = item.due.isoformat() if item.due else ""
            told = " · ".join(filter(None, (due, words, item.company)))
            yield Item(short[item.id], help=told, words=" ".join((words, *item.people, item.company)))


def _can_be_ticked(item: FollowUp) -> bool:
    return item.form != "paragraph" and not item.recurring


def _by_due(item: FollowUp) -> tuple[bool, str, str, int]:
    return (item.due is None, item.due.isoformat() if item.due else "", item.path, item.line)


def _is_id(query: str, items: Iterable[FollowUp]) -> bool:
    return any(_is_named(item, [query]) for item in items)


def _is_named(item: FollowUp, queries: Iterable[str]) -> bool:
    return any(len(query) >= _SHORTEST_ID and item.id.startswith(query) for query in queries)


@from_vault
def written_commands(vault: Vault, *_: object) -> Iterator[Item]:
    """Return the ids of the commands that can be taken back, the newest first, with their words and notes."""
    from jobvault.actions.undo import history
    from jobvault.cli.undo_list import moment

    for one in history(vault).commands:
        if not (one.taken_back or one.aside):
            yield Item(one.short, help=f"{moment(one.when)} {one.by}", words=" ".join(note.path for note in one.notes))


@from_vault
def undone_notes(vault: Vault, context: click.Context, _: click.Parameter) -> Iterator[str]:
    """Return the notes that the command on the line wrote; without one, those of the last."""
    from jobvault.actions.undo_texts import notes_of

    return iter(notes_of(vault, str(context.params.get("command_id") or "")))


# --- from jobvault itself ---------------------------------------------------------------------------------------------


def formats(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return the formats of an interview."""
    from jobvault.model import FORMATS

    del context, parameter, incomplete
    return [Item(name) for name in FORMATS]


def sources(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return where one may have found a job."""
    from jobvault.actions.property_values import SOURCES

    del context, parameter, incomplete
    return [Item(name) for name in SOURCES]


def templates(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return the templates of a debrief."""
    from jobvault.actions.debrief_text import TEMPLATES

    del context, parameter, incomplete
    return [Item(name) for name in TEMPLATES]


def views(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return the views, with what each says of itself."""
    from importlib import import_module

    from jobvault.views import view_names

    del context, parameter, incomplete
    found = {name: import_module(f"jobvault.views.{name.replace('-', '_')}").__doc__ or "" for name in view_names()}
    return [Item(name, help=doc.partition("\n")[0].partition(": ")[2]) for name, doc in found.items()]


def written_languages(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return the languages that there are words for."""
    from jobvault.vault.shipped import languages as known

    del context, parameter, incomplete
    return [Item(name) for name in known()]


def schemas(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return the JSON Schemas for editors, with what each is about."""
    from jobvault.actions.content_types import ABOUT as CONTENT_TYPES
    from jobvault.actions.schemas import ABOUT

    del context, parameter, incomplete
    return [Item(name, help=about) for name, about in {**ABOUT, **CONTENT_TYPES}.items()]


def shells(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return the shells that there is a script for."""
    from jobvault.cli.shells import SCRIPTS

    del context, parameter, incomplete
    return [Item(name) for name in SCRIPTS]


def folders(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Let the shell complete folders."""
    del context, parameter
    return [Item(incomplete, type="dir")]


def files(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Let the shell complete files."""
    del context, parameter
    return [Item(incomplete, type="file")]


def past_days(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return today and the days of the last week, by the words that mean them."""
    del parameter, incomplete
    return _days(context, (0, -1, -2, -3, -4, -5, -6))


def coming_days(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return today and the days of the coming week, by the words that mean them."""
    del parameter, incomplete
    return _days(context, (0, 1, 2, 3, 4, 5, 6))


def near_days(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return today, yesterday and the days of the coming week, by the words that mean them."""
    del parameter, incomplete
    return _days(context, (0, -1, 1, 2, 3, 4, 5, 6))


def _days(context: click.Context, away: Iterable[int]) -> list[Item]:
    import datetime as dt

    from jobvault.actions.clock import today_in

    today = _session(context).day() or today_in("").date
    days = {number: today + dt.timedelta(days=number) for number in away}
    return [Item(_NEAR.get(away) or _WEEKDAYS[day.weekday()], help=day.isoformat()) for away, day in days.items()]
