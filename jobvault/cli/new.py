"""``jobvault new``: lay down a debrief, open it, summarize when the editor closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jobvault.cli.candidates import companies, files, formats, near_days, people, roles, rounds, tags, templates
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from jobvault.actions.scaffold import Request, Scaffold
    from jobvault.actions.vault import Vault
    from jobvault.cli.request import Given
    from jobvault.model import Debrief

EXAMPLES = """
jobvault new
jobvault new Acme --round technical --on yesterday --with "Dana Reyes, VP Engineering"
jobvault new Acme --round panel --on 2026-11-25 --at 14:30 --format video
jobvault new --from invite.ics
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
@click.option(
    "--from",
    "invitation",
    metavar="FILE.ics",
    shell_complete=files,
    help="Take company, day, round and people from an invitation; - reads standard input.",
)
@click.option("--event", type=int, metavar="N", help="Which event of the invitation, where it holds several.")
@click.option("--ask", is_flag=True, help="Ask five short questions, and write the debrief from your answers.")
@click.option("--print-path", is_flag=True, help="Print the note's path and nothing else; open nothing.")
@click.option("--no-edit", is_flag=True, help="Do not open the editor.")
@dry_run_option
@pass_session
def command(
    session: Session,
    /,
    ask: bool,
    invitation: str | None,
    event: int | None,
    print_path: bool,
    no_edit: bool,
    dry_run: bool,
    **given: Any,
) -> None:
    """Lay down a debrief for an interview that was, or is to come.

    Asks for what is missing when you sit at a terminal. Opens your editor ($JOBVAULT_EDITOR, $VISUAL or $EDITOR), and
    brings the summaries up to date when it closes. Never overwrites a note.

    With --from it reads an invitation, and asks where that is not sure. What you say on the line goes before it.

    With --ask it asks what a debrief is made of; what you say goes into the debrief that is there, or a new one. Ctrl-C
    keeps what you said.
    """
    from jobvault.actions import scaffold
    from jobvault.cli.hand_over import hand_over
    from jobvault.cli.request import Form, Given

    _check(ask=ask, invitation=invitation, event=event)
    if ask:
        from jobvault.cli.ask import ask_and_keep

        ask_and_keep(session, Given(**given), print_path=print_path, no_edit=no_edit, dry_run=dry_run)
        return
    vault = session.open()
    if invitation is None:
        request = scaffold.settled(vault, Form(session, vault, Given(**given)).completed())
        there = scaffold.same_interview(vault, request)
    else:
        request, there = _invited(session, vault, Given(**given), invitation, event)
    if there is not None and not _another(session, vault, there, invited=invitation is not None):
        place = _opened(session, vault, there, dry_run=dry_run)
    else:
        place = _laid_down(session, vault, scaffold.plan(vault, request), dry_run=dry_run, print_path=print_path)
    if place is not None:
        hand_over(session, vault, place, print_path=print_path, no_edit=no_edit)


def _opened(session: Session, vault: Vault, there: Debrief, *, dry_run: bool) -> Path | None:
    """Return where the debrief is that is there; with ``dry_run`` only say it."""
    if not dry_run:
        return vault.root / there.path
    session.screen.say(vault.words.text("ask.would-open", path=there.path), dim=True)
    return None


def _laid_down(session: Session, vault: Vault, planned: Scaffold, *, dry_run: bool, print_path: bool) -> Path | None:
    """Write a new debrief, say so, and return where it is; with ``dry_run`` only show it."""
    from jobvault.actions import scaffold

    if dry_run:
        session.screen.say(vault.words.text("ask.would-write", path=planned.path), dim=True)
        session.screen.say(planned.text)
        return None
    path = scaffold.create(vault, planned)
    if not print_path:
        session.screen.say(vault.words.text("ask.laid-down", path=planned.path))
    return path


def _check(*, ask: bool, invitation: str | None, event: int | None) -> None:
    """Raise ``UsageError`` for options that do not go together."""
    from jobvault.errors import UsageError

    if ask and invitation is not None:
        raise UsageError(
            "--ask and --from do not go together: lay the debrief down first, then call jobvault new --ask."
        )
    if event is not None and invitation is None:
        raise UsageError("--event says which event of an invitation is meant, so it needs --from FILE.ics.")


def _invited(
    session: Session, vault: Vault, given: Given, invitation: str, event: int | None
) -> tuple[Request, Debrief | None]:
    """Return what an invitation asks to be laid down, and the debrief of that interview where there is one."""
    from jobvault.actions.invited import same_as_invited
    from jobvault.cli.invited import Asked, request_from, say_if_moved

    request = request_from(session, vault, given, Asked(invitation, event))
    there = same_as_invited(vault, request)
    say_if_moved(session, vault, request, there)
    return request, there


def _another(session: Session, vault: Vault, there: Debrief, *, invited: bool) -> bool:
    """Ask whether the debrief that is there is meant, or another one. Raises where nobody can be asked."""
    from jobvault.errors import JobvaultError

    if not session.may_ask:
        raise JobvaultError(
            f"{there.path} is the debrief of this company, round and date already. Open that one, or make another with "
            f"{'--round ROUND' if invited else '--at TIME'} or --role ROLE."
        )
    text = vault.words.text
    session.screen.note(text("ask.is-there", path=there.path))
    choices = (text("ask.open"), text("ask.another"))
    return session.choose(text("ask.which"), choices) == choices[1]
