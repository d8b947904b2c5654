"""Notes that tell of the talk itself, not of what was its subject: ``told him the truth, he laughed``.

Whoever was there knows it, so that it makes no letter. What stands before it may.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jobvault.letters.grammar import Field, listed, words_of
from jobvault.words import fold


@dataclass(frozen=True, slots=True)
class Telling:
    """One language's words of telling.

    ``reacting`` tells of the talk wherever it is somebody's verb, ``pausing`` where its clause ends with it, or goes
    on with a word of ``going_on``. ``somebody`` may stand before a verb, and ``between`` the two. ``answering`` says
    how an answer went; ``bland`` says that it went well, and nothing else. ``phrases`` are found as they are.
    """

    reacting: frozenset[str]
    pausing: frozenset[str]
    going_on: frozenset[str]
    somebody: frozenset[str]
    between: frozenset[str]
    answering: frozenset[str]
    bland: frozenset[str]
    phrases: re.Pattern[str]


_ENGLISH = Telling(
    reacting=listed("""
        said says told tells asked asks laughed laughs nodded nods smiled smiles grinned grins frowned frowns shrugged
        sighed winced blushed replied answered repeated explained mentioned admitted joked apologised apologized
        thanked interrupted stammered stuttered mumbled rambled agreed objected promised insisted hesitated listened
        wondered remarked added
        """),
    pausing=listed("stopped stops paused waited waits wrote writes shut froze noted"),
    going_on=listed("it that this down and then for talking there here me him her you up a too again"),
    somebody=listed("i he she they we you who both everybody everyone nobody"),
    between=listed("then just only also even finally never always first had did didn't simply really still at last"),
    answering=listed("""
        sentence sentences answer answers truth truthfully honest honestly honesty evasive vague vaguely clumsy clumsily
        waffled dodged deflected rehearsed practised practiced rambling convincing convinced unconvincing
        """),
    bland=listed("""
        fine good ok okay well badly better best yes no not so very quite too long short enough went it was that rather
        great better than before again
        """),
    phrases=re.compile(
        r"\b(?:let (?:it|that) (?:stand|sink|be)|shut up|fell silent|(?:this|next|last) time|so far|went (?:well|ok"
        r"|fine|badly)|as before|on the spot)\b",
        re.IGNORECASE,
    ),
)
_GERMAN = Telling(
    reacting=listed("""
        sagte sagten sagt gesagt fragte fragten gefragt erzählte erzählten erzählt nickte nickten genickt lachte lachten
        gelacht lächelte lächelten grinste grinsten antwortete antworteten geantwortet meinte meinten gemeint erklärte
        erklärten erklärt erwähnte erwähnt zögerte zögerten gezögert wiederholte gestand seufzte staunte staunten
        versprach versprachen bedankte unterbrach unterbrachen geschwiegen
        """),
    pausing=listed("schwieg schwiegen wartete warteten gewartet stoppte schrieb schrieben notierte notierten"),
    going_on=listed("es das sich dann und mit auf mir ihm ihr ihnen"),
    somebody=listed("ich er sie wir beide alle niemand ihm ihr mir ihnen habe hat haben"),
    between=listed("dann nur auch nie immer erst hatte einfach endlich es das"),
    answering=listed("""
        satz sätze sätzen antwort wahrheit ehrlich geantwortet ausweichend vage holprig geübt überzeugt überzeugend
        """),
    bland=listed("gut schlecht besser ok okay ja nein nicht so sehr ganz zu lang kurz lief ging es war das wieder"),
    phrases=re.compile(
        r"\b(?:stehen (?:lassen|gelassen)|(?:dieses|nächstes|letztes) Mal|lief gut|diesmal)\b", re.IGNORECASE
    ),
)
_LANGUAGES: Mapping[str, Telling] = {"en": _ENGLISH, "de": _GERMAN}
_CLAUSE = re.compile(r"[,;:.!?(–—]")
_MINE: frozenset[Field] = frozenset({"reply", "strength"})


def tells_of_the_talk(sentence: str, field: Field, language: str) -> bool:
    """Whether a sentence says what somebody said or did in the talk, or how an answer went."""
    telling = _LANGUAGES.get(language, _ENGLISH)
    words = words_of(sentence) or ()
    said = [word.low for word in words]
    if field in _MINE and (telling.phrases.search(sentence) or not telling.answering.isdisjoint(said)):
        return True
    if field in _MINE and set(fold(sentence).split()) <= telling.bland:
        return True
    for place, word in enumerate(words):
        if not _is_a_verb_here(sentence, place, telling):
            continue
        if word.low in telling.reacting:
            return True
        after = words[place + 1] if place + 1 < len(words) else None
        ends = after is None or bool(_CLAUSE.search(sentence[word.end : after.start]))
        if word.low in telling.pausing and (ends or (after is not None and after.low in telling.going_on)):
            return True
    return False


def _is_a_verb_here(sentence: str, place: int, telling: Telling) -> bool:
    """Whether a word stands where a verb does: behind somebody, or where a clause begins without anybody."""
    words = words_of(sentence) or ()
    while place > 0:
        before = words[place - 1]
        if _CLAUSE.search(sentence[before.end : words[place].start]) or before.low in ("and", "but", "und", "aber"):
            return True
        if before.low in telling.somebody:
            return True
        if before.low not in telling.between:
            return False
        place -= 1
    return True
