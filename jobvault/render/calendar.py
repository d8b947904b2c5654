"""Events → an iCalendar file (RFC 5545): the same events, the same bytes.

Times are written in UTC, so that no program has to know our time zone. Nothing in the file tells when it was made:

- ``DTSTAMP``, which an event must have (3.6.1), is the midnight of its own day. It should say when the event was last
  revised, which no note knows; a clock, or the date of a file, would be another with each run or device. As it is, an
  event that is put off has a later stamp than before, as a revision should (3.8.7.2).
- ``UID`` follows from the event's note, and from a follow-up's id, so a calendar that has the event moves it.
- ``SEQUENCE``, ``CREATED`` and ``LAST-MODIFIED`` are left out, as all of them would be made up.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from jobvault.model import CHAT, TAKE_HOME
from jobvault.notes.inline import plain
from jobvault.render.pieces import clean
from jobvault.search.events import Event
from jobvault.search.names import stem_of
from jobvault.words import Words

if TYPE_CHECKING:
    import icalendar

PRODUCT = "-//jobvault//jobvault//EN"
"""What says that a calendar is ours; without a version, so that no update changes a byte."""
ToUtc = Callable[[dt.datetime], dt.datetime | None]
"""A time on the wall, in the vault's time zone, → the same moment in UTC; None where there is none."""

_SPACE = UUID("5c1c7f0e-8a3d-4f0b-9e55-0d6f3b8f2a71")
"""Drawn by lot: the UIDs of the same note in any other program are others."""
_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)
_EVENING = dt.time(19)
_MORNING = dt.timedelta(hours=9)
_LONGEST = 2_000
"""Characters of one text; nobody reads more in a calendar."""


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """How events are written: in whose words, in which time zone, with alarms or without."""

    words: Words
    to_utc: ToUtc
    alarms: bool = True


def calendar_bytes(events: Iterable[Event], rules: CalendarRules) -> bytes:
    """Return a calendar with some events, in their order."""
    from icalendar import Calendar

    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", rules.words.text("calendar.name"))
    for event in events:
        made.add_component(_component(event, rules))
    data: bytes = made.to_ical(sorted=False)
    return data


def is_ours(data: bytes) -> bool:
    """Whether the beginning of a file is that of a calendar that was written here."""
    head = data[:500].splitlines()
    return head[:1] == [b"BEGIN:VCALENDAR"] and f"PRODID:{PRODUCT}".encode() in head


def uid(event: Event) -> str:
    """Return what names an event in every calendar; the same on every device, however it spells accents in names."""
    name = "\n".join((event.kind, unicodedata.normalize("NFC", event.path), event.id))
    return str(uuid5(_SPACE, name.encode("utf-8", "replace").decode()))


def _component(event: Event, rules: CalendarRules) -> icalendar.Event:
    from icalendar import Event as Component

    start = _start(event, rules)
    made = Component()
    made.add("uid", uid(event))
    made.add("dtstamp", dt.datetime.combine(event.day, dt.time.min, dt.UTC))
    made.add("dtstart", start or event.day)
    if end := _end(start or event.day):
        made.add("dtend", end)
    made.add("summary", summary(event, rules.words))
    if about := "\n".join(_description(event, rules.words)):
        made.add("description", about)
    made.add("class", "PRIVATE")
    made.add("transp", "OPAQUE" if start and not event.cancelled else "TRANSPARENT")
    if event.kind == "interview":
        made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    for before in _alarms(event, start, rules) if rules.alarms and event.rings else ():
        made.add_component(_alarm(before, summary(event, rules.words)))
    return made


# --- when -------------------------------------------------------------------------------------------------------------


def _start(event: Event, rules: CalendarRules) -> dt.datetime | None:
    """Return the moment at which an event begins; None where only its day is known."""
    return None if event.time is None else rules.to_utc(dt.datetime.combine(event.day, event.time.replace(tzinfo=None)))


def _end(start: dt.date) -> dt.date | None:
    """Return when an event ends: a day has one of its own, a moment lasts an hour; None at the end of all days."""
    try:
        return start + (_HOUR if isinstance(start, dt.datetime) else _DAY)
    except OverflowError:
        return None


def _alarms(event: Event, start: dt.datetime | None, rules: CalendarRules) -> Iterator[dt.timedelta]:
    """Yield when an event rings, as seen from its start; that of a day is its midnight."""
    if event.kind != "interview":
        yield _MORNING
        return
    yield _evening_before(event, start, rules)
    if start:
        yield -_HOUR


def _evening_before(event: Event, start: dt.datetime | None, rules: CalendarRules) -> dt.timedelta:
    """Return how far the evening before is from the start: an hour more or less where clocks change in between."""
    evening = None
    if start and event.day > dt.date.min:
        evening = rules.to_utc(dt.datetime.combine(event.day - _DAY, _EVENING))
    return evening - start if start and evening else dt.timedelta(hours=_EVENING.hour) - _DAY


def _alarm(before: dt.timedelta, text: str) -> icalendar.Alarm:
    from icalendar import Alarm

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", text)
    made.add("trigger", before)
    return made


# --- in which words ---------------------------------------------------------------------------------------------------


def summary(event: Event, words: Words) -> str:
    """Return what stands in a calendar for an event: ``Interview: Acme · panel``, ``Send the portfolio · Acme``."""
    if event.kind != "interview":
        return " · ".join(filter(None, (_line(_owed(event, words)), _line(event.company))))
    company = _line(event.company) or words.text("no-company")
    what = " · ".join(filter(None, (company, _line(words.say("round", event.round)))))
    if event.cancelled:
        return words.text("calendar.cancelled", what=what)
    says_itself = event.round in (CHAT, TAKE_HOME) or event.format == TAKE_HOME
    return what if says_itself else words.text("calendar.interview", what=what)


def _owed(event: Event, words: Words) -> str:
    """Return what is owed: a follow-up's words, or whom a letter is to thank, or that it asks."""
    if event.kind == "follow-up":
        return plain(event.text)
    names = ", ".join(_line(name) for name in event.people)
    return words.text(f"calendar.{event.id}", names=names)


def _description(event: Event, words: Words) -> Iterator[str]:
    """Yield what one wants to know, a line each, and last the name of the note in which there is more."""
    unnamed = (words.text("people.unnamed", n=event.unnamed),) if event.unnamed else ()
    told = {
        "company": event.company,
        "role": event.role,
        "round": words.say("round", event.round),
        "format": words.say("format", event.format),
        "people": ", ".join((*event.people, *unnamed)),
        "note": stem_of(event.path),
    }
    for name, text in told.items():
        if line := _line(text):
            yield f"{words.text(f'calendar.{name}')}: {line}"


def _line(text: str) -> str:
    """Return a text as one line without what nobody sees, so that no program can take it for more than words."""
    line = clean(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
