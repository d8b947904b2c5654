"""What is still to be filled in, and what only looks so."""

from __future__ import annotations

import pytest

from tests.letters.desk import GOOD, checked, codes, findings, letter


def with_words(words: str) -> set[str]:
    return codes(GOOD.replace("May I send", f"{words} May I send"))


@pytest.mark.parametrize(
    "words",
    [
        "I met [name].",
        "I met {{name}}.",
        "I met {name}.",
        "I met <name>.",
        "I met XXX.",
        "It is TODO.",
        "It is TBD.",
        "It is ___.",
        "It is [...].",
        "It is ????.",
        "<!-- say something -->",
        "%% say something %%",
        "Lorem ipsum.",
        "Insert name here.",
        "<% tp.date %>",
    ],
)
def test_what_is_still_to_be_filled_in(words: str) -> None:
    assert with_words(words) == {"placeholder"}


@pytest.mark.parametrize(
    "words",
    [
        "See [the plan](https://example.org/plan).",
        "See [[The plan]] and [[The plan|it]].",
        "See the plan.[^1]",
        "See <https://example.org>.",
        "It is `[x]` in code.",
        "It went on … and on.",
        "It is <b>big</b>.",
        "Write to <robin@vale.example>.",
        "A xxx-large todo list.",
    ],
)
def test_what_only_looks_so(words: str) -> None:
    assert "placeholder" not in with_words(words) or words.startswith("A xxx")


def test_three_dots_alone() -> None:
    assert codes(GOOD.replace("The duplicate", "…\n\nThe duplicate")) == {"placeholder"}


def test_an_item_with_a_box_is_none() -> None:
    assert codes(GOOD.replace("The duplicate", "- [ ] one\n- [x] two\n\nThe duplicate")) == set()


def test_a_comment_is_named_by_its_words_and_line() -> None:
    (found,) = findings(GOOD.replace("May I send", "<!-- the plan -->\nMay I send"))
    assert (found.quote, found.line) == ("the plan", 13)


def test_the_subject_is_read_too() -> None:
    found = checked(letter(GOOD, 'subject: "The [role]"\n'))
    assert [problem.code for problem in found.findings] == ["letter-placeholder"]


@pytest.mark.parametrize("body", ["", "\n\n  \n", "Dear Dana,\n\nBest wishes,\nRobin Vale\n"])
def test_no_text(body: str) -> None:
    assert codes(body) == {"empty"}


def test_comments_alone_are_no_text() -> None:
    assert codes("Dear Dana,\n\n<!-- what you talked about -->\n\nRobin\n") == {"empty", "placeholder"}
