"""Add lines to a debrief without opening it: a follow-up, a takeaway, a concern …; each line once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.actions.known import known_company
from jobvault.actions.scaffold import read_tags
from jobvault.actions.which import company_words
from jobvault.actions.whose import written_person
from jobvault.errors import ChangedError, RefusedError, UsageError
from jobvault.model import Debrief
from jobvault.notes.edits.insertion import added_lines
from jobvault.notes.edits.items import add_item
from jobvault.notes.edits.literal import literal
from jobvault.notes.edits.person import add_to_person
from jobvault.notes.inline import plain
from jobvault.notes.names import read_name
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.reading import Reading, understand
from jobvault.notes.task_fields import TAG
from jobvault.notes.tasks import read_task
from jobvault.search.mentions import names_first
from jobvault.search.names import key_of
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.model import Problem

_TRIES = 3
SECTIONS: Mapping[str, str] = {
    "follow-up": "follow-ups",
    "takeaway": "takeaways",
    "weak": "weak",
    "strong": "strong",
    "question": "open-questions",
    "observation": "noticed",
    "concern": "people-met",
}
"""What can be added, and the section where it goes."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be added: ``kind`` is one of ``SECTIONS``, ``person`` whose concern it is, as somebody said it."""

    kind: str
    texts: tuple[str, ...]
    person: str = ""
    due: dt.date | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """One line as it stands now; ``changed`` is False where it stood there already.

    ``rows`` are all lines that were written for it, a new heading included. ``problems`` is what is wrong with it.
    """

    kind: str
    text: str
    path: str
    line: int
    changed: bool
    heading: str
    person: str = ""
    company: str = ""
    due: dt.date | None = None
    tags: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def checked(vault: Vault, addition: Addition) -> Addition:
    """Return what is to be added, with its tags as notes have them. Raises ``UsageError`` where it says too much."""
    tags = read_tags(addition.tags)
    for tag in tags:
        if not TAG.fullmatch(f"#{tag}") or tag.isdecimal():
            raise UsageError(f"--tag: “{tag}” is no tag. Use letters, digits, `-`, `_` and `/`.")
    if addition.due and any(read_task(text, vault.words.vocabulary.due).due for text in addition.texts):
        raise UsageError("The text has a due date already, so leave --due out.")
    texts = tuple(text for text in addition.texts if literal(text))
    if not texts:
        raise UsageError("There are no words to write.")
    return replace(addition, texts=texts, tags=tags)


# --- writing --------------------------------------------------------------------------------------------------------


def add(vault: Vault, debrief: Debrief, addition: Addition, *, dry_run: bool = False) -> tuple[Added, ...]:
    """Add lines to a debrief, all or none. Raises ``RefusedError``, and what naming a person may raise.

    A note that changes meanwhile is read again, a few times.
    """
    wanted = checked(vault, addition)
    person = written_person(vault, debrief, wanted.person) if wanted.kind == "concern" else ""
    tried = _added(vault, debrief, wanted, person)[1]
    if dry_run or not any(one.changed for one in tried):
        return tried
    with changes.writing(vault):
        return _retried(lambda: _write(vault, debrief, wanted, person))


def _retried(write: Callable[[], tuple[Added, ...]]) -> tuple[Added, ...]:
    for _ in range(_TRIES - 1):
        try:
            return write()
        except ChangedError:
            continue
    return write()


def _write(vault: Vault, debrief: Debrief, addition: Addition, person: str) -> tuple[Added, ...]:
    (old, new), added = _added(vault, debrief, addition, person)
    if new != old:
        changes.write(vault, debrief.path, old, new, f"jobvault add: {addition.texts[0]}")
    return added


