"""The names of people, as they are written in a letter's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jobvault.letters.check.context import Context
from jobvault.letters.check.everywhere import Everywhere, names_of
from jobvault.letters.check.near import one_off, same
from jobvault.letters.check.written import Word, sentences_of
from jobvault.model import Problem
from jobvault.search.people import Person
from jobvault.words import fold

_SHORTEST_BESIDE = 4
"""Letters of a part of a name that may be misspelt where the rest of it stands beside it."""


def people(context: Context) -> Iterator[Problem]:
    """Find people of the round, and others that were met, whose name is misspelt."""
    near, known = _near_people(context), _known(context)
    lexicon = context.lexicon
    for words in sentences_of(context):
        for place, word in enumerate(words):
            plain = fold(word.text)
            if (
                not word.capital
                or plain in known
                or plain.removesuffix("s") in known
                or lexicon.is_common(lexicon.root(plain))
            ):
                continue
            beside = [*words[max(0, place - 1) : place], *words[place + 1 : place + 2]]
            name = _meant(word, beside, near, context.everywhere)
            if name:
                yield context.says("letter-name", word.line, word.text, value=word.text, name=name)


def _known(context: Context) -> frozenset[str]:
    """Return the words that are no misspelt names: other names, small words, and what the debrief has."""
    own = fold(context.settings.name).split()
    written = [remark.text for remark in (*context.material.own, *context.material.whole)]
    here = {word for text in written for word in fold(text).split()}
    return context.everywhere.words | context.lexicon.stop | here | set(own)


def _meant(word: Word, beside: Sequence[Word], near: Iterable[Person], everywhere: Everywhere) -> str:
    """Return the name that a word misspells: of somebody near by itself, of anybody beside the rest of the name."""
    for person in near:
        for name in names_of(person):
            if any(one_off(word.text, part) for part in name.split()):
                return name
    somebody = {tuple(one.key): one for other in beside for one in everywhere.called(other.text)}
    for person in somebody.values():
        for name in names_of(person):
            parts = name.split()
            missed = [part for part in parts if one_off(word.text, part, _SHORTEST_BESIDE)]
            if missed and any(same(other.text, part) for other in beside for part in parts if part not in missed):
                return name
    return ""


def _near_people(context: Context) -> list[Person]:
    """Return the recipient, and the people of the process."""
    process = context.search.process_of(context.debrief.path) if context.debrief else None
    debriefs = process.debriefs if process else ((context.debrief,) if context.debrief else ())
    found = [context.person] if context.person else []
    found += [person for debrief in debriefs for person in context.search.people_of(debrief.path)]
    return list({person.key: person for person in found}.values())
