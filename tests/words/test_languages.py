"""The word files of all languages: alike in shape, and without words that mean two things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import combinations
from typing import Any

import pytest

from jobvault.actions.vault import load_words
from jobvault.model import APPLICATION_OUTCOMES, CHAT, FORMATS, KINDS, OUTCOMES, ROUNDS
from jobvault.notes.follow_ups import is_thanks
from jobvault.settings import Folders
from jobvault.words import fold
from jobvault.words.reasons import reasons
from jobvault.words.vocabulary import spelt_out
from tests.words.word_files import FILES, placeholders

OTHERS = [language for language in FILES if language != "en"]
READ = ("sections", "labels", "marks", "topics")
VALUES = {
    "outcome": OUTCOMES,
    "format": FORMATS,
    "type": KINDS,
    "round": (*ROUNDS, CHAT),
    "application": APPLICATION_OUTCOMES,
    "status": ("draft", "sent"),
}


def leaves(node: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Give what is not a mapping, by its dotted key."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            yield from leaves(value, f"{before}.{name}" if before else str(name))
    else:
        yield before, node


def whole(language: str) -> dict[str, Any]:
    return {key: value for key, value in leaves(FILES[language]) if not key.startswith("spellings")}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_key_and_no_other(language: str) -> None:
    there, here = set(whole("en")), set(whole(language))
    assert sorted(there - here) == []
    assert sorted(here - there - {f"folders.{one.name}" for one in fields(Folders)}) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_names_every_folder_of_a_new_vault(language: str) -> None:
    """English has the names that the settings have by themselves."""
    named = FILES[language]["folders"]
    assert list(named) == [one.name for one in fields(Folders)]
    assert len(set(named.values())) == len(named)


@pytest.mark.parametrize("language", OTHERS)
def test_texts_have_the_same_placeholders_and_lists_have_words(language: str) -> None:
    english, ours = whole("en"), whole(language)
    for key, text in ours.items():
        if key.startswith("folders."):
            continue
        assert isinstance(text, list) == isinstance(english[key], list), key
        if isinstance(text, str):
            assert placeholders(text) == placeholders(english[key]), key
            assert bool(text) == bool(english[key]), key
        elif isinstance(text, list) and not key.startswith("days."):
            assert bool(text) == bool(english[key]), key


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_nothing_as_english_does_unless_it_is_a_name(language: str) -> None:
    same = {
        "problems.settings.say",
        "problems.not-a-file.do",
        "problems.letter-date.say",
        "texts.interviews.felt-of",
        "texts.obsidian.name",
    }
    english, ours = whole("en"), whole(language)
    for key, text in ours.items():
        if key.startswith(("texts.", "problems.", "hints.", "reasons.")) and isinstance(text, str):
            assert text != english[key] or key in same, key


@pytest.mark.parametrize("language", FILES)
def test_dates_name_seven_days_and_twelve_months_and_are_told_apart(language: str) -> None:
    dates = FILES[language]["dates"]
    assert (len(set(dates["weekdays"])), len(set(dates["months"]))) == (7, 12)
    assert placeholders(dates["full"]) == {"weekday", "day", "month", "year"}


@pytest.mark.parametrize("language", FILES)
def test_states_are_read_back_with_and_without_a_date(language: str) -> None:
    """``render/item.py`` compares them as they are written, so they must be what they fold to."""
    assert all(fold(word) == word for word in FILES[language]["states"].values())


# --- the words that are written are read back ------------------------------------------------------------------------


@pytest.mark.parametrize("language", FILES)
def test_what_a_new_note_says_is_read_back(language: str) -> None:
    words = load_words(language)
    tables = {
        "outcome": words.vocabulary.outcomes, "format": words.vocabulary.formats, "round": words.vocabulary.rounds,
        "application": words.vocabulary.applications, "status": words.vocabulary.statuses,
        "source": words.vocabulary.sources,
    }  # fmt: skip
    for group, table in tables.items():
        for value in FILES["en"]["values"][group]:
            assert table[fold(words.write(group, value))] == value
    for name in FILES["en"]["sections"]:
        assert words.vocabulary.sections[fold(words.heading(name))] == name
    for name in FILES["en"]["labels"]:
        assert words.vocabulary.labels[fold(words.text(f"label.{name}"))] == name
    for name in FILES["en"]["marks"]:
        assert words.vocabulary.marks[fold(words.text(f"mark.{name}"))] == name


@pytest.mark.parametrize("language", FILES)
def test_the_thank_you_that_a_new_debrief_lays_down_is_read_as_one(language: str) -> None:
    words = load_words(language)
    for key, values in (("thanks-task", {"name": "x"}), ("thank-nowhere", {"names": "x", "n": 1})):
        assert is_thanks(words.text(f"follow-ups.{key}", **values), words), key
    assert not is_thanks(words.text("follow-ups.send-letter", name="x"), words)


@pytest.mark.parametrize("group", VALUES)
def test_every_value_has_a_word_and_in_english_it_is_the_value(group: str) -> None:
    table = FILES["en"]["values"][group]
    assert set(table) == set(VALUES[group])
    assert [words[0] for words in table.values()] == list(table)


@pytest.mark.parametrize("language", FILES)
def test_the_texts_name_sections_and_marks_by_the_words_that_are_written(language: str) -> None:
    """What is in quotes, or in code, in the texts is a heading, label or mark that a new debrief would have."""
    words = load_words(language)
    known = {fold(word) for group in ("heading", "mark") for key, word in words.texts.items() if key.startswith(group)}
    for key, text in leaves(FILES[language]["texts"]):
        if key.endswith((".none", ".none-applied")):
            quoted = re.findall(r"[“„]([^”“]+)[”“]|`\(([^)]+)\)`", str(text))
            assert all(fold(one or other) in known for one, other in quoted), key


# --- no word means two things ----------------------------------------------------------------------------------------

KNOWN: Mapping[str, str] = {}
"""Words that mean two things in two languages, each with the reason why that is harmless."""


def tables(language: str) -> Iterator[tuple[str, str, str]]:
    """Give each word that is understood, folded, in both of its spellings: group, word, what it means."""
    file = spelt_out(FILES[language])
    groups = {
        **{name: file[name] for name in READ},
        **file["values"],
        **{f"figures.{name}": table for name, table in file["figures"].items()},
        "days.near": file["days"]["near"],
        "days.weekdays": file["days"]["weekdays"],
    }
    for group, table in groups.items():
        for name, words in table.items():
            for word in (name, *words):
                yield group, fold(str(word)), name
    for name, word in file["states"].items():
        yield "states", fold(word), name


@pytest.mark.parametrize("language", FILES)
def test_no_word_stands_for_two_things_in_one_language(language: str) -> None:
    seen: dict[tuple[str, str], str] = {}
    for group, word, name in tables(language):
        if group != "days.near":  # the keys there are signed numbers, which fold to the same
            assert seen.setdefault((group, word), name) == name, (group, word)


@pytest.mark.parametrize(("one", "other"), list(combinations(FILES, 2)))
def test_no_word_means_two_things_in_two_languages(one: str, other: str) -> None:
    first = {(group, word): name for group, word, name in tables(one)}
    for group, word, name in tables(other):
        if group != "days.near" or not word.isdigit():
            assert first.get((group, word), name) == name or word in KNOWN, (group, word)


@pytest.mark.parametrize("language", FILES)
def test_no_heading_is_unclear_and_known_at_once(language: str) -> None:
    known = load_words(language).vocabulary
    assert not known.unclear & set(known.sections)


def test_a_word_is_read_as_it_is_typed_without_the_languages_own_letters() -> None:
    known = load_words().vocabulary
    assert (known.sections["naechste schritte"], known.sections["nächste schritte"]) == ("follow-ups", "follow-ups")
    assert (known.labels["einwaende"], known.marks["maessig"], known.rounds["fuehrungskraft"]) == (
        "concern",
        "rough",
        "hiring-manager",
    )
    assert {"fällig", "faellig"} <= set(known.due)
    assert fold("Größe") != fold("Groesse"), "names are never folded so: Möller is not Moeller"


def test_the_vaults_own_language_wins() -> None:
    words = load_words("de")
    assert (words.language, words.vocabulary.due[0], load_words("en").vocabulary.due[0]) == ("de", "fällig", "due")


def test_every_reason_has_a_text() -> None:
    for language, file in FILES.items():
        assert set(file["reasons"]) == reasons(), language