def _added(
    vault: Vault, debrief: Debrief, addition: Addition, person: str
) -> tuple[tuple[bytes, bytes], tuple[Added, ...]]:
    """Work out the note with the lines in it: its bytes before and after, and the lines."""
    old = vault.bytes_of(debrief.path)
    if old is None:
        raise RefusedError(debrief.path, None, "the note cannot be read any more.")
    note = parse_note(debrief.path, old)
    added: list[Added] = []
    for text in addition.texts:
        note, one = _one_added(vault, note, addition, person, text)
        added.append(one)
    return (old, encode(note.text)), tuple(replace(one, company=debrief.company) for one in added)


def _one_added(vault: Vault, note: Note, addition: Addition, person: str, text: str) -> tuple[Note, Added]:
    kind, words = addition.kind, vault.words
    name = read_name(person).name or ""
    said = Added(
        kind, text, note.path, 0, changed=False, heading=words.heading(SECTIONS[kind]), person=name, tags=addition.tags
    )
    before = _read(vault, note)
    there = _standing(before, kind, name, _seen(text, words.vocabulary.due))
    if there is not None:
        return note, replace(said, line=there)
    tagged = " ".join((text, *(f"#{tag}" for tag in addition.tags)))
    if kind == "concern":
        new = add_to_person(note, person, "concern", tagged, words)
    else:
        dated = tagged + (vault.due_field(addition.due) if kind == "follow-up" and addition.due else "")
        new = add_item(note, SECTIONS[kind], [dated], words, box=" " if kind == "follow-up" else None)
    lines = added_lines(note, new)
    problems = tuple(problem for problem in _read(vault, new).problems if problem.line == lines[-1])
    rows = tuple(new.lines[number - 1].rstrip("\r\n") for number in lines)
    return new, replace(said, line=lines[-1], changed=True, due=addition.due, rows=rows, problems=problems)


# --- what stands there already --------------------------------------------------------------------------------------


def _read(vault: Vault, note: Note) -> Reading:
    """Read the note as it is now. Raises ``RefusedError`` where it is no debrief any more."""
    reading = understand(note, vault.rules)
    if not isinstance(reading.noun, Debrief):
        raise RefusedError(note.path, 1, "this is no debrief that can be read.")
    return reading


def _standing(reading: Reading, kind: str, person: str, seen: str) -> int | None:
    """Return the line where the same words stand in the same place; a follow-up that is done does not count."""
    lines = [line for words, line in _things(reading, kind, person) if _seen(words) == seen]
    return lines[0] if lines else None


def _things(reading: Reading, kind: str, person: str) -> Iterator[tuple[str, int]]:
    debrief = reading.noun
    assert isinstance(debrief, Debrief)  # noqa: S101 - see `_read`
    if kind == "follow-up":
        yield from ((item.text, item.line) for item in reading.follow_ups if item.status in ("open", "in-progress"))
        return
    if kind == "concern":
        theirs = [met for met in debrief.people if fold(met.name or "") == fold(person)]
        yield from ((concern.text, concern.line) for met in theirs for concern in met.concerns)
        return
    fields = {"takeaway": ("takeaways",), "question": ("open_questions",), "observation": ("noticed", "open_questions")}
    for field in fields.get(kind, (kind,)):
        yield from ((remark.text, remark.line) for remark in getattr(debrief, field))


def _seen(text: str, due_words: Iterable[str] | None = None) -> str:
    """Return what is compared of words: without tags and dates at their end, marks of emphasis, a full stop."""
    task = read_task(text, tuple(due_words or ()))
    return key_of(plain(task.text)).rstrip(" .")


def other_company(vault: Vault, debrief: Debrief, texts: Sequence[str]) -> str | None:
    """Return another company that the words name, to which they may belong; None where there is none."""
    said = " ".join(texts)
    met = {key_of(other.company) for other in vault.debriefs}
    named = {
        known_company(vault, name)
        for name in company_words(vault)
        if f" {fold(name)} " in f" {fold(said)} " or names_first(said, name.split()[0])
    }
    others = sorted(name for name in named if key_of(name) in met and key_of(name) != key_of(debrief.company))
    return others[0] if others and len(others) == len(named) else None
