"""The sentences that letters are made of: ``templates/letters/en.yaml``, and a vault's own over them.

A file has ``kinds``, each with its ``parts`` in order, and ``parts``, each with several sentences. Here it is checked:
that a sentence names only what its part knows, and that each part of a kind has sentences.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jobvault.model import LETTER_KINDS
from jobvault.words import fold

Place = tuple[str | int, ...]
"""Where in a file something stands: its keys, and its place in a list."""

EVERYWHERE: Mapping[str, str] = {
    "first": "the first name of the recipient",
    "name": "the whole name of the recipient",
    "company": "the company",
    "role": "the role you interviewed for",
    "date": "the day of the interview",
}
"""What every sentence may name."""
OF_PART: Mapping[str, Mapping[str, str]] = {
    "subject": {},
    "subject-topic": {"topic": "what they care about, or what you talked about"},
    "opening-topic": {"topic": "what you talked about"},
    "opening-cares": {"cares": "what they care about"},
    "opening": {},
    "cares": {"cares": "what they care about"},
    "concern-answered": {"concern": "their concern", "reply": "your answer"},
    "concern-again": {"concern": "their concern, which your answer settled"},
    "concern-open": {"concern": "their concern, which is still open"},
    "concern-earlier": {"concern": "their concern of an earlier round, which is still open"},
    "owed": {"question": "the question that you still owe an answer"},
    "strength": {"strength": "one of your strengths"},
    "promised": {"promised": "what you promised"},
    "sending": {"promised": "what you promised"},
    "step": {"step": "the next step"},
    "hear-by": {"by": "the day by which you hear"},
    "asking": {"ask": "your question"},
    "overdue": {"by": "the day by which you were to hear"},
    "silence": {},
    "status": {},
    "thanks-for-answer": {},
    "feedback": {},
    "door": {},
    "accepting-day": {"day": "the day of the next interview", "round": "the next round"},
    "accepting": {},
    "offer": {},
    "close": {},
}
"""What the sentences of each part may name besides; a sentence of the part has to name the first of these."""
SLOTS: Mapping[str, tuple[str, ...]] = {
    "opening": ("opening-topic", "opening-cares", "opening"),
    "reminder": ("opening-topic", "opening-cares"),
    "concern": ("concern-answered", "concern-again", "concern-open", "concern-earlier"),
    "next": ("hear-by", "step"),
    "purpose": ("asking",),
    "waiting": ("overdue", "silence"),
    "accept": ("accepting-day", "accepting"),
}
"""Parts of a kind that are one of several sentences' parts, as there is something for one."""
GAPS: Mapping[str, Mapping[str, str]] = {
    "topic": {}, "cares": {}, "concern": {}, "answer": {}, "rough": {"raw": "your words"}, "owed": {}, "strength": {},
    "promised": {}, "attach": {}, "step": {}, "purpose": {}, "day": {}, "same": {"raw": "their words"},
    "raw": {"raw": "your words"}, "doubt": {"raw": "your words"}, "name": {},
}  # fmt: skip
"""The comments, each with what it may name besides ``first``."""


