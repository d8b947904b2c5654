"""What generated notes say, in one language, and the sentences of problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jobvault.model import Problem
from jobvault.words.reasons import reason_of
from jobvault.words.severity import SEVERITY
from jobvault.words.vocabulary import Vocabulary, build_vocabulary


@dataclass(frozen=True, slots=True)
class Calendar:
    """How one language writes dates in generated notes."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    form: str

    def date(self, day: dt.date) -> str:
        """Return a date as generated notes show it."""
        return self.form.format(
            weekday=self.weekdays[day.weekday()], day=day.day, month=self.months[day.month - 1], year=f"{day.year:04d}"
        )


@dataclass(frozen=True, slots=True)
class Words:
    """One language's fixed texts, with the vocabulary of all."""

    language: str
    vocabulary: Vocabulary
    texts: Mapping[str, Any]
    """Dotted key (``follow-ups.overdue``) → text, or a mapping ``one``/``other`` → text."""
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    calendars: tuple[Calendar, ...] = ()
    """How every language writes dates, this one first."""

    def text(self, key: str, /, **values: object) -> str:
        """Return the text of ``key`` with ``{name}`` filled in; ``n`` chooses between ``one`` and ``other``."""
        found = self.texts[key]
        if not isinstance(found, str):
            found = found["one" if values.get("n") == 1 else "other"]
        return found.format(**values) if values else str(found)

    def has(self, key: str) -> bool:
        """Whether there is a text of that key."""
        return key in self.texts

    def say(self, group: str, value: str) -> str:
        """Return the language's word for one of our values (``outcome``, ``no-reply``); others stay as they are."""
        return str(self.texts.get(f"{group}.{value}") or self.write(group, value))

    def date(self, day: dt.date, form: str = "full") -> str:
        """Return a date as generated notes show it: ``Thu 26 Nov 2026``; ``short``: ``26 Nov``."""
        return Calendar(self.weekdays, self.months, str(self.texts[f"dates.{form}"])).date(day)

    def dates(self, day: dt.date) -> tuple[str, ...]:
        """Return a date as the generated notes of every language show it: a block may be of another language's time."""
        return tuple(dict.fromkeys([self.date(day), *(calendar.date(day) for calendar in self.calendars)]))

    def write(self, group: str, value: str) -> str:
        """Return the word that a new note has for one of our values (``round``, ``technical``); others stay."""
        return str(self.texts.get(f"value.{group}.{value}", value))

    def ago(self, day: dt.date, today: dt.date) -> str:
        """Return how far a date lies from today, for the terminal: ``3 days ago``, ``tomorrow``."""
        days = (day - today).days
        if days == 0:
            return self.text("dates.today")
        return self.text("dates.ahead" if days > 0 else "dates.ago", n=abs(days))

    def heading(self, section: str) -> str:
        """Return the heading that templates write for a section."""
        return str(self.texts[f"heading.{section}"])

    def problem(self, code: str, path: str, line: int | None, *, quote: str = "", **values: object) -> Problem:
        """Build the problem of a code, with its severity and this language's sentences."""
        shown = {name: _bounded(self._reason(name, value)) for name, value in values.items()}
        say = "near" if shown.get("near") and self.has(f"problems.{code}.near") else "say"
        message = self.text(f"problems.{code}.{say}", **shown) if shown else self.text(f"problems.{code}.say")
        hint = str(self.texts[f"problems.{code}.do"] or "")
        hint = hint.format(**shown) if shown else hint
        return Problem(path, line, SEVERITY[code], code, message, hint, _bounded(quote))

    def _reason(self, name: str, value: object) -> object:
        """Say a reason that comes from the program in this language."""
        key = reason_of(str(value)) if name in ("what", "why") else None
        return self.texts[f"reasons.{key}"] if key else value


def _bounded(value: object, most: int = 120) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= most else text[: most - 1] + "…"


_WRITTEN = {group: group for group in ("problems", "dates", "states", "reasons", "settings")} | {
    "texts": "",
    "hints": "hint",
}
"""The groups of a word file that are texts, each with what their keys begin with."""
_FIRST_WRITTEN = {"sections": "heading", "labels": "label", "marks": "mark", "values": "value", "due": "due"}
"""The groups of which the first of several words is written."""


def build_words(
    files: Sequence[Mapping[str, Any]],
    language: str = "en",
    own: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
) -> Words:
    """Join word files (``templates/words/*.yaml`` as loaded) into the words of one language.

    What the language's file lacks is said in English. ``own`` are the user's words for reading (``words:``).
    """
    by_language = {str(file["language"]): file for file in files}
    chosen = by_language.get(language, by_language["en"])
    texts: dict[str, Any] = {}
    for file in (by_language["en"], chosen):
        for group, key in _WRITTEN.items():
            _flatten(texts, key, file.get(group) or {})
        for group, key in _FIRST_WRITTEN.items():
            _first_words(texts, key, file.get(group) or {})
    ordered = [chosen, *(file for file in files if file is not chosen)]
    return Words(
        language=language,
        vocabulary=build_vocabulary(ordered, own or {}),
        texts=texts,
        weekdays=tuple(texts["dates.weekdays"]),
        months=tuple(texts["dates.months"]),
        calendars=tuple(calendar for file in ordered if (calendar := _calendar(file))),
    )


def _first_words(into: dict[str, Any], key: str, node: Any) -> None:
    """Gather the first word of each list, by its dotted key."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            _first_words(into, f"{key}.{name}", value)
    elif words := [node] if isinstance(node, str) else node:
        into[key] = str(words[0])


def _calendar(file: Mapping[str, Any]) -> Calendar | None:
    """Return how a language writes dates; None where its file does not say it whole."""
    dates = file.get("dates") or {}
    whole = all(dates.get(name) for name in ("weekdays", "months", "full"))
    return Calendar(tuple(dates["weekdays"]), tuple(dates["months"]), dates["full"]) if whole else None


def _flatten(into: dict[str, Any], prefix: str, node: Mapping[str, Any]) -> None:
    for name, value in node.items():
        key = f"{prefix}.{name}" if prefix else str(name)
        if isinstance(value, Mapping) and "other" not in value:
            _flatten(into, key, value)
        else:
            into[key] = value
