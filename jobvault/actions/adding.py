"""One line into the text of a debrief: added, or what stands there completed, or left as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jobvault.actions.addition import SECTIONS, Added, Addition, Completed
from jobvault.actions.standing import person_of, standing, standing_follow_up
from jobvault.actions.whose import Somebody
from jobvault.errors import RefusedError
from jobvault.model import Debrief
from jobvault.notes.edits.due import set_due
from jobvault.notes.edits.insertion import added_lines
from jobvault.notes.edits.items import add_item
from jobvault.notes.edits.naming import name_in_full
from jobvault.notes.edits.person import add_to_person
from jobvault.notes.names import read_name
from jobvault.notes.near import nearest
from jobvault.notes.note import Note
from jobvault.notes.reading import Reading, understand
from jobvault.notes.task_text import tags_within
from jobvault.notes.tasks import read_task
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.model import Problem


def one_added(vault: Vault, note: Note, addition: Addition, person: Somebody, text: str) -> tuple[Note, Added]:
    """Return a debrief with one more line, and what came of it; ``person`` is whose it is where it is a concern.

    Raises ``RefusedError``.
    """
    if addition.kind == "follow-up":
        return _follow_up_added(vault, note, addition, text)
    said = Added(
        addition.kind,
        text,
        note.path,
        0,
        changed=False,
        heading=vault.words.heading(SECTIONS[addition.kind]),
        tags=addition.tags,
    )
    if addition.kind == "concern":
        return _concern_added(vault, note, said, person)
    there = standing(_read(vault, note), said.kind, "", text)
    if there is not None:
        return note, _there(note, said, there)
    new = add_item(note, SECTIONS[said.kind], [_tagged(said)], vault.words)
    return new, _told(vault, note, new, said)


def _follow_up_added(vault: Vault, note: Note, addition: Addition, text: str) -> tuple[Note, Added]:
    """Add a follow-up; one of the same words that has no due date is given that which is said."""
    words = vault.words
    said = Added(
        "follow-up", text, note.path, 0, changed=False, heading=words.heading("follow-ups"), tags=addition.tags
    )
    due = addition.due or read_task(text, words.vocabulary.due).due
    there = standing_follow_up(_read(vault, note), text, due, words.vocabulary.due)
    if there is None:
        dated = _tagged(said) + (vault.due_field(addition.due) if addition.due else "")
        new = add_item(note, SECTIONS["follow-up"], [dated], words, box=" ")
        return new, replace(_told(vault, note, new, said), due=addition.due)
    stands = replace(_there(note, said, there.line), due=there.due)
    if due is None or there.due == due:
        return note, stands
    new = set_due(note, there, due, vault.due_field(due), words)
    return new, replace(stands, changed=True, due=due, completed=_completed(note, new, there.line))


def _concern_added(vault: Vault, note: Note, said: Added, person: Somebody) -> tuple[Note, Added]:
    """Add a concern; where the note has less of the person's name than was said, that is completed, or stands apart."""
    words, before = vault.words, _read(vault, note)
    named, by_first = _in_full(vault, note, before, person)
    reading = before if named is note else _read(vault, named)
    completed = _completed(note, named, added_lines(note, named)[0]) if named is not note else ()
    there = standing(reading, "concern", person.written, said.text)
    if there is not None:
        new, told = named, replace(_there(named, said, there), changed=bool(completed))
    else:
        new = add_to_person(named, person.written, "concern", _tagged(said), words, by_first=by_first)
        told = _told(vault, named, new, said)
    return new, replace(
        told, person=_whose(_read(vault, new), told.line), completed=completed, title_said=person.title_said
    )


def _in_full(vault: Vault, note: Note, reading: Reading, person: Somebody) -> tuple[Note, bool]:
    """Return the note with a person's name in full, and whether a first name in it is theirs."""
    debrief = reading.noun
    assert isinstance(debrief, Debrief)  # noqa: S101 - see `_read`
    there = person_of(debrief, person.written)
    if there is not None and (there.title or not person.title):
        return note, True
    first = fold(read_name(person.name).name or "").split(" ")[0]
    links = [met.link for met in debrief.people if met.link and fold(met.name or "") == first]
    if there is None and any(vault.search.names.resolve(link, note.path) for link in links):
        return note, False  # a note of their own says who that is
    named = name_in_full(note, person.name, person.title, vault.words)
    return named, there is not None or named is not note


def _whose(reading: Reading, line: int) -> str:
    """Return the person below whom a concern stands, as the note has them."""
    debrief = reading.noun
    assert isinstance(debrief, Debrief)  # noqa: S101 - see `_read`
    met = next((m for m in debrief.people if any(concern.line == line for concern in m.concerns)), None)
    return "" if met is None else met.name or f"?, {met.title}"


def _there(note: Note, said: Added, line: int) -> Added:
    """Return what stands on a line already, and so is not added."""
    tags = {fold(tag) for tag in tags_within(_row(note, line))}
    return replace(said, line=line, lacking=tuple(f"#{tag}" for tag in said.tags if fold(tag) not in tags))


def _tagged(said: Added) -> str:
    return " ".join((said.text, *(f"#{tag}" for tag in said.tags)))


def _told(vault: Vault, note: Note, new: Note, said: Added) -> Added:
    """Return what was added by an edit, with the lines that it took and what is wrong there."""
    lines = added_lines(note, new)
    rows = tuple(_row(new, number) for number in lines)
    problems = tuple(
        problem
        for problem in _read(vault, new).problems
        if problem.line == lines[-1] or _is_near(problem, SECTIONS[said.kind], vault)
    )
    return replace(said, line=lines[-1], changed=True, rows=rows, problems=problems)


def _is_near(problem: Problem, section: str, vault: Vault) -> bool:
    """Whether it is the misspelt heading of a section, so that what stands below is not read as a part of it."""
    known = vault.words.vocabulary
    heading = problem.quote.lstrip("# ")
    meant = known.sections.get(fold(heading)) or known.sections.get(nearest(heading, known.near) or "")
    return problem.code == "near-heading" and meant == section


def _completed(old: Note, new: Note, line: int) -> tuple[Completed, ...]:
    return (Completed(line, _row(old, line), _row(new, line)),)


def _row(note: Note, line: int) -> str:
    return note.lines[line - 1].rstrip("\r\n")


def _read(vault: Vault, note: Note) -> Reading:
    """Read the note as it is now. Raises ``RefusedError`` where it is no debrief any more."""
    reading = understand(note, vault.rules)
    if not isinstance(reading.noun, Debrief):
        raise RefusedError(note.path, 1, "this is no debrief that can be read.")
    return reading
