"""What is owed although no task says so: thanks, letters that were drafted and not sent, a question after silence.

One obligation is one item: (debrief, person, kind). Where a task of the debrief stands for it, that task is the item; a
letter stands for the rule that made it due. When each is due is in ``search/due.py``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jobvault.model import CHAT, TAKE_HOME, THANKS, Debrief, FollowUp, Letter
from jobvault.search.check_ins import CheckIn, asks_of, check_in_of, is_asking, waits_for_answer
from jobvault.search.due import check_in_due, thanks_due
from jobvault.search.letters import AFTER_REJECTION, CHECK_IN, THANK_YOU, is_sent, kind_of
from jobvault.search.mentions import shares_word
from jobvault.search.people import Person
from jobvault.search.processes import Process, is_to_come
from jobvault.search.search import Search
from jobvault.words import Words, fold

OWED_FOR = dt.timedelta(days=30)
"""How long an empty debrief is asked for."""
RECENT = dt.timedelta(days=30)
"""How long a draft is asked for."""


def owes_debrief(debrief: Debrief, today: dt.date) -> bool:
    """Whether an interview of the last 30 days has a debrief that is still empty; take-homes and chats owe none."""
    return (
        debrief.empty
        and debrief.date is not None
        and today - OWED_FOR <= debrief.date < today
        and debrief.outcome != "cancelled"
        and debrief.round not in (CHAT, TAKE_HOME)
        and debrief.format != TAKE_HOME
    )


@dataclass(frozen=True, slots=True)
class Thanks:
    """Who of an interview is still to be thanked, by when, and how many have no name that a letter could be sent to."""

    debrief: Debrief
    people: tuple[Person, ...]
    unnamed: int
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that was drafted and not sent; ``to`` is how its recipient is called, ``kind`` as ``kind_of`` has it.

    ``due`` is set for thanks and for asking where things stand.
    """

    letter: Letter
    debrief: Debrief
    to: str
    kind: str
    due: dt.date | None = None

    @property
    def thanks(self) -> bool:
        """Whether it is a letter of thanks."""
        return self.kind == THANK_YOU

    def is_recent(self, today: dt.date) -> bool:
        """Whether what it follows from is of the last 30 days: an interview, a rejection, or the day to ask on."""
        later = {AFTER_REJECTION: self.debrief.heard, CHECK_IN: self.due}.get(self.kind)
        days = [day for day in (self.debrief.date, later) if day is not None]
        return bool(days) and min(days) <= today and today - RECENT <= max(days)


@dataclass(frozen=True, slots=True)
class Addressed:
    """A letter about an interview; ``person`` is its recipient among the people met, ``kind`` as ``kind_of`` has it."""

    letter: Letter
    debrief: Debrief
    person: Person | None
    kind: str

    @property
    def to(self) -> tuple[str, ...]:
        """Who it is to, as it is compared."""
        return self.person.key if self.person else ("", fold(self.letter.to))


