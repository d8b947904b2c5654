"""A round's letters, put together from its material and a language's sentences.

All letters of the round are put together, whichever are wanted, so that no two share a sentence, and so that each comes
out the same however often, wherever, and beside which others it is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from jobvault.letters.choosing import Round, filled
from jobvault.letters.draft import Draft, Occasion
from jobvault.letters.fragments import GRAMMARS, Fragment, clean
from jobvault.letters.grammar import WORD, listed
from jobvault.letters.kinds import main_contact
from jobvault.letters.material import Doubt, Material
from jobvault.letters.phrases import names_in
from jobvault.letters.sources import Sources
from jobvault.words import fold

_CONTINUES = frozenset({"cares", "next", "reminder", "status", "door"})
"""Parts that go on in the paragraph before them."""
_LONGEST_SUBJECT = 70
"""Characters of a subject that names a topic; a longer one is cut off in a list of mails."""
_NO_SUBJECT = listed("that whether how what why who when where dass ob wie was warum wer wann wo i ich my mein")
_AT_START = re.compile(r"\A(?:[#>*+=|~-]|\d{1,9}[.)])")


def assemble(sources: Sources, occasion: Occasion) -> tuple[Draft, ...]:
    """Put together a letter to each named person of a round, in the order of the note."""
    round_ = Round(sources, occasion)
    return tuple(_Letter(round_, place, one).draft() for place, one in enumerate(sources.material))


class _Letter:
    """One letter, part by part."""

    def __init__(self, round_: Round, place: int, material: Material) -> None:
        self.round, self.place, self.material = round_, place, material
        self.occasion, self.sources = round_.occasion, round_.sources
        self.paragraphs: list[str] = []
        self.answers: list[str] = []
        self.purposeful = False
        self.opened: set[str] = set()
        person, debrief = material.person, self.sources.debrief
        self.values = {
            "first": clean(person.first),
            "name": clean(person.name),
            "company": clean(debrief.company),
            "role": clean(self.occasion.role),
            "date": self.sources.day(debrief.date) if debrief.date else "",
        }

    def draft(self) -> Draft:
        """Put it together."""
        slots: Mapping[str, Callable[[], None]] = {
            "opening": self._opening,
            "reminder": self._reminder,
            "cares": self._cares,
            "concern": self._concern,
            "owed": self._owed,
            "strength": self._strength,
            "promised": self._promised,
            "sending": self._sending,
            "next": self._next,
            "purpose": self._purpose,
            "waiting": self._waiting,
            "accept": self._accept,
            "close": self._close,
        }
        parts = self.round.phrases.kinds[self.occasion.kind].parts
        for part in parts:
            self.part = part
            slots.get(part, self._plainly)()
        return Draft(self.material, self._subject(), self._whole(), tuple(self.answers))

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _opening(self) -> None:
        for kind in ("topic", "cares"):
            if self._of_material(f"opening-{kind}", kind, self._fragments(kind)):
                self.opened.add(kind)
                break
        else:
            self._plainly()
        if "topic" not in self.opened and (self.material.topics or not self.opened):
            self._raw_or_gap("topic", self.material.topics or self.material.cares)

    def _reminder(self) -> None:
        """Say what is between them; other words than the thank-you has, where there are some."""
        ways = [("cares", self.material.cares[1:]), ("topic", self.material.topics[1:])]
        ways += [("cares", self.material.cares if self.material.topics else ()), ("topic", self.material.topics)]
        ways += [("cares", self.material.cares)]
        for kind, fragments in ways:
            if self._of_material(f"opening-{kind}", kind, fragments):
                return
        self._raw_or_gap("topic", (*self.material.topics, *self.material.cares))

    def _cares(self) -> None:
        if "cares" in self.opened or self.material.doubts:
            return
        before = list(self.paragraphs)
        self._of_material("cares", "cares", self.material.cares)
        if (
            self.material.earlier
        ):  # it would be too long; its words count as said, for what is earlier changes nobody else
            self.paragraphs = before

    def _concern(self) -> None:
        doubts = self.material.open_doubts or self.material.doubts[:1]
        for doubt in doubts:
            self._answer(doubt)
        for doubt in self.material.earlier:
            self._answer_late(doubt)
        if not (doubts or self.material.earlier) and self.occasion.kind == "concern":
            self._gap("concern")
        self.purposeful = self.purposeful or bool(doubts or self.material.earlier)

    def _answer(self, doubt: Doubt) -> None:
        self.answers.append(doubt.text)
        concern, reply = doubt.concern, doubt.reply
        fresh = concern.stands and self.round.fresh(concern)
        answered = fresh and reply is not None and reply.stands and self.round.fresh(reply)
        if answered and reply and self._say("concern-answered", concern=concern.said, reply=reply.said):
            return
        part = "concern-open" if reply is None else "concern-again"
        if not (fresh and self._say(part, concern=concern.said)):
            shown = fold(concern.shown)
            self._gap("same" if concern.stands else "doubt" if shown else "concern", raw=concern.shown)
        before = reply.shown if reply is not None else Fragment(doubt.rough).shown
        self._gap("rough" if before else "answer", raw=before)

    def _answer_late(self, doubt: Doubt) -> None:
        """Answer a concern of an earlier round. Whether there is one depends on letters: so it takes nobody's words."""
        said = doubt.concern.said
        if not said and fold(doubt.concern.shown):
            self.answers.append(doubt.text)
            self._gap("doubt", raw=doubt.concern.shown)
            self._gap("rough" if doubt.rough else "answer", raw=Fragment(doubt.rough).shown)
        if not said or not self.round.fresh_of_earlier(said):
            return
        self.answers.append(doubt.text)
        if self._say("concern-earlier", concern=said):
            self._gap("rough" if doubt.rough else "answer", raw=Fragment(doubt.rough).shown)

    def _owed(self) -> None:
        for question in self.material.owed:
            if not (question.stands and self.round.fresh(question) and self._say("owed", question=question.said)):
                self._gap_of("same" if question.stands else "raw", question)
            self._gap("owed")
            self.purposeful = True

    def _strength(self) -> None:
        strength = self.material.strength
        if not self._of_material("strength", "strength", (strength,) if strength else ()):
            self._raw_or_gap("strength", (strength,) if strength else ())

    def _promised(self) -> None:
        if self._of_material("promised", "promised", self.material.promised):
            self.purposeful = True
            return
        promises = [one for one in self.material.promised if self._promises(one)]
        if promises:
            self._raw_or_gap("promised", promises)
            self.purposeful = True

    def _promises(self, fragment: Fragment) -> bool:
        """Whether a task says that somebody gets something, and not only that there is something to do."""
        words = fragment.raw.casefold().split()
        return not self.round.phrases.promising or words[0 if self.round.phrases.language != "de" else -1] in (
            self.round.phrases.promising
        )

    def _sending(self) -> None:
        if not self._of_material("sending", "promised", self.material.promised):
            self._raw_or_gap("promised", (*self.material.promised, *self.material.steps))
        self._gap("attach")

    def _next(self) -> None:
        if self._of_material("step", "step", self.material.steps):
            return
        contact = main_contact(self.sources.material)
        voiced = any(one.voiced_step for one in self.sources.material)
        mine = self.material.voiced_step if voiced else contact is self.material
        by = self.occasion.hear_by
        said = mine and by is not None and not self.occasion.passed and self._say("hear-by", by=self.sources.day(by))
        steps = self.material.steps
        if steps and not (said and by is not None and by.isoformat() in steps[0].raw):
            self._raw_or_gap("step", steps)

    def _purpose(self) -> None:
        if not self.purposeful and not self._of_material("asking", "ask", self.material.asks):
            self._gap("purpose")

    def _waiting(self) -> None:
        by = self.occasion.hear_by
        if not (by is not None and self.occasion.passed and self._say("overdue", by=self.sources.day(by))):
            self._say("silence")

    def _accept(self) -> None:
        coming = self.occasion.next
        if coming is None or not self._say("accepting-day", day=self.sources.day(coming.day), round=coming.round):
            self._say("accepting")
            self._gap("day")

    def _plainly(self) -> None:
        self._say(self.part)

    def _close(self) -> None:
        sentence = self.round.chosen("close", self.place, self.values) or ""
        if self.occasion.name:
            self.paragraphs.append(f"{sentence}\\\n{_at_start(self.occasion.name)}" if sentence else self.occasion.name)
        else:
            self.paragraphs += [sentence] if sentence else []
            self._gap("name")

    # --- how they come about ------------------------------------------------------------------------------------------

    def _fragments(self, kind: str) -> tuple[Fragment, ...]:
        return self.material.topics if kind == "topic" else self.material.cares

    def _of_material(self, part: str, name: str, fragments: Sequence[Fragment]) -> bool:
        """Say the first of some words that stand in a letter and that no colleague got."""
        return any(
            fragment.stands and self.round.fresh(fragment) and self._say(part, **{name: fragment.said})
            for fragment in fragments
        )

    def _say(self, part: str, **values: str) -> bool:
        text = self.round.chosen(part, self.place, {**self.values, **values})
        if text is None:
            return False
        goes_on = self.part in _CONTINUES and self.paragraphs and not self.paragraphs[-1].startswith("<!--")
        if goes_on:
            self.paragraphs[-1] += f" {text}"
        else:
            self.paragraphs.append(text)
        return True

    def _raw_or_gap(self, name: str, fragments: Sequence[Fragment]) -> None:
        """Leave a comment: with the words that did not fit, else with the question that asks for some."""
        raw = next((fragment for fragment in fragments if fold(fragment.raw)), None)
        if raw is None or not fold(raw.shown):
            self._gap(name)
        elif raw.stands:
            self._gap("same", raw=raw.shown)
        else:
            self._gap(name, "raw", raw=raw.shown)

    def _gap_of(self, name: str, fragment: Fragment) -> None:
        """Leave a comment with words, where a colleague's name leaves any."""
        if fold(fragment.shown):
            self._gap(name, raw=fragment.shown)

    def _gap(self, *names: str, raw: str = "") -> None:
        first = self.values["first"] or self.values["name"]
        text = " ".join(filled(self.round.phrases.gaps[name], {"first": first, "raw": raw}) for name in names)
        self.paragraphs.append(f"<!-- {clean(text)} -->")

    def _whole(self) -> tuple[str, ...]:
        greetings = (filled(one, self.values) for one in self.round.phrases.greeting if self._can_say(one))
        body = [paragraph if paragraph.startswith("<!--") else _at_start(paragraph) for paragraph in self.paragraphs]
        if body and not self.round.phrases.capital:
            body[0] = self._uncapital(body[0])
        return (_at_start(next(greetings, self.values["name"])), *body)

    def _can_say(self, sentence: str) -> bool:
        return all(self.values.get(name) for name in names_in(sentence))

    def _uncapital(self, text: str) -> str:
        grammar = GRAMMARS.get(self.round.phrases.language)
        first = WORD.match(text)
        small = grammar is not None and first is not None and first[0].lower() in grammar.openers
        return text[:1].lower() + text[1:] if small else text

    def _subject(self) -> str:
        """Return a subject: what they care about, or what was talked about, and for which role; else the round's."""
        if self.occasion.kind == "thank-you":
            for fragment in (*self.material.cares, *self.material.topics):
                subject = self._subject_of(fragment)
                if subject:
                    return subject
        own = self.round.phrases.of(self.occasion.kind, "subject") or self.round.phrases.subject
        found = (filled(one, self.values) for one in (*own, *self.round.phrases.subject) if self._can_say(one))
        return next(found, self.values["company"])

    def _subject_of(self, fragment: Fragment) -> str:
        """Return a subject that names a topic, where it is short and plain; else nothing."""
        said = fragment.said.rstrip(".")
        words = said.split()
        unfit = re.search(r"[.!?:;\"„“]", said) or ": " in fragment.raw
        if len(words) < 2 or unfit or words[0].lower() in _NO_SUBJECT:
            return ""
        values = {**self.values, "topic": said[:1].upper() + said[1:]}
        forms = self.round.phrases.of(self.occasion.kind, "subject-topic")
        fitting = (filled(one, values) for one in forms if all(values.get(name) for name in names_in(one)))
        return next((subject for subject in fitting if len(subject) <= _LONGEST_SUBJECT), "")


def _at_start(text: str) -> str:
    """Return a paragraph that no line of makes a heading, a list or a quote."""
    return "\n".join(_AT_START.sub(lambda found: f"\\{found[0]}", line) for line in text.split("\n"))
