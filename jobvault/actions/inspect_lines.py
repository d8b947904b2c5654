"""What each line of a note is read as, and what the note as a whole is to jobvault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from jobvault.actions.inspect import Inspection, tasks_of
from jobvault.model import Debrief, Met
from jobvault.notes.inline import plain
from jobvault.notes.labels import known_label
from jobvault.notes.note import shown
from jobvault.notes.reading import Reading, is_ours
from jobvault.notes.sections import content

UNREAD = "-"
"""What stands beside a line that is not read as anything."""


class _OnLine(Protocol):
    @property
    def line(self) -> int: ...


def verdict(found: Inspection) -> str:
    """Say in one line what the note is to jobvault."""
    if found.reading.kind:
        return f"{found.path}: type {found.reading.kind}"
    if found.note.is_template:
        return f"{found.path}: a template to be filled in, so it is left alone"
    if is_ours(found.note, found.rules) and not found.note.front.readable:
        return f"{found.path}: not read, because of its properties"
    return f"{found.path}: none of jobvault's types, so it is not counted"


def rows(found: Inspection) -> Iterator[tuple[int, str, str]]:
    """Yield each line that is not blank: its number, what it is read as, its words."""
    said = dict(_meanings(found))
    for number, line in enumerate(found.note.lines, 1):
        words = shown(line).rstrip("\r\n").replace("\ufeff", "")
        if words.strip():
            yield number, said.get(number, UNREAD), words


def _meanings(found: Inspection) -> Iterator[tuple[int, str]]:
    """Yield lines with what they are read as; of several for one line the last counts."""
    yield from _front_matter(found)
    yield from _elements(found)
    for section in found.sections:
        yield section.heading.line, f"section {section.name}"
        if section.name == "overall":
            for index in section.members:
                element = found.note.own[index]
                yield from ((line, "overall") for line in range(element.line, element.end + 1))
    if isinstance(found.reading.noun, Debrief):
        yield from _addresses(found, found.reading.noun)
        yield from _debrief(found.reading.noun, found.note.front.body)
    yield from _follow_ups(found.reading)
    for block in found.note.blocks:
        yield from ((line, "generated, not read") for line in range(block.begin + 1, block.end))
        yield block.begin, f"block {block.view} begins"
        yield block.end, f"block {block.view} ends"


def _front_matter(found: Inspection) -> Iterator[tuple[int, str]]:
    front = found.note.front
    for number in range(1, front.body + 1):
        yield number, "front matter" if front.readable else "front matter, not read"
    for prop in front.properties:
        yield from ((line, f"property {prop.key}") for line in range(prop.line, prop.end + 1))


def _elements(found: Inspection) -> Iterator[tuple[int, str]]:
    tasks = {element.line: task for element, task in tasks_of(found)}
    for element in found.note.elements:
        what: str = element.kind
        if element.kind == "heading":
            what = f"heading {element.level}"
        elif element.kind == "item" and element.box is not None:
            due = tasks[element.line].due
            what = f"task [{element.box}]" + (f", due {due.isoformat()}" if due else "")
        elif element.kind == "item":
            what = "bullet" if content(element.text) else "empty bullet"
        yield from ((line, what) for line in range(element.line, element.end + 1))


def _addresses(found: Inspection, debrief: Debrief) -> Iterator[tuple[int, str]]:
    """Yield the lines of the addresses that are somebody's."""
    used = {email: met.name for met in debrief.people for email in met.emails}
    for element in found.note.own:
        label = known_label(element.text, found.rules.words.vocabulary.labels) if element.kind == "item" else None
        if label and label[0] == "email" and (email := plain(content(label[1]))) in used:
            yield element.line, f"email · {used[email] or 'unnamed person'}"


def _debrief(debrief: Debrief, front: int) -> Iterator[tuple[int, str]]:
    named: tuple[tuple[str, tuple[_OnLine, ...]], ...] = (
        ("noticed", debrief.noticed),
        ("open question", debrief.open_questions),
        ("strength", debrief.strong),
        ("weakness", debrief.weak),
        ("told", debrief.told),
        ("feedback", debrief.feedback),
        ("of the round", debrief.remarks),
        ("concern of the round", debrief.concerns),
    )
    for what, things in named:
        yield from ((thing.line, what) for thing in things)
    for question in debrief.questions:
        yield question.line, f"question ({question.mark})" if question.mark else "question"
    for takeaway in debrief.takeaways:
        yield takeaway.line, "takeaway (applied)" if takeaway.applied else "takeaway"
    for met in debrief.people:
        yield from ((line, f"{what} · {met.name or 'unnamed person'}") for line, what in _met(met, front))


def _met(met: Met, front: int) -> Iterator[tuple[int, str]]:
    if met.line is not None and met.line > front:
        yield met.line, "person"
    named: tuple[tuple[str, tuple[_OnLine, ...]], ...] = (
        ("cares about", met.cares_about),
        ("talked about", met.talked_about),
        ("question", met.asked),
        ("next step", met.next_steps),
        ("note", met.notes),
    )
    for what, things in named:
        yield from ((thing.line, what) for thing in things)
    for concern in met.concerns:
        yield concern.line, "open concern" if concern.open else "concern, answered"
        yield from ((reply.line, "my answer (rough)" if reply.rough else "my answer") for reply in concern.replies)


def _follow_ups(reading: Reading) -> Iterator[tuple[int, str]]:
    for item in reading.follow_ups:
        yield item.line, f"follow-up {item.status}" + (f", due {item.due.isoformat()}" if item.due else "")
