"""What a letter leaves open: this person's concerns, the questions that they still wait for, strengths unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from jobvault.letters.check.content import touches_anything
from jobvault.letters.check.context import Context, Other
from jobvault.letters.check.material import COMMON_WEIGHT
from jobvault.model import Problem, Question, Remark
from jobvault.search.concerns import Entry, owner_of
from jobvault.words import fold

ANSWERED = 0.34
"""The part of a concern's or question's words, by weight, that a paragraph holds which answers it."""

_SEVERAL = 3
"""Telling words that a paragraph shares with a strength that another debrief names."""


def concerns(context: Context) -> Iterator[Problem]:
    """Find the open concerns of this person that the letter leaves unanswered."""
    if context.person is None or context.debrief is None:
        return
    for entry in _open(context):
        listed = fold(entry.text) in {fold(answer) for answer in context.letter.answers}
        words = context.material.remark(entry.text).roots
        named = listed and (context.foreign or not words.isdisjoint(context.roots))
        if not named and not _answers(context, context.paragraph_roots, entry):
            yield context.says("letter-concern", context.text.end, entry.text, name=context.to, value=entry.text)


def _open(context: Context) -> Iterator[Entry]:
    """Yield the concerns that this person voiced in the process, up to this round, and nothing else has answered."""
    assert context.person is not None  # noqa: S101 - the caller looked
    assert context.debrief is not None  # noqa: S101 - the caller looked
    owner = owner_of(context.person)
    process = context.search.process_of(context.debrief.path)
    rounds = [debrief.path for debrief in (process.debriefs if process else (context.debrief,))]
    until = {*rounds[: rounds.index(context.debrief.path) + 1], context.debrief.path}
    for entry in context.everywhere.concerns_of(owner):
        if entry.open and entry.is_among(until):
            yield entry


def _paragraph_roots(context: Context, other: Other) -> tuple[frozenset[str], ...]:
    lexicon, names = context.lexicon, context.material.names
    parts = other.text.paragraphs
    return tuple(frozenset(root for s in part for root in lexicon.roots(s.text)) - names for part in parts)


def _answers(context: Context, paragraphs: tuple[frozenset[str], ...], entry: Entry) -> bool:
    if context.foreign:
        return any(not roots.isdisjoint(_telling(context, entry)) for roots in paragraphs)
    material = context.material
    concern = material.remark(entry.text)
    replies = [material.remark(attempt.reply.text) for attempt in entry.attempts]
    if not concern.roots:
        return True
    return any(
        material.takes_up(roots, concern, ANSWERED, COMMON_WEIGHT)
        or any(material.takes_up(roots, reply) for reply in replies)
        for roots in paragraphs
    )


def _telling(context: Context, entry: Entry) -> frozenset[str]:
    """Return what a letter in another language can have of a concern: telling words of it and of the replies."""
    texts = [entry.text, *(attempt.reply.text for attempt in entry.attempts)]
    roots = frozenset(root for text in texts for root in context.material.remark(text).roots)
    return frozenset(root for root in roots if not context.lexicon.is_common(root))


def questions(context: Context) -> Iterator[Problem]:
    """Find the questions marked as owed that are this person's and that the letter leaves unanswered."""
    if context.person is None or context.debrief is None:
        return
    for question in _owed(context):
        asked = context.material.remark(question.text)
        known = not asked.roots or any(
            context.material.takes_up(roots, asked, ANSWERED, COMMON_WEIGHT) for roots in context.paragraph_roots
        )
        if not known:
            yield context.says("letter-owed", context.text.end, question.text, name=context.to, value=question.text)


def _owed(context: Context) -> Iterator[Question]:
    """Yield this person's: those that they asked, as the note says, or all where nobody else was there.

    One that nobody is said to have asked is the first person's, unless a letter to somebody else of the round answers.
    """
    assert context.person is not None  # noqa: S101 - the caller looked
    assert context.debrief is not None  # noqa: S101 - the caller looked
    interviewers = context.everywhere.interviewers
    here = context.search.people_of(context.debrief.path)
    first = bool(here) and here[0].key == context.person.key
    for asked in interviewers.asked_in(context.debrief):
        if asked.question.mark != "owed":
            continue
        names = asked.by or interviewers.named_in(
            context.debrief, Remark(asked.question.text, asked.question.line, links=asked.question.links)
        )
        if context.person.name in names or (
            not names and (context.alone or (first and not _by_others(context, asked.question)))
        ):
            yield asked.question


def _by_others(context: Context, question: Question) -> bool:
    asked = context.material.remark(question.text)
    return any(
        context.material.takes_up(roots, asked, ANSWERED, COMMON_WEIGHT)
        for other in context.others
        if other.debrief and context.debrief and other.debrief.path == context.debrief.path
        for roots in _paragraph_roots(context, other)
    )


def strength(context: Context) -> Iterator[Problem]:
    """Find a letter that restates none of the strengths that the debrief names."""
    material = context.material
    if not material.strong or (context.foreign and touches_anything(context)):
        return
    here = any(
        material.takes_up(roots, remark, ANSWERED) for roots in context.paragraph_roots for remark in material.strong
    )
    if not here and not _strong_elsewhere(context):
        first = next(islice(material.strong, 1))
        yield context.says("letter-strength", context.text.end, one=first.text)


def _strong_elsewhere(context: Context) -> bool:
    """Whether a letter restates what another debrief names as a strength, or an answer that went well."""
    remarks = [context.material.remark(text) for text in context.everywhere.good]
    telling = [
        frozenset(root for root in roots if not context.lexicon.is_common(root)) for roots in context.paragraph_roots
    ]
    return any(len(roots & remark.roots) >= _SEVERAL for roots in telling for remark in remarks)
