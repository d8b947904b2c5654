"""Areas of skill: what names one, and how each stands by what the debriefs say of it.

A tag names an area, under any of its names in ``areas:``. Without a tag a linked note does: a question or a story
stands for its own tags, any other note for itself. Who an interview was with, what for and when is no area.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from jobvault.model import Debrief, Noun, Question, Remark
from jobvault.search.asked import Interviewers
from jobvault.search.names import key_of, stem_of
from jobvault.search.search import Search
from jobvault.search.topics import Topics, title_of
from jobvault.words import fold

Side = Literal["weak", "strong"]
_OTHER: Mapping[Side, Side] = {"weak": "strong", "strong": "weak"}
_MARK: Mapping[Side, str] = {"weak": "rough", "strong": "strong"}
"""How a question went that is a sign of the same."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
"""How the names of daily notes, and of most interviews, begin."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area as one place names it: what it is compared by, its name, and the note where a note alone names it."""

    key: str
    name: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a debrief says of an area: the user's words, or a question that they answered."""

    text: str
    date: dt.date | None
    company: str
    round: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How an area stands on one side, weak or strong. Where no area is named: equal words, and ``area`` is None.

    ``sources`` are the user's bullets, ``answers`` the questions that went the same way, ``since`` the bullets and
    answers of the other side that are later than all of those; each latest first. ``text``, ``date``, ``company``,
    ``path`` and ``line`` are those of the latest bullet or answer; ``debriefs`` counts the debriefs of both.
    """

    area: str | None
    note: str | None
    text: str
    date: dt.date | None
    company: str
    path: str
    line: int
    debriefs: int
    sources: tuple[Said, ...]
    answers: tuple[Said, ...] = ()
    since: tuple[Said, ...] = ()


def standings(search: Search, side: Side, paths: Collection[str] | None = None) -> tuple[Standing, ...]:
    """Return how each area stands on a side.

    First those whose last word is of that side, then the others; of each the most frequent first, then the latest.
    Where paths of debriefs are named, only the areas of those are returned, with what is said there; ``since`` does
    not depend on them, so that a part of the debriefs never tells another story than the whole.
    """
    areas = Areas(search)
    ours, theirs = _Signs(areas, side), _Signs(areas, _OTHER[side])
    bulleted = {**ours.bullets, **theirs.bullets}
    found = [_standing(ours, theirs, key, paths) for key in ours.named if key in bulleted or ours.tagged(key)]
    found += [_built(None, group) for group in wordings(_among(ours.alone, paths))]
    return tuple(sorted((one for one in found if one is not None), key=_rank))


def wordings(said: Iterable[Said]) -> tuple[tuple[Said, ...], ...]:
    """Group what is said by equal words, case-blind and without punctuation, in the order of the first of each."""
    groups: dict[str, list[Said]] = {}
    for one in said:
        groups.setdefault(fold(one.text) or one.text, []).append(one)
    return tuple(map(tuple, groups.values()))


def _among(said: Iterable[Said], paths: Collection[str] | None) -> list[Said]:
    return [one for one in said if paths is None or one.path in paths]


def _standing(ours: _Signs, theirs: _Signs, key: str, paths: Collection[str] | None) -> Standing | None:
    """Build how an area stands; None where the debriefs asked for say nothing of it."""
    sources, answers = ours.bullets.get(key, []), ours.answers.get(key, [])
    last = max((one.date for one in (*sources, *answers) if one.date), default=None)
    others = (*theirs.bullets.get(key, ()), *theirs.answers.get(key, ()))
    later = [(one.date, one) for one in others if last and one.date and one.date > last]
    later.sort(key=lambda found: found[0], reverse=True)
    return _built(ours.called(key), _among(sources, paths), _among(answers, paths), [one for _, one in later])


def _built(
    area: Area | None, sources: Sequence[Said], answers: Sequence[Said] = (), since: Sequence[Said] = ()
) -> Standing | None:
    latest = max((*sources, *answers), key=lambda one: one.date or dt.date.min, default=None)
    if latest is None:
        return None
    return Standing(
        area=area.name if area else None,
        note=area.note if area else None,
        text=latest.text,
        date=latest.date,
        company=latest.company,
        path=latest.path,
        line=latest.line,
        debriefs=len({one.path for one in (*sources, *answers)}),
        sources=tuple(sources),
        answers=tuple(answers),
        since=tuple(since),
    )


def _rank(item: Standing) -> tuple[bool, bool, int, int, str, int]:
    day = (item.date or dt.date.min).toordinal()
    return (bool(item.since), item.area is None, -item.debriefs, -day, item.path, item.line)


# --- what names an area ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Areas:
    """The areas that a search's notes can name."""

    search: Search

    def of(self, words: Remark | Question, path: str) -> tuple[Area, ...]:
        """Return the areas that words in the note at a path name, each once; none where neither tag nor link does."""
        tagged = [self._tagged(tag) for tag in words.tags]
        linked = (area for link in words.links for area in self._linked(link.target, path))
        return tuple({area.key: area for area in tagged or linked}.values())

    def _tagged(self, tag: str) -> Area:
        name = self.search.area(tag)
        return Area(fold(name) or name, name)

    def _linked(self, target: str, source: str) -> Iterator[Area]:
        path = self.search.names.resolve(target, source)
        name = stem_of(path or target)
        topic = self._topics.at(path)
        if topic is not None and topic.tags:
            yield from map(self._tagged, topic.tags)
        elif name and not _DAY.match(name) and path not in self._meetings and key_of(name) not in self._parties:
            known = self.search.area(name)
            yield Area(fold(known) or known, title_of(topic) if topic else known, path)

    @cached_property
    def interviewers(self) -> Interviewers:
        """Everybody who may have asked something."""
        return Interviewers(self.search)

    @cached_property
    def _topics(self) -> Topics:
        return Topics(self.search)

    @cached_property
    def _meetings(self) -> frozenset[str]:
        """The notes of interviews, and of the people and openings they were about."""
        search = self.search
        nouns: list[Noun] = [*search.debriefs, *search.applications, *search.letters, *search.pages]
        return frozenset([*(noun.path for noun in nouns), *(p.note for p in search.people if p.note)])

    @cached_property
    def _parties(self) -> frozenset[str]:
        """The names of the companies, and of the people who were met."""
        names = (name for person in self.search.people for name in (person.name, *person.aliases))
        return frozenset([*self.search.companies, *map(key_of, self.search.companies.values()), *map(key_of, names)])


