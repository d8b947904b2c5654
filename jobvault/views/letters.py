"""Letters: everybody you met, what you wrote to them, how soon; what is owed by when, and what no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jobvault.search.check_ins import CheckIn
from jobvault.search.commands import Commands
from jobvault.search.contacts import Contacts
from jobvault.search.coverage import Round, Row, coverage
from jobvault.search.due import day_of, days_after, hours_after, is_late
from jobvault.search.letters import CHECK_IN, THANK_YOU, is_sent
from jobvault.search.names import key_of
from jobvault.search.obligations import Addressed, Obligations
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words

SECTIONS = ("open", "earlier", "closed")
Section = Literal["open", "earlier", "closed"]


@dataclass(frozen=True, slots=True)
class Written:
    """One letter. ``day`` and ``time`` say when it was sent, ``hours`` and ``days`` how long after the interview.

    ``hours`` are whole ones, and known only where both times are. ``late``: thanks that came after they were due.
    """

    kind: str
    status: Literal["draft", "sent"]
    day: dt.date | None
    time: dt.time | None
    hours: int | None
    days: int | None
    late: bool
    to_send: bool
    path: str
    command: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the matrix. ``what`` says of what kind it is.

    ``person``: somebody, in one round. ``names``: those of a round who have no name (``unnamed``). ``ask``: what there
    is to ask where no answer came (``asked``: when that was done; ``promised``: their day; ``state`` as a check-in has
    it). ``done`` is the day of a task that is done, ``days`` how long after the interview that was. ``through`` names
    who passes a letter on where there is no address.
    """

    what: Literal["person", "names", "ask"]
    name: str | None
    title: str
    company: str
    role: str
    round: str
    date: dt.date | None
    time: dt.time | None
    closed: str
    state: str
    open: bool
    due: dt.date | None
    late: bool
    done: dt.date | None
    days: int | None
    letters: tuple[Written, ...]
    email: str
    through: str
    unnamed: int
    asked: tuple[dt.date, ...]
    promised: dt.date | None
    path: str
    line: int | None
    command: str


@dataclass(frozen=True, slots=True)
class Group:
    """One round. ``command`` drafts what is owed there, if anything is."""

    section: Section
    company: str
    role: str
    round: str
    date: dt.date | None
    closed: str
    path: str
    command: str
    entries: tuple[Item, ...]


def answer(search: Search, query: Query, today: dt.date, words: Words) -> Answer:
    """List the rounds that have been: those with something open first, the latest company and round first in each."""
    matrix = _Matrix(Obligations(search, words), Contacts(search, words.vocabulary), Commands(search, today), today)
    found = [
        group
        for one in coverage(matrix.obligations, today)
        if query.takes(search, one.debrief, today) and (group := matrix.group(one, query)).entries
    ]
    groups = _in_order(found)
    items = [item for group in groups for item in group.entries]
    left = query.limit or len(items)
    shown = tuple(_first(groups, left))
    return Answer(
        view="letters",
        today=today,
        items=tuple(items[:left]),
        parts={
            "sections": tuple(
                {"name": name, "groups": there}
                for name in SECTIONS
                if (there := tuple(group for group in shown if group.section == name))
            ),
            "counts": _counts(items),
        },
        left_out=max(0, len(items) - left),
    )


def _in_order(groups: Sequence[Group]) -> list[Group]:
    """Order rounds by section and company, those of the latest round first; within, the latest round first."""
    place = {(group.section, key_of(group.company)): number for number, group in enumerate(groups)}
    numbered = sorted(
        enumerate(groups),
        key=lambda one: (SECTIONS.index(one[1].section), -place[one[1].section, key_of(one[1].company)], -one[0]),
    )
    return [group for _, group in numbered]


def _first(groups: Sequence[Group], count: int) -> Iterator[Group]:
    """Yield the groups with the first so many entries."""
    for group in groups:
        if count > 0:
            yield replace(group, entries=group.entries[:count])
        count -= len(group.entries)


def _counts(items: Iterable[Item]) -> dict[str, int]:
    counts = dict.fromkeys(("thank", "send", "ask", "sent", "late"), 0)
    for item in items:
        counts["thank"] += item.open and item.state in ("owed", "task") and item.what == "person"
        counts["ask"] += item.open and item.what == "ask"
        for letter in item.letters:
            counts["send"] += letter.to_send
            counts["sent"] += letter.status == "sent"
            counts["late"] += letter.late
    return counts


