"""The section ``People met``: who was there, and what each of them said, cares about and worries about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jobvault.model import Concern, Met, Question, Remark, Reply
from jobvault.notes.inline import find_links, plain
from jobvault.notes.labels import known_label
from jobvault.notes.names import looks_like_name, name_of, read_name
from jobvault.notes.note import Note
from jobvault.notes.sections import Bullet, Section, accidental, bullets, content, take_mark, take_tags
from jobvault.words import Vocabulary, fold


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


def read_people(note: Note, sections: Sequence[Section], vocabulary: Vocabulary) -> PeopleMet:
    """Read the people of a debrief's ``People met`` sections."""
    gathered = [_Words()]
    for section in sections:
        _read_section(note, section, vocabulary, gathered)
    round_ = gathered[0]
    return PeopleMet(
        people=tuple(met for words in gathered if (met := words.finish()) is not None),
        concerns=tuple(round_.concerns),
        remarks=tuple(remark for remarks in round_.remarks.values() for remark in remarks),
        asked=tuple(round_.asked),
    )


def _read_section(note: Note, section: Section, vocabulary: Vocabulary, gathered: list[_Words]) -> None:
    """A sub-heading starts a person; before any sub-heading so does each unlabelled bullet at the top."""
    chunks: list[tuple[int | None, list[int]]] = [(None, [])]
    for index in section.members:
        element = note.own[index]
        if element.kind == "heading" and not element.depth and not element.quoted and not accidental(element):
            chunks.append((index, []))
        else:
            chunks[-1][1].append(index)
    for heading, members in chunks:
        if heading is not None:
            element = note.own[heading]
            written = read_name(content(element.text))
            gathered.append(_Words(Met(written.name, written.title, written.link, element.line)))
        for bullet in bullets(note, members):
            _read_bullet(bullet, vocabulary, gathered, in_person=heading is not None)


def _read_bullet(bullet: Bullet, vocabulary: Vocabulary, gathered: list[_Words], *, in_person: bool) -> None:
    label = known_label(bullet.text, vocabulary.labels)
    is_person = label is None and not in_person and (bullet.kind == "item" or looks_like_name(bullet.text))
    if not is_person:
        _read_words(bullet, label, vocabulary, gathered[-1] if in_person or label else gathered[0])
        return
    written = read_name(bullet.text)
    gathered.append(_Words(Met(written.name, written.title, written.link, bullet.line)))
    for child in bullet.children:
        _read_words(child, known_label(child.text, vocabulary.labels), vocabulary, gathered[-1])


def _read_words(bullet: Bullet, label: tuple[str, str] | None, vocabulary: Vocabulary, into: _Words) -> None:
    """File one bullet under its label; an empty label takes its indented bullets, one value each."""
    if label is None:
        _file("note", bullet.whole, bullet.line, vocabulary, into)
        return
    name, value = label
    labelled = [(child, known_label(child.text, vocabulary.labels)) for child in bullet.children]
    words = [child for child, found in labelled if found is None]
    if value:
        _file(name, Bullet(value, value, bullet.line, "item", None, tuple(words)).whole, bullet.line, vocabulary, into)
    else:
        for child in words:
            _file(name, child.whole, child.line, vocabulary, into)
    for child, found in labelled:
        if found is not None:
            _read_words(child, found, vocabulary, into)


def _file(name: str, value: str, line: int, vocabulary: Vocabulary, into: _Words) -> None:
    if name == "my-answer" and into.concerns:
        text, mark = take_mark(value, vocabulary.marks)
        concern = into.concerns[-1]
        into.concerns[-1] = replace(concern, replies=(*concern.replies, Reply(text, line, rough=mark == "rough")))
    elif name == "concern":
        into.concerns.append(Concern(value, line))
    elif name == "asked":
        into.asked.append(question(value, line, vocabulary))
    elif name == "email":
        into.emails.append(plain(value))
    else:
        into.remarks.setdefault("note" if name == "my-answer" else name, []).append(remark(value, line))


def remark(text: str, line: int) -> Remark:
    """Build a remark: tags at its end are taken off."""
    words, tags = take_tags(text)
    return Remark(words, line, tags, find_links(text, line))


def question(text: str, line: int, vocabulary: Vocabulary) -> Question:
    """Build a question they asked, with its mark."""
    rest, mark = take_mark(text, vocabulary.marks)
    words, tags = take_tags(rest)
    return Question(words, line, mark if mark != "applied" else None, tags, find_links(text, line))


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
    if person.name is None:
        return None
    for place, other in enumerate(among):
        if other.name is not None and (fold(other.name) == fold(person.name) or _target(other) == _target(person) != ""):
            return place
    first = fold(person.name).split(" ")[0]
    alike = {fold(p.name) for p in everybody if p.name and _is_full(p) and fold(p.name).split(" ")[0] == first}
    for place, other in enumerate(among):
        if other.name and len(alike) == 1 and _is_full(other) != _is_full(person) and fold(other.name).split(" ")[0] == first:
            return place
    return None


def _is_full(person: Met) -> bool:
    return bool(person.link) or " " in (person.name or "").strip()


def _target(person: Met) -> str:
    return fold(name_of_target(person.link)) if person.link else ""


def name_of_target(target: str) -> str:
    """Return the name that a link's target stands for."""
    from jobvault.model import Link

    return name_of(Link(target, "", 0))
