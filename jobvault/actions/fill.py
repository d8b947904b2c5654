"""A debrief with what was said written into it: surgically, through the edits that append."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from jobvault.actions.answers import Answers, read_felt, with_mark
from jobvault.actions.room import Present, Room, same_person
from jobvault.actions.scaffold import Guest
from jobvault.actions.thoughts import thoughts
from jobvault.errors import RefusedError
from jobvault.notes.debrief import read_debrief
from jobvault.notes.edits.items import add_item, add_items
from jobvault.notes.edits.literal import literal
from jobvault.notes.edits.met import add_somebody, add_to_round
from jobvault.notes.edits.person import add_to_person
from jobvault.notes.edits.properties.edit import set_property
from jobvault.notes.note import Note
from jobvault.notes.sections import find_sections
from jobvault.notes.values import as_list
from jobvault.words import Words, fold

_LONGEST = 15_000
"""Characters of one line of a note; what is longer goes on in the next one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was said of what; ``felt`` is None where that was not said, or stood there already."""

    people: int = 0
    words: int = 0
    questions: int = 0
    strong: int = 0
    weak: int = 0
    felt: int | None = None
    overall: int = 0
    takeaways: int = 0


Writer = Callable[[Present], tuple[str, str]]
"""Tells how a note has somebody: in its properties (empty for somebody unnamed), and in its text."""


def fill(note: Note, room: Room, answers: Answers, words: Words, writer: Writer) -> tuple[Note, Tally]:
    """Write what was said into a debrief; returns it with how much that was.

    ``writer`` tells how somebody is written who does not stand there yet. Raises ``RefusedError`` where the note cannot
    take it without changing more than that.
    """
    lines = {name: thoughts(getattr(answers, name)) for name in ("asked", "strong", "weak", "takeaways")}
    lines["asked"] = tuple(with_mark(line, words) for line in lines["asked"])
    note = _with_people(note, room, words, writer)
    note, felt, overall = _with_overall(note, answers.overall, words)
    for section, items in lines.items():
        note = add_items(note, section, [_rows(item) for item in items], words) if items else note
    asked, strong, weak, takeaways = map(len, lines.values())
    return note, Tally(len(room.people), len(room.words), asked, strong, weak, felt, overall, takeaways)


# --- people ---------------------------------------------------------------------------------------------------------


def _with_people(note: Note, room: Room, words: Words, writer: Writer) -> Note:
    if lines := [(label, part) for label, text in room.words for part in _parts(text)]:
        note = add_to_round(note, lines, words)
    for one in room.people:
        note = _with_somebody(note, one, words, writer)
    return note


def _with_somebody(note: Note, one: Present, words: Words, writer: Writer) -> Note:
    debrief, _ = read_debrief(note, find_sections(note, words.vocabulary), words)
    met = [person for person in debrief.people if person.name]
    name = same_person(one.guest.name, [person.name or "" for person in met]) if one.guest.name != "?" else None
    value, who = writer(one)
    lines = [(label, part) for label, text in one.words for part in _parts(text)]
    if name is None:
        return _named(add_somebody(note, who, lines, words), value, words)
    person = next(person for person in met if person.name == name)
    who = name if person.link is None else f"[[{person.link}]]"
    if more := _more(one.guest, name, person.title):
        lines.insert(0, ("note", more))
    for label, text in lines:
        note = add_to_person(note, who, label, text, words)
    return note


def _more(guest: Guest, name: str, title: str) -> str:
    """Return what was said of who somebody is that does not stand in the note: the full name, the title."""
    fuller = len(fold(guest.name).split()) > len(fold(name).split())
    new = guest.title if fold(guest.title) not in fold(title) else ""
    return ", ".join(filter(None, (guest.name, new))) if fuller else new


def _named(note: Note, value: str, words: Words) -> Note:
    """Write a name into ``people:``. Where that cannot be edited, the section names them all the same."""
    found = note.front.get("people")
    before = as_list(found.value) if found else []
    try:
        return set_property(note, "people", [*before, value], words) if value else note
    except RefusedError:
        return note


# --- the rest -------------------------------------------------------------------------------------------------------


def _with_overall(note: Note, texts: Sequence[str], words: Words) -> tuple[Note, int | None, int]:
    """Write how it was: the number into ``felt:`` unless one stands there, the words below ``Overall``.

    Returns the number where it was written, and how many lines of words were.
    """
    felt, lines = read_felt(texts)
    if felt is not None and (noted := _with_felt(note, felt, words)) is not None:
        note = noted
    else:
        felt, lines = None, thoughts(texts)
    rows = [row for line in lines for row in _rows(line)]
    return (add_item(note, "overall", rows, words) if rows else note), felt, len(lines)


def _with_felt(note: Note, felt: int, words: Words) -> Note | None:
    """Write the number into ``felt:``; None where another one stands there, or it cannot be edited."""
    found = note.front.get("felt")
    if found is not None and found.value not in (None, ""):
        return None
    try:
        return set_property(note, "felt", felt, words)
    except RefusedError:
        return None


def _rows(line: str) -> list[str]:
    """Return a line as rows that stay its words; a very long one is parted at blanks."""
    return [literal(part) for part in _parts(line)]


def _parts(line: str) -> Iterator[str]:
    while len(line) > _LONGEST:
        at = line.rfind(" ", 1, _LONGEST)
        at = at if at > 0 else _LONGEST
        yield line[:at].strip()
        line = line[at:].strip()
    yield line
