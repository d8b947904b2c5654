"""Labelled words in their four forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.labels import known_label, read_label
from tests.notes.written import WORDS

LABELS = WORDS.vocabulary.labels
FORMS = (
    "{0}: {1}", "{0} : {1}", "{0}:: {1}", "{0}:{1}", "[{0}:: {1}]", "({0}:: {1})", "[{0}::{1}]", "**{0}:** {1}", "**{0}**: {1}", "**{0}::** {1}",
    "__{0}:__ {1}", "_{0}:_ {1}", "*{0}*: {1}", "***{0}:*** {1}", "=={0}:== {1}", "😬 {0}: {1}",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("word", "name"), sorted(LABELS.items()))
def test_every_label_is_known_in_every_form_and_case(word: str, name: str, form: str) -> None:
    for written in (word, word.title(), word.upper()):
        assert known_label(form.format(written, "too junior"), LABELS) == (name, "too junior")


@pytest.mark.parametrize(
    "word", ["Cares about", "Concern", "We talked about", "Asked", "My answer", "Next step", "Email", "Note"]
)
def test_the_labels_that_are_promised_are_there(word: str) -> None:
    found = known_label(f"{word}: x", LABELS)
    assert found
    assert found[1] == "x"


@pytest.mark.parametrize("form", ["{0}:", "{0}::", "**{0}:**", "**{0}**:", "[{0}:: ]", "[{0}::]"])
def test_a_label_may_have_no_value(form: str) -> None:
    assert known_label(form.format("Cares about"), LABELS) == ("cares-about", "")


@pytest.mark.parametrize(
    "value",
    [
        "a: b: c",
        "[[Dana Reyes]] said so",
        "`a: b`",
        "https://acme.com/x",
        "14:30",
        "(rough)",
        "[x](y.md)",
        "**all** of it",
        "x :: y",
    ],
)
def test_the_value_is_all_the_rest(value: str) -> None:
    assert known_label(f"Concern: {value}", LABELS) == ("concern", value)
    assert known_label(f"**Concern:** {value}", LABELS) == ("concern", value)
    assert known_label(f"[concern:: {value}]", LABELS) == ("concern", value)


@pytest.mark.parametrize(
    "text",
    [
        "Dana Reyes", "Dana Reyes: VP", "Concern", "Concerned: a lot", "A concern: x", "[[Concern: x]]", "https://concern", "Concern (mine): x", "`Concern`: x",
        "", ":", "::", "[::]", "**:** x", "**Concern x", "Concern; x",
    ],
)  # fmt: skip
def test_what_is_no_label_of_ours_is_none(text: str) -> None:
    assert known_label(text, LABELS) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pay: 120k base", ("Pay", "120k base")),
        ("**Why leaving:** the commute", ("Why leaving", "the commute")),
        ("Start:: 1 March", ("Start", "1 March")),
        ("[pay:: 120k]", ("pay", "120k")),
        ("Pay:", ("Pay", "")),
        ("Gehalt: 80.000 €", ("Gehalt", "80.000 €")),
        ("https://acme.com", None),
        ("14:30 is fine", None),
        ("we start at 9:30", None),
        ("120k base", None),
        ("A sentence that is much too long to be a label of anything: here", None),
    ],
)
def test_any_label_is_parted_from_its_value(text: str, expected: tuple[str, str] | None) -> None:
    assert read_label(text) == expected


@given(st.text())
def test_no_text_raises(text: str) -> None:
    for found in (read_label(text), known_label(text, LABELS)):
        assert found is None or all(isinstance(part, str) and part == part.strip() for part in found)
