"""Follow-ups: what is owed to whom, by when; each obligation once."""

from __future__ import annotations

import datetime as dt
import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jobvault.model import CHAT, TAKE_HOME, THANKS, Debrief, FollowUp, Status
from jobvault.search.people import Person
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words

Section = Literal[
    "overdue", "this-week", "later", "no-date", "worth-doing", "done", "not-needed", "done-earlier"
]
SHOWN: tuple[Section, ...] = ("overdue", "this-week", "later", "no-date", "worth-doing", "done", "not-needed")
"""The sections of the summary, in order; ``done-earlier`` is only in the JSON."""
_WEEK = dt.timedelta(days=6)
_RECENT = dt.timedelta(days=30)
_MOST_PROBLEMS = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One obligation. ``line`` and ``form`` are None where a rule or a letter made it; ``why`` explains such sections.

    ``date`` is the interview's, ``done`` the day it was done or cancelled.
    """

    id: str
    text: str
    status: Status
    due: dt.date | None
    people: tuple[str, ...]
    company: str
    path: str
    line: int | None
    section: Section
    done: dt.date | None = None
    role: str = ""
    round: str = ""
    date: dt.date | None = None
    kind: str = ""
    form: str | None = None
    recurring: bool = False
    why: str = ""


def answer(search: Search, query: Query, today: dt.date, words: Words) -> Answer:
    """Sort the follow-ups into sections. This week is today and six days after; done, today and six days before."""
    asked = [item for item in search.follow_ups if query.takes_follow_up(search, item, today)]
    found = [_item(search, item, today, words) for item in asked]
    if query.within is None:
        found += _worth_doing(search, query, today, words)
    ordered = sorted(found, key=_rank)
    shown = ordered[: query.limit] if query.limit else ordered
    counts = Counter(item.section for item in ordered)
    return Answer(
        view="follow-ups",
        today=today,
        items=tuple(shown),
        parts={
            "sections": tuple(
                {"name": name, "entries": tuple(item for item in shown if item.section == name)}
                for name in SHOWN
                if any(item.section == name for item in shown)
            ),
            "counts": {name: counts[name] for name in SHOWN},
            "problems": _problems(search, query),
            "any": bool(search.follow_ups or found),
        },
        left_out=len([item for item in ordered[len(shown) :] if item.section != "done-earlier"]),
    )


def _rank(item: Item) -> tuple[int, int, str, int, str]:
    place = len(SHOWN) if item.section == "done-earlier" else SHOWN.index(item.section)
    if item.section in ("done", "done-earlier"):
        day = -(item.done or dt.date.min).toordinal()
    else:
        day = (item.due or dt.date.max).toordinal()
    return (place, day, item.path, item.line or 0, item.text)


def _item(search: Search, item: FollowUp, today: dt.date, words: Words) -> Item:
    section, why = _section(search, item, today, words)
    return Item(
        id=item.id,
        text=item.text,
        status=item.status,
        due=item.due,
        people=item.people,
        company=item.company,
        path=item.path,
        line=item.line,
        section=section,
        done=item.cancelled if item.status == "cancelled" else item.done if item.status == "done" else None,
        role=item.role,
        round=item.round,
        date=item.date,
        kind=item.kind,
        form=item.form,
        recurring=item.recurring,
        why=why,
    )


def _section(search: Search, item: FollowUp, today: dt.date, words: Words) -> tuple[Section, str]:
    if item.status in ("done", "cancelled"):
        day = item.cancelled if item.status == "cancelled" else item.done
        recent = day >= today - _WEEK if day else (item.date is not None and item.date >= today - _RECENT)
        return ("done" if recent else "done-earlier"), ""
    if item.due is None or item.due < today:
        why = _no_longer_needed(search, item, words)
        if why:
            return "not-needed", why
    if item.due is None:
        return "no-date", ""
    if item.due < today:
        return "overdue", ""
    return ("this-week" if item.due <= today + _WEEK else "later"), ""


def _no_longer_needed(search: Search, item: FollowUp, words: Words) -> str:
    debrief = search.debrief(item.path)
    if debrief is not None and debrief.outcome == "cancelled":
        return words.text("follow-ups.not-needed-cancelled")
    process = search.process_of(item.path)
    if process is None or not process.closed:
        return ""
    outcome = words.say("outcome", process.closed)
    return words.text("follow-ups.not-needed-why", company=process.company, outcome=outcome)


def _worth_doing(search: Search, query: Query, today: dt.date, words: Words) -> Iterator[Item]:
    """What a rule or a letter asks for: one bullet a round for those not yet thanked; a letter still to be sent."""
    first = today - dt.timedelta(days=search.settings.follow_ups.worth_doing_days)
    for debrief in search.debriefs:
        asked = query.takes(search, debrief, today, within=False)
        if asked and debrief.date and first <= debrief.date <= today and _owes_thanks(search, debrief, today):
            yield from _thank(search, debrief, words)
    for letter in search.letters:
        about = search.debrief(search.names.resolve(letter.debrief or "", letter.path) or "")
        if letter.status == "draft" and about and query.takes(search, about, today, within=False):
            yield _rule_item(about, words.text("follow-ups.send-letter", name=letter.to), letter.path, (letter.to,))


def _owes_thanks(search: Search, debrief: Debrief, today: dt.date) -> bool:
    process = search.process_of(debrief.path)
    return not (
        TAKE_HOME in (debrief.round, debrief.format)
        or debrief.outcome == "cancelled"
        or (process is not None and process.closed)
        or (debrief.date == today and debrief.empty)
    )


def _thank(search: Search, debrief: Debrief, words: Words) -> Iterator[Item]:
    people = [person for person in search.people_of(debrief.path) if not _thanked(search, debrief, person)]
    unnamed = sum(1 for met in debrief.people if met.name is None)
    company = debrief.company or words.text("no-company")
    parts: list[str] = []
    if people:
        names = ", ".join(_short_names(people))
        parts.append(words.text("follow-ups.thank", n=len(people), names=names, company=company))
    if unnamed and debrief.round != CHAT:
        parts.append(words.text("follow-ups.unnamed", n=unnamed))
    if people:
        yield _rule_item(debrief, "; ".join(parts), debrief.path, tuple(person.name for person in people))
    elif parts:
        yield _rule_item(debrief, f"{company}: {parts[0]}", debrief.path, ())


def _short_names(people: list[Person]) -> list[str]:
    """First names, where they are told apart by them; the only one by the full name."""
    firsts = Counter(person.name.split()[0] for person in people)
    if len(people) == 1:
        return [people[0].name]
    return [person.name.split()[0] if firsts[person.name.split()[0]] == 1 else person.name for person in people]


def _thanked(search: Search, debrief: Debrief, person: Person) -> bool:
    """Whether a thank-you task of this round names the person (or nobody), or a letter about it goes to them."""
    tasks = [item for item in search.follow_ups if item.path == debrief.path and item.kind == THANKS]
    if any(not task.people or person.name in task.people for task in tasks):
        return True
    return any(
        letter.to and search.names.resolve(letter.debrief or "", letter.path) == debrief.path
        for letter in search.letters
        if letter.to == person.name or (letter.to_link and search.names.resolve(letter.to_link) == person.note)
    )


def _rule_item(debrief: Debrief, text: str, path: str, people: tuple[str, ...]) -> Item:
    key = hashlib.sha256(f"{path}\0rule\0thanks".encode()).digest()
    return Item(
        id=base64.b32encode(key)[:8].decode().lower(),
        text=text,
        status="open",
        due=None,
        people=people,
        company=debrief.company,
        path=path,
        line=None,
        section="worth-doing",
        role=debrief.role,
        round=debrief.round,
        date=debrief.date,
        kind=THANKS,
    )


def _problems(search: Search, query: Query) -> tuple[object, ...]:
    """Return the errors and warnings that stand under “Needs attention”, for the company asked for."""
    found = [problem for problem in search.problems if problem.severity != "hint"]
    if query.company or query.role or query.person:
        kept = {d.path for d in search.debriefs if query.takes(search, d, dt.date.min, within=False)}
        found = [problem for problem in found if problem.path in kept]
    return tuple(found[:_MOST_PROBLEMS])
