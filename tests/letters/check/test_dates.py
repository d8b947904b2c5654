"""Dates against the debrief: the interview was on Friday 20 November 2026, they promised an answer by 1 December."""

from __future__ import annotations

import pytest

from jobvault.letters.check.days import days_in
from tests.letters.desk import GOOD, TODAY, WORDS, codes, findings


def with_sentence(sentence: str) -> set[str]:
    return codes(GOOD.replace("The duplicate ledger", f"{sentence} The duplicate ledger"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for the talk on Thursday.",
        "Thank you for the talk on 19 November.",
        "On Friday 27 November we met.",
        "You said on Monday that it heals.",
        "You wanted to decide by Wednesday.",
        "You wanted to decide by 2 December.",
        "I had understood that an answer comes by 3 December 2026.",
        "I keep Tuesday 3 December free.",
        "There is no 31 November.",
        "Tuesday 9 December suits me.",
        "I confirm the 9th of December.",
        "Danke für das Gespräch am Donnerstag.",
        "Am Freitag, den 19. November haben wir gesprochen.",
    ],
)
def test_days_that_contradict_the_debrief(sentence: str) -> None:
    assert with_sentence(sentence) == {"date"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for the talk on Friday.",
        "Thank you for the talk on 20 November.",
        "On Friday, 20 November 2026 we met.",
        "You wanted to decide by Tuesday.",
        "You wanted to decide by 1 December.",
        "I will send it by Thursday.",
        "On Sunday I read what you said about pipelines.",
        "Since Wednesday I have read a plan a day.",
        "I look forward to our talk on Thursday.",
        "If you have not decided by Thursday, tell nobody.",
        "Tuesday 8 December suits me.",
        "I wrote it on 2026-11-22 and 3/4 of it is yours.",
        "In March I moved 312 tables.",
        "Danke für das Gespräch am Freitag.",
    ],
)
def test_days_that_do_not(sentence: str) -> None:
    assert "date" not in with_sentence(sentence)


def test_the_right_day_is_said() -> None:
    (found,) = findings(GOOD.replace("pipelines", "thank you for the talk on Thursday. Pipelines", 1))
    assert "Fri 20 Nov 2026" in found.message
    assert found.quote == "Thursday"
    assert found.line == 11


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", "2026-11-20"),
        ("Fri 20 Nov", "2026-11-20"),
        ("the 20th of November 2026", "2026-11-20"),
        ("November 20th", "2026-11-20"),
        ("Nov. 20, 2026", "2026-11-20"),
        ("20. November", "2026-11-20"),
        ("20.11.", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("2 January", "2027-01-02"),
    ],
)
def test_days_are_read_as_people_write_them(text: str, expected: str) -> None:
    (found,) = days_in(f"so on {text} it was", WORDS.vocabulary.speech)
    assert str(found.on(TODAY)) == expected


@pytest.mark.parametrize("text", ["so ist es am Ende", "I may go in March", "10 people", "1.5 of 20", "v2026-11-20x"])
def test_what_is_no_day(text: str) -> None:
    assert list(days_in(text, WORDS.vocabulary.speech)) == []
