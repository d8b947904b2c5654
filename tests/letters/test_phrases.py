"""The sentences of letters: ours are whole, and a mistake in a vault's own is named by its place."""

from __future__ import annotations

import re
from typing import Any

import pytest

from jobvault.letters.phrases import GAPS, OF_PART, PhraseError, Phrases, names_in, read_phrases
from jobvault.model import LETTER_KINDS
from jobvault.notes.frontmatter import load_yaml
from jobvault.vault.shipped import read_template, sentence_languages

LANGUAGES = sentence_languages()
ROUND = 6
FREE = {"close", "subject", "subject-topic", "hear-by"}
STOCK = ("just checking in", "touching base", "circling back", "thank you for taking the time", "wanted to reach out")


def ours(language: str = "en") -> Phrases:
    return read_phrases(load_yaml(read_template(f"letters/{language}.yaml")))


def every_sentence(phrases: Phrases) -> dict[str, tuple[str, ...]]:
    own = {f"{name}.{part}": found for name, kind in phrases.kinds.items() for part, found in kind.sentences.items()}
    return {**phrases.parts, **own}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_all_kinds_and_gaps(language: str) -> None:
    phrases = ours(language)
    assert phrases.language == language
    assert set(phrases.kinds) == set(LETTER_KINDS)
    assert set(phrases.gaps) == set(GAPS)
    assert set(phrases.parts) == set(ours("en").parts)
    assert len(phrases.weekdays) == 7
    assert len(phrases.months) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_sentences_for_a_round_of_six(language: str) -> None:
    few = {
        part: len(found)
        for part, found in every_sentence(ours(language)).items()
        if len(found) < ROUND and part.rpartition(".")[2] not in FREE
    }
    assert few == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice(language: str) -> None:
    parts = re.compile(r"(?<=[.!?])\s+")
    found = [
        one
        for part, sentences in every_sentence(ours(language)).items()
        if part.rpartition(".")[2] not in FREE
        for sentence in sentences
        for one in parts.split(sentence)
    ]
    assert sorted(one for one in set(found) if found.count(one) > 1) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_a_stock_phrase_or_asks_twice(language: str) -> None:
    for sentences in every_sentence(ours(language)).values():
        for sentence in sentences:
            assert not any(phrase in sentence.lower() for phrase in STOCK)
            assert len(sentence.split()) <= 24
            assert sentence.count("?") <= 1


def test_names_in_braces_are_found() -> None:
    assert names_in("{first} and {role}, {{not}} this") == ("first", "role")
    for wrong in ("{", "}", "{}", "{a!r}", "{a:>9}", "{a.b}", "{0}", "{a[0]}"):
        with pytest.raises(ValueError):
            names_in(wrong)


def test_a_vaults_own_sentences_go_over_ours_by_part_and_kind() -> None:
    data: dict[str, Any] = {
        "parts": {"offer": ["Say so, {first}."]},
        "kinds": {
            "thank-you": {"parts": ["opening", "close"], "sentences": {"close": "Yours,"}},
            "reference": {"word": "Ask for a reference", "parts": ["reminder", "please", "close"]},
        },
        "gaps": {"owed": "What now?"},
    }
    with pytest.raises(PhraseError, match="no sentences for the part `please`") as error:
        read_phrases(data, ours())
    assert error.value.place == ("kinds", "reference", "parts", 1)
    data["parts"]["please"] = ["Would you be a reference for me, {first}?"]
    phrases = read_phrases(data, ours())
    assert phrases.of("check-in", "offer") == ("Say so, {first}.",)
    assert phrases.of("thank-you", "close") == ("Yours,",)
    assert phrases.of("concern", "close") == ours().of("concern", "close")
    assert phrases.kinds["thank-you"].parts == ("opening", "close")
    assert phrases.kinds["reference"].word == "Ask for a reference"
    assert phrases.gaps["owed"] == "What now?"
    assert phrases.gaps["answer"] == ours().gaps["answer"]


@pytest.mark.parametrize(
    ("data", "place", "what"),
    [
        ([], (), "the file must be names"),
        ({"part": {}}, ("part",), "there is no key `part` here; there are language"),
        ({"parts": []}, ("parts",), "`parts` must be names"),
        ({"parts": {"owed": [["x"]]}}, ("parts", "owed", 0), "a sentence is expected"),
        ({"parts": {"owed": [None]}}, ("parts", "owed", 0), "a sentence is expected"),
        ({"parts": {"owed": ["I owe you."]}}, ("parts", "owed", 0), "must name {question}"),
        ({"parts": {"owed": ["{question} {topic}"]}}, ("parts", "owed", 0), "there is no {topic} here"),
        ({"parts": {"offer": ["x", "a { b"]}}, ("parts", "offer", 1), "a brace stands alone"),
        ({"parts": {"offer": ["{first!r}"]}}, ("parts", "offer", 0), "a brace stands alone"),
        ({"parts": {"offer": ["a <!-- b"]}}, ("parts", "offer", 0), "a comment cannot stand"),
        ({"parts": {"reminder": ["x"]}}, ("parts", "reminder"), "is one of opening-topic, opening-cares"),
        ({"kinds": {"own": {}}}, ("kinds", "own"), "has no `parts`"),
        ({"kinds": {"own": {"part": 1}}}, ("kinds", "own", "part"), "there is no key `part` here"),
        ({"gaps": {"nothing": "x"}}, ("gaps", "nothing"), "there is no key"),
        ({"gaps": {"rough": "x"}}, ("gaps", "rough"), "must name {raw}"),
        ({"greeting": ["Hello,"]}, ("greeting", 0), "must name {first} or {name}"),
        ({"subject": ["{topic}"]}, ("subject", 0), "there is no {topic} here"),
    ],
)
def test_a_mistake_is_named_by_its_place(data: object, place: tuple[str | int, ...], what: str) -> None:
    with pytest.raises(PhraseError, match=re.escape(what)) as error:
        read_phrases(data, ours())
    assert error.value.place == place


def test_every_part_that_ours_has_is_known() -> None:
    assert {part.rpartition(".")[2] for part in every_sentence(ours())} == set(OF_PART)
