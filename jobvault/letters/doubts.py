"""A concern as it can stand in a letter to whoever has it: as they said it, by its name, or not at all.

Quoted is only what was said to the writer (``You have never …``) or stands in quotation marks. The name of a thing
(``No management experience``) is nobody's words. All else tells of the writer or of them, and has no subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jobvault.letters.grammar import QUOTES, Word, listed, words_of


@dataclass(frozen=True, slots=True)
class Voices:
    """One language's words: ``you`` and ``we`` by their forms; ``subjectless`` begin what has lost its subject.

    ``never`` may stand before a participle (``done``), which then says who did not do it no more than a verb would.
    """

    you: frozenset[str]
    we: frozenset[str]
    writer: frozenset[str]
    subjectless: frozenset[str]
    never: frozenset[str]
    done: re.Pattern[str]
    names: frozenset[str] = frozenset()
    """Words that look like a verb or a participle and begin a name: ``limited``."""


_EN = Voices(
    you=listed("you your yours yourself you're you've you'd you'll"),
    we=listed("we us our ours ourselves we're we've we'd we'll"),
    writer=listed("i i'm i've i'd i'll me my mine myself"),
    subjectless=listed("""
        has is was does did can could will would shall should may might must hasn't isn't wasn't doesn't didn't can't
        couldn't won't wouldn't unsure uncertain sceptical skeptical doubtful worried afraid concerned nervous
        thought felt knew saw heard found seen heard been had
        says thinks wonders fears doubts feels lacks needs seems appears sounds looks wants asks
        """),
    never=listed("never not only hardly rarely barely seldom ever"),
    done=re.compile(
        r"\w{2,}ed|been|had|done|seen|run|led|held|built|made|met|sold|taught|written|spoken|gone|given|taken|grown|kept"
        r"|found|known|shown|worn|got|gotten|heard|said|told|thought|hired|come|become|left|brought|bought|sent|spent"
    ),
    names=listed("limited mixed untested unproven unfinished need detailed red speed"),
)
_DE = Voices(
    you=listed("du dich dir dein deine deinem deinen deiner deines"),
    we=listed("wir uns unser unsere unserem unseren unserer unseres"),
    writer=listed("ich mich mir mein meine meinem meinen meiner"),
    subjectless=listed("""
        hat ist war kann hält braucht will wird wirkt wirkte fehlt scheint schien könnte würde sollte müsste möchte weiß
        findet fand fürchtet meint meinte glaubt glaubte denkt dachte fragt sagt sorgt zweifelt kennt kommt geht macht
        spricht redet wechselt sucht unsicher skeptisch besorgt hatte bin
        """),
    never=frozenset(),
    done=re.compile(r"(?:\w*ge\w{2,}(?:t|en)|(?:ver|be|er|ent|zer)\w{3,}t|\w{3,}iert)"),
    names=listed("gesamt gegenüber"),
)
_LANGUAGES: Mapping[str, Voices] = {"en": _EN, "de": _DE}
_NOT_A_VERB = re.compile(r"\s+(?:in|of|with|at|on|from|between|for|and|as|to|about|before|after)\b", re.IGNORECASE)
_HAS_NEVER = re.compile(r"has (only|never|not yet|hardly|rarely) (?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Voiced:
    """A concern's words; ``theirs`` are to be quoted."""

    text: str
    theirs: bool = False


def voiced(text: str, language: str) -> Voiced | None:
    """Return a concern as it can stand behind a colon; None where it is not sure whose words it is made of."""
    voices = _LANGUAGES.get(language, _EN)
    if QUOTES.fullmatch(text):
        return Voiced(text[1:-1], theirs=True)
    words = words_of(text) or ()
    said = {word.low for word in words}
    if language == "en" and not said & (voices.we | voices.you | voices.writer) and (has := _HAS_NEVER.match(text)):
        return Voiced(f"I have {text[4:]}") if _is_done(text[has.end() :], voices) else None
    if not words or _has_no_subject(text, words, voices, language):
        return None
    if said & voices.you:
        return None if said & voices.writer else Voiced(text, theirs=True)
    return None if said & voices.we else Voiced(text)


def _is_done(text: str, voices: Voices) -> bool:
    first = re.match(r"\w+", text)
    return first is not None and bool(voices.done.fullmatch(first[0].lower()))


def _has_no_subject(text: str, words: tuple[Word, ...], voices: Voices, language: str) -> bool:
    """Whether words begin with a verb, or hang on one that nobody stands before."""
    first = words[0]
    question = text.rstrip().endswith("?")
    if first.low in voices.subjectless and not question:
        return True
    if language == "de":
        lone = not {word.low for word in words} & (voices.writer | voices.you)
        clause = any(word.low in ("ist", "sind", "war", "hat", "habe", "ob", "dass", "wird") for word in words)
        past = any(word.text.islower() and voices.done.fullmatch(word.low) for word in words)
        return lone and not clause and past and words[-1].low not in voices.names
    after = words[1] if len(words) > 1 else None
    if first.low in voices.never and after is not None and after.low not in voices.names:
        return bool(voices.done.fullmatch(after.low))
    if first.low in voices.names or "'" in first.low:
        return False
    if first.low.endswith("ed") and len(first.low) > 4:
        return True
    third_person = first.low.endswith("s") and not first.low.endswith(("ss", "us", "is")) and first.low != "always"
    follows = text[first.end :]
    return third_person and after is not None and not _NOT_A_VERB.match(follows) and follows[:1].isspace()
