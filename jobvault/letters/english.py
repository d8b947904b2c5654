"""English: when ``he noticed`` can become ``you noticed`` in a letter to him, and when that is not sure."""

from __future__ import annotations

import re

from jobvault.letters.grammar import Field, Grammar, Word, is_a_name, like, listed, with_changes, words_of

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_THEY_SHORT = {"they're": "you're", "they've": "you've", "they'd": "you'd", "they'll": "you'll"}
_SHORT = {"he'd": "you'd", "he'll": "you'll", "she'd": "you'd", "she'll": "you'll"}
_UNCLEAR = frozenset({"he's", "she's", "s/he"})
_YOU = frozenset({"you", "your", "yours", "yourself", "you're", "you've", "you'd", "you'll"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves", "we're", "we've", "we'd", "we'll"})
_WE_ARE_BOTH: frozenset[Field] = frozenset({"topic", "reply", "strength"})

_OTHERS = listed("""
    somebody someone anybody anyone everybody everyone man woman guy lady boy girl person friend colleague coworker
    teammate boss manager lead leader head director chief cto ceo vp founder owner partner engineer developer designer
    recruiter customer client user candidate intern student teacher professor doctor mother father mum mom dad sister
    brother wife husband son daughter child kid neighbour neighbor uncle aunt captain driver dog cat predecessor
    successor assistant analyst investor
    """)
"""Whom a pronoun behind them may mean in place of the recipient."""
_NOT_PLURAL = listed(
    "is was this has does always us as yes his its hers less unless perhaps across thus plus minus news"
)
_PLURAL = listed("people men women children folk teammates colleagues others both")
_RELATIVE = listed("who that which whose")
_IRREGULAR = {"has": "have", "is": "are", "was": "were", "does": "do", "hasn't": "haven't", "isn't": "aren't"}
_IRREGULAR |= {"wasn't": "weren't", "doesn't": "don't"}
_SAME = listed("""
    can could will would shall should must may might had did can't couldn't won't wouldn't shouldn't mustn't hadn't
    didn't said told asked thought saw knew wrote went took got gave made came left meant found kept let read put drew
    led began felt heard held built brought bought caught taught sent spent stood sat ran rang spoke chose broke drove
    wore won lost paid met set cut hit understood laid grew threw fell rose
    """)
"""Verbs that say the same of ``he`` and ``you``."""
_PAST = _SAME - listed(
    "can could will would shall should must may might can't couldn't won't wouldn't shouldn't mustn't left set"
)
_NO_VERB = frozenset(
    {"need", "speed", "feed", "seed", "red", "bed", "indeed", "hundred", "mixed", "shared", "detailed"}
)
_ADVERBS = frozenset({"always", "perhaps", "sometimes", "besides", "nowadays", "afterwards", "towards", "else's"})
_BEHIND_OBJECT = listed("""
    about after again all and as at because before but by down for from how if in into it not of off on or out over so
    that the there these this those through to today tomorrow too twice until up what when where whether which who why
    with yesterday a an
    """)
"""What may follow ``her`` where it is no possessive."""
_GIVING = listed("tell told give gave show showed send sent ask asked offer offered bring brought teach taught")

_LOWERED = listed("""
    a about after all an and any are as at because before being both but by can could do does each every for from have
    having he her his how if in is it its keeping less more most my new no not nothing of on one only or our out people
    seeing several she some something somebody someone than that the their them there these they things this those to
    too two three four five six whether what when where which who whom whose why with without would you your
    """)


def turn(text: str, field: Field) -> str | None:
    """Return words about the recipient as words to them; None where it is not sure whom they are about."""
    words = words_of(text)
    if words is None:
        return None
    said = {word.low for word in words}
    if field == "concern":  # "he" may be the writer, and "they" anybody
        return None if said & (_HE | _SHE | _THEY | _UNCLEAR | set(_SHORT) | set(_THEY_SHORT)) else text
    if said & _YOU or (said & _WE and field not in _WE_ARE_BOTH) or said & _UNCLEAR:
        return None
    if bool(said & _HE | said & {"he'd", "he'll"}) and bool(said & _SHE | said & {"she'd", "she'll"}):
        return None
    return _turned(text, words)


def family(text: str) -> frozenset[str]:
    """Return whether ``he`` or ``she`` stands in a text: of both, one must be somebody else."""
    said = {word.low for word in words_of(text) or ()}
    return frozenset(name for name, forms in (("he", _HE), ("she", _SHE)) if said & forms)


def _turned(text: str, words: tuple[Word, ...]) -> str | None:
    changes: dict[tuple[int, int], str] = {}
    somebody = several = bound = False
    for place, word in enumerate(words):
        low, after = word.low, words[place + 1] if place + 1 < len(words) else None
        before = words[place - 1] if place else None
        if low in _HE | _SHE or low in _SHORT:
            new = None if somebody else _one(text, word, before, after, changes)
        elif low in _THEY and (bound or (several and low == "them" and before is not None and before.low == "of")):
            continue  # those named before: "people who say what they will do", "her clocks; one of them is late"
        elif low in _THEY or low in _THEY_SHORT:
            new = None if somebody or several or (before and before.low == "of") else _many(text, word, after)
        else:
            somebody = somebody or _is_somebody(word, before)
            bound = (bound or (several and low in _RELATIVE)) and not word.first
            several = several or low in _PLURAL or (low.endswith("s") and "'" not in low and low not in _NOT_PLURAL)
            continue
        if new is None:
            return None
        changes[word.start, word.end] = like(word, new)
    return with_changes(text, changes)


def _is_somebody(word: Word, before: Word | None) -> bool:
    """Whether a later pronoun may mean this word. ``Nobody's manager`` and ``no manager`` are nobody."""
    if before is not None and before.low in ("no", "nobody's", "no-one's"):
        return False
    if word.low.removesuffix("'s") in _OTHERS:
        return True
    if word.low.startswith("i'") or (word.first and _past(word.low)):
        return False
    return is_a_name(word, _LOWERED | _ADVERBS | {"then", "i"})


def _one(
    text: str, word: Word, before: Word | None, after: Word | None, changes: dict[tuple[int, int], str]
) -> str | None:
    """Return what ``he``, ``him`` or ``his`` becomes; the verb behind it is changed along."""
    low, follows = word.low, _follows(text, word, after)
    if low in ("he", "she"):
        verb = _with_you(after, text, word) if after else None
        if after is not None and verb is not None:
            changes[after.start, after.end] = verb
        return "you" if verb else None
    if low == "his":
        return "your" if follows else "yours"
    if low == "her" and follows and after and after.low not in _BEHIND_OBJECT:
        return None if before and before.low in _GIVING else "your"
    return {**_SHORT, "hers": "yours", "himself": "yourself", "herself": "yourself"}.get(low, "you")


def _many(text: str, word: Word, after: Word | None) -> str | None:
    low = word.low
    if low in _THEY_SHORT:
        return _THEY_SHORT[low]
    if low == "their" and not _follows(text, word, after):
        return None
    return {"they": "you", "them": "you", "their": "your", "theirs": "yours", "themselves": "yourselves"}[low]


def _follows(text: str, word: Word, after: Word | None) -> bool:
    """Whether the next word follows with nothing but blanks between."""
    return after is not None and not text[word.end : after.start].strip()


def _with_you(verb: Word, text: str, word: Word) -> str | None:
    """Return the form that a verb has behind ``you``; None where it may be no verb, or not the only one."""
    low = verb.low
    if low in _IRREGULAR or low in _SAME or (low.endswith("ed") and low not in _NO_VERB):
        return _IRREGULAR.get(low, low) if _follows(text, word, verb) else None
    present = low.endswith("s") and not low.endswith("ss") and "'" not in low and low not in _ADVERBS
    another = re.search(r"\b(?:and|but|or|then)\b", text[verb.end :])  # a verb that would have to change too
    if not present or another or not _follows(text, word, verb):
        return None
    return base_of(low)


def base_of(verb: str) -> str:
    """Return a verb as ``you`` has it, from the form that ``he`` has: ``watches`` is ``watch``."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if re.search(r"(?:sh|ch|x|zz|ss|o)es$", verb) else verb[:-1]


def _past(word: str) -> bool:
    low = word.lower()
    return low in _PAST or (low.endswith("ed") and len(low) > 4 and low not in _NO_VERB)


_LEADING = listed("finally just only also actually never always then even still really soon almost")


def _lacks_somebody(sentence: str) -> bool:
    """``Finally drew it``: a verb behind an adverb, with the writer left out."""
    words = words_of(sentence) or ()
    if len(words) < 2:
        return False
    first, second = words[0].low, words[1].low
    return (first in _LEADING or (first.endswith("ly") and len(first) > 4)) and _past(second)


GRAMMAR = Grammar(
    turn=turn,
    lowered=_LOWERED,
    finite=listed("is are was were has have had did do does can could will would i"),
    past=_past,
    writer="I",
    lacks_somebody=_lacks_somebody,
)
