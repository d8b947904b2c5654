"""``jobvault edit``: open a note in the editor, and bring the summaries up to date when it closes."""

from __future__ import annotations

import click

from jobvault.cli.command import command as make
from jobvault.cli.session import Session, pass_session
from jobvault.cli.which import note_asked_for, query_candidates

EXAMPLES = """
jobvault edit
jobvault edit acme
jobvault edit dana
jobvault edit k7f
jobvault edit acme technical --print-path
"""


@make("edit", examples=EXAMPLES)
@click.argument("query", nargs=-1, shell_complete=query_candidates)
@click.option("--print-path", is_flag=True, help="Print the note's path and nothing else; open nothing.")
@pass_session
def command(session: Session, query: tuple[str, ...], print_path: bool) -> None:
    """Open a note in your editor; the last debrief without a QUERY.

    QUERY is a company (its latest debrief), a person, a round, a day, the id of a follow-up (opened at its line), or a
    part of a note's name or path. The editor is $JOBVAULT_EDITOR, $VISUAL or $EDITOR. When it closes, the summaries
    are brought up to date.
    """
    from jobvault.cli.summarize import complain

    vault = session.open()
    meant = note_asked_for(session, vault, query)
    path = vault.root / meant.path
    if print_path or session.no_input:
        session.screen.say(path)
        return
    went_well = session.edit(path, meant.line)
    complain(session, vault.summarize().troubles)
    if not went_well:
        click.get_current_context().exit(1)
