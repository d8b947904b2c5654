"""The section ``People met``: who was there, and what each of them said, cares about and worries about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from jobvault.model import Concern, Met, Question, Remark, Reply
from jobvault.notes.inline import find_links, plain
from jobvault.notes.labels import known_label
from jobvault.notes.markdown import Element
from jobvault.notes.names import looks_like_name, name_of_target, read_name
from jobvault.notes.note import Note
from jobvault.notes.sections import (
    Bullet,
    Section,
    accidental,
    bullets,
    content,
    each_item,
    is_heading,
    take_mark,
    take_tags,
)
from jobvault.words import Vocabulary, fold

_MARKS = ("strong", "ok", "rough", "owed")
_UNSETTLED = ("rough", "owed")


@dataclass(slots=True)
class _Words:
    """What is being gathered under one person, or under the round before any person."""

    met: Met | None = None
    remarks: dict[str, list[Remark]] = field(default_factory=dict)
    concerns: list[Concern] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)

    def finish(self) -> Met | None:
        if self.met is None:
            return None
        return replace(
            self.met,
            cares_about=tuple(self.remarks.get("cares-about", ())),
            talked_about=tuple(self.remarks.get("talked-about", ())),
            next_steps=tuple(self.remarks.get("next-step", ())),
            notes=tuple(self.remarks.get("note", ())),
            concerns=tuple(self.concerns),
            asked=tuple(self.asked),
            emails=tuple(self.emails),
        )


@dataclass(frozen=True, slots=True)
class PeopleMet:
    """The people of a section, and what in it belongs to the round, not to one of them."""

    people: tuple[Met, ...]
    concerns: tuple[Concern, ...]
    remarks: tuple[Remark, ...]
    asked: tuple[Question, ...]

    @property
    def wordless(self) -> bool:
        """Whether nothing is said of anybody: only names and addresses stand there, if that."""
        silent = all(
            replace(met, name=None, title="", link=None, line=None, emails=()) == Met(None) for met in self.people
        )
        return silent and not (self.concerns or self.remarks or self.asked)


def read_people(note: Note, sections: Sequence[Section], vocabulary: Vocabulary) -> PeopleMet:
    """Read the people of a debrief's ``People met`` sections."""
    round_ = _Words()
    gathered = [round_]
    for section in sections:
        _Reader(note, vocabulary, gathered).read(section)
    return PeopleMet(
        people=tuple(met for words in gathered if (met := words.finish()) is not None),
        concerns=tuple(round_.concerns),
        remarks=tuple(remark for remarks in round_.remarks.values() for remark in remarks),
        asked=tuple(round_.asked),
    )