@dataclass(frozen=True)
class _Matrix:
    """What the lines of the matrix are made from."""

    obligations: Obligations
    contacts: Contacts
    commands: Commands
    today: dt.date

    def group(self, one: Round, query: Query) -> Group:
        """Build a round with what is asked for of it."""
        rows = [row for row in one.rows if self._is_asked_for(row, query)]
        entries = [self._person(one, row) for row in sorted(rows, key=lambda row: not row.open)]
        if not query.person:
            entries += [self._names(one)] if one.unnamed else []
            entries += [self._ask(one, ask) for ask in (one.check_in,) if ask and (ask.asked or ask.state != "asked")]
        section: Section = "open" if any(item.open for item in entries) else "closed" if one.closed else "earlier"
        owed = any(item.what == "person" and item.state == "owed" for item in entries)
        debrief = one.debrief
        return Group(
            section=section,
            company=debrief.company,
            role=debrief.role,
            round=debrief.round,
            date=debrief.date,
            closed=one.closed,
            path=debrief.path,
            command=self.commands.draft(debrief) if owed else "",
            entries=tuple(entries),
        )

    def _is_asked_for(self, row: Row, query: Query) -> bool:
        return query.means(row.person) if row.person else query.means_person(row.name)

    def _person(self, one: Round, row: Row) -> Item:
        debrief, person, settings = one.debrief, row.person, self.obligations.search.settings.letters
        email = person.email if person else ""
        other = None if email or not row.open else self.contacts.through(debrief.company, person)
        done = row.task.done if row.task and row.state == "ticked" else None
        letters = tuple(self._written(found, row) for found in row.letters)
        thanked = done if row.state == "ticked" else None
        overdue = row.due is not None and row.due < self.today and row.state != "not-owed"
        met = next((m.met for m in person.meetings if m.debrief.path == debrief.path), None) if person else None
        return self._item(
            one,
            what="person",
            name=row.name,
            title=person.title if person else "",
            state=row.state,
            open=row.open,
            due=row.due,
            late=overdue or any(letter.late for letter in letters) or is_late(debrief, thanked, settings),
            done=done,
            days=days_after(debrief, done),
            letters=letters,
            email=email,
            through=other.name if other else "",
            line=met.line if met else None,
            command=self._settling(one, row, letters),
        )

    def _settling(self, one: Round, row: Row, letters: Sequence[Written]) -> str:
        """Return the command that settles what is open with somebody."""
        if not row.open:
            return ""
        to_send = next((letter.command for letter in letters if letter.to_send), "")
        return to_send or self.commands.draft(one.debrief, to=row.name)

    def _written(self, found: Addressed, row: Row) -> Written:
        letter, debrief = found.letter, found.debrief
        sent = letter.sent if is_sent(letter) else None
        hours, to_send = hours_after(debrief, sent), letter.path in row.to_send
        return Written(
            kind=found.kind,
            status="sent" if is_sent(letter) else "draft",
            day=day_of(sent) if sent else None,
            time=sent.time() if isinstance(sent, dt.datetime) else None,
            hours=None if hours is None else int(hours // 1),
            days=days_after(debrief, sent),
            late=found.kind == THANK_YOU and is_late(debrief, sent, self.obligations.search.settings.letters),
            to_send=to_send,
            path=letter.path,
            command=self.commands.sent(letter.path) if to_send else "",
        )

    def _names(self, one: Round) -> Item:
        return self._item(
            one, what="names", state="owed" if one.nameless else "", open=bool(one.nameless), unnamed=one.unnamed
        )

    def _ask(self, one: Round, ask: CheckIn) -> Item:
        """What there is to ask; once all was asked, ``due`` is the day on which to move on."""
        is_open = ask.state in ("task", "drafted") or ask.is_due(self.today)
        due = ask.task.due if ask.task else None if ask.state == "dropped" else ask.due
        over = ask.state == "asked" and due is not None and due <= self.today
        command = self.commands.draft(one.debrief, kind=CHECK_IN) if is_open and ask.state != "drafted" else ""
        if ask.state == "drafted" and ask.draft is not None:
            command = self.commands.sent(ask.draft.path)
        return self._item(
            one,
            what="ask",
            state=ask.state,
            open=is_open,
            due=due,
            late=is_open and due is not None and due < self.today,
            asked=ask.asked,
            promised=one.debrief.hear_by,
            command=self.commands.heard(one.debrief, "no-reply") if over and ask.asked else command,
        )

    def _item(self, one: Round, **fields: object) -> Item:
        debrief = one.debrief
        values: dict[str, object] = {
            "name": None, "title": "", "due": None, "late": False, "done": None, "days": None, "letters": (),
            "email": "", "through": "", "unnamed": 0, "asked": (), "promised": None, "line": None, "command": "",
        }  # fmt: skip
        values |= {
            "company": debrief.company,
            "role": debrief.role,
            "round": debrief.round,
            "date": debrief.date,
            "time": debrief.time,
            "closed": one.closed,
            "path": debrief.path,
        }
        return Item(**{**values, **fields})  # type: ignore[arg-type]  # each field once
