"""Names in the text: the company's, another company's in its place, and people's, each as it is written elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jobvault.letters.check.context import Context
from jobvault.letters.check.lexicon import found_in
from jobvault.letters.check.near import SHORTEST, one_off, same
from jobvault.letters.check.recipient import names_in
from jobvault.model import Problem
from jobvault.search.names import key_of
from jobvault.search.people import Person
from jobvault.words import fold

_WORD = re.compile(r"&|[^\W_]+(?:['’ʼ.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_SHORTEST_SURNAME = 4
_SHORTEST_COMPANY_WORD = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, where it stands; ``first`` in its sentence, where a capital says nothing."""

    text: str
    line: int
    first: bool

    @property
    def capital(self) -> bool:
        """Whether it is written as a name."""
        return self.text[:1].isupper()


def company(context: Context) -> Iterator[Problem]:
    """Find the company misspelt, and another one of the vault's that is named as theirs."""
    if context.debrief is None or not context.debrief.company:
        return
    yield from _misspelt_company(context)
    yield from _other_company(context)


def people(context: Context) -> Iterator[Problem]:
    """Find people of the round, and others that were met, whose name is misspelt."""
    near = _near_people(context)
    known = {fold(part) for person in context.search.people for part in _parts(_names_of(person))}
    known |= {fold(part) for part in _parts(_companies_known(context))} | context.lexicon.stop
    known |= {fold(part) for part in _parts([context.search.settings.letters.name])}
    written = " ".join(remark.text for remark in (*context.material.own, *context.material.whole))
    known |= set(fold(written).split())
    for words in _lines(context):
        for place, word in enumerate(words):
            plain = fold(word.text)
            if not word.capital or plain in known or context.lexicon.is_common(context.lexicon.root(plain)):
                continue
            after, before = words[place + 1 : place + 2], words[max(0, place - 1) : place]
            name = _meant(word, [*before, *after], near, context.search.people)
            if name:
                yield context.says("letter-name", word.line, word.text, value=word.text, name=name)


def _meant(word: Word, beside: list[Word], near: Iterable[Person], everybody: Iterable[Person]) -> str:
    """Return the name that a word misspells: of somebody near by itself, of anybody beside the rest of the name."""
    for person in near:
        for name in _names_of(person):
            if any(one_off(word.text, part) for part in name.split()):
                return name
    for person in everybody:
        for name in _names_of(person):
            parts = name.split()
            missed = [part for part in parts if one_off(word.text, part, _SHORTEST_SURNAME)]
            if missed and any(same(other.text, part) for other in beside for part in parts if part not in missed):
                return name
    return ""


def _near_people(context: Context) -> list[Person]:
    """Return the people of the process, and the recipient."""
    process = context.search.process_of(context.debrief.path) if context.debrief else None
    debriefs = process.debriefs if process else ((context.debrief,) if context.debrief else ())
    found = [context.person] if context.person else []
    found += [person for debrief in debriefs for person in context.search.people_of(debrief.path)]
    return list({person.key: person for person in found}.values())


def _names_of(person: Person) -> list[str]:
    return list(dict.fromkeys([person.name, *person.aliases]))


def _parts(names: Iterable[str]) -> Iterator[str]:
    return (part for name in names for part in name.split())


# --- companies ---------------------------------------------------------------------------------------------------------


def _called(context: Context) -> list[str]:
    """Return how the debrief's company is called."""
    name = context.debrief.company if context.debrief else ""
    aliases = context.search.settings.companies.get(name, ())
    return [name, *aliases]


def _companies_known(context: Context) -> list[str]:
    nouns = (*context.search.debriefs, *context.search.applications)
    declared = [one for name, aliases in context.search.settings.companies.items() for one in (name, *aliases)]
    return list(dict.fromkeys([*(noun.company for noun in nouns if noun.company), *declared]))


def _misspelt_company(context: Context) -> Iterator[Problem]:
    names = _called(context)
    right = {fold(part) for name in _companies_known(context) for part in (name, *_words(name))}
    right |= {fold(part) for person in context.search.people for part in _parts(_names_of(person))}
    written = {fold(word) for remark in context.material.whole for word in _words(remark.text)}
    said: set[int] = set()
    for words in _lines(context):
        for place, word in enumerate(words):
            for name in names:
                parts = _words(name)
                here = words[place : place + len(parts)]
                text = " ".join(_POSSESSIVE.sub("", one.text) for one in here)
                if len(here) < len(parts) or fold(text) in right or word.line in said:
                    continue
                if _misspells(text, here, parts, written, context):
                    said.add(word.line)
                    yield context.says("letter-company", word.line, text, value=text, name=name)
                    break
        for word in words:
            first = _words(names[0])[:1]
            plain = _POSSESSIVE.sub("", word.text)
            if (
                word.line not in said
                and first
                and len(_words(names[0])) > 1
                and _misspells_first(plain, word, first[0], right | written, context)
            ):
                said.add(word.line)
                yield context.says("letter-company", word.line, plain, value=plain, name=names[0])


