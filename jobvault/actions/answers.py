"""What the five questions of ``jobvault new --ask`` were answered with: how a question went, how it felt.

Every word is kept: what is not understood stays as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from jobvault.actions.thoughts import thoughts
from jobvault.notes.sections import take_tags
from jobvault.words import Words, fold

_MARKS = ("strong", "ok", "rough", "owed")
_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("+", "++", "👍", "✓", "✔"), "strong"),
    **dict.fromkeys(("~", "+-", "-+", "+/-", "±", "😐"), "ok"),
    **dict.fromkeys(("-", "--", "–", "—", "👎", "✗", "✘"), "rough"),
}
"""Signs that people put behind a question, as how it went."""
_IN_WORDS = re.compile(
    r"(?P<text>.*[?.!…)\w\]\"'”’»](?=\W)[?.!…]?)(?P<by>\s*[,;:]\s|\s+(?:[-–—>→/=]|[-=]+>)\s|(?<=[?.!…])\s)\s*"
    r"(?P<mark>[^\W\d_][\w' -]{0,20}?)[.!]?"
)
_BY_SIGN = re.compile(r"(?P<text>.*\S)\s+(?P<sign>\S{1,3})")
_FELT = re.compile(r"(?P<felt>[1-5])(?:\s*/\s*5)?(?:\s*[-–—:,;.)!]+(?:\s+(?!\d)|$)|$)(?P<rest>.*)")
_NUMBER = re.compile(r"(?P<said>[-+~<>]?\d+(?:[.,/]\d+|\s*[-–—/]\s*\d+)*(?:\+|½|%)?)(?=\W|$)")
_OF_FIVE = re.compile(r"(?P<felt>[1-5])\s*/\s*5\b[-–—:,;.)!\s]*(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said, by question, as it was typed: each text is one or more lines."""

    people: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    overall: tuple[str, ...] = ()
    takeaways: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether nothing was said."""
        return not any(thoughts(getattr(self, one.name)) for one in fields(self))


def said(texts: Sequence[str], words: Words) -> tuple[str, ...]:
    """Return the texts of an answer; none where all that they say is that there is nothing: ``none``, ``n/a``."""
    lines = thoughts(texts)
    one = lines[0] if len(lines) == 1 else ""
    bare = not lines or (one and (fold(one) in words.vocabulary.nothing or not one.strip("-–—./")))
    return () if bare else tuple(texts)


def with_mark(line: str, words: Words) -> str:
    """Return a question with the mark at its end that was said: ``Why us? - rough`` → ``Why us? (rough)``.

    A mark may be a word behind a punctuation mark or dash, or a sign (``+``, ``~``, ``-``); tags may follow it. One in
    parentheses, and what is not understood, stays.
    """
    bare, tags = take_tags(line)
    tail = line[len(bare) :] if tags else ""
    text, mark = _by_sign(bare) or _in_words(bare, words) or (bare, "")
    return f"{text} ({mark if mark not in _MARKS else words.text(f'mark.{mark}')}){tail}" if mark else line


def _by_sign(text: str) -> tuple[str, str] | None:
    found = _BY_SIGN.fullmatch(text)
    mark = _SIGNS.get(found["sign"].replace("\ufe0f", "")) if found else None
    return (found["text"].rstrip(" -–—:,"), mark) if found and mark and found["text"].rstrip(" -–—:,") else None


def _in_words(text: str, words: Words) -> tuple[str, str] | None:
    """Part a mark in words; behind a comma, where most words are just words, only one that notes are written with."""
    found = _IN_WORDS.fullmatch(text)
    mark = words.vocabulary.marks.get(fold(found["mark"])) if found else None
    if not found or mark not in _MARKS:
        return None
    written = fold(found["mark"]) in {mark, fold(words.text(f"mark.{mark}"))}
    return (found["text"], found["mark"].strip()) if written or found["by"].strip() != "," else None


def unread_felt(texts: Sequence[str]) -> str:
    """Return the number that how it felt begins with where that cannot be taken: ``7``, ``3-4``, ``0 bad``."""
    felt, lines = read_felt(texts)
    matches = [_NUMBER.fullmatch(line) if place else _NUMBER.match(line) for place, line in enumerate(lines)]
    found = next(filter(None, matches), None)
    return found["said"] if found and felt is None else ""


def read_felt(texts: Sequence[str]) -> tuple[int | None, tuple[str, ...]]:
    """Part how it felt, 1 to 5, from the words: ``4, good talk``; or a number that stands on a line alone."""
    lines = thoughts(texts)
    for place, line in enumerate(lines):
        found = _OF_FIVE.fullmatch(line) or _FELT.fullmatch(line)
        if found and (place == 0 or not found["rest"]):
            rest = [found["rest"].strip()] if found["rest"].strip() else []
            return int(found["felt"]), (*lines[:place], *rest, *lines[place + 1 :])
    return None, lines
