"""``jobvault completion``: what makes a shell complete what stands behind ``jobvault``."""

from __future__ import annotations

import os
import re
import sys

import click

from jobvault.cli.candidates import shells
from jobvault.cli.command import command as make
from jobvault.cli.session import Session, pass_session

EXAMPLES = """
jobvault completion
jobvault completion zsh
"""

_LINES = {
    "bash": 'eval "$(jobvault completion bash)"',
    "zsh": 'eval "$(jobvault completion zsh)"',
    "fish": "jobvault completion fish | source",
    "powershell": "jobvault completion powershell | Out-String | Invoke-Expression",
}
_FILES = {
    "bash": "~/.bash_profile" if sys.platform == "darwin" else "~/.bashrc",
    "zsh": "~/.zshrc",
    "fish": "~/.config/fish/config.fish",
    "powershell": "the file that $PROFILE names",
}
_ALSO = {"pwsh": "powershell"}


@make("completion", examples=EXAMPLES)
@click.argument("shell", required=False, shell_complete=shells)
@pass_session
def command(session: Session, shell: str | None) -> None:
    """Print a script that lets Tab complete commands, names and ids.

    SHELL is bash, zsh, fish or powershell. How to install the script stands at its top. Without SHELL, this says which
    one you have, and the line that it needs.
    """
    from jobvault.cli.shells import script

    if shell is None:
        _advise(session, _own())
    else:
        click.echo(script(_known(shell)).encode(), nl=False)


def _advise(session: Session, shell: str) -> None:
    """Say what to do for a shell."""
    say = session.screen.say
    say(f"Your shell is {shell}. Put this line at the end of {_FILES[shell]}, then open a new terminal:")
    say()
    say(f"  {_LINES[shell]}", bold=True)
    say()
    if shell == "bash":
        say("It needs bash 4.4 or later. The one that comes with macOS is 3.2: use zsh there, or `brew install bash`.")
    say(f"`jobvault completion {shell}` shows the script, and other ways at its top.")


def _own() -> str:
    """Return the shell that the person logs in with. Raises ``UsageError`` where that is none of ours."""
    login = os.environ.get("SHELL", "")
    if not login and os.name == "nt":
        return "powershell"
    return _known(re.split(r"[/\\]", login)[-1].removesuffix(".exe"))


def _known(shell: str) -> str:
    """Return the name of a shell. Raises ``UsageError`` where there is no script for it."""
    from jobvault.cli.shells import SCRIPTS
    from jobvault.errors import UsageError

    name = _ALSO.get(shell.lower(), shell.lower())
    if name in SCRIPTS:
        return name
    not_for = f", not for “{shell}”" if shell else ""
    raise UsageError(f"There is completion for {', '.join(SCRIPTS)}{not_for}. For example: jobvault completion bash")
