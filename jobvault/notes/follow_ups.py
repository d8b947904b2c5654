"""Follow-ups: the tasks of a debrief's section, and any dated task in a note of ours."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jobvault.model import THANKS, FollowUp, Problem
from jobvault.notes.deadlines import in_words, later_date
from jobvault.notes.inline import find_links
from jobvault.notes.markdown import Element
from jobvault.notes.note import Note
from jobvault.notes.sections import Section, accidental
from jobvault.notes.task_item import read_item
from jobvault.notes.tasks import TaskLine, status_of
from jobvault.notes.typed import apart
from jobvault.words import Words, fold

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_NEAR_BOX = re.compile(r"\[[ xX/-]?\]")
_GLUED_BOX = re.compile(r"[-*+]\s*\[[ xX/-]?\]")

DateForm = Literal["emoji", "plain", "dataview"]
_Form = Literal["task", "bullet", "paragraph"]


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What was read, with how often each form of date was used (the vault's own way is the most frequent)."""

    items: tuple[FollowUp, ...]
    problems: tuple[Problem, ...]
    forms: tuple[DateForm, ...]


def read_follow_ups(note: Note, sections: Sequence[Section], words: Words, since: date | None = None) -> FollowUps:
    """Read a note's follow-ups. ``sections`` are its ``Follow-ups`` sections (a debrief's; none elsewhere).

    A day in the words of an undated one is reported unless it lies before ``since``.
    """
    inside = {index for section in sections for index in section.members}
    items: list[FollowUp] = []
    problems: list[Problem] = []
    forms: list[DateForm] = []
    seen: Counter[str] = Counter()
    for element, in_section in _typed(note, inside):
        form = _form(note, element, in_section=in_section)
        if form is None:
            continue
        task = read_task_of(element, words)
        forms += [field.form for field in task.fields if field.key == "due"]
        problems += [
            words.problem(code, note.path, element.line, quote=quote)
            for code, quote in _findings(element, task, words, since)
        ]
        if task.text and (in_section or task.due is not None):
            items.append(_follow_up(note, element, form, task, seen[_own_id(task) or task.text], words))
            seen.update({task.text, _own_id(task)} - {""})
    return FollowUps(tuple(items), tuple(problems), tuple(forms))


def _typed(note: Note, inside: Collection[int]) -> Iterator[tuple[Element, bool]]:
    """Give the note's elements, each with whether it stands in a section of follow-ups; there, lines as typed."""
    for index, element in enumerate(note.own):
        if index not in inside:
            yield element, False
        else:
            yield from ((part, True) for part in apart(note, element))


def _findings(element: Element, task: TaskLine, words: Words, since: date | None) -> Iterator[tuple[str, str]]:
    """What is probably meant otherwise in a follow-up: (problem's code, the words)."""
    text = " ".join(element.rows)
    for code, quote in task.findings:
        yield ("date-not-read" if code == "date-not-at-end" and not _ISO.search(quote) else code), quote
    pending = task.due is None and status_of(element.box or " ") in ("open", "in-progress")
    if pending and not task.findings and (in_words(text, words.vocabulary.days) or later_date(task.text, since)):
        yield "date-not-read", text
    if element.box is None and (_NEAR_BOX.match(text) or (element.kind == "paragraph" and _GLUED_BOX.match(text))):
        yield "near-box", text


def _form(note: Note, element: Element, *, in_section: bool) -> _Form | None:
    """What a follow-up's source is; None where the element is none: prose, a bullet below another, a reply of ours."""
    if element.kind == "item" and element.box is not None:
        return "task"
    if not in_section or element.quoted or element.depth:
        return None
    if element.kind == "item":
        return "bullet"
    return "paragraph" if element.kind == "paragraph" or accidental(note, element) else None


def read_task_of(element: Element, words: Words) -> TaskLine:
    """Read the task of an item or paragraph, which may be wrapped over several lines."""
    return read_item(element.rows, words.vocabulary.due)


def _follow_up(note: Note, element: Element, form: _Form, task: TaskLine, place: int, words: Words) -> FollowUp:
    return FollowUp(
        id=follow_up_id(note.path, task, place),
        text=task.text,
        status=status_of(element.box or " "),
        path=note.path,
        line=element.line,
        form=form,
        due=task.due,
        done=task.done,
        cancelled=task.cancelled,
        kind=THANKS if is_thanks(task.text, words) else "",
        recurring=task.recurring,
        links=find_links(task.text, element.line),
        tags=task.tags,
    )


def follow_up_id(path: str, task: TaskLine, place: int) -> str:
    """Eight base32 characters that name a follow-up.

    They come from its note's path, its text and its place among equal texts there; a ``🆔`` or ``^block-id`` replaces
    text and place (but where a line was copied with its id, the copies count on).
    """
    own = _own_id(task)
    key = f"{path}\0{own}" if own and not place else f"{path}\0{own or task.text}\0{place}"
    return base64.b32encode(hashlib.sha256(key.encode("utf-8", "replace")).digest())[:8].decode().lower()


def _own_id(task: TaskLine) -> str:
    """What a line is called by: its ``🆔`` or ``^block-id``, if any."""
    own = task.id or task.block_id
    return f"#{own}" if own else ""


def is_thanks(text: str, words: Words) -> bool:
    """Whether a follow-up's words say that it is a thank-you."""
    folded = f" {fold(text)} "
    return any(f" {word} " in folded for word in words.vocabulary.thanks)
