"""``jobvault inspect``: what is read in a note, line by line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import json_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.inspect import Inspection
    from jobvault.actions.vault import Vault

EXAMPLES = """
jobvault inspect "Debriefs/2026-11-23 Acme panel.md"
jobvault inspect notes.md --json
"""


@make("inspect", examples=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@pass_session
def command(session: Session, paths: tuple[Path, ...], as_json: bool) -> None:
    """Show what jobvault reads in a note, line by line.

    For when something does not show up where you expect it. Takes any Markdown file, in a vault or not.
    """
    from jobvault.actions.inspect import as_json as json_of
    from jobvault.actions.inspect import inspect
    from jobvault.actions.vault import load_words
    from jobvault.notes.reading import ReadingRules

    vault = _vault(session)
    rules = vault.rules if vault else ReadingRules(load_words())
    found = [inspect(*_place(path, vault), rules) for path in paths]
    if as_json:
        session.screen.json({"notes": [json_of(one) for one in found]})
        return
    for index, one in enumerate(found):
        if index:
            session.screen.say()
        _show(session, one)


def _vault(session: Session) -> Vault | None:
    """Return the vault around; a file may well be in none."""
    from jobvault.errors import NoVaultError

    try:
        return session.open()
    except NoVaultError:
        if session.vault_path is not None:
            raise
        return None


def _place(path: Path, vault: Vault | None) -> tuple[Path, str]:
    """Return where the file is, and how it is named: relative to the vault where it lies in it."""
    places = [path] if vault is None or path.is_absolute() else [path, vault.root / path]
    here = next((place for place in places if place.exists()), path)
    if vault is not None:
        real, root = os.path.abspath(here), os.path.abspath(vault.root)
        if real.startswith(os.path.join(root, "")):
            return here, Path(os.path.relpath(real, root)).as_posix()
    return here, path.as_posix()


def _show(session: Session, found: Inspection) -> None:
    from jobvault.actions.inspect import rows, verdict

    screen = session.screen
    screen.say(verdict(found), bold=True)
    table = list(rows(found))
    width = min(max((len(what) for _, what, _ in table), default=0), 44)
    for number, what, words in table:
        screen.say(f"{number:5}  {screen.style(f'{what[:44]:{width}}', fg='cyan' if what != '-' else None)}  {words}")
    for problem in found.reading.problems:
        place = found.path if problem.line is None else f"{found.path}:{problem.line}"
        screen.say(f"{place}: {problem.severity}: {problem.message}" + (f". {problem.hint}" if problem.hint else ""))
