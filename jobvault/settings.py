"""What ``jobvault.yaml`` can say. Its reader is in ``vault/settings.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LinkStyle = Literal["auto", "wiki", "markdown"]
DateStyle = Literal["auto", "emoji", "plain", "dataview"]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where new notes go, relative to the vault."""

    debriefs: str = "Debriefs"
    summaries: str = "Summaries"
    applications: str = "Applications"
    letters: str = "Letters"
    questions: str = "Questions"
    stories: str = "Stories"
    people: str = "People"
    reviews: str = "Reviews"


@dataclass(frozen=True, slots=True)
class FollowUpSettings:
    """``style: links`` writes plain bullets in place of boxes; ``worth_doing_days`` bounds the reminders to thank."""

    style: Literal["boxes", "links"] = "boxes"
    worth_doing_days: int = 7


@dataclass(frozen=True, slots=True)
class LetterSettings:
    """Who writes, what is due when, and how long a letter may be.

    ``name`` stands below a letter, ``email`` is where it comes from. ``thanks_hours``: how many hours after an
    interview thanks are due. ``promise_days``: working days after a promised date that one asks; ``silence_days``:
    working days after the last round or letter, where nothing was promised; ``check_ins``: how often at most. A letter
    above ``long_words`` is warned of, above ``most_words`` it is an error. ``stock_phrases`` are the user's own.
    """

    name: str = ""
    email: str = ""
    thanks_hours: int = 24
    promise_days: int = 2
    silence_days: int = 5
    check_ins: int = 2
    long_words: int = 150
    most_words: int = 250
    stock_phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UndoSettings:
    """Bounds of the undo store: days and megabytes."""

    days: int = 90
    megabytes: int = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """A vault's settings, complete: every key has a default, so an empty ``jobvault.yaml`` is valid.

    ``words`` maps ``sections``, ``labels`` and ``marks`` to the user's own words for them; ``areas`` and
    ``companies`` map a name to its aliases; ``rounds`` are the user's rounds, in order; ``ignore`` holds globs, or
    None for the default (template folders that ``.obsidian`` names); ``timezone`` is an IANA name or empty (local).
    """

    language: str = "en"
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    rounds: tuple[str, ...] = ()
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    companies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    folders: Folders = Folders()
    links: LinkStyle = "auto"
    dates: DateStyle = "auto"
    timezone: str = ""
    ignore: tuple[str, ...] | None = None
    templates: str = "Templates/jobvault"
    follow_ups: FollowUpSettings = FollowUpSettings()
    letters: LetterSettings = LetterSettings()
    undo: UndoSettings = UndoSettings()
