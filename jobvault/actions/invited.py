"""An invitation as a debrief is laid down with it: company, round, day, people, place; and how sure each of them is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobvault.actions.invitation_words import folded, says
from jobvault.actions.invited_company import Company, inviting_company
from jobvault.actions.invited_people import Invited, invited, known_guests
from jobvault.actions.known import known_company
from jobvault.actions.mail_addresses import MailAddresses, mail_addresses
from jobvault.actions.room import same_person
from jobvault.actions.scaffold import Guest, Request, settled
from jobvault.model import CHAT, ROUNDS, Debrief
from jobvault.notes.invitation import Invitation
from jobvault.search.names import key_of
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

# Which round is meant where words of several stand there: the more telling one.
_TELLING = (
    "take-home",
    "system-design",
    "hiring-manager",
    "final",
    "onsite",
    "panel",
    "behavioral",
    "technical",
    "recruiter-screen",
    CHAT,
)
_PHONE = re.compile(r"(?:tel:)?\+?[\d\s()/.-]{7,24}(?:\s*(?:x|ext\.?|#)\s*\d+)?", re.IGNORECASE)
_LONGEST_WHERE = 600
_LONGEST_ROLE = 80


@dataclass(frozen=True, slots=True)
class Round:
    """A round, where it was read (``title`` or ``text``), and whether that leaves no doubt."""

    name: str = ""
    basis: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """The day and time of an interview where the vault is; no time where it lasts all day.

    ``there`` is the time as the invitation has it, with its zone, where that is another one.
    """

    day: dt.date
    time: dt.time | None = None
    there: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an invitation says, each part with how sure it is."""

    invitation: Invitation
    company: Company
    round: Round
    when: When
    invited: Invited
    role: str = ""
    format: str = ""
    where: str = ""
    role_read: bool = False
    """Whether a line of the description says the role."""


def propose(vault: Vault, invitation: Invitation, company: str = "") -> Proposal:
    """Read what a debrief can be laid down with from an invitation. ``company`` is its name where that was said."""
    addresses = mail_addresses()
    people = invited(vault, invitation, addresses)
    found = inviting_company(vault, invitation, addresses, people.me)
    if company:
        found = Company(known_company(vault, company), "vault", sure=True)
    format_, where = _format_and_place(invitation, addresses)
    said = _role_line(invitation.description)
    known = _role(vault, invitation, found.name)
    return Proposal(
        invitation=invitation,
        company=found,
        round=_round(vault, invitation),
        when=local_time(invitation.starts, vault.settings.timezone),
        invited=people,
        role=known if not said or key_of(said) == key_of(known) else said,
        format=format_,
        where=where,
        role_read=bool(said),
    )


def as_request(vault: Vault, proposal: Proposal, given: Request, *, day_given: bool) -> Request:
    """Return the request that a proposal makes; what was ``given`` goes before it.

    Somebody who was given and is invited too is one, as they were given.
    """
    wanted = replace(
        given,
        company=given.company or proposal.company.name,
        role=given.role or proposal.role,
        round=given.round or proposal.round.name,
        on=given.on if day_given else proposal.when.day,
        at=given.at or proposal.when.time,
        format=given.format or proposal.format,
        where=proposal.where,
    )
    guests = known_guests(vault, wanted, proposal.invited.people, mail_addresses())
    return replace(wanted, guests=_joined(given.guests, guests))


def _joined(given: Sequence[Guest], invited: Sequence[Guest]) -> tuple[Guest, ...]:
    joined = list(given)
    for guest in invited:
        same = same_person(guest.name, [one.name for one in given])
        place = next((at for at, one in enumerate(joined) if one.name == same), None)
        if place is None:
            joined.append(guest)
        else:
            said = joined[place]
            name = max(said.name, guest.name, key=lambda text: len(text.split()))
            joined[place] = Guest(name, said.title or guest.title, guest.email)
    return tuple(joined)


def same_as_invited(vault: Vault, request: Request) -> Debrief | None:
    """Return the debrief of an interview that somebody is invited to, also where its time was moved on that day.

    Another round or role is another interview; so is another time with other people.
    """
    wanted = settled(vault, request)
    here = [
        debrief
        for debrief in vault.debriefs
        if debrief.date == wanted.on
        and key_of(known_company(vault, debrief.company)) == key_of(wanted.company)
        and (not debrief.round or not wanted.round or fold(debrief.round) == fold(wanted.round))
        and (not debrief.role or not wanted.role or key_of(debrief.role) == key_of(wanted.role))
    ]
    same_time = [debrief for debrief in here if debrief.time == wanted.at]
    moved = [debrief for debrief in here if not (debrief.time and wanted.at) or _meets_alike(vault, debrief, wanted)]
    return next(iter((*same_time, *moved)), None)


def moved_from(vault: Vault, request: Request) -> Debrief | None:
    """Return the debrief of the same company and round that is still to come on another day, with the same people."""
    wanted = settled(vault, request)
    return next(
        (
            debrief
            for debrief in vault.debriefs
            if debrief.date is not None
            and debrief.date != wanted.on
            and debrief.date >= vault.today.date
            and debrief.outcome in ("", "waiting")
            and debrief.empty
            and key_of(known_company(vault, debrief.company)) == key_of(wanted.company)
            and fold(debrief.round) == fold(wanted.round)
            and _meets_alike(vault, debrief, wanted)
        ),
        None,
    )


