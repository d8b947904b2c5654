"""How a question went, and how it felt, as tired people write it."""

from __future__ import annotations

import pytest

from jobvault.actions.answers import Answers, read_felt, said, unread_felt, with_mark
from jobvault.actions.vault import load_words

ENGLISH = load_words("en")
GERMAN = load_words("de")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Why did you leave? - rough", "Why did you leave? (rough)"),
        ("Why did you leave? – Rough.", "Why did you leave? (Rough)"),
        ("Why did you leave? (rough)", "Why did you leave? (rough)"),
        ("Why did you leave? rough", "Why did you leave? (rough)"),
        ("Why did you leave?, strong", "Why did you leave? (strong)"),
        ("SQL joins: ok", "SQL joins (ok)"),
        ("SQL joins -> strong", "SQL joins (strong)"),
        ("SQL joins +", "SQL joins (strong)"),
        ("SQL joins 👍", "SQL joins (strong)"),
        ("SQL joins ~", "SQL joins (ok)"),
        ("SQL joins -", "SQL joins (rough)"),
        ("SQL joins - #sql", "SQL joins (rough) #sql"),
        ("Salary - owed", "Salary (owed)"),
        ("Why did you leave? - gut", "Why did you leave? (gut)"),
        ("Is the sea rough", "Is the sea rough"),
        ("Red - Black trees", "Red - Black trees"),
        ("How do you say yes, ok", "How do you say yes (ok)"),
        ("C++", "C++"),
        ("+", "+"),
        ("- rough", "- rough"),
        ("rough", "rough"),
        ("Notice period - three months", "Notice period - three months"),
    ],
)
def test_marks(said: str, written: str) -> None:
    assert with_mark(said, ENGLISH) == written


def test_a_sign_is_written_in_the_words_of_the_vault() -> None:
    assert with_mark("SQL +", GERMAN) == f"SQL ({GERMAN.text('mark.strong')})"


@pytest.mark.parametrize(
    ("said", "felt", "words"),
    [
        (["4"], 4, ()),
        (["4/5"], 4, ()),
        (["4, good talk"], 4, ("good talk",)),
        (["4 - good", "talk"], 4, ("good", "talk")),
        (["2. Tired"], 2, ("Tired",)),
        (["good talk", "4"], 4, ("good talk",)),
        (["good talk", "3/5", "bye"], 3, ("good talk", "bye")),
        (["4.5"], None, ("4.5",)),
        (["0"], None, ("0",)),
        (["6"], None, ("6",)),
        (["3 people were there"], None, ("3 people were there",)),
        (["5-3 for us"], None, ("5-3 for us",)),
        (["good talk", "4, they said"], None, ("good talk", "4, they said")),
        (["1. good", "2. bad"], None, ("good", "bad")),
        ([], None, ()),
    ],
)
def test_felt(said: list[str], felt: int | None, words: tuple[str, ...]) -> None:
    assert read_felt(said) == (felt, words)


@pytest.mark.parametrize(
    ("texts", "unread"),
    [
        (["7"], "7"),
        (["0 bad"], "0"),
        (["3-4"], "3-4"),
        (["5+"], "5+"),
        (["2,5"], "2,5"),
        (["8/10, nice"], "8/10"),
        (["good talk", "7"], "7"),
        (["4, good"], ""),
        (["good talk", "7 people"], ""),
        (["good"], ""),
        (["1on1 was fine"], ""),
    ],
)
def test_a_number_that_is_not_read_is_known(texts: list[str], unread: str) -> None:
    assert unread_felt(texts) == unread
    assert not unread or read_felt(texts) == (None, tuple(texts))


@pytest.mark.parametrize(
    "text", ["none", "None.", "n/a", "N/A", "nothing", "-", "--", "nichts", "Keine", "niemand", "Nobody"]
)
def test_words_for_nothing_are_no_answer(text: str) -> None:
    for words in (ENGLISH, GERMAN):
        assert said([text], words) == ()
        assert said([text, "SQL"], words) == (text, "SQL")
    assert said(["none of it"], ENGLISH) == ("none of it",)


def test_silence() -> None:
    assert Answers().silent
    assert Answers(people=(" \t\0",), asked=("-",)).silent
    assert not Answers(overall=("4",)).silent
