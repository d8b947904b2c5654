"""Which company invites: from the addresses, the event's title and what the vault knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from jobvault.actions.invitation_words import TitleWords, title_words
from jobvault.actions.invited_people import companies_by_domain, is_person, name_of
from jobvault.actions.known import companies, known_company
from jobvault.actions.mail_addresses import MailAddresses, domain_of
from jobvault.notes.invitation import Guest as Attendee
from jobvault.notes.invitation import Invitation
from jobvault.search.names import key_of
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_SPLIT = re.compile(
    r"\s+(?:[-–—|/·•+]|x|X|×)\s+|\s*(?:<-*>|<=>|↔|⟷|⇄)\s*|\s*[|:：;,()\[\]{}«»“”\"„]\s*|\s*(?P<at>@)\s*|(?<=\w)\s+-\s*|\s*-\s+(?=\w)"
)
_SHORTEST_PART = 4
_MOST_WORDS = 5
_MOST_LOOKED_AT = 5_000
"""Characters of a description in which a company's name is looked for."""
_WORD = re.compile(r"[^\s,;:.!?()\[\]<>\"|/]+")
_MOST_JOINED = 4
"""Words that a domain may write as one."""

Basis = Literal["vault", "both", "address", "title", ""]


@dataclass(frozen=True, slots=True)
class Company:
    """A company's name, what it was taken from, and whether that leaves no doubt.

    ``basis``: the ``vault`` knows it, ``both`` address and title have it, or only one of them does.
    """

    name: str = ""
    basis: Basis = ""
    sure: bool = False
    domain: str = ""


def inviting_company(
    vault: Vault, invitation: Invitation, addresses: MailAddresses, mine: Attendee | None = None
) -> Company:
    """Return which company invites; one without a name where nothing tells."""
    finder = _Finder(
        vault, addresses, title_words(), fold(f"{vault.settings.letters.name} {mine.name if mine else ''}")
    )
    domains = _domains(invitation, addresses, domain_of(mine.email) if mine else "")
    pieces = tuple(finder.pieces(invitation))
    ways: tuple[Callable[[], Company | None], ...] = (
        lambda: finder.of_known(domains, invitation.summary, [text for at, text in pieces if at]),
        lambda: finder.in_both(domains, [text for _, text in pieces]),
        lambda: finder.written_out(domains, invitation),
        lambda: finder.begins_like(domains),
        lambda: next((Company(text, "title") for behind_at, text in pieces if behind_at), None),
        lambda: next((Company(addresses.readable(one), "address", domain=one) for one in domains), None),
        lambda: next((Company(text, "title") for _, text in pieces), None),
    )
    return next((found for way in ways if (found := way()) is not None and found.name), Company())


def _domains(invitation: Invitation, addresses: MailAddresses, mine: str) -> tuple[str, ...]:
    """Return the domains that may be a company's: the organiser's first, then the most frequent."""
    organizer = invitation.organizer
    counted = Counter(
        domain_of(one.email)
        for one in ((organizer,) if organizer else ()) + invitation.guests
        if addresses.is_company(one.email) and domain_of(one.email) != mine
    )
    first = domain_of(organizer.email) if organizer else ""
    ranked = sorted(counted, key=lambda domain: (domain != first, -counted[domain], domain))
    return tuple(ranked)


