"""Rounds for tests of letters: a debrief's text, and the letters that come of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jobvault.letters.assemble import assemble
from jobvault.letters.draft import Draft, Occasion
from jobvault.letters.material import Material
from jobvault.letters.phrases import Phrases, read_phrases
from jobvault.letters.sources import Sources
from jobvault.notes.frontmatter import load_yaml
from jobvault.notes.inline import plain
from jobvault.search.search import Search
from jobvault.vault.shipped import read_template
from tests.nouns import reading_all

PANEL = "Debriefs/2026-11-23 Acme panel.md"


def sentences(language: str = "en") -> Phrases:
    """Return the sentences that come with jobvault."""
    return read_phrases(load_yaml(read_template(f"letters/{language}.yaml")))


def note(body: str, *, company: str = "Acme", day: str = "2026-11-23", round_: str = "panel", more: str = "") -> str:
    """Return a debrief's text."""
    front = f"type: debrief\ncompany: {company}\nrole: Engineer\nround: {round_}\ndate: {day}\noutcome: waiting\n{more}"
    return f"---\n{front}---\n\n{body}"


def search_of(body: str, others: dict[str, str] | None = None, **front: Any) -> Search:
    """Return the search of one panel, and of other notes by path."""
    return reading_all({PANEL: note(body, **front), **(others or {})})


def sources_of(search: Search, language: str = "en", path: str = PANEL) -> Sources:
    """Return where the letters about an interview are made from."""
    about = search.debrief_of(path)
    assert about is not None
    return Sources(search, about, sentences(language), plain)


def material_of(body: str, others: dict[str, str] | None = None, language: str = "en") -> dict[str, Material]:
    """Return what there is for each of a panel, by first name."""
    return {one.person.first: one for one in sources_of(search_of(body, others), language).material}


def letters_of(search: Search, kind: str = "thank-you", language: str = "en", **occasion: Any) -> dict[str, Draft]:
    """Return a panel's letters by first name."""
    values: dict[str, Any] = {"name": "Robin Vale", "role": "Engineer", **occasion}
    drafts = assemble(sources_of(search, language), Occasion(kind, **values))
    return {one.material.person.first: one for one in drafts}


def words_in(draft: Draft) -> str:
    """Return the text of a letter that is not a comment, without greeting and close."""
    return "\n".join(one for one in draft.paragraphs[1:-1] if not one.startswith("<!--"))


def gaps_in(draft: Draft) -> list[str]:
    """Return the comments of a letter."""
    return [one for one in draft.paragraphs if one.startswith("<!--")]


def day(text: str) -> dt.date:
    """Return a date."""
    return dt.date.fromisoformat(text)
