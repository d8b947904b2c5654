"""What the notes say that a letter can take up: this person's own words, and everything of the round."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobvault.letters.check.lexicon import Lexicon
from jobvault.model import Concern, Debrief, Met
from jobvault.search.asked import Interviewers
from jobvault.search.names import key_of
from jobvault.search.people import Person
from jobvault.search.search import Search

COMMON_WEIGHT = 0.3
"""What a word counts that stands in any letter; others count 1."""
PLENTY = 1.9
"""From this weight on a remark is taken up, however long it is: two words of its own."""
_ROUNDING = 1e-9
SHARE = 0.4
"""This part of a remark, by weight, is enough where it is shorter."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was written down: its text and the roots of its words, each once."""

    text: str
    roots: frozenset[str]


@dataclass(frozen=True)
class Material:
    """What there is to take up. ``own`` is this person's, ``whole`` everything of the round, that included."""

    lexicon: Lexicon
    own: tuple[Remark, ...]
    whole: tuple[Remark, ...]
    strong: tuple[Remark, ...]
    names: frozenset[str]
    """The roots of the names of company, role, round and people, which tell nothing about what was said."""

    @cached_property
    def own_roots(self) -> frozenset[str]:
        """All roots of this person's own."""
        return frozenset().union(*(remark.roots for remark in self.own))

    @cached_property
    def roots(self) -> frozenset[str]:
        """All roots of the round and the person."""
        return self.own_roots.union(*(remark.roots for remark in self.whole))

    @cached_property
    def others_roots(self) -> frozenset[str]:
        """The roots of what is not this person's own."""
        own = {remark.text for remark in self.own}
        return frozenset().union(*(remark.roots for remark in self.whole if remark.text not in own))

    def weight(self, roots: Collection[str]) -> float:
        """Return how much some roots tell."""
        return sum(COMMON_WEIGHT if self.lexicon.is_common(root) else 1.0 for root in roots)

    def remark(self, text: str) -> Remark:
        """Return a text as a remark of this material, without the names that tell nothing."""
        return Remark(text, frozenset(self.lexicon.roots(text)) - self.names)

    def takes_up(self, roots: Collection[str], remark: Remark, share: float = SHARE, least: float = 0.9) -> bool:
        """Whether roots, of a paragraph, take up a remark: plenty of it, or a good share of a short one.

        ``least`` is what a share must weigh, where the remark weighs as much; of one with common words alone, two.
        """
        whole = self.weight(remark.roots)
        found = self.weight(remark.roots & frozenset(roots))
        enough = least if whole > least else min(least, 2 * COMMON_WEIGHT)
        return found >= PLENTY or (found >= share * whole and found + _ROUNDING >= enough)


def gather(search: Search, debrief: Debrief | None, person: Person | None, lexicon: Lexicon) -> Material:
    """Gather what a letter to a person about a debrief can take up; either may be unknown."""
    names = frozenset(_name_roots(search, debrief, person, lexicon))
    bare = Material(lexicon, (), (), (), names)

    def remarks(texts: Iterable[str]) -> tuple[Remark, ...]:
        made = (bare.remark(text) for text in dict.fromkeys(texts))
        return tuple(remark for remark in made if remark.roots)

    own = remarks(own_texts(search, debrief, person)) if person else ()
    whole = remarks([*(round_texts(search, debrief) if debrief else ()), *(remark.text for remark in own)])
    return Material(lexicon, own, whole, remarks(_strong(debrief)) if debrief else (), names)


def own_texts(search: Search, debrief: Debrief | None, person: Person) -> Iterator[str]:
    """Yield what is this person's own in all their meetings: what they said and asked, and what names them."""
    interviewers = Interviewers(search)
    for meeting in person.meetings:
        yield from _of_met(meeting.met)
        about = meeting.debrief
        for asked in interviewers.asked_in(about):
            if person.name in asked.by:
                yield asked.question.text
        for remark in (*about.noticed, *about.strong, *about.weak, *about.feedback, *about.open_questions):
            if person.name in interviewers.named_in(about, remark):
                yield remark.text
    of_round = [debrief.path] if debrief else []
    paths = {*of_round, *(meeting.debrief.path for meeting in person.meetings)}
    for item in search.follow_ups:
        if item.path in paths and person.name in item.people and not item.kind:
            yield item.text
    for meeting in person.meetings:
        if alone(search, meeting.debrief, person):
            yield from _said_to_one(meeting.debrief)


def alone(search: Search, debrief: Debrief, person: Person) -> bool:
    """Whether nobody else was met in an interview."""
    met = search.people_of(debrief.path)
    return len(met) == 1 and met[0].key == person.key and all(one.name for one in debrief.people)


def _said_to_one(debrief: Debrief) -> Iterator[str]:
    """What was asked and seen where nobody else was there."""
    yield from (question.text for question in debrief.questions)
    yield from (remark.text for remark in (*debrief.noticed, *debrief.remarks))
    yield from _of_concerns(debrief.concerns)


def round_texts(search: Search, debrief: Debrief) -> Iterator[str]:
    """Yield everything that was written down of a round, but what is for oneself: takeaways."""
    for met in debrief.people:
        yield from _of_met(met)
    yield from (question.text for question in debrief.questions)
    for remark in (*debrief.noticed, *debrief.open_questions, *debrief.strong, *debrief.weak, *debrief.feedback):
        yield remark.text
    yield from _of_concerns(debrief.concerns)
    yield from (remark.text for remark in debrief.remarks)
    yield from (told.text for told in debrief.told)
    yield from debrief.overall.splitlines()
    for item in search.follow_ups:
        if item.path == debrief.path and not item.kind:
            yield item.text


def _of_met(met: Met) -> Iterator[str]:
    for remark in (*met.cares_about, *met.talked_about, *met.next_steps, *met.notes):
        yield remark.text
    yield from (question.text for question in met.asked)
    yield from _of_concerns(met.concerns)


def _of_concerns(concerns: Sequence[Concern]) -> Iterator[str]:
    for concern in concerns:
        yield concern.text
        yield from (reply.text for reply in concern.replies)


def _strong(debrief: Debrief) -> Iterator[str]:
    """The strengths that a debrief names: its section with the tags there, and the questions that went well."""
    if debrief.strong:
        yield from (remark.text for remark in debrief.strong)
        yield from (" ".join(remark.tags) for remark in debrief.strong if remark.tags)
    yield from (question.text for question in debrief.questions if question.mark == "strong")


def _name_roots(search: Search, debrief: Debrief | None, person: Person | None, lexicon: Lexicon) -> Iterator[str]:
    texts = [search.settings.letters.name, *((person.name, *person.aliases) if person else ())]
    if debrief:
        process = search.process_of(debrief.path)
        aliases = [
            a for name, of in search.settings.companies.items() if key_of(name) == key_of(debrief.company) for a in of
        ]
        texts += [
            debrief.company,
            *aliases,
            debrief.role,
            process.role if process else "",
            debrief.round,
            debrief.format,
        ]
        texts += [met.name or "" for met in debrief.people]
    for text in texts:
        yield from lexicon.roots(text.replace("-", " "))
