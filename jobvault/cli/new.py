"""``jobvault new``: lay down a debrief, open it, summarize when the editor closes."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
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
def command(session: Session, /, print_path: bool, no_edit: bool, dry_run: bool, **given: object) -> None:
    """Lay down a debrief for an interview that was, or is to come.

    Asks for what is missing when you sit at a terminal. Opens your editor ($JOBVAULT_EDITOR, $VISUAL or $EDITOR), and
    brings the summaries up to date when it closes. Never overwrites a note.
    """
    from jobvault.actions import scaffold

    vault = session.open()
    request = scaffold.settled(vault, _Asking(session, vault).completed(given))
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
class _Asking:
    """Gathers what a debrief is laid down with: from the command line, and from the person where one is there."""

    session: Session
    vault: Vault

    def completed(self, given: dict[str, object]) -> Request:
        """Return the request; asks for what is missing, and whether near names are meant."""
        from jobvault.actions import known
        from jobvault.actions.scaffold import Request

        vault = self.vault
        request = Request(
            company=self._company(str(given["company"] or "").strip()),
            on=vault.today.date,
            role=str(given["role"]),
            round=self._meant(self._round(str(given["round_"])), known.rounds(vault), "round"),
            format=self._format(str(given["format_"])),
            template=str(given["template"]),
        )
        return self._with_lists(self._when(request, given), given)

    def _company(self, company: str) -> str:
        from jobvault.actions.known import companies, known_company
        from jobvault.errors import UsageError

        while not company:
            if not self.session.may_ask:
                raise UsageError("Name the company: jobvault new COMPANY")
            company = self.session.ask("Company")
        known = known_company(self.vault, company)
        return self._meant(known, companies(self.vault), "company") if known == company else known

    def _round(self, round_: str) -> str:
        from jobvault.actions.known import rounds

        if round_ or not self.session.may_ask:
            return round_
        return self.session.ask(f"Round ({', '.join(rounds(self.vault)[:9])})", "")

    def _format(self, words: str) -> str:
        """Read a format, in any of the words that a note may use for it."""
        from jobvault.errors import UsageError
        from jobvault.model import FORMATS
        from jobvault.words import fold

        found = self.vault.words.vocabulary.formats.get(fold(words), "") if words else ""
        if words and not found:
            raise UsageError(f"--format: “{words}” is none of {', '.join(FORMATS)}.")
        return found

    def _when(self, request: Request, given: dict[str, object]) -> Request:
        from jobvault.cli.dates import read_date, read_time
        from jobvault.errors import UsageError

        at = read_time(str(given["at"]), "--at") if given["at"] else None
        if given["on"] or not self.session.may_ask:
            on = read_date(str(given["on"]), request.on, "--on") if given["on"] else request.on
            return replace(request, on=on, at=at)
        while True:
            try:
                return replace(request, on=read_date(self.session.ask("Day", "today"), request.on, "Day"), at=at)
            except UsageError as error:
                self.session.screen.note(error)

    def _with_lists(self, request: Request, given: dict[str, object]) -> Request:
        from jobvault.actions.known import people
        from jobvault.actions.scaffold import read_guest, read_tags

        written = [read_guest(text) for text in _texts(given["guests"]) if text.strip()]
        guests = written or self._ask_people()
        known = people(self.vault)
        named = [replace(guest, name=self._meant(guest.name, known, "person")) for guest in guests]
        return replace(request, guests=tuple(named), tags=read_tags(_texts(given["tags"])))

    def _ask_people(self) -> list[Guest]:
        from jobvault.actions.scaffold import read_guest

        guests: list[Guest] = []
        while self.session.may_ask and (answer := self.session.ask("Who (NAME, TITLE; Enter for no more)", "")):
            guests.append(read_guest(answer))
        return guests

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


def _texts(values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in values) if isinstance(values, tuple) else ()


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
    complain(session.screen, vault.summarize().problems)
