"""``jobvault set``: a property of a note."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option, json_option
from jobvault.cli.property_candidates import notes, properties, values
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.property_values import Spoken
    from jobvault.actions.set_property import PropertySet, Way
    from jobvault.actions.vault import Vault
    from jobvault.notes.frontmatter import Value

EXAMPLES = """
jobvault set acme felt 4
jobvault set "acme panel" hear-by fri
jobvault set acme people "Dana Reyes" "Tom Ode" --append
jobvault set notes/2026-11-20-acme.md outcome rejected --dry-run
jobvault set acme forecast --unset
"""

_SUFFIX = ".md"


@make("set", examples=EXAMPLES)
@click.argument("note", shell_complete=notes)
@click.argument("property_", metavar="PROPERTY", shell_complete=properties)
@click.argument("value", nargs=-1, shell_complete=values)
@click.option("--append", is_flag=True, help="Add to the list that is there; what it has already is not added again.")
@click.option("--unset", is_flag=True, help="Remove the property.")
@click.option("--own", is_flag=True, help="Take what looks like a slip of one of jobvault's words for your own.")
@dry_run_option
@json_option
@pass_session
def command(
    session: Session,
    note: str,
    property_: str,
    value: tuple[str, ...],
    append: bool,
    unset: bool,
    own: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Set a property of a note, and change nothing else of it.

    NOTE is a file, in a vault or not, or words as for `jobvault edit`. Several VALUEs make a list; "" empties a
    property. In debriefs, applications and the other notes of jobvault's, a VALUE is checked first: dates as you say
    them, outcomes in your own language. Then the summaries are brought up to date.
    """
    from jobvault.actions.set_property import Wish, change_property
    from jobvault.cli.summarize import complain

    way = _way(value, append=append, unset=unset)
    vault, path = _note_meant(session, note)
    key = property_ if own or unset else _settled(session, vault, path, property_, value)
    done = change_property(vault, path, Wish(key, value, way), _spoken(vault), dry_run=dry_run)
    if as_json:
        session.screen.json({"set": [_json(done)]})
    else:
        _show(session, vault, done, dry_run=dry_run)
    if not own:
        _hint(session, vault, done)
    if done.changed and not dry_run and _is_vault(vault):
        complain(session, vault.summarize().troubles)


def _way(value: tuple[str, ...], *, append: bool, unset: bool) -> Way:
    from jobvault.errors import UsageError

    if append and unset:
        raise UsageError("--append and --unset exclude each other.")
    if unset and value:
        raise UsageError("--unset removes the property, so it takes no VALUE.")
    if not (unset or value):
        raise UsageError('Say what to set it to. "" empties it, --unset removes it.')
    if append and not any(one.strip() for one in value):
        raise UsageError('--append adds to what is there, and "" is nothing to add. Without --append it empties it.')
    if any(not _is_text(one) for one in value):
        raise UsageError("VALUE holds bytes that are no text in UTF-8.")
    return "unset" if unset else "append" if append else "set"


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


# --- which note, which property ---------------------------------------------------------------------------------------


def _note_meant(session: Session, said: str) -> tuple[Vault, str]:
    """Return the note that is meant, with the vault that it lies in: a file, wherever it is, else by its words."""
    from jobvault.actions.note_file import file_meant, open_around
    from jobvault.cli.command_words import command_words

    file = file_meant(said, Path.cwd()) if said.strip() else None
    if file is not None and session.vault_path is None:
        vault, path = open_around(file, session.day())
        vault.by = command_words(session.arguments)
        session.is_in(vault.root)
        return vault, path
    return _by_words(session, said if file is None else str(file))


def _by_words(session: Session, said: str) -> tuple[Vault, str]:
    from jobvault.actions.which import notes_meant, only
    from jobvault.cli.which import chosen, days_of
    from jobvault.errors import NotFoundError, NoVaultError

    try:
        vault = session.open()
    except NoVaultError as error:
        if error.named:
            raise
        raise NotFoundError(f"There is no note {said} here, and no vault to look for it. Name its file.") from error
    found = notes_meant(vault, said, days_of(vault.today.date)) if said.strip() else ()
    if not found and said.lower().endswith(_SUFFIX):
        raise NotFoundError(f"There is no file {said} here, and no note of that name in {vault.root}.")
    if len(found) > 1 and session.may_ask:
        return vault, chosen(session, found).path
    return vault, only(vault, said, found, "Nothing was changed. Say more, or name it by its path.").path


