"""A letter has gone out: it is marked as sent, and the follow-up that asked for it is ticked, in one command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from jobvault.actions import changes
from jobvault.actions.awaited import refuse_unreadable
from jobvault.actions.clock import now
from jobvault.actions.done import Ticked, tick
from jobvault.actions.vault import load_words
from jobvault.errors import ChangedError, RefusedError, UsageError
from jobvault.model import FollowUp, Letter
from jobvault.notes.edits.properties.edit import set_property
from jobvault.notes.frontmatter import load_yaml
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.reading import read_note
from jobvault.notes.values import as_text
from jobvault.search.due import begins, day_of
from jobvault.search.letters import THANK_YOU, is_sent, kind_of
from jobvault.search.settled import Requests, Settled
from jobvault.vault.shipped import languages, read_letter_check
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

Moment = dt.date | dt.datetime
DRAFT, SENT, NEXT_ROUND = "draft", "sent", "next-round"
_TRIES = 3

Why = Literal["open", "unsure", "shared", "repeats", "paragraph", "refused"]


@dataclass(frozen=True, slots=True)
class Left:
    """A follow-up that was not ticked, and why.

    ``open``: the letter was sent before; ``unsure``: it is one of several that may be meant; ``shared``: the letters to
    ``waiting`` have not gone out yet; ``repeats``: its next one is to be made; ``paragraph``: it has no box;
    ``refused``: as ``said`` says.
    """

    item: FollowUp
    why: Why
    waiting: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter as it is now, or would be; ``line`` is that of its ``sent``, None where it has none.

    ``before`` and ``after`` are the note's bytes; ``ticked`` the follow-ups that it settled, ``left`` those that it did
    not, or may not have.
    """

    letter: Letter
    line: int | None
    before: bytes
    after: bytes
    ticked: tuple[Ticked, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the letter changed, or would."""
        return self.before != self.after


def this_moment(vault: Vault) -> Moment:
    """Return when now is: the day that was named for today, else the time in the vault's zone, to the minute."""
    if vault.today.explicit:
        return vault.today.date
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(vault.settings.timezone) if vault.settings.timezone else None
    return now().astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)


def mark_sent(vault: Vault, letter: Letter, on: Moment | None, *, dry_run: bool = False) -> Sent:
    """Mark a letter as sent, now or ``on`` another day, and tick the follow-up that asked for it.

    One that was sent before stays as it is, but for a day that is said where it has none. Raises ``UsageError`` for a
    moment that is still to come, ``RefusedError`` where it is before the interview, or the note cannot be edited
    safely. A note that changes meanwhile is read again, a few times.
    """
    _refuse_future(vault, on)
    sent = _planned(vault, letter.path, on)
    settled = _settled_by(vault, letter)
    if not sent.changed:
        return replace(sent, left=tuple(Left(item, "open") for item in settled.sure))
    ticked, refused = _ticks(vault, settled, _day(sent))
    left = (*refused, *_left(settled))
    if dry_run:
        return replace(sent, ticked=ticked, left=left)
    with changes.writing(vault):
        sent = _written(vault, letter.path, on)
        days = [(one.item, _day_of_tick(settled, one.item, _day(sent))) for one in ticked]
        ticked = tuple(one for item, day in days for one in tick(vault, [item], "done", day))
    return replace(sent, ticked=ticked, left=left)


# --- the letter -----------------------------------------------------------------------------------------------------


def _written(vault: Vault, path: str, on: Moment | None) -> Sent:
    for tries_left in reversed(range(_TRIES)):
        sent = _planned(vault, path, on)
        try:
            changes.write(vault, path, sent.before, sent.after, "jobvault letter sent")
        except ChangedError:
            if not tries_left:
                raise
        else:
            return sent
    raise AssertionError("unreachable")


def _planned(vault: Vault, path: str, on: Moment | None) -> Sent:
    """Work out the note of a letter that is marked as sent; as it is where it is marked already."""
    data = vault.bytes_of(path)
    if data is None:
        raise RefusedError(path, None, "the note cannot be read any more.")
    note = parse_note(path, data)
    there = _letter_in(vault, path, data)
    moment = on if is_sent(there) else (on or _noted(vault, there) or this_moment(vault))
    if moment is None or (is_sent(there) and there.sent is not None):
        return Sent(there, _line_of(note), data, data)
    _refuse_early(vault, there, moment)
    new = note if there.status == SENT else set_property(note, "status", _status(vault, note), vault.words)
    new = new if there.sent == moment else set_property(new, "sent", moment, vault.words)
    after = encode(new.text)
    now_there = _letter_in(vault, path, after)
    if now_there.status != SENT or now_there.sent != moment:
        raise RefusedError(path, 1, "it cannot be marked here so that it is read back.")
    return Sent(now_there, _line_of(new), data, after)


