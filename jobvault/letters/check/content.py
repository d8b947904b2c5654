"""What a letter takes up of the debrief: of its recipient, of what was discussed, and how much could go to anyone."""

from __future__ import annotations

from collections.abc import Iterator

from jobvault.letters.check.context import Context
from jobvault.model import Problem

FEW_WORDS = 3.0
"""A letter with words of less weight from the debrief, telling ones counting 1, could go to anyone."""
FEW_SENTENCES = 0.25
"""So could one of which a smaller part of the sentences holds one."""
ENOUGH, SHORT = 2, 6
"""One that takes up as many remarks could not, however few words that takes; nor a short one, of as many sentences
at most, that takes up one."""
MUCH = 6.0
"""With words of this weight, whatever the share, it could not."""
EXCLUSIVE_SHARE = 0.25
"""The part of a remark, by weight, that is enough where its words are this person's alone."""


def rapport(context: Context) -> Iterator[Problem]:
    """Find a letter with nothing of its recipient in it."""
    if not context.material.own or not context.text.sentences:
        return
    if context.kind == "check-in":  # one with what was discussed
        return
    if not touches_person(context):
        yield context.says("letter-rapport", context.text.line, name=context.to, one=_example(context))


def discussed(context: Context) -> Iterator[Problem]:
    """Find a letter that takes up nothing of the round."""
    material = context.material
    if context.debrief is None or not material.whole or touches_person(context):
        return
    taken = any(material.takes_up(roots, remark) for _, roots in context.paragraphs for remark in material.whole)
    if not taken:
        yield context.says("letter-discussed", context.text.line, company=context.debrief.company)


def touches_person(context: Context) -> bool:
    """Whether a letter takes up something of its recipient's own.

    Words that others of the round used as well count only together; a word that is this person's alone tells more.
    """
    material = context.material
    if context.foreign:
        return touches_anything(context)
    for _, roots in context.paragraphs:
        alone = frozenset(root for root in roots & material.own_roots - material.others_roots)
        if any(material.takes_up(alone, remark, EXCLUSIVE_SHARE) for remark in material.own):
            return True
        if any(material.takes_up(roots, remark) for remark in material.own):
            return True
    return False


def touches_anything(context: Context) -> bool:
    """Whether a letter in another language has a telling word or figure of the debrief, or a colleague's name."""
    if _names_colleague(context):
        return True
    return any(not context.lexicon.is_common(root) for root in context.roots & context.material.roots)


def _names_colleague(context: Context) -> bool:
    lexicon, people = context.lexicon, context.debrief.people if context.debrief else ()
    mine = {root for name in (context.to, context.settings.name) for root in lexicon.roots(name)}
    others = {root for met in people for root in lexicon.roots(met.name or "")} - mine
    return any(not others.isdisjoint(context.roots_of(sentence)) for sentence in context.text.sentences)


def generic(context: Context) -> Iterator[Problem]:
    """Find a letter hardly a word of which comes from the debrief, names and days included."""
    material = context.material
    if material.weight(material.roots) < 2 * FEW_WORDS:
        return
    known = material.roots | material.names | _days(context)
    sentences = context.text.sentences
    said = {root for sentence in sentences for root in context.roots_of(sentence)}
    telling = {root for root in said & known if not context.lexicon.is_common(root)}
    weight = material.weight(telling)
    with_one = sum(not telling.isdisjoint(context.roots_of(sentence)) for sentence in sentences)
    few = weight < FEW_WORDS or (with_one < FEW_SENTENCES * len(sentences) and weight < MUCH)
    enough = 1 if len(sentences) <= SHORT else ENOUGH
    if few and not (_taken_up(context) >= enough or (context.foreign and touches_anything(context))):
        yield context.says("letter-generic", context.text.line, n=with_one, all=len(sentences))


def _taken_up(context: Context) -> int:
    """Return how many of the debrief's remarks a letter takes up."""
    material = context.material
    return sum(any(material.takes_up(roots, remark) for roots in context.paragraph_roots) for remark in material.whole)


def _days(context: Context) -> frozenset[str]:
    """Return the roots of the days that the debrief names: of the interview, the promised one, that of the answer."""
    debrief = context.debrief
    days = [day for day in (debrief.date, debrief.hear_by, debrief.heard) if day] if debrief else []
    months = context.lexicon.vocabulary.speech.months
    names = {day: [word for word, number in months.items() if number == day.month] for day in days}
    return frozenset(context.lexicon.root(word) for day in days for word in (str(day.day), *names[day]))


def _example(context: Context) -> str:
    """Return something of this person's that could be taken up."""
    return context.material.own[0].text if context.material.own else ""
