"""The answer came: write it into the debrief of its round, and find what is no longer needed then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.actions.awaited import BEFOREHAND, WAITING, refuse_unreadable, rounds_to_come
from jobvault.actions.standing import standing
from jobvault.errors import ChangedError, RefusedError, UsageError
from jobvault.model import CLOSING_OUTCOMES, OUTCOMES, Application, Debrief, FollowUp
from jobvault.notes.edits.items import add_items
from jobvault.notes.edits.literal import literal, one_line
from jobvault.notes.edits.properties.edit import set_property
from jobvault.notes.lines import split_lines
from jobvault.notes.near import nearest
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.reading import Reading, read_note, understand
from jobvault.search.search import Search
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

ANSWERS = tuple(outcome for outcome in OUTCOMES if outcome != "waiting")
_FINAL = CLOSING_OUTCOMES | {"offer"}
_TRIES = 3
_LONGEST_OUTCOME = 3
"""Words of an outcome in any language: ``eine Runde weiter``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and when; ``on`` is None where nobody said a day. ``feedback`` is what they said, as it was given."""

    outcome: str
    on: dt.date | None = None
    feedback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A line of feedback: where it stands now, and whether it was added."""

    text: str
    line: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A round with its answer, as the note says it now, or would.

    ``replaced`` is another answer that stood there, or empty; ``before`` and ``after`` are the note's bytes, ``line``
    that of the outcome. ``needless`` are the pending follow-ups of what came to an end, ``application`` the open
    application that does not say so yet, ``to_come`` the later rounds that are still in the notes.
    """

    debrief: Debrief
    line: int
    replaced: str
    feedback: tuple[Said, ...]
    before: bytes
    after: bytes
    needless: tuple[FollowUp, ...] = ()
    application: Application | None = None
    to_come: tuple[Debrief, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the note changed, or would."""
        return self.before != self.after


def told_apart(vault: Vault, words: Sequence[str]) -> tuple[str, str]:
    """Part the words of a line into those that name the round, and the outcome at their end.

    The outcome may be one of several words (``no reply``), in any language there is. Raises ``UsageError`` where the
    last words are none, with the one that was probably meant.
    """
    said = " ".join(words).split()
    known = vault.words.vocabulary.outcomes
    for count in range(min(_LONGEST_OUTCOME, len(said)), 0, -1):
        outcome = known.get(fold(" ".join(said[-count:])))
        if outcome == "waiting":
            raise UsageError(f"“{' '.join(said[-count:])}” is no answer yet. `jobvault undo` takes back the last one.")
        if outcome is not None:
            return " ".join(said[:-count]), outcome
    near = next((near for count in (1, 2) if (near := nearest(" ".join(said[-count:]), _answers(vault)))), None)
    hint = f" Did you mean “{near}”?" if near else ""
    listed = ", ".join(vault.words.write("outcome", outcome) for outcome in ANSWERS)
    raise UsageError(f"“{said[-1] if said else ''}” is no answer.{hint} Say last what came: {listed}.")


def _answers(vault: Vault) -> list[str]:
    return [word for word, outcome in vault.words.vocabulary.outcomes.items() if outcome in ANSWERS]


# --- writing --------------------------------------------------------------------------------------------------------


def hear(vault: Vault, debrief: Debrief, answer: Answer, *, dry_run: bool = False) -> Heard:
    """Write an answer into the debrief of its round: outcome, day and feedback, in one edit.

    What stands there already is not written again; the day that stands there stays unless another one is said. Raises
    ``UsageError`` for a day or words that cannot be, ``RefusedError`` where it came before the interview or the note
    cannot be edited safely. A note that changes meanwhile is read again, a few times.
    """
    _refuse_impossible(vault, answer)
    heard = _heard(vault, debrief, answer)
    if dry_run or not heard.changed:
        return heard
    with changes.writing(vault):
        for tries_left in reversed(range(_TRIES)):
            heard = _heard(vault, debrief, answer)
            try:
                changes.write(vault, debrief.path, heard.before, heard.after, f"jobvault heard: {answer.outcome}")
            except ChangedError:
                if not tries_left:
                    raise
            else:
                return heard
    raise AssertionError("unreachable")


def _refuse_impossible(vault: Vault, answer: Answer) -> None:
    if answer.on is not None and answer.on > vault.today.date:
        raise UsageError(f"--on: {answer.on} is still to come. Note the answer when it is there.")
    if not all(literal(text) for text in answer.feedback):
        raise UsageError("--feedback: there are no words to write.")


