"""Lay down a new debrief: who, when, where; never over a note that is there."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobvault.errors import NotFoundError, RefusedError
from jobvault.model import CHAT, ROUNDS, TAKE_HOME, Debrief
from jobvault.notes.near import nearest
from jobvault.notes.names import read_name
from jobvault.search.names import key_of, stem_of
from jobvault.vault.names import exists_alike, safe_name
from jobvault.vault.shipped import read_template
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

THANKS_WITHIN = dt.timedelta(days=2)
"""A thank-you task is laid down when the interview was at most this long ago."""
_LONGEST_PART = 80


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is, or was, in the interview."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What a new debrief is laid down with; what is empty stays empty in the note."""

    company: str
    on: dt.date
    role: str = ""
    round: str = ""
    at: dt.time | None = None
    format: str = ""
    guests: tuple[Guest, ...] = ()
    tags: tuple[str, ...] = ()
    template: str = "short"


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A debrief as it would be laid down: its path in the vault and its text."""

    path: str
    text: str


def read_guest(text: str) -> Guest:
    """Read ``NAME, TITLE`` as given on a command line."""
    written = read_name(text)
    return Guest(written.name or "?", written.title)


def same_interview(vault: Vault, request: Request) -> Debrief | None:
    """Return the debrief of the same company, round and date, if there is one; another time or role is another one."""
    for debrief in vault.debriefs:
        if (
            debrief.date == request.on
            and key_of(debrief.company) == key_of(known_company(vault, request.company))
            and fold(debrief.round) == fold(request.round)
            and not (request.at and debrief.time != request.at)
            and not (request.role and key_of(debrief.role) != key_of(request.role))
        ):
            return debrief
    return None


def known_company(vault: Vault, company: str) -> str:
    """Return the company's name as the vault writes it; another one as it is."""
    for name, aliases in vault.settings.companies.items():
        if key_of(company) in {key_of(name), *map(key_of, aliases)}:
            return name
    return next((name for name in companies(vault) if key_of(name) == key_of(company)), company)


def companies(vault: Vault) -> tuple[str, ...]:
    """Return the companies of the vault, the latest first."""
    met = [debrief.company for debrief in reversed(vault.debriefs)]
    applied = [application.company for application in vault.search.applications]
    return tuple(dict.fromkeys(name for name in (*met, *applied, *vault.settings.companies) if name))


def rounds(vault: Vault) -> tuple[str, ...]:
    """Return the rounds that can be meant: the vault's own, then those everybody knows."""
    used = [debrief.round for debrief in vault.debriefs if debrief.round]
    return tuple(dict.fromkeys((*vault.settings.rounds, *ROUNDS, CHAT, *used)))


