"""``jobvault export ics``: interviews and what is due, for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import companies, files, past_days
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.exporting import Calendar

EXAMPLES = """
jobvault export ics -o ~/jobsearch.ics
jobvault export ics --company Acme --no-alarms > acme.ics
"""


@make("ics", examples=EXAMPLES)
@click.option("-o", "--output", metavar="FILE", shell_complete=files, help="Write this file, not standard output.")
@click.option("--company", metavar="NAME", shell_complete=companies, help="Only this company.")
@click.option("--since", metavar="DATE", shell_complete=past_days, help="Only what is on this day or later.")
@click.option("--no-alarms", is_flag=True, help="Leave alarms out.")
@click.option("--force", is_flag=True, help="Replace a file that is no calendar of jobvault's.")
@dry_run_option
@pass_session
def command(
    session: Session,
    output: str | None,
    company: str | None,
    since: str | None,
    no_alarms: bool,
    force: bool,
    dry_run: bool,
) -> None:
    """Write your interviews, and what is due, as a calendar.

    The file is iCalendar, which every calendar program reads. An event keeps its identity, so importing the file again
    moves what was put off and doubles nothing.
    """
    from jobvault.actions.asked_for import check_known
    from jobvault.actions.exporting import calendar, write_calendar
    from jobvault.cli.dates import read_date
    from jobvault.vault.places import expanded

    vault = session.open()
    from_day = read_date(since, vault.today.date, "--since", prefer="past") if since else None
    check_known(vault, {"company": company})
    made = calendar(vault, vault.query(company=company, since=from_day), alarms=not no_alarms)
    if made.undated:
        session.screen.note(f"Left out for want of a date: {_counted(made.undated, 'interview')}.")
    if output not in (None, "-"):
        file = expanded(output)
        changed = write_calendar(vault, made, file, force=force, dry_run=dry_run)
        session.screen.say(f"{_said(changed, dry_run=dry_run).format(file)}: {_contents(made)}.")
    elif dry_run:
        session.screen.say(f"Would write: {_contents(made)}.")
    else:
        click.echo(made.data, nl=False)


def _said(changed: bool, *, dry_run: bool) -> str:
    if not changed:
        return "{} is up to date"
    return "Would write {}" if dry_run else "Wrote {}"


def _contents(made: Calendar) -> str:
    counted = [_counted(made.counts[kind], kind) for kind in ("interview", "follow-up", "letter") if made.counts[kind]]
    return ", ".join(counted) or "no events yet"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