class _Reader:
    """Reads one section; ``gathered`` holds the words of the round, then those of each person.

    ``into`` is whose the next words are: before any person of the section, the round's.
    """

    def __init__(self, note: Note, vocabulary: Vocabulary, gathered: list[_Words]) -> None:
        self.note = note
        self.vocabulary = vocabulary
        self.gathered = gathered
        self.into = gathered[0]

    def read(self, section: Section) -> None:
        """Read all: a sub-heading starts a person; before any sub-heading so does each unlabelled bullet at the top."""
        bulleted = True
        for heading, members in self._parts(section):
            found = bullets(self.note, members, self.vocabulary.marks)
            label = self.vocabulary.labels.get(fold(heading.text)) if heading else None
            if heading and label:
                self._words(Bullet("", heading.line, "item", None, found), (label, ""))
                continue
            if heading and content(heading.text):
                bulleted = False
                self._person(content(heading.text), heading.line)
            for bullet in found:
                self._bullet(bullet, starts_person=bulleted)

    def _parts(self, section: Section) -> Iterator[tuple[Element | None, list[int]]]:
        heading: Element | None = None
        members: list[int] = []
        for index in section.members:
            element = self.note.own[index]
            if is_heading(element) and not accidental(self.note, element):
                yield heading, members
                heading, members = element, []
            else:
                members.append(index)
        yield heading, members

    def _person(self, text: str, line: int) -> None:
        written = read_name(text)
        self.into = _Words(Met(written.name, written.title, written.link, line))
        self.gathered.append(self.into)

    def _bullet(self, bullet: Bullet, *, starts_person: bool) -> None:
        label = known_label(bullet.text, self.vocabulary.labels)
        named = bullet.text and (bullet.kind == "item" or looks_like_name(bullet.text))
        if label or not starts_person or not named:
            self._words(bullet, label)
            return
        self._person(bullet.text, bullet.line)
        for child in bullet.children:
            self._words(child, known_label(child.text, self.vocabulary.labels))

    def _words(self, bullet: Bullet, label: tuple[str, str] | None) -> None:
        """File one bullet under its label; an empty label takes its indented bullets, one value each."""
        name, value = label or ("note", bullet.text)
        labelled = [(child, known_label(child.text, self.vocabulary.labels)) for child in bullet.children]
        below = tuple(child for child, found in labelled if found is None)
        for item in each_item((replace(bullet, text=value, children=below),) if value else ()):
            self._file(name, item)
        for child in () if value else below:
            self._words(child, (name, child.text))
        for child, found in labelled:
            if found is not None:
                self._words(child, found)

    def _file(self, name: str, item: Bullet) -> None:
        into = self.into
        if name == "my-answer" and into.concerns:
            text, mark = take_mark(item, self.vocabulary.marks, _MARKS)
            concern = into.concerns[-1]
            reply = Reply(text, item.line, rough=mark in _UNSETTLED)
            into.concerns[-1] = replace(concern, replies=(*concern.replies, reply))
        elif name == "concern":
            into.concerns.append(Concern(item.whole, item.line))
        elif name == "asked":
            into.asked.append(question(item, self.vocabulary))
        elif name == "email":
            into.emails.append(plain(item.whole))
        else:
            into.remarks.setdefault("note" if name == "my-answer" else name, []).append(remark(item))


def remark(bullet: Bullet) -> Remark:
    """Build a remark: tags at its end are taken off."""
    words, tags = take_tags(bullet.whole)
    return Remark(words, bullet.line, tags, find_links(bullet.whole, bullet.line))


def question(bullet: Bullet, vocabulary: Vocabulary) -> Question:
    """Build a question they asked, with its mark."""
    text, mark = take_mark(bullet, vocabulary.marks, _MARKS)
    words, tags = take_tags(text)
    return Question(words, bullet.line, mark, tags, find_links(text, bullet.line))


def join_people(named: Sequence[Met], met: Sequence[Met]) -> tuple[Met, ...]:
    """Join the people of the front matter (``named``) with those of the section, whose words win.

    They are the same where their names or links are, or where one is a bare first name that only one other bears.
    """
    joined = list(met)
    for person in named:
        place = _place_of(person, joined, [*named, *met])
        if place is None:
            joined.append(person)
        else:
            known = joined[place]
            full = known if _is_full(known) else person
            joined[place] = replace(
                known, name=full.name, link=known.link or person.link, title=known.title or person.title
            )
    return tuple(joined)


def _place_of(person: Met, among: Sequence[Met], everybody: Sequence[Met]) -> int | None:
    """Return where somebody stands already; None where nowhere, or where it is not sure."""
    if person.name is None:
        return None
    for place, other in enumerate(among):
        same_name = other.name is not None and fold(other.name) == fold(person.name)
        if same_name or _target(other) == _target(person) != "":
            return place
    first = _first_name(person)
    alike = {fold(p.name) for p in everybody if p.name and _is_full(p) and _first_name(p) == first}
    for place, other in enumerate(among):
        if len(alike) == 1 and _is_full(other) != _is_full(person) and _first_name(other) == first:
            return place
    return None


def _first_name(person: Met) -> str:
    return fold(person.name or "").split(" ")[0]


def _is_full(person: Met) -> bool:
    return bool(person.link) or " " in (person.name or "").strip()


def _target(person: Met) -> str:
    return fold(name_of_target(person.link)) if person.link else ""
