"""What a letter to somebody can be made of: their part of the debrief, and of what belongs to the round, their share.

What nobody is named for (a question still owed, a strength) goes to one person of the round each. Who gets what depends
on the debrief alone: not on which letters there are, nor on whom one is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from jobvault.letters.fragments import Fragment, Reader, clean, of_both
from jobvault.letters.phrases import Phrases
from jobvault.letters.promises import can_be_promised
from jobvault.model import THANKS, Concern, Debrief, FollowUp, Met, Question, Remark
from jobvault.search.asked import Interviewers
from jobvault.search.concerns import Entry, as_compared, concern_ledger, owner_of, without_tags
from jobvault.search.mentions import names_person
from jobvault.search.names import key_of
from jobvault.search.people import Person
from jobvault.search.processes import in_time
from jobvault.search.search import Search
from jobvault.words import fold

_STEM = 5
_PENDING = ("open", "in-progress")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A concern of theirs: ``text`` in the debrief's words, and the user's answer, where there is one that settles it.

    ``rough`` are the words of the last answer that does not. ``settled``: nothing is left to answer, by now.
    """

    text: str
    concern: Fragment
    settled: bool = False
    reply: Fragment | None = None
    rough: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What there is for a letter to one person."""

    person: Person
    title: str = ""
    topics: tuple[Fragment, ...] = ()
    cares: tuple[Fragment, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    earlier: tuple[Doubt, ...] = ()
    """What they voiced in an earlier round there, and nothing has answered since."""
    owed: tuple[Fragment, ...] = ()
    asks: tuple[Fragment, ...] = ()
    strength: Fragment | None = None
    promised: tuple[Fragment, ...] = ()
    """What the user promised them: ``send you the portfolio``; or only the words of the task."""
    steps: tuple[Fragment, ...] = ()
    voiced_step: bool = False

    @property
    def open_doubts(self) -> tuple[Doubt, ...]:
        """The concerns that had no answer when they were voiced in this round."""
        return tuple(doubt for doubt in self.doubts if doubt.reply is None)


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
        shares = _Shares(self, own)
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
            topics=tuple(_worded(reader.read(remark.text, "topic") for remark in met.talked_about)),
            cares=tuple(_worded(reader.read(remark.text, "cares") for remark in met.cares_about)),
            doubts=tuple(self._doubts(person, met, reader)),
            earlier=tuple(self._earlier(person, reader)),
            owed=tuple(_worded(reader.quoted(asked.text) for asked in met.asked if asked.mark == "owed")),
            promised=tuple(_worded(self._promises(person, reader))),
            steps=tuple(_worded(steps)),
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
                yield _promise(clean(self.plain(item.text)), reader, self.phrases)

    def _untitled_in(self, item: FollowUp) -> tuple[Person, ...]:
        """Return whom a task names without the title that the debrief has before the name."""
        return tuple(one for one in self.people if untitled(one) and names_person(item.text, untitled(one)))


@dataclass
class _Shares:
    """Who gets what belongs to nobody by name."""

    sources: Sources
    own: Sequence[Material]
    owed: dict[int, list[Fragment]] = field(default_factory=dict)
    asks: dict[int, list[Fragment]] = field(default_factory=dict)
    strengths: dict[int, Remark] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.own:
            return
        self._share_strengths()
        asked = [one for one in self.sources.debrief.questions if one.mark == "owed"]
        for question in asked:
            place = self._place_of(question)
            self.owed.setdefault(place, []).append(self._reader(place).quoted(question.text))
        for open_question in self.sources.debrief.open_questions:
            place = self._place_of(open_question)
            self.asks.setdefault(place, []).append(_ask(self._reader(place), open_question.text))

    def of(self, place: int) -> Material:
        """Return somebody's material, their share in it."""
        mine, strength = self.own[place], self.strengths.get(place)
        return replace(
            mine,
            owed=(*mine.owed, *_worded(self.owed.get(place, ()))),
            asks=tuple(ask for ask in self.asks.get(place, ()) if ask.stands),
            strength=self._reader(place).read(strength.text, "strength") if strength else None,
        )

    def _reader(self, place: int) -> Reader:
        return self.sources.reader(self.own[place].person)

    def _place_of(self, words: Question | Remark) -> int:
        """Return whose words are: whom they name or link, else who has most in common with them, then least to read."""
        names = self._interviewers.named_in(self.sources.debrief, Remark(words.text, words.line, (), words.links))
        named = [place for place, one in enumerate(self.own) if one.person.name in names]
        if named:
            return named[0]
        common = stems(words.text, *words.tags)
        return min(
            range(len(self.own)), key=lambda place: (-len(common & self._stems[place]), self._load(place), place)
        )

    def _load(self, place: int) -> int:
        mine = self.own[place]
        given = len(self.owed.get(place, ())) + len(self.asks.get(place, ()))
        return len(mine.doubts) + len(mine.owed) + len(mine.promised) + given

    def _share_strengths(self) -> None:
        """Give each strength to one person: first to those with whom it has most in common, then in order."""
        strong = self.sources.debrief.strong
        fits = [
            (-len(stems(remark.text, *remark.tags) & self._stems[place]), number, place)
            for number, remark in enumerate(strong)
            for place in range(len(self.own))
        ]
        given: set[int] = set()
        for _, number, place in sorted(fits):
            if number not in given and place not in self.strengths:
                given.add(number)
                self.strengths[place] = strong[number]

    @cached_property
    def _interviewers(self) -> Interviewers:
        return Interviewers(self.sources.search)

    @cached_property
    def _stems(self) -> Mapping[int, frozenset[str]]:
        return {
            place: stems(
                one.title,
                *(fragment.raw for fragment in (*one.topics, *one.cares)),
                *(doubt.text for doubt in one.doubts),
                *(doubt.reply.raw for doubt in one.doubts if doubt.reply),
            )
            for place, one in enumerate(self.own)
        }


