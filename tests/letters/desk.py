"""A small search with its letters, to check one of them: as the program does it, without a disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from jobvault.actions.letters.checking import load_lexicon
from jobvault.actions.vault import load_words
from jobvault.letters.check.bench import Bench, Checked
from jobvault.letters.check.lexicon import Lexicon
from jobvault.model import Problem
from jobvault.notes.inline import plain
from jobvault.notes.reading import ReadingRules, read_note
from jobvault.search.names import NoteNames
from jobvault.search.search import join
from jobvault.settings import LetterSettings, Settings

WORDS = load_words()
TODAY = dt.date(2026, 11, 25)
ROUND = "Debriefs/2026-11-20 Lumen Works panel.md"
NOTES: Mapping[str, str] = {
    ROUND: """---
type: debrief
company: Lumen Works
role: Data Engineer
round: panel
date: 2026-11-20
hear_by: 2026-12-01
people: [Dana Reyes, Priya Natarajan]
---

## People met

### Dana Reyes, VP Engineering

- Cares about: pipelines that heal themselves
- Concern: You have never run a migration of this size
- My answer: told her about the small ones (rough)
- Next step: second panel on 2026-12-08

### Priya Natarajan, Staff Engineer

- Cares about: dashboards that nobody has to explain
- Asked: how I name a column (owed)

## What they asked

- Sketch our warehouse (strong)

## Where I was strong

- Found the duplicate ledger in the warehouse sketch
""",
    "Debriefs/2026-10-05 Orchard Bank technical.md": """---
type: debrief
company: Orchard Bank
round: technical
date: 2026-10-05
people: [Solveig Dahl]
---

## People met

### Solveig Dahl

- Cares about: audits
""",
}
GOOD = """Dear Dana,

pipelines that heal themselves need somebody who knows what broke. You doubted that I can run a migration of your size: I would move one table a night and compare both sides before breakfast.

The duplicate ledger in the warehouse sketch is where I would begin. May I send you the plan?

Best wishes,
Robin Vale
"""


def letter(
    body: str, front: str = "", *, to: str = "Dana Reyes", kind: str = "thank-you", about: str | None = ROUND
) -> str:
    """Return a letter's note; ``about`` None is one that names no debrief."""
    link = f'debrief: "[[{about}]]"\n' if about else ""
    return f"---\ntype: letter\nto: {to}\n{link}kind: {kind}\nstatus: draft\n{front}---\n\n{body}"


def bench(notes: Mapping[str, str | bytes], settings: LetterSettings | None = None) -> Bench:
    """Return all letters of some notes, with the debriefs of ``NOTES`` beside them, to judge them."""
    every = {**NOTES, **notes}
    rules = ReadingRules(WORDS)
    read = [
        read_note(path, text.encode("utf-8", "replace") if isinstance(text, str) else text, rules)
        for path, text in every.items()
    ]
    search = join(
        (reading.noun for reading in read if reading.noun is not None),
        (item for reading in read for item in reading.follow_ups),
        (),
        names=NoteNames(tuple(every)),
        settings=Settings(letters=settings or LetterSettings()),
        words=WORDS,
    )
    lexicon = _lexicon(search.settings.letters.stock_phrases)
    return Bench.of(search, WORDS, lexicon, TODAY, plain)


@cache
def _lexicon(stock: tuple[str, ...]) -> Lexicon:
    return load_lexicon(WORDS.vocabulary, stock)


def checked(note: str | bytes, settings: LetterSettings | None = None, **others: str) -> Checked:
    """Check one letter; ``others`` are letters beside it, by name."""
    notes: dict[str, str | bytes] = {f"Letters/{name}.md": text for name, text in others.items()}
    desk = bench({**notes, "Letters/mine.md": note}, settings)
    mine = next(other.letter for other in desk.letters if other.letter.path == "Letters/mine.md")
    return desk.check(mine)


def findings(body: str, front: str = "", **how: str | None) -> tuple[Problem, ...]:
    """Return what is found in a letter of that text."""
    return checked(letter(body, front, **how)).findings  # type: ignore[arg-type]  # those of letter


def codes(body: str, front: str = "", **how: str | None) -> set[str]:
    """Return the codes of what is found, without ``letter-``."""
    return {problem.code.removeprefix("letter-") for problem in findings(body, front, **how)}
