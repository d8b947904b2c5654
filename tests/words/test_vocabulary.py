"""What is understood in notes."""

from __future__ import annotations

import pytest

from jobvault.actions.vault import load_words
from jobvault.model import FORMATS, KINDS, OUTCOMES
from jobvault.words import fold
from tests.words.word_files import FILES, WORDS, both


@pytest.mark.parametrize("language", FILES)
def test_no_word_stands_for_two_things(language: str) -> None:
    file = FILES[language]
    for table in (file["sections"], file["labels"], file["marks"], *file["values"].values()):
        seen: dict[str, str] = {}
        for name, words in table.items():
            for word in words:
                assert seen.setdefault(fold(str(word)), name) == name, word


@pytest.mark.parametrize(("values", "group"), [(OUTCOMES, "outcome"), (FORMATS, "format"), (KINDS, "type")])
def test_every_value_has_words(values: tuple[str, ...], group: str) -> None:
    assert set(values) == set(FILES["en"]["values"][group])


def test_hints_are_one_line_and_known() -> None:
    for hint in FILES["en"]["hints"].values():
        assert "\n" not in hint
        assert "--" not in hint
        assert len(hint) < 90
        assert fold(hint) in WORDS.vocabulary.hints


OWN = {
    "sections": {"weak": ("Ouch",), "takeaways": ("Summary",)},
    "labels": {"concern": ("Hm",)},
    "marks": {"rough": ("meh",)},
}


def test_the_users_own_words_are_read_and_win() -> None:
    vocabulary = load_words("en", OWN).vocabulary
    assert (vocabulary.sections["ouch"], vocabulary.labels["hm"], vocabulary.marks["meh"]) == (
        "weak",
        "concern",
        "rough",
    )
    assert vocabulary.sections["summary"] == "takeaways"
    assert vocabulary.sections["weak"] == "weak"
    assert "ouch" in load_words("en", {"sections": {"weak": ("Ouch!", "Ouchie")}}).vocabulary.sections


def test_a_section_is_known_by_its_own_name_too() -> None:
    for name in FILES["en"]["sections"]:
        assert WORDS.vocabulary.sections[fold(name)] == name


@pytest.mark.parametrize("language", ["en", "de"])
def test_notes_may_mix_languages(language: str) -> None:
    vocabulary = both(language).vocabulary
    assert (vocabulary.sections["wo ich schwach war"], vocabulary.sections["where i was weak"]) == ("weak", "weak")
    assert (vocabulary.labels["bedenken"], vocabulary.labels["concern"]) == ("concern", "concern")
    assert (vocabulary.marks["holprig"], vocabulary.outcomes["angebot"]) == ("rough", "offer")
    assert {"danken", "thanks"} <= vocabulary.thanks
    assert {"fällig", "due"} <= set(vocabulary.due)
    assert (vocabulary.states["erledigt"], vocabulary.states["done"]) == ("done", "done")
    assert fold("Halb ist gut.") in vocabulary.hints
    assert vocabulary.sections["summary"] == ("weak" if language == "de" else "overall")
