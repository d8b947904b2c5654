"""``jobvault new``: lay down a debrief, open it, summarize when the editor closes."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobvault.actions.scaffold import Guest, Request
    from jobvault.actions.vault import Vault
    from jobvault.model import Debrief

EXAMPLES = """
jobvault new
jobvault new Acme --round technical --on yesterday --with "Dana Reyes, VP Engineering"
jobvault new Acme --round panel --on 2026-11-25 --at 14:30 --format video
jobvault new Acme --print-path --no-input
"""


@make("new", examples=EXAMPLES)
@click.argument("company", required=False)
@click.option("--role", default="", metavar="ROLE", help="The role you interview for.")
@click.option("--round", "round_", default="", metavar="ROUND", help="recruiter-screen, technical, panel, … or your own word.")
@click.option("--on", metavar="DATE", help="The day of the interview. [default: today]")
@click.option("--at", metavar="TIME", help="The time of day, as 14:30.")
@click.option("--format", "format_", default="", metavar="FORMAT", help="phone, video, in-person or take-home.")
@click.option("--with", "guests", multiple=True, metavar='"NAME, TITLE"', help="Somebody you meet; repeat it for each.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; repeat it for each.")
@click.option("--template", default="short", metavar="NAME", help="short, or full: every section and label.")
@click.option("--print-path", is_flag=True, help="Print the note's path and nothing else; open nothing.")
@click.option("--no-edit", is_flag=True, help="Do not open the editor.")
@dry_run_option
@pass_session
def command(
    session: Session,
    company: str | None,
    role: str,
    round_: str,
    on: str | None,
    at: str | None,
    format_: str,
    guests: tuple[str, ...],
    tags: tuple[str, ...],
    template: str,
    print_path: bool,
    no_edit: bool,
    dry_run: bool,
) -> None:
    """Lay down a debrief for an interview that was, or is to come.

    Asks for what is missing when you sit at a terminal. Never overwrites a note.
    """
    from jobvault.actions import scaffold
    from jobvault.cli.dates import read_date, read_time
    from jobvault.errors import UsageError
    from jobvault.model import FORMATS

    vault = session.open()
    if format_ and format_ not in FORMATS:
        raise UsageError(f"--format: “{format_}” is none of {', '.join(FORMATS)}.")
    today = vault.today.date
    request = scaffold.Request(
        company=(company or "").strip(),
        on=read_date(on, today, "--on") if on else today,
        role=role.strip(),
        round=round_.strip(),
        at=read_time(at, "--at") if at else None,
        format=format_,
        guests=tuple(scaffold.read_guest(guest) for guest in guests),
        tags=tuple(tag.lstrip("#") for tag in tags),
        template=template,
    )
    request = _completed(session, vault, request, day_given=on is not None, people_given=bool(guests))
    there = scaffold.same_interview(vault, request)
    if there is not None and not dry_run and not _another(session, there):
        _finish(session, vault, vault.root / there.path, print_path=print_path, no_edit=no_edit)
        return
    planned = scaffold.plan(vault, request)
    if dry_run:
        session.screen.say(f"would write {planned.path}", dim=True)
        session.screen.say(planned.text)
        return
    path = scaffold.create(vault, planned)
    _finish(session, vault, path, print_path=print_path, no_edit=no_edit, made=True)


def _completed(session: Session, vault: Vault, request: Request, *, day_given: bool, people_given: bool) -> Request:
    """Ask for what is missing, and whether near names are meant; without a terminal take what there is."""
    from jobvault.actions import scaffold
    from jobvault.cli.dates import read_date
    from jobvault.errors import UsageError

    company = request.company
    if not company:
        if not session.may_ask:
            raise UsageError("Name the company: jobvault new COMPANY")
        company = click.prompt("Company", err=True).strip()
    company = _meant(session, company, scaffold.companies(vault), "company")
    request = replace(request, company=scaffold.known_company(vault, company))
    if not session.may_ask:
        return replace(request, round=_meant(session, request.round, scaffold.rounds(vault), "round"))
    if not request.round:
        known = ", ".join(scaffold.rounds(vault)[:9])
        request = replace(request, round=click.prompt(f"Round ({known})", default="", show_default=False, err=True).strip())
    request = replace(request, round=_meant(session, request.round, scaffold.rounds(vault), "round"))
    if not day_given:
        while True:
            answer = click.prompt("Day", default="today", err=True)
            try:
                request = replace(request, on=read_date(answer, vault.today.date, "Day"))
                break
            except UsageError as error:
                session.screen.note(str(error))
    if not people_given:
        request = replace(request, guests=_ask_people(session, vault))
    return request


def _ask_people(session: Session, vault: Vault) -> tuple[Guest, ...]:
    from jobvault.actions import scaffold

    known = [person.name for person in vault.people]
    guests: list[Guest] = []
    while True:
        answer = click.prompt("Who (NAME, TITLE; Enter for none)", default="", show_default=False, err=True).strip()
        if not answer:
            return tuple(guests)
        guest = scaffold.read_guest(answer)
        guests.append(replace(guest, name=_meant(session, guest.name, known, "person")))


def _meant(session: Session, asked: str, known: Sequence[str], what: str) -> str:
    """Offer the vault's own names where they are near; without a terminal only say so."""
    from jobvault.actions.scaffold import suggestions

    for name in suggestions(asked, known):
        if not session.may_ask:
            session.screen.note(f"“{name}” exists: if you meant that {what}, use its name.")
            return asked
        if click.confirm(f"“{name}” exists. Did you mean it?", default=True, err=True):
            return name
    return asked


def _another(session: Session, there: Debrief) -> bool:
    """Ask whether the debrief that is there is meant, or another one. Raises where nobody can be asked."""
    from jobvault.errors import JobvaultError

    if not session.may_ask:
        raise JobvaultError(
            f"{there.path} is the debrief of this company, round and date already. Open that one, or make another with "
            "--at TIME or --role ROLE."
        )
    session.screen.note(f"{there.path} is there already.")
    answer = click.prompt("Open it, or another one?", type=click.Choice(["open", "another"]), default="open", err=True)
    return bool(answer == "another")


def _finish(
    session: Session, vault: Vault, path: Path, *, print_path: bool, no_edit: bool, made: bool = False
) -> None:
    if print_path:
        session.screen.say(path)
        vault.summarize()
        return
    if made:
        session.screen.say(f"Wrote {path.relative_to(vault.root).as_posix()}")
    if not no_edit and session.may_ask:
        edit(session, path)
    from jobvault.cli.summarize import complain

    complain(session.screen, vault.summarize().problems)


def edit(session: Session, path: Path) -> None:
    """Open a note in the user's editor and wait: ``JOBVAULT_EDITOR``, ``VISUAL``, ``EDITOR``, then what is there."""
    try:
        click.edit(filename=str(path), editor=os.environ.get("JOBVAULT_EDITOR") or None)
    except click.ClickException as error:
        session.screen.note(f"{error.format_message()}. The note is at {path}; set JOBVAULT_EDITOR to your editor.")


