"""Which company invites: from the addresses, the event's title and what the vault knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from jobvault.actions.invited_people import companies_by_domain
from jobvault.actions.known import companies, known_company
from jobvault.actions.mail_addresses import MailAddresses, domain_of
from jobvault.notes.invitation import Guest as Attendee
from jobvault.notes.invitation import Invitation
from jobvault.search.names import key_of
from jobvault.words import Words, fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_SPLIT = re.compile(
    r"\s+(?:[-–—|/·•+&]|x|X|×)\s+|\s*(?:<-*>|<=>|↔|⟷|⇄)\s*|\s*[|:：;,()\[\]{}«»“”\"„]\s*|\s*(?P<at>@)\s*|(?<=\w)\s+-\s*|\s*-\s+(?=\w)"
)
_SHORTEST_PART = 4
_MOST_WORDS = 5
_BEHIND_NAME = re.compile(r"[(\[|@]\s*([^()\[\]|@]+?)\s*[)\]]?\s*$|\s[-–—]\s(.+)$|,\s*([^,]+)$")

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


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The words of an event's title that are no company: see ``invitation`` in the word files."""

    before: frozenset[str]
    noise: frozenset[str]
    roles: frozenset[str]
    prefixes: tuple[str, ...]
    joining: re.Pattern[str]

    def without_prefix(self, title: str) -> str:
        """Return a title without what calendars put before it: ``Invitation: …``."""
        while True:
            head, colon, rest = title.partition(":")
            if not colon or fold(head) not in self.prefixes:
                return title.strip()
            title = rest.strip()


def title_words(words: Words) -> TitleWords:
    """Return the words of a title, as the vault's language and English have them."""

    def listed(key: str) -> list[str]:
        return [word.strip() for word in words.text(f"invitation.{key}").split(",") if word.strip()]

    before = listed("before-company")
    joining = sorted((*before, *listed("joining")), key=len, reverse=True)
    pattern = re.compile(rf"\s+({'|'.join(map(re.escape, joining))})\s+", re.IGNORECASE)
    return TitleWords(
        before=frozenset(map(fold, before)),
        noise=frozenset(word for text in (*listed("no-company"), *before) for word in fold(text).split()),
        roles=frozenset(word for text in listed("role-words") for word in fold(text).split()),
        prefixes=tuple(map(fold, listed("prefixes"))),
        joining=pattern,
    )


def inviting_company(
    vault: Vault, invitation: Invitation, addresses: MailAddresses, mine: Attendee | None = None
) -> Company:
    """Return which company invites; one without a name where nothing tells."""
    finder = _Finder(vault, addresses, title_words(vault.words))
    domains = _domains(invitation, addresses, domain_of(mine.email) if mine else "")
    pieces = tuple(finder.pieces(invitation))
    ways: Iterable[Company | None] = (
        finder.of_known(domains, invitation.summary),
        finder.in_both(domains, pieces),
        finder.begins_like(domains),
        next((Company(addresses.readable(one), "address", domain=one) for one in domains), None),
        next((Company(piece, "title") for piece in pieces), None),
    )
    return next((found for found in ways if found is not None and found.name), Company())


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

    def of_known(self, domains: Sequence[str], title: str) -> Company | None:
        """Return a company that the vault knows: by an address in its notes, by a domain, or named in the title."""
        met = companies_by_domain(self.vault, self.addresses)
        known = _squashed(self.vault, self.addresses)
        for domain in domains:
            if domain in met:
                return Company(known_company(self.vault, met[domain]), "vault", sure=True, domain=domain)
        for domain in domains:
            name = next((known[one] for one in self.addresses.names_in(domain) if one in known), "")
            if name:
                return Company(name, "vault", sure=True, domain=domain)
        named = _named(self.vault, title)
        return Company(named[0], "vault", sure=len(named) == 1) if named else None

    def in_both(self, domains: Sequence[str], pieces: Sequence[str]) -> Company | None:
        """Return a company that title and address both have, as the title writes it where that is the whole."""
        for domain in domains:
            names = self.addresses.names_in(domain)
            whole = next((piece for piece in pieces if self.addresses.squashed(piece) in names), "")
            if whole:
                return Company(whole, "both", sure=True, domain=domain)
            for piece in pieces:
                said = self.addresses.squashed(piece)
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

    def pieces(self, invitation: Invitation) -> Iterator[str]:
        """Yield what in the title may be a company, likeliest first; then what stands behind the organiser's name."""
        people = (*((invitation.organizer,) if invitation.organizer else ()), *invitation.guests)
        said = f"{self.vault.settings.letters.name} {' '.join(one.name for one in people)}"
        names = set(fold(said).split()) | {word for one in people for word in fold(one.email.partition("@")[0]).split()}
        found: list[tuple[int, str]] = []
        for rank, piece in self._parts(self.words.without_prefix(invitation.summary)):
            bare = self._bare(piece)
            folded = fold(bare).split()
            telling = set(folded) - names and not set(folded) & self.words.roles
            if telling and len(folded) <= _MOST_WORDS:
                found.append((rank, bare))
        yield from (piece for _, piece in sorted(found, key=lambda one: one[0]))
        organizer = invitation.organizer
        if organizer and (behind := _BEHIND_NAME.search(organizer.name)):
            bare = self._bare(next(filter(None, behind.groups())))
            if bare:
                yield bare

    def _parts(self, title: str) -> Iterator[tuple[int, str]]:
        """Yield the parts of a title, those behind “at” and its like as the first."""
        at, start = False, 0
        for found in (*_SPLIT.finditer(title), None):
            part = title[start : found.start() if found else None]
            inner, begin = at, 0
            for joint in (*self.words.joining.finditer(f" {part} "), None):
                whole = f" {part} "
                yield (0 if inner else 1), whole[begin : joint.start() if joint else None].strip()
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
        return "" if any(self._is_noise(word) for word in words[1:-1]) else " ".join(words).strip(" .!?-–—'’#")

    def _is_noise(self, word: str) -> bool:
        folded = fold(word)
        parts = folded.split()
        return not folded or all(part in self.words.noise or part.isdigit() for part in parts)


def _squashed(vault: Vault, addresses: MailAddresses) -> Mapping[str, str]:
    """Map the names of the companies that are known, squashed, aliases too, to their names."""
    found: dict[str, str] = {}
    for name, aliases in vault.settings.companies.items():
        found.update((addresses.squashed(one), name) for one in (name, *aliases))
    for name in companies(vault):
        found.setdefault(addresses.squashed(name), known_company(vault, name))
    found.pop("", None)
    return found


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
    yield from (addresses.squashed(" ".join(words[:count])) for count in range(1, len(words)))
