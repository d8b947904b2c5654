"""The arguments of a view: read, and applied."""

from __future__ import annotations

import datetime as dt

import pytest

from jobvault.model import Application, FollowUp, Letter, PersonNote
from jobvault.search.query import ARGUMENTS, Query, read_query
from jobvault.settings import Settings
from tests.nouns import TODAY, WORDS, debrief, follow_up, searching


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ({}, Query()),
        ({"company": "Acme"}, Query(company="Acme")),
        ({"company": " Acme "}, Query(company="Acme")),
        ({"role": "SRE", "person": "Dana"}, Query(role="SRE", person="Dana")),
        (
            {"since": "2026-11-01", "until": "2026-11-30"},
            Query(since=dt.date(2026, 11, 1), until=dt.date(2026, 11, 30)),
        ),
        ({"within": "14"}, Query(within=14)),
        ({"within": "14d"}, Query(within=14)),
        ({"within": "14 days"}, Query(within=14)),
        ({"within": "1 day"}, Query(within=1)),
        ({"within": "2w"}, Query(within=14)),
        ({"within": "2 WEEKS"}, Query(within=14)),
        ({"within": "0"}, Query(within=0)),
        ({"limit": "5"}, Query(limit=5)),
    ],
)
def test_good_values(written: dict[str, str], query: Query) -> None:
    assert read_query(written) == (query, ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("company", ""),
        ("role", "  "),
        ("person", ""),
        ("since", "yesterday"),
        ("since", "2026-11-31"),
        ("since", "20261101"),
        ("since", "2026-W48-1"),
        ("until", ""),
        ("until", "2026-11"),
        ("within", "soon"),
        ("within", ""),
        ("within", "-3"),
        ("within", "3m"),
        ("within", "1000000"),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "5d"),
        ("limit", "many"),
        ("limit", ""),
    ],
)
def test_bad_values_are_named_with_what_was_expected(name: str, value: str) -> None:
    query, [(said, why)] = read_query({name: value})
    assert query == Query()
    assert said == f"{name}={value}"
    assert WORDS.text(f"argument.{why}").startswith("expected a ")


def test_what_is_unknown_is_named_and_the_rest_is_read() -> None:
    assert read_query({"compny": "Acme", "limit": "3", "within": "x"}) == (
        Query(limit=3),
        (("compny", "unknown"), ("within=x", "days")),
    )


def test_every_argument_narrows_but_the_limit() -> None:
    values = {"since": "2026-11-01", "until": "2026-11-01", "within": "0", "limit": "1"}
    narrow = {name: read_query({name: values.get(name, "x")})[0].narrows for name in ARGUMENTS}
    assert narrow == {name: name != "limit" for name in ARGUMENTS}
    assert not Query().narrows


# --- debriefs -------------------------------------------------------------------------------------------------------

SETTINGS = Settings(companies={"Acme Robotics": ("Acme", "Acme Inc.")})
ACME = debrief("acme", "2026-11-23", "panel", "[[Dana Reyes]], VP", "Sam Ode", role="SRE")
BIRCH = debrief("Birch", "2026-11-10", "final", "Dana Holt")
UNDATED = debrief("Corvo", None, "chat")
NOTE = PersonNote("People/Dana Reyes.md", "Dana Reyes", "Acme", aliases=("Danny",))
APPLIED = Application("Applications/Birch.md", "Birch", "Data Engineer")


def taken(**arguments: str) -> list[str]:
    search = searching(ACME, BIRCH, UNDATED, NOTE, APPLIED, settings=SETTINGS)
    query, wrong = read_query(arguments)
    assert not wrong
    return [d.company for d in search.debriefs if query.takes(search, d, TODAY)]


@pytest.mark.parametrize(
    ("arguments", "companies"),
    [
        ({}, ["Corvo", "Birch", "Acme Robotics"]),
        ({"company": "Acme"}, ["Acme Robotics"]),
        ({"company": "acme robotics"}, ["Acme Robotics"]),
        ({"company": "ACME inc."}, ["Acme Robotics"]),
        ({"company": "[[Acme]]"}, ["Acme Robotics"]),
        ({"company": "[[Companies/Birch|B]]"}, ["Birch"]),
        ({"company": "Acm"}, []),
        ({"role": "sre"}, ["Acme Robotics"]),
        ({"role": "data engineer"}, ["Birch"]),
        ({"role": "Engineer"}, []),
        ({"person": "dana reyes"}, ["Acme Robotics"]),
        ({"person": "Danny"}, ["Acme Robotics"]),
        ({"person": "[[Dana Reyes]]"}, ["Acme Robotics"]),
        ({"person": "Dana"}, ["Birch", "Acme Robotics"]),
        ({"person": "Reyes"}, []),
        ({"since": "2026-11-10"}, ["Birch", "Acme Robotics"]),
        ({"since": "2026-11-11"}, ["Acme Robotics"]),
        ({"until": "2026-11-10"}, ["Birch"]),
        ({"until": "2026-11-09"}, []),
        ({"since": "2026-11-11", "until": "2026-11-22"}, []),
        ({"within": "4d"}, []),
        ({"within": "5d"}, ["Acme Robotics"]),
        ({"within": "2w"}, ["Acme Robotics"]),
        ({"within": "18"}, ["Birch", "Acme Robotics"]),
        ({"company": "Birch", "person": "Sam"}, []),
    ],
)
def test_which_debriefs_are_asked_for(arguments: dict[str, str], companies: list[str]) -> None:
    assert taken(**arguments) == companies