def suggestions(asked: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return what somebody may have meant: names one slip away, or that start or end alike; none where it is known."""
    names = list(known)
    wanted = key_of(asked)
    if not wanted or any(key_of(name) == wanted for name in names):
        return ()
    near = nearest(asked, names)
    part = [name for name in names if _shares_words(wanted, key_of(name))]
    return tuple(dict.fromkeys([*([near] if near else []), *part]))[:3]


def _shares_words(one: str, other: str) -> bool:
    return f"{other} ".startswith(f"{one} ") or f"{one} ".startswith(f"{other} ")


def plan(vault: Vault, request: Request) -> Scaffold:
    """Work out path and text of a new debrief; writes nothing. Raises ``NotFoundError`` for an unknown template."""
    return Scaffold(_free_path(vault, request), _text(vault, request))


def create(vault: Vault, scaffold: Scaffold) -> Path:
    """Write a planned debrief. Raises ``RefusedError`` where a note has taken its place."""
    from jobvault.actions import changes

    with changes.writing(vault):
        return changes.create(vault, scaffold.path, scaffold.text.encode("utf-8"))


# --- the path -------------------------------------------------------------------------------------------------------


def _free_path(vault: Vault, request: Request) -> str:
    """``DATE COMPANY ROUND.md``; if taken with the time, the role, or a letter; never a number, as sync copies have."""
    folder = vault.settings.folders.debriefs.strip("/")
    home = vault.root / folder
    for stem in _stems(request):
        if not exists_alike(home, f"{stem}.md"):
            return f"{folder}/{stem}.md" if folder else f"{stem}.md"
    raise RefusedError(folder, None, f"there are too many debriefs named “{request.on} {request.company}”.")


def _stems(request: Request) -> Iterator[str]:
    parts = [request.on.isoformat(), _part(request.company), _part(request.round)]
    base = " ".join(part for part in parts if part)
    yield safe_name(base)
    if request.at:
        yield safe_name(f"{base} {request.at.strftime('%H%M')}")
    if request.role:
        yield safe_name(f"{base} {_part(request.role)}")
    for letter in string.ascii_lowercase[1:]:
        yield safe_name(f"{base} {letter}")
    for first in string.ascii_lowercase:
        for second in string.ascii_lowercase:
            yield safe_name(f"{base} {first}{second}")


def _part(text: str) -> str:
    if not text.strip():
        return ""
    name = safe_name(text, max_bytes=_LONGEST_PART)
    return "" if name == safe_name("") and fold(text) != fold(name) else name


# --- the text -------------------------------------------------------------------------------------------------------


def _text(vault: Vault, request: Request) -> str:
    name = {"short": "debrief", "full": "debrief-full"}.get(request.template, f"debrief-{request.template}")
    template = f"notes/{name}.md.j2"
    try:
        read_template(template)
    except NotFoundError as error:
        raise NotFoundError(f"There is no template “{request.template}”. There are: short, full.") from error
    people = [_person(vault, guest) for guest in request.guests]
    words = vault.words
    values: dict[str, Any] = {
        "front": _front_matter(vault, request, people),
        "people": people,
        "tasks": _thanks(vault, request, people),
        "heading": words.heading,
        "label": lambda key: words.text(f"label.{key}"),
        "hint": lambda key: f"<!-- {words.text(f'hint.{key}')} -->",
    }
    text = vault.templates.render(template, values, {})
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n") + "\n"


def _person(vault: Vault, guest: Guest) -> dict[str, str]:
    """Return how a guest is written: as a link to their note where it exists, or in a vault of wiki links."""
    name = " ".join(guest.name.split())
    note = next((p for p in vault.people if p.note and key_of(p.name) == key_of(name)), None)
    shown = stem_of(note.note) if note and note.note else name
    linkable = vault.link_style == "wiki" and not set("#^[]|?") & set(shown)
    written = f"[[{shown}]]" if linkable else name
    return {"name": name, "written": written, "property": written, "title": " ".join(guest.title.split())}


def _thanks(vault: Vault, request: Request, people: Sequence[dict[str, str]]) -> list[str]:
    """Return a dated thank-you task for each person, where the interview was in the last two days."""
    today = vault.today.date
    recent = today - THANKS_WITHIN <= request.on <= today
    if not recent or TAKE_HOME in (request.round, request.format):
        return []
    due = max(today, request.on + dt.timedelta(days=1)).isoformat()
    dated = {"emoji": f" 📅 {due}", "dataview": f"  [due:: {due}]", "plain": f", due {due}"}[vault.date_form]
    return [
        f"- [ ] {vault.words.text('follow-ups.thanks-task', name=person['written'])}{dated}"
        for person in people
        if person["name"].strip("?")
    ]


def _front_matter(vault: Vault, request: Request, people: Sequence[dict[str, str]]) -> str:
    """Write the properties as YAML 1.2, lists as block lists, links and times quoted."""
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

    values = CommentedMap()
    values["type"] = "debrief"
    values["company"] = request.company
    values["role"] = request.role or None
    values["round"] = request.round or None
    values["date"] = request.on
    if request.at:
        values["time"] = Quoted(request.at.strftime("%H:%M"))
    if request.format:
        values["format"] = request.format
    values["people"] = [Quoted(p["property"]) if "[" in p["property"] else p["property"] for p in people] or None
    values["felt"] = None
    if request.template == "full":
        values["forecast"] = None
    values["outcome"] = "waiting"
    values["hear_by"] = None
    if request.on < vault.today.date:
        values["written"] = vault.today.date
    if request.tags:
        values["tags"] = list(request.tags)
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 10_000
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump(values, out)
    return out.getvalue()
