"""What `jobvault undo --list` shows: each command with its notes, and bytes that were put aside, the newest first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from jobvault.vault.inside import printable
from jobvault.vault.undo.commands import UndoCommand

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.cli.screen import Screen
    from jobvault.vault.undo.commands import History, NoteChange, Rescued

_WAYS = {"changed": "", "made": " (made)", "removed": " (taken away)"}


def show_list(screen: Screen, vault: Vault, limit: int, *, every: bool, as_json: bool, where: str) -> None:
    """List what a vault's undo store knows; ``every``: also what only brought summaries up to date by the way.

    ``where`` is what a command needs to find the vault.
    """
    from jobvault.actions.undo import history

    found = history(vault)
    wanted = [one for one in found.commands if every or not one.aside]
    both: list[UndoCommand | Rescued] = [*wanted, *found.rescued]
    both.sort(key=lambda one: _local(one.when), reverse=True)
    if as_json:
        screen.json(_json(found, both[:limit]))
        return
    for one in both[:limit]:
        if isinstance(one, UndoCommand):
            _show(screen, found, one)
        else:
            _show_rescued(screen, one, where)
    _say_the_rest(screen, len(both), limit, len(found.commands) - len(wanted), where)


def _say_the_rest(screen: Screen, count: int, limit: int, hidden: int, where: str) -> None:
    if not count:
        screen.say("There is nothing to take back here.")
    if count > limit:
        screen.say(f"{count - limit} older: jobvault undo --list --limit {count}{where}", dim=True)
    if hidden:
        screen.say(f"{hidden} more only brought summaries up to date: jobvault undo --list --all{where}", dim=True)


def _show(screen: Screen, found: History, one: UndoCommand) -> None:
    undone = found.command(one.undoes)
    state = " · taken back" if one.taken_back else f" · took back {undone.short}" if undone else ""
    aside = one.taken_back or one.aside
    screen.say(f"{one.short}  {moment(one.when)}  {one.words}{state}", bold=not aside, dim=aside)
    indent = " " * (len(one.short) + 2)
    for note in one.notes:
        if not note.derived or one.regenerates:
            screen.say(f"{indent}{printable(note.path)}{_WAYS[note.way]}", dim=aside)
    derived = [note for note in one.notes if note.derived and not one.regenerates]
    fresh = _names([note for note in derived if note.way != "removed"])
    if fresh:
        screen.say(f"{indent}brought up to date: {fresh}", dim=True)
    for note in derived:
        if note.way == "removed":
            screen.say(f"{indent}took away: {printable(note.path)}, a conflict copy that said nothing else", dim=True)


def _names(notes: list[NoteChange]) -> str:
    return ", ".join(printable(note.path).rpartition("/")[2].removesuffix(".md") for note in notes)


def _show_rescued(screen: Screen, one: Rescued, where: str) -> None:
    from jobvault.actions.undo import by_hand

    screen.say(f"{one.short}  {moment(one.when)}  put aside, no command: {one.entry.why}", bold=True)
    indent = " " * (len(one.short) + 2)
    screen.say(f"{indent}{printable(one.entry.path)}")
    screen.say(f"{indent}See it: {by_hand(one.short, one.entry.path, where)}", dim=True)


def moment(when: dt.datetime) -> str:
    """Return a moment as the clock here shows it, to the minute."""
    return f"{_local(when):%Y-%m-%d %H:%M}"


def _local(when: dt.datetime) -> dt.datetime:
    return when.astimezone()


# --- JSON -----------------------------------------------------------------------------------------------------------


def _json(found: History, shown: list[UndoCommand | Rescued]) -> dict[str, object]:
    return {
        "commands": [command_json(found, one) for one in shown if isinstance(one, UndoCommand)],
        "put_aside": [_rescued_json(one) for one in shown if not isinstance(one, UndoCommand)],
    }


def command_json(found: History, one: UndoCommand) -> dict[str, object]:
    """Return the JSON of a command."""
    undone = found.command(one.undoes)
    notes = [{"path": printable(n.path), "change": n.way, "derived": n.derived} for n in one.notes]
    return {
        "id": one.short,
        "command": one.by,
        "when": _local(one.when).isoformat(timespec="seconds"),
        "taken_back": one.taken_back,
        "took_back": undone.short if undone else None,
        "notes": notes,
    }


def _rescued_json(one: Rescued) -> dict[str, object]:
    when = _local(one.when).isoformat(timespec="seconds")
    return {"id": one.short, "when": when, "why": one.entry.why, "path": printable(one.entry.path)}