@dataclass(frozen=True)
class Obligations:
    """What the debriefs and letters of a search owe, beside their tasks."""

    search: Search
    words: Words

    @cached_property
    def _tasks(self) -> dict[str, list[FollowUp]]:
        """The follow-ups of each interview, in its debrief and in the letters about it."""
        table: dict[str, list[FollowUp]] = {}
        for item in self.search.follow_ups:
            about = self.search.debrief_of(item.path)
            if about is not None:
                table.setdefault(about.path, []).append(item)
        return table

    @cached_property
    def _letters(self) -> dict[str, list[Addressed]]:
        """The letters about each interview."""
        table: dict[str, list[Addressed]] = {}
        for letter in self.search.letters:
            about = self.search.debrief_of(letter.path)
            if about is not None:
                kind = kind_of(letter, self.words.vocabulary)
                found = Addressed(letter, about, self.search.addressee(letter), kind)
                table.setdefault(about.path, []).append(found)
        return table

    # --- thanks -------------------------------------------------------------------------------------------------

    def thanks(self, debrief: Debrief) -> Thanks:
        """Return who is still to be thanked: who has neither a task nor a letter. Nobody where nothing is owed."""
        if not self.owes_thanks(debrief):
            return Thanks(debrief, (), 0)
        people = tuple(
            person
            for person in self.search.people_of(debrief.path)
            if not self._has_letter(debrief, person) and not self.thanks_tasks(debrief, person)
        )
        return Thanks(debrief, people, self.nameless(debrief), thanks_due(debrief, self.search.settings.letters))

    def is_reminded(self, debrief: Debrief, today: dt.date) -> bool:
        """Whether it is still asked who was thanked for an interview: for as many days as the settings say."""
        days = dt.timedelta(days=self.search.settings.follow_ups.worth_doing_days)
        return debrief.date is not None and today - days <= debrief.date <= today and not is_to_come(debrief, today)

    def owes_thanks(self, debrief: Debrief) -> bool:
        """Take-homes and cancelled rounds owe nothing, nor does what has come to an end; a chat always owes thanks."""
        return _can_owe(debrief) and (debrief.round == CHAT or not self._closed(debrief))

    def nameless(self, debrief: Debrief) -> int:
        """Return how many people of an interview nobody has asked the name of yet; a chat owes no asking."""
        if debrief.round == CHAT or not self.owes_thanks(debrief):
            return 0
        tasks = self._tasks.get(debrief.path, [])
        unnamed = [met.title for met in debrief.people if met.name is None]
        return sum(not any(shares_word(task.text, title) for task in tasks) for title in unnamed)

    def thanks_tasks(self, debrief: Debrief, person: Person) -> tuple[FollowUp, ...]:
        """Return the tasks to thank somebody, or nobody by name: those are for all who were there."""
        tasks = (task for task in self._tasks.get(debrief.path, ()) if task.kind == THANKS)
        return tuple(task for task in tasks if self.covers(task, debrief, person))

    def covers(self, task: FollowUp, debrief: Debrief, person: Person) -> bool:
        """Whether a task of an interview stands for one of its people: it names them, or everybody there."""
        here = self.search.people_of(debrief.path)
        alike = {other.key for people in self.search.alike_in(task).values() for other in people}
        named = self.search.people_in(task) or tuple(p for p in here if shares_word(task.text, p.name))
        if named:
            return any(other.key == person.key for other in named if other.key not in alike)
        vocabulary = self.words.vocabulary
        return len(here) == 1 or set(fold(task.text).split()) <= vocabulary.thanks | vocabulary.everybody

    def _has_letter(self, debrief: Debrief, person: Person) -> bool:
        return any(found.kind == THANK_YOU and found.to == person.key for found in self.letters_about(debrief))

    # --- letters ------------------------------------------------------------------------------------------------

    def letters_about(self, debrief: Debrief) -> tuple[Addressed, ...]:
        """Return the letters about an interview, by path."""
        return tuple(self._letters.get(debrief.path, ()))

    def drafts(self) -> Iterator[Draft]:
        """Yield the letters to be sent, by path; not those that a task stands for, and none where nothing is owed.

        Of several drafts for one obligation it is the last. What was sent already is not to be sent again.
        """
        owed: dict[tuple[object, ...], Addressed] = {}
        for found in (one for letters in self._letters.values() for one in letters):
            if found.letter.status == "draft" and self._is_to_be_sent(found):
                owed[self._obligation(found)] = found
        for found in sorted(owed.values(), key=lambda one: one.letter.path):
            to = found.person.name if found.person else found.letter.to
            yield Draft(found.letter, found.debrief, to, found.kind, self._due(found))

    def _obligation(self, found: Addressed) -> tuple[object, ...]:
        process = self.search.process_of(found.debrief.path)
        return (id(process), CHECK_IN) if found.kind == CHECK_IN else (found.debrief.path, found.to, found.kind)

    def _is_to_be_sent(self, found: Addressed) -> bool:
        debrief, person = found.debrief, found.person
        if not _can_owe(debrief) or (found.kind != AFTER_REJECTION and not self.owes_thanks(debrief)):
            return False
        if found.kind == CHECK_IN:
            return self._may_ask(debrief)
        if found.kind != THANK_YOU:
            return True
        sent = (one for one in self.letters_about(debrief) if one.kind == THANK_YOU and is_sent(one.letter))
        return not any(one.to == found.to for one in sent) and not (person and self.thanks_tasks(debrief, person))

    def _may_ask(self, debrief: Debrief) -> bool:
        """Whether a question is still to be sent: no answer came, no task stands for it, and it is not one too many."""
        process = self.search.process_of(debrief.path)
        if process is None:
            return True
        often = len(self._asked(debrief, process)) >= self.search.settings.letters.check_ins
        return waits_for_answer(debrief, process) and not often and not self._open_asks(process)

    def _due(self, found: Addressed) -> dt.date | None:
        settings, process = self.search.settings.letters, self.search.process_of(found.debrief.path)
        if found.kind == THANK_YOU:
            return thanks_due(found.debrief, settings)
        if found.kind == CHECK_IN and process is not None and found.debrief.round != CHAT:
            return check_in_due(found.debrief, self._asked(found.debrief, process), settings)
        return None

    def _closed(self, debrief: Debrief) -> bool:
        process = self.search.process_of(debrief.path)
        return process is not None and bool(process.closed)

    # --- asking where things stand ------------------------------------------------------------------------------

    def check_ins(self, today: dt.date) -> Iterator[CheckIn]:
        """Yield what there is to ask, each process once, in the order of the processes."""
        for process in self.search.processes:
            found = self.check_in(process, today)
            if found is not None:
                yield found

    def check_in(self, process: Process, today: dt.date) -> CheckIn | None:
        """Return what there is to ask about a process; None where it waits for nothing that one could ask about.

        A task or a draft that stands for it is named there.
        """
        debrief = check_in_of(process, today)
        if debrief is None:
            return None
        settings = self.search.settings.letters
        asked, tasks = self._asked(debrief, process), self._tasks_of(process)
        pending = self._open_asks(process)
        drafts = [found.letter for found in self._check_in_letters(process) if found.letter.status == "draft"]
        about = (task for task in tasks if self.search.debrief_of(task.path) is debrief)
        return CheckIn(
            debrief=debrief,
            process=process,
            due=check_in_due(debrief, asked, settings),
            asked=asked,
            most=settings.check_ins,
            task=pending[0] if pending else None,
            draft=drafts[-1] if drafts else None,
            dropped=any(task.status == "cancelled" for task in about),
        )

    def _asked(self, debrief: Debrief, process: Process) -> tuple[dt.date, ...]:
        done = [task for task in self._tasks_of(process) if task.status == "done"]
        letters = [found.letter for found in self._check_in_letters(process) if is_sent(found.letter)]
        here = [found.letter for found in self.letters_about(debrief) if found.kind == CHECK_IN]
        return asks_of(debrief, letters, here, done)

    def _open_asks(self, process: Process) -> list[FollowUp]:
        return [task for task in self._tasks_of(process) if task.status in ("open", "in-progress")]

    def _check_in_letters(self, process: Process) -> list[Addressed]:
        about = (found for debrief in process.debriefs for found in self.letters_about(debrief))
        return sorted((found for found in about if found.kind == CHECK_IN), key=lambda found: found.letter.path)

    def _tasks_of(self, process: Process) -> list[FollowUp]:
        """The tasks in the notes of a process that say to ask where things stand."""
        return self._asks.get(id(process), [])

    @cached_property
    def _asks(self) -> dict[int, list[FollowUp]]:
        table: dict[int, list[FollowUp]] = {}
        for item in self.search.follow_ups:
            process = self.search.process_of(item.path)
            if process is not None and is_asking(item, process, self.search, self.words):
                table.setdefault(id(process), []).append(item)
        return table


def _can_owe(debrief: Debrief) -> bool:
    return TAKE_HOME not in (debrief.round, debrief.format) and debrief.outcome != "cancelled"
