"""A letter as a draft for the user's own mail program. Nothing here sends anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.errors import JobvaultError, RefusedError
from jobvault.model import Debrief, Letter, PersonNote, Remark
from jobvault.notes.edits.refusals import refuse_conflict
from jobvault.notes.letter import read_gaps, read_passages
from jobvault.notes.note import parse_note
from jobvault.render.letter_text import letter_text
from jobvault.render.mail import Mail, Mailbox, one_line, write_mail
from jobvault.search.addresses import Addresses, addresses_of, first_address
from jobvault.search.contacts import Contacts
from jobvault.vault.exported import look_at

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

SUFFIX = ".eml"


@dataclass(frozen=True, slots=True)
class MailDraft:
    """A letter as a mail: the file's bytes, and what it lacks.

    ``to`` is how its recipient is called, ``company`` that of the interview; ``address`` is empty where none is known:
    ``refused`` are those that are no address, ``through`` is somebody of the company who has one. ``gaps`` are the
    comments left in the letter.
    """

    letter: Letter
    data: bytes
    to: str
    company: str
    address: str
    refused: tuple[str, ...]
    through: Mailbox | None
    subject: str
    gaps: tuple[Remark, ...]
    words: int


def draft_mail(vault: Vault, letter: Letter) -> MailDraft:
    """Make a mail of a letter, as its note is on the disk now.

    Raises ``RefusedError`` where that cannot be read, or a git conflict stands in it.
    """
    data = vault.bytes_of(letter.path)
    if data is None:
        raise RefusedError(letter.path, None, "the note cannot be read any more.")
    note = parse_note(letter.path, data)
    refuse_conflict(note)
    text = letter_text(note, read_passages(note))
    about = vault.search.debrief_of(letter.path)
    to, found = _recipient(vault, letter, about)
    subject = one_line(letter.subject)
    settings = vault.settings.letters
    sender = Mailbox(settings.name, settings.email) if settings.email else None
    mail = Mail(sender, Mailbox(to, found.address) if found.address else None, subject, text)
    return MailDraft(
        letter=letter,
        data=write_mail(mail),
        to=to,
        company=about.company if about else "",
        address=found.address,
        refused=found.refused,
        through=None if found.address or about is None else _through(vault, letter, about),
        subject=subject,
        gaps=read_gaps(note),
        words=len(text.split()),
    )


def save_mail(vault: Vault, draft: MailDraft, file: Path, *, force: bool = False) -> bool:
    """Write a mail to a file, as a whole; returns whether it was written, as equal bytes are not.

    Raises ``JobvaultError`` where another file of that name is there, unless it is to be replaced by ``force``.
    """
    target = look_at(file, root=vault.root, suffix=SUFFIX)
    if target.before == draft.data:
        return False
    if target.before is not None and not force:
        raise JobvaultError(
            f"{file} is there already, and was left as it is. Name another, or replace it with --force."
        )
    target.replace(draft.data)
    return True


def _recipient(vault: Vault, letter: Letter, about: Debrief | None) -> tuple[str, Addresses]:
    """Return whom a letter is to, and the address: of somebody who was met, else of the note that the letter links."""
    person = vault.search.addressee(letter)
    if person is not None:
        return person.name, addresses_of(person, about)
    notes = list(_person_notes(vault, letter))
    return (notes[0].name if notes else letter.to), first_address(note.email for note in notes)


def _person_notes(vault: Vault, letter: Letter) -> Iterator[PersonNote]:
    """Yield the note of somebody whom nobody has met yet, where the letter links one."""
    path = vault.search.names.resolve(letter.to_link or "", letter.path)
    for reading in vault.readings():
        if path and reading.path == path and isinstance(reading.noun, PersonNote):
            yield reading.noun


def _through(vault: Vault, letter: Letter, about: Debrief) -> Mailbox | None:
    """Return who could pass a letter on, as the view ``letters`` has it."""
    contacts = Contacts(vault.search, vault.words.vocabulary)
    person = contacts.through(about.company, vault.search.addressee(letter))
    found = addresses_of(person) if person else Addresses()
    return Mailbox(person.name, found.address) if person and found.address else None
