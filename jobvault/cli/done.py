"""``jobvault done``: tick follow-ups by id or words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import follow_ups, past_days
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option, json_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.done import Ticked
    from jobvault.model import Status

EXAMPLES = """
jobvault done k7f
jobvault done portfolio dana
jobvault done k7f m2x --on yesterday
jobvault done portfolio --undo
"""


@make("done", examples=EXAMPLES)
@click.argument("query", nargs=-1, required=True, shell_complete=follow_ups)
@click.option("--on", metavar="DATE", shell_complete=past_days, help="When it was done. [default: today]")
@click.option("--undo", is_flag=True, help="Open it again.")
@click.option("--cancel", is_flag=True, help="Cancel it: it is no longer needed.")
@dry_run_option
@json_option
@pass_session
def command(
    session: Session, query: tuple[str, ...], on: str | None, undo: bool, cancel: bool, dry_run: bool, as_json: bool
) -> None:
    """Tick follow-ups: each QUERY an id, or all of them together words.

    The box is ticked where the follow-up stands, with the date behind it; then the summaries are brought up to date.
    Where several could be meant, they are listed and nothing is done.
    """
    from jobvault.actions.done import find, tick
    from jobvault.cli.dates import read_date
    from jobvault.cli.summarize import complain
    from jobvault.errors import UsageError

    if undo and cancel:
        raise UsageError("--undo and --cancel exclude each other.")
    if undo and on:
        raise UsageError("--on says when it was done, so it does not go with --undo.")
    vault = session.open()
    status: Status = "open" if undo else "cancelled" if cancel else "done"
    day = None if undo else read_date(on, vault.today.date, "--on", prefer="past") if on else vault.today.date
    ticked = tick(vault, find(vault, query, status), status, day, dry_run=dry_run)
    if as_json:
        session.screen.json({"done": [ticked_item(one) for one in ticked]})
    else:
        for one in ticked:
            _show(session, one, dry_run=dry_run)
    if not dry_run and any(one.changed for one in ticked):
        complain(session, vault.summarize().troubles)


def ticked_item(one: Ticked) -> dict[str, object]:
    """Return a follow-up that was ticked as JSON has it."""
    from jobvault.render.view import to_json

    names = ("id", "text", "status", "due", "people", "company", "path", "line", "done", "cancelled")
    return {**{name: to_json(getattr(one.item, name)) for name in names}, "changed": one.changed}


def _show(session: Session, one: Ticked, *, dry_run: bool) -> None:
    screen, item = session.screen, one.item
    if not one.changed:
        screen.say(f"{item.text}: {item.status} already ({item.path}:{item.line})")
        return
    if dry_run:
        screen.say(f"{item.path}:{item.line}")
        screen.say(f"- {one.old.rstrip()}", fg="red")
        screen.say(f"+ {one.new.rstrip()}", fg="green")
        return
    verb = {"done": "Done", "cancelled": "Cancelled"}.get(item.status, "Open again")
    screen.say(f"{verb}: {item.text} · {item.path}:{item.line}")
