"""Which words of ``jobvault add`` name the debrief, and which are the text."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.cli.session import Session

_STDIN = "-"
_RULE = re.compile(r"[-=*_#~ ]+")
_BOX = re.compile(r"\A\[[ xX/-]?\] ")
_PASTED = re.compile(r"\s*[-*+] +\[")
_QUERY_AND_TEXT = 2


@dataclass(frozen=True, slots=True)
class Said:
    """The words of the line, told apart; no QUERY means the last debrief."""

    query: str
    texts: tuple[str, ...]


def told_apart(session: Session, vault: Vault, words: Sequence[str], query: str | None) -> Said:
    """Tell QUERY and TEXT apart. A QUERY stands before a text in quotes; words without quotes are all text.

    Of two words, the first is the QUERY where something is called so. Raises ``UsageError`` where the first of more
    could be a QUERY and nobody can be asked, and ``NotFoundError`` where it is one slip off a company's name.
    """
    from jobvault.actions.which import names_something, near_company
    from jobvault.errors import NotFoundError, UsageError

    if not words and sys.stdin.isatty():
        todo = session.runnable('jobvault add acme "Send the portfolio"')
        raise UsageError(f"What is to be added? As in: {todo}")
    if not words or words[-1] == _STDIN:
        return Said(query or " ".join(words[:-1]), _lines(sys.stdin.read()))
    whole = " ".join(words)
    if query is not None:
        return Said(query, _lines(whole))
    quoted = len(words[-1].split()) > 1
    named = names_something(vault, words[0])
    if len(words) > 1 and (quoted or (named and len(words) == _QUERY_AND_TEXT)):
        return Said(" ".join(words[:-1]), _lines(words[-1]))
    if not quoted and named:
        return _unclear(session, words)
    if not quoted and (near := near_company(vault, words[0])):
        raise NotFoundError(_slip(session, near, words))
    return Said("", _lines(whole))


def _slip(session: Session, near: str, words: Sequence[str]) -> str:
    """Return what to say of a first word that is probably a company, mistyped."""
    first, rest = _word(near), " ".join(words[1:])
    said = f"“{words[0]}” means no note here. Did you mean “{near}”? Nothing was added."
    if not rest:
        return f"{said} The text would be missing: {_without_text(session, first)}"
    return f"{said} Name it, or put the text in quotes:\n{_two_ways(session, first, rest, ' '.join(words))}"


def _word(text: str) -> str:
    from jobvault.cli.runnable import quoted

    return text if text.isalnum() else quoted(text)


def _without_text(session: Session, first: str) -> str:
    return session.runnable(f'jobvault add {first} "TEXT"')


def _two_ways(session: Session, first: str, rest: str, whole: str) -> str:
    """Return the two commands that can be meant: a note and a text, or a text alone."""
    from jobvault.cli.runnable import quoted

    ways = (f"jobvault add {first} {quoted(rest)}", f"jobvault add {quoted(whole)}")
    return "\n".join(f"  {session.runnable(way)}" for way in ways)


def _unclear(session: Session, words: Sequence[str]) -> Said:
    """Ask whether the first word is the note or a part of the text. Raises ``UsageError`` where nobody is there."""
    from jobvault.errors import UsageError

    first, rest, whole = words[0], " ".join(words[1:]), " ".join(words)
    if not rest:
        todo = _without_text(session, first)
        raise UsageError(f"“{first}” could be the note, and then the text is missing: {todo}")
    if session.may_ask:
        session.screen.note(f"“{first}” could be the note, or a part of the text.")
        if session.choose("Which is it?", ("note", "text")) == "note":
            return Said(first, _lines(rest))
        return Said("", _lines(whole))
    raise UsageError(
        f"“{first}” could be the note, or a part of the text, so nothing was added. Put the text in quotes:\n"
        f"{_two_ways(session, first, rest, whole)}"
    )


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text, without the bullets, boxes and rules of a list that was pasted."""
    from jobvault.actions.thoughts import thoughts

    lines = thoughts([text])
    if len(lines) == 1:
        return (_BOX.sub("", lines[0]),) if _PASTED.match(text) else lines
    return tuple(_BOX.sub("", line) for line in lines if not _RULE.fullmatch(line))
