"""``jobvault show``: any view in the terminal or as JSON."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import json_option
from jobvault.cli.session import Session, pass_session

EXAMPLES = """
jobvault show follow-ups
jobvault show follow-ups --within 14 --company Acme
jobvault show takeaways --since "2 weeks ago"
jobvault show interviews --json
"""


@make("show", examples=EXAMPLES)
@click.argument("view", required=False)
@click.option("--company", metavar="NAME", help="Only this company.")
@click.option("--role", metavar="ROLE", help="Only this role.")
@click.option("--person", metavar="NAME", help="Only this person.")
@click.option("--since", metavar="DATE", help="Only debriefs from this day on.")
@click.option("--until", metavar="DATE", help="Only debriefs up to this day.")
@click.option("--within", metavar="DAYS", help="Follow-ups due within so many days; elsewhere the last so many days.")
@click.option("--limit", metavar="N", help="Show at most so many items.")
@json_option
@pass_session
def command(
    session: Session, /, view: str | None, since: str | None, until: str | None, as_json: bool, **asked: str | None
) -> None:
    """Show a view: what you owe, what you learned, whom you met.

    Views are attention, follow-ups, interviews, people, takeaways: the same answers as in your summary notes, with ids
    for `jobvault done`.
    """
    from jobvault.cli.dates import read_date
    from jobvault.errors import UsageError
    from jobvault.render.view import answer_json, render_body
    from jobvault.views import view_names

    if view is None:
        raise UsageError(f"Name a view: {', '.join(view_names())}. For example: jobvault show follow-ups")
    vault = session.open()
    today = vault.today.date
    bounds = {
        name: read_date(text, today, f"--{name}", prefer="past").isoformat()
        for name, text in (("since", since), ("until", until))
        if text
    }
    asked |= bounds
    answer = vault.view(view, **asked)
    if as_json:
        session.screen.json(answer_json(answer))
        return
    session.screen.markdown(render_body(answer, vault.terminal_face(), vault.templates, _whole(view, asked)))


def _whole(view: str, asked: Mapping[str, str | None]) -> str:
    """Return the command that shows what a limit left out."""
    options = [f"--{name} {shlex.quote(value)}" for name, value in asked.items() if value and name != "limit"]
    return " ".join([f"jobvault show {view}", *options])
