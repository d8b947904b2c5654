"""An invitation to an interview, as a calendar writes it: bytes of an ``.ics`` → what it says.

The only reader with icalendar: the grammar of lines and parameters (RFC 5545, RFC 6868), the time zones that Windows
has names for (Unicode CLDR), and rules of time zones that a file brings along are its work. What it is given is bounded
first, as a file comes from anybody.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from jobvault.notes.calendar_lines import Block, calendar_lines
from jobvault.notes.html_words import is_html, words_of_html

MOST_BYTES = 5_000_000
"""Bytes of a file that are read; an invitation with a letterhead in it has some hundred thousand."""
MOST_EVENTS = 200
_MOST_GUESTS = 300
_MOST_VALUE = 60_000
_MOST_NAME = 120
_MOST_LINE = 300
"""Characters of a title, a place or a zone's name that are read."""
_YEARS = range(1970, 2101)
"""Years of which an interview may be; others are a slip, or stand for “some day”."""
_MOST_ZONE_LINES = 600

Wrong = Literal["", "too-big", "no-calendar", "cut-off", "no-event", "too-many"]
_ONE = ("SUMMARY", "DESCRIPTION", "LOCATION", "DTSTART", "UID", "STATUS", "RRULE", "RECURRENCE-ID", "ORGANIZER", "URL")
_LINKS = (
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "CONFERENCE",
)
_OTHERS = ("X-ALT-DESC", "X-MICROSOFT-CDO-ALLDAYEVENT")
_SEVERAL = frozenset({"ATTENDEE", "CONFERENCE", "RDATE"})
_WANTED = frozenset({*_ONE, *_LINKS, *_OTHERS, *_SEVERAL})

