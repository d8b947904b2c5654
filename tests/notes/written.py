"""Notes for tests, written as text, and what is read in them."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

from jobvault.actions.vault import load_words
from jobvault.model import Debrief, FollowUp, Problem
from jobvault.notes.note import Note, parse_note
from jobvault.notes.reading import Reading, ReadingRules, read_note

PATH = "Debriefs/2026-11-20 Acme technical.md"
WORDS = load_words()
RULES = ReadingRules(WORDS, rounds=("coffee",))


def parsed(text: str | bytes, path: str = PATH) -> Note:
    """Take a note apart."""
    return parse_note(path, text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))


def reading(text: str | bytes, path: str = PATH) -> Reading:
    """Read a note."""
    return read_note(path, text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"), RULES)


def debrief_text(body: str = "", front: str = "") -> str:
    """Return the text of a debrief without gaps in its properties: its body begins on line 6."""
    return f"---\ntype: debrief\ncompany: Acme\ndate: 2026-11-20\n{front}---\n{dedent(body)}"


def read(body: str = "", front: str = "") -> Reading:
    """Read a debrief."""
    return reading(debrief_text(body, front))


def debrief(body: str = "", front: str = "") -> Debrief:
    """Read a debrief that must give no problem."""
    found = read(body, front)
    assert found.problems == ()
    assert isinstance(found.noun, Debrief)
    return found.noun


def follow_ups(body: str) -> tuple[FollowUp, ...]:
    """Read what stands under a debrief's Follow-ups."""
    return read("\n## Follow-ups\n\n" + dedent(body)).follow_ups


def texts(found: Iterable[object]) -> list[str]:
    """Return the texts of remarks, questions, takeaways …."""
    return [thing.text for thing in found]  # type: ignore[attr-defined]


def said(found: Iterable[Problem]) -> list[tuple[str, int | None]]:
    """Return problems as code and line."""
    return [(problem.code, problem.line) for problem in found]
