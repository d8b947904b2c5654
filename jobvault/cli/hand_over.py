"""A note that has been laid down, or was there already: into the person's hands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.cli.session import Session


def hand_over(session: Session, vault: Vault, path: Path, *, print_path: bool, no_edit: bool) -> None:
    """Open the note where somebody sits at the terminal, then bring the summaries up to date."""
    from jobvault.cli.summarize import complain

    if print_path:
        session.screen.say(path)
    elif not no_edit and session.may_ask and sys.stdout.isatty():
        session.edit(path)
    complain(session, vault.summarize().troubles)
