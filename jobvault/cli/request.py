"""What a debrief is laid down with: from the command line, and from the person for what is missing there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jobvault.cli.session import Session

if TYPE_CHECKING:
    import datetime as dt

    from jobvault.actions.introductions import Acquaintances
    from jobvault.actions.scaffold import Guest, Request
    from jobvault.actions.vault import Vault


@dataclass(frozen=True, slots=True)
class Given:
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
class Form:
    """What a debrief is laid down with, filled in from the command line, and by the person where one is there."""

    session: Session
    vault: Vault
    given: Given

    def completed(self, *, people: bool = True) -> Request:
        """Return the request; asks for what is missing, and whether near names are meant. ``people``: for them too."""
        request = replace(self.as_given(), company=self.company(), round=self.round(), on=self._day())
        return replace(request, guests=self._guests(request, asking=people))

    def as_given(self) -> Request:
        """Return what the line says. Raises where it is wrong, so before anything is asked."""
        from jobvault.actions.debrief_text import template_path
        from jobvault.actions.scaffold import Request, read_guest, read_tags
        from jobvault.actions.vault_templates import note_templates
        from jobvault.cli.dates import read_date, read_time

        given, today = self.given, self.vault.today.date
        template_path(given.template, note_templates(self.vault))
        return Request(
            company=(given.company or "").strip(),
            on=read_date(given.on, today, "--on") if given.on else today,
            role=given.role,
            round=given.round_,
            at=read_time(given.at, "--at") if given.at else None,
            format=self._format(),
            guests=tuple(dict.fromkeys(read_guest(text) for text in given.guests if text.strip())),
            tags=read_tags(given.tags),
            template=given.template,
        )

    def company(self, *, missing: str = "Name the company: `jobvault new COMPANY`.") -> str:
        """Return the company; asks for it, and whether a near name is meant; ``missing`` is said where nobody is."""
        from jobvault.errors import UsageError

        company = (self.given.company or "").strip()
        while not company:
            if not self.session.may_ask:
                raise UsageError(missing)
            company = self.session.ask(self._text("company"))
        return self.known_company(company)

    def known_company(self, company: str) -> str:
        """Return a company's name as the vault has it; asks whether a near one is meant."""
        from jobvault.actions.known import companies, known_company

        known = known_company(self.vault, company)
        return self._meant(known, companies(self.vault), "company") if known == company else known

    def round(self, default: str = "") -> str:
        """Return the round; asks for it, Enter gives the default, and whether a near one is meant."""
        from jobvault.actions.known import rounds

        known = rounds(self.vault)
        round_ = self.given.round_
        if not round_ and self.session.may_ask:
            round_ = self.session.ask(self._text("round", rounds=_some(known)), default)
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
        name, now = self._text("day"), self.vault.words.text("dates.today")
        while True:
            answer = self.session.ask(name, now)
            try:
                return today if answer == now else read_date(answer, today, name)
            except UsageError as error:
                self.session.screen.note(error)

    def with_people(self, request: Request) -> Request:
        """Return a request with its people by the names that they are known by; asks whether near ones are meant."""
        return replace(request, guests=self._guests(request, asking=False))

    def _guests(self, request: Request, *, asking: bool) -> tuple[Guest, ...]:
        from jobvault.actions.introductions import acquaintances
        from jobvault.actions.scaffold import read_guest

        guests = list(request.guests)
        asking = asking and not guests and self.session.may_ask
        while asking and (answer := self.session.ask(self._text("who"), "")):
            guests.append(read_guest(answer))
        known = acquaintances(self.vault, replace(request, guests=()), None)
        return tuple(
            guest if guest.name == "?" else replace(guest, name=self._person(guest.name, known)) for guest in guests
        )

    def _person(self, asked: str, known: Acquaintances) -> str:
        """Offer people of whom a part was said; Enter takes one of the company."""
        if sure := known.meant(asked):
            return sure
        near = known.near(asked)
        return self._offered(asked, near, "person", mine=known.company)

    def _meant(self, asked: str, known: Sequence[str], what: str) -> str:
        """Offer the vault's own names where they are near."""
        from jobvault.actions.known import suggestions

        near = suggestions(asked, known)
        return self._offered(asked, near, what, mine=near)

    def _offered(self, asked: str, near: Sequence[str], what: str, *, mine: Sequence[str]) -> str:
        """Ask whether one of some names is meant, Enter says yes to ``mine``; without a terminal only say so."""
        question = "meant-person" if what == "person" else "meant"
        for name in near:
            if not self.session.may_ask:
                self.session.screen.note(self._text(f"exists-{what}", name=name))
                return asked
            asking = self._text(question, name=name)
            if self.session.confirm(asking, default=name in mine, words=self.vault.words):
                return name
        return asked

    def _text(self, key: str, **values: Any) -> str:
        return self.vault.words.text(f"ask.{key}", **values)


def _some(names: Sequence[str], width: int = 56) -> str:
    """Return as many names as a question can hold on one line of a terminal."""
    shown = [name for place, name in enumerate(names) if len(", ".join(names[: place + 1])) <= width]
    return ", ".join(shown if len(shown) == len(names) else [*shown, "…"])