def _misspells(text: str, here: list[Word], parts: list[str], written: set[str], context: Context) -> bool:
    """Whether some words are a company's name, one letter off; one word must be written as a name."""
    if not one_off(text, " ".join(parts)):
        return False
    if len(parts) > 1:
        return any(one.capital for one in here)
    plain = fold(text)
    plural = plain == fold(parts[0]) + "s"
    return here[0].capital and plain not in written and not plural and not _is_word(plain, context)


def _misspells_first(plain: str, word: Word, first: str, right: set[str], context: Context) -> bool:
    """Whether a word is the first one of a longer name, one letter off."""
    folded = fold(plain)
    ours = len(first) >= SHORTEST and word.capital and not word.first and folded not in right
    return ours and folded != fold(first) + "s" and not _is_word(folded, context) and one_off(plain, first)


def _is_word(folded: str, context: Context) -> bool:
    return folded in context.lexicon.stop or context.lexicon.is_common(context.lexicon.root(folded))


def _other_company(context: Context) -> Iterator[Problem]:
    """Find another company that is named as if the letter went there.

    One that this process's debriefs mention may be named, so may one that is spoken of as another one: an offer, a
    former employer, what I did there.
    """
    if context.debrief is None:
        return
    process = context.search.process_of(context.debrief.path)
    debriefs = process.debriefs if process else (context.debrief,)
    from jobvault.letters.check.material import round_texts

    mentioned = fold(" ".join(text for debrief in debriefs for text in round_texts(context.search, debrief)))
    ours = {fold(part) for name in _called(context) for part in (name, *_words(name))}
    texts = [(sentence.text, sentence.folded, sentence.line) for sentence in context.text.sentences]
    if context.letter.subject:
        texts.append((context.letter.subject, fold(context.letter.subject), context.subject_line or 0))
    theirs = {key_of(name) for name in context.person.companies} if context.person else set()
    for other in _companies_known(context):
        if key_of(context.search.company(other)) in theirs:
            continue
        if key_of(context.search.company(other)) == key_of(context.debrief.company) or fold(other) in ours:
            continue
        forms = frozenset(form for form in _forms(other) if form not in ours and f" {form} " not in f" {mentioned} ")
        for text, folded, line in texts if forms else ():
            called = found_in(forms, _without_possessive(text))
            if called and _as_name(text, called) and (line in (0, context.subject_line) or _as_theirs(folded, context)):
                yield context.says("letter-company", line or None, other, value=other, name=context.debrief.company)
                break


def _without_possessive(text: str) -> str:
    return fold(re.sub(r"['’ʼ]s\b", "", text))


def _forms(name: str) -> Iterator[str]:
    """Yield how a company may be called: its whole name, and its first word where this is long enough."""
    yield fold(name)
    words = _words(name)
    if len(words) > 1 and len(words[0]) >= _SHORTEST_COMPANY_WORD:
        yield fold(words[0])


def _as_name(text: str, folded: str) -> bool:
    """Whether a company's first word is written with a capital, or has none."""
    first = folded.split()[0]
    return any(fold(word).startswith(first) and (word[:1].isupper() or not word[:1].islower()) for word in _words(text))


def _as_theirs(folded: str, context: Context) -> bool:
    lexicon = context.lexicon
    if lexicon.has("elsewhere", folded):
        return False
    return lexicon.has("theirs", folded) or lexicon.has("would", folded) or not lexicon.has("i", folded)


# --- words -------------------------------------------------------------------------------------------------------------


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if fold(word)]


def _lines(context: Context) -> Iterator[list[Word]]:
    """Yield the words of each sentence, and those of the subject; those of the greeting are for another rule."""
    greeted = {fold(word) for word in names_in(context, context.text.greeting.text)} if context.text.greeting else set()
    del greeted
    for sentence in context.text.sentences:
        found = [_POSSESSIVE.sub("", word) for word in _words(sentence.text)]
        yield [Word(word, sentence.line, place == 0) for place, word in enumerate(found)]
    if context.letter.subject and context.subject_line:
        found = [_POSSESSIVE.sub("", word) for word in _words(context.letter.subject)]
        yield [Word(word, context.subject_line, place == 0) for place, word in enumerate(found)]