def _letter_in(vault: Vault, path: str, data: bytes) -> Letter:
    reading = read_note(path, data, vault.rules)
    if not isinstance(reading.noun, Letter):
        refuse_unreadable(reading)
        raise RefusedError(path, 1, "this is no letter any more.")
    return reading.noun


def _line_of(note: Note) -> int | None:
    found = note.front.get("sent") or note.front.get("status")
    return found.line if found else None


def _noted(vault: Vault, letter: Letter) -> Moment | None:
    """Return the day that a draft has noted already, unless that is still to come."""
    return letter.sent if letter.sent is not None and day_of(letter.sent) <= vault.today.date else None


def _status(vault: Vault, note: Note) -> str | list[str]:
    """Return the word for “sent” in the language, and the form, in which the note has “draft”; else in the vault's."""
    found = note.front.get("status")
    said = (as_text(found.value) if found else "") or ""
    known = (vault.words, *(load_words(name) for name in languages()))
    words = next((one for one in known if fold(one.write("status", DRAFT)) == fold(said)), vault.words)
    word = words.write("status", SENT)
    if said[:1].isupper() and words.write("status", DRAFT)[:1].islower():
        word = word[:1].upper() + word[1:]
    return [word] if found and isinstance(found.value, list) else word


# --- when -----------------------------------------------------------------------------------------------------------


def _refuse_future(vault: Vault, on: Moment | None) -> None:
    present = this_moment(vault)
    later = isinstance(on, dt.datetime) and isinstance(present, dt.datetime) and on > present
    if on is not None and (later or day_of(on) > vault.today.date):
        raise UsageError(f"--on: {told(on)} is still to come. Mark the letter once it is sent.")


def _refuse_early(vault: Vault, letter: Letter, moment: Moment) -> None:
    """Refuse a moment before the interview that the letter is about, unless it accepts that round."""
    about = vault.search.debrief_of(letter.path)
    if about is None or about.date is None or kind_of(letter, vault.words.vocabulary) == NEXT_ROUND:
        return
    start = begins(about)
    timed = isinstance(moment, dt.datetime) and moment.tzinfo is None and start is not None
    if day_of(moment) >= about.date and not (timed and moment < start):  # type: ignore[operator]  # both are datetimes
        return
    when = told(start) if timed and start is not None else told(about.date)
    if about.date > vault.today.date:
        why = f"the interview that it is about is still to come, on {when}. If it accepts it: `kind: {NEXT_ROUND}`."
    else:
        why = f"the interview that it is about was on {when}, after {told(moment)}."
    raise RefusedError(letter.path, None, why)


def _day(sent: Sent) -> dt.date:
    assert sent.letter.sent is not None  # noqa: S101 - a letter that is marked has a day
    return day_of(sent.letter.sent)


def told(moment: Moment) -> str:
    """Return a day or a moment as it is said: ``2026-11-25``, ``2026-11-25 18:30``."""
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, dt.datetime) else moment.isoformat()


# --- the follow-up --------------------------------------------------------------------------------------------------


def _settled_by(vault: Vault, letter: Letter) -> Settled:
    thanks = kind_of(letter, vault.words.vocabulary) == THANK_YOU
    return Requests(vault.search, vault.words, () if thanks else _little()).settled_by(letter)


def _little() -> frozenset[str]:
    """Return the words of every language that say nothing of what a text is about, folded."""
    files: list[Any] = [load_yaml(text) for text in read_letter_check()]
    return frozenset(fold(str(word)) for file in files for word in file["stop"])


def _day_of_tick(settled: Settled, item: FollowUp, day: dt.date) -> dt.date:
    """Return the day on which what asked for a letter was done: for several people, that of the last of their letters.

    The letters may be marked in another order than they went out in.
    """
    together = settled.together is not None and item.id == settled.together.id
    return max(day, settled.latest) if together and settled.latest is not None else day


def _ticks(vault: Vault, settled: Settled, day: dt.date) -> tuple[tuple[Ticked, ...], tuple[Left, ...]]:
    """Work out the ticks; one that is refused does not keep the letter from being marked."""
    ticked: list[Ticked] = []
    refused: list[Left] = []
    for item in settled.sure:
        try:
            ticked += tick(vault, [item], "done", _day_of_tick(settled, item, day), dry_run=True)
        except RefusedError as error:
            refused.append(Left(item, "refused", said=error.why))
    return tuple(ticked), tuple(refused)


def _left(settled: Settled) -> Iterator[Left]:
    for item in settled.unsure:
        yield Left(item, "unsure")
    for one in settled.shared:
        yield Left(one.item, "shared", one.waiting)
    for item in settled.by_hand:
        yield Left(item, "repeats" if item.recurring else "paragraph")
