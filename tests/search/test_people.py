"""People told apart."""

from __future__ import annotations

import random

import pytest

from jobvault.model import Debrief, Met, PersonNote
from jobvault.search.people import Person
from jobvault.search.search import Search
from tests.nouns import debrief, met, searching

DANA = PersonNote("People/Dana Reyes.md", "Dana Reyes", "Acme", aliases=("Danny", "D. Reyes"))


def who(search: Search) -> dict[str, list[str]]:
    """Return each person's name with the days on which they were met."""
    return {p.name: [str(m.debrief.date) for m in p.meetings] for p in search.people}


def problems(search: Search) -> list[tuple[str, str, str]]:
    return [(p.code, p.path, p.quote) for p in search.problems]


def six(order: int = 0) -> Search:
    """Six people at one company: two Hannas, one without a name, one met in two rounds, two roles at once."""
    nouns: list[Debrief | PersonNote] = [
        debrief("Birch", "2026-10-15", "technical", "Hanna Abara, Lot Lead", "Lucjan Petrov", role="Backend"),
        debrief("Birch", "2026-10-23", "system-design", "Hanna Lindqvist", "?, SRE, beard", role="Platform"),
        debrief(
            "Birch", "2026-11-05", "final", "[[Hanna Lindqvist]], Head", "Hanna Abara", "Cordelia Lowe", role="Backend"
        ),
        debrief("Birch", "2026-11-06", "panel", "Lucjan", "?, another", role="Platform"),
    ]
    random.Random(order).shuffle(nouns)
    return searching(*nouns)


def test_six_people_at_one_company() -> None:
    found = six()
    assert who(found) == {
        "Hanna Abara": ["2026-10-15", "2026-11-05"],
        "Lucjan Petrov": ["2026-10-15", "2026-11-06"],
        "Hanna Lindqvist": ["2026-10-23", "2026-11-05"],
        "Cordelia Lowe": ["2026-11-05"],
    }
    assert problems(found) == []
    final = found.debriefs[2].path
    assert [p.name for p in found.people_of(final)] == ["Hanna Lindqvist", "Hanna Abara", "Cordelia Lowe"]


@pytest.mark.parametrize("order", range(1, 4))
def test_the_order_of_the_notes_does_not_matter(order: int) -> None:
    assert (six(order).people, six(order).problems) == (six().people, six().problems)


def test_a_link_is_its_note_under_whatever_name_and_at_whatever_company() -> None:
    found = searching(
        debrief("Acme", "2026-09-01", "technical", "[[Dana Reyes]]"),
        debrief("Birch", "2026-10-01", "technical", "[[People/Dana Reyes|Dana]], CTO"),
        DANA,
    )
    assert who(found) == {"Dana Reyes": ["2026-09-01", "2026-10-01"]}
    assert found.people[0].note == DANA.path
    assert found.people[0].companies == ("Acme", "Birch")


def test_a_link_to_a_note_without_a_type_is_a_person_as_well() -> None:
    found = searching(
        debrief("Acme", "2026-09-01", "a", "[[Dana Reyes]]"),
        debrief("Acme", "2026-09-02", "b", "Dana Reyes"),
        debrief("Acme", "2026-09-03", "c", "Dana"),
        others=["Contacts/Dana Reyes.md"],
    )
    assert who(found) == {"Dana Reyes": ["2026-09-01", "2026-09-02", "2026-09-03"]}


@pytest.mark.parametrize("written", ["Dana Reyes", "dana  reyes", "Danny", "D. Reyes", "[[Danny]]", "Dana"])
def test_a_persons_note_is_met_by_its_name_an_alias_or_a_first_name(written: str) -> None:
    found = searching(
        debrief("Acme", "2026-09-01", "a", "[[Dana Reyes]]"), debrief("Acme", "2026-09-02", "b", written), DANA
    )
    assert who(found) == {"Dana Reyes": ["2026-09-01", "2026-09-02"]}


def test_a_persons_note_alone_is_nobody_met() -> None:
    assert searching(DANA).people == ()


def test_a_persons_note_without_a_company_is_meant_everywhere() -> None:
    note = PersonNote("People/Dana Reyes.md", "Dana Reyes")
    found = searching(
        debrief("Acme", "2026-09-01", "a", "Dana Reyes"), debrief("Birch", "2026-09-02", "b", "Dana Reyes"), note
    )
    assert [p.note for p in found.people] == [note.path]


def test_a_link_to_no_note_is_a_name() -> None:
    found = searching(
        debrief("Acme", "2026-09-01", "a", "[[Dana Reyes]]"), debrief("Acme", "2026-09-02", "b", "Dana Reyes")
    )
    assert who(found) == {"Dana Reyes": ["2026-09-01", "2026-09-02"]}
    assert found.people[0].note is None


def test_the_same_full_name_at_two_companies_is_two_people() -> None:
    found = searching(
        debrief("Acme", "2026-09-01", "a", "Dana Reyes"), debrief("Birch", "2026-09-02", "b", "Dana Reyes"), DANA
    )
    assert [(p.name, p.note, p.companies) for p in found.people] == [
        ("Dana Reyes", DANA.path, ("Acme",)),
        ("Dana Reyes", None, ("Birch",)),
    ]


