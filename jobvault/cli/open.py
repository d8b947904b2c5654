"""``jobvault open``: open a note in Obsidian."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.session import Session, pass_session
from jobvault.cli.which import note_asked_for, query_candidates

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = """
jobvault open
jobvault open acme
jobvault open follow-ups
jobvault open acme technical --print
"""
_PATIENCE = 3.0
"""Seconds in which an opener says that it cannot; one that found Obsidian may go on as long as that runs."""


@make("open", examples=EXAMPLES)
@click.argument("query", nargs=-1, shell_complete=query_candidates)
@click.option("--print", "print_url", is_flag=True, help="Print the obsidian:// address and open nothing.")
@pass_session
def command(session: Session, query: tuple[str, ...], print_url: bool) -> None:
    """Open a note in Obsidian; the last debrief without a QUERY.

    QUERY is a company (its latest debrief), a person, a round, a day, the id of a follow-up, or a part of a note's name
    or path.
    """
    from jobvault.errors import JobvaultError

    vault = session.open()
    meant = note_asked_for(session, vault, query)
    url = obsidian_url(vault.root / meant.path)
    if print_url:
        session.screen.say(url)
        return
    if not is_obsidian(vault.root):
        session.screen.note(
            "There is no .obsidian folder here. Obsidian opens notes only of vaults that it knows, so open this folder "
            "there once."
        )
    if not launch(url):
        raise JobvaultError(f"Nothing on this computer opens {url}. Install Obsidian, or use `jobvault edit`.")
    session.screen.say(f"Opened {meant.path} in Obsidian.")


def obsidian_url(path: Path) -> str:
    """Return the address of a note: ``obsidian://open?path=``, its absolute path percent-encoded (RFC 3986).

    The parameters are those of Obsidian's help, “Obsidian URI”.
    """
    from urllib.parse import quote

    return f"obsidian://open?path={quote(str(path.absolute()), safe='')}"


def is_obsidian(root: Path) -> bool:
    """Whether a folder is a vault of Obsidian's, or lies in one."""
    return any((folder / ".obsidian").is_dir() for folder in (root, *root.absolute().parents))


def launch(url: str) -> bool:
    """Open an address with the program that the system has for it; tells whether there is one."""
    if sys.platform.startswith("linux"):
        return _launch_quietly(["xdg-open", url])
    return click.launch(url) == 0


def _launch_quietly(arguments: list[str]) -> bool:
    """Start an opener without its words; ``click.launch`` would not wait for what it has to say about failures."""
    import subprocess

    silent = subprocess.DEVNULL
    try:
        opener = subprocess.Popen(  # noqa: S603 - the address is percent-encoded
            arguments, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
        return opener.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
