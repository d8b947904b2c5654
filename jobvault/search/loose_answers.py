"""What letters say they answer that is no concern of their recipient: a slip, or a concern that was written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from jobvault.model import Problem
from jobvault.search.concerns import Entry, Owner, concern_ledger, owner_of
from jobvault.words import Words, fold

if TYPE_CHECKING:
    from jobvault.search.search import Search

_ALIKE = 60.0
"""From how many percent on two texts may be one concern, written in two ways."""


def answers_nothing(search: Search, words: Words) -> list[Problem]:
    """Report what letters answer that nobody whom they are to has voiced, with the concern named that is near it."""
    if not any(letter.answers for letter in search.letters):
        return []
    ledger = concern_ledger(search)
    return list(_unused(search, ledger, _voiced(ledger), words))


def _unused(
    search: Search, ledger: Sequence[Entry], voiced: Mapping[Owner, Sequence[str]], words: Words
) -> Iterator[Problem]:
    used = {(one.letter.path, one.text) for entry in ledger for one in entry.answerings}
    for letter in search.letters:
        person = search.addressee(letter) if letter.answers else None
        name = person.name if person else letter.to or words.text("unnamed")
        for text in dict.fromkeys(letter.answers):
            if (letter.path, text) not in used:
                near = _near(text, voiced.get(owner_of(person), ()) if person else ())
                yield words.problem("answers-nothing", letter.path, None, quote=text, value=text, name=name, near=near)


def _voiced(ledger: Iterable[Entry]) -> dict[Owner, list[str]]:
    voiced: dict[Owner, list[str]] = {}
    for entry in ledger:
        voiced.setdefault(entry.owner, []).append(entry.text)
    return voiced


def _near(text: str, known: Sequence[str]) -> str:
    """Return the concern that a text is probably meant to be; empty where none is like it."""
    alike = [(_likeness(fold(text), fold(other)), other) for other in known]
    percent, near = max(alike, key=lambda one: one[0], default=(0.0, ""))
    return near if percent >= _ALIKE else ""


def _likeness(one: str, other: str) -> float:
    """Return how alike two folded texts are, in percent; one whose words stand in a row in the other is wholly so."""
    from rapidfuzz import fuzz

    short, long = sorted((one, other), key=len)
    return 100.0 if " " in short and f" {short} " in f" {long} " else float(fuzz.ratio(one, other))
