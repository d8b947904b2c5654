"""The note that a QUERY on the line means; chosen by its number where it could be several and somebody is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import click

    from jobvault.actions.vault import Vault
    from jobvault.actions.which import DaysOf, Meant
    from jobvault.cli.candidates import Item
    from jobvault.cli.session import Session


def note_asked_for(session: Session, vault: Vault, query: Sequence[str]) -> Meant:
    """Return the note that words mean; the last debrief without any.

    Raises ``NotFoundError``, and ``AmbiguousError`` where nobody can be asked.
    """
    from jobvault.actions.which import as_meant, last_debrief, notes_meant, only

    asked = " ".join(query)
    if not asked.strip():
        return as_meant(vault, last_debrief(vault))
    found = notes_meant(vault, asked, days_of(vault.today.date))
    if len(found) > 1 and session.may_ask:
        return chosen(session, found)
    return only(vault, asked, found, "Nothing was opened. Say more, or name it by its path or id.")


def days_of(today: dt.date) -> DaysOf:
    """Return a reader of dates: a day without a year may be the last one or the coming one."""

    def read(said: str) -> tuple[dt.date, ...]:
        from jobvault.cli.dates import read_date
        from jobvault.errors import UsageError

        try:
            days = (read_date(said, today, "", prefer="past"), read_date(said, today, "", prefer="coming"))
        except UsageError:
            return ()
        return tuple(dict.fromkeys(days))

    return read


def chosen(session: Session, found: Sequence[Meant]) -> Meant:
    """Let the person at the terminal choose one by its number."""
    from jobvault.cli.page import wrapped
    from jobvault.cli.screen import safe

    for number, one in enumerate(found, 1):
        for row in wrapped(safe(f"{number:>3}  {one.row}"), session.screen.width, hang=len("  1  ")):
            session.screen.note(row)
    told = False
    while True:
        answer = session.ask(f"Which one (1-{len(found)})", "")
        if answer.isdecimal() and 1 <= int(answer) <= len(found):
            return found[int(answer) - 1]
        if not told:
            session.screen.note("Type its number, or press Ctrl-C to leave it at that.")
            told = True


def query_candidates(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return what a QUERY may be: companies, people, names of notes."""
    from jobvault.cli.candidates import queries

    return queries(context, parameter, incomplete)
