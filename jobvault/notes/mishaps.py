"""What in a note's text was probably meant otherwise: words in comments, headings misspelt or made by accident."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jobvault.model import Debrief, Problem
from jobvault.notes.labels import known_label, read_label
from jobvault.notes.markdown import Element
from jobvault.notes.near import nearest
from jobvault.notes.note import Note, shown
from jobvault.notes.sections import (
    Bullet,
    Section,
    accidental,
    bullets,
    content,
    each_item,
    is_heading,
    take_tags,
    title_of,
)
from jobvault.words import Words, fold

_HINTED = frozenset({"people-met", "asked", "noticed", "told", "feedback", "takeaways"})
"""The sections that a new debrief lays down with a hint."""
_BEGUN = 3
_MARKS: Mapping[str, tuple[str, ...]] = {"asked": ("strong", "ok", "rough", "owed"), "takeaways": ("applied",)}
"""The sections whose bullets may end in a mark, and in which."""
_MARKED_LABELS = frozenset({"asked", "my-answer"})
_SHORTEST_LABEL = 5
_LAST = re.compile(r"\(([^()]{1,40})\)\s*[.!]?\s*$")
_GLUED = re.compile(r"#{2,6}(?=[^\s#])(.*)")
"""A heading whose blank was forgotten; with one ``#`` it would be a tag."""


def text_mishaps(note: Note, words: Words) -> Iterator[Problem]:
    """Report bytes that are no UTF-8, comments that never end, and words typed inside of a comment."""
    if note.undecodable_line is not None:
        yield words.problem("not-utf8", note.path, note.undecodable_line)
    for element in note.own:
        if element.kind != "comment":
            continue
        if not element.closed:
            quote = shown(element.rows[0]) if element.rows else ""
            yield words.problem("comment-not-closed", note.path, element.line, quote=quote)
        elif typed := _typed(element, words):
            yield words.problem("words-in-hint", note.path, element.line, quote=shown(typed))


def _typed(element: Element, words: Words) -> str:
    """Return what the user typed into a comment of ours, or behind any; empty where that is nothing."""
    behind = content(element.text)
    if fold(behind) and "jobvault:" not in element.text:
        return behind
    inside = element.text.removeprefix("<!--").removesuffix("-->").strip()
    folded = fold(inside).split()
    hints = [hint.split() for hint in words.vocabulary.hints]
    return inside if any(_grown(hint, folded) or _begun(hint, folded) for hint in hints) else ""


def _grown(hint: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words are the hint's with others typed into it, in one place."""
    more = len(words) - len(hint)
    if not hint or more <= 0:
        return False
    head = next((i for i, word in enumerate(hint) if words[i] != word), len(hint))
    return list(words[head + more :]) == list(hint[head:])


def _begun(hint: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words begin as the hint does and go on with others."""
    same = next((i for i, (one, two) in enumerate(zip(hint, words, strict=False)) if one != two), len(hint))
    return same >= min(_BEGUN, len(hint)) and not set(words) <= set(hint)


def hint_mishaps(note: Note, sections: Sequence[Section], words: Words) -> Iterator[Problem]:
    """Report a comment that stands where a section's hint stood, in a section that holds nothing else."""
    for section in sections:
        if section.name not in _HINTED or bullets(note, section.members):
            continue
        for index in section.members:
            element = note.own[index]
            inside = element.text.removeprefix("<!--").removesuffix("-->").strip()
            known = fold(inside) in words.vocabulary.hints or "jobvault:" in inside or _typed(element, words)
            if element.kind == "comment" and element.closed and len(fold(inside).split()) >= _BEGUN and not known:
                yield words.problem("words-in-hint", note.path, element.line, quote=shown(inside))


def heading_mishaps(note: Note, sections: Sequence[Section], words: Words) -> Iterator[Problem]:
    """Report headings of a debrief that are misspelt, lack their blank, or were made by a line below words."""
    known = words.vocabulary.sections
    title = title_of(note, words.vocabulary)
    people = {index for section in sections if section.name == "people-met" for index in section.members}
    for index, element in enumerate(note.own):
        text = shown(element.text)
        if element.kind == "heading" and fold(text) not in known and accidental(note, element):
            yield words.problem("accidental-heading", note.path, element.line, quote=text)
        elif is_heading(element) and element is not title and index not in people and fold(text) not in known:
            near = nearest(text, words.vocabulary.near)
            if fold(text) in words.vocabulary.unclear:
                one, other = words.heading("asked"), words.heading("open-questions")
                yield words.problem(
                    "unclear-heading", note.path, element.line, quote=text, value=text, one=one, other=other
                )
            elif near is not None:
                right = words.vocabulary.foreign.get(near) or words.heading(known[near])
                yield _near(note, element.line, text, right, words)
        elif element.kind == "paragraph" and (glued := _GLUED.fullmatch(text)) and fold(glued[1]) in known:
            right = f"{'#' * (len(text) - len(text.lstrip('#')))} {words.heading(known[fold(glued[1])])}"
            yield _near(note, element.line, text, right, words)


def word_mishaps(note: Note, sections: Sequence[Section], debrief: Debrief, words: Words) -> Iterator[Problem]:
    """Report marks and labels that are misspelt, and words below People met that name nobody."""
    for section in sections:
        found = bullets(note, section.members, words.vocabulary.marks)
        if section.name == "people-met":
            yield from _near_labels(note, found, words)
            nameless = next((b for b in found if not known_label(b.text, words.vocabulary.labels)), None)
            if nameless and not debrief.people:
                yield words.problem("nobody-named", note.path, nameless.line, quote=nameless.text)
        if section.name in _MARKS:
            yield from _near_marks(note, each_item(found), _MARKS[section.name], words)


def _near_marks(note: Note, found: Iterable[Bullet], allowed: Sequence[str], words: Words) -> Iterator[Problem]:
    known = [word for word, name in words.vocabulary.marks.items() if name in allowed]
    for bullet in found:
        last = _LAST.search(take_tags(bullet.whole)[0])
        near = nearest(last[1], known) if last else None
        if last and near:
            yield words.problem("near-mark", note.path, bullet.line, quote=bullet.whole, value=last[1], near=near)


def _near_labels(note: Note, found: Iterable[Bullet], words: Words) -> Iterator[Problem]:
    labels = words.vocabulary.labels
    long = [word for word in labels if len(word) >= _SHORTEST_LABEL]
    for bullet in found:
        label = read_label(bullet.text)
        name = labels.get(fold(label[0])) if label else None
        near = nearest(label[0], long) if label and name is None else None
        if label and near:
            right = words.text(f"label.{labels[near]}")
            yield words.problem("near-label", note.path, bullet.line, quote=bullet.text, value=label[0], near=right)
        if name in _MARKED_LABELS:
            yield from _near_marks(note, (bullet,), _MARKS["asked"], words)
        yield from _near_labels(note, bullet.children, words)


def _near(note: Note, line: int, text: str, near: str, words: Words) -> Problem:
    return words.problem("near-heading", note.path, line, quote=text, value=text, near=near)
