"""Where the material of letters comes from: their part of the debrief for each, and what was voiced before.

Who gets what depends on the debrief alone: not on which letters there are, nor on whom one is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from jobvault.letters.fragments import Fragment, Reader, clean, of_both
from jobvault.letters.material import Doubt, Material, worded
from jobvault.letters.phrases import Phrases
from jobvault.letters.promises import promise
from jobvault.letters.shares import Shares
from jobvault.model import THANKS, Concern, Debrief, FollowUp, Met
from jobvault.search.concerns import Entry, as_compared, concern_ledger, owner_of, without_tags
from jobvault.search.mentions import names_person
from jobvault.search.names import key_of
from jobvault.search.people import Person
from jobvault.search.processes import in_time
from jobvault.search.search import Search
from jobvault.words import fold

_PENDING = ("open", "in-progress")


@dataclass(frozen=True)
class Sources:
    """Where material comes from: one debrief in its search, in the language of the letters.

    ``plain`` gives the words of a text without links and marks.
    """

    search: Search
    debrief: Debrief
    phrases: Phrases
    plain: Callable[[str], str]

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The named people of the round, in the order of the note."""
        return self.search.people_of(self.debrief.path)

    def day(self, day: dt.date) -> str:
        """Return a date as it stands in a letter: with its year where that is another one than the interview's."""
        phrases, year = self.phrases, self.debrief.date.year if self.debrief.date else None
        form = phrases.day if year in (None, day.year) else phrases.day_and_year
        weekday, month = phrases.weekdays[day.weekday()], phrases.months[day.month - 1]
        return form.format(weekday=weekday, day=day.day, month=month, year=day.year)

    @cached_property
    def material(self) -> tuple[Material, ...]:
        """What there is for each of them."""
        own = [self._own(person) for person in self.people]
        shares = Shares(self.search, self.debrief, own, self.reader)
        return tuple(shares.of(place) for place in range(len(own)))

    def met(self, person: Person) -> Met:
        """Return what the debrief says of somebody."""
        return next(meeting.met for meeting in person.meetings if meeting.debrief.path == self.debrief.path)

    def reader(self, person: Person) -> Reader:
        """Return what makes fragments of the words about somebody."""
        met = self.met(person)
        written = [
            *(remark.text for remark in (*met.cares_about, *met.talked_about, *met.next_steps, *met.notes)),
            *(reply.text for concern in met.concerns for reply in concern.replies),
        ]
        called = (person.name, met.name or "", untitled(person), *person.aliases, person.first)
        names = tuple(dict.fromkeys(name for name in called if name))
        others = [
            name
            for other in self.people
            if other is not person
            for name in (other.name, untitled(other), *other.aliases, other.first)
        ]
        others += [other.name for other in self.search.people if " " in other.name and other.key != person.key]
        return Reader(
            self.phrases.language,
            names,
            tuple(dict.fromkeys(name for name in others if name and fold(name) not in map(fold, names))),
            self.plain,
            self.day,
            sure=not of_both([clean(self.plain(text)) for text in written], self.phrases.language),
        )

    def _own(self, person: Person) -> Material:
        met, reader = self.met(person), self.reader(person)
        steps = [reader.read(step.text, "step") for step in met.next_steps]
        return Material(
            person,
            met.title or person.title,
            topics=tuple(worded(reader.read(remark.text, "topic") for remark in met.talked_about)),
            cares=tuple(worded(reader.read(remark.text, "cares") for remark in met.cares_about)),
            doubts=tuple(self._doubts(person, met, reader)),
            earlier=tuple(self._earlier(person, reader)),
            owed=tuple(worded(reader.quoted(asked.text) for asked in met.asked if asked.mark == "owed")),
            promised=tuple(worded(self._promises(person, reader))),
            steps=tuple(worded(steps)),
            voiced_step=bool(steps),
        )

    def _doubts(self, person: Person, met: Met, reader: Reader) -> Iterator[Doubt]:
        """Yield the concerns of somebody, less those that a later interview settled; whatever letters answer."""
        closed = {entry.text for entry in self._ledger if entry.owner == owner_of(person) and not entry.open}
        settled = {as_compared(text) for text in closed}
        later = self._settled_later(person)
        for concern in met.concerns:
            said = as_compared(concern.text)
            text = " ".join(without_tags(concern.text).split())
            reply, rough = self._answer(concern, reader)
            if fold(text) and (reply is not None or said not in later):
                yield Doubt(text, reader.read(text, "concern"), said in settled, reply, rough)

    def _earlier(self, person: Person, reader: Reader) -> Iterator[Doubt]:
        """Yield the open concerns of somebody that were voiced last in an earlier round with this company."""
        for entry in self._ledger:
            last = entry.voicings[-1]
            at_company = key_of(last.debrief.company) == key_of(self.debrief.company)
            if (
                entry.open
                and entry.owner == owner_of(person)
                and at_company
                and in_time(last.debrief) < in_time(self.debrief)
            ):
                text = " ".join(entry.text.split())
                rough = self._answer(last.concern, reader)[1]
                yield Doubt(text, reader.read(text, "concern"), rough=rough)

    @cached_property
    def _ledger(self) -> tuple[Entry, ...]:
        return concern_ledger(self.search)

    def _settled_later(self, person: Person) -> frozenset[str]:
        """Return the concerns of somebody that were answered well in an interview after this one."""
        here = in_time(self.debrief)
        later = [meeting.met for meeting in person.meetings if in_time(meeting.debrief) > here]
        return frozenset(as_compared(one.text) for met in later for one in met.concerns if not one.open)

    def _answer(self, concern: Concern, reader: Reader) -> tuple[Fragment | None, str]:
        def words(text: str) -> str:
            kept = reader.kept(clean(self.plain(text)))
            return kept.raw if kept.discreet is None else kept.discreet

        good = [reply.text for reply in concern.replies if not reply.rough]
        rough = [reply.text for reply in concern.replies if reply.rough]
        return (reader.read(good[-1], "reply") if good else None), (words(rough[-1]) if rough else "")

    @cached_property
    def tasks(self) -> tuple[FollowUp, ...]:
        """The follow-ups of the debrief that are still to be done, thanks left out."""
        items = self.search.follow_ups
        return tuple(
            item
            for item in items
            if item.path == self.debrief.path and item.status in _PENDING and item.kind != THANKS and not item.recurring
        )

    def _promises(self, person: Person, reader: Reader) -> Iterator[Fragment]:
        for item in self.tasks:
            named = self.search.people_in(item) or self._untitled_in(item)
            if len(named) == 1 and named[0].key == person.key:
                yield promise(clean(self.plain(item.text)), reader, self.phrases)

    def _untitled_in(self, item: FollowUp) -> tuple[Person, ...]:
        """Return whom a task names without the title that the debrief has before the name."""
        return tuple(one for one in self.people if untitled(one) and names_person(item.text, untitled(one)))


def untitled(person: Person) -> str:
    """Return a name without the title that it begins with: ``Dr. Anna Müller`` is ``Anna Müller``; else empty."""
    return "" if person.first else " ".join(person.name.split()[1:])