_NAME = re.compile(r"[A-Za-z0-9-]+")
_START = re.compile(r"(?P<day>\d{8})(?:T(?P<time>\d{4}(?:\d{2})?)(?P<utc>Z)?)?")
_ADDRESS = re.compile(r"[^@\s<>,;:\"'()\[\]\\]+@[^@\s<>,;:\"'()\[\]\\]+\.[^@\s<>,;:\"'()\[\]\\.]+")
_URL = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_AROUND_URL = ".,;:!?)]}'…"
_YEARLY = re.compile(
    r"RRULE:(?=.*FREQ=YEARLY)(?:FREQ=YEARLY|UNTIL=[0-9TZ]+|COUNT=\d{1,3}|INTERVAL=\d{1,2}|WKST=\w\w|BYMONTH=\d{1,2}"
    r"|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=-?\d{1,2}(?:,-?\d{1,2}){0,8}|;)+",
    re.IGNORECASE,
)
"""The rules that clock changes follow. Others could go on for hours."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody an invitation names: ``name`` and ``email`` as they stand there, either may be empty.

    ``kind`` is ``INDIVIDUAL``, ``ROOM``, ``RESOURCE``, ``GROUP`` or ``UNKNOWN``, ``role`` and ``answer`` are as
    RFC 5545 has them (``NON-PARTICIPANT``; ``ACCEPTED``, ``NEEDS-ACTION``).
    """

    name: str = ""
    email: str = ""
    kind: str = "INDIVIDUAL"
    role: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One event of a calendar file. Texts are without control and bidi characters; ``description`` has lines.

    ``starts`` is a date (all day), a time without a zone (of wherever one is), or one with its zone. ``zone`` is the
    zone's name, IANA's where there is one; ``zone_known`` is False where a name says nothing. ``links`` are addresses
    that lead to a meeting or may, likeliest first: the calendar's own before those in the description.
    """

    starts: dt.date | dt.datetime
    summary: str = ""
    description: str = ""
    location: str = ""
    links: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    """Those of ``links`` that the calendar itself says lead to the meeting."""
    organizer: Guest | None = None
    guests: tuple[Guest, ...] = ()
    cancelled: bool = False
    series: bool = False
    zone: str = ""
    zone_known: bool = True
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Invitations:
    """What a file holds, in order of time; or what is ``wrong`` with it, and then nothing. ``events`` counts them."""

    found: tuple[Invitation, ...] = ()
    wrong: Wrong = ""
    events: int = 0


def read_invitations(data: bytes) -> Invitations:
    """Read a calendar file. Takes any bytes, and never raises."""
    if len(data) > MOST_BYTES:
        return Invitations(wrong="too-big")
    lines = calendar_lines(data)
    if not lines.is_calendar:
        return Invitations(wrong="no-calendar")
    if len(lines.events) > MOST_EVENTS:
        return Invitations(wrong="too-many", events=len(lines.events))
    zones = _Zones(lines.zones)
    read = [one for block in lines.events if (one := _invitation(block, zones)) is not None]
    if not read:
        return Invitations(wrong="no-event" if lines.whole else "cut-off")
    if not lines.whole:
        return Invitations(wrong="cut-off")
    found = {(one.uid or str(place), _when(one)): one for place, one in enumerate(read)}
    return Invitations(tuple(sorted(found.values(), key=_when)), events=len(found))


def _when(invitation: Invitation) -> tuple[str, str]:
    starts = invitation.starts
    if isinstance(starts, dt.datetime) and starts.tzinfo is not None:
        try:
            starts = starts.astimezone(dt.UTC)
        except (OverflowError, ValueError):
            starts = starts.replace(tzinfo=None)
    return (starts.isoformat(), invitation.summary)


@dataclass(frozen=True, slots=True)
class _Value:
    """A property: its parameters, by their names in capitals, and its value, with escapes resolved."""

    params: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


_Values = Mapping[str, Sequence[_Value]]


def _invitation(block: Block, zones: _Zones) -> Invitation | None:
    """Read an event; None for one that has no start."""
    values = _values(block.lines)
    starts = _starts(values, zones)
    if starts is None:
        return None
    description = _description(values)
    location = _one_line(_text(values, "LOCATION"))[:_MOST_LINE]
    links = tuple(dict.fromkeys(url for name in _LINKS for value in values.get(name, ()) for url in _urls(value.text)))
    here = tuple(_urls(location))
    others = (*here, *_urls(_text(values, "URL")), *_urls(description))
    written = _one_line(_first(values, "DTSTART").params.get("TZID", ""))[:_MOST_LINE]
    zone = str(getattr(getattr(starts, "tzinfo", None), "key", written))
    return Invitation(
        starts=starts,
        summary=_one_line(_text(values, "SUMMARY"))[:_MOST_LINE],
        description=description,
        location=location,
        links=tuple(dict.fromkeys((*links, *others))),
        linked=tuple(dict.fromkeys((*links, *here))),
        organizer=next((_guest(value) for value in values.get("ORGANIZER", ())), None),
        guests=tuple(map(_guest, values.get("ATTENDEE", ())[:_MOST_GUESTS])),
        cancelled=block.method == "CANCEL" or _text(values, "STATUS").strip().upper() == "CANCELLED",
        series=any(values.get(name) for name in ("RRULE", "RDATE", "RECURRENCE-ID")),
        zone=zone,
        zone_known=not zone or not isinstance(starts, dt.datetime) or starts.tzinfo is not None,
        uid=_one_line(_text(values, "UID")),
    )


def _values(lines: Sequence[str]) -> dict[str, list[_Value]]:
    """Read the properties that matter; a line that is none is left out. Of those that stand once, the first counts."""
    from icalendar.parser import Contentline

    parse: Any = Contentline  # its constructor has no types
    found: dict[str, list[_Value]] = {}
    for line in lines:
        name = (start := _NAME.match(line)) and start[0].upper()
        if not name or name not in _WANTED or (name in found and name not in _SEVERAL):
            continue
        try:
            _, params, text = parse(line[:_MOST_VALUE]).parts()
        except ValueError:
            continue
        named = {str(key).upper(): _param(value) for key, value in params.items()}
        found.setdefault(name, []).append(_Value(named, str(text)))
    return found


def _param(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _first(values: _Values, name: str) -> _Value:
    return next(iter(values.get(name, ())), _Value())


def _text(values: _Values, name: str) -> str:
    return _first(values, name).text


def _description(values: _Values) -> str:
    """Return what is said of the event, as words: that in HTML only where there is no other."""
    text = _text(values, "DESCRIPTION")
    if not text.strip():
        text = _text(values, "X-ALT-DESC")
    text = words_of_html(text) if is_html(text) else text
    return "\n".join(line for part in text.split("\n") if (line := _one_line(part)))


def _guest(value: _Value) -> Guest:
    params = value.params
    written = params.get("EMAIL", "") or value.text
    address = _ADDRESS.fullmatch(_visible(re.sub(r"(?i)^mailto:", "", written.strip())).strip())
    return Guest(
        name=_one_line(params.get("CN", ""))[:_MOST_NAME].strip(),
        email=address[0] if address and len(address[0]) <= _MOST_NAME else "",
        kind=params.get("CUTYPE", "").upper() or "INDIVIDUAL",
        role=params.get("ROLE", "").upper(),
        answer=params.get("PARTSTAT", "").upper(),
    )


def _urls(text: str) -> list[str]:
    """Return the addresses of pages in a text, without what ends a sentence behind them."""
    return [found.rstrip(_AROUND_URL) for found in _URL.findall(text)]


def _one_line(text: str) -> str:
    return " ".join(_visible(text).split())


def _visible(text: str) -> str:
    """Return a text without characters that steer what shows it; line ends and tabs become blanks."""
    spaced = (" " if char.isspace() else char for char in text)
    return "".join(char for char in spaced if char in "\u200c\u200d" or unicodedata.category(char) not in _STEERING)


_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


# --- when -------------------------------------------------------------------------------------------------------------


def _starts(values: _Values, zones: _Zones) -> dt.date | dt.datetime | None:
    """Read when it starts; None where that is missing, or no moment."""
    value = _first(values, "DTSTART")
    written = _START.fullmatch(value.text.strip().replace("-", "").replace(":", "").upper())
    if written is None:
        return None
    try:
        day = dt.datetime.strptime(written["day"], "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
        if day.year not in _YEARS:
            return None
        if not written["time"] or _text(values, "X-MICROSOFT-CDO-ALLDAYEVENT").strip().upper() == "TRUE":
            return day
        clock = dt.time(int(written["time"][:2]), int(written["time"][2:4]))
    except ValueError:
        return None
    zone = dt.UTC if written["utc"] else zones.named(value.params.get("TZID", ""))
    return dt.datetime.combine(day, clock, zone)


@dataclass(frozen=True, slots=True)
class _Zones:
    """Time zones, by the names that a file has for them; ``brought`` are the rules that it brings along."""

    brought: Sequence[Block]

    def named(self, name: str) -> dt.tzinfo | None:
        """Return a zone by its IANA name, also at the end of a path; by its name in Windows; or by the file's rules."""
        name = name.strip().strip('"').strip()
        if not name:
            return None
        parts = name.split("/")
        ends = ("/".join(parts[-count:]) for count in (3, 2) if len(parts) > count)
        for candidate in (name, *ends, _windows_zone(name)):
            if (zone := _iana(candidate)) is not None:
                return zone
        return self._by_rules(name)

    def _by_rules(self, name: str) -> dt.tzinfo | None:
        from icalendar import Timezone

        for block in self.brought:
            rules = [line for line in block.lines if not line.upper().startswith("RRULE") or _YEARLY.fullmatch(line)]
            if not any(line.upper().startswith("TZID") and line.partition(":")[2].strip() == name for line in rules):
                continue
            if len(rules) > _MOST_ZONE_LINES:
                return None
            text = "\r\n".join(("BEGIN:VTIMEZONE", *rules, "END:VTIMEZONE", ""))
            try:
                made: Any = Timezone.from_ical(text)
                zone = made.to_tz(lookup_tzid=False)
                dt.datetime(2026, 1, 1, tzinfo=zone).utcoffset()
            except Exception:  # noqa: BLE001 - rules from anybody's file: whatever is wrong with them, they say nothing
                return None
            return zone if isinstance(zone, dt.tzinfo) else None
        return None


def _windows_zone(name: str) -> str:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return str(WINDOWS_TO_OLSON.get(name, ""))


def _iana(name: str) -> dt.tzinfo | None:
    from zoneinfo import ZoneInfo

    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}", name) or name.lower() == "localtime":
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
