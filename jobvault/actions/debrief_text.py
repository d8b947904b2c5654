"""The text of a new debrief: its properties, and its template filled in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jobvault.actions.front_text import front_text
from jobvault.actions.vault_templates import note_templates
from jobvault.errors import NotFoundError
from jobvault.model import TAKE_HOME
from jobvault.notes.inline import plain
from jobvault.render.inert import inert
from jobvault.search.names import key_of

if TYPE_CHECKING:
    from jobvault.actions.scaffold import Guest, Request
    from jobvault.actions.vault import Vault

THANKS_WITHIN = dt.timedelta(days=2)
"""A thank-you task is laid down when the interview was at most this long ago."""
TEMPLATES = {"short": "debrief", "full": "debrief-full"}
"""The templates by the names that people know them by."""

_NOT_LINKABLE = re.compile(r'[#^\[\]|/\\:%?*"<>]|\.md$')
"""What a note's name, and so a link, had better not hold."""


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody as they are written: ``value`` in the properties (empty for somebody unnamed), ``words`` in the text."""

    value: str
    words: str
    title: str
    email: str = ""


def debrief_text(vault: Vault, request: Request) -> str:
    """Return the text of a new debrief. Raises ``NotFoundError`` for an unknown template."""
    people = [replace(_person(vault, guest), email=inert(guest.email)) for guest in request.guests]
    words = vault.words
    values: dict[str, Any] = {
        "front": _front_matter(vault, request, people),
        "company": inert(request.company),
        "role": inert(request.role),
        "round": inert(words.write("round", request.round)),
        "date": request.on,
        "people": [{"words": person.words, "title": person.title, "email": person.email} for person in people],
        "tasks": _thanks(vault, request, people),
        "heading": words.heading,
        "label": lambda key: words.text(f"label.{key}"),
        "hint": lambda key: f"<!-- {words.text(f'hint.{key}')} -->",
    }
    text = vault.templates.render(template_path(request.template, note_templates(vault)), values, {})
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n") + "\n"


def template_path(name: str, own: Mapping[str, str]) -> str:
    """Return the name of a template; ``own`` are the vault's (``vault_templates.note_templates``).

    Raises ``NotFoundError`` where there is none that is called so.
    """
    known = {**own, **{called: f"notes/{file}.md.j2" for called, file in TEMPLATES.items()}}
    if name not in known:
        raise NotFoundError(f"There is no template “{name}”. There are: {', '.join((*TEMPLATES, *own))}.")
    return known[name]


def guest_text(vault: Vault, guest: Guest) -> tuple[str, str]:
    """Return somebody as a debrief has them: in its properties (empty where unnamed); with their title in its text."""
    person = _person(vault, guest)
    return person.value, f"{person.words}, {person.title}" if person.title else person.words


def thanks_texts(vault: Vault, request: Request) -> list[str]:
    """Return the words of the thank-you tasks that a new debrief with these guests is laid down with."""
    tasks = _thanks(vault, request, [_person(vault, guest) for guest in request.guests])
    return [task.removeprefix("- [ ] ") for task in tasks]


def _person(vault: Vault, guest: Guest) -> _Person:
    """Write a guest: as a link in a vault of wiki links, to their note where there is one; else by name."""
    title, words = inert(guest.title), inert(guest.name)
    name = plain(words)
    if not name.strip("?"):
        return _Person("", "?", title)
    note = next((p.note for p in vault.people if p.note and key_of(p.name) == key_of(name)), None)
    target = vault.search.names.shortest(note) if note else name
    if vault.link_style == "wiki" and not _NOT_LINKABLE.search(target if note is None else target.replace("/", "")):
        return _Person(f"[[{target}]]", f"[[{target}]]", title)
    return _Person(name, words, title)


def _thanks(vault: Vault, request: Request, people: Sequence[_Person]) -> list[str]:
    """Return a dated thank-you task for each person, where the interview was in the last two days."""
    today = vault.today.date
    recent = today - THANKS_WITHIN <= request.on <= today
    if not recent or TAKE_HOME in (request.round, request.format):
        return []
    dated = vault.due_field(max(today, request.on + dt.timedelta(days=1)))
    return [
        f"- [ ] {vault.words.text('follow-ups.thanks-task', name=person.words)}{dated}"
        for person in people
        if person.value
    ]


def _front_matter(vault: Vault, request: Request, people: Sequence[_Person]) -> str:
    """Write the properties as YAML 1.2: lists as block lists, links quoted."""
    words = vault.words
    values: dict[str, object] = {
        "type": "debrief",
        "company": request.company,
        "role": request.role or None,
        "round": words.write("round", request.round) or None,
        "date": request.on,
    }
    if request.at:
        values["time"] = request.at.strftime("%H:%M")
    if request.format:
        values["format"] = words.write("format", request.format)
    if request.where:
        values["where"] = request.where
    values["people"] = [person.value for person in people if person.value] or None
    values["felt"] = None
    if request.template == "full":
        values["forecast"] = None
    values |= {"outcome": words.write("outcome", "waiting"), "hear_by": None}
    if request.on < vault.today.date:
        values["written"] = vault.today.date
    if request.tags:
        values["tags"] = list(request.tags)
    return front_text(values)
