"""The name that a company goes by, and companies that are one letter apart."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from jobvault.search.companies import company_names, near_companies
from jobvault.search.names import key_of
from jobvault.settings import Settings
from tests.nouns import debrief, searching


def test_a_company_goes_by_its_most_frequent_form() -> None:
    assert company_names(["acme", "Acme", "Acme", "ＡＣＭＥ"], {}) == {"acme": "Acme"}


def test_the_settings_name_wins_over_any_form_and_alias() -> None:
    names = company_names(["ACME", "ACME", "Acme Robotics"], {"Acme Robotics": ("Acme", "Acme Inc.")})
    assert names == dict.fromkeys(("acme", "acme robotics", "acme inc."), "Acme Robotics")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Halcyon Oat", "Halcyon Oats", True),
        ("Halcoyn Oats", "Halcyon Oats", True),
        ("halcyon oatz", "Halcyon Oats", True),
        ("Halcyon", "Halcyon Oats", False),
        ("Acm", "Acme", False),
        ("Studio 54", "Studio 55", False),
        ("Birch", "Larch", False),
        ("Beta", "Zeta", False),
        ("Beto", "Beta", True),
    ],
)
def test_the_rarer_of_two_that_are_one_letter_apart_is_near(one: str, other: str, near: bool) -> None:
    assert near_companies(Counter({one: 1, other: 3}), ()) == ({one: other} if near else {})


def test_what_the_settings_name_is_no_slip() -> None:
    assert near_companies(Counter({"Brite": 1, "Brita": 2}), ("Brite", "Brita")) == {}
    assert near_companies(Counter({"Brite": 1, "Brita": 2}), ("Brita",)) == {"Brite": "Brita"}


def test_each_note_of_the_rarer_company_is_reported() -> None:
    found = searching(
        debrief("Halcyon Oats", "2026-09-01"),
        debrief("Halcyon Oats", "2026-09-02"),
        debrief("Halcyon Oats", "2026-09-03"),
        debrief("Halcyon Oat", "2026-09-04"),
        debrief("Halcyon Oat", "2026-09-05"),
    )
    assert [(p.code, p.path, p.quote) for p in found.problems] == [
        ("near-company", f"Debriefs/2026-09-0{n} Halcyon Oat panel.md", "company: Halcyon Oat") for n in (4, 5)
    ]


def test_debriefs_carry_the_name_their_company_goes_by() -> None:
    settings = Settings(companies={"Acme Robotics": ("Acme",)})
    found = searching(debrief("ACME", "2026-09-01"), debrief("acme robotics", "2026-09-02"), settings=settings)
    assert [d.company for d in found.debriefs] == ["Acme Robotics", "Acme Robotics"]
    assert found.company("acme") == "Acme Robotics"
    assert found.company("Birch") == "Birch"


@given(st.lists(st.text(alphabet="abA1 ", min_size=4, max_size=7), min_size=2, max_size=8, unique_by=key_of))
def test_exactly_those_one_letter_apart_are_near(names: list[str]) -> None:
    counts = Counter(dict.fromkeys(names, 1))
    near = near_companies(counts, ())
    for name in names:
        apart = [
            other
            for other in names
            if OSA.distance(key_of(name), key_of(other)) == 1
            and re.sub(r"\d", "", key_of(name)) != re.sub(r"\d", "", key_of(other))
            and (key_of(name)[0] == key_of(other)[0] or max(len(key_of(name)), len(key_of(other))) >= 6)
        ]
        before = {other: (other.islower(), place) for place, other in enumerate(names)}
        righter = [other for other in apart if before[other] < before[name]]
        assert near.get(name) == min(righter, key=lambda other: before[other], default=None)


def test_of_two_as_frequent_the_one_in_small_letters_or_the_later_is_misspelt() -> None:
    right, typed = debrief("Acme Robotics", "2026-11-20"), debrief("acme robtics", "2026-11-19")
    [problem] = [p for p in searching(right, typed).problems if p.code == "near-company"]
    assert (problem.path, problem.quote) == (typed.path, "company: acme robtics")
    first, later = debrief("Halcyon Oats", "2026-11-01"), debrief("Halcyon Oatz", "2026-11-02")
    assert [p.path for p in searching(first, later).problems if p.code == "near-company"] == [later.path]
