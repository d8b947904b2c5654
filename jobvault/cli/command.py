"""The shape that all commands share: options that may stand before or after the command, help with examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from jobvault.cli.candidates import folders, near_days
from jobvault.cli.session import Session

F = TypeVar("F", bound=Callable[..., Any])


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value not in (None, False):
            setattr(context.ensure_object(Session), name, value)

    return callback


def shared_options() -> list[click.Option]:
    """Return fresh instances of the options that every command and the program itself take."""
    return [
        click.Option(
            ["--vault"],
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_keep("vault_path"),
            metavar="PATH",
            shell_complete=folders,
            help="The vault to work in. [default: JOBVAULT_DIR, the nearest parent folder that is one, your default]",
        ),
        click.Option(
            ["--today"],
            expose_value=False,
            callback=_keep("today_words"),
            metavar="DATE",
            shell_complete=near_days,
            help="Take this day for today.",
        ),
        click.Option(
            ["--no-input"], is_flag=True, expose_value=False, callback=_keep("no_input"), help="Never ask anything."
        ),
    ]


class VaultCommand(click.Command):
    """A command of jobvault: takes the shared options too, and shows its examples under its help."""

    def __init__(self, *args: Any, examples: str = "", **kwargs: Any) -> None:
        """Add the shared options behind the command's own."""
        super().__init__(*args, **kwargs)
        self.examples = examples
        own = {name for parameter in self.params for name in parameter.opts}
        self.params.extend(option for option in shared_options() if not own & set(option.opts))

    def get_short_help_str(self, limit: int = 100) -> str:
        """Return the purpose: whole, as the shells show it, where click would cut it to 45 characters."""
        return super().get_short_help_str(limit)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        del ctx
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples.strip().splitlines():
                    formatter.write(f"  {line.strip()}\n" if line.strip() else "\n")


def command(name: str, *, examples: str) -> Callable[[Callable[..., Any]], VaultCommand]:
    """Make a function a command of jobvault. ``examples`` holds one command line a line."""

    def decorate(function: Callable[..., Any]) -> VaultCommand:
        made = click.command(name, cls=VaultCommand, examples=examples)(function)
        assert isinstance(made, VaultCommand)  # noqa: S101 - click gives back what it was told to make
        return made

    return decorate


def json_option(function: F) -> F:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")(function)


def dry_run_option(function: F) -> F:
    """Add ``--dry-run``."""
    return click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")(function)
