"""What an address in an invitation says: whose domain it is, and whether it is somebody's at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jobvault.notes.frontmatter import load_yaml
from jobvault.vault.shipped import read_template
from jobvault.words import fold, without_accents

_FILE = "invitations.yaml"
_APART = re.compile(r"[-._+]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"})
_AND = ("and", "und", "et", "y", "e", "og", "och")
_SHORTEST = 3
"""Letters that must be left of a domain once what stands around a name is taken away."""
_LONGEST_HOST = 253
"""Characters of a host's name at most (RFC 1035 2.3.4, without the final dot)."""


@dataclass(frozen=True, slots=True)
class MailAddresses:
    """What is known of domains and addresses, from ``templates/invitations.yaml``."""

    providers: frozenset[str]
    services: frozenset[str]
    examples: frozenset[str]
    mailboxes: frozenset[str]
    meetings: frozenset[str]
    no_places: frozenset[str]
    wrappers: Mapping[str, str]
    second_level: frozenset[str]
    around_names: tuple[str, ...]
    legal_forms: tuple[str, ...]

    def is_private(self, email: str) -> bool:
        """Whether anybody can have such an address."""
        return _within(domain_of(email), self.providers)

    def is_service(self, email: str) -> bool:
        """Whether a calendar, a meeting or a recruiting tool has such an address."""
        return _within(domain_of(email), self.services)

    def is_mailbox(self, email: str) -> bool:
        """Whether an address is no person's."""
        local = email.partition("@")[0].lower()
        return local in self.mailboxes or re.split(r"[-_+]", local)[0] in self.mailboxes

    def is_company(self, email: str) -> bool:
        """Whether a company's name may be in an address."""
        domain = domain_of(email)
        return bool(domain) and not _within(domain, self.providers | self.services | self.examples)

    def label(self, domain: str) -> str:
        """Return the part of a domain that somebody chose: ``acme-robotics`` of ``mail.acme-robotics.co.uk``."""
        parts = domain.split(".")
        country = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in self.second_level
        label = parts[-3 if country else -2] if len(parts) > 1 else parts[0]
        try:
            return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
        except UnicodeError:
            return label

    def spellings(self, name: str) -> tuple[str, ...]:
        """Return how a company's name may stand in a domain: ``Birch & Lowe GmbH`` → ``birchlowe``.

        One with umlauts gives two: ``Grünspan`` → ``gruenspan``, ``grunspan``.
        """
        folded = fold(name)
        both = (folded.translate(_UMLAUTS), folded)
        return tuple(dict.fromkeys(one for text in both if (one := self._squashed(without_accents(text)))))

    def _squashed(self, folded: str) -> str:
        words = [word for word in folded.split() if word not in _AND]
        for form in self.legal_forms:
            parts = form.split()
            if len(words) > len(parts) and words[-len(parts) :] == parts:
                words = words[: -len(parts)]
        return "".join(words)

    def names_in(self, domain: str) -> tuple[str, ...]:
        """Return what a company may be called whose domain it is, squashed: whole, and without what stands around."""
        label = self.label(domain)
        whole = next(iter(self.spellings(label)), "")
        bare = [word for word in _APART.split(label) if word not in self.around_names]
        found = [whole, *self.spellings(" ".join(bare))]
        for around in self.around_names:
            found += [whole.removeprefix(around), whole.removesuffix(around)]
        return tuple(dict.fromkeys(name for name in found if name == whole or len(name) >= _SHORTEST))

    def readable(self, domain: str) -> str:
        """Return a domain's name as a company writes its own: ``acme-robotics`` → ``Acme Robotics``."""
        words = [word for word in _APART.split(self.label(domain)) if word]
        bare = [word for word in words if word not in self.around_names]
        return " ".join(word if word in _AND else word[:1].upper() + word[1:] for word in bare or words)

    def is_meeting(self, url: str) -> bool:
        """Whether an address leads to a meeting by video."""
        return _within(_host(url), self.meetings) and not self.is_no_place(url)

    def is_no_place(self, url: str) -> bool:
        """Whether an address leads to a pad for code, a document or a help page."""
        return _within(_host(url), self.no_places)

    def unwrapped(self, url: str) -> str:
        """Return where an address leads that somebody put their own before."""
        host = _host(url)
        for wrapper, part in self.wrappers.items():
            if _within(host, frozenset({wrapper})):
                inner = parse_qs(urlsplit(url).query).get(part, [""])[0]
                if inner.startswith(("https://", "http://")) and not re.search(r"\s", inner):
                    return inner
        return url


def domain_of(email: str) -> str:
    """Return an address's domain, in small letters."""
    return email.rpartition("@")[2].lower().strip(".") if "@" in email else ""


@cache
def mail_addresses() -> MailAddresses:
    """Return what is known of them."""
    read: Any = load_yaml(read_template(_FILE))

    def words(key: str) -> frozenset[str]:
        return frozenset(str(word) for word in read[key])

    return MailAddresses(
        providers=words("mail-providers"),
        services=words("services"),
        examples=words("examples"),
        mailboxes=words("mailboxes"),
        meetings=words("meetings"),
        no_places=words("no-places"),
        wrappers={str(host): str(part) for host, part in read["wrappers"].items()},
        second_level=words("second-level"),
        around_names=tuple(str(word) for word in read["around-names"]),
        legal_forms=tuple(sorted((str(form) for form in read["legal-forms"]), key=len, reverse=True)),
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _within(domain: str, known: frozenset[str]) -> bool:
    """Whether a domain is one of those that are known, or below one."""
    if len(domain) > _LONGEST_HOST:
        return False
    parts = domain.split(".")
    return any(".".join(parts[start:]) in known for start in range(len(parts)))
