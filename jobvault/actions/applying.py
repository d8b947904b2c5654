"""Lay down an application: for which role, found where, sent when; never over a note that is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions.free_path import free_path
from jobvault.actions.front_text import front_text
from jobvault.actions.known import known_company
from jobvault.actions.scaffold import Scaffold, file_part, one_line, plain_name
from jobvault.errors import TemplateError, UsageError
from jobvault.model import Application
from jobvault.notes.reading import read_note
from jobvault.render.inert import inert
from jobvault.search.names import key_of, stem_of
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

TEMPLATE = "notes/application.md.j2"


@dataclass(frozen=True, slots=True)
class Applying:
    """What a new application is laid down with; what is empty stays empty in the note."""

    company: str
    role: str
    on: dt.date
    source: str = ""
    link: str = ""
    pay: str = ""
    tags: tuple[str, ...] = ()


def settled(vault: Vault, applying: Applying) -> Applying:
    """Return it as a note will say it: one line each, the company and the source by the names that are known."""
    source = one_line(applying.source)
    return replace(
        applying,
        company=known_company(vault, plain_name(applying.company)),
        role=plain_name(applying.role),
        source=vault.words.vocabulary.sources.get(fold(source), source),
        link=one_line(applying.link),
        pay=one_line(applying.pay),
    )


def still_open(vault: Vault, applying: Applying) -> Application | None:
    """Return the application to the same company for the same role that has not come to an end, if there is one."""
    wanted = settled(vault, applying)
    return next(
        (
            process.application
            for process in vault.search.processes
            if process.application is not None
            and not process.closed
            and key_of(known_company(vault, process.application.company)) == key_of(wanted.company)
            and key_of(process.application.role) == key_of(wanted.role)
        ),
        None,
    )


def plan(vault: Vault, applying: Applying) -> Scaffold:
    """Work out path and text of a new application; writes nothing.

    Raises ``UsageError`` where company or role is missing or cannot be written, and ``TemplateError`` where the vault's
    own template fails or makes something else than was asked for.
    """
    wanted = settled(vault, applying)
    for name in ("company", "role"):
        if not getattr(wanted, name):
            raise UsageError(missing(name))
    scaffold = Scaffold(_path(vault, wanted), _text(vault, wanted))
    noun = read_note(scaffold.path, scaffold.text.encode(), vault.rules).noun
    said = (wanted.company, wanted.role, wanted.source, wanted.on, wanted.link, wanted.pay)
    if not isinstance(noun, Application) or _says(noun) != said:
        _refuse(vault, noun, wanted)
    return scaffold


def missing(name: str) -> str:
    """Return the sentence that says what is missing, and how it is said."""
    return f"Name the {name}: `jobvault apply COMPANY --role ROLE`."


def create(vault: Vault, scaffold: Scaffold) -> Path:
    """Write a planned application. Raises ``RefusedError`` where a note has taken its place."""
    from jobvault.actions import changes

    with changes.writing(vault):
        return changes.create(vault, scaffold.path, scaffold.text.encode("utf-8"), "jobvault apply")


def _says(noun: Application) -> tuple[object, ...]:
    return (noun.company, noun.role, noun.source, noun.applied, noun.link, noun.pay)


def _refuse(vault: Vault, noun: object, wanted: Applying) -> None:
    """Raise what is wrong: with the vault's own template, else with the words."""
    if own := vault.templates.own(TEMPLATE):
        why = (
            f"what it makes is not read back as the application to {wanted.company[:80]}; its first lines must be "
            "`---`, `{{ front -}}` and `---`"
        )
        raise TemplateError(own, None, why, own=True)
    asked = {"company": wanted.company, "role": wanted.role, "source": wanted.source}
    name, text = next(
        ((name, text) for name, text in asked.items() if getattr(noun, name, "") != text), ("company", wanted.company)
    )
    raise UsageError(f"The {name} “{text[:80]}” cannot be written into a note. Use plain words.")


def _text(vault: Vault, applying: Applying) -> str:
    words = vault.words
    source = words.write("source", applying.source)
    values: dict[str, object] = {
        "type": "application",
        "company": applying.company,
        "role": applying.role,
        "source": source or None,
        "applied": applying.on,
        "answered": None,
        "closed": None,
        "outcome": words.write("application", "open"),
        "link": applying.link or None,
        "pay": applying.pay or None,
    }
    if applying.tags:
        values["tags"] = list(applying.tags)
    given = {
        "front": front_text(values),
        "company": inert(applying.company),
        "role": inert(applying.role),
        "source": inert(source),
        "date": applying.on,
        "hint": lambda key: f"<!-- {words.text(f'hint.{key}')} -->",
    }
    text = vault.templates.render(TEMPLATE, given, {})
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n") + "\n"


# --- the path -------------------------------------------------------------------------------------------------------


def _path(vault: Vault, applying: Applying) -> str:
    """``COMPANY.md``; if a note anywhere has that name, with the role, the day, or a letter.

    A link by name means one note: a second ``Acme.md`` would take the links that mean the first.
    """
    company, role = file_part(applying.company), file_part(applying.role)
    whole = " ".join(part for part in (company, role) if part)
    dated = " ".join(part for part in (whole, applying.on.isoformat()) if part)
    names = {key_of(stem_of(path)) for path in vault.search.names.paths}
    return free_path(
        vault.root,
        vault.settings.folders.applications,
        (company, whole, dated),
        dated,
        f"there are too many applications named “{applying.company}”.",
        taken=lambda path: key_of(stem_of(path)) in names,
    )
