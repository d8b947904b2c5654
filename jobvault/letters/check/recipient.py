"""Whom the greeting names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jobvault.letters.check.context import Context
from jobvault.letters.check.lexicon import is_wide
from jobvault.letters.check.near import one_off, same
from jobvault.model import Problem
from jobvault.words import fold

_SHORTEST_NICKNAME = 3
_SHORTEST_MISSPELT = 4
_PART = re.compile(r"[!?;:–—]+\s")
"""What a greeting may begin anew behind: “Dana! Hello again,”."""
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ.-][^\W\d_]+)*\.?")


def recipient(context: Context) -> Iterator[Problem]:
    """Find a greeting that names nobody, somebody else, or the recipient wrongly."""
    greeting = context.text.greeting
    said = [] if greeting is None else names_in(context, greeting.text)
    if not said:
        first = context.text.rows[0].line if context.text.rows else None
        yield context.says("letter-no-greeting", greeting.line if greeting else first, who=_first(context))
        return
    if not context.to or greeting is None:
        return
    called = _called(context)
    said = _without_greeting(context, said, called)
    wrong = [word for word in said if not is_called(word, called)]
    if not wrong or _whole(greeting.text, called):
        return
    value = " ".join(said)
    near = next((name for word in wrong for name in called if one_off(word, name, _SHORTEST_MISSPELT)), "")
    yield context.says("letter-recipient", greeting.line, value, value=value, name=context.to, near=near)


def names_in(context: Context, greeting: str) -> list[str]:
    """Return the words of a greeting that are names: without those that greet, titles, and what names nobody."""
    parts = [_names_of_part(context, part) for part in _PART.split(greeting)]
    return [name for names in parts for name in names]


def _names_of_part(context: Context, greeting: str) -> list[str]:
    lexicon = context.lexicon
    words = _WORD.findall(greeting)
    folded = [fold(word) for word in words]
    start = max((n for n in range(1, 5) if " ".join(folded[:n]) in lexicon.phrases["greetings"]), default=0)
    empty = lexicon.phrases["nobody"] | lexicon.phrases["before_names"] | lexicon.vocabulary.titles
    return [word for word, plain in zip(words[start:], folded[start:], strict=True) if plain and plain not in empty]


def _called(context: Context) -> list[str]:
    """Return the words of all names that the recipient goes by."""
    person = context.person
    written = [met.met.name or "" for met in person.meetings] if person else []
    names = [context.to, context.letter.to, *(person.aliases if person else ()), *written]
    return [word for name in dict.fromkeys(names) for word in _WORD.findall(name) if fold(word)]


def is_called(word: str, called: Iterable[str]) -> bool:
    """Whether a word is one of the names: itself, its initial, or a short form of the first part of it."""
    parts = [part for name in called for part in (name, *re.split(r"[-'’.]", name)) if part]
    plain = fold(word)
    initial = len(plain) == 1 and any(fold(part).startswith(plain) for part in parts)
    short = len(plain) >= _SHORTEST_NICKNAME and any(
        fold(part).startswith(plain) and len(fold(part)) >= len(plain) + 2 for part in parts
    )
    return initial or short or any(same(word, part) for part in parts)


def _without_greeting(context: Context, said: list[str], called: list[str]) -> list[str]:
    """Return the names without the words of a greeting in a language that the lists do not know.

    These stand before the right name, or are of another script than it; nobody in the vault is called so.
    """
    people = [person.name for person in context.search.people]
    known = {fold(part) for name in people for part in name.split()}
    right = next((place for place, word in enumerate(said) if is_called(word, called)), 0)
    names = [part for name in called for part in name.split()]
    first = [
        word
        for word in said[:right]
        if fold(word) in known or any(one_off(word, name, _SHORTEST_MISSPELT) for name in names)
    ]
    return [word for word in (*first, *said[right:]) if not (is_wide(word) and not any(map(is_wide, names)))]


def _whole(greeting: str, called: Iterable[str]) -> bool:
    """Whether a greeting in a script without blanks holds the whole name."""
    return any(not name.isascii() and name.upper() == name.lower() and name in greeting for name in called)


def _first(context: Context) -> str:
    return (context.person.first if context.person else "") or context.to or "…"
