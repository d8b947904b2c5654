"""Lay down a new debrief: who, when, where; never over a note that is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions.free_path import free_path
from jobvault.actions.known import known_company
from jobvault.errors import TemplateError, UsageError
from jobvault.model import Debrief
from jobvault.notes.debrief import round_name
from jobvault.notes.inline import find_links
from jobvault.notes.names import name_of, read_name
from jobvault.notes.note import shown
from jobvault.notes.reading import read_note
from jobvault.search.names import key_of
from jobvault.vault.names import safe_name
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_LONGEST_PART = 80
_NOT_READ_BACK = (
    "what it makes is not read back as the debrief of {company} on {on}; its first lines must be `---`, "
    "`{{{{ front -}}}}` and `---`"
)
_LATELY = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is, or was, in the interview; ``?`` for somebody whose name is not known."""

    name: str
    title: str = ""
    email: str = ""


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
    where: str = ""
    """Where it is, or the link that leads there."""


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A debrief as it would be laid down: its path in the vault and its text."""

    path: str
    text: str


def read_guest(text: str) -> Guest:
    """Read ``NAME, TITLE`` as given on a command line."""
    written = read_name(one_line(text))
    return Guest(one_line(written.name or "?"), one_line(written.title))


def read_tags(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Read tags, with or without ``#``; commas and blanks part them, as in a note's properties."""
    parts = [part.strip("#") for text in texts for part in one_line(text).replace(",", " ").split()]
    return tuple(dict.fromkeys(part for part in parts if part))


def settled(vault: Vault, request: Request) -> Request:
    """Return the request as a note will say it: one line each, companies and rounds by the names the vault has."""
    return replace(
        request,
        company=known_company(vault, plain_name(request.company)),
        role=plain_name(request.role),
        round=round_name(plain_name(request.round), vault.words, vault.settings.rounds),
    )


def plain_name(text: str) -> str:
    """Return a name as the reader gives it back: a link is the name of its note; none where there is nothing to see."""
    line = one_line(text)
    links = find_links(line, 0) if "[" in line else ()
    name = name_of(links[0]) if links else line
    return name if any(char.isprintable() and char != " " for char in name) else ""


def one_line(text: str) -> str:
    """Return a text in one line, fit to be written."""
    whole = shown(text).encode("utf-8", "replace").decode("utf-8")
    return " ".join(whole.split())


def same_interview(vault: Vault, request: Request) -> Debrief | None:
    """Return the debrief of the same company, round and date, if there is one; another time or role is another one."""
    wanted = settled(vault, request)
    for debrief in vault.debriefs:
        if (
            debrief.date == wanted.on
            and key_of(debrief.company) == key_of(wanted.company)
            and fold(debrief.round) == fold(wanted.round)
            and not (wanted.at and debrief.time != wanted.at)
            and not (wanted.role and key_of(debrief.role) != key_of(wanted.role))
        ):
            return debrief
    return None


def waiting_for_words(vault: Vault, request: Request, *, day_known: bool) -> tuple[Debrief, ...]:
    """Return the empty debriefs of the last days that may be meant, the latest first.

    What the request has (company, role, round, and the day where it is known) must be theirs.
    """
    wanted = settled(vault, request)
    found = [
        debrief
        for debrief in vault.debriefs
        if debrief.empty
        and debrief.date is not None
        and (debrief.date == wanted.on if day_known else wanted.on - _LATELY <= debrief.date <= wanted.on)
        and (not wanted.company or key_of(debrief.company) == key_of(wanted.company))
        and (not wanted.role or key_of(debrief.role) == key_of(wanted.role))
        and (not wanted.round or fold(debrief.round) == fold(wanted.round))
        and debrief.outcome != "cancelled"
    ]
    return tuple(reversed(found))


def plan(vault: Vault, request: Request) -> Scaffold:
    """Work out path and text of a new debrief; writes nothing.

    Raises ``NotFoundError`` for an unknown template, ``TemplateError`` for one of the vault's that fails or that makes
    something else than was asked for, and ``UsageError`` where the company cannot be written.
    """
    from jobvault.actions.debrief_text import debrief_text, template_path
    from jobvault.actions.vault_templates import note_templates

    wanted = settled(vault, request)
    if not wanted.company:
        raise UsageError("Name the company: `jobvault new COMPANY`.")
    scaffold = Scaffold(_path(vault, wanted), debrief_text(vault, wanted))
    noun = read_note(scaffold.path, scaffold.text.encode(), vault.rules).noun
    if not isinstance(noun, Debrief) or (noun.company, noun.date) != (wanted.company, wanted.on):
        own = vault.templates.own(template_path(wanted.template, note_templates(vault)))
        if own:
            raise TemplateError(own, None, _NOT_READ_BACK.format(company=wanted.company[:80], on=wanted.on), own=True)
        raise UsageError(f"The company “{wanted.company[:80]}” cannot be written into a note. Use plain words.")
    return scaffold


def create(vault: Vault, scaffold: Scaffold) -> Path:
    """Write a planned debrief. Raises ``RefusedError`` where a note has taken its place."""
    from jobvault.actions import changes

    with changes.writing(vault):
        return changes.create(vault, scaffold.path, scaffold.text.encode("utf-8"), "jobvault new")


# --- the path -------------------------------------------------------------------------------------------------------


def _path(vault: Vault, request: Request) -> str:
    """``DATE COMPANY ROUND.md``; if taken with the time, the role, or a letter."""
    parts = [request.on.isoformat(), file_part(request.company), file_part(vault.words.write("round", request.round))]
    base = " ".join(part for part in parts if part)
    at = [request.at.strftime("%H%M")] if request.at else []
    role = [file_part(request.role)] if file_part(request.role) else []
    why = f"there are too many debriefs named “{request.on} {request.company}”."
    stems = (base, *(f"{base} {more}" for more in (*at, *role)))
    return free_path(vault.root, vault.settings.folders.debriefs, stems, base, why)


def file_part(text: str) -> str:
    """Return what of a text can stand in a file name; nothing where no character can."""
    name = safe_name(text, max_bytes=_LONGEST_PART)
    return "" if name == safe_name("") and fold(text) != fold(name) else name
