"""What jobvault reads in a note, line by line: for when something does not show up where one expects it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobvault.errors import NotFoundError
from jobvault.model import Debrief, Problem
from jobvault.notes.blocks import Block
from jobvault.notes.follow_ups import read_task_of
from jobvault.notes.inline import find_links
from jobvault.notes.markdown import Element
from jobvault.notes.note import Note, parse_note, shown
from jobvault.notes.reading import Reading, ReadingRules, is_ours, read_note
from jobvault.notes.sections import Section, content, find_sections
from jobvault.notes.tasks import TaskLine
from jobvault.render.view import to_json
from jobvault.vault.files import read

_HIDDEN = frozenset({"code", "comment", "html"})


@dataclass(frozen=True, slots=True)
class Inspection:
    """One note as it is read; ``path`` is relative to the vault, or as it was named outside of one."""

    path: str
    note: Note
    reading: Reading
    sections: tuple[Section, ...]
    rules: ReadingRules


def inspect(path: Path, shown_as: str, rules: ReadingRules) -> Inspection:
    """Read any Markdown file, in a vault or not. Raises ``NotFoundError`` where it cannot be read."""
    result = read(path.parent.resolve(), path.name)
    if result.data is None:
        why = result.problem.message if result.problem else "there is no such file."
        raise NotFoundError(f"{shown_as}: {why}")
    note = parse_note(shown_as, result.data)
    return Inspection(
        shown_as, note, read_note(shown_as, result.data, rules), find_sections(note, rules.words.vocabulary), rules
    )


def as_json(found: Inspection) -> dict[str, Any]:
    """Return the JSON of one note."""
    note, front = found.note, found.note.front
    return {
        "path": found.path,
        "kind": found.reading.kind,
        "front_matter": {
            "lines": [1, front.body] if front.present or front.body else None,
            "properties": [
                {"name": p.name, "line": p.line, "end": p.end, "value": to_json(_cleaned(p.value))}
                for p in front.properties
            ],
        },
        "headings": [
            {"line": e.line, "level": e.level, "text": shown(e.text)} for e in note.elements if e.kind == "heading"
        ],
        "items": [
            {"line": e.line, "marker": e.marker, "depth": e.depth, "text": shown(e.text), "task": e.box is not None}
            for e in note.elements
            if e.kind == "item"
        ],
        "tasks": [_task_json(e, task) for e, task in _tasks(found)],
        "links": [
            {"line": line, "target": target, "text": text} for line, target, text in _links(note)
        ],
        "blocks": [_block_json(block) for block in note.blocks],
        "sections": [
            {"line": s.heading.line, "section": s.name, "heading": shown(s.heading.text), "end": _end(note, s)}
            for s in found.sections
        ],
        "problems": [_problem_json(problem) for problem in found.reading.problems],
    }


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _cleaned(item) for key, item in value.items()}
    return value


def _tasks(found: Inspection) -> Iterator[tuple[Element, TaskLine]]:
    for element in found.note.elements:
        if element.kind == "item" and element.box is not None:
            yield element, read_task_of(element, found.rules.words)


def _task_json(element: Element, task: TaskLine) -> dict[str, Any]:
    return {
        "line": element.line,
        "status": element.box,
        "text": shown(task.text),
        "due": task.due.isoformat() if task.due else None,
        "done": task.done.isoformat() if task.done else None,
        "cancelled": task.cancelled.isoformat() if task.cancelled else None,
        "tags": list(task.tags),
        "block_id": task.block_id,
        "recurring": task.recurring,
        "fields": [{"key": f.key, "value": shown(f.value), "form": f.form} for f in task.fields],
    }


def _links(note: Note) -> Iterator[tuple[int, str, str]]:
    for element in note.elements:
        if element.kind in _HIDDEN:
            continue
        for offset, row in enumerate(element.rows):
            for link in find_links(row, element.line + offset):
                yield link.line, shown(link.target), shown(link.text)


def _block_json(block: Block) -> dict[str, Any]:
    stamp = block.stamp
    return {
        "line": block.begin,
        "end": block.end,
        "view": block.view,
        "arguments": dict(block.arguments),
        "version": stamp.version if stamp else None,
        "as_of": stamp.as_of.isoformat() if stamp else None,
    }


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        "line": problem.line,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def _end(note: Note, section: Section) -> int:
    return max([section.heading.end, *(note.own[index].end for index in section.members)])


# --- line by line ---------------------------------------------------------------------------------------------------


def rows(found: Inspection) -> Iterator[tuple[int, str, str]]:
    """Yield each line that means something: its number, what it is read as, its words."""
    note = found.note
    said: dict[int, str] = {}
    for number in range(1, note.front.body + 1):
        said[number] = "front matter"
    for prop in note.front.properties:
        said[prop.line] = f"property {prop.key}"
    for element in note.elements:
        for number, what in _element_rows(found, element):
            said[number] = what
    for section in found.sections:
        said[section.heading.line] = f"section {section.name}"
    said.update(_nouns(found.reading))
    for block in note.blocks:
        for number in range(block.begin + 1, block.end):
            said[number] = "generated, not read"
        said[block.begin], said[block.end] = f"block {block.view} begins", f"block {block.view} ends"
    for number, line in enumerate(note.lines, 1):
        words = shown(line).rstrip("\r\n").replace("\ufeff", "")
        if words.strip():
            yield number, said.get(number, "-"), words


def _element_rows(found: Inspection, element: Element) -> Iterator[tuple[int, str]]:
    what = element.kind
    if element.kind == "heading":
        what = f"heading {element.level}"
    elif element.kind == "item" and element.box is not None:
        task = read_task_of(element, found.rules.words)
        what = f"task [{element.box}]" + (f" due {task.due.isoformat()}" if task.due else "")
    elif element.kind == "item":
        what = "bullet" if content(element.text) else "empty bullet"
    for number in range(element.line, element.end + 1):
        yield number, what


def _nouns(reading: Reading) -> dict[int, str]:
    """What the lines of a debrief have become."""
    said: dict[int, str] = {}
    noun = reading.noun
    if isinstance(noun, Debrief):
        named: Sequence[tuple[str, Sequence[Any]]] = (
            ("question", noun.questions),
            ("noticed", noun.noticed),
            ("open question", noun.open_questions),
            ("strength", noun.strong),
            ("weakness", noun.weak),
            ("told", noun.told),
            ("feedback", noun.feedback),
            ("concern of the round", noun.concerns),
        )
        for what, things in named:
            said.update({thing.line: what for thing in things})
        for question in noun.questions:
            said[question.line] = f"question ({question.mark})" if question.mark else "question"
        for takeaway in noun.takeaways:
            said[takeaway.line] = "takeaway (applied)" if takeaway.applied else "takeaway"
        for met in noun.people:
            who = met.name or "unnamed person"
            for what, things in (("cares about", met.cares_about), ("talked about", met.talked_about),
                                 ("next step", met.next_steps), ("note", met.notes)):  # fmt: skip
                said.update({thing.line: f"{what} · {who}" for thing in things})
            for concern in met.concerns:
                said[concern.line] = f"concern ({'open' if concern.open else 'answered'}) · {who}"
                said.update({reply.line: f"my answer · {who}" for reply in concern.replies})
            if met.line is not None and not said.get(met.line, "").startswith("concern"):
                said.setdefault(met.line, f"person {who}")
    for item in reading.follow_ups:
        due = f", due {item.due.isoformat()}" if item.due else ""
        said[item.line] = f"follow-up ({item.status}{due})"
    return said


def verdict(found: Inspection) -> str:
    """Say in one line what the note is to jobvault."""
    if found.reading.kind:
        return f"{found.path}: a {found.reading.kind}"
    if found.note.is_template:
        return f"{found.path}: a template, left alone"
    if is_ours(found.note, found.rules) and not found.note.front.readable:
        return f"{found.path}: not read, because of its front matter"
    return f"{found.path}: none of jobvault's types, so it is not counted"
