"""Properties of our note types: their values as typed, with a problem where one is not understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeVar

from jobvault.model import Problem
from jobvault.notes.frontmatter import Property, Value
from jobvault.notes.inline import find_links, plain
from jobvault.notes.names import name_of
from jobvault.notes.near import nearest
from jobvault.notes.note import Note, shown
from jobvault.notes.values import as_date, as_int, as_list, as_text, as_time
from jobvault.words import Words, fold

T = TypeVar("T")
_SHORTEST_NEAR = 5
_DATE_LENGTH = len("2026-11-23")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "debrief": (
        "company", "date", "time", "role", "round", "format", "people", "felt", "forecast", "outcome", "hear_by",
        "heard", "written", "application", "tags",
    ),
    "application": (
        "company", "role", "source", "applied", "answered", "closed", "outcome", "link", "pay", "tags",
    ),
    "letter": ("to", "debrief", "kind", "subject", "status", "sent", "answers", "tags"),
    "question": ("question", "tags", "aliases", "practise_next"),
    "story": ("title", "tags"),
    "person": ("name", "company", "title", "email", "link", "aliases"),
    "prep": ("company", "date"),
    "review": ("company", "date"),
}  # fmt: skip
"""The properties of each type, in the order in which templates write them."""


@dataclass(slots=True)
class Properties:
    """Typed access to one note's properties; problems gather as values are taken."""

    note: Note
    words: Words
    problems: list[Problem] = field(default_factory=list)

    def text(self, key: str) -> str:
        """Return a text, a link's name included; ``""`` where there is none."""
        found = self.note.front.get(key)
        value = shown(as_text(found.value) or "").strip() if found else ""
        return " ".join(value.split())

    def name(self, key: str) -> tuple[str, str | None]:
        """Return a name that may be a link: its shown name, and the link's target or None where it leads to no note."""
        value = self.text(key)
        links = find_links(value, 0) if "[" in value else ()
        if links:
            return name_of(links[0]), links[0].target
        return (plain(value) if "](" in value else value), None

    def target(self, key: str) -> str | None:
        """Return the target of a link to a note, else the words that stand there, or None."""
        name, target = self.name(key)
        return target or name or None

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a scalar is a list of one."""
        found = self.note.front.get(key)
        texts = (" ".join(shown(item).split()) for item in as_list(found.value)) if found else ()
        return tuple(text for text in texts if text)

    def tags(self) -> tuple[str, ...]:
        """Return the tags, without ``#``; several in one text are parted at commas and blanks."""
        parts = [part for item in self.names("tags") for part in item.replace(",", " ").split()]
        return tuple(dict.fromkeys(part.lstrip("#") for part in parts if part.lstrip("#")))

    def day(self, key: str) -> date | None:
        """Return a date."""
        return self._typed(key, as_date, "date")

    def moment(self, key: str) -> date | datetime | None:
        """Return a date or datetime."""
        return self._typed(key, _as_moment, "moment")

    def clock(self, key: str) -> time | None:
        """Return a time of day."""
        return self._typed(key, as_time, "time")

    def number(self, key: str, low: int, high: int) -> int | None:
        """Return a whole number within bounds; ``4/5`` is 4 where the highest is 5."""

        def within(value: Value) -> int | None:
            text = as_text(value) or ""
            number = as_int(text.partition("/")[0].strip() if text.endswith(f"/{high}") else value)
            return number if number is not None and low <= number <= high else None

        return self._typed(key, within, "number", low=low, high=high)

    def choice(self, key: str, choices: Sequence[str], lookup: Mapping[str, str] | None = None, group: str = "") -> str:
        """Return one of the choices; every language's own words for them count too (``lookup``).

        ``group`` names them in the word files, where that is not ``key``.
        """
        own_words = {word: value for word, value in (lookup or {}).items() if value in choices}
        table = {**own_words, **{fold(choice): choice for choice in choices}}
        text = self.text(key)
        value = table.get(fold(text), "")
        if text and not value and (found := self.note.front.get(key)):
            written = [self.words.write(group or key, choice) for choice in choices]
            near = nearest(text, (*written, *choices))
            self._bad(found, near or ", ".join(written))
        return value

    def known(self, key: str, lookup: Mapping[str, str]) -> str:
        """Return one of our values by any of its words, or the user's own words as they are."""
        text = self.text(key)
        return lookup.get(fold(text), text)

    def _typed(self, key: str, read: Callable[[Value], T | None], expected: str, **bounds: int) -> T | None:
        found = self.note.front.get(key)
        if found is None or as_text(found.value) in (None, ""):
            return None
        value = read(found.value)
        if value is None:
            self._bad(found, self.words.text(f"expected.{expected}", **bounds))
        return value

    def _bad(self, found: Property, expected: str) -> None:
        value = shown(as_text(found.value) or "…")
        self.problems.append(
            self.words.problem(
                "bad-value", self.note.path, found.line,
                quote=f"{found.name}: {value}", name=found.name, value=value, expected=expected,
            )
        )  # fmt: skip

    def missing(self, *keys: str) -> None:
        """Report each of the properties that is asked for and has no value."""
        for key in keys:
            if not self.text(key):
                code = f"missing-{key}" if key in ("company", "date") else "missing-property"
                values = {} if code != "missing-property" else {"name": key}
                self.problems.append(self.words.problem(code, self.note.path, None, **values))

    def near_misses(self, kind: str) -> None:
        """Report each unknown property that is one slip away from one of ours which the note lacks."""
        have = {prop.key for prop in self.note.front.properties}
        lacking = [key for key in FIELDS[kind] if key not in have and len(key) >= _SHORTEST_NEAR]
        for prop in self.note.front.properties:
            if prop.key in FIELDS[kind] or prop.key == "type":
                continue
            near = nearest(prop.key, lacking, slips=1)
            if near:
                name = shown(prop.name)
                self.problems.append(
                    self.words.problem("near-property", self.note.path, prop.line, quote=name, value=name, near=near)
                )


def _as_moment(value: Value) -> date | datetime | None:
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(text) if len(text := as_text(value) or "") > _DATE_LENGTH else as_date(value)
    except ValueError:
        return as_date(value)