class PhraseError(ValueError):
    """A mistake in a file of sentences: where in it, and what."""

    def __init__(self, place: Place, what: str) -> None:
        self.place, self.what = place, what
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter: its parts in order, and sentences of its own for some of them; ``word`` of a new kind."""

    parts: tuple[str, ...]
    sentences: Mapping[str, tuple[str, ...]]
    word: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's sentences, by part; ``kinds`` by name, ``gaps`` by what is missing.

    ``weekdays`` and ``months`` are those of ``day`` and ``day_and_year``, which say how a date stands in a letter.
    """

    language: str
    greeting: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, Kind]
    gaps: Mapping[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    day_and_year: str
    subject: tuple[str, ...]
    capital: bool
    """Whether a letter begins with a capital below its greeting."""
    promising: tuple[str, ...] = ()
    """Verbs of a task that promises something to somebody: ``send``."""

    def of(self, kind: str, part: str) -> tuple[str, ...]:
        """Return the sentences of a part in letters of a kind."""
        return self.kinds[kind].sentences.get(part) or self.parts.get(part, ())


def names_in(sentence: str) -> tuple[str, ...]:
    """Return the names in braces. Raises ``ValueError`` where a brace stands alone, or says more than a name."""
    found = []
    for _, name, form, conversion in string.Formatter().parse(sentence):
        if name is None:
            continue
        if form or conversion or not name.replace("_", "a").isidentifier():
            raise ValueError(name)
        found.append(name)
    return tuple(found)


def read_phrases(data: object, over: Phrases | None = None) -> Phrases:
    """Check a file's values and return its sentences; ``over`` are those that it changes, part by part.

    Raises ``PhraseError``.
    """
    return _Reader(over).read(data)


_KEYS = ("language", "greeting", "parts", "kinds", "gaps", "subject", "dates", "capital", "promising")
_KIND_KEYS = ("word", "parts", "sentences")
_DATE_KEYS = ("weekdays", "months", "day", "day-and-year")


@dataclass(frozen=True, slots=True)
class _Reader:
    over: Phrases | None

    def read(self, data: object) -> Phrases:
        top = _mapping(data, (), _KEYS)
        parts = {**(self.over.parts if self.over else {}), **self._parts(top)}
        kinds = self._kinds(top)
        for name, kind in kinds.items():
            self._complete(name, kind, parts)
        if self.over is not None:
            return replace(
                self.over,
                greeting=self._texts(top, "greeting", EVERYWHERE, "first or name") or self.over.greeting,
                subject=self._texts(top, "subject", EVERYWHERE) or self.over.subject,
                parts=parts,
                kinds=kinds,
                gaps={**self.over.gaps, **self._gaps(top)},
            )
        dates = _mapping(top.get("dates"), ("dates",), _DATE_KEYS)
        return Phrases(
            language=str(top.get("language", "")),
            greeting=self._texts(top, "greeting", EVERYWHERE, "first or name"),
            parts=parts,
            kinds=kinds,
            gaps=self._gaps(top),
            weekdays=_list(dates.get("weekdays"), ("dates", "weekdays")),
            months=_list(dates.get("months"), ("dates", "months")),
            day=str(dates.get("day", "")),
            day_and_year=str(dates.get("day-and-year", "")),
            subject=self._texts(top, "subject", EVERYWHERE),
            capital=str(top.get("capital", True)).lower() != "false",
            promising=_list(top.get("promising"), ("promising",)),
        )

    def _texts(
        self, node: Mapping[str, Any], key: str, names: Mapping[str, str], needed: str = "", at: Place = ()
    ) -> tuple[str, ...]:
        """Return the sentences below a key, checked; ``needed`` says what each must name, one of them."""
        found = _list(node.get(key), (*at, key))
        for place, sentence in enumerate(found):
            _check(sentence, (*at, key, place), names, tuple(needed.split(" or ")) if needed else ())
        return found

    def _parts(self, top: Mapping[str, Any], at: Place = (), key: str = "parts") -> dict[str, tuple[str, ...]]:
        node = _mapping(top.get(key), (*at, key))
        found = {}
        for part in node:
            besides = OF_PART.get(part, {})
            if part in SLOTS and part not in OF_PART:
                raise PhraseError(
                    (*at, key, part), f"`{part}` is one of {_listed(SLOTS[part])}: write the one you mean"
                )
            needed = next(iter(besides), "")
            found[part] = self._texts(node, part, {**EVERYWHERE, **besides}, needed, (*at, key))
        return {part: sentences for part, sentences in found.items() if sentences}

    def _kinds(self, top: Mapping[str, Any]) -> dict[str, Kind]:
        found = dict(self.over.kinds) if self.over else {}
        for name, value in _mapping(top.get("kinds"), ("kinds",)).items():
            at: Place = ("kinds", name)
            node = _mapping(value, at, _KIND_KEYS)
            known = found.get(name)
            parts = _list(node.get("parts"), (*at, "parts")) or (known.parts if known else ())
            own = self._parts(node, at, "sentences")
            word = str(node.get("word") or (known.word if known else "") or ("" if name in LETTER_KINDS else name))
            if not parts:
                raise PhraseError(at, f"the kind `{name}` has no `parts`")
            found[name] = Kind(parts, {**(known.sentences if known else {}), **own}, " ".join(word.split()))
        return found

    def _complete(self, name: str, kind: Kind, parts: Mapping[str, Sequence[str]]) -> None:
        for place, part in enumerate(kind.parts):
            for one in SLOTS.get(part, (part,)):
                if not (kind.sentences.get(one) or parts.get(one)):
                    known = _listed(sorted({*SLOTS, *parts}))
                    what = f"there are no sentences for the part `{one}`; there are some for {known}"
                    raise PhraseError(("kinds", name, "parts", place), what)

    def _gaps(self, top: Mapping[str, Any]) -> dict[str, str]:
        node = _mapping(top.get("gaps"), ("gaps",), tuple(GAPS))
        for key, text in node.items():
            _check(_text(text, ("gaps", key)), ("gaps", key), {"first": "", **GAPS[key]}, tuple(GAPS[key]))
        return {key: " ".join(str(text).split()) for key, text in node.items()}


def _check(sentence: str, place: Place, names: Mapping[str, str], needed: Sequence[str]) -> None:
    try:
        found = names_in(sentence)
    except ValueError as error:
        raise PhraseError(place, "a brace stands alone here; write `{{` for `{`, or a name in braces") from error
    for name in found:
        if name not in names:
            raise PhraseError(
                place, f"there is no {{{name}}} here; there are {_listed([f'{{{one}}}' for one in names])}"
            )
    if needed and not any(name in found for name in needed):
        raise PhraseError(place, f"this sentence must name {' or '.join(f'{{{one}}}' for one in needed)}")
    if "<!--" in sentence or "-->" in sentence or "%%" in sentence:
        raise PhraseError(place, "a comment cannot stand in a sentence")


def _mapping(node: object, place: Place, keys: Sequence[str] = ()) -> Mapping[str, Any]:
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        raise PhraseError(place, f"{_called(place)} must be names with what belongs to each")
    for key in node:
        if keys and key not in keys:
            raise PhraseError((*place, str(key)), f"there is no key `{key}` here; there are {_listed(keys)}")
    return {str(key): value for key, value in node.items()}


def _list(node: object, place: Place) -> tuple[str, ...]:
    if node is None:
        return ()
    if not isinstance(node, (list, tuple)):
        return (_text(node, place),)
    return tuple(_text(one, (*place, number)) for number, one in enumerate(node))


def _text(node: object, place: Place) -> str:
    if isinstance(node, (list, tuple, Mapping)) or node is None or not fold(str(node)):
        raise PhraseError(place, "a sentence is expected here; put it in quotes if it holds a colon")
    return " ".join(str(node).split())


def _called(place: Place) -> str:
    return f"`{place[-1]}`" if place else "the file"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
