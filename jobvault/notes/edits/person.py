"""Edits that append a labelled line to what is noted on a person: ``- Concern: on-call load``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jobvault.errors import RefusedError
from jobvault.notes.edits.contents import Thing, contents
from jobvault.notes.edits.insertion import Inserted, Place, insert, write_behind
from jobvault.notes.edits.lists import Lead, end_of_item, lead_below, lead_like, spaced
from jobvault.notes.edits.literal import literal
from jobvault.notes.edits.met_places import Spot, meant, spots
from jobvault.notes.edits.refusals import no_place, refuse_conflict
from jobvault.notes.edits.section_places import above_unclosed, end_of_content, end_of_section, last_item, new_section
from jobvault.notes.labels import known_label
from jobvault.notes.names import read_name
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.sections import Section, content, find_sections
from jobvault.words import Words, fold

_LEVELS = 6
_DASH = Lead("- ")


@dataclass(frozen=True, slots=True)
class _Line:
    """The labelled line that is to be added: whose, its label's name and how that is written, its words as typed."""

    person: str
    label: str
    written: str
    text: str
    by_first: bool = True

    @property
    def row(self) -> str:
        return f"{self.written}: {literal(self.text, at_start=False)}"

    @property
    def who(self) -> str:
        return literal(self.person)


def add_to_person(note: Note, person: str, label: str, text: str, words: Words, *, by_first: bool = True) -> Note:
    """Add a labelled line below a person in ``People met``.

    An empty line with that label is filled in. Somebody who does not stand there yet gets a heading, or a bullet where
    the section names people by bullets; the section is made where it is missing.

    Args:
        note: A debrief.
        person: The name, as it is to be written where it does not stand there yet: ``Dana Reyes, VP``, ``[[Dana]]``;
            somebody unnamed by a title: ``?, SRE``.
        label: The label's name: ``concern``, ``cares-about`` ….
        text: One line, as typed; what would not stay words is escaped.
        words: The words of the vault; the label and a new section's heading are in their language.
        by_first: Whether a first name that stands there alone, and that nobody else bears, is the person's.

    Raises:
        RefusedError: The note holds a git conflict, something that never ends stands in the way, or there are no words.
    """
    refuse_conflict(note)
    line = _Line(person, label, words.text(f"label.{label}"), text, by_first)
    who = read_name(line.who)
    if not literal(text) or not (who.name or who.title):
        raise RefusedError(note.path, None, "there are no words to write." if not literal(text) else "name the person.")
    wanted = _alone(line, words)
    before = contents(note, words)
    sections = [s for s in find_sections(note, words.vocabulary) if s.name == "people-met"]
    for new in _tries(note, sections, line, words):
        if new is not None and _only(before, contents(new, words), wanted):
            return new
    raise no_place(note)


def _tries(note: Note, sections: Sequence[Section], line: _Line, words: Words) -> Iterator[Note | None]:
    """Make the edit in one way after the other, the best first."""
    found = [spot for section in sections for spot in spots(note, section, words.vocabulary)]
    mine = meant(found, line.person, by_first=line.by_first)
    if mine is not None:
        yield from (_filled(note, index, line, words) for index in mine.members)
        yield from (_note(insert(note, place, [f"{lead.text}{line.row}"])) for place, lead in _below(note, mine, words))
        return
    yield from (_note(insert(note, place, rows)) for place, rows in _new_person(note, sections, found, line, words))


def _note(inserted: Inserted | None) -> Note | None:
    return None if inserted is None else inserted.note


def _filled(note: Note, index: int, line: _Line, words: Words) -> Note | None:
    """Write the words behind a label that stands there empty; None where the element is no such label."""
    item = note.own[index]
    empty = item.kind == "item" and len(item.rows) == 1 and end_of_item(note, index) == item.end
    if not empty or known_label(content(item.text), words.vocabulary.labels) != (line.label, ""):
        return None
    return write_behind(note, item, literal(line.text, at_start=False))


