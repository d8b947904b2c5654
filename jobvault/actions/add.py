"""Add lines to a debrief without opening it: a follow-up, a takeaway, a concern …; each line once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.actions.adding import one_added
from jobvault.actions.addition import Added, Addition
from jobvault.actions.known import known_company
from jobvault.actions.scaffold import read_tags
from jobvault.actions.which import company_words
from jobvault.actions.whose import Somebody, written_person
from jobvault.errors import ChangedError, RefusedError, UsageError
from jobvault.model import Debrief
from jobvault.notes.edits.literal import literal
from jobvault.notes.note import encode, parse_note
from jobvault.notes.task_fields import TAG
from jobvault.notes.tasks import read_task
from jobvault.search.mentions import names_first
from jobvault.search.names import key_of
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_TRIES = 3


def checked(vault: Vault, addition: Addition) -> Addition:
    """Return what is to be added, with its tags as notes have them. Raises ``UsageError`` where it says too much."""
    tags = read_tags(addition.tags)
    for tag in tags:
        if not TAG.fullmatch(f"#{tag}") or tag.isdecimal():
            raise UsageError(f"--tag: “{tag}” is no tag. Use letters, digits, `-`, `_` and `/`.")
    if addition.due and any(read_task(text, vault.words.vocabulary.due).due for text in addition.texts):
        raise UsageError("The text has a due date already, so leave --due out.")
    impossible = [quote for text in addition.texts for quote in _impossible(vault, text)]
    if addition.kind == "follow-up" and impossible:
        raise UsageError(f"“{impossible[0]}”: there is no such date, so nothing was added.")
    texts = tuple(text for text in addition.texts if literal(text))
    if not texts:
        raise UsageError("There are no words to write.")
    return replace(addition, texts=texts, tags=tags)


def _impossible(vault: Vault, text: str) -> Iterator[str]:
    """Give the dates of a text, as written, that do not exist."""
    findings = read_task(text, vault.words.vocabulary.due).findings
    yield from (quote for code, quote in findings if code == "no-such-date")


# --- writing --------------------------------------------------------------------------------------------------------


def add(vault: Vault, debrief: Debrief, addition: Addition, *, dry_run: bool = False) -> tuple[Added, ...]:
    """Add lines to a debrief, all or none. Raises ``RefusedError``, and what naming a person may raise.

    A note that changes meanwhile is read again, a few times.
    """
    wanted = checked(vault, addition)
    person = written_person(vault, debrief, wanted.person) if wanted.kind == "concern" else Somebody("")
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


def _write(vault: Vault, debrief: Debrief, addition: Addition, person: Somebody) -> tuple[Added, ...]:
    (old, new), added = _added(vault, debrief, addition, person)
    if new != old:
        changes.write(vault, debrief.path, old, new, f"jobvault add: {addition.texts[0]}")
    return added


def _added(
    vault: Vault, debrief: Debrief, addition: Addition, person: Somebody
) -> tuple[tuple[bytes, bytes], tuple[Added, ...]]:
    """Work out the note with the lines in it: its bytes before and after, and the lines."""
    old = vault.bytes_of(debrief.path)
    if old is None:
        raise RefusedError(debrief.path, None, "the note cannot be read any more.")
    note = parse_note(debrief.path, old)
    added: list[Added] = []
    for text in addition.texts:
        note, one = one_added(vault, note, addition, person, text)
        added.append(one)
    return (old, encode(note.text)), tuple(replace(one, company=debrief.company) for one in added)


# --- hints ----------------------------------------------------------------------------------------------------------


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
