"""Said: what was told to whom, by topic and by company, with two figures or two starts at one company flagged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
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
    """One thing told. ``topic`` is ``pay``, ``start``, ``leaving``, the user's own label, or empty.

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
    """The same words on one topic, and the companies that they were told to; the latest first."""

    text: str
    companies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What was said on a topic, to whomever."""

    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """What was told to one company; ``closed`` is the outcome where all of it belongs to what has ended."""

    name: str
    closed: str
    entries: tuple[Item, ...]


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

    The arguments choose debriefs. Whether something differs depends on all that the company was told.
    """
    said = _flagged(_said(search, words))
    taken = {debrief.path for debrief in search.debriefs if query.takes(search, debrief, today)}
    items = _in_order([one.item for one in said if one.item.path in taken])
    shown = items[: query.limit] if query.limit else items
    return Answer(
        view="said",
        today=today,
        items=tuple(shown),
        parts={
            "different": _different(said, shown),
            "topics": _topics(shown),
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
    """Known topics come first, then the user's own by name, then what has none."""
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


def _topics(items: Sequence[Item]) -> tuple[Topic, ...]:
    names = sorted({item.topic for item in items}, key=_topic_rank)
    return tuple(Topic(name, _statements(item for item in items if item.topic == name)) for name in names)


def _statements(items: Iterable[Item]) -> tuple[Statement, ...]:
    """Fold equal words together."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(fold(item.text) or item.text, []).append(item)
    return tuple(
        Statement(group[0].text, tuple(dict.fromkeys(item.company for item in group))) for group in groups.values()
    )


def _companies(items: Sequence[Item]) -> tuple[Company, ...]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.company, []).append(item)
    return tuple(
        Company(name, entries[0].closed if all(item.closed for item in entries) else "", tuple(entries))
        for name, entries in groups.items()
    )
