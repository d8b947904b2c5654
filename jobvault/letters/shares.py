"""Who of a round gets what is nobody's by name: a question still owed, a question of one's own, a strength.

Each goes to one person, as the debrief alone decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from jobvault.letters.fragments import Fragment, Reader, clean
from jobvault.letters.material import Material, worded
from jobvault.model import Debrief, Question, Remark
from jobvault.search.asked import Interviewers
from jobvault.search.people import Person
from jobvault.search.search import Search
from jobvault.words import fold

_STEM = 5


@dataclass
class Shares:
    """Who gets what belongs to nobody by name."""

    search: Search
    debrief: Debrief
    own: Sequence[Material]
    reader: Callable[[Person], Reader]
    owed: dict[int, list[Fragment]] = field(default_factory=dict)
    asks: dict[int, list[Fragment]] = field(default_factory=dict)
    strengths: dict[int, Remark] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Share out what there is."""
        if not self.own:
            return
        self._share_strengths()
        asked = [one for one in self.debrief.questions if one.mark == "owed"]
        for question in asked:
            place = self._place_of(question)
            self.owed.setdefault(place, []).append(self._reader(place).quoted(question.text))
        for open_question in self.debrief.open_questions:
            place = self._place_of(open_question)
            self.asks.setdefault(place, []).append(_ask(self._reader(place), open_question.text))

    def of(self, place: int) -> Material:
        """Return somebody's material, their share in it."""
        mine, strength = self.own[place], self.strengths.get(place)
        return replace(
            mine,
            owed=(*mine.owed, *worded(self.owed.get(place, ()))),
            asks=tuple(ask for ask in self.asks.get(place, ()) if ask.stands),
            strength=self._reader(place).read(strength.text, "strength") if strength else None,
        )

    def _reader(self, place: int) -> Reader:
        return self.reader(self.own[place].person)

    def _place_of(self, words: Question | Remark) -> int:
        """Return whose words are: whom they name or link, else who has most in common with them, then least to read."""
        names = self._interviewers.named_in(self.debrief, Remark(words.text, words.line, (), words.links))
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
        strong = self.debrief.strong
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
        return Interviewers(self.search)

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


def _ask(reader: Reader, text: str) -> Fragment:
    """Return a question of the user's as it can be asked; its ``you`` is the recipient already."""
    raw = clean(reader.plain(text))
    said = reader.grammar.turn(raw, "concern") if raw.endswith("?") else None
    named = any(fold(name) in fold(raw).split() for name in (*reader.own, *reader.others))
    return Fragment(raw, "" if said is None or named else reader.dated(reader.lowered(said)))
