"""Edits that append to ``People met`` what no name leads to: words of the round, somebody unnamed or without words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jobvault.errors import RefusedError
from jobvault.notes.edits.contents import contents
from jobvault.notes.edits.insertion import Place, insert
from jobvault.notes.edits.literal import literal
from jobvault.notes.edits.met_places import spots
from jobvault.notes.edits.refusals import no_place, refuse_conflict
from jobvault.notes.edits.section_places import end_of_content, end_of_section, new_section
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.sections import find_sections
from jobvault.words import Words

Labelled = tuple[str, str]
"""A label's name (``concern``) and the words under it, as typed."""

_LEVELS = 6
_Tries = Iterator[tuple[Place, list[str], list[str]]]
"""Places, each with the heading of the section where it is to be made, and the rows below that."""


def add_to_round(note: Note, lines: Sequence[Labelled], words: Words) -> Note:
    """Add labelled lines that belong to nobody by name: in ``People met``, before anybody who is named there.

    Raises ``RefusedError`` where there is no place for them, or no words.
    """
    refuse_conflict(note)
    rows = _rows(lines, words)
    if not rows:
        raise RefusedError(note.path, None, "there are no words to write.")
    return _added(note, _before_people(note, rows, words), words)


def add_somebody(note: Note, person: str, lines: Sequence[Labelled], words: Words) -> Note:
    """Add somebody, written as ``person`` has it (``?, SRE, beard``), with all that is said of them, behind all others.

    Raises ``RefusedError`` where there is no place for them.
    """
    refuse_conflict(note)
    return _added(note, _behind_people(note, literal(person) or "?", _rows(lines, words), words), words)


def _rows(lines: Sequence[Labelled], words: Words) -> list[str]:
    return [
        f"- {words.text(f'label.{label}')}: {literal(text, at_start=False)}" for label, text in lines if literal(text)
    ]


def _added(note: Note, tries: _Tries, words: Words) -> Note:
    """Return the note with the rows in the first place where it says what it said, and exactly that besides."""
    before = contents(note, words)
    for place, heading, rows in tries:
        alone = "\n".join([f"# {words.heading('people-met')}", "", *rows])
        wanted = contents(parse_note("", encode(alone)), words)
        new = insert(note, place, [*heading, *rows])
        if new is not None and contents(new.note, words) == before + wanted:
            return new.note
    raise no_place(note)


def _before_people(note: Note, rows: list[str], words: Words) -> _Tries:
    every = find_sections(note, words.vocabulary)
    section = next((section for section in every if section.name == "people-met"), None)
    if section is None:
        for place, level in new_section(note, every, "people-met"):
            yield place, _heading(level, words), rows
        return
    first = next((spot.head for spot in spots(note, section, words.vocabulary)), None)
    above = [index for index in section.members if first is None or index < first]
    end = end_of_content(note, section.heading.end, above)
    if above and note.own[above[-1]].kind == "item":
        yield Place(end, above=False), [], rows
    yield Place(end), [], rows
    yield Place(section.heading.end), [], rows


def _behind_people(note: Note, who: str, rows: list[str], words: Words) -> _Tries:
    every = find_sections(note, words.vocabulary)
    sections = [section for section in every if section.name == "people-met"]
    if not sections:
        for place, level in new_section(note, every, "people-met"):
            yield place, _heading(level, words), _somebody(who, rows, level + 1)
        return
    section = sections[-1]
    found = [note.own[spot.head] for spot in spots(note, section, words.vocabulary)]
    level = next((head.level for head in reversed(found) if head.kind == "heading"), section.heading.level + 1)
    written = _somebody(who, rows, level)
    yield Place(end_of_content(note, section.heading.end, section.members)), [], written
    yield Place(end_of_section(note, section)), [], written


def _heading(level: int, words: Words) -> list[str]:
    return [f"{'#' * level} {words.heading('people-met')}", ""]


def _somebody(who: str, rows: list[str], level: int) -> list[str]:
    """Return somebody by a heading; below the deepest one there is no other, so by a bullet."""
    if level > _LEVELS:
        return [f"- {who}", *(f"  {row}" for row in rows)]
    return [f"{'#' * level} {who}", *(["", *rows] if rows else [])]
