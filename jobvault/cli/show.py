"""``jobvault show``: any view in the terminal or as JSON."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

import click

from jobvault.cli.candidates import companies, past_days, people, roles, views
from jobvault.cli.command import VaultCommand, json_option
from jobvault.cli.session import Session, pass_session

EXAMPLES = """
jobvault show follow-ups
jobvault show follow-ups --within 14 --company Acme
jobvault show takeaways --since "2 weeks ago"
jobvault show interviews --json
"""


class _Show(VaultCommand):
    """Lists the views in its help: those that there are, looked for only when the help is read."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the views, then the options."""
        with formatter.section("Views"):
            formatter.write_dl([(item.value, item.help or "") for item in views(ctx, self.params[0], "")])
        super().format_options(ctx, formatter)


@click.command("show", cls=_Show, examples=EXAMPLES)
@click.argument("view", required=False, shell_complete=views)
@click.option("--company", metavar="NAME", shell_complete=companies, help="Only this company.")
@click.option("--role", metavar="ROLE", shell_complete=roles, help="Only this role.")
@click.option("--person", metavar="NAME", shell_complete=people, help="Only this person.")
@click.option("--since", metavar="DATE", shell_complete=past_days, help="Only debriefs from this day on.")
@click.option("--until", metavar="DATE", shell_complete=past_days, help="Only debriefs up to this day.")
@click.option("--within", metavar="DAYS", help="Follow-ups due within so many days; elsewhere the last so many days.")
@click.option("--limit", metavar="N", help="Show at most so many items.")
@json_option
@pass_session
def command(session: Session, /, view: str | None, as_json: bool, **asked: str | None) -> None:
    """Show a view: what you owe, what you learned, whom you met.

    The answers are the same as in your summary notes, with ids for `jobvault done`.
    """
    if view is None:
        from jobvault.errors import UsageError
        from jobvault.views import view_names

        raise UsageError(f"Name a view: {', '.join(view_names())}. For example: jobvault show follow-ups")
    show_view(session, view, asked, as_json=as_json)


def show_view(session: Session, view: str, asked: Mapping[str, str | None], *, as_json: bool = False) -> None:
    """Show a view; ``asked`` are its arguments as written, with days as people say them."""
    from jobvault.cli.dates import read_date
    from jobvault.render.view import answer_json, render_body

    vault = session.open()
    today = vault.today.date
    bounds = {
        name: read_date(text, today, f"--{name}", prefer="past").isoformat()
        for name in ("since", "until")
        if (text := asked.get(name))
    }
    asked = {**asked, **bounds}
    answer = vault.view(view, **asked)
    if as_json:
        session.screen.json(answer_json(answer))
        return
    session.screen.markdown(render_body(answer, vault.terminal_face(), vault.templates, _whole(view, asked)))


def _whole(view: str, asked: Mapping[str, str | None]) -> str:
    """Return the command that shows what a limit left out."""
    from jobvault.search.query import ARGUMENTS

    options = [f"--{name} {shlex.quote(value)}" for name in ARGUMENTS if (value := asked.get(name)) and name != "limit"]
    return " ".join([f"jobvault show {view}", *options])
