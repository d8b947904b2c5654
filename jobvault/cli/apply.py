"""``jobvault apply``: lay down an application, open it, summarize when the editor closes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from jobvault.cli.candidates import companies, past_days, roles, sources, tags
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    import datetime as dt

    from jobvault.actions.applying import Applying
    from jobvault.actions.vault import Vault
    from jobvault.model import Application

EXAMPLES = """
jobvault apply
jobvault apply Acme --role "Staff Engineer"
jobvault apply Acme --role "Staff Engineer" --source referral --on yesterday --link https://example.org/jobs/7
jobvault apply "Birch & Lowe" --role "Data Engineer" --pay "90k to 105k" --no-edit
jobvault apply Acme --role SRE --dry-run
"""

_LONG = 6
"""Letters of a source in which two slips are still slips."""


@make("apply", examples=EXAMPLES)
@click.argument("company", required=False, shell_complete=companies)
@click.option("--role", default="", metavar="ROLE", shell_complete=roles, help="The role you apply for.")
@click.option(
    "--source",
    default="",
    metavar="SOURCE",
    shell_complete=sources,
    help="Where you found it: referral, recruiter, board, company-site, event, cold, or your own word.",
)
@click.option("--on", metavar="DATE", shell_complete=past_days, help="The day you applied. [default: today]")
@click.option("--link", default="", metavar="URL", help="Where the advert is.")
@click.option("--pay", default="", metavar="TEXT", help="What they pay, as the advert says it.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", shell_complete=tags, help="A tag; repeat it for each.")
@click.option("--print-path", is_flag=True, help="Print the note's path and nothing else; open nothing.")
@click.option("--no-edit", is_flag=True, help="Do not open the editor.")
@dry_run_option
@pass_session
def command(session: Session, /, print_path: bool, no_edit: bool, dry_run: bool, **given: Any) -> None:
    """Lay down an application that you sent.

    Asks for company and role where you did not say them and sit at a terminal. Opens your editor ($JOBVAULT_EDITOR,
    $VISUAL or $EDITOR), and brings the summaries up to date when it closes. Never overwrites a note.
    """
    from jobvault.actions import applying
    from jobvault.cli.hand_over import hand_over

    vault = session.open()
    wanted = applying.settled(vault, _completed(session, vault, **given))
    there = applying.still_open(vault, wanted)
    planned = None if there else applying.plan(vault, wanted)
    path, key = (planned.path, "would-write") if planned else (_path_of(there), "would-open")
    if dry_run:
        session.screen.say(vault.words.text(f"ask.{key}", path=path), dim=True)
        if planned:
            session.screen.say(planned.text)
        return
    if planned:
        applying.create(vault, planned)
        if not print_path:
            session.screen.say(vault.words.text("ask.laid-down", path=path))
    else:
        _say_there(session, wanted, path)
    hand_over(session, vault, vault.root / path, print_path=print_path, no_edit=no_edit)


def _completed(session: Session, vault: Vault, *, company: str | None, on: str | None, **said: Any) -> Applying:
    """Return what the line says; asks for company and role where they are missing."""
    from jobvault.actions.applying import Applying
    from jobvault.actions.scaffold import read_tags

    asked = Applying(company or "", said["role"], _day(vault, on), link=said["link"], pay=said["pay"])
    asked = replace(asked, source=said["source"], tags=read_tags(said["tags"]))
    asked = replace(asked, company=_company(session, vault, asked))
    asked = replace(asked, role=_role(session, vault, asked))
    return replace(asked, source=_source(session, vault, asked.source))


def _day(vault: Vault, on: str | None) -> dt.date:
    """Read the day. Raises ``UsageError`` where it is no date, or still to come."""
    from jobvault.cli.dates import read_date
    from jobvault.errors import UsageError

    today = vault.today.date
    day = read_date(on, today, "--on", prefer="past") if on else today
    if day > today:
        raise UsageError(f"--on: {day} is still to come. Lay the application down once you have sent it.")
    return day


def _company(session: Session, vault: Vault, asked: Applying) -> str:
    from jobvault.actions.applying import missing
    from jobvault.cli.request import Form, Given

    given = Given(asked.company, "", "", None, None, "", (), (), "short")
    return Form(session, vault, given).company(missing=missing("company"))


def _role(session: Session, vault: Vault, asked: Applying) -> str:
    from jobvault.actions.applying import missing
    from jobvault.errors import UsageError

    role = asked.role.strip()
    while not role:
        if not session.may_ask:
            raise UsageError(missing("role"))
        role = session.ask(vault.words.text("ask.role"))
    return role


def _source(session: Session, vault: Vault, said: str) -> str:
    """Return the source; one slip off a known one, ask whether that is meant, or say so where nobody can be asked."""
    from jobvault.actions.property_values import SOURCES
    from jobvault.notes.near import nearest

    known = vault.words.vocabulary.sources
    near = nearest(said, (*known, *SOURCES), slips=2 if len(said) >= _LONG else None) if said.strip() else None
    if near is None:
        return said
    name = vault.words.write("source", known.get(near, near))
    if not session.may_ask:
        session.screen.note(f"--source: “{said}” stands as you typed it. If you meant “{name}”, use that word.")
        return said
    meant = session.confirm(vault.words.text("ask.meant", name=name), default=True, words=vault.words)
    return name if meant else said


def _path_of(there: Application | None) -> str:
    return there.path if there else ""


def _say_there(session: Session, wanted: Applying, path: str) -> None:
    """Say that it has been laid down before. Raises where the note cannot be opened for anybody."""
    from jobvault.cli.runnable import quoted
    from jobvault.errors import JobvaultError

    said = f"{path} is your application to {wanted.company} as {wanted.role} already, and it is open."
    if not session.may_ask:
        raise JobvaultError(
            f"{said} Once it has come to an end, say so with `jobvault set {quoted(path)} outcome rejected`; then you "
            "can apply again."
        )
    session.screen.note(said)
