"""When something is due: thanks some hours after an interview, a question some working days after a silence.

The defaults are what career advisers say (docs/letters.md). Working days are Monday to Friday; holidays are not known.
Days beyond the calendar end with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jobvault.model import Debrief
from jobvault.settings import LetterSettings

_WEEK, _WORKING, _FRIDAY = 7, 5, 4
_HOUR = dt.timedelta(hours=1)


def working_day(day: dt.date, count: int) -> dt.date:
    """Return the working day that lies so many of them after a day, or before it where ``count`` is below 0.

    A weekend counts as the Friday before it on the way ahead, and as the Monday after it on the way back. With 0 it is
    the day itself, or the Monday after.

    >>> str(working_day(dt.date(2026, 11, 27), 1)), str(working_day(dt.date(2026, 11, 30), -1))
    ('2026-11-30', '2026-11-27')
    """
    weekday = day.weekday()
    to_monday = _WEEK - weekday if weekday > _FRIDAY else 0
    if count > 0:
        weeks, rest = divmod(count, _WORKING)
        start = min(weekday, _FRIDAY)
        over = 2 if start + rest > _FRIDAY else 0
        return _shifted(day, start - weekday + weeks * _WEEK + rest + over)
    weeks, rest = divmod(-count, _WORKING)
    start = 0 if to_monday else weekday
    over = 2 if rest > start else 0
    return _shifted(day, to_monday - weeks * _WEEK - rest - over)


def thanks_due(debrief: Debrief, settings: LetterSettings) -> dt.date | None:
    """Return the day by which thanks for an interview are due; None where it has no day."""
    if debrief.date is None:
        return None
    hours = settings.thanks_hours + (debrief.time.hour + debrief.time.minute / 60 if debrief.time else 0)
    return _shifted(debrief.date, int(hours // 24))


def check_in_due(debrief: Debrief, asked: Sequence[dt.date], settings: LetterSettings) -> dt.date | None:
    """Return the day on which to ask where things stand; ``asked`` are the days on which that was done since the round.

    It is counted from the promised day, else from the round; once asked, from the last time, but never before a day
    that was promised has passed. None where there is no day to count from.
    """
    promised = working_day(debrief.hear_by, settings.promise_days) if debrief.hear_by else None
    since = max(asked, default=None if promised else debrief.date)
    silent = working_day(since, settings.silence_days) if since else None
    return max((day for day in (promised, silent) if day), default=None)


def day_of(moment: dt.date | dt.datetime) -> dt.date:
    """Return the day of a day, or of a moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def hours_after(debrief: Debrief, sent: dt.date | dt.datetime | None) -> float | None:
    """Return how many hours after the beginning of an interview something was sent, where both are known to the minute.

    A moment with a zone of its own is not compared: the interview's is not known here.
    """
    start = begins(debrief)
    if start is None or not isinstance(sent, dt.datetime) or sent.tzinfo is not None:
        return None
    return (sent - start) / _HOUR


def days_after(debrief: Debrief, sent: dt.date | dt.datetime | None) -> int | None:
    """Return how many days after an interview something was sent; below 0 where it was before."""
    return None if debrief.date is None or sent is None else (day_of(sent) - debrief.date).days


def is_late(debrief: Debrief, sent: dt.date | dt.datetime | None, settings: LetterSettings) -> bool:
    """Whether thanks were sent later than they were due: by the hour where that is known, else by the day."""
    hours, due = hours_after(debrief, sent), thanks_due(debrief, settings)
    if hours is not None:
        return hours > settings.thanks_hours
    return sent is not None and due is not None and day_of(sent) > due


def begins(debrief: Debrief) -> dt.datetime | None:
    """Return when an interview began, where day and time are known."""
    known = debrief.date is not None and debrief.time is not None
    return dt.datetime.combine(debrief.date, debrief.time) if known else None  # type: ignore[arg-type]  # both are there


def _shifted(day: dt.date, days: int) -> dt.date:
    """Move a day; the first and the last one there are (a Monday and a Friday) are never passed."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, dt.date.min.toordinal()), dt.date.max.toordinal()))
