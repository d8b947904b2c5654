"""Follow-ups: what you owe to whom, by when; each of them once."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jobvault.model import THANKS, Debrief, FollowUp, Status
from jobvault.search.check_ins import CheckIn
from jobvault.search.commands import Commands
from jobvault.search.letters import CHECK_IN, THANK_YOU
from jobvault.search.obligations import Draft, Obligations, Thanks, owes_debrief
from jobvault.search.people import Person
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
    """One obligation. ``line`` and ``form`` are None where a rule or a letter made it; ``command`` settles such a one.

    ``date`` is the interview's, ``done`` the day it was done or cancelled. ``why`` explains where it is listed, or why
    one asks.
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
    command: str = ""


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
    """One bullet a round for those not yet thanked, for some days; one for each letter and answer that is owed."""
    made = _Made(Obligations(search, words), Commands(search, today), query, words)
    yield from made.thanks(today)
    yield from made.drafts(today)
    yield from made.check_ins(today)


@dataclass(frozen=True)
class _Made:
    """What makes items of rules and letters."""

    obligations: Obligations
    commands: Commands
    query: Query
    words: Words

    def thanks(self, today: dt.date) -> Iterator[Item]:
        """Yield one item a round whose people are to be thanked, or asked for."""
        for debrief in self.obligations.search.debriefs:
            if self.obligations.is_reminded(debrief, today) and self._takes(debrief, today):
                yield from self._thank(self.obligations.thanks(debrief))

    def drafts(self, today: dt.date) -> Iterator[Item]:
        """Yield one item a letter that is to be sent."""
        for draft in self.obligations.drafts():
            if draft.is_recent(today) and self._takes(draft.debrief, today):
                people = (draft.to,) if draft.to else ()
                kind = {THANK_YOU: THANKS, CHECK_IN: CHECK_IN}.get(draft.kind, "")
                text = self.words.text("follow-ups.send-letter", name=draft.to)
                command = self.commands.sent(draft.letter.path)
                yield _made(draft, text, draft.letter.path, people, kind, command)

    def check_ins(self, today: dt.date) -> Iterator[Item]:
        """Yield one item a process that waits, from the day on which one asks."""
        for ask in self.obligations.check_ins(today):
            if not self.query.person and ask.is_due(today) and self._takes(ask.debrief, today):
                company = ask.debrief.company
                text = self.words.text("follow-ups.ask" if company else "follow-ups.ask-nowhere", company=company)
                command = self.commands.draft(ask.debrief, kind=CHECK_IN)
                made = _made(ask, text, ask.debrief.path, (), CHECK_IN, command)
                yield replace(made, why=self._why_ask(ask))

    def _takes(self, debrief: Debrief, today: dt.date) -> bool:
        return self.query.takes(self.obligations.search, debrief, today, within=False)

    def _why_ask(self, ask: CheckIn) -> str:
        debrief, date = ask.debrief, self.words.date
        if ask.asked:
            return self.words.text("follow-ups.asked", n=len(ask.asked), date=date(ask.asked[-1]))
        if debrief.hear_by:
            return self.words.text("follow-ups.promised", date=date(debrief.hear_by))
        return self.words.text("follow-ups.silent", date=date(debrief.date)) if debrief.date else ""

    def _thank(self, owed: Thanks) -> Iterator[Item]:
        """Yield the item of a round. Where only some of its people are asked for, the command is for them."""
        debrief, words = owed.debrief, self.words
        people = [person for person in owed.people if self.query.means(person)]
        unnamed = 0 if self.query.person else owed.unnamed
        at = "" if debrief.company else "-nowhere"
        names = ", ".join(_short_names(people, self.obligations.search))
        text = words.text(f"follow-ups.thank{at}", n=len(people), names=names, company=debrief.company)
        if unnamed:
            asking = words.text(f"follow-ups.unnamed{'' if people else '-alone'}", n=unnamed)
            text = f"{text}; {asking}" if people else asking
        to = people[0].name if len(people) == 1 < len(owed.people) else ""
        command = self.commands.draft(debrief, to=to) if people else ""
        if people or unnamed:
            named = tuple(person.name for person in people)
            yield _made(owed, text, debrief.path, named, THANKS if people else "", command)


def _short_names(people: Sequence[Person], search: Search) -> list[str]:
    """First names, where these tell them apart at their company and are no title (``Dr. Ode``); else full ones."""
    if len(people) == 1:
        return [people[0].name]
    at = {company for person in people for company in person.companies}
    met = {person.key: person for person in search.people if at.intersection(person.companies)}
    firsts = Counter(person.first for person in met.values())
    return [person.name if not person.first or firsts[person.first] > 1 else person.first for person in people]


def _made(
    owed: Thanks | Draft | CheckIn, text: str, path: str, people: tuple[str, ...], kind: str, command: str
) -> Item:
    """Build the item of a rule or a letter; its id stays the same while its text changes."""
    debrief = owed.debrief
    rule = CHECK_IN if isinstance(owed, CheckIn) else THANKS
    key = hashlib.sha256(f"{path}\0rule\0{rule}".encode("utf-8", "replace")).digest()
    return Item(
        id=base64.b32encode(key)[:8].decode().lower(),
        text=text,
        status="open",
        due=owed.due,
        people=people,
        company=debrief.company,
        path=path,
        line=None,
        section="worth-doing",
        role=debrief.role,
        round=debrief.round,
        date=debrief.date,
        kind=kind,
        command=command,
    )