def test_a_bare_first_name_is_the_only_one_of_that_name_there() -> None:
    found = searching(
        debrief("Acme", "2026-09-01", "a", "Dana"),
        debrief("Acme", "2026-09-02", "b", "Dana Reyes"),
        debrief("Birch", "2026-09-03", "c", "Dana Holt"),
    )
    assert who(found) == {"Dana Reyes": ["2026-09-01", "2026-09-02"], "Dana Holt": ["2026-09-03"]}
    assert problems(found) == []


def test_a_bare_first_name_of_two_people_is_kept_apart_and_reported() -> None:
    found = searching(
        debrief("Birch", "2026-10-01", "a", "Hanna McAbara", "Hanna Lindqvist"),
        debrief("Birch", "2026-10-02", "b", met("Hanna", 17)),
        debrief("Birch", "2026-10-03", "c", "Hanna"),
    )
    assert [(p.name, [str(m.debrief.date) for m in p.meetings]) for p in found.people] == [
        ("Hanna McAbara", ["2026-10-01"]),
        ("Hanna Lindqvist", ["2026-10-01"]),
        ("Hanna", ["2026-10-02"]),
        ("Hanna", ["2026-10-03"]),
    ]
    assert problems(found) == [
        ("ambiguous-name", "Debriefs/2026-10-02 Birch b.md", "Hanna"),
        ("ambiguous-name", "Debriefs/2026-10-03 Birch c.md", "Hanna"),
    ]
    assert found.problems[0].line == 17
    assert found.problems[0].message == "“Hanna” could be Hanna Lindqvist, Hanna McAbara"


def test_a_bare_first_name_that_nobody_else_bears_is_one_person_at_a_company() -> None:
    found = searching(
        debrief("Acme", "2026-09-01", "a", "Tom"),
        debrief("Acme", "2026-09-02", "b", "tom"),
        debrief("Birch", "2026-09-03", "c", "Tom"),
    )
    assert [(p.name, len(p.meetings)) for p in found.people] == [("Tom", 2), ("Tom", 1)]


def test_two_names_of_one_person_in_one_debrief_are_one_meeting() -> None:
    both = debrief(
        "Acme",
        "2026-09-01",
        "a",
        "Sam Ode",
        met("Danny", 9, cares=["speed"]),
        met("[[Dana Reyes]], VP", 12, cares=["tests"]),
    )
    found = searching(both, DANA)
    [sam, dana] = found.people_of(both.path)
    assert (sam.name, dana.name, dana.title) == ("Sam Ode", "Dana Reyes", "VP")
    [meeting] = dana.meetings
    assert [remark.text for remark in meeting.met.cares_about] == ["speed", "tests"]
    assert meeting.met.line == 9


def test_title_and_email_are_the_notes_else_the_latest() -> None:
    note = PersonNote("People/Dana Reyes.md", "Dana Reyes", "Acme", title="CTO", email="d@acme.example")
    one = debrief("Acme", "2026-09-01", "a", met("Dana Reyes, VP", email="old@acme.example"), "Tom Ode, Lead")
    two = debrief(
        "Acme", "2026-09-02", "b", met("Dana Reyes"), met("Tom Ode, Principal", email="t@acme.example"), "Tom Ode"
    )
    dana, tom = searching(one, two, note).people
    assert (dana.title, dana.email) == ("CTO", "d@acme.example")
    assert (tom.title, tom.email) == ("Principal", "t@acme.example")
    assert searching(one, two).people[0].email == "old@acme.example"


def test_unnamed_people_are_in_no_person() -> None:
    assert searching(debrief("Acme", "2026-09-01", "a", Met(None, "SRE, beard"))).people == ()


def test_company_aliases_keep_a_persons_meetings_together() -> None:
    from jobvault.settings import Settings

    settings = Settings(companies={"Acme Robotics": ("Acme",)})
    found = searching(
        debrief("Acme", "2026-09-01", "a", "Dana"),
        debrief("Acme Robotics", "2026-09-02", "b", "Dana Reyes"),
        settings=settings,
    )
    assert who(found) == {"Dana Reyes": ["2026-09-01", "2026-09-02"]}


def test_everybody_met_is_in_somebody(mixed_names: list[str]) -> None:
    nouns = [debrief("Acme", f"2026-09-{1 + i:02}", "a", *mixed_names[i : i + 3]) for i in range(20)]
    found = searching(*nouns, DANA)
    seen: list[Person] = []
    for noun in nouns:
        people = found.people_of(noun.path)
        assert len({p.key for p in people}) == len(people)
        assert bool(people) == any(m.name for m in noun.people)
        seen += people
    assert {p.key for p in seen} == {p.key for p in found.people}


@pytest.fixture
def mixed_names() -> list[str]:
    chance = random.Random(7)
    pool = [
        "Dana",
        "Danny",
        "Dana Reyes",
        "[[Dana Reyes]]",
        "Hanna",
        "Hanna A",
        "Hanna B",
        "?",
        "田中",
        "Tom Ode",
        "tom",
    ]
    return [chance.choice(pool) for _ in range(24)]
