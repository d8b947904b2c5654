"""What is owed although no task says so: thanks after an interview, letters that were drafted and not sent.

One obligation is one item: (debrief, person, kind). Where a task of the debrief stands for it, that task is the item; a
letter stands for the rule that made it due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jobvault.model import CHAT, TAKE_HOME, THANKS, Debrief, FollowUp, Letter
from jobvault.search.mentions import shares_word
from jobvault.search.people import Person
from jobvault.search.search import Search
from jobvault.words import Words, fold

OWED_FOR = dt.timedelta(days=30)
"""How long an empty debrief is asked for."""


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
    """Who of an interview is still to be thanked, and how many have no name that a letter could be written to."""

    debrief: Debrief
    people: tuple[Person, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that was drafted and not sent; ``to`` is how its recipient is called."""

    letter: Letter
    debrief: Debrief
    to: str
    thanks: bool


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
    def _letters(self) -> dict[str, list[Letter]]:
        """The letters about each interview."""
        table: dict[str, list[Letter]] = {}
        for letter in self.search.letters:
            about = self.search.debrief_of(letter.path)
            if about is not None:
                table.setdefault(about.path, []).append(letter)
        return table

    def thanks(self, debrief: Debrief) -> Thanks:
        """Return who is still to be thanked: who has neither a task nor a letter. Nobody where nothing is owed."""
        if not self._owes_thanks(debrief):
            return Thanks(debrief, (), 0)
        people = [p for p in self.search.people_of(debrief.path) if not self._has_letter(debrief, p)]
        unnamed = [met.title for met in debrief.people if met.name is None]
        tasks = self._tasks.get(debrief.path, [])
        asked = [title for title in unnamed if any(shares_word(task.text, title) for task in tasks)]
        left = 0 if debrief.round == CHAT else len(unnamed) - len(asked)
        return Thanks(debrief, tuple(p for p in people if not self._has_task(debrief, p)), left)

    def drafts(self) -> Iterator[Draft]:
        """Yield the letters to be sent, by path; not those that a task stands for, and none where nothing is owed."""
        for letter in self.search.letters:
            about = self.search.debrief_of(letter.path)
            if letter.status != "draft" or about is None or not self._owes_thanks(about):
                continue
            person = self.search.addressee(letter)
            thanks = self._is_thanks(letter)
            if not (thanks and person is not None and self._has_task(about, person)):
                yield Draft(letter, about, person.name if person else letter.to, thanks)

    def _owes_thanks(self, debrief: Debrief) -> bool:
        """Take-homes and cancelled rounds owe nothing, nor does what has come to an end; a chat always owes thanks."""
        process = self.search.process_of(debrief.path)
        return not (
            TAKE_HOME in (debrief.round, debrief.format)
            or debrief.outcome == "cancelled"
            or (debrief.round != CHAT and process is not None and bool(process.closed))
        )

    def _has_task(self, debrief: Debrief, person: Person) -> bool:
        """Whether a thank-you task names a person, or nobody: then it is for all of them."""
        tasks = [task for task in self._tasks.get(debrief.path, []) if task.kind == THANKS]
        return any(self._covers(task, debrief, person) for task in tasks)

    def _covers(self, task: FollowUp, debrief: Debrief, person: Person) -> bool:
        here = self.search.people_of(debrief.path)
        alike = {other.key for people in self.search.alike_in(task).values() for other in people}
        named = self.search.people_in(task) or tuple(p for p in here if shares_word(task.text, p.name))
        if named:
            return any(other.key == person.key for other in named if other.key not in alike)
        vocabulary = self.words.vocabulary
        return len(here) == 1 or set(fold(task.text).split()) <= vocabulary.thanks | vocabulary.everybody

    def _has_letter(self, debrief: Debrief, person: Person) -> bool:
        thanks = [letter for letter in self._letters.get(debrief.path, []) if self._is_thanks(letter)]
        addressees = [self.search.addressee(letter) for letter in thanks]
        return any(other is not None and other.key == person.key for other in addressees)

    def _is_thanks(self, letter: Letter) -> bool:
        kind = f" {fold(letter.kind)} "
        return not kind.strip() or any(f" {word} " in kind for word in self.words.vocabulary.thanks)