# --- what the debriefs say ------------------------------------------------------------------------------------------


@dataclass
class _Signs:
    """What speaks for one side, by area, latest first: bullets, and answers that went so.

    ``alone`` are bullets that name no area.
    """

    areas: Areas
    side: Side
    bullets: dict[str, list[Said]] = field(default_factory=dict)
    answers: dict[str, list[Said]] = field(default_factory=dict)
    alone: list[Said] = field(default_factory=list)
    named: dict[str, list[Area]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for debrief in reversed(self.areas.search.debriefs):
            for bullet in debrief.weak if self.side == "weak" else debrief.strong:
                if not self._file(self.bullets, debrief, bullet):
                    self.alone.append(_said(debrief, bullet))
            for asked in self.areas.interviewers.asked_in(debrief):
                if asked.question.mark == _MARK[self.side]:
                    self._file(self.answers, debrief, asked.question)

    def _file(self, into: dict[str, list[Said]], debrief: Debrief, words: Remark | Question) -> bool:
        """File words under each area that they name; whether they name any."""
        found = self.areas.of(words, debrief.path)
        for area in found:
            into.setdefault(area.key, []).append(_said(debrief, words))
            self.named.setdefault(area.key, []).append(area)
        return bool(found)

    def tagged(self, key: str) -> bool:
        """Whether a tag names an area. What only links name is one only where a bullet does, else it is a question."""
        return any(area.note is None for area in self.named[key])

    def called(self, key: str) -> Area:
        """Return an area as it is named most often: by a tag, else by its note."""
        named = self.named[key]
        counts = Counter([area for area in named if area.note is None] or named)
        return min(counts, key=lambda area: (-counts[area], area.name))


def _said(debrief: Debrief, words: Remark | Question) -> Said:
    return Said(words.text, debrief.date, debrief.company, debrief.round, debrief.path, words.line)
