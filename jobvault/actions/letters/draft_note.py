"""A letter that was put together, as its note: where it goes, and its text, read back before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobvault.actions.free_path import free_path
from jobvault.actions.front_text import front_text
from jobvault.actions.scaffold import file_part, one_line
from jobvault.errors import RefusedError
from jobvault.letters.draft import Draft
from jobvault.model import Debrief, Letter
from jobvault.notes.inline import plain
from jobvault.notes.reading import read_note
from jobvault.search.people import Person
from jobvault.vault.names import alike_key

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault


@dataclass(frozen=True, slots=True)
class Drafted:
    """A letter as it would be written: its path in the vault and its text; ``gaps`` are still to be filled."""

    path: str
    text: str
    to: str
    gaps: int


def name_in(debrief: Debrief, person: Person) -> str:
    """Return how a debrief calls somebody."""
    return next((m.met.name or "" for m in person.meetings if m.debrief.path == debrief.path), "")


def drafted(vault: Vault, debrief: Debrief, letter: Draft, called: str, taken: Sequence[str]) -> Drafted:
    """Return the note of a letter. Raises ``RefusedError`` where it would not be read back as it was put together."""
    person = letter.material.person
    path = _path(vault, f"{called[:1].upper()}{called[1:]}", person.name, taken)
    values: dict[str, object] = {
        "type": "letter",
        "to": _recipient(vault, debrief, person, path),
        "debrief": vault.face(source=path).link(debrief.path),
        "kind": called,
        "subject": letter.subject,
        "status": vault.words.write("status", "draft"),
        "sent": None,
    }
    if letter.answers:
        values["answers"] = list(letter.answers)
    front = front_text(values)
    text = f"---\n{front}---\n\n" + "\n\n".join(letter.paragraphs) + "\n"
    _verify(vault, path, text, debrief, letter)
    return Drafted(path, text, person.name, letter.gaps)


def _recipient(vault: Vault, debrief: Debrief, person: Person, path: str) -> str:
    """Return a link to the person's note where there is one, else the name."""
    if person.note is not None:
        link = vault.face(source=path).link(person.note)
        if link.startswith("[["):
            return link
    return one_line(plain(person.name)) or name_in(debrief, person)


def _verify(vault: Vault, path: str, text: str, debrief: Debrief, letter: Draft) -> None:
    """Read a draft back: it must be the letter that was meant. Raises ``RefusedError``."""
    noun = read_note(path, text.encode("utf-8"), vault.rules).noun
    person = letter.material.person
    if isinstance(noun, Letter):
        search = replace(vault.search, letters=(*vault.search.letters, noun))
        to, about = search.addressee(noun), search.debrief_of(path)
        same = (
            to is not None
            and to.key == person.key
            and about is not None
            and about.path == debrief.path
            and noun.answers == letter.answers
            and len(noun.gaps) == letter.gaps
            and len(noun.passages) == len(letter.paragraphs) - letter.gaps
        )
        if same:
            return
    raise RefusedError(path, None, f"the letter to {person.name[:80]} would not be read back as it was put together.")


def _path(vault: Vault, kind: str, name: str, taken: Sequence[str]) -> str:
    """``DATE KIND NAME.md``; if taken with a letter behind it. ``taken`` are the paths of other drafts."""
    stem = " ".join(part for part in (vault.today.date.isoformat(), file_part(kind), file_part(name)) if part)
    keys = {alike_key(path) for path in taken}
    return free_path(
        vault.root,
        vault.settings.folders.letters,
        (stem,),
        stem,
        f"there are too many letters named “{stem}”.",
        taken=lambda path: alike_key(path) in keys,
    )
