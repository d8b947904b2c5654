"""Said: what you told to whom: where you said two things at one company, by company, and across companies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jobvault.model import Debrief, Told
from jobvault.search.amounts import AmountReader
from jobvault.search.days import DayReader
from jobvault.search.figures import Figure, differ
from jobvault.search.names import key_of, most_frequent
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.views import Answer
from jobvault.words import Words, fold

KNOWN = ("pay", "start", "leaving")
"""The topics that are known, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing told. ``topic`` is ``pay``, ``start``, ``leaving``, your own label, or empty.

    ``people`` were there by name, and ``unnamed`` more. ``figures`` are the amounts, or days and spans, as written.
    ``differs``: the company was told another one.
    """

    topic: str
    text: str
    date: dt.date | None
    company: str
    role: str
    closed: str
    round: str
    people: tuple[str, ...]
    unnamed: int
    figures: tuple[str, ...]
    differs: bool
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Different:
    """A company that was told two figures, or two starts: the first one in each of the statements that differ."""

    topic: str
    company: str
    entries: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The same on one topic, in the latest words: the companies it was told to, and each time; the latest first."""

    topic: str
    text: str
    companies: tuple[str, ...]
    entries: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What several companies were told on a topic."""

    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """What was told to one company; ``closed`` is the outcome where all of it belongs to what has ended."""

    name: str
    closed: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing told, with the figures read in it."""

    item: Item
    figures: tuple[Figure, ...]

    @property
    def about(self) -> tuple[str, str]:
        """The topic, and the company that was told."""
        return self.item.topic, key_of(self.item.company)


def answer(search: Search, query: Query, today: dt.date, words: Words) -> Answer:
    """List what was told: companies in a live process first, then those told last; in each by topic, the latest first.

    The same words to one company are shown once; across companies, so is the same figure on a topic. The arguments
    choose debriefs. Whether something differs depends on all that the company was told.
    """
    said = _flagged(_said(search, words))
    taken = {debrief.path for debrief in search.debriefs if query.takes(search, debrief, today)}
    items = _in_order([one.item for one in said if one.item.path in taken])
    shown = items[: query.limit] if query.limit else items
    told = frozenset(shown)
    return Answer(
        view="said",
        today=today,
        items=tuple(shown),
        parts={
            "different": _different(said, shown),
            "topics": _topics([one for one in said if one.item in told]),
            "companies": _companies(shown),
            "known": KNOWN,
        },
        left_out=len(items) - len(shown),
    )


def _said(search: Search, words: Words) -> list[_Said]:
    """Gather everything that was told, the latest first, in each note from the top."""
    vocabulary = words.vocabulary
    read = {"pay": AmountReader(vocabulary.figures).read, "start": DayReader(vocabulary.figures).read}
    labels = most_frequent((told.topic for debrief in search.debriefs for told in debrief.told), fold)
    found: list[_Said] = []
    for debrief in reversed(search.debriefs):
        for told in debrief.told:
            topic = vocabulary.topics.get(fold(told.topic), labels[fold(told.topic)])
            figures = read[topic](told.text) if topic in read else ()
            found.append(_Said(_item(search, debrief, told, topic, figures), figures))
    return found


def _item(search: Search, debrief: Debrief, told: Told, topic: str, figures: Sequence[Figure]) -> Item:
    process = search.process_of(debrief.path)
    return Item(
        topic=topic,
        text=told.text,
        date=debrief.date,
        company=debrief.company,
        role=(process.role if process else "") or debrief.role,
        closed=process.closed if process else "",
        round=debrief.round,
        people=tuple(person.name for person in search.people_of(debrief.path)),
        unnamed=sum(met.name is None for met in debrief.people),
        figures=tuple(figure.text for figure in figures),
        differs=False,
        path=debrief.path,
        line=told.line,
    )


def _flagged(said: Sequence[_Said]) -> list[_Said]:
    """Mark what differs from something else that the same company was told; without a company's name, nothing does."""
    told: dict[tuple[str, str], set[tuple[Figure, ...]]] = {}
    for one in said:
        if one.item.company:
            told.setdefault(one.about, set()).add(one.figures)
    return [
        replace(
            one, item=replace(one.item, differs=any(differ(one.figures, other) for other in told.get(one.about, ())))
        )
        for one in said
    ]


def _in_order(items: Sequence[Item]) -> list[Item]:
    """Order by company (in a live process, then told last, first) and topic; what was told last comes first."""
    latest: dict[str, int] = {}
    live = {key_of(item.company) for item in items if not item.closed}
    for item in items:
        company = key_of(item.company)
        latest[company] = max(latest.get(company, 0), (item.date or dt.date.min).toordinal())

    def rank(item: Item) -> tuple[bool, int, str, tuple[int, str]]:
        company = key_of(item.company)
        return company not in live, -latest[company], company, _topic_rank(item.topic)

    return sorted(items, key=rank)


def _topic_rank(topic: str) -> tuple[int, str]:
    """Known topics come first, then your own by name, then what has none."""
    return (KNOWN.index(topic), "") if topic in KNOWN else (len(KNOWN) + (not topic), fold(topic))


def _different(said: Sequence[_Said], shown: Sequence[Item]) -> tuple[Different, ...]:
    """Gather what differs at the companies shown, each figure once, the latest first."""
    order = dict.fromkeys((item.topic, key_of(item.company)) for item in shown if item.differs)
    groups: dict[tuple[str, str], list[_Said]] = {about: [] for about in order}
    for one in said:
        kept = groups.get(one.about)
        if kept is not None and one.item.differs and not any(_starts_alike(one, other) for other in kept):
            kept.append(one)
    return tuple(
        Different(topic, kept[0].item.company, tuple(one.item for one in kept)) for (topic, _), kept in groups.items()
    )


def _starts_alike(one: _Said, two: _Said) -> bool:
    first, second = one.figures[0], two.figures[0]
    return first.comparable(second) and first.meets(second)


def _topics(said: Sequence[_Said]) -> tuple[Topic, ...]:
    """Gather the topics on which more than one company was told something; the same figure is one statement."""
    groups: dict[str, dict[object, list[Item]]] = {}
    for one in said:
        same: object = fold(one.item.text) or one.item.text
        if one.figures:
            same = replace(one.figures[0], text="")
        groups.setdefault(one.item.topic, {}).setdefault(same, []).append(one.item)
    topics = [Topic(name, tuple(map(_statement, groups[name].values()))) for name in sorted(groups, key=_topic_rank)]
    return tuple(topic for topic in topics if len({name for told in topic.statements for name in told.companies}) > 1)


def _statement(items: Sequence[Item]) -> Statement:
    companies = tuple(dict.fromkeys(item.company for item in items))
    return Statement(items[0].topic, items[0].text, companies, tuple(items))


def _companies(items: Sequence[Item]) -> tuple[Company, ...]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.company, []).append(item)
    return tuple(
        Company(name, entries[0].closed if all(item.closed for item in entries) else "", _each_once(entries))
        for name, entries in groups.items()
    )


def _each_once(items: Sequence[Item]) -> tuple[Statement, ...]:
    """Fold equal words on one topic together."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        groups.setdefault((item.topic, fold(item.text) or item.text), []).append(item)
    return tuple(map(_statement, groups.values()))
