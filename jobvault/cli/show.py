"""``jobvault show``: any view in the terminal or as JSON."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

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
_FEWEST = 5
"""How few lines of today are shown, however small the terminal is."""


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

        example = session.runnable("jobvault show follow-ups")
        raise UsageError(f"Name a view: {', '.join(view_names())}. For example: {example}")
    show_view(session, view, asked, as_json=as_json)


def show_view(session: Session, view: str, asked: Mapping[str, str | None], *, as_json: bool = False) -> None:
    """Show a view; ``asked`` are its arguments as written, with days as people say them."""
    from dataclasses import replace

    from jobvault.actions.asked_for import check_known
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
    query = vault.query(**asked)
    check_known(vault, asked)
    answer = vault.ask(view, query)
    if as_json:
        session.screen.json(answer_json(answer))
        return
    face, more = vault.terminal_face(), session.runnable(_whole(view, asked))
    body = render_body(answer, face, vault.templates, more)
    lines = answer.parts.get("lines", 0) if session.screen.terminal else 0  # of a view that can do with fewer
    while lines > _FEWEST and (over := _beyond_the_screen(body)):
        lines = max(_FEWEST, lines - max(1, over // 2))  # most lines take two rows
        body = render_body(vault.ask(view, replace(query, lines=lines)), face, vault.templates, more)
    session.screen.markdown(body)


def _beyond_the_screen(body: Sequence[str]) -> int:
    """Return how many rows too many a text is for a terminal that shows the command above it and a prompt below it."""
    import shutil

    from jobvault.cli.page import WIDEST, plain_words, wrapped

    columns, rows = shutil.get_terminal_size()
    return max(0, sum(len(wrapped(plain_words(line), min(columns, WIDEST))) for line in body) + 2 - rows)


def _whole(view: str, asked: Mapping[str, str | None]) -> str:
    """Return the command that shows what a limit left out."""
    from jobvault.search.query import ARGUMENTS

    options = [f"--{name} {shlex.quote(value)}" for name in ARGUMENTS if (value := asked.get(name)) and name != "limit"]
    return " ".join([f"jobvault show {view}", *options])