def _settled(session: Session, vault: Vault, path: str, key: str, value: tuple[str, ...]) -> str:
    """Return the property that is meant: the near one of jobvault's where the person says so."""
    from jobvault.actions.property_values import near_type
    from jobvault.actions.set_property import kind_of, near_property
    from jobvault.errors import UsageError
    from jobvault.notes.frontmatter import fold_key

    near = near_property(vault, path, key)
    if near is not None:
        what = f"A note of type {kind_of(vault, path)} has no property “{key}”."
        if not session.may_ask:
            raise UsageError(f"{what} Did you mean “{near}”? Say --own if it is one of your own.")
        return near if session.confirm(f"{what} Did you mean “{near}”?", default=True, words=vault.words) else key
    if fold_key(key) == "type" and (kind := near_type(" ".join(value))) is not None:
        raise UsageError(
            f"type: “{' '.join(value)}” is none of jobvault's. Did you mean “{kind}”? If it is your own: --own."
        )
    return key


def _spoken(vault: Vault) -> Spoken:
    from jobvault.actions.property_values import Spoken
    from jobvault.cli.dates import read_date, read_time

    today = vault.today.date
    return Spoken(
        day=lambda text, name, past: read_date(text, today, name, prefer="past" if past else "coming"),
        time=read_time,
    )


def _is_vault(vault: Vault) -> bool:
    from jobvault.vault.places import is_vault

    return is_vault(vault.root)


# --- what is shown ----------------------------------------------------------------------------------------------------


def _json(done: PropertySet) -> dict[str, object]:
    from jobvault.render.view import to_json

    values = {name: to_json(getattr(done, name)) for name in ("path", "line", "old", "new")}
    return {"property": done.name, **values, "changed": done.changed}


def _show(session: Session, vault: Vault, done: PropertySet, *, dry_run: bool) -> None:
    screen = session.screen
    place = done.path if done.line is None else f"{done.path}:{done.line}"
    if not done.changed:
        screen.say(_already(done, place))
    elif dry_run:
        _show_diff(session, done)
    else:
        screen.say(f"{_told(done)} · {place}")
        if not _is_vault(vault):
            screen.say(session.led_back("Take it back with `jobvault undo`."), dim=True)


def _hint(session: Session, vault: Vault, done: PropertySet) -> None:
    """Say where a company or round looks like one that the vault knows already."""
    from jobvault.actions.set_property import near_value

    near = near_value(vault, done) if done.changed else None
    if near is not None:
        session.screen.note(f"“{_value(done.new)}” is a {done.name} that is new here. Did you mean “{near}”?")


def _already(done: PropertySet, place: str) -> str:
    if done.way == "unset":
        return f"There is no {done.name} in {done.path}."
    if done.way == "append":
        return f"{done.name} has that already: {_value(done.new)} ({place})"
    return f"{done.name} is {_value(done.new)} already ({place})"


def _told(done: PropertySet) -> str:
    if done.way == "unset":
        return f"Removed {done.name}"
    if done.new is None:
        return f"Emptied {done.name}"
    return f"Set {done.name} to {_value(done.new)}"


def _value(value: Value) -> str:
    from jobvault.notes.note import shown
    from jobvault.notes.values import as_list

    return shown("; ".join(" ".join(one.split()) for one in as_list(value)) or "empty")


def _show_diff(session: Session, done: PropertySet) -> None:
    """Show the lines that go and those that come, below the place of the first."""
    from jobvault.notes.lines import split_lines
    from jobvault.notes.note import decode, shown

    old, new = (split_lines(shown(decode(data))) for data in (done.before, done.after))
    first, same = 0, 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    while same < min(len(old), len(new)) - first and old[-1 - same] == new[-1 - same]:
        same += 1
    session.screen.say(f"{done.path}:{first + 1}")
    for mark, colour, rows in (
        ("-", "red", old[first : len(old) - same]),
        ("+", "green", new[first : len(new) - same]),
    ):
        for row in rows:
            session.screen.say(f"{mark} {row.rstrip()}", fg=colour)
