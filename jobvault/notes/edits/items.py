"""Edits that append: an item to a section, a line below an item. Pure, and each verified before it is given back.

Places are tried in the order of how well they read; the first one counts where the note, read again, says all that it
said before and exactly the new thing besides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from jobvault.errors import RefusedError
from jobvault.notes.edits.contents import Thing, contents
from jobvault.notes.edits.insertion import Inserted, Place, insert, write_behind
from jobvault.notes.edits.lists import Lead, end_of_item, lead_below, lead_like, spaced
from jobvault.notes.edits.literal import literal
from jobvault.notes.edits.refusals import no_place, refuse_conflict
from jobvault.notes.edits.section_places import above_unclosed, end_of_section, new_section, region
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.sections import find_sections
from jobvault.words import Words

_BULLET = re.compile(r"\s*[-*+]\s+(?P<box>\[[ xX/-]\]\s+)?(?P<text>.*)")
_DASH, _PROSE = Lead("- "), Lead("")
_LONGEST_SHOWN = 60


def add_item(note: Note, section: str, lines: Sequence[str], words: Words, *, box: str | None = None) -> Note:
    """Add an item to the end of a section, behind its last one; the section is made where it is missing.

    An empty item that stands last is filled in.

    Args:
        note: A debrief.
        section: The section's name (``takeaways``); all but ``people-met``.
        lines: The item's words as typed, without a marker. Further lines go on with it; those that begin with a
            bullet are items below it. What would not stay words is escaped.
        words: The words of the vault; a new section's heading is in their language.
        box: The character of a task's box; None for a bullet.

    Raises:
        RefusedError: The note holds a git conflict, something that never ends stands in the way, nothing is left of
            the words, or they would be read as nothing (a follow-up that is a tag alone).
    """
    return add_items(note, section, [lines], words, box=box)


def add_items(
    note: Note, section: str, items: Sequence[Sequence[str]], words: Words, *, box: str | None = None
) -> Note:
    """Add several items as ``add_item`` adds one, in one edit: all of them, or none."""
    refuse_conflict(note)
    wanted = _wanted(note, section, items, words, box)
    if len(items) > 1 and _last(note, section, words) is not None:
        for lines in items:  # one by one, as the list that is there counts and spaces them
            note = add_items(note, section, [lines], words, box=box)
        return note
    before = contents(note, words)
    filled = _filled(note, section, items[0], words, box)
    if filled is not None and _grown(before, contents(filled, words)) == wanted:
        return filled
    bare = _PROSE if section == "overall" and box is None else _DASH
    for place, lead, heading in _item_places(note, section, words, bare):
        added = insert(note, place, [*heading, *_rows(lead, items, box)])
        meant = _alone(section, items, words, box, lead) if lead == _PROSE else wanted
        if added is not None and _grown(before, contents(added.note, words)) == meant:
            return added.note
    raise no_place(note)


def add_below(note: Note, line: int, text: str) -> Note:
    """Add a bullet below the list item at ``line``, indented, behind those that stand there.

    Raises ``RefusedError`` where the line is no list item, stands in a generated block, or nothing can be put there.
    """
    refuse_conflict(note)
    place = next((i for i, e in enumerate(note.own) if e.kind == "item" and e.line == line), None)
    if place is None:
        raise RefusedError(note.path, line, "this is no list item of yours, so nothing can be added below it.")
    words = literal(text)
    if not words:
        raise RefusedError(note.path, line, "there are no words to write.")
    for lead in lead_below(note, place):
        for blank in (False, True):
            added = insert(note, Place(end_of_item(note, place), above=blank, below=blank), [f"{lead.text}{words}"])
            if added is not None and _is_below(added, line):
                return added.note
    raise RefusedError(note.path, line, "nothing can be added below this line without changing what follows.")


def item_rows(lead: Lead, lines: Sequence[str], box: str | None = None) -> list[str]:
    """Return the rows of an item: its words behind ``lead``, further lines indented to them."""
    first, *more = [line for line in lines if literal(line)] or [""]
    rows = [f"{lead.text}{'' if box is None else f'[{box}] '}{literal(first)}"]
    indent = lead.width
    for line in more:
        bullet = _BULLET.fullmatch(line)
        if bullet and literal(bullet["text"]):
            indent = lead.width + len("- ")
            rows.append(f"{' ' * lead.width}- {bullet['box'] or ''}{literal(bullet['text'])}")
        else:
            rows.append(" " * indent + literal(line))
    return rows


def _item_places(note: Note, name: str, words: Words, bare: Lead) -> Iterator[tuple[Place, Lead, list[str]]]:
    """Give places for an item, each with how it is led in and the rows above it that make its section.

    ``bare`` leads it in where there is no other item.
    """
    sections = find_sections(note, words.vocabulary)
    mine = [section for section in sections if section.name == name]
    if not mine:
        for place, level in new_section(note, sections, name):
            yield place, bare, [f"{'#' * level} {words.heading(name)}", ""]
        return
    section = mine[-1]
    last, end = region(note, section)
    if last is not None:
        lead, below = lead_like(note, section.members, last), end_of_item(note, last)
        loose = spaced(note, section.members, last)
        yield Place(below, above=loose, below=False), lead, []
        yield Place(below, above=loose), lead, []
        yield Place(below), _DASH, []
    yield Place(end), bare, []
    yield Place(end_of_section(note, section)), bare, []
    for place in above_unclosed(note, section.members):
        yield place, bare, []
    yield Place(section.heading.end), bare, []


def _rows(lead: Lead, items: Sequence[Sequence[str]], box: str | None) -> list[str]:
    return [row for lines in items for row in item_rows(lead, lines, box)]


def _filled(note: Note, name: str, lines: Sequence[str], words: Words, box: str | None) -> Note | None:
    """Write an item of one line into an empty one that stands last in the section; None where there is no such one."""
    last, rows = _last(note, name, words), item_rows(_PROSE, lines)
    if last is None or len(rows) > 1 or not rows[0]:
        return None
    item = note.own[last]
    if item.rows or end_of_item(note, last) != item.line or item.box not in {None, box}:
        return None
    mark = "" if item.box == box else f"[{box}] "
    return write_behind(note, item, mark + rows[0])


def _last(note: Note, name: str, words: Words) -> int | None:
    """Return the last item of a section; None without one."""
    mine = [section for section in find_sections(note, words.vocabulary) if section.name == name]
    return region(note, mine[-1])[0] if mine else None


def _wanted(
    note: Note, section: str, items: Sequence[Sequence[str]], words: Words, box: str | None
) -> dict[Thing, int]:
    """Return what bullets say where nothing else is: what each says alone, so that none is counted but never read."""
    if not items or not all(literal(" ".join(lines)) for lines in items):
        raise RefusedError(note.path, None, "there are no words to write.")
    each: Counter[Thing] = Counter()
    for lines in items:
        alone = _alone(section, [lines], words, box, _DASH)
        if not alone:
            raise _unread(note, lines)
        each.update(alone)
    wanted = _alone(section, items, words, box, _DASH)
    if wanted != each:
        raise no_place(note)
    return wanted


def _unread(note: Note, lines: Sequence[str]) -> RefusedError:
    said = literal(" ".join(lines))
    shown = said if len(said) <= _LONGEST_SHOWN else f"{said[:_LONGEST_SHOWN]}…"
    return RefusedError(note.path, None, f"“{shown}” would not be read here as anything. Say it in words.")


def _alone(section: str, items: Sequence[Sequence[str]], words: Words, box: str | None, lead: Lead) -> dict[Thing, int]:
    """Return what items say where nothing else is."""
    note = parse_note("", encode(f"## {words.heading(section)}\n\n" + "\n".join(_rows(lead, items, box))))
    return dict(contents(note, words))


def _grown(before: Counter[Thing], after: Counter[Thing]) -> dict[Thing, int] | None:
    """Return what was added; None where anything was lost."""
    return None if before - after else dict(after - before)


def _is_below(added: Inserted, line: int) -> bool:
    found = next((e for e in added.note.elements if e.line == added.first), None)
    parent = None if found is None or found.parent is None else added.note.elements[found.parent]
    return found is not None and found.kind == "item" and parent is not None and parent.line == line
