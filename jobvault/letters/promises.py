"""What a task promises somebody, as it can stand in a sentence: ``the talk`` can, ``CV to HR`` wants an article."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jobvault.letters.fragments import Fragment, Reader
from jobvault.letters.grammar import listed
from jobvault.letters.phrases import Phrases

_BEFORE_A_NOUN: Mapping[str, frozenset[str]] = {
    "en": listed("""
        a an the my your his her their our this that these those some any another both all more two three four five six
        seven eight nine ten one several what how why where it them feedback information details proof
        """),
    "de": listed("""
        der die das den dem des ein eine einen einem einer mein meine meinen meinem unser unsere unseren sein seine
        seinen ihr ihre ihren ihrem diese dieses diesen alle zwei drei vier fünf sechs mehr etwas was wie warum
        unterlagen zahlen beispiele bilder fotos links referenzen
        """),
}
_TO_SOMEBODY_ELSE = re.compile(r"\b(?:to|an) (?:the )?(?:[A-ZÄÖÜ]{2,}\b|[A-Z][a-z]+\s*$|team\b|recruiter\b|Personal)")


def can_be_promised(what: str, language: str) -> bool:
    """Whether words behind ``send you`` make a sentence, and nobody else is to get it."""
    first = re.match(r"[^\W_]+", what)
    if first is None or (language == "en" and _TO_SOMEBODY_ELSE.search(what)):
        return False
    low = first[0].lower()
    plural = language == "en" and low.endswith("s") and not low.endswith(("ss", "us", "is")) and low == first[0]
    return low in _BEFORE_A_NOUN.get(language, frozenset()) or first[0].isdigit() or plural


def promise(text: str, reader: Reader, phrases: Phrases) -> Fragment:
    """Return what a task promises its reader: ``Send Dana Reyes the portfolio`` is ``send you the portfolio``."""
    for name in sorted(reader.own, key=len, reverse=True):
        words = _between(text, name, phrases)
        if words is None:
            continue
        verb, what = words
        said = reader.bare(what).said
        if not said or not can_be_promised(what, phrases.language):
            break
        if phrases.language == "de":
            return Fragment(text, f"Ihnen {said} {verb}")
        return Fragment(text, f"{verb.lower()} you {said}")
    return reader.kept(text)


def _between(text: str, name: str, phrases: Phrases) -> tuple[str, str] | None:
    """Return the verb of a promise to somebody, and what is promised; None where a task is not read so."""
    first, _, rest = text.partition(" ")
    before, _, last = text.rpartition(" ")
    if phrases.language == "de":
        promises = last.lower() in phrases.promising and before.startswith(f"{name} ")
        return (last.lower(), before[len(name) + 1 :].strip()) if promises else None
    if first.lower() not in phrases.promising:
        return None
    if rest.startswith(f"{name} "):
        return first, rest[len(name) + 1 :].strip()
    return (first, rest.removesuffix(f" to {name}").strip()) if rest.endswith(f" to {name}") else None
