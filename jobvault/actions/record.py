"""Keep what was said: in the debrief that is there, or a new one; where it cannot be, in a file of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.actions.answers import Answers
from jobvault.actions.clock import now
from jobvault.actions.debrief_text import guest_text, thanks_texts
from jobvault.actions.fill import Tally, fill
from jobvault.actions.room import Room, same_person, with_guests
from jobvault.actions.scaffold import Request, Scaffold, create, plan
from jobvault.errors import ChangedError, RefusedError
from jobvault.model import Debrief
from jobvault.notes.edits.items import add_item
from jobvault.notes.note import Note, encode, parse_note
from jobvault.vault.places import state_dir

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was said, in a note: ``old`` is None for a new one."""

    path: str
    old: bytes | None
    new: bytes
    tally: Tally


def record(vault: Vault, request: Request, there: Debrief | None, room: Room, answers: Answers) -> Recorded:
    """Write what was said into the debrief that is there, else into a new one; raises where nothing can be written.

    The debrief on the disk is taken as it is now. Where it cannot take the words, no second one of the same interview
    is made: ``RefusedError``.
    """
    if there is None:
        return _created(vault, planned(vault, request, None, room, answers))
    with changes.writing(vault):
        return _changed(vault, request, there, room, answers)


def planned(vault: Vault, request: Request, there: Debrief | None, room: Room, answers: Answers) -> Recorded:
    """Work out the note with what was said; writes nothing. Raises ``RefusedError`` where it cannot take the words.

    Who was named on the command line counts as said.
    """
    room = with_guests(room, request.guests)
    path, old, data = _as_it_is(vault, there) if there else _laid_down(vault, request, room)
    note, tally = fill(parse_note(path, data), room, answers, vault.words, lambda one: guest_text(vault, one.guest))
    if there is not None:
        note = _with_thanks(vault, note, request, there, room)
    return Recorded(path, old, encode(note.text), tally)


def rescue(answers: Answers) -> Path:
    """Write what was said into a file of its own, outside of the vault; returns where."""
    place = state_dir() / "answers" / f"{now():%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o600)
    place.write_text(transcript(answers), encoding="utf-8", errors="replace")
    return place


def transcript(answers: Answers) -> str:
    """Return what was said as a text, question by question."""
    said = [(one.name, getattr(answers, one.name)) for one in fields(answers)]
    return "\n\n".join("\n".join((f"[{name}]", *lines)) for name, lines in said if lines) + "\n"


def _as_it_is(vault: Vault, there: Debrief) -> tuple[str, bytes | None, bytes]:
    data = vault.bytes_of(there.path)
    if data is None:
        raise RefusedError(there.path, None, "the note cannot be read any more.")
    return there.path, data, data


def _laid_down(vault: Vault, request: Request, room: Room) -> tuple[str, bytes | None, bytes]:
    named = tuple(one.guest for one in room.people if one.guest.name != "?")
    scaffold = plan(vault, replace(request, guests=named))
    return scaffold.path, None, scaffold.text.encode("utf-8")


def _created(vault: Vault, recorded: Recorded) -> Recorded:
    create(vault, Scaffold(recorded.path, recorded.new.decode("utf-8")))
    return recorded


def _changed(vault: Vault, request: Request, there: Debrief, room: Room, answers: Answers) -> Recorded:
    for tries_left in reversed(range(_TRIES)):
        recorded = planned(vault, request, there, room, answers)
        assert recorded.old is not None  # noqa: S101 - it was there
        try:
            changes.write(vault, recorded.path, recorded.old, recorded.new, "jobvault new --ask")
        except ChangedError:
            if not tries_left:
                raise
        else:
            return recorded
    raise AssertionError("unreachable")


def _with_thanks(vault: Vault, note: Note, request: Request, there: Debrief, room: Room) -> Note:
    """Add the thank-you tasks of those who were not in the debrief before, as a new one has them."""
    before = [met.name for met in there.people if met.name]
    new = tuple(one.guest for one in room.people if one.guest.name != "?" and not same_person(one.guest.name, before))
    if there.date is None or not new:
        return note
    asked = replace(request, on=there.date, round=there.round, format=there.format, guests=new)
    for text in thanks_texts(vault, asked):
        note = add_item(note, "follow-ups", [text], vault.words, box=" ")
    return note
