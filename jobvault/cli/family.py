"""Commands that belong together under one word, as ``jobvault letter draft``; each is loaded when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from jobvault.cli.command import shared_options


class Group(click.Group):
    """Commands that are loaded when they are called; for a name that is none, it says which one may be meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not near or "Did you mean" in error.message:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from error


class Family(Group):
    """The commands ``jobvault NAME …``: that called ``draft`` is ``jobvault/cli/NAME/draft.py``."""

    def __init__(self, name: str, members: Sequence[str], about: str) -> None:
        """Make a group of commands. ``about`` says in a sentence what they are for."""
        super().__init__(name, help=about, no_args_is_help=True)
        self.members = tuple(members)
        self.params.extend(shared_options())

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of its commands, in the order in which they are used."""
        del ctx
        return list(self.members)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        del ctx
        if cmd_name not in self.members:
            return None
        found = import_module(f"jobvault.cli.{self.name}.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def get_short_help_str(self, limit: int = 100) -> str:
        """Return the purpose, whole."""
        return super().get_short_help_str(limit)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their purposes, each whole."""
        found: list[Any] = [(name, self.get_command(ctx, name)) for name in self.members]
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(70)) for name, command in found if command])