def stems(*texts: str) -> frozenset[str]:
    """Return how the longer words of texts begin, to see what two have in common: ``manager``, ``management``."""
    return frozenset(word[:_STEM] for text in texts for word in fold(text).split() if len(word) >= _STEM)


def untitled(person: Person) -> str:
    """Return a name without the title that it begins with: ``Dr. Anna Müller`` is ``Anna Müller``; else empty."""
    return "" if person.first else " ".join(person.name.split()[1:])


def _worded(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    return (fragment for fragment in fragments if fold(fragment.raw))


def _ask(reader: Reader, text: str) -> Fragment:
    """Return a question of the user's as it can be asked; its ``you`` is the recipient already."""
    raw = clean(reader.plain(text))
    said = reader.grammar.turn(raw, "concern") if raw.endswith("?") else None
    named = any(fold(name) in fold(raw).split() for name in (*reader.own, *reader.others))
    return Fragment(raw, "" if said is None or named else reader.dated(reader.lowered(said)))


def _promise(text: str, reader: Reader, phrases: Phrases) -> Fragment:
    """Return what a task promises its reader: ``Send Dana Reyes the portfolio`` is ``send you the portfolio``."""
    for name in sorted(reader.own, key=len, reverse=True):
        words = _between(text, name, phrases)
        if words is None:
            continue
        verb, what = words
        said = reader.bare(what).said
        if not said or not can_be_promised(what, phrases.language):
            break
        if phrases.language == "de":
            return Fragment(text, f"Ihnen {said} {verb}")
        return Fragment(text, f"{verb.lower()} you {said}")
    return reader.kept(text)


def _between(text: str, name: str, phrases: Phrases) -> tuple[str, str] | None:
    """Return the verb of a promise to somebody, and what is promised; None where a task is not read so."""
    first, _, rest = text.partition(" ")
    before, _, last = text.rpartition(" ")
    if phrases.language == "de":
        promises = last.lower() in phrases.promising and before.startswith(f"{name} ")
        return (last.lower(), before[len(name) + 1 :].strip()) if promises else None
    if first.lower() not in phrases.promising:
        return None
    if rest.startswith(f"{name} "):
        return first, rest[len(name) + 1 :].strip()
    return (first, rest.removesuffix(f" to {name}").strip()) if rest.endswith(f" to {name}") else None
