"""``jobvault inspect``: what is read in a note, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import json_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.inspect import Inspection
    from jobvault.actions.vault import Vault

_WIDEST = 32
"""The widest that the middle column gets."""

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
    from jobvault.errors import NotFoundError

    found: list[Inspection] = []
    for path in paths:
        try:
            found.append(_inspected(session, path))
        except NotFoundError as error:
            session.screen.note(f"jobvault: {error}")
    if as_json:
        session.screen.json({"notes": [json_of(one) for one in found]})
    else:
        for index, one in enumerate(found):
            if index:
                session.screen.say()
            _show(session, one)
    if len(found) < len(paths):
        click.get_current_context().exit(NotFoundError.exit_code)


def _inspected(session: Session, path: Path) -> Inspection:
    """Inspect a note with the words and settings of the vault it lies in, else of the one that is open."""
    from jobvault.actions.inspect import inspect
    from jobvault.actions.vault import load_words
    from jobvault.notes.reading import ReadingRules

    vault = _vault(session, path)
    place, name = (path, path.as_posix()) if vault is None else _place(path, vault)
    return inspect(place, name, vault.rules if vault else ReadingRules(load_words()))


def _vault(session: Session, path: Path) -> Vault | None:
    """Return the vault to read a file by; there may well be none."""
    from jobvault.actions.vault import open_vault
    from jobvault.errors import NoVaultError
    from jobvault.vault.places import is_vault

    if session.vault_path is None:
        around = next((folder for folder in path.absolute().parents if is_vault(folder)), None)
        if around is not None:
            return open_vault(around, today=session.day())
    try:
        return session.open()
    except NoVaultError:
        if session.vault_path is not None:
            raise
        return None


def _place(path: Path, vault: Vault) -> tuple[Path, str]:
    """Return where the file is, and how it is named: relative to the vault where it lies in it."""
    here = next((place for place in (path, vault.root / path) if place.exists()), path)
    real, root = here.parent.resolve() / here.name, vault.root.resolve()
    return here, real.relative_to(root).as_posix() if real.is_relative_to(root) else path.as_posix()


def _show(session: Session, found: Inspection) -> None:
    """Show each line in one row: its number, what it is read as, its words (cut to the terminal's width)."""
    from jobvault.actions.inspect_lines import UNREAD, rows, verdict

    screen = session.screen
    screen.say(verdict(found), bold=True)
    table = list(rows(found))
    width = min(max((len(what) for _, what, _ in table), default=0), _WIDEST if screen.width > 2 * _WIDEST else 14)
    room = screen.width - width - 9 if screen.terminal else None
    for number, what, words in table:
        meaning = screen.style(f"{_cut(what, width):{width}}", fg="cyan" if what != UNREAD else None)
        screen.say(f"{number:5}  ", meaning, f"  {_cut(words, room)}")
    for problem in found.problems:
        place = found.path if problem.line is None else f"{found.path}:{problem.line}"
        screen.say(f"{place}: {problem.severity}: {problem.message}" + (f". {problem.hint}" if problem.hint else ""))


def _cut(text: str, width: int | None) -> str:
    """Cut a text to so many columns of a terminal, at least a few."""
    if width is None or len(text) * 2 <= width:
        return text
    from rich.cells import cell_len, set_cell_size

    most = max(width, 12)
    return text if cell_len(text) <= most else set_cell_size(text, most - 1).rstrip() + "…"
