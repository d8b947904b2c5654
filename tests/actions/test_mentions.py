"""Who is named in a line that has no colon: asked about where it may be a name, left alone where it is none."""

from __future__ import annotations

import pytest

from jobvault.actions.introductions import read_introductions
from jobvault.actions.vault import load_words
from jobvault.words import Words

ENGLISH = load_words("en")
GERMAN = load_words("de")
ASKED = "?"
"""Before whom it is not sure of."""


def found(line: str, words: Words = ENGLISH) -> str:
    """Return whom a line names behind Dana Reyes, and what it says of them: ``? NAME, TITLE | words``."""
    texts = ("Dana Reyes, VP", line)
    known = ("marco", "marco bell").__contains__
    _, one = read_introductions(texts, words, lambda name: known(name.lower()))
    said = " | ".join([one.name, *(text for _, text in one.words)])
    return said if one.sure else f"{ASKED} {said}"


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Sarah from HR", "? Sarah, from HR"),
        ("Sarah from HR: pay", "? Sarah, from HR | pay"),
        ("Sarah worried about pay", "? Sarah | pay"),
        ("Sarah was quiet", "? Sarah | was quiet"),
        ("Sarah seemed nice", "? Sarah | seemed nice"),
        ("the recruiter Tom", "? Tom, the recruiter"),
        ("and the recruiter Tom Ek from Bergen", "? Tom Ek, the recruiter from Bergen"),
        ("a woman from HR, Sarah", "? Sarah, a woman from HR"),
        ("and Sarah", "? Sarah"),
        ("Priya Nair worried about pay", "Priya Nair | pay"),
        ("Priya Nair smiled a lot", "? Priya Nair | smiled a lot"),
        ("anna", "? anna"),
        ("dana", "dana"),
        ("dana worried about pay", "dana | pay"),
        ("marco", "marco"),
        ("Marco short stints", "Marco | short stints"),
        ("pay", " | pay"),
        ("on-call", " | on-call"),
        ("short stints", " | short stints"),
        ("Short stints", " | Short stints"),
        ("no Kubernetes", " | no Kubernetes"),
        ("the Kafka cluster", " | the Kafka cluster"),
        ("They seemed nice", " | They seemed nice"),
        ("The team is small", " | The team is small"),
    ],
)
def test_english(line: str, read: str) -> None:
    assert found(line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Sarah aus der Technik", "? Sarah, aus der Technik"),
        ("der Recruiter Tom", "? Tom, der Recruiter"),
        ("auch Frau Weber", "? Frau Weber"),
        ("und Sarah", "? Sarah"),
        ("Herr Maier war nett", "? Herr Maier | war nett"),
        ("zu wenig Erfahrung", " | zu wenig Erfahrung"),
        ("die kurzen Stationen", " | die kurzen Stationen"),
        ("Kurze Stationen im Lebenslauf", " | Kurze Stationen im Lebenslauf"),
        ("Das Gehalt war niedrig", " | Das Gehalt war niedrig"),
    ],
)
def test_german_where_all_nouns_bear_capitals(line: str, read: str) -> None:
    assert found(line, GERMAN) == read
