"""What a command is called with: vault, day, whether it may ask; and how it talks to the person."""

from __future__ import annotations

import datetime as dt
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.screen import Screen

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault


@dataclass
class Session:
    """The options that all commands share, wherever on the line they stood, and the terminal."""

    vault_path: Path | None = None
    today_words: str | None = None
    no_input: bool = False
    screen: Screen = field(default_factory=Screen)

    @property
    def may_ask(self) -> bool:
        """Whether there is a terminal to ask on, and nobody said no."""
        return not self.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    def day(self) -> dt.date | None:
        """Return the day that ``--today`` names."""
        if self.today_words is None:
            return None
        from jobvault.cli.dates import read_date

        return read_date(self.today_words, dt.date.today(), "--today")

    def open(self) -> Vault:
        """Open the vault: ``--vault``, ``JOBVAULT_DIR``, the nearest parent folder, the default vault."""
        from jobvault.actions.vault import open_vault
        from jobvault.vault.places import find_vault

        return open_vault(find_vault(self.vault_path, Path.cwd(), os.environ), today=self.day())


pass_session = click.make_pass_decorator(Session, ensure=True)
