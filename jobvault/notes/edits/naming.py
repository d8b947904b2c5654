"""Completing what a person in ``People met`` is called: a first name to the whole one, a title where there is none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from jobvault.notes.edits.contents import Thing, contents
from jobvault.notes.edits.literal import literal
from jobvault.notes.edits.met_places import meant, spots
from jobvault.notes.edits.refusals import refuse_conflict
from jobvault.notes.element import Element
from jobvault.notes.names import read_name
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.sections import content, find_sections
from jobvault.words import Words, fold


def name_in_full(note: Note, name: str, title: str, words: Words) -> Note:
    """Write a person's whole name where the first one stands alone, and a title where there is none.

    Args:
        note: A debrief.
        name: The name as the note is to have it: ``Dana Reyes``, ``[[Dana Reyes]]``.
        title: The title; may be empty.
        words: The words of the vault.

    The note is given back as it is where nothing is to be completed, or where it is not sure to be the same person:
    another title, more than a first name, anything else beside it. Raises ``RefusedError`` where the note holds a git
    conflict.
    """
    refuse_conflict(note)
    sections = [section for section in find_sections(note, words.vocabulary) if section.name == "people-met"]
    spot = meant([spot for section in sections for spot in spots(note, section, words.vocabulary)], name)
    if spot is None or spot.name is None:
        return note
    line, old = note.own[spot.head].line, content(note.own[spot.head].text)
    new = _in_full(old, literal(name), literal(title, at_start=False))
    lines = list(note.lines)
    if new == old or lines[line - 1].count(old) != 1:
        return note
    lines[line - 1] = lines[line - 1].replace(old, new)
    named = parse_note(note.path, encode("".join(lines)))
    return named if _only_named(note, named, line, new, words) else note


def _in_full(old: str, name: str, title: str) -> str:
    """Return the words of a heading, completed; as they are where that is not sure."""
    written, wanted = read_name(old), read_name(f"{name}, {title}" if title else name)
    here = written.name or ""
    shown = next((one for one in (f"[[{written.link}]]", here) if old == one or old.startswith(f"{one}, ")), None)
    if shown is None or (written.title and wanted.title and fold(written.title) != fold(wanted.title)):
        return old
    if " " not in here and fold(here) == fold(wanted.name or "").split(" ")[0] != fold(wanted.name or ""):
        old = name + old[len(shown) :]
    return old if written.title or not title else f"{old}, {title}"


# --- is the result the old note plus exactly that name? -------------------------------------------------------------


def _only_named(old: Note, new: Note, line: int, said: str, words: Words) -> bool:
    """Whether the note says what it said, of one person by a fuller name or with a title."""
    if old.front.properties != new.front.properties or _others(old, line) != _others(new, line):
        return False
    before, after = contents(old, words), contents(new, words)
    lost, added = ([t.value for t in one.elements() if t.field == "people"] for one in (before - after, after - before))
    if len(lost) != 1 or len(added) != 1:
        return False
    moved: Counter[Thing] = Counter()
    for thing, count in before.items():
        moved[_moved(thing, lost[0], added[0])] += count
    written = read_name(said)
    return moved == after and isinstance(added[0], tuple) and added[0][:2] == (written.name, written.title)


def _moved(thing: Thing, was: object, now: object) -> Thing:
    """Return a thing as said of somebody by their new name, where it was said of them by the old one."""
    if thing.field == "people":
        return replace(thing, value=now) if thing.value == was else thing
    return replace(thing, whose=now) if thing.whose == was else thing


def _others(note: Note, line: int) -> list[Element]:
    """Return all elements, the one that is on a line without its words."""
    return [replace(e, rows=()) if e.line <= line <= e.end else e for e in note.elements]
