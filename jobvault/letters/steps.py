"""A next step as it can stand in a letter to whoever named it: ``gets back to me`` is ``you get back to me``."""

from __future__ import annotations

import re

from jobvault.letters.english import base_of
from jobvault.letters.grammar import Word, listed, words_of

_THIRD = listed("""
    gets sends calls writes comes talks speaks checks asks lets tells forwards passes discusses decides sets schedules
    invites introduces arranges shares returns reports reaches follows mails emails books plans wants hopes needs shows
    prepares reviews reads compares meets looks goes has
    """)
_MODAL = listed("will would can could may might wants")
_BARE = listed("""
    get send write come speak ask let tell forward decide set schedule invite arrange prepare wait waiting follow be
    meet read think
    """)
_DE_THIRD = listed("""
    meldet schickt sendet ruft schreibt kommt spricht fragt gibt leitet entscheidet bespricht stellt lädt klärt prüft
    will wird kann möchte sagt hört braucht plant macht liest teilt vereinbart organisiert
    """)
_DE_BARE = listed("melden schicken senden anrufen schreiben warten abwarten vorbereiten")
_ANOTHER = re.compile(r"\b(?:and|but|or|then|until|when|who|which|while|if)\b|[;.]\s", re.IGNORECASE)


def with_subject(text: str, language: str) -> str | None:
    """Return a step with ``you`` where a verb stands without; None where it is not sure who does it."""
    words = words_of(text) or ()
    if not words:
        return None
    first = words[0]
    if language == "de":
        lone = first.low in _DE_THIRD or words[-1].low in _DE_BARE
        return None if lone and first.low not in ("ich", "wir", "sie") else text
    if first.low in _BARE:
        return None
    if first.low not in _THIRD | _MODAL:
        return None if _looks_like_a_verb(words) else text
    if _ANOTHER.search(text[first.end :]):
        return None
    verb = first.low if first.low in _MODAL - {"wants"} else base_of(first.low)
    return f"you {verb}{text[first.end :]}"


def _looks_like_a_verb(words: tuple[Word, ...]) -> bool:
    """Whether the first word may be a verb that is not known: ``pings me``."""
    low, after = words[0].low, words[1].low if len(words) > 1 else ""
    ends = low.endswith("s") and not low.endswith("ss") and "'" not in low
    return (ends and after in listed("me my us it the a an this that back up out")) or (
        low.endswith("ed") and len(low) > 4
    )
