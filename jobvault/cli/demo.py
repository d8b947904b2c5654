"""``jobvault demo``: the sample vault, alive on any day."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from jobvault.cli.candidates import folders
from jobvault.cli.command import command as make
from jobvault.cli.session import Session, pass_session

EXAMPLES = """
jobvault demo
jobvault demo ~/tour
"""


@make("demo", examples=EXAMPLES)
@click.argument("path", default="jobvault-demo", type=click.Path(path_type=Path), shell_complete=folders)
@pass_session
def command(session: Session, path: Path) -> None:
    """Lay out a sample search and summarize it.

    Into a new folder, ./jobvault-demo where you name none. Its dates are shifted by whole weeks to now. A sample that
    is there from before is kept and summarized again.
    """
    from jobvault.actions.clock import today_in
    from jobvault.actions.demo import is_laid_out, lay_out
    from jobvault.actions.vault import open_vault
    from jobvault.vault.places import expanded

    root = expanded(path).absolute()
    day = session.day() or today_in("").date
    before = is_laid_out(root)
    if not before:
        lay_out(root, day)
    vault = open_vault(root, today=day)
    summary = vault.summarize()
    counts = vault.view("follow-ups").parts["counts"]
    mistakes = sum(1 for problem in summary.problems if problem.severity == "error")
    written = sum(1 for block in summary.blocks if block.state == "written")
    told = f'"{path}"' if os.name == "nt" else shlex.quote(str(path))
    say = session.screen.say
    say(f"{root} holds a fictional search: {len(vault.debriefs)} debriefs, {len(vault.people)} people met.", bold=True)
    if before:
        say("It is there from before: your changes were kept, its summaries brought up to date. Look into:")
    else:
        say(f"{written} summaries were just written from them. Look into:")
    say(f"  {path / 'Summaries' / 'Follow-ups.md'}   {counts['overdue']} overdue, {counts['this-week']} this week")
    say(f"  {path / 'Summaries' / 'Takeaways.md'}    what to do differently, repeats merged")
    say(f"  {path / 'Summaries' / 'Interviews.md'}   every round, how it felt, what came of it")
    say("In Obsidian: open the folder as a vault. Tick a box in Follow-ups.md, then summarize again.")
    say(f"  jobvault show follow-ups --vault {told}")
    say(f"  jobvault show takeaways --vault {told}")
    say(f"  jobvault check --vault {told}      {mistakes} mistake to find, and some near misses")
    say("Your own search: `jobvault init ~/job-search`, then `jobvault new`.")
