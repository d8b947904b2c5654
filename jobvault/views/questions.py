"""Questions: what they asked you, how often, and how it went."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jobvault.model import Debrief
from jobvault.search.asked import Asked, Interviewers
from jobvault.search.query import Query
from jobvault.search.search import Search
from jobvault.search.topics import Topic, Topics, title_of
from jobvault.views import Answer
from jobvault.words import Words, fold

_LINK_ALONE = re.compile(r"\[\[[^\[\]]+\]\]|\[[^\[\]]*\]\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Use:
    """One time that it was asked; ``by`` are the names of those who asked, as far as the note says."""

    mark: str | None
    text: str
    date: dt.date | None
    company: str
    round: str
    by: tuple[str, ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One question, however often it was asked; ``uses`` are in order of date, latest first.

    ``note`` is the question's or story's note. ``owed``: an answer is still owed. ``rough`` counts the rough answers.
    ``mark``, ``date``, ``company``, ``path`` and ``line`` are those of the latest time.
    """

    text: str
    note: str | None
    times: int
    owed: bool
    rough: int
    mark: str | None
    date: dt.date | None
    company: str
    path: str
    line: int
    uses: tuple[Use, ...]


def answer(search: Search, query: Query, today: dt.date, _words: Words) -> Answer:
    """Merge equal questions: the same words, or the same linked note.

    First those to which an answer is owed, then those that went rough, most often first, then the rest. The arguments
    choose which questions are shown; each is shown with every time that it was asked.
    """
    items = sorted(_merged(search, query, today), key=_rank)
    shown = items[: query.limit] if query.limit else items
    return Answer(
        view="questions",
        today=today,
        items=tuple(shown),
        parts={
            "owed": _shown(item for item in shown if item.owed),
            "rough": _shown(item for item in shown if item.rough and not item.owed),
            "others": _shown(item for item in shown if not item.rough and not item.owed),
        },
        left_out=len(items) - len(shown),
    )


def _merged(search: Search, query: Query, today: dt.date) -> Iterator[Item]:
    """Merge what was asked, latest first; only what was asked for."""
    anybody = replace(query, person="")
    interviewers, topics = Interviewers(search), Topics(search)
    told: dict[str, Topic] = {}
    merged: dict[str, list[Asked]] = {}
    wanted: set[str] = set()
    for debrief in reversed(search.debriefs):
        taken = anybody.takes(search, debrief, today)
        here: dict[str, list[Asked]] = {}
        for asked in interviewers.asked_in(debrief):
            topic = topics.of(asked.question, debrief.path)
            key = f"note {topic.path}" if topic else f"words {fold(asked.question.text) or asked.question.text}"
            if topic:
                told[key] = topic
            here.setdefault(key, []).append(asked)
        for key, found in here.items():
            times = _each_time(found)
            merged.setdefault(key, []).extend(times)
            if taken and any(interviewers.are_those_of(query, debrief, asked.by) for asked in times):
                wanted.add(key)
    return (_item(search, told.get(key), found) for key, found in merged.items() if key in wanted)


def _each_time(found: Sequence[Asked]) -> list[Asked]:
    """Join what a debrief says of one question: without a mark of its own it is the same time as the first marked."""
    marked = [asked for asked in found if asked.question.mark] or list(found[:1])
    by = (name for asked in found if asked is marked[0] or not asked.question.mark for name in asked.by)
    return [replace(marked[0], by=tuple(dict.fromkeys(by))), *marked[1:]]


def _item(search: Search, topic: Topic | None, found: Sequence[Asked]) -> Item:
    latest = found[0]
    return Item(
        text=title_of(topic) if topic else latest.question.text,
        note=topic.path if topic else None,
        times=len(found),
        owed=any(asked.question.mark == "owed" and not _is_over(search, asked.debrief) for asked in found),
        rough=sum(1 for asked in found if asked.question.mark == "rough"),
        mark=latest.question.mark,
        date=latest.debrief.date,
        company=latest.debrief.company,
        path=latest.debrief.path,
        line=latest.question.line,
        uses=tuple(_use(asked) for asked in found),
    )


def _is_over(search: Search, debrief: Debrief) -> bool:
    """Whether nothing is owed there any more: the round was cancelled, or its process has come to an end."""
    process = search.process_of(debrief.path)
    return debrief.outcome == "cancelled" or (process is not None and bool(process.closed))


def _use(asked: Asked) -> Use:
    question, debrief = asked.question, asked.debrief
    return Use(
        mark=question.mark,
        text=question.text,
        date=debrief.date,
        company=debrief.company,
        round=debrief.round,
        by=asked.by,
        path=debrief.path,
        line=question.line,
    )


def _rank(item: Item) -> tuple[bool, int, bool, int, int, str, int]:
    """Owed ones first; then the most often rough ones, of these the one that was so last; then the most often asked."""
    day = (item.date or dt.date.min).toordinal()
    return (not item.owed, -item.rough, item.mark != "rough", -item.times, -day, item.path, item.line)


def _shown(items: Iterable[Item]) -> tuple[dict[str, Any], ...]:
    """Give each question with its marks, oldest first, and its uses with the words that say more than its title."""
    return tuple(
        {
            "item": item,
            "marks": tuple(use.mark for use in reversed(item.uses) if use.mark),
            "uses": tuple({"use": use, "words": _words(item, use)} for use in item.uses),
        }
        for item in items
    )


def _words(item: Item, use: Use) -> str:
    """The words of a use, where they are more than the question itself."""
    same = fold(use.text) == fold(item.text) or _LINK_ALONE.fullmatch(use.text)
    return "" if same else use.text
