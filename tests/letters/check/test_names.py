"""Names: whom the greeting names, the company, other people; near misses are errors, others are left alone."""

from __future__ import annotations

import pytest

from jobvault.letters.check.near import one_off
from tests.letters.desk import GOOD, checked, codes, findings, letter


def greeted(greeting: str) -> set[str]:
    return codes(GOOD.replace("Dear Dana,", greeting))


@pytest.mark.parametrize(
    "greeting",
    [
        "Dear Dana,",
        "Dear Ms Reyes,",
        "Dear Dr. Reyes,",
        "Hi Dana Reyes!",
        "Hello Dana –",
        "Good morning, Dana,",
        "Dana,",
        "Dear Dana R.,",
        "Sehr geehrte Frau Reyes,",
        "Liebe Dana,",
        "Bonjour Dana,",
        "DEAR DANA:",
        "Dana 您好！",
    ],
)
def test_greetings_that_are_right(greeting: str) -> None:
    assert greeted(greeting) == set()


@pytest.mark.parametrize(
    "greeting", ["Dear Danna,", "Dear Priya,", "Dear Dana Natarajan,", "Dear Ms Reyez,", "Dear Solveig,"]
)
def test_greetings_that_name_somebody_else_or_misspell_the_name(greeting: str) -> None:
    assert greeted(greeting) == {"recipient"}


@pytest.mark.parametrize(
    "greeting", ["Hi there,", "Dear Sir or Madam,", "Dear hiring team,", "Sehr geehrte Damen und Herren,", ""]
)
def test_greetings_that_name_nobody(greeting: str) -> None:
    assert greeted(greeting) == {"no-greeting"}


def test_a_misspelt_greeting_says_the_name_that_it_may_be() -> None:
    (found,) = findings(GOOD.replace("Dear Dana,", "Dear Danna,"))
    assert found.line == 9
    assert "“Danna”" in found.message
    assert "Dana Reyes" in found.message
    assert "Dana Reyes" in found.hint


def test_text_that_goes_on_in_the_greetings_row_is_text() -> None:
    assert codes(GOOD.replace("Dear Dana,\n\npipelines", "Dear Dana, pipelines")) == set()


def with_sentence(sentence: str) -> set[str]:
    return codes(GOOD.replace("The duplicate ledger", f"{sentence} The duplicate ledger"))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("I liked Lumen Workz.", "company"),
        ("Lumen Work is a place to be.", "company"),
        ("That is what I like about Lumeen.", "company"),
        ("I would love to join Orchard Bank.", "company"),
        ("The team at Orchard does it as well.", "company"),
        ("What Priyja said was right.", "name"),
        ("What Priya Nataraian said was right.", "name"),
        ("I have written to Solveig Dhal as well.", "name"),
    ],
)
def test_names_that_are_wrong(sentence: str, code: str) -> None:
    assert with_sentence(sentence) == {code}


@pytest.mark.parametrize(
    "sentence",
    [
        "I liked Lumen Works and LUMEN WORKS, and Lumen's view.",
        "I have an offer from Orchard Bank.",
        "At Ottery Pay I did it twice.",
        "An orchard was in the picture.",
        "What Priya Natarajan and Priya's team said was right.",
        "Pride came before it, and Works of art.",
        "Data is not a name.",
    ],
)
def test_names_that_are_right_and_words_that_are_none(sentence: str) -> None:
    assert with_sentence(sentence) == set()


def test_the_subject_is_read_too() -> None:
    found = checked(letter(GOOD, "subject: Your Orchard Bank panel\n"))
    assert {problem.code for problem in found.findings} == {"letter-company"}


def test_near_names() -> None:
    assert one_off("Hannah", "Hanna")
    assert one_off("Kwabean", "Kwabena")
    assert not one_off("Zoe", "Zoë"), "a keyboard may lack accents"
    assert not one_off("Ann", "Anne"), "too short"
    assert not one_off("Maria", "Marisol")
