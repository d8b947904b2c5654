"""German: when ``seine Frage`` can become ``Ihre Frage`` in a letter to him, and when that is not sure."""

from __future__ import annotations

import re

from jobvault.letters.grammar import Field, Grammar, Word, like, listed, with_changes, words_of

_HIS = {
    "seine": "Ihre", "seinem": "Ihrem", "seinen": "Ihren", "seiner": "Ihrer", "seines": "Ihres",
    "ihm": "Ihnen", "ihn": "Sie",
}  # fmt: skip
_UNCLEAR = frozenset({"sie", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres", "ihnen"})
"""She, they, or a formal ``you``: nobody can tell."""
_YOU = frozenset({"du", "dich", "dir", "dein", "deine", "deinem", "deinen", "deiner", "deines", "euch", "euer", "eure"})
_WE = frozenset({"wir", "uns", "unser", "unsere", "unserem", "unseren", "unserer", "unseres"})
_WE_ARE_BOTH: frozenset[Field] = frozenset({"topic", "reply", "strength"})
_OTHERS = listed("""
    jemand mann frau kollege kollegin chef chefin leiter leiterin freund freundin kunde kundin nutzer nutzerin bruder
    schwester vater mutter sohn tochter kind mensch person herr gründer gründerin inhaber inhaberin entwickler
    entwicklerin recruiter recruiterin praktikant praktikantin vorgänger vorgängerin nachfolger nachfolgerin hund
    """)
_VERBS = {
    "hat": "haben", "ist": "sind", "war": "waren", "wird": "werden", "will": "wollen", "kann": "können",
    "muss": "müssen", "soll": "sollen", "darf": "dürfen", "mag": "mögen", "weiß": "wissen", "hatte": "hatten",
    "wollte": "wollten", "konnte": "konnten", "musste": "mussten", "sollte": "sollten", "fragte": "fragten",
    "sagte": "sagten", "meinte": "meinten", "merkte": "merkten", "lachte": "lachten", "nickte": "nickten",
    "schrieb": "schrieben", "zeigte": "zeigten", "erzählte": "erzählten",
}  # fmt: skip
_LOWERED = listed("""
    alle als am an auf aus bei beim da dafür damit das dass dem den denn der des die diese dieser dieses doch drei ein
    eine einem einen einer eines erst es für gar gut hin hier ich im immer in ist jede jeder jedes kein keine
    keinen mehr mein meine mit möglichst nach nicht nichts nie niemand noch nur ob ohne schon sechs sehr so über um
    und unter viel viele vier von vom vor wann warum was weil wenn wer wie wo zu zum zur zwei zwischen vielen danke
    """)
_PAST = frozenset({"habe", "hatte", "war", "bin", "konnte", "wollte", "sagte", "fragte", "zeigte", "erklärte"})


def turn(text: str, field: Field) -> str | None:
    """Return words about the recipient as words to them; None where it is not sure whom they are about."""
    words = words_of(text)
    if words is None:
        return None
    said = {word.low for word in words}
    if field == "concern":
        return None if said & (set(_HIS) | _UNCLEAR | {"er", "sein"}) else text
    if said & (_UNCLEAR | _YOU) or (said & _WE and field not in _WE_ARE_BOTH):
        return None
    changes: dict[tuple[int, int], str] = {}
    somebody = False
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else None
        somebody = somebody or word.low in _OTHERS
        if word.low in _HIS:
            new: str | None = _HIS[word.low]
        elif word.low == "sein" and after and after.text[:1].isupper():
            new = "Ihr"
        elif word.low == "er":
            new = _with_verb(text, word, after, changes)
        else:
            continue
        if somebody or new is None:
            return None
        changes[word.start, word.end] = like(word, new)
    return with_changes(text, changes)


def family(text: str) -> frozenset[str]:
    """Return whether ``er`` stands in a text; ``sie`` is never turned."""
    return frozenset({"he"} if {"er", "ihm", "ihn"} & {word.low for word in words_of(text) or ()} else ())


def _with_verb(text: str, word: Word, verb: Word | None, changes: dict[tuple[int, int], str]) -> str | None:
    """Turn ``er`` at the beginning of a main clause, and the verb behind it, where that is the only one."""
    clause = word.first or re.search(r"[,;:]\s*$", text[: word.start])
    if not clause or verb is None or verb.low not in _VERBS or text[word.end : verb.start].strip():
        return None
    if re.search(r"\b(?:und|aber|oder|dann)\b", text[verb.end :]):
        return None
    changes[verb.start, verb.end] = _VERBS[verb.low]
    return "Sie"


_PARTICIPLE = re.compile(r"\w*ge\w{2,}(?:t|en)|(?:ver|be|er|ent|zer)\w{3,}t|\w{3,}iert")
_NO_PARTICIPLE = listed("gesamt gegenüber insgesamt bekannt berühmt gerecht gemeinsamen geringen genauen eigenen")
_FINITE = listed("ich wir habe hat haben bin ist sind war waren hatte hatten wurde wurden wird werden")
_ADJECTIVE = re.compile(
    r"(?:\w{3,}(?:ig|lich|isch|bar|sam|los|haft)|klar|groß|klein|neu|gut|schnell|kurz|lang|fest|offen|einfach|sauber"
    r"|stabil|sicher|früh|spät|eigen|echt|konkret|streng|still|wach|leis|sanft|hart|weit|eng|tief|hoh|frei|fair|warm"
    r"|best|besser|gemeinsam|endlich|ruhig)(?:e|er|en|es|em)?"
)
_NOUNS = listed("könig könige königen fleisch nachbar nachbarn pfennig ferkel enge weite tiefe wärme härte")
"""Words that have an adjective's form and keep their capital."""


def _lacks_somebody(sentence: str) -> bool:
    """``Ruhig geblieben, als …``: a participle, with the writer left out."""
    words = words_of(sentence) or ()
    if {word.low for word in words} & _FINITE:
        return False
    return any(
        word.text.islower() and word.low not in _NO_PARTICIPLE and bool(_PARTICIPLE.fullmatch(word.low))
        for word in words
    )


def _small(word: str) -> bool:
    return word not in _NOUNS and bool(_ADJECTIVE.fullmatch(word))


GRAMMAR = Grammar(
    turn=turn,
    lowered=_LOWERED,
    finite=listed("ist sind war waren hat habe hatte kann konnte wird wurde ich bin"),
    past=lambda word: word.lower() in _PAST,
    writer="ich",
    lacks_somebody=_lacks_somebody,
    small=_small,
    openers=_LOWERED | listed("dank danke seit unser vielleicht vielen ja vom eines etwas meine gern wie"),
)
