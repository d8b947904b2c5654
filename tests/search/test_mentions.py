"""Whether a text names a person."""

from __future__ import annotations

import pytest

from jobvault.search.mentions import first_name, names_first, names_person, shares_word
from tests.nouns import WORDS


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("Send Dana Reyes the portfolio", "Dana Reyes", True),
        ("send dana reyes the portfolio", "Dana Reyes", True),
        ("Dana Reyes's slides", "Dana Reyes", True),
        ("Dana Reyes’s slides", "Dana Reyes", True),
        ("Send [[Dana Reyes|her]] the portfolio", "Dana Reyes", True),
        ("Send [[People/Dana Reyes]] the portfolio", "Dana Reyes", True),
        ("Ask Sinéad O’Connor", "Sinéad O'Connor", True),
        ("Ask Jean-Luc Picard", "Jean-Luc Picard", True),
        ("Send Dana the portfolio", "Dana Reyes", False),
        ("Send Bogdana Reyes the portfolio", "Dana Reyes", False),
        ("Send Dana Reyeson the portfolio", "Dana Reyes", False),
        ("Ask Madonna", "Madonna", True),
        ("I will ask", "Will", False),
        ("", "Dana Reyes", False),
    ],
)
def test_a_whole_name(text: str, name: str, named: bool) -> None:
    assert names_person(text, name) is named


@pytest.mark.parametrize(
    ("text", "first", "named"),
    [
        ("Send Dana the portfolio", "Dana", True),
        ("Send **Dana** the portfolio", "Dana", True),
        ("Dana's slides", "Dana", True),
        ("Call (Dana)", "Dana", True),
        ("Send Jean-Luc the slides", "Jean-Luc", True),
        ("田中さんにお礼", "田中", True),
        ("I will send it", "Will", False),
        ("ask dana", "Dana", False),
        ("Ask Danae", "Dana", False),
        ("Plan A", "A", False),
        ("お礼", "田中", False),
        ("anything", "", False),
    ],
)
def test_a_first_name_needs_its_capital(text: str, first: str, named: bool) -> None:
    assert names_first(text, first) is named


def test_first_name() -> None:
    assert [first_name(name, WORDS.vocabulary.titles) for name in ("Dana Reyes", "Madonna", " Dana  Reyes", "")] == [
        "Dana",
        "Madonna",
        "Dana",
        "",
    ]


@pytest.mark.parametrize("name", ["Dr. Smith", "Mrs Reyes", "Frau Reiter", "HERR Krah", "Prof. Dr. Ode"])
def test_a_title_of_any_language_is_no_first_name(name: str) -> None:
    assert not first_name(name, WORDS.vocabulary.titles)


def test_shares_word() -> None:
    assert shares_word("Ask for the SRE's name", "SRE, beard")
    assert not shares_word("Ask for a name", "SRE, beard")
    assert not shares_word("A plan", "a")
    assert not shares_word("", "")
