"""``jobvault new --from FILE.ics``: an invitation, read; the person is asked where it does not say enough."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobvault.cli.request import Form, Given
from jobvault.cli.runnable import quoted
from jobvault.errors import AmbiguousError, JobvaultError, NotFoundError, UsageError

if TYPE_CHECKING:
    from jobvault.actions.invited import Proposal
    from jobvault.actions.scaffold import Request
    from jobvault.actions.vault import Vault
    from jobvault.cli.session import Session
    from jobvault.model import Debrief
    from jobvault.notes.invitation import Invitation

_STDIN = "-"
_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What the line says of the invitation: its file, and which event of it, counted from 1."""

    file: str
    event: int | None = None


def request_from(session: Session, vault: Vault, given: Given, asked: Asked) -> Request:
    """Return the request that an invitation and the line make; asks for what is not sure.

    Raises ``JobvaultError`` where that is not enough, or where the invitation was taken back.
    """
    return _Reading(session, vault, Form(session, vault, given), asked).request()


def say_if_moved(session: Session, vault: Vault, request: Request, there: Debrief | None) -> None:
    """Where a debrief of the interview is there at another time or on another day, say how that is set."""
    from jobvault.actions.invited import moved_from

    if there is not None:
        if request.at is None or there.time == request.at:
            return
        here = request.at.strftime("%H:%M")
        todo = session.runnable(f"jobvault set {quoted(there.path)} time {here}")
        session.screen.note(vault.words.text("invitation.time-differs", here=here, todo=todo))
    elif (moved := moved_from(vault, request)) is not None:
        todo = session.runnable(f"jobvault set {quoted(moved.path)} date {request.on}")
        session.screen.note(vault.words.text("invitation.moved", path=moved.path, todo=todo))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One invitation on its way to a request."""

    session: Session
    vault: Vault
    form: Form
    asked: Asked

    def request(self) -> Request:
        """Read, choose, ask."""
        from jobvault.actions.invited import as_request, propose
        from jobvault.actions.scaffold import settled

        given = self.form.as_given()
        invitation = self._chosen()
        proposal = propose(self.vault, invitation, given.company)
        day_given = bool(self.form.given.on)
        request = as_request(self.vault, proposal, given, day_given=day_given)
        if invitation.cancelled:
            self._refuse_cancelled(request)
        self._say(self._read(invitation))
        proposal = self._with_me(proposal)
        company = self._company(proposal, given)
        if company != proposal.company.name:
            proposal = replace(propose(self.vault, invitation, company), invited=proposal.invited)
        request = as_request(self.vault, proposal, replace(given, company=company), day_given=day_given)
        request = replace(request, round=self._round(proposal, given))
        self._say_what_else(proposal)
        self._say_what_is_guessed(proposal, request, given)
        return settled(self.vault, self.form.with_people(request))

    # --- which event ----------------------------------------------------------------------------------------------

    def _chosen(self) -> Invitation:
        found = self._found()
        number = self.asked.event
        if number is not None and not 1 <= number <= len(found):
            raise UsageError(f"--event: there is no event {number}. {self._name} holds {len(found)}.")
        if number is None and len(found) > 1:
            number = self._number(found)
        return found[(number or 1) - 1]

    def _found(self) -> tuple[Invitation, ...]:
        """Return what the file holds. Raises ``JobvaultError`` where that is nothing to lay a debrief down with."""
        from jobvault.notes.invitation import MOST_BYTES, MOST_EVENTS, read_invitations

        read = read_invitations(_bytes_of(self.asked.file, MOST_BYTES + 1))
        megabytes = MOST_BYTES // 1_000_000
        why = {
            "too-big": f"it is larger than {megabytes} MB, so it is not read. Save the one invitation alone.",
            "no-calendar": "it is no calendar file. An invitation is a file that ends in .ics.",
            "cut-off": "it ends in the middle of an event. Save it again.",
            "no-event": "there is no event with a day in it.",
            "too-many": f"it holds {read.events} events, more than {MOST_EVENTS}. Save the one invitation alone.",
        }
        if read.wrong:
            raise JobvaultError(f"{self._name}: {why[read.wrong]}")
        return read.found

    @property
    def _name(self) -> str:
        return "Standard input" if self.asked.file == _STDIN else self.asked.file

    def _number(self, found: tuple[Invitation, ...]) -> int:
        """Ask which event is meant. Raises ``AmbiguousError`` with all of them where nobody can be asked."""
        rows = [self._row(number, one) for number, one in enumerate(found, start=1)]
        if not self.session.may_ask:
            listed = (
                *rows[:_MOST_LISTED],
                *([f"… and {len(rows) - _MOST_LISTED} more"] if len(rows) > _MOST_LISTED else []),
            )
            todo = self.session.runnable(f"jobvault new --from {self._shell_name} --event 1")
            raise AmbiguousError(f"{self._name} holds {len(found)} events:", tuple(listed), f"Name one, as in: {todo}")
        for row in rows:
            self._say(row)
        while True:
            answer = self.session.ask(self._text("which", n=len(found)), "1")
            if answer.isdecimal() and 1 <= int(answer) <= len(found):
                return int(answer)

    def _row(self, number: int, one: Invitation) -> str:
        parts = [f"{number}. {self._when(one)}", one.summary or self._text("untitled")]
        return " · ".join([*parts, *([self.vault.words.text("outcome.cancelled")] if one.cancelled else [])])

    def _when(self, one: Invitation) -> str:
        from jobvault.actions.invited import local_time

        when = local_time(one.starts, self.vault.settings.timezone)
        day = self.vault.words.date(when.day)
        return f"{day} {when.time:%H:%M}" if when.time else day

    @property
    def _shell_name(self) -> str:
        return self.asked.file if self.asked.file == _STDIN else quoted(self.asked.file)

    # --- what is not sure -----------------------------------------------------------------------------------------

    def _with_me(self, proposal: Proposal) -> Proposal:
        """Ask whether somebody is the user who probably is, else who is; they are met where they are not."""
        me = proposal.invited.me
        if proposal.invited.sure or not self.session.may_ask:
            return proposal
        if me is None:
            return self._without_me(proposal)
        name = f"{me.name} <{me.email}>" if me.name and me.email else me.name or me.email
        if self.session.confirm(self._text("is-you", name=name), default=True, words=self.vault.words):
            return proposal
        people = (*proposal.invited.people, me)
        return replace(proposal, invited=replace(proposal.invited, people=people, me=None))

    def _without_me(self, proposal: Proposal) -> Proposal:
        """Ask which of those who are invited the user is; nobody who is not there."""
        from jobvault.actions.invited_people import name_of

        people = proposal.invited.people
        if len(people) < 2:
            return proposal
        names = [name_of(one).name or one.email for one in people]
        question = self._text("who-are-you", names=", ".join(f"{n} {name}" for n, name in enumerate(names, start=1)))
        while answer := self.session.ask(question, ""):
            if answer.isdecimal() and 1 <= int(answer) <= len(people):
                me = people[int(answer) - 1]
                others = tuple(one for one in people if one is not me)
                return replace(proposal, invited=replace(proposal.invited, people=others, me=me))
        return proposal

    def _company(self, proposal: Proposal, given: Request) -> str:
        found = proposal.company
        if given.company:
            return self.form.company()
        if found.sure:
            return found.name
        if self.session.may_ask:
            answer = self.session.ask(self.vault.words.text("ask.company"), found.name or None)
            return self.form.known_company(answer)
        if not found.name:
            todo = f"jobvault new COMPANY --from {self._shell_name}"
            raise NotFoundError(f"{self._name} does not tell the company. Name it: `{todo}`.")
        todo = self.session.runnable(f"jobvault new COMPANY --from {self._shell_name}")
        title = proposal.invitation.summary
        key = f"company-{found.basis}"
        self._say(self._text(key, name=found.name, domain=found.domain, title=title, todo=todo))
        return found.name

    def _round(self, proposal: Proposal, given: Request) -> str:
        found = proposal.round
        if given.round or (found.sure and found.name):
            return self.form.round() if given.round else found.name
        written = self.vault.words.write("round", found.name)
        if self.session.may_ask:
            return self.form.round(written)
        if found.name:
            self._say(self._text(f"round-{found.basis}", name=written, title=proposal.invitation.summary))
        return found.name

    # --- what is said ---------------------------------------------------------------------------------------------

    def _read(self, invitation: Invitation) -> str:
        return f"{invitation.summary or self._text('untitled')} · {self._when(invitation)}"

    def _say_what_is_guessed(self, proposal: Proposal, request: Request, given: Request) -> None:
        """Say that the role is read off the text, and which names off an address."""
        from jobvault.actions.invited_people import guessed_names

        if proposal.role_read and not given.role:
            self._say(self._text("role-text", name=request.role))
        if names := guessed_names(request.guests, proposal.invited.people):
            self._say(self._text("names-guessed", names=", ".join(names)))

    def _say_what_else(self, proposal: Proposal) -> None:
        for line in self._lines(proposal):
            self._say(line)

    def _lines(self, proposal: Proposal) -> Iterator[str]:
        from jobvault.actions.invited_people import name_of

        invitation, people, when = proposal.invitation, proposal.invited, proposal.when
        here = when.time.strftime("%H:%M") if when.time else ""
        if when.there:
            yield self._text("zone", there=when.there, zone=invitation.zone or "UTC", here=here)
        if not invitation.zone_known:
            yield self._text("zone-unknown", zone=invitation.zone, here=here)
        if invitation.series:
            yield self._text("series")
        if people.declined:
            yield self._text("declined", names=", ".join(people.declined))
        if people.more:
            yield self._text("more-people", n=people.more)
        letters = self.vault.settings.letters
        if people.me is not None and not people.sure and not self.session.may_ask:
            yield self._text("taken-for-you", name=name_of(people.me).name or people.me.email)
        elif people.me is None and people.people and not (letters.email or letters.name or self.session.may_ask):
            yield self._text("you-unknown")

    def _refuse_cancelled(self, request: Request) -> None:
        """Say that it was called off, and how the debrief that is there is told so."""
        from jobvault.actions.invited import same_as_invited

        there = same_as_invited(self.vault, request) if request.company else None
        title = request.company or self._name
        said = f"This takes back the invitation of {request.on} ({title}). Nothing was laid down."
        if there is not None:
            said += f" To note that in its debrief: `jobvault set {quoted(there.path)} outcome cancelled`"
        raise JobvaultError(said)

    def _say(self, line: str) -> None:
        self.session.screen.note(line)

    def _text(self, key: str, **values: Any) -> str:
        return self.vault.words.text(f"invitation.{key}", **values)


_SHELLS = ("/dev/fd/", "/proc/self/fd/")
"""Where the pipe stands that a shell makes of ``<(command)``."""


def _bytes_of(file: str, most: int) -> bytes:
    """Read the file, or standard input, up to so many bytes. Raises ``NotFoundError`` where there is none."""
    if file == _STDIN:
        if sys.stdin.isatty():
            raise UsageError(
                "--from -: send the invitation to standard input, as in: jobvault new --from - < invite.ics"
            )
        return sys.stdin.buffer.read(most)
    place = Path(file).expanduser()
    if place.is_dir() or not (place.is_file() or place.is_fifo()):
        raise NotFoundError(f"{file}: there is no such file." if not place.exists() else f"{file}: that is no file.")
    if place.is_fifo() and not str(place).startswith(_SHELLS):
        raise NotFoundError(f"{file}: that is a pipe, which may never end. Use: jobvault new --from - < {file}")
    with place.open("rb") as stream:
        return stream.read(most)
