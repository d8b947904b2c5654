"""``jobvault init``: make a folder a vault."""

from __future__ import annotations

from pathlib import Path

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session

EXAMPLES = """
jobvault init ~/job-search
jobvault init . --dry-run
jobvault init ~/obsidian --default
"""


@make("init", examples=EXAMPLES)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--default/--no-default", "default", default=None, help="Make it, or not, the vault used where none is named.")
@dry_run_option
@pass_session
def command(session: Session, path: Path | None, default: bool | None, dry_run: bool) -> None:
    """Make a vault in an empty or existing folder (an Obsidian vault too).

    Lays down jobvault.yaml with every key commented, a folder for debriefs and one for summaries with three notes.
    Overwrites nothing; running it again is harmless.
    """
    from jobvault.actions.initialize import lay_down
    from jobvault.vault.places import default_vault, set_default_vault

    root = (path or session.vault_path or Path.cwd()).expanduser().absolute()
    laid = lay_down(root, dry_run=dry_run)
    screen = session.screen
    for name in laid.made:
        screen.say(f"{'would make' if dry_run else 'made'} {name}")
    screen.say(f"{root} {'is' if not laid.made else 'would be' if dry_run else 'is now'} a vault.")
    if dry_run:
        return
    known = default_vault()
    if default is None and session.may_ask and known != root:
        instead = f" instead of {known}" if known else ""
        default = click.confirm(f"Use it wherever no vault is named{instead}?", default=known is None, err=True)
    if default:
        set_default_vault(root)
        screen.say("It is the default vault now.")
    if laid.made:
        screen.say("Next: `jobvault new COMPANY` lays down the first debrief.")
