"""Whom one meets, by an invitation: names from what calendars write, without the user, rooms and mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobvault.actions.introductions import acquaintances
from jobvault.actions.known import known_company
from jobvault.actions.mail_addresses import MailAddresses, domain_of
from jobvault.actions.scaffold import Guest, Request, read_guest
from jobvault.model import PersonNote
from jobvault.notes.invitation import Guest as Attendee
from jobvault.notes.invitation import Invitation
from jobvault.search.names import key_of
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

MOST_PEOPLE = 20
_NOT_PEOPLE = frozenset({"ROOM", "RESOURCE", "GROUP"})
_PRONOUNS = re.compile(r"\s*[(\[]\s*\w{1,6}\s*/\s*\w{1,6}(?:\s*/\s*\w{1,6})?\s*[)\]]", re.UNICODE)
_BRACKETED = re.compile(r"\s*[(\[<]([^()\[\]<>]*)[)\]>]\s*$")
_DIGITS = re.compile(r"\d+$")
_APART = re.compile(r"[._]+|-(?=\w{3})")
_LAST_FIRST = 2
"""Words that a family name or a first name has at most, where a comma stands between them."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who takes part: those to meet, the user where an attendee is them, and those who declined, by name.

    ``sure`` is whether the settings say who the user is; ``more`` is how many there are beyond those that are listed.
    """

    people: tuple[Attendee, ...]
    me: Attendee | None = None
    sure: bool = True
    declined: tuple[str, ...] = ()
    more: int = 0


def invited(vault: Vault, invitation: Invitation, addresses: MailAddresses) -> Invited:
    """Tell who takes part in an interview apart."""
    everybody = tuple(_everybody(invitation))
    me = _mine(vault, everybody)
    sure = me is not None
    people = tuple(one for one in everybody if one is not me and is_person(one, addresses))
    if me is None:
        organizer = invitation.organizer.email.lower() if invitation.organizer else ""
        me = _probably_me(people, organizer, addresses)
        people = tuple(one for one in people if one is not me)
    declined = tuple(name_of(one).name or one.email for one in people if one.answer == "DECLINED")
    here = tuple(one for one in people if one.answer != "DECLINED")
    return Invited(here[:MOST_PEOPLE], me, sure, declined, max(len(here) - MOST_PEOPLE, 0))


def is_person(one: Attendee, addresses: MailAddresses) -> bool:
    """Whether an attendee is somebody one meets, not a room, a list, a tool or a shared mailbox."""
    if one.kind in _NOT_PEOPLE or one.role == "NON-PARTICIPANT" or not (one.name or one.email):
        return False
    if not one.email:
        return "@" not in one.name
    if addresses.is_mailbox(one.email):
        return False
    return not addresses.is_service(one.email)


def _everybody(invitation: Invitation) -> Iterator[Attendee]:
    """Yield the organiser, then the others, each once; of one with an address and several names, the first name."""
    organizer = invitation.organizer
    known: dict[str, Attendee] = {}
    for one in (*((organizer,) if organizer else ()), *invitation.guests):
        key = one.email.lower() or fold(one.name)
        if not key:
            continue
        first = known.get(key)
        if first is None:
            known[key] = one
        else:
            name = first.name if _says_name(first) or not _says_name(one) else one.name
            known[key] = replace(one, name=name, kind=one.kind if one.kind in _NOT_PEOPLE else first.kind)
    yield from known.values()


def _says_name(one: Attendee) -> bool:
    return bool(one.name) and "@" not in one.name


# --- the user ---------------------------------------------------------------------------------------------------------


def _mine(vault: Vault, everybody: Sequence[Attendee]) -> Attendee | None:
    """Return the user, as the settings know them: by address, else by name."""
    email, name = vault.settings.letters.email.lower(), fold(vault.settings.letters.name)
    found = next((one for one in everybody if email and one.email.lower() == email), None)
    return found or next((one for one in everybody if name and fold(name_of(one).name) == name), None)


def _probably_me(people: Sequence[Attendee], organizer: str, addresses: MailAddresses) -> Attendee | None:
    """Return who the user probably is: the only one with a private address, or the only one who was invited."""
    guests = [one for one in people if one.email and one.email.lower() != organizer]
    private = [one for one in guests if addresses.is_private(one.email)]
    if len(private) == 1:
        return private[0]
    return guests[0] if len(guests) == 1 and organizer else None


# --- names ------------------------------------------------------------------------------------------------------------


def name_of(one: Attendee, company: str = "", addresses: MailAddresses | None = None) -> Guest:
    """Return who an attendee is: from the name that the calendar has, else from the address.

    >>> name_of(Attendee("Reyes, Dana (Acme)", "dana@acme.example"), "Acme")
    Guest(name='Dana Reyes', title='', email='dana@acme.example')
    """
    written = _PRONOUNS.sub("", one.name.strip(" '\"")).strip()
    if not written or "@" in written or not any(char.isalpha() for char in written):
        return Guest(_from_address(one.email), email=one.email)
    written, aside = _without_brackets(written)
    swapped = _last_first(written, one.email.lower())
    guest = read_guest(swapped or written)
    titles = (guest.title, aside)
    title = next((t for t in titles if t and not _is_company(t, one.email, company, addresses)), "")
    name = guest.name if any(char.isupper() for char in guest.name) or not guest.name.isascii() else guest.name.title()
    return Guest(name, title, one.email)


def _without_brackets(written: str) -> tuple[str, str]:
    found = _BRACKETED.search(written)
    if found and found.start():
        return written[: found.start()].strip(), found[1].strip()
    name, bar, aside = written.partition("|")
    return (name.strip(), aside.strip()) if bar and name.strip() else (written, "")


def _last_first(written: str, email: str) -> str:
    """Return ``Reyes, Dana`` as ``Dana Reyes``; nothing where a title stands behind the comma.

    Two names before a comma are a family's where the address begins with what stands behind it.
    """
    parts = [part.strip() for part in written.split(",")]
    if len(parts) != 2 or not all(parts):
        return ""
    last, first = (part.split() for part in parts)
    named = all(word[:1].isupper() and not (len(word) > 1 and word.isupper()) for word in first)
    whole = len(last) == 2 and last[0][:1].isupper() and not email.startswith(first[0].lower())
    if len(last) > _LAST_FIRST or len(first) > _LAST_FIRST or not named or whole:
        return ""
    return " ".join((*first, *last))


def _is_company(title: str, email: str, company: str, addresses: MailAddresses | None) -> bool:
    """Whether what stands behind a name is the company, or says only that somebody is from elsewhere."""
    if fold(title) in ("external", "extern", "guest", "gast", "via google calendar") or "@" in title:
        return True
    if addresses is None:
        return fold(title) == fold(company)
    said = set(addresses.spellings(title))
    names = {*addresses.spellings(company), *addresses.names_in(domain_of(email))}
    return not said or bool(said & names)


def _from_address(email: str) -> str:
    """Return the name that an address holds: ``dana.reyes@acme.example`` → ``Dana Reyes``."""
    local = email.partition("@")[0].partition("+")[0]
    words = [_DIGITS.sub("", word) for word in _APART.split(local)]
    return " ".join(word[:1].upper() + word[1:] for word in words if word)


# --- who is known already ---------------------------------------------------------------------------------------------


def known_guests(
    vault: Vault, request: Request, people: Sequence[Attendee], addresses: MailAddresses
) -> tuple[Guest, ...]:
    """Return those to meet as a debrief has them: by the names that the vault knows, found by address or name."""
    by_address = {email.lower(): name for email, name in _addresses(vault)}
    known = acquaintances(vault, replace(request, guests=()), None)
    found: dict[str, Guest] = {}
    for one in people:
        guest = name_of(one, request.company, addresses)
        name = by_address.get(one.email.lower()) or known.meant(guest.name) or guest.name
        if fold(name):
            found.setdefault(fold(name), replace(guest, name=name))
    return tuple(found.values())


def guessed_names(guests: Sequence[Guest], people: Sequence[Attendee]) -> tuple[str, ...]:
    """Return the names, of those a debrief is laid down with, that are made of an address."""
    made = {one.email: _from_address(one.email) for one in people if one.email and not _says_name(one)}
    return tuple(guest.name for guest in guests if guest.name and made.get(guest.email) == guest.name)


def _addresses(vault: Vault) -> Iterator[tuple[str, str]]:
    """Yield the addresses that the notes have, each with whose it is."""
    for debrief in vault.debriefs:
        for met in debrief.people:
            yield from ((email, met.name) for email in met.emails if met.name)
    for reading in vault.readings():
        if isinstance(reading.noun, PersonNote) and reading.noun.email:
            yield reading.noun.email, reading.noun.name


def companies_by_domain(vault: Vault, addresses: MailAddresses) -> dict[str, str]:
    """Map the domains of the addresses in the notes to the company at which they were met, where that is one."""
    notes = [reading.noun for reading in vault.readings() if isinstance(reading.noun, PersonNote)]
    written = [(noun.email, noun.company) for noun in notes]
    written += [(email, one.company) for one in vault.debriefs for met in one.people for email in met.emails]
    found: dict[str, dict[str, str]] = {}
    for email, company in written:
        if company and addresses.is_company(email):
            name = known_company(vault, company)
            found.setdefault(domain_of(email), {})[key_of(name)] = name
    return {domain: next(iter(names.values())) for domain, names in found.items() if len(names) == 1}
