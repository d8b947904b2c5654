"""``jobvault new``: lay down a debrief, open it, summarize when the editor closes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jobvault.cli.candidates import companies, formats, near_days, people, roles, rounds, tags, templates
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.model import Debrief

EXAMPLES = """
jobvault new
jobvault new Acme --round technical --on yesterday --with "Dana Reyes, VP Engineering"
jobvault new Acme --round panel --on 2026-11-25 --at 14:30 --format video
jobvault new --ask
jobvault new Acme --print-path --no-input
"""


@make("new", examples=EXAMPLES)
@click.argument("company", required=False, shell_complete=companies)
@click.option("--role", default="", metavar="ROLE", shell_complete=roles, help="The role you interview for.")
@click.option(
    "--round",
    "round_",
    default="",
    metavar="ROUND",
    shell_complete=rounds,
    help="technical, panel, … or your own word.",
)
@click.option(
    "--on",
    metavar="DATE",
    shell_complete=near_days,
    help="The day of the interview: yesterday, fri, 2026-11-25. [default: today]",
)
@click.option("--at", metavar="TIME", help="The time of day, as 14:30.")
@click.option(
    "--format",
    "format_",
    default="",
    metavar="FORMAT",
    shell_complete=formats,
    help="phone, video, in-person or take-home.",
)
@click.option(
    "--with",
    "guests",
    multiple=True,
    metavar='"NAME, TITLE"',
    shell_complete=people,
    help="Somebody you meet; repeat it for each.",
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", shell_complete=tags, help="A tag; repeat it for each.")
@click.option(
    "--template",
    default="short",
    metavar="NAME",
    shell_complete=templates,
    help="short, full (every section and label), or one of your own.",
)
@click.option("--ask", is_flag=True, help="Ask five short questions, and write the debrief from your answers.")
@click.option("--print-path", is_flag=True, help="Print the note's path and nothing else; open nothing.")
@click.option("--no-edit", is_flag=True, help="Do not open the editor.")
@dry_run_option
@pass_session
def command(session: Session, /, ask: bool, print_path: bool, no_edit: bool, dry_run: bool, **given: Any) -> None:
    """Lay down a debrief for an interview that was, or is to come.

    Asks for what is missing when you sit at a terminal. Opens your editor ($JOBVAULT_EDITOR, $VISUAL or $EDITOR), and
    brings the summaries up to date when it closes. Never overwrites a note.

    With --ask it asks what a debrief is made of; what you say goes into the debrief that is there, or a new one. Ctrl-C
    keeps what you said.
    """
    from jobvault.actions import scaffold
    from jobvault.cli.request import Form, Given

    if ask:
        from jobvault.cli.ask import ask_and_keep

        ask_and_keep(session, Given(**given), print_path=print_path, no_edit=no_edit, dry_run=dry_run)
        return
    vault = session.open()
    request = scaffold.settled(vault, Form(session, vault, Given(**given)).completed())
    there = scaffold.same_interview(vault, request)
    if there is not None and not _another(session, vault, there):
        if dry_run:
            session.screen.say(vault.words.text("ask.would-open", path=there.path), dim=True)
            return
        _finish(session, vault, vault.root / there.path, print_path=print_path, no_edit=no_edit)
        return
    planned = scaffold.plan(vault, request)
    if dry_run:
        session.screen.say(vault.words.text("ask.would-write", path=planned.path), dim=True)
        session.screen.say(planned.text)
        return
    path = scaffold.create(vault, planned)
    if not print_path:
        session.screen.say(vault.words.text("ask.laid-down", path=planned.path))
    _finish(session, vault, path, print_path=print_path, no_edit=no_edit)


def _another(session: Session, vault: Vault, there: Debrief) -> bool:
    """Ask whether the debrief that is there is meant, or another one. Raises where nobody can be asked."""
    from jobvault.errors import JobvaultError

    if not session.may_ask:
        raise JobvaultError(
            f"{there.path} is the debrief of this company, round and date already. Open that one, or make another with "
            "--at TIME or --role ROLE."
        )
    text = vault.words.text
    session.screen.note(text("ask.is-there", path=there.path))
    choices = (text("ask.open"), text("ask.another"))
    return session.choose(text("ask.which"), choices) == choices[1]


def _finish(session: Session, vault: Vault, path: Path, *, print_path: bool, no_edit: bool) -> None:
    """Open the note where somebody sits at the terminal, then bring the summaries up to date."""
    from jobvault.cli.summarize import complain

    if print_path:
        session.screen.say(path)
    elif not no_edit and session.may_ask and sys.stdout.isatty():
        session.edit(path)
    complain(session, vault.summarize().troubles)
