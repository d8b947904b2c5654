"""Dates against the debrief: weekdays that do not fit, the day of the interview, the day that they promised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from jobvault.letters.check.context import Context
from jobvault.letters.check.days import Day, days_in
from jobvault.letters.check.lexicon import fold_long
from jobvault.letters.check.text import Sentence
from jobvault.model import Problem

_CLAUSE = re.compile(r"[,;:–—]\s|\s(?:and|but|und|aber|so)\s")
_SAID = re.compile(r"\s(?:that|whether|dass|ob)\s", re.IGNORECASE)
_WEEKEND = (6, 7)
_NEAR = dt.timedelta(days=6)


def dates(context: Context) -> Iterator[Problem]:
    """Find dates that contradict themselves or the debrief."""
    speech = context.lexicon.vocabulary.speech
    for sentence in context.text.sentences:
        for day in days_in(sentence.text, speech):
            found = _wrong(context, sentence, day)
            if found is not None:
                yield found


def _wrong(context: Context, sentence: Sentence, day: Day) -> Problem | None:
    near = (context.debrief.date if context.debrief else None) or context.today
    date = day.on(near) if day.month else None
    if day.month and date is None:
        return context.says("letter-date", sentence.line, day.said, what=_no_such(context, day))
    if date is not None and day.weekday and date.isoweekday() != day.weekday:
        what = context.words.text("letter-check.date.weekday", date=context.words.date(date), value=day.said)
        return context.says("letter-date", sentence.line, day.said, what=what)
    if context.debrief is None:
        return None
    if _agreed(context, sentence, day):
        return _wrong_next(context, sentence, day, date)
    if _is_of_the_interview(context, sentence, day):
        return _wrong_interview(context, sentence, day, date)
    return _wrong_promise(context, sentence, day, date) if _promised(context, sentence, day) else None


def _no_such(context: Context, day: Day) -> str:
    return context.words.text("letter-check.date.no-such", value=day.said)


def _wrong_promise(context: Context, sentence: Sentence, day: Day, date: dt.date | None) -> Problem | None:
    by = context.debrief.hear_by if context.debrief else None
    if by is None or (date == by if date else by.isoweekday() == day.weekday):
        return None
    what = context.words.text("letter-check.date.promised", date=context.words.date(by), value=day.said)
    return context.says("letter-date", sentence.line, day.said, what=what)


def _wrong_interview(context: Context, sentence: Sentence, day: Day, date: dt.date | None) -> Problem | None:
    assert context.debrief is not None  # noqa: S101 - the caller looked
    on = context.debrief.date
    if on is None:
        return None
    if date is not None and date in _rounds(context):
        return None
    if date is None and day.weekday in {one.isoweekday() for one in _rounds(context) if abs(one - on) <= _NEAR}:
        return None
    what = context.words.text("letter-check.date.interview", date=context.words.date(on), value=day.said)
    return context.says("letter-date", sentence.line, day.said, what=what)


def _agreed(context: Context, sentence: Sentence, day: Day) -> bool:
    """Whether a sentence agrees to a day, and proposes no other one; a letter on the next round in any part of it."""
    whole = context.kind == "next-round" and bool(day.month)
    clause = sentence.folded if whole else _clause(sentence, day)
    return context.lexicon.has("agreements", clause) and not context.lexicon.has("otherwise", sentence.folded)


def _wrong_next(context: Context, sentence: Sentence, day: Day, date: dt.date | None) -> Problem | None:
    """Hold an agreed day against those that the notes have for what comes next."""
    coming = sorted(_coming(context))
    if not coming or date in coming or (date is None and day.weekday in {one.isoweekday() for one in coming}):
        return None
    what = context.words.text("letter-check.date.next", date=context.words.date(coming[0]), value=day.said)
    return context.says("letter-date", sentence.line, day.said, what=what)


def _coming(context: Context) -> set[dt.date]:
    """Return the days after this round that its next steps name, and those of later rounds of the process."""
    debrief = context.debrief
    if debrief is None or debrief.date is None:
        return set()
    steps = [step.text for met in debrief.people for step in met.next_steps]
    speech = context.lexicon.vocabulary.speech
    named = {day.on(debrief.date) for text in steps for day in days_in(text, speech) if day.month}
    return {one for one in {*named, *_rounds(context)} if one is not None and one > debrief.date}


def _before(sentence: Sentence, day: Day) -> str:
    start = max((found.end() for found in _CLAUSE.finditer(sentence.text, 0, day.start)), default=0)
    return sentence.text[start : day.start]


def _clause(sentence: Sentence, day: Day) -> str:
    """Return the part of a sentence, between commas and the like, in which a day stands, folded."""
    start = max((found.end() for found in _CLAUSE.finditer(sentence.text, 0, day.start)), default=0)
    end = next((found.start() for found in _CLAUSE.finditer(sentence.text, day.end)), len(sentence.text))
    return fold_long(sentence.text[start:end])


def _rounds(context: Context) -> set[dt.date]:
    """Return the days of all rounds of the process."""
    assert context.debrief is not None  # noqa: S101 - the callers looked
    process = context.search.process_of(context.debrief.path)
    return {debrief.date for debrief in (process.debriefs if process else (context.debrief,)) if debrief.date}


def _just_before(sentence: Sentence, day: Day) -> str:
    return fold_long(sentence.text[max(0, day.start - 30) : day.start])


def _promised(context: Context, sentence: Sentence, day: Day) -> bool:
    """Whether a sentence tells by when they wanted to answer: no request, no condition, nothing that I promise."""
    lexicon = context.lexicon
    before = _just_before(sentence, day).split()[-4:]
    by = {fold_long(word) for word in lexicon.vocabulary.days.by} | {"on", "am", "for", "around"}
    folded = sentence.folded
    if by.isdisjoint(before) or sentence.asks or lexicon.has("conditions", folded):
        return False
    asked = lexicon.found("requests", folded)
    return lexicon.has("promise", _clause(sentence, day)) and not asked and not _mine(context, sentence, day)


def _mine(context: Context, sentence: Sentence, day: Day) -> bool:
    """Whether it is I who promise something: what stands before the date says I, and not you."""
    lexicon = context.lexicon
    said = _SAID.split(sentence.text[: day.start])[-1]
    folded, whole = fold_long(_CLAUSE.split(said)[-1]), fold_long(said)
    if lexicon.has("you", folded):
        return False
    return lexicon.has("i", folded) or (lexicon.has("i", whole) and not lexicon.has("you", whole))


def _is_of_the_interview(context: Context, sentence: Sentence, day: Day) -> bool:
    """Whether a day is that of the talk: it is spoken of what was, with them, and nothing to come stands nearer.

    At a weekend people read and think; a weekday of one counts only where the talk itself is named.
    """
    lexicon = context.lexicon
    clause = _clause(sentence, day)
    named = lexicon.has("meeting", clause)
    ours = lexicon.has("us", clause) or (
        lexicon.has("occasion", clause) and not lexicon.vocabulary.thanks.isdisjoint(clause.split())
    )
    if not (named or (ours and day.weekday not in _WEEKEND)):
        return False
    words, at = clause.split(), len(fold_long(_before(sentence, day)).split())
    was, ahead = _nearest(context, "past", words, at), _nearest(context, "ahead", words, at)
    return was is not None and (ahead is None or was < ahead)


def _nearest(context: Context, group: str, words: list[str], at: int) -> int | None:
    """Return how many words away from a place the nearest phrase of a group is."""
    phrases = context.lexicon.phrases[group]
    found = [
        place for place in range(len(words)) for count in (1, 2, 3) if " ".join(words[place : place + count]) in phrases
    ]
    return min((abs(place - at) for place in found), default=None)
