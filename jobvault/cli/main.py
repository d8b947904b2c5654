"""The program: its commands in groups, loaded when they are called, and what becomes of errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import click

from jobvault import __version__
from jobvault.cli.command import shared_options
from jobvault.cli.family import Group
from jobvault.cli.session import Session
from jobvault.errors import JobvaultError, NoVaultError

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Every day": ("new", "apply", "add", "done", "heard", "set", "edit", "open", "show", "summarize", "watch"),
    "Letters": ("letter",),
    "Practice": (),
    "Care": ("undo", "init", "demo", "check", "conflicts", "inspect", "export", "schema", "completion"),
}
"""The commands, by what they are for; ``new`` is ``jobvault/cli/new.py``."""
COMPLETE_VARIABLE = "_JOBVAULT_COMPLETE"
"""The environment variable in which a shell's script asks; its name is click's, made from the program's."""


class Program(Group):
    """Loads a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return [name for names in GROUPS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = import_module(f"jobvault.cli.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in their groups."""
        for title, names in GROUPS.items():
            rows = [(name, found.get_short_help_str(70)) for name in names if (found := self.get_command(ctx, name))]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def _version(context: click.Context, _parameter: click.Parameter, value: object) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"jobvault {__version__}")
        context.exit()


@click.command(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def program(context: click.Context) -> None:
    """Write a note after each interview; jobvault keeps takeaways and follow-ups true.

    Your notes are plain Markdown in a folder you own. Start with `jobvault demo`, then `jobvault init`. From then on
    `jobvault` alone shows what matters today.
    """
    if context.invoked_subcommand is None:
        _today(context)


def _today(context: click.Context) -> None:
    """Show today. Where there is no vault yet, the help comes first: somebody new needs that."""
    from jobvault.cli.show import show_view

    try:
        show_view(context.ensure_object(Session), "today", {})
    except NoVaultError as error:
        if not error.named:
            click.echo(f"{context.get_help()}\n", err=True)
        raise


program.params.extend(shared_options())


def run(arguments: Sequence[str]) -> int:  # noqa: PLR0911 - one for each way to end
    """Run the program; returns the exit code: 0, 1 for errors, 2 for wrong usage. No traceback reaches a user."""
    session = Session(arguments=tuple(arguments))
    colour = session.screen.colour or None
    _meet_the_shell()
    try:
        result = program.main(list(arguments), "jobvault", standalone_mode=False, obj=session, color=colour)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except JobvaultError as error:
        named_itself = isinstance(error, NoVaultError)
        session.screen.note(f"jobvault: {error if named_itself else session.led_back(error)}")
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        session.screen.note(f"jobvault: {error.strerror or error}" + (f": {error.filename}" if error.filename else ""))
        return 1
    except Exception as error:  # noqa: BLE001 - the last net: no traceback reaches a user
        return _unexpected(error)


def _meet_the_shell() -> None:
    """Where a shell asks what may stand on its line, answer it in its own grammar."""
    if COMPLETE_VARIABLE in os.environ:
        from jobvault.cli.shells import register

        register()


def _unexpected(error: Exception) -> int:
    """Log what nobody expected to a file, and say where."""
    import traceback

    text = "".join(traceback.format_exception(error))
    try:
        path = _log_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"jobvault {__version__}, Python {sys.version}\n{text}", encoding="utf-8", errors="replace")
        where = f"The details are in {path}"
    except OSError:
        where = "The details could not be written to a file"
    click.echo(f"jobvault: something went wrong that should not: {type(error).__name__}. {where}.", err=True)
    return 1


def _log_file() -> Path:
    from jobvault.actions.clock import now
    from jobvault.vault.places import state_dir

    return state_dir() / "errors" / f"{now():%Y%m%dT%H%M%S}-{os.getpid()}.log"
