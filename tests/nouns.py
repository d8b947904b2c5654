"""Nouns as tests write them, the search that they make, and its views as a person reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from jobvault.actions.vault import load_words
from jobvault.errors import NotFoundError
from jobvault.model import Concern, Debrief, FollowUp, Met, Noun, Problem, Remark, Reply, Takeaway
from jobvault.notes.follow_ups import follow_up_id, is_thanks
from jobvault.notes.inline import find_links
from jobvault.notes.names import read_name
from jobvault.notes.note import parse_note
from jobvault.notes.reading import ReadingRules, understand
from jobvault.notes.tasks import read_task
from jobvault.render.face import Face
from jobvault.render.templates import Templates
from jobvault.render.view import render_body
from jobvault.search.names import NoteNames
from jobvault.search.query import read_query
from jobvault.search.search import Copy, Search, join
from jobvault.settings import Settings
from jobvault.vault.shipped import read_template
from jobvault.views import Answer, answer

WORDS = load_words()
TODAY = dt.date(2026, 11, 27)


def day(text: str | dt.date | None) -> dt.date | None:
    """Return a date from how a test writes it."""
    return dt.date.fromisoformat(text) if isinstance(text, str) else text


def met(
    written: str,
    line: int | None = 10,
    *,
    cares: Iterable[str] = (),
    concerns: Iterable[str] = (),
    answered: Iterable[str] = (),
    email: str = "",
) -> Met:
    """Return a person as a debrief's heading names them: ``[[Dana Reyes]], VP``; ``?, SRE, beard``."""
    name = read_name(written)
    voiced = [Concern(text, 12) for text in concerns]
    voiced += [Concern(text, 13, (Reply("so", 14),)) for text in answered]
    return Met(
        name.name,
        name.title,
        name.link,
        line,
        cares_about=tuple(Remark(text, 11) for text in cares),
        concerns=tuple(voiced),
        emails=(email,) if email else (),
    )


def debrief(
    company: str = "Acme", date: str | None = "2026-11-20", round_: str = "panel", *people: str | Met, **fields: Any
) -> Debrief:
    """Return a debrief at ``Debriefs/DATE COMPANY ROUND.md`` that waits for an answer and has something written."""
    name = " ".join(part for part in (date or "undated", company, round_) if part)
    values: dict[str, Any] = {"path": f"Debriefs/{name}.md", "outcome": "waiting", **fields}
    everybody = tuple(person if isinstance(person, Met) else met(person) for person in people)
    return Debrief(company=company, date=day(date), round=round_, people=everybody, **values)


def takeaway(text: str, line: int = 40, *tags: str, applied: bool = False) -> Takeaway:
    """Return a takeaway."""
    return Takeaway(text, line, applied, tags)


def follow_up(text: str, at: Noun | str, line: int = 50, **fields: Any) -> FollowUp:
    """Return a follow-up as its line is read: ``Send the portfolio 📅 2026-11-26``."""
    task = read_task(text)
    path = at if isinstance(at, str) else at.path
    dates = {key: day(fields.pop(key, getattr(task, key))) for key in ("due", "done", "cancelled")}
    values: dict[str, Any] = {"status": "done" if dates["done"] else "cancelled" if dates["cancelled"] else "open"}
    values |= {"recurring": task.recurring, "kind": "thanks" if is_thanks(task.text, WORDS) else "", **dates, **fields}
    key = follow_up_id(path, task, line)
    return FollowUp(key, task.text, path=path, line=line, links=find_links(task.text, line), tags=task.tags, **values)


def searching(
    *nouns: Noun,
    follow_ups: Iterable[FollowUp] = (),
    problems: Iterable[Problem] = (),
    copies: Iterable[Copy] = (),
    others: Iterable[str] = (),
    settings: Settings | None = None,
) -> Search:
    """Join nouns; ``others`` are the paths of notes that are none of ours."""
    names = NoteNames((*(noun.path for noun in nouns), *others))
    return join(nouns, follow_ups, problems, names=names, settings=settings or Settings(), words=WORDS, copies=copies)


def reading(**notes: str) -> Search:
    """Join what notes say, written as a person writes them, by name; ``_`` stands for a blank."""
    return reading_all({f"Debriefs/{name.replace('_', ' ')}.md": text for name, text in notes.items()})


def reading_all(notes: dict[str, str], settings: Settings | None = None) -> Search:
    """Join what notes say, by path."""
    found = [understand(parse_note(path, text.encode()), ReadingRules(WORDS)) for path, text in notes.items()]
    return join(
        [note.noun for note in found if note.noun is not None],
        [item for note in found for item in note.follow_ups],
        [problem for note in found for problem in note.problems],
        names=NoteNames(tuple(notes)),
        settings=settings or Settings(),
        words=WORDS,
    )


def ask(view: str, search: Search, today: dt.date = TODAY, **arguments: object) -> Answer:
    """Ask a view with arguments as a block writes them."""
    query, wrong = read_query({name: str(value) for name, value in arguments.items()})
    assert not wrong
    return answer(view, search, query, today, WORDS)


def texts(answered: Answer, section: str | None = None) -> list[str]:
    """Return the texts of an answer's items, of one section where one is named."""
    return [item.text for item in answered.items if section is None or item.section == section]


def _template(name: str) -> str | None:
    try:
        return read_template(name)
    except NotFoundError:
        return None


TEMPLATES = Templates(_template)


def face(search: Search | None = None, today: dt.date = TODAY, **fields: Any) -> Face:
    """Return the face of a block in a note at the vault's root."""
    return Face(WORDS, search.names if search else NoteNames(), today, **fields)


def show(view: str, search: Search, today: dt.date = TODAY, **arguments: object) -> list[str]:
    """Return the lines of a view's block, blank ones left out."""
    body = render_body(ask(view, search, today, **arguments), face(search, today), TEMPLATES, f"jobvault show {view}")
    return [line for line in body if line]


def part(lines: Sequence[str], heading: str) -> list[str]:
    """Return the lines below a heading, up to the next one of its level or higher."""
    start = lines.index(heading)
    level = len(heading) - len(heading.lstrip("#"))
    rest = lines[start + 1 :]
    ends = [i for i, line in enumerate(rest) if line.startswith("#") and len(line) - len(line.lstrip("#")) <= level]
    return list(rest[: ends[0]] if ends else rest)


def moved(item: FollowUp, **fields: Any) -> FollowUp:
    """Return a follow-up with other fields."""
    return replace(item, **fields)