@dataclass(frozen=True, slots=True)
class _Finder:
    vault: Vault
    addresses: MailAddresses
    words: TitleWords
    me: str
    """The user's name, folded."""

    def of_known(self, domains: Sequence[str], title: str, at: Sequence[str]) -> Company | None:
        """Return a company that the vault knows: by an address in its notes, by a domain, or named in the title.

        An address says nothing where the title is of another one, ``at`` which the interview is: an agency's may have
        been met for several.
        """
        met = companies_by_domain(self.vault, self.addresses)
        known = _squashed(self.vault, self.addresses)
        named = _named(self.vault, title)
        for domain in domains:
            names = (met.get(domain, ""), *(known[one] for one in self.addresses.names_in(domain) if one in known))
            for name in filter(None, names):
                company = known_company(self.vault, name)
                if company in named or not (named or any(not self._alike(company, text) for text in at)):
                    return Company(company, "vault", sure=True, domain=domain)
        return Company(named[0], "vault", sure=len(named) == 1) if named else None

    def _alike(self, company: str, text: str) -> bool:
        """Whether one of two names begins as the other is."""
        return any(
            one.startswith(two) or two.startswith(one)
            for one in self.addresses.spellings(company)
            for two in self.addresses.spellings(text)
        )

    def written_out(self, domains: Sequence[str], invitation: Invitation) -> Company | None:
        """Return a company whose domain is one, as it is written anywhere in the invitation."""
        for domain in domains:
            names = self.addresses.names_in(domain)
            for text in (invitation.summary, *_names(invitation), invitation.description[:_MOST_LOOKED_AT]):
                if found := _spelt(text, names, self.addresses):
                    return Company(found, "both", sure=True, domain=domain)
        return None

    def in_both(self, domains: Sequence[str], pieces: Sequence[str]) -> Company | None:
        """Return a company of which title and address have the beginning in common: the longer of the two."""
        for domain in domains:
            names = self.addresses.names_in(domain)
            for piece in pieces:
                if found := _spelt(piece, names, self.addresses):
                    whole = not set(self.addresses.spellings(piece)).isdisjoint(names)
                    return Company(found if whole else piece, "both", sure=True, domain=domain)
                for said in self.addresses.spellings(piece):
                    if len(said) >= _SHORTEST_PART and any(name.startswith(said) for name in names):
                        return Company(self.addresses.readable(domain), "both", sure=True, domain=domain)
                    if any(len(name) >= _SHORTEST_PART and said.startswith(name) for name in names):
                        return Company(piece, "both", sure=True, domain=domain)
        return None

    def begins_like(self, domains: Sequence[str]) -> Company | None:
        """Return the only known company whose first words are a domain: ``acme.example`` and Acme Robotics."""
        for domain in domains:
            names = self.addresses.names_in(domain)
            found = [
                name
                for name in companies(self.vault)
                if any(part in names for part in _beginnings(name, self.addresses))
            ]
            if len(found) == 1:
                return Company(found[0], "address", domain=domain)
        return None

    def pieces(self, invitation: Invitation) -> Iterator[tuple[bool, str]]:
        """Yield what in the title may be a company, those behind “at” and its like first, and whether they are."""
        people = [one for one in _everybody(invitation) if is_person(one, self.addresses)]
        names = {word for one in people for word in fold(name_of(one, "", self.addresses).name).split()}
        names |= set(self.me.split())
        found: list[tuple[bool, str]] = []
        for behind_at, piece in self._parts(self.words.without_time(self.words.without_prefix(invitation.summary))):
            bare = self._bare(piece)
            words = set(fold(bare).split())
            telling = words - names and not words & self.words.roles and not self.words.is_time(bare)
            if telling and len(words) <= _MOST_WORDS:
                found.append((behind_at, bare))
        yield from sorted(found, key=lambda one: not one[0])

    def _parts(self, title: str) -> Iterator[tuple[bool, str]]:
        """Yield the parts of a title, each with whether it stands behind “at” or its like."""
        at, start = False, 0
        for found in (*_SPLIT.finditer(title), None):
            part = title[start : found.start() if found else None]
            inner, begin = at, 0
            for joint in (*self.words.joining.finditer(f" {part} "), None):
                whole = f" {part} "
                yield inner, whole[begin : joint.start() if joint else None].strip()
                if joint:
                    inner, begin = fold(joint[1]) in self.words.before, joint.end() - 1
            if found:
                at, start = bool(found["at"]), found.end()

    def _bare(self, piece: str) -> str:
        """Return a part of a title without the words at its ends that are no company's."""
        words = piece.split()
        while words and self._is_noise(words[0]):
            words.pop(0)
        while words and self._is_noise(words[-1]):
            words.pop()
        return " ".join(words).strip(" .!?-–—'’#")

    def _is_noise(self, word: str) -> bool:
        folded = fold(word)
        parts = folded.split()
        mine = bool(self.me) and folded in self.me.split()
        return not folded or mine or all(part in self.words.noise or part.isdigit() for part in parts)


def _squashed(vault: Vault, addresses: MailAddresses) -> Mapping[str, str]:
    """Map the names of the companies that are known, squashed, aliases too, to their names."""
    called = [(one, name) for name, aliases in vault.settings.companies.items() for one in (name, *aliases)]
    called += [(name, known_company(vault, name)) for name in companies(vault)]
    found: dict[str, str] = {}
    for one, name in called:
        for spelling in addresses.spellings(one):
            found.setdefault(spelling, name)
    return found


def _everybody(invitation: Invitation) -> tuple[Attendee, ...]:
    return (*((invitation.organizer,) if invitation.organizer else ()), *invitation.guests)


def _names(invitation: Invitation) -> Iterator[str]:
    """Yield the names of those who take part, as they are written; what is an address is none."""
    yield from (one.name for one in _everybody(invitation) if "@" not in one.name)


def _spelt(text: str, names: Sequence[str], addresses: MailAddresses) -> str:
    """Return the words of a text, in a row, that a domain writes as one: ``Lantern Bus`` for ``lanternbus``."""
    words = [(found.start(), found.end()) for found in _WORD.finditer(text)]
    for first in range(len(words)):
        for last in range(first, min(first + _MOST_JOINED, len(words))):
            said = text[words[first][0] : words[last][1]]
            ends = said[:1].isalnum() and not said[:1].islower() and said[-1:].isalnum()
            if ends and "@" not in said and not set(names).isdisjoint(addresses.spellings(said)):
                return said
    return ""


def _named(vault: Vault, title: str) -> tuple[str, ...]:
    """Return the companies that a title names, whole words, the longest name first; none that another one holds."""
    called = {**{name: name for name in companies(vault)}}
    called.update({one: name for name, aliases in vault.settings.companies.items() for one in (name, *aliases)})
    padded = f" {fold(title)} "
    found: dict[str, str] = {}
    for one in sorted(called, key=len, reverse=True):
        words = f" {fold(one)} "
        if words.strip() and words in padded:
            padded = padded.replace(words, " | ")
            name = known_company(vault, called[one])
            found.setdefault(key_of(name), name)
    return tuple(found.values())


def _beginnings(name: str, addresses: MailAddresses) -> Iterator[str]:
    words = name.split()
    for count in range(1, len(words)):
        yield from addresses.spellings(" ".join(words[:count]))
