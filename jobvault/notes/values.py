"""What a property's value may stand for: YAML gives what was written, the vault is more tolerant.

A scalar is accepted where a list is expected and the other way round, a link where a name is expected, a date in
quotes; null says nothing.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from jobvault.notes.scalars import Value

_LINK = re.compile(r"\[\[(?P<inside>[^\[\]]*)\]\]")
_DATE = re.compile(r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+(?:Z|[-+][0-9:]+)?)?")
_TIME = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ])?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?",
    re.IGNORECASE,
)
_INTEGER = re.compile(r"(?P<digits>[-+]?[0-9]{1,15})(?:\.0*)?(?: ?%)?")
_NOON = 12


def as_text(value: Value) -> str | None:
    """Return a value as one text; None where it says nothing.

    Numbers, truth values and dates are written as YAML would; several values are joined with commas; what YAML took
    for a list in a list was a wikilink without quotes.

    >>> as_text(120000), as_text([["Dana Reyes"]]), as_text(["", None])
    ('120000', '[[Dana Reyes]]', None)
    """
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, dict)):
        return ", ".join(as_list(value)) or None
    return None if value is None else str(value)


def as_list(value: Value) -> tuple[str, ...]:
    """Return a value as texts, a single one as a list of one, what says nothing left out."""
    if isinstance(value, dict):
        return tuple(f"{as_text(key) or ''}: {as_text(item) or ''}".strip() for key, item in value.items())
    if not isinstance(value, list):
        text = as_text(value)
        return () if text is None else (text,)
    if (link := _bare_link(value)) is not None:
        return (link,)
    return tuple(text for item in value for text in as_list(item))


def _bare_link(value: list[Value]) -> str | None:
    """Return the wikilink that was written without quotes, so that YAML made it a list in a list."""
    if len(value) != 1 or not isinstance(value[0], list) or any(isinstance(item, list) for item in value[0]):
        return None
    text = ", ".join(as_list(value[0]))
    return f"[[{text}]]" if text else None


def as_date(value: Value) -> date | None:
    """Return the day that a date, a datetime, an ISO text or a link to a daily note names."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value) or ""
    if link := _LINK.fullmatch(text):
        text = re.split(r"[|#]", link["inside"], maxsplit=1)[0].rpartition("/")[2].strip()
    found = _DATE.fullmatch(text)
    try:
        return date.fromisoformat(found["date"]) if found else None
    except ValueError:
        return None


def as_time(value: Value) -> time | None:
    """Return the time of day in ``14:30``, ``14:30:00``, ``2:30 pm`` or a datetime.

    A number is none: what a YAML 1.1 tool made of ``14:30`` could as well be something else.
    """
    if isinstance(value, datetime):
        return value.time()
    found = _TIME.fullmatch(as_text(value) or "") if isinstance(value, (str, list)) else None
    if found is None or not (found["minute"] or found["half"]):
        return None
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if half := found["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half in "pP" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def as_int(value: Value) -> int | None:
    """Return a whole number; ``70%`` is 70, and a truth value is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    found = _INTEGER.fullmatch(as_text(value) or "")
    return int(found["digits"]) if found else None
