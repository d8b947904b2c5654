"""Asking where things stand after silence: one obligation a process, so many times at most, then one moves on.

Only the latest round of a process asks, once it has been and while no answer came. Chats and take-homes never do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jobvault.model import CHAT, TAKE_HOME, Debrief, FollowUp, Letter
from jobvault.search.letters import sent_on
from jobvault.search.mentions import names_first
from jobvault.search.processes import Process, is_to_come
from jobvault.search.search import Search
from jobvault.words import Words, fold

WAITING = frozenset({"", "waiting"})
_WAITED_FOR = dt.timedelta(days=30)
State = Literal["task", "drafted", "dropped", "asked", "due"]


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What there is to ask about a process. ``asked`` are the days on which that was done since the round.

    ``task`` and ``draft`` are what stands for it; ``most`` is how often one asks; ``dropped``: the user cancelled it.
    ``due`` is the day of the next question, or, once all are asked, the day on which to move on.
    """

    debrief: Debrief
    process: Process
    due: dt.date | None
    asked: tuple[dt.date, ...]
    most: int
    task: FollowUp | None = None
    draft: Letter | None = None
    dropped: bool = False

    @property
    def state(self) -> State:
        """What stands for it: a task, a letter, nothing any more, or the rule that makes it due."""
        if self.task is not None:
            return "task"
        if self.dropped:
            return "dropped"
        if len(self.asked) >= self.most:
            return "asked"
        return "drafted" if self.draft is not None else "due"

    def is_due(self, today: dt.date) -> bool:
        """Whether the rule asks: the day has come, and is not so long ago that nobody waits any more."""
        return self.state == "due" and self.due is not None and today - _WAITED_FOR <= self.due <= today


def check_in_of(process: Process, today: dt.date) -> Debrief | None:
    """Return the round of a process that one may ask about; None where none waits for an answer."""
    last = _last_round(process)
    if process.closed or last is None or last.date is None or last.date > today or is_to_come(last, today):
        return None
    return last if TAKE_HOME not in (last.round, last.format) and waits_for_answer(last, process) else None


def waits_for_answer(debrief: Debrief, process: Process) -> bool:
    """Whether no answer to a round is known: none is noted, no offer was made, and no other round came after it."""
    offered = process.application is not None and process.application.outcome == "offer"
    last = _last_round(process)
    superseded = debrief.round != CHAT and last is not None and last is not debrief and debrief.date is not None
    return debrief.outcome in WAITING and debrief.heard is None and not offered and not superseded


def _last_round(process: Process) -> Debrief | None:
    """Return the latest round that has a day; a chat and a cancelled one are none."""
    rounds = [d for d in process.debriefs if d.round != CHAT and d.outcome != "cancelled" and d.date is not None]
    return rounds[-1] if rounds else None


def asks_of(
    debrief: Debrief, letters: Iterable[Letter], here: Sequence[Letter], done: Iterable[FollowUp]
) -> tuple[dt.date, ...]:
    """Return the days on which one asked since a round, by letter or by a task that is done; each day once.

    A ticked task and the letter that it asked for are one: they bear the same day. What does not say when it was done
    counts as of the day of the round, where it is about that round (``here`` are the letters about it) and nothing
    else is known.
    """
    start = debrief.date or dt.date.min
    days: set[dt.date] = set()
    undated = 0
    for letter in letters:
        day = sent_on(letter)
        if day is not None and day >= start:
            days.add(day)
        elif day is None and letter in here:
            undated += 1
    for task in done:
        if task.done is not None and task.done >= start:
            days.add(task.done)
        elif task.done is None and task.path == debrief.path:
            undated += 1
    if undated and not days and debrief.date is not None:
        days.add(debrief.date)
    return tuple(sorted(days))


def is_asking(task: FollowUp, process: Process, search: Search, words: Words) -> bool:
    """Whether a task says to ask where things stand: in words for it, of the company, of somebody there, or of nobody.

    Of nobody where it says no more than that.
    """
    text = f" {fold(task.text)} "
    said = [word for word in words.vocabulary.asking if f" {word} " in text]
    if not said:
        return False
    if search.people_in(task) or _names_company(task.text, process.company):
        return True
    rest = text
    for word in sorted(said, key=len, reverse=True):
        rest = rest.replace(f" {word} ", " ")
    return set(rest.split()) <= words.vocabulary.everybody


def _names_company(text: str, company: str) -> bool:
    """Whether a text names a company, by its whole name or by the first word of it."""
    first = company.split(maxsplit=1)[0] if company.strip() else ""
    return bool(fold(company)) and (f" {fold(company)} " in f" {fold(text)} " or names_first(text, first))
