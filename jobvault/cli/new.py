"""``jobvault new``: lay down a debrief, open it, summarize when the editor closes."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from jobvault.actions.scaffold import Guest, Request
    from jobvault.actions.vault import Vault
    from jobvault.model import Debrief

EXAMPLES = """
jobvault new
jobvault new Acme --round technical --on yesterday --with "Dana Reyes, VP Engineering"
jobvault new Acme --round panel --on 2026-11-25 --at 14:30 --format video
jobvault new Acme --print-path --no-input
"""


@make("new", examples=EXAMPLES)
@click.argument("company", required=False)
@click.option("--role", default="", metavar="ROLE", help="The role you interview for.")
@click.option("--round", "round_", default="", metavar="ROUND", help="technical, panel, … or your own word.")
@click.option("--on", metavar="DATE", help="The day of the interview: yesterday, fri, 2026-11-25. [default: today]")
@click.option("--at", metavar="TIME", help="The time of day, as 14:30.")
@click.option("--format", "format_", default="", metavar="FORMAT", help="phone, video, in-person or take-home.")
@click.option("--with", "guests", multiple=True, metavar='"NAME, TITLE"', help="Somebody you meet; repeat it for each.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; repeat it for each.")
@click.option("--template", default="short", metavar="NAME", help="short, or full: every section and label.")
@click.option("--print-path", is_flag=True, help="Print the note's path and nothing else; open nothing.")
@click.option("--no-edit", is_flag=True, help="Do not open the editor.")
@dry_run_option
@pass_session
def command(session: Session, /, print_path: bool, no_edit: bool, dry_run: bool, **given: Any) -> None:
    """Lay down a debrief for an interview that was, or is to come.

    Asks for what is missing when you sit at a terminal. Opens your editor ($JOBVAULT_EDITOR, $VISUAL or $EDITOR), and
    brings the summaries up to date when it closes. Never overwrites a note.
    """
    from jobvault.actions import scaffold

    vault = session.open()
    request = scaffold.settled(vault, _Asking(session, vault, _Given(**given)).completed())
    there = scaffold.same_interview(vault, request)
    if there is not None and not _another(session, there):
        if dry_run:
            session.screen.say(f"would open {there.path}", dim=True)
            return
        _finish(session, vault, vault.root / there.path, print_path=print_path, no_edit=no_edit)
        return
    planned = scaffold.plan(vault, request)
    if dry_run:
        session.screen.say(f"would write {planned.path}", dim=True)
        session.screen.say(planned.text)
        return
    path = scaffold.create(vault, planned)
    if not print_path:
        session.screen.say(f"Wrote {planned.path}")
    _finish(session, vault, path, print_path=print_path, no_edit=no_edit)


@dataclass(frozen=True, slots=True)
class _Given:
    """What stood on the command line."""

    company: str | None
    role: str
    round_: str
    on: str | None
    at: str | None
    format_: str
    guests: tuple[str, ...]
    tags: tuple[str, ...]
    template: str


@dataclass(frozen=True, slots=True)
class _Asking:
    """Gathers what a debrief is laid down with: from the command line, and from the person where one is there."""

    session: Session
    vault: Vault
    given: _Given

    def completed(self) -> Request:
        """Return the request; asks for what is missing, and whether near names are meant."""
        from jobvault.actions.scaffold import Request, read_tags

        given = self.given
        return Request(
            **self._checked(),
            company=self._company(),
            role=given.role,
            round=self._round(),
            on=self._day(),
            guests=self._guests(),
            tags=read_tags(given.tags),
            template=given.template,
        )

    def _checked(self) -> dict[str, Any]:
        """Read what may be wrong on the line, before anything is asked."""
        from jobvault.actions.debrief_text import template_path
        from jobvault.cli.dates import read_date, read_time

        given = self.given
        template_path(given.template)
        if given.on:
            read_date(given.on, self.vault.today.date, "--on")
        return {"at": read_time(given.at, "--at") if given.at else None, "format": self._format()}

    def _company(self) -> str:
        from jobvault.actions.known import companies, known_company
        from jobvault.errors import UsageError

        company = (self.given.company or "").strip()
        while not company:
            if not self.session.may_ask:
                raise UsageError("Name the company: jobvault new COMPANY")
            company = self.session.ask("Company")
        known = known_company(self.vault, company)
        return self._meant(known, companies(self.vault), "company") if known == company else known

    def _round(self) -> str:
        from jobvault.actions.known import rounds

        known = rounds(self.vault)
        round_ = self.given.round_
        if not round_ and self.session.may_ask:
            round_ = self.session.ask(f"Round ({', '.join(known[:9])})", "")
        return self._meant(round_, known, "round")

    def _format(self) -> str:
        """Read a format, in any of the words that a note may use for it."""
        from jobvault.errors import UsageError
        from jobvault.model import FORMATS
        from jobvault.words import fold

        words = self.given.format_
        found = self.vault.words.vocabulary.formats.get(fold(words), "") if words else ""
        if words and not found:
            raise UsageError(f"--format: “{words}” is none of {', '.join(FORMATS)}.")
        return found

    def _day(self) -> dt.date:
        from jobvault.cli.dates import read_date
        from jobvault.errors import UsageError

        today = self.vault.today.date
        if self.given.on or not self.session.may_ask:
            return read_date(self.given.on, today, "--on") if self.given.on else today
        while True:
            try:
                return read_date(self.session.ask("Day", "today"), today, "Day")
            except UsageError as error:
                self.session.screen.note(error)

    def _guests(self) -> tuple[Guest, ...]:
        from jobvault.actions.known import people
        from jobvault.actions.scaffold import read_guest

        guests = list(dict.fromkeys(read_guest(text) for text in self.given.guests if text.strip()))
        asking = not guests and self.session.may_ask
        while asking and (answer := self.session.ask("Who (NAME, TITLE; Enter for no more)", "")):
            guests.append(read_guest(answer))
        known = people(self.vault)
        return tuple(replace(guest, name=self._meant(guest.name, known, "person")) for guest in guests)

    def _meant(self, asked: str, known: Sequence[str], what: str) -> str:
        """Offer the vault's own names where they are near; without a terminal only say so."""
        from jobvault.actions.known import suggestions

        for name in suggestions(asked, known):
            if not self.session.may_ask:
                self.session.screen.note(f"“{name}” exists: if you meant that {what}, use its name.")
                return asked
            if self.session.confirm(f"“{name}” exists: did you mean it?", default=True):
                return name
        return asked


def _another(session: Session, there: Debrief) -> bool:
    """Ask whether the debrief that is there is meant, or another one. Raises where nobody can be asked."""
    from jobvault.errors import JobvaultError

    if not session.may_ask:
        raise JobvaultError(
            f"{there.path} is the debrief of this company, round and date already. Open that one, or make another with "
            "--at TIME or --role ROLE."
        )
    session.screen.note(f"{there.path} is there already.")
    return session.choose("Open it, or another one?", ("open", "another")) == "another"


def _finish(session: Session, vault: Vault, path: Path, *, print_path: bool, no_edit: bool) -> None:
    """Open the note where somebody sits at the terminal, then bring the summaries up to date."""
    from jobvault.cli.summarize import complain

    if print_path:
        session.screen.say(path)
    elif not no_edit and session.may_ask and sys.stdout.isatty():
        session.edit(path)
    complain(session.screen, vault.summarize().troubles)
