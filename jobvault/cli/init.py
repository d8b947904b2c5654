"""``jobvault init``: make a folder a vault."""

from __future__ import annotations

import os
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
@click.option("--default/--no-default", default=None, help="Make it, or not, the vault used where none is named.")
@dry_run_option
@pass_session
def command(session: Session, path: Path | None, default: bool | None, dry_run: bool) -> None:
    """Make a folder a vault: a new one, or your Obsidian vault.

    Lays down jobvault.yaml with every key commented, a folder for debriefs and one for summaries with three notes.
    Overwrites nothing; running it again is harmless.
    """
    from jobvault.actions.initialize import lay_down

    named = (path or session.vault_path or Path.cwd()).expanduser()
    root = Path(os.path.abspath(named))  # noqa: PTH100 - resolve() would follow links
    laid = lay_down(root, dry_run=dry_run)
    screen = session.screen
    for name in laid.made:
        screen.say(f"{'would make' if dry_run else 'made'} {name}")
    screen.say(f"{root} {'is' if not laid.made else 'would be' if dry_run else 'is now'} a vault.", bold=True)
    if dry_run:
        return
    for name, view in laid.foreign:
        screen.say(f"kept {name} as it is. To have {view} summed up in it, put these two lines there:")
        screen.say(f"<!-- jobvault:begin {view} -->\n<!-- jobvault:end -->")
    _offer_default(session, root, default)
    if laid.made:
        screen.say("Next: `jobvault new COMPANY` lays down the first debrief.")


def _offer_default(session: Session, root: Path, wanted: bool | None) -> None:
    """Make it the default vault where that is wanted, or said so when asked."""
    from jobvault.errors import JobvaultError
    from jobvault.vault.places import default_vault, set_default_vault

    known = default_vault()
    if wanted is None and session.may_ask and known != root:
        instead = f" instead of {known}" if known else ""
        wanted = session.confirm(f"Use it wherever no vault is named{instead}?", default=known is None)
    if not wanted:
        return
    try:
        set_default_vault(root)
    except OSError as error:
        raise JobvaultError(f"It could not be made the default vault: {error.strerror} ({error.filename}).") from error
    session.screen.say("It is the default vault now.")
