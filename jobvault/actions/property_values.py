"""What a property is set to, from the words of a command line: checked for the types of notes that are ours.

Dates as people say them become ISO dates; outcomes, formats and rounds in any language are written as `new` writes
them; links to notes may be given by their words. A property of the user's own gets the type that Obsidian would guess.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobvault.actions.debrief_text import guest_text
from jobvault.actions.known import known_company
from jobvault.actions.matching import with_words
from jobvault.actions.scaffold import read_guest, read_tags
from jobvault.errors import AmbiguousError, NotFoundError, UsageError
from jobvault.model import APPLICATION_OUTCOMES, FORMATS, KINDS, OUTCOMES
from jobvault.notes.debrief import round_name
from jobvault.notes.frontmatter import Value
from jobvault.notes.inline import find_links
from jobvault.notes.near import nearest
from jobvault.notes.properties import FIELDS
from jobvault.notes.values import as_int
from jobvault.search.names import stem_of
from jobvault.vault.places import is_vault
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

LISTS = frozenset({"tags", "aliases", "cssclasses"})
"""What is a list in any note: Obsidian keeps these for itself (its help, “Properties”)."""
PAST = frozenset({"heard", "written", "applied", "answered", "closed", "sent"})
"""Days of what has happened: of a day without a year, the last one is meant."""
DAYS = PAST - {"sent"} | {"date", "hear_by", "practise_next"}
BOUNDS: Mapping[str, tuple[int, int]] = {"felt": (1, 5), "forecast": (0, 100)}
STATUSES = ("draft", "sent")
SOURCES = ("referral", "recruiter", "board", "company-site", "event", "cold")
LINKED = {"application": "application", "debrief": "debrief"}
"""Properties that hold a link to a note, with its type."""

_EMAIL = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\".]+")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)")
_MOST_LISTED = 6


@dataclass(frozen=True, slots=True)
class Spoken:
    """How days and times are said; both raise ``UsageError``, which names the property given second.

    ``day`` is told besides whether a day that was is meant.
    """

    day: Callable[[str, str, bool], dt.date]
    time: Callable[[str, str], dt.time]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what properties of one note are set to. ``kind`` is its type, None for one that is none of ours."""

    vault: Vault
    path: str
    kind: str | None
    spoken: Spoken

    def knows(self, key: str) -> bool:
        """Whether a property is one of ours."""
        return key == "type" or key in FIELDS.get(self.kind or "", ())

    def is_list(self, key: str) -> bool:
        """Whether a property holds a list, however many items it has."""
        return key in LISTS or (key == "people" and self.knows(key))

    def read(self, key: str, said: Sequence[str]) -> Value:
        """Return what a property is set to; None for nothing. Raises ``UsageError`` for what it cannot hold."""
        texts = [text.strip() for text in said if text.strip()]
        if not texts:
            return None
        if self.is_list(key):
            return self._list(key, texts)
        if not self.knows(key):
            return guess(texts[0]) if len(texts) == 1 else [guess(text) for text in texts]
        return self._one(key, " ".join(" ".join(texts).split()))

    def _list(self, key: str, texts: Sequence[str]) -> list[Value]:
        if key == "tags":
            return list(read_tags(tuple(texts)))
        if key == "people":
            return [self._person(text) for text in texts]
        return [*texts]

    def _person(self, text: str) -> str:
        """Write somebody as a new debrief has them, with the title that was given; a link stays as it is."""
        guest = read_guest(text)
        if find_links(text, 0) or not guest.name.strip("?"):
            return text
        name = guest_text(self.vault, guest)[0] if is_vault(self.vault.root) else guest.name
        return f"{name}, {guest.title}" if guest.title else name

    def _one(self, key: str, text: str) -> Value:  # noqa: PLR0911 - one for each form
        if key in DAYS:
            return self.spoken.day(text, key, key in PAST)
        if key == "sent":
            return self._moment(key, text)
        if key == "time":
            return self.spoken.time(text, key).strftime("%H:%M")
        if key in BOUNDS:
            return _number(key, text, *BOUNDS[key])
        if key == "email":
            return _email(text)
        if key in LINKED and self.kind != key:
            return self._link(text, LINKED[key])
        if key == "company" and is_vault(self.vault.root):
            return _plain(known_company(self.vault, text))
        return self._word(key, text)

    def _word(self, key: str, text: str) -> Value:
        """Read one of the words that we know, in any language; where others are allowed, they stay."""
        words, known = self.vault.words, self.vault.words.vocabulary
        if key == "type":
            return known.types.get(fold(text), text)
        if key == "round":
            return words.write("round", round_name(text, words, self.vault.settings.rounds))
        if key == "source":
            return words.write("source", known.sources.get(fold(text), text))
        if key == "outcome" and self.kind == "application":
            return self._choice(key, text, APPLICATION_OUTCOMES, known.applications, "application")
        if key in ("outcome", "format", "status"):
            choices, lookup = {
                "outcome": (OUTCOMES, known.outcomes),
                "format": (FORMATS, known.formats),
                "status": (STATUSES, known.statuses),
            }[key]
            return self._choice(key, text, choices, lookup, key)
        return _plain(text)

    def _choice(self, key: str, text: str, choices: Sequence[str], lookup: Mapping[str, str], group: str) -> str:
        table = {**{word: value for word, value in lookup.items() if value in choices}, **{fold(c): c for c in choices}}
        if (value := table.get(fold(text))) is not None:
            return self.vault.words.write(group, value)
        written = [self.vault.words.write(group, choice) for choice in choices]
        near = nearest(text, (*written, *choices))
        hint = f"Did you mean “{near}”?" if near else f"It is one of {', '.join(written)}."
        raise UsageError(f"{key}: “{text}” is none. {hint}")

    def _moment(self, key: str, text: str) -> dt.date | dt.datetime:
        if found := _MOMENT.fullmatch(text):
            day = self.spoken.day(found["day"], key, True)
            return dt.datetime.combine(day, self.spoken.time(found["time"][:5].rstrip(":"), key))
        return self.spoken.day(text, key, True)

    def _link(self, text: str, kind: str) -> str:
        """Write a link to a note of a type, found by its words; a link that was given stays as it is."""
        if find_links(text, 0) or not is_vault(self.vault.root):
            return text
        search = self.vault.search
        paths = [noun.path for noun in (search.applications if kind == "application" else search.debriefs)]
        whole = [path for path in paths if fold(stem_of(path)) == fold(stem_of(text)) or path == text]
        found = whole or with_words(paths, text, stem_of) or with_words(paths, text, str)
        if not found:
            hint = 'Name it as the file is called, or write a link: "[[NAME]]".'
            raise NotFoundError(f"{kind}: no note with `type: {kind}` is called “{text}”. {hint}")
        if len(found) > 1:
            rows = (*found[:_MOST_LISTED], *(["…"] if len(found) > _MOST_LISTED else []))
            raise AmbiguousError(f"{kind}: “{text}” could be any of these:", rows, "Nothing was changed. Say more.")
        return self.vault.face(source=self.path).link(found[0])


