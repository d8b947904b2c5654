"""Where somebody can be written to: which of the addresses that the notes have for them is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jobvault.model import Debrief
from jobvault.search.people import Person

_ADDRESS = re.compile(
    r"(?=.{3,254}\Z)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The address of somebody, empty where there is none; ``refused`` are those before it that are no address."""

    address: str = ""
    refused: tuple[str, ...] = ()


def is_address(text: str) -> bool:
    """Whether a text is one plain mail address, such as a header can carry (``addr-spec``, RFC 5322, 3.4.1).

    One with other letters than ASCII is none: each server on its way would have to allow it (RFC 6531).
    """
    return _ADDRESS.fullmatch(text) is not None


def addresses_of(person: Person, about: Debrief | None = None) -> Addresses:
    """Return where somebody can be written to after an interview.

    That is what its debrief says, the last word first, then later and earlier debriefs, then the person's own note.
    """
    return first_address(_written(person, about))


def first_address(texts: Iterable[str]) -> Addresses:
    """Return the first of some texts that is an address, and those before it that are none."""
    refused: list[str] = []
    for text in texts:
        address = text.strip().removeprefix("mailto:")
        if is_address(address):
            return Addresses(address, tuple(refused))
        if address:
            refused.append(address)
    return Addresses(refused=tuple(dict.fromkeys(refused)))


def _written(person: Person, about: Debrief | None) -> Iterator[str]:
    here = [meeting for meeting in person.meetings if about is not None and meeting.debrief.path == about.path]
    others = [meeting for meeting in reversed(person.meetings) if meeting not in here]
    for meeting in (*here, *others):
        yield from reversed(meeting.met.emails)
    yield person.email
