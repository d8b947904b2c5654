"""``jobvault conflicts``: what two devices could not agree about, and keeping one of two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import from_vault
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option, json_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.sync.conflicts import Conflict, Conflicts, Kept, Marker, Side
    from jobvault.actions.vault import Vault
    from jobvault.cli.candidates import Item
    from jobvault.cli.screen import Screen

EXAMPLES = """
jobvault conflicts
jobvault conflicts --keep original
jobvault conflicts --keep copy "acme panel" --dry-run
"""
_COLOUR = {"+": "green", "-": "red", "@": "cyan"}
_EVERY = "all"


@from_vault
def copies(vault: Vault, *_: object) -> Iterator[Item]:
    """Return the conflict copies, each with the note that it is a copy of."""
    from click.shell_completion import CompletionItem

    for copy in vault.search.copies:
        yield CompletionItem(copy.path, help=f"a copy of {copy.original}")
    for path, original in vault.notes.look_alikes().items():
        yield CompletionItem(path, help=f"looks like a copy of {original}")


@make("conflicts", examples=EXAMPLES)
@click.argument("name", nargs=-1, shell_complete=copies)
@click.option("--keep", "side", type=click.Choice(("original", "copy")), help="Keep this one of the two.")
@dry_run_option
@json_option
@pass_session
def command(session: Session, name: tuple[str, ...], side: Side | None, dry_run: bool, as_json: bool) -> None:
    """Show conflict copies beside their notes; keep one of two.

    NAME is a copy's path, words of it, or the path of the note that it is a copy of; --keep needs it where there are
    several. What is not kept goes to the undo store. Conflicts that git left in a note are shown with file and line;
    those you solve in your editor.
    """
    from jobvault.actions.sync.conflicts import find_conflicts, keep, named, path_named
    from jobvault.cli.summarize import complain

    vault = session.open()
    found = find_conflicts(vault)
    asked = " ".join(name)
    path = path_named(vault, asked) if name else ""
    shown = named(found.copies, asked, path) if name else found.copies
    meant: Sequence[Conflict] = ()
    kept: tuple[Kept, ...] = ()
    if side is not None and shown:
        meant = _meant(session, shown, path, side)
        kept = keep(vault, meant, side, dry_run=dry_run)
    if as_json:
        session.screen.json(_json(found, shown, kept, named=bool(name)))
    elif side is None or not shown:
        _show(session, found, shown, named=bool(name))
    else:
        for copy in meant:
            session.screen.say(session.led_back(_sentence(copy, side, dry_run=dry_run)))
    if kept and not dry_run:
        complain(session, vault.summarize().troubles)


def _meant(session: Session, found: Sequence[Conflict], path: str, side: Side) -> Sequence[Conflict]:
    """Return the conflicts that are meant; ask where it is not sure. Raises ``AmbiguousError``."""
    from jobvault.actions.sync.conflicts import all_of, unclear

    error = unclear(found, path)
    if error is None:
        return found
    if not session.may_ask:
        raise error
    every = all_of(found, path, side)
    for number, copy in enumerate(found, 1):
        alike = f" (only looks like a copy of {copy.original})" if copy.kind == "look-alike" else ""
        session.screen.note(f"{number:>3}  {copy.path}{alike}")
    numbers = f"1-{len(found)}" if len(found) > 1 else "1"
    choices = f"{numbers}, or {_EVERY}: the {len(every)} conflict copies" if every else numbers
    while True:
        answer = session.ask(f"Which one goes ({choices})" if side == "original" else f"Which one ({choices})").lower()
        if every and answer == _EVERY:
            return every
        if answer.isdecimal() and 1 <= int(answer) <= len(found):
            return [found[int(answer) - 1]]


def _sentence(copy: Conflict, side: Side, *, dry_run: bool) -> str:
    if dry_run:
        goes = f"{copy.path} would go" if side == "original" else f"{copy.original} would hold what {copy.path} does"
        return f"{goes}; nothing was changed."
    if side == "original":
        return f"Kept {copy.original}. {copy.path} went to the undo store; `jobvault undo` brings it back."
    again = "takes that back" if copy.state == "alone" else "brings back both"
    return f"{copy.original} holds what {copy.path} did, and that file is gone. `jobvault undo` {again}."


# --- showing ----------------------------------------------------------------------------------------------------------


def _json(found: Conflicts, shown: Sequence[Conflict], kept: Sequence[Kept], *, named: bool) -> dict[str, object]:
    from jobvault.render.view import to_json

    names = ("path", "original", "kind", "state")
    return {
        "conflicts": [{**{name: getattr(one, name) for name in names}, "diff": list(one.diff)} for one in shown],
        "markers": [] if named else to_json(found.markers),
        "kept": to_json(kept),
    }


def _show(session: Session, found: Conflicts, shown: Sequence[Conflict], *, named: bool) -> None:
    screen = session.screen
    for copy in shown:
        _show_copy(session, copy, alone=len(found.copies) == 1 and copy.kind == "copy")
    for marker in () if named else found.markers:
        screen.say(f"{marker.path}:{marker.line}", bold=True)
        _say(
            screen,
            f"Git left both sides here, up to line {marker.end}. Choose one in your editor, and take out the lines "
            "with <<<<<<<, ======= and >>>>>>>. Until then the note is not written.",
        )
        screen.say("")
    screen.say(_counted(shown, () if named else found.markers), bold=True)


def _counted(shown: Sequence[Conflict], markers: Sequence[Marker]) -> str:
    alike = sum(1 for copy in shown if copy.kind == "look-alike")
    counts = (
        (len(shown) - alike, "conflict copy", "conflict copies"),
        (alike, "look-alike", "look-alikes"),
        (len(markers), "conflict of git's", "conflicts of git's"),
    )
    said = [f"{number} {one if number == 1 else more}" for number, one, more in counts if number]
    return ", ".join(said) + "." if said else "No conflict copies, and no conflicts of git's."


def _show_copy(session: Session, copy: Conflict, *, alone: bool) -> None:
    screen = session.screen
    screen.say(copy.path, bold=True)
    for row in _advice(copy, "" if alone else _quoted(copy.path)):
        _say(screen, session.runnable(row) if row.startswith("jobvault ") else session.led_back(row))
    if copy.diff:
        screen.say("")
    for number, line in enumerate(copy.diff):
        is_head = number < len(("---", "+++"))
        screen.say(line, bold=is_head, fg=None if is_head else _COLOUR.get(line[:1]))
    screen.say("")


def _say(screen: Screen, text: str) -> None:
    """Say something below a path: wrapped where a person looks, but for a line that can be typed."""
    row = f"    {text}"
    if not screen.terminal or text.startswith("jobvault "):
        screen.say(row)
        return
    from jobvault.cli.page import wrapped

    for part in wrapped(row, screen.width, hang=4):
        screen.say(part)


def _advice(copy: Conflict, name: str) -> Iterator[str]:
    """Say in plain words what a conflict is, and what to do."""
    keep = {side: f"jobvault conflicts --keep {side}{f' {name}' if name else ''}" for side in ("original", "copy")}
    if copy.kind == "look-alike":
        same = "The same" if copy.state == "equal" else "Nearly the same"
        yield f"{same} as {copy.original}, and named like a copy of it, so it is not counted."
        yield "If it is a note of its own, make the two differ. Otherwise keep one of them:"
        yield keep["original"]
    elif copy.state == "alone":
        yield f"A conflict copy of {copy.original}, a note that is gone. It is not counted. To have it under that name:"
        yield keep["copy"]
    else:
        yield f"A conflict copy of {copy.original}. It is not counted."
    if copy.state == "unreadable":
        yield "One of the two cannot be read now, so both stay."
    elif copy.state == "absorbable":
        if copy.old == copy.new:
            yield "The two are the same. `jobvault summarize` takes it away."
        else:
            yield "It says nothing else. `jobvault summarize` carries what is ticked in it and takes it away."
    elif copy.state == "equal" and copy.kind == "copy":
        yield "The two are equal. To be rid of it:"
        yield keep["original"]
    elif copy.state == "differs" and copy.kind == "copy":
        yield "Move over what you need from it (the lines with +), then take it away:"
        yield keep["original"]
    if copy.state == "differs":
        yield "Or have it in the note's place:"
        yield keep["copy"]
    if copy.state == "differs" and not copy.diff:
        yield "No word differs: only line endings, or how the file begins or ends."


def _quoted(path: str) -> str:
    import shlex

    return shlex.quote(path)
