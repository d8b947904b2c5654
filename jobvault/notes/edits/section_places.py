"""Where in a debrief something more of a section goes, and where a section goes that is not there yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jobvault.notes.edits.insertion import Place
from jobvault.notes.element import Element
from jobvault.notes.lines import BLANKS
from jobvault.notes.note import Note
from jobvault.notes.sections import Section, accidental, is_heading

ORDER = (
    "people-met",
    "asked",
    "noticed",
    "open-questions",
    "strong",
    "weak",
    "overall",
    "told",
    "feedback",
    "takeaways",
    "follow-ups",
)
"""The sections in the order in which the full template writes them."""
_USUAL_LEVEL = 2


def region(note: Note, section: Section) -> tuple[int | None, int]:
    """Return where a section's items are: the last one at the top, None without one, and the last line of content.

    Sub-headings are passed over where items or words stand before them, or no items stand anywhere.
    """
    top = list(section.members)
    for place, index in enumerate(section.members):
        if is_heading(note.own[index]) and not accidental(note, note.own[index]):
            top = list(section.members[:place])
            break
    if not _has_words(note, top) and last_item(note, section.members) is not None:
        top = list(section.members)
    return last_item(note, top), end_of_content(note, section.heading.end, top)


def last_item(note: Note, members: Sequence[int]) -> int | None:
    """Return the last item among elements that stands in no other item and no quote."""
    tops = [i for i in members if note.own[i].kind == "item" and not note.own[i].depth and not note.own[i].quoted]
    return tops[-1] if tops else None


def end_of_content(note: Note, line: int, members: Sequence[int]) -> int:
    """Return the last line of elements that follow on ``line``; rules at their end, which part sections, left out."""
    kept = list(members)
    while kept and note.own[kept[-1]].kind == "rule":
        kept.pop()
    return max((note.own[index].end for index in kept), default=line)


def end_of_section(note: Note, section: Section) -> int:
    """Return the last line of a section that is not blank, generated blocks included."""
    heading = next(i for i, element in enumerate(note.own) if element is section.heading)
    behind = heading + len(section.members) + 1
    end = note.own[behind].line - 1 if behind < len(note.own) else len(note.lines)
    return _last_word(note, end, section.heading.end)


def above_unclosed(note: Note, members: Sequence[int]) -> Iterator[Place]:
    """Give the place above what never ends in a section, as nothing can stand below that."""
    unclosed = endless(note, members)
    if unclosed is not None:
        yield Place(unclosed.line - 1)


def endless(note: Note, members: Sequence[int]) -> Element | None:
    """Return the comment, code or other HTML among elements that never ends; a ``%%`` alone hides nothing."""
    return next((note.own[index] for index in reversed(members) if not note.own[index].closed), None)


def new_section(note: Note, sections: Sequence[Section], name: str) -> Iterator[tuple[Place, int]]:
    """Give places for a section that is missing, with the level of its heading: between its neighbours, else last."""
    rank = ORDER.index(name)
    before = [section for section in sections if ORDER.index(section.name) < rank]
    behind = [section for section in sections if ORDER.index(section.name) > rank]
    if before:
        nearest = max(before, key=lambda section: (ORDER.index(section.name), section.heading.line))
        yield Place(end_of_section(note, nearest)), nearest.heading.level
    if behind:
        nearest = min(behind, key=lambda section: (ORDER.index(section.name), section.heading.line))
        yield Place(nearest.heading.line - 1), nearest.heading.level
    levels = Counter(section.heading.level for section in sections)
    level = levels.most_common(1)[0][0] if levels else _USUAL_LEVEL
    yield Place(_last_word(note, len(note.lines), note.front.body)), level
    for place in above_unclosed(note, range(len(note.own))):
        yield place, level


def _has_words(note: Note, members: Sequence[int]) -> bool:
    return any(note.own[index].kind not in ("comment", "rule", "heading") for index in members)


def _last_word(note: Note, end: int, least: int) -> int:
    """Return the last of the first ``end`` lines that is not blank, ``least`` where that is none after it."""
    while end > least and not note.lines[end - 1].strip(BLANKS):
        end -= 1
    return end