def _heard(vault: Vault, debrief: Debrief, answer: Answer) -> Heard:
    """Work out the note with the answer in it, and what follows from it."""
    data = vault.bytes_of(debrief.path)
    if data is None:
        raise RefusedError(debrief.path, None, "the note cannot be read any more.")
    note = parse_note(debrief.path, data)
    there = _read(vault, note)
    _refuse_too_early(there, answer, vault.today.date)
    new, feedback = _with_feedback(vault, _with_outcome(vault, note, there, answer), answer.feedback)
    reading = read_note(debrief.path, encode(new.text), vault.rules)
    now = reading.noun
    found = new.front.get("outcome")
    if not isinstance(now, Debrief) or now.outcome != answer.outcome or found is None:
        raise RefusedError(debrief.path, 1, "the answer cannot be written here so that it is read back.")
    replaced = there.outcome if there.outcome not in (*WAITING, answer.outcome) else ""
    after = vault.joined([reading if one.path == debrief.path else one for one in vault.readings()])
    return Heard(
        after.debrief_of(debrief.path) or now,
        found.line,
        replaced,
        feedback,
        data,
        encode(new.text),
        needless=needless(after, debrief.path),
        application=_open_application(after, debrief.path, answer.outcome),
        to_come=rounds_to_come(vault, debrief, vault.today.date) if answer.outcome in CLOSING_OUTCOMES else (),
    )


def _read(vault: Vault, note: Note) -> Debrief:
    return _debrief_in(understand(note, vault.rules))


def _debrief_in(reading: Reading) -> Debrief:
    if not isinstance(reading.noun, Debrief):
        refuse_unreadable(reading)
        raise RefusedError(reading.path, 1, "this is no debrief any more.")
    return reading.noun


def _refuse_too_early(debrief: Debrief, answer: Answer, today: dt.date) -> None:
    """Refuse an answer before its interview, unless the interview will not be."""
    if debrief.date is None or debrief.date <= (answer.on or today) or answer.outcome in BEFOREHAND:
        return
    if debrief.date <= today:
        raise RefusedError(debrief.path, None, f"the interview was on {debrief.date}, after {answer.on}.")
    raise RefusedError(
        debrief.path,
        None,
        f"the interview is on {debrief.date}, still to come. If it will not be, say `cancelled`, or `withdrawn` where "
        "that was you; if the answer is about another round, name that.",
    )


def _with_outcome(vault: Vault, note: Note, there: Debrief, answer: Answer) -> Note:
    if there.outcome != answer.outcome:
        note = set_property(note, "outcome", vault.words.write("outcome", answer.outcome), vault.words)
    day = answer.on or (there.heard if there.outcome == answer.outcome else None) or vault.today.date
    return note if there.heard == day else set_property(note, "heard", day, vault.words)


def _with_feedback(vault: Vault, note: Note, texts: Sequence[str]) -> tuple[Note, tuple[Said, ...]]:
    """Add what they said, each once, behind what stands in the section."""
    reading = understand(note, vault.rules)
    _debrief_in(reading)
    said = {literal(text): one_line(text) for text in texts}  # it stands there as it was written, not as it was typed
    lacking = [text for text in said if standing(reading, "feedback", "", text) is None]
    new = add_items(note, "feedback", [[text] for text in lacking], vault.words) if lacking else note
    now = understand(new, vault.rules)
    return new, tuple(Said(said[text], _line_of(new, now, text), text in lacking) for text in said)


def _line_of(note: Note, reading: Reading, text: str) -> int:
    """Return the line of what they said, also where it is read as something else than feedback."""
    found = standing(reading, "feedback", "", text)
    if found is not None:
        return found
    rows = list(enumerate(split_lines(note.text), 1))
    return next((number for number, row in reversed(rows) if text in row), 1)


# --- what follows from it ---------------------------------------------------------------------------------------------


def needless(search: Search, path: str) -> tuple[FollowUp, ...]:
    """Return the pending follow-ups of a round that was cancelled, or of all rounds of a process that has ended."""
    about, process = search.debrief_of(path), search.process_of(path)
    pending = [item for item in search.follow_ups if item.status in ("open", "in-progress")]
    if process is not None and process.closed:
        return tuple(item for item in pending if search.process_of(item.path) == process)
    if about is not None and about.outcome == "cancelled":
        return tuple(item for item in pending if search.debrief_of(item.path) == about)
    return ()


def _open_application(search: Search, path: str, outcome: str) -> Application | None:
    """Return the application that still says it is open, where the answer is the last one."""
    process = search.process_of(path)
    found = process.application if process else None
    said = ("", "open") if outcome == "offer" else ("", "open", "offer")
    return found if found and outcome in _FINAL and found.outcome in said and found.closed is None else None
