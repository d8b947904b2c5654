"""``jobvault undo``: take back what a command wrote, and see what can be taken back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import undone_notes, written_commands
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option, json_option
from jobvault.cli.screen import safe
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.undo import TakenBack
    from jobvault.actions.undo_restore import Restore
    from jobvault.actions.vault import Vault

EXAMPLES = """
jobvault undo
jobvault undo --list
jobvault undo 7f3a --dry-run
jobvault undo 7f3a --print "Debriefs/2026-11-20 Acme panel.md"
"""

_LISTED = 20


@make("undo", examples=EXAMPLES)
@click.argument("command_id", metavar="[COMMAND]", required=False, default="", shell_complete=written_commands)
@click.option("--list", "listed", is_flag=True, help="List what was written, the newest first; write nothing.")
@click.option("-n", "--limit", type=int, metavar="N", help=f"List at most so many. [default: {_LISTED}]")
@click.option("--all", "every", is_flag=True, help="List what only brought summaries up to date too.")
@click.option(
    "--print", "note", metavar="NOTE", shell_complete=undone_notes, help="Print a note's text from before, as it was."
)
@dry_run_option
@json_option
@pass_session
def command(
    session: Session,
    command_id: str,
    listed: bool,
    limit: int | None,
    every: bool,
    note: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take back what the last command wrote, in all of its notes.

    COMMAND is the id of an older one, as listed. Again takes back the one before. Where a note has changed since,
    nothing is written. What was taken back can be had again: by the id that is named then.
    """
    _refuse_what_does_not_go_together(command_id, note, limit, listed=listed, every=every, other=dry_run or as_json)
    vault = _open(session)
    where = session.where
    if listed:
        from jobvault.cli.undo_list import show_list

        show_list(session.screen, vault, limit or _LISTED, every=every, as_json=as_json, where=where)
    elif note is not None:
        _print(session, vault, command_id, note)
    else:
        _take_back(session, vault, command_id, where, dry_run=dry_run, as_json=as_json)


def _refuse_what_does_not_go_together(
    command_id: str, note: str | None, limit: int | None, *, listed: bool, every: bool, other: bool
) -> None:
    from jobvault.errors import UsageError

    if (every or limit is not None) and not listed:
        raise UsageError("--all and --limit go with --list.")
    if limit is not None and limit < 1:
        raise UsageError("--limit: 1 is the least.")
    if listed and (command_id or note is not None):
        raise UsageError("--list takes no COMMAND and does not go with --print.")
    if note is not None and other:
        raise UsageError("--print goes with no other option.")


def _print(session: Session, vault: Vault, command_id: str, note: str) -> None:
    """Give a note's old bytes as they were; on a terminal, what could steer it is made harmless."""
    from jobvault.actions.undo_texts import old_bytes

    data = old_bytes(vault, command_id, note)
    if session.screen.terminal:
        click.echo(safe(data.decode("utf-8", "replace").replace("\r\n", "\n")), nl=not data.endswith(b"\n"))
    else:
        click.echo(data, nl=False)


def _take_back(session: Session, vault: Vault, command_id: str, where: str, *, dry_run: bool, as_json: bool) -> None:
    from jobvault.actions.undo import undo
    from jobvault.cli.summarize import complain

    done = undo(vault, command_id, dry_run=dry_run, where=where)
    if as_json:
        session.screen.json(_json(vault, done))
    else:
        _show(session, done, where, dry_run=dry_run)
    if vault.mistake is not None and not dry_run:
        said = "The summaries were left as they are. Mend jobvault.yaml, then run `jobvault summarize`."
        session.screen.note(session.led_back(said))
    if done.summary is not None:
        complain(session, done.summary.troubles)


def _open(session: Session) -> Vault:
    from jobvault.actions.undo import open_undoable
    from jobvault.cli.command_words import command_words

    vault = open_undoable(session.vault_path, Path.cwd(), os.environ, today=session.day())
    vault.by = command_words(session.arguments)
    if vault.mistake is not None:
        session.screen.note(f"jobvault: {session.led_back(vault.mistake)}")
    return vault


def _json(vault: Vault, done: TakenBack) -> dict[str, object]:
    from jobvault.actions.undo import history
    from jobvault.cli.undo_list import command_json
    from jobvault.vault.inside import printable

    found = history(vault)
    command = found.command(done.command.command) or done.command
    notes = [{"path": printable(one.path), "change": _change(one)} for one in done.restores]
    return {"undone": command_json(found, command), "notes": notes, "again": done.by or None}


def _show(session: Session, done: TakenBack, where: str, *, dry_run: bool) -> None:
    from jobvault.cli.undo_list import moment
    from jobvault.vault.inside import printable

    screen, taken = session.screen, done.command
    if dry_run:
        _show_diff(session, done)
    screen.say(f"{'Would take back' if dry_run else 'Took back'}: {taken.words} · {moment(taken.when)}")
    for one in done.restores:
        said = _PASSING if one.path in done.passing else _SAID[_change(one)]
        screen.say(f"  {printable(one.path)}{said}")
    for path in done.left_away:
        screen.say(f"  {printable(path)} (stays away: it said nothing else than its note)", dim=True)
    if not done.restores:
        screen.say("  Its notes are as they were before it already.")
    if done.by:
        screen.say(f"To have it again: jobvault undo {done.by}{where}", dim=True)


_SAID = {"changed": "", "made": " (is there again)", "removed": " (gone again)"}
_PASSING = " (is there again, until the next summarize: it says nothing else than its note)"


def _change(one: Restore) -> str:
    return "made" if one.now is None else "removed" if one.old is None else "changed"


def _show_diff(session: Session, done: TakenBack) -> None:
    from difflib import unified_diff

    for one in done.restores:
        now, old = ((data or b"").decode("utf-8", "replace").splitlines() for data in (one.now, one.old))
        for line in unified_diff(now, old, one.path, one.path, lineterm=""):
            session.screen.say(line, fg={"+": "green", "-": "red"}.get(line[:1]))