def _meets_alike(vault: Vault, debrief: Debrief, wanted: Request) -> bool:
    """Whether a debrief and a request have somebody in common, or one of them nobody."""
    theirs = [person.name for person in vault.search.people_of(debrief.path)]
    mine = [guest.name for guest in wanted.guests]
    return not theirs or not mine or any(same_person(name, theirs) for name in mine)


# --- when -------------------------------------------------------------------------------------------------------------


def local_time(starts: dt.date | dt.datetime, timezone: str) -> When:
    """Return a moment as the clocks show it in a time zone (an IANA name; empty: the computer's own)."""
    if not isinstance(starts, dt.datetime):
        return When(starts)
    if starts.tzinfo is None:
        return When(starts.date(), starts.time())
    try:
        here = starts.astimezone(_zone(timezone))
    except (OverflowError, ValueError):  # at the ends of the calendar
        return When(starts.date(), starts.time().replace(tzinfo=None))
    other = starts.replace(tzinfo=None) != here.replace(tzinfo=None) and starts.tzinfo is not dt.UTC
    return When(here.date(), here.time(), starts.strftime("%H:%M") if other else "")


def _zone(timezone: str) -> dt.tzinfo | None:
    if not timezone:
        return None
    from zoneinfo import ZoneInfo

    return ZoneInfo(timezone)


# --- which round, for which role --------------------------------------------------------------------------------------


def _round(vault: Vault, invitation: Invitation) -> Round:
    """Return the round that the title names, else the text."""
    for basis, text in (("title", invitation.summary), ("text", invitation.description)):
        named = tuple(dict.fromkeys(_rounds_in(vault, text)))
        found = (
            tuple(name for name in named if name != CHAT) or named
        )  # one chats about anything, also a technical round
        if found:
            return Round(found[0], basis, sure=basis == "title" and len(found) == 1)
    return Round()


def _rounds_in(vault: Vault, text: str) -> Iterator[str]:
    """Yield the rounds that a text names: the user's own first, then the more telling before the others."""
    words = vault.words
    padded = f" {fold(text)} "
    own = (*vault.settings.rounds, *(debrief.round for debrief in vault.debriefs))
    for name in own:
        if name and name not in (*ROUNDS, CHAT) and f" {fold(name)} " in padded:
            yield name
    for name in _TELLING:
        known = (word for word, meant in words.vocabulary.rounds.items() if meant == name)
        if any(f" {phrase} " in padded for phrase in (*known, *folded(f"round-{name}")) if phrase):
            yield name


def _role_line(description: str) -> str:
    """Return the role that a line of its own says: ``Role: SRE``; none where the line is a sentence or has a link."""
    for line in description.split("\n"):
        label, _, said = line.replace("：", ":").partition(":")
        role = " ".join(said.split()).strip(" *_`#|·-–—")
        if fold(label) not in folded("role-labels") or not fold(role) or fold(role) in folded("online"):
            continue
        if len(role) <= _LONGEST_ROLE and "://" not in role:
            return role
    return ""


def _role(vault: Vault, invitation: Invitation, company: str) -> str:
    """Return the role, of those that the vault knows at a company, that an invitation names; the longest one."""
    search = vault.search
    known = [(one.company, one.role) for one in search.applications] + [
        (one.company, one.role) for one in search.debriefs
    ]
    here = {role for name, role in known if role and key_of(known_company(vault, name)) == key_of(company)}
    said = f" {fold(invitation.summary)} | {fold(invitation.description)} "
    named = [role for role in here if f" {fold(role)} " in said]
    return max(sorted(named), key=len, default="")


# --- where ------------------------------------------------------------------------------------------------------------


def _format_and_place(invitation: Invitation, addresses: MailAddresses) -> tuple[str, str]:
    """Return the format, empty where it is not sure, and the place with the link that leads to the meeting."""
    link = _link(invitation, addresses)
    place = _place(invitation)
    where = " · ".join(part for part in (place, link) if part)[:_LONGEST_WHERE]
    if place and _PHONE.fullmatch(place):
        return "phone", where
    if place and link:
        return ("in-person" if says("in-person", invitation.summary) else ""), where
    if link:
        return "video", where
    if place:
        return ("phone" if says("by-phone", place) else "in-person"), where
    return ("phone" if says("by-phone", invitation.summary) else ""), where


def _link(invitation: Invitation, addresses: MailAddresses) -> str:
    """Return the address that leads to the meeting: the calendar's own, else one of a service for meetings."""
    sure = [one for url in invitation.linked if not addresses.is_no_place(one := addresses.unwrapped(url))]
    found = [one for url in invitation.links if addresses.is_meeting(one := addresses.unwrapped(url))]
    best = next(iter((*found, *sure)), "")
    return best if len(best) <= _LONGEST_WHERE else ""


def _place(invitation: Invitation) -> str:
    """Return the place: a location without the links in it, unless it only says that one meets by video.

    A room that was booked beside a link is the company's own, for those who sit there.
    """
    place = invitation.location
    for url in invitation.links:
        place = place.replace(url, " ")
    place = " ".join(place.replace("()", " ").replace("<>", " ").split()).strip(" ;,|·-–—")
    rooms = {fold(one.name) for one in invitation.guests if one.kind in ("ROOM", "RESOURCE")}
    if not fold(place) or fold(place) in folded("online") or (invitation.linked and fold(place) in rooms):
        return ""
    return place