def near_type(text: str) -> str | None:
    """Return the type of note that a word is one slip off; None where it is one, or none."""
    return nearest(text, KINDS)


def guess(text: str) -> Value:
    """Return a text as Obsidian would take it: a number, a checkbox, a date, a date with time, else text.

    A number that would not be written as it was typed (``007``, ``1.50``) stays text.
    """
    if text in ("true", "false"):
        return text == "true"
    if _DECIMAL.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
        if found := _MOMENT.fullmatch(text):
            return dt.datetime.fromisoformat(f"{found['day']}T{found['time'].zfill(5)}")
    except ValueError:  # a date that does not exist
        pass
    return _plain(text)


def _plain(text: str) -> str | int:
    """Return a text; a number as one, so that it is written without quotes."""
    return int(text) if _INTEGER.fullmatch(text) and text != "-0" else text


def _number(key: str, text: str, low: int, high: int) -> int:
    number = as_int(text.partition("/")[0].strip() if text.endswith(f"/{high}") else text)
    if number is None or not low <= number <= high:
        raise UsageError(f"{key}: “{text}” is no whole number from {low} to {high}.")
    return number


def _email(text: str) -> str:
    address = text.removeprefix("mailto:")
    if not _EMAIL.fullmatch(address):
        raise UsageError(f"email: “{text}” is no e-mail address. Write it as dana@example.org.")
    return address
