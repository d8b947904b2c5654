"""What jobvault reads in a note, line by line: for when something does not show up where one expects it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobvault.errors import NotFoundError
from jobvault.model import Problem
from jobvault.notes.blocks import Block
from jobvault.notes.follow_ups import read_task_of
from jobvault.notes.inline import find_links
from jobvault.notes.markdown import Element
from jobvault.notes.note import Note, parse_note, shown
from jobvault.notes.reading import Reading, ReadingRules, read_note
from jobvault.notes.sections import Section, find_sections
from jobvault.notes.tasks import TaskLine
from jobvault.notes.values import as_list
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

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read as meant, in the order of the note."""
        return tuple(sorted(self.reading.problems, key=lambda problem: problem.line or 0))


def inspect(path: Path, shown_as: str, rules: ReadingRules) -> Inspection:
    """Read any Markdown file, in a vault or not. Raises ``NotFoundError`` where it cannot be read."""
    real = Path(os.path.realpath(path))
    result = read(real.parent, real.name)
    if result.data is None:
        why = result.problem.message if result.problem else "There is no such file."
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
        "tasks": [_task_json(e, task) for e, task in tasks_of(found)],
        "links": [{"line": line, "target": target, "text": text} for line, target, text in _links(note)],
        "blocks": [_block_json(block) for block in note.blocks],
        "sections": [
            {"line": s.heading.line, "section": s.name, "heading": shown(s.heading.text), "end": _end(note, s)}
            for s in found.sections
        ],
        "problems": [_problem_json(problem) for problem in found.problems],
    }


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _cleaned(item) for key, item in value.items()}
    return value


def tasks_of(found: Inspection) -> Iterator[tuple[Element, TaskLine]]:
    """Yield the list items with a box, each with what its line says."""
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
    for prop in note.front.properties:
        for value in as_list(prop.value):
            for link in find_links(value, prop.line):
                yield link.line, shown(link.target), shown(link.text)
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