# --- follow-ups -----------------------------------------------------------------------------------------------------

ITEMS: tuple[FollowUp, ...] = (
    follow_up("overdue 📅 2026-11-01", ACME, 1),
    follow_up("Ask Sam 📅 2026-11-27", ACME, 2),
    follow_up("soon 📅 2026-11-30", ACME, 3),
    follow_up("undated, for Dana", BIRCH, 4),
    follow_up("from nowhere 📅 2026-12-24", "Applications/Birch.md", 5),
)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({}, [5, 4, 1, 2, 3]),
        ({"within": "0"}, [1, 2]),
        ({"within": "2d"}, [1, 2]),
        ({"within": "3d"}, [1, 2, 3]),
        ({"within": "4w"}, [5, 1, 2, 3]),
        ({"company": "Birch"}, [5, 4]),
        ({"company": "Acme"}, [1, 2, 3]),
        ({"role": "Data Engineer"}, [5, 4]),
        ({"role": "SRE"}, [1, 2, 3]),
        ({"person": "Sam Ode"}, [2]),
        ({"person": "dana"}, [4]),
        ({"since": "2026-11-11"}, [1, 2, 3]),
        ({"until": "2026-11-11"}, [4]),
    ],
)
def test_which_follow_ups_are_asked_for(arguments: dict[str, str], found: list[int]) -> None:
    search = searching(ACME, BIRCH, NOTE, APPLIED, follow_ups=ITEMS, settings=SETTINGS)
    query, _ = read_query(arguments)
    assert [item.line for item in search.follow_ups if query.takes_follow_up(search, item, TODAY)] == found


# --- problems -------------------------------------------------------------------------------------------------------


def test_problems_are_those_of_the_notes_asked_for_errors_first() -> None:
    letter = Letter("Letters/x.md", "Dana", debrief="2026-11-23 acme panel")
    paths = [BIRCH.path, ACME.path, letter.path, APPLIED.path, "Broken.md"]
    problems = [WORDS.problem("missing-date", path, 1) for path in paths]
    problems += [WORDS.problem("too-big", ACME.path, 2, cap="8 MiB"), WORDS.problem("missing-company", ACME.path, 3)]
    search = searching(ACME, BIRCH, APPLIED, letter, problems=problems, settings=SETTINGS)

    def found(**arguments: str) -> list[tuple[str, str]]:
        return [(p.path, p.code) for p in read_query(arguments)[0].problems(search, TODAY)]

    assert found(company="Acme") == [
        (ACME.path, "too-big"),
        (ACME.path, "missing-date"),
        (letter.path, "missing-date"),
    ]
    assert found(company="Birch") == [(APPLIED.path, "missing-date"), (BIRCH.path, "missing-date")]
    everything = found()
    assert everything[0] == (ACME.path, "too-big")
    assert len(everything) == 6
    assert found(limit="1") == everything
    assert Query(within=0).problems(search, TODAY) == ()
    assert len(Query(within=0).problems(search, TODAY, within=False)) == 6


@pytest.mark.parametrize(
    ("arguments", "found"),
    [({"company": "muhle"}, ["Mühle"]), ({"company": "Mühle"}, ["Mühle"]), ({"company": "Múhle"}, []),
     ({"person": "jorg"}, ["Mühle"]), ({"person": "jorg strasser"}, ["Mühle"]), ({"role": "buro"}, ["Mühle"])],
)  # fmt: skip
def test_accents_may_be_left_out_where_something_is_asked_for(arguments: dict[str, str], found: list[str]) -> None:
    search = searching(debrief("Mühle", "2026-11-20", "panel", "Jörg Straßer", role="Büro"), debrief("Acme"))
    query, _ = read_query(arguments)
    assert [d.company for d in search.debriefs if query.takes(search, d, TODAY)] == found
