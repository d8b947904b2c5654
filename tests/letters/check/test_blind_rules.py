"""Rules that letters written blind brought up: what is a purpose, a request, a date, a name, and what is none."""

from __future__ import annotations

import pytest

from jobvault.letters.check.days import days_in
from tests.letters.desk import GOOD, NOTES, WORDS, bench, codes, letter

THANKS = "Dear Dana,\n\nthank you for Friday. {}\n\nBest wishes,\nRobin Vale\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "Yes, happy to come.",
        "I'd be glad to go through it.",
        "I'd like to hear how it went.",
        "I write to see whether there is any news.",
        "Ja, gern.",
        "Gibt es Neuigkeiten?",
    ],
)
def test_what_agrees_offers_or_asks_softly_is_a_purpose(sentence: str) -> None:
    assert "purpose" not in codes(THANKS.format(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "I can't wait.",
        "I very much hope that we go on.",
        "The clocks tell me everything.",
        "Falls du noch Fragen hast, melde dich gern.",
        "Über eine positive Rückmeldung würde ich mich sehr freuen.",
        "Das kann ich so nicht glauben.",
    ],
)
def test_enthusiasm_and_stock_phrases_are_none(sentence: str) -> None:
    assert "purpose" in codes(THANKS.format(sentence))


def test_a_question_that_is_announced_is_one_request() -> None:
    asked = "May I ask you one thing? Which plan would you have taken?"
    assert "requests" not in codes(GOOD.replace("May I send you the plan?", asked))
    assert "requests" in codes(GOOD.replace("May I send", "I'd need a date soon. May I send"))


@pytest.mark.parametrize("text", ["never 9.99.", "it is 10.00.", "3.34, 3.33", "45.10."])
def test_sums_are_no_dates(text: str) -> None:
    assert list(days_in(text, WORDS.vocabulary.speech)) == []


@pytest.mark.parametrize("sentence", ["There were two Priyas.", "It was Natarajan's.", "Die Worte Priyas helfen."])
def test_plurals_and_possessives_are_not_misspelt(sentence: str) -> None:
    assert codes(GOOD.replace("The duplicate ledger", f"{sentence} The duplicate ledger")) == set()


@pytest.mark.parametrize("greeting", ["Dana! Hello again,", "Hello! Dana,"])
def test_a_greeting_may_begin_anew(greeting: str) -> None:
    assert codes(GOOD.replace("Dear Dana,", greeting)) == set()


def test_a_day_agreed_to_for_the_next_round() -> None:
    body = GOOD.replace("The duplicate", "Yes please to the panel, {} December at 11, I've put it down. The duplicate")
    assert codes(body.format(9), kind="next-round") == {"date"}
    assert codes(body.format(8), kind="next-round") == set()


def test_a_colleague_named_anchors_a_letter_in_another_language() -> None:
    body = "Liebe Dana,\n\ndas Gespräch hat mir gefallen, und ich habe viel darüber nachgedacht{}. Anbei ein Plan.\n\nRobin\n"
    assert codes(body.format(", Priya auch"), kind="promised") == set()
    assert "discussed" in codes(body.format(""), kind="promised")


def test_a_strength_of_another_debrief_counts() -> None:
    old = "Debriefs/2026-10-05 Orchard Bank technical.md"
    strong = NOTES[old] + "\n## Where I was strong\n\n- Rebuilt the brewery cellar thermometer\n"
    begin = "The duplicate ledger in the warehouse sketch is where I would begin."
    body = GOOD.replace(begin, "I rebuilt a thermometer in a brewery cellar.")
    for notes, expected in (({}, {"letter-strength"}), ({old: strong}, set())):
        desk = bench({**notes, "Letters/mine.md": letter(body)})
        assert {problem.code for problem in desk.check(desk.letters[0].letter).findings} == expected
