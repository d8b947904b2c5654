"""Whether what a task promises can stand in a sentence: ``the talk`` can, ``CV to HR`` wants an article."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jobvault.letters.grammar import listed

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