def _below(note: Note, spot: Spot, words: Words) -> Iterator[tuple[Place, Lead]]:
    """Give places for a line of somebody who stands there already."""
    head = note.own[spot.head]
    last = last_item(note, [index for index in spot.members if index != spot.head])
    if last is not None and known_or_headed(note, spot, last, words):
        loose = spaced(note, spot.members, last)
        yield Place(end_of_item(note, last), above=loose, below=False), lead_like(note, spot.members, last)
        yield Place(end_of_item(note, last)), _DASH
    if head.kind == "item":
        for lead in lead_below(note, spot.head):
            yield Place(end_of_item(note, spot.head), above=False, below=False), lead
            yield Place(end_of_item(note, spot.head)), lead
    yield Place(end_of_content(note, head.end, [index for index in spot.members if index != spot.head])), _DASH
    yield from ((place, _DASH) for place in above_unclosed(note, spot.members))
    yield Place(head.end), _DASH


def known_or_headed(note: Note, spot: Spot, index: int, words: Words) -> bool:
    """Whether an item at the top is a line on the person: below a heading any is, else one with a label."""
    heading = note.own[spot.head].kind == "heading"
    return heading or known_label(content(note.own[index].text), words.vocabulary.labels) is not None


def _new_person(
    note: Note, sections: Sequence[Section], found: Sequence[Spot], line: _Line, words: Words
) -> Iterator[tuple[Place, list[str]]]:
    """Give places and rows for somebody who does not stand there yet."""
    if not sections:
        every = find_sections(note, words.vocabulary)
        for place, level in new_section(note, every, "people-met"):
            yield place, [f"{'#' * level} {words.heading('people-met')}", "", *_headed(line, level + 1)]
        return
    section = sections[-1]
    bulleted = [spot for spot in found if note.own[spot.head].kind == "item"]
    headings = [note.own[spot.head].level for spot in found if note.own[spot.head].kind == "heading"]
    if bulleted and not headings:
        last = last_item(note, section.members)
        if last is not None:
            lead = lead_like(note, section.members, bulleted[-1].head)
            loose = spaced(note, section.members, last)
            rows = [f"{lead.text}{line.who}", f"{' ' * lead.width}- {line.row}"]
            yield Place(end_of_item(note, last), above=loose, below=False), rows
            yield Place(end_of_item(note, last)), rows
    rows = _headed(line, headings[-1] if headings else section.heading.level + 1)
    yield Place(end_of_content(note, section.heading.end, section.members)), rows
    yield Place(end_of_section(note, section)), rows
    yield from ((place, rows) for place in above_unclosed(note, section.members))
    yield Place(section.heading.end), rows


def _headed(line: _Line, level: int) -> list[str]:
    """Return somebody by a heading; below the deepest one there is no other, so by a bullet."""
    if level > _LEVELS:
        return [f"- {line.who}", f"  - {line.row}"]
    return [f"{'#' * level} {line.who}", "", f"- {line.row}"]


def _is_same(one: object, other: object) -> bool:
    """Whether a person is another one: of the same name, or all there is of it is the first name of the other."""
    before, now = (fold(str(who[0])) if isinstance(who, tuple) else "" for who in (one, other))
    return before in {now, now.split(" ")[0]}


# --- is the result the old note plus exactly that line? -------------------------------------------------------------


def _alone(line: _Line, words: Words) -> Thing:
    """Return what the line says where it stands alone, whose it is left out."""
    text = f"## {words.heading('people-met')}\n\n### {line.who}\n\n- {line.row}"
    found = [thing for thing in contents(parse_note("", encode(text)), words) if thing.field != "people"]
    return replace(found[0], whose=None) if len(found) == 1 else Thing("", None)


def _only(before: Counter[Thing], after: Counter[Thing], wanted: Thing) -> bool:
    """Whether the line was added, once, to somebody, and besides at most that somebody.

    Somebody whom the properties name too may get their full name, or their link, by that.
    """
    added, lost = after - before, list((before - after).elements())
    lines = [thing for thing in added.elements() if thing.field != "people"]
    people = [thing for thing in added.elements() if thing.field == "people"]
    return (
        all(thing.field == "people" and people and _is_same(thing.value, people[0].value) for thing in lost)
        and [replace(thing, whose=None) for thing in lines] == [wanted]
        and len(people) <= 1
        and all(thing.value == lines[0].whose for thing in people)
        and lines[0].whose is not None
    )
