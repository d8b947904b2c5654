"""Follow-ups: what you owe to whom, by when; each of them once."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jobvault.model import THANKS, FollowUp, Status
from jobvault.search.obligations import Draft, Obligations, Thanks, owes_debrief
from jobvault.search.people import Person
from jobvault.search.processes import is_to_come
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words

Section = Literal["overdue", "this-week", "later", "no-date", "worth-doing", "done", "not-needed", "done-earlier"]
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
    problems = query.problems(search, today, within=False)
    return Answer(
        view="follow-ups",
        today=today,
        items=tuple(shown),
        parts={
            "sections": _sections(shown),
            "counts": {name: counts[name] for name in SHOWN},
            "owed": _owed(search, query, today),
            "problems": problems[:_MOST_PROBLEMS],
            "more_problems": len(problems[_MOST_PROBLEMS:]),
            "any": bool(search.follow_ups or found),
        },
        left_out=len([item for item in ordered[len(shown) :] if item.section != "done-earlier"]),
    )


def _owed(search: Search, query: Query, today: dt.date) -> tuple[str, ...]:
    """Return the paths of the debriefs that are still to be written."""
    asked = (debrief for debrief in search.debriefs if query.takes(search, debrief, today, within=False))
    return tuple(debrief.path for debrief in asked if owes_debrief(debrief, today))


def _sections(shown: Sequence[Item]) -> tuple[dict[str, object], ...]:
    entries = {name: tuple(item for item in shown if item.section == name) for name in SHOWN}
    return tuple({"name": name, "entries": found} for name, found in entries.items() if found)


def _rank(item: Item) -> tuple[int, int, str, int, str]:
    """By section; in it by due date, what is done by the day, latest first; then as the notes stand."""
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
        done=_settled(item),
        role=item.role,
        round=item.round,
        date=item.date,
        kind=item.kind,
        form=item.form,
        recurring=item.recurring,
        why=why,
    )


def _settled(item: FollowUp) -> dt.date | None:
    """The day on which it was done or cancelled."""
    return {"done": item.done, "cancelled": item.cancelled}.get(item.status)


def _section(search: Search, item: FollowUp, today: dt.date, words: Words) -> tuple[Section, str]:
    if item.status in ("done", "cancelled"):
        day = _settled(item)
        recent = day >= today - _WEEK if day else (item.date is not None and item.date >= today - _RECENT)
        return ("done" if recent else "done-earlier"), ""
    why = _no_longer_needed(search, item, words) if item.due is None or item.due < today else ""
    if why:
        return "not-needed", why
    if item.due is None:
        return "no-date", ""
    if item.due < today:
        return "overdue", ""
    return ("this-week" if item.due <= today + _WEEK else "later"), ""


def _no_longer_needed(search: Search, item: FollowUp, words: Words) -> str:
    """Why a follow-up may have become needless: its round was cancelled, or its process has come to an end."""
    about, process = search.debrief_of(item.path), search.process_of(item.path)
    if about is not None and about.outcome == "cancelled":
        return words.text("follow-ups.not-needed-cancelled")
    if process is None or not process.closed:
        return ""
    outcome = words.say("outcome", process.closed)
    return words.text("follow-ups.not-needed-why", company=process.company or words.text("no-company"), outcome=outcome)


# --- what no task says ----------------------------------------------------------------------------------------------


def _worth_doing(search: Search, query: Query, today: dt.date, words: Words) -> Iterator[Item]:
    """One bullet a round for those not yet thanked, for some days; one for each letter still to be sent."""
    obligations = Obligations(search, words)
    week = dt.timedelta(days=search.settings.follow_ups.worth_doing_days)
    for debrief in search.debriefs:
        recent = debrief.date is not None and today - week <= debrief.date <= today
        if recent and not is_to_come(debrief, today) and query.takes(search, debrief, today, within=False):
            yield from _thank(obligations.thanks(debrief), search, query, words)
    for draft in obligations.drafts():
        date = draft.debrief.date
        if date and today - _RECENT <= date <= today and query.takes(search, draft.debrief, today, within=False):
            yield _letter(draft, words)


def _thank(owed: Thanks, search: Search, query: Query, words: Words) -> Iterator[Item]:
    people = [person for person in owed.people if query.means(person)]
    unnamed = 0 if query.person else owed.unnamed
    company = owed.debrief.company
    at = "" if company else "-nowhere"
    names = ", ".join(_short_names(people, search))
    text = words.text(f"follow-ups.thank{at}", n=len(people), names=names, company=company) if people else ""
    if unnamed:
        alone = "" if people else "-alone"
        asking = words.text(f"follow-ups.unnamed{alone}", n=unnamed)
        text = f"{text}; {asking}" if people else asking
    if text:
        named = tuple(person.name for person in people)
        yield _made(owed, text, owed.debrief.path, named, THANKS if people else "")


def _letter(draft: Draft, words: Words) -> Item:
    text = words.text("follow-ups.send-letter", name=draft.to)
    return _made(draft, text, draft.letter.path, (draft.to,) if draft.to else (), THANKS if draft.thanks else "")


def _short_names(people: Sequence[Person], search: Search) -> list[str]:
    """First names, where these tell them apart at their company and are no title (``Dr. Ode``); else full ones."""
    if len(people) == 1:
        return [people[0].name]
    at = {company for person in people for company in person.companies}
    met = {person.key: person for person in search.people if at.intersection(person.companies)}
    firsts = Counter(person.first for person in met.values())
    return [person.name if not person.first or firsts[person.first] > 1 else person.first for person in people]


def _made(owed: Thanks | Draft, text: str, path: str, people: tuple[str, ...], kind: str) -> Item:
    """Build the item of a rule or a letter; its id stays the same while its text changes."""
    debrief = owed.debrief
    key = hashlib.sha256(f"{path}\0rule\0thanks".encode("utf-8", "replace")).digest()
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
        kind=kind,
    )
