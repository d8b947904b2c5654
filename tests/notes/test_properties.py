"""Properties: what values may look like, and that a bad one is named and spoils no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import APPLICATION_OUTCOMES, FORMATS, KINDS, OUTCOMES
from jobvault.notes.properties import FIELDS, Properties
from tests.notes.written import WORDS, debrief, parsed, read, reading, said

AT_HALF_PAST_TEN = datetime.fromisoformat("2026-11-23T10:30")


def props(front: str) -> Properties:
    return Properties(parsed(f"---\n{front}\n---\n"), WORDS)


def good(front: str, take: Callable[[Properties], Any]) -> Any:
    """Return a value that must give no problem."""
    found = props(front)
    value = take(found)
    assert found.problems == []
    return value


def bad(front: str, take: Callable[[Properties], Any]) -> str:
    """Return the sentence on a value that cannot be read, which must be the only one."""
    found = props(front)
    assert take(found) in (None, "")
    (problem,) = found.problems
    assert (problem.code, problem.line) == ("bad-value", 2)
    assert problem.quote in front
    return problem.hint


@pytest.mark.parametrize(
    ("front", "text"),
    [
        ("k: Acme", "Acme"), ("k: '  Acme  Robotics '", "Acme Robotics"), ("k: 120000", "120000"), ("k: 1.5", "1.5"), ("k: true", "true"), ("k: no", "no"),
        ("k: [Acme]", "Acme"), ("k:\n  - Acme\n  - Birch", "Acme, Birch"), ("k: 2026-11-23", "2026-11-23"), ("k:", ""), ("k: null", ""), ("k: ~", ""), ("k: ''", ""),
        ("k: []", ""), ("K: Acme", "Acme"), ("k: |\n  two\n  lines", "two lines"), ("k: '[[Acme]]'", "[[Acme]]"), ("k: [[Acme]]", "[[Acme]]"), ("x: 1", ""),
    ],
)  # fmt: skip
def test_texts(front: str, text: str) -> None:
    assert good(front, lambda p: p.text("k")) == text


@pytest.mark.parametrize("name", ["hear_by", "Hear-By", "HEAR BY", "hear by", "Hear_by"])
def test_names_match_case_blind_and_dash_underscore_and_blank_alike(name: str) -> None:
    assert good(f"{name}: 2026-11-27", lambda p: p.day("hear_by")) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("front", "name"),
    [
        ("k: Acme", ("Acme", None)),
        ('k: "[[Acme]]"', ("Acme", "Acme")),
        ('k: "[[Companies/Acme|the one]]"', ("Acme", "Companies/Acme")),
        ("k: [[Acme]]", ("Acme", "Acme")),
        ('k: ["[[Acme]]"]', ("Acme", "Acme")),
        ('k: "[Acme](Companies/Acme.md)"', ("Acme", "Companies/Acme")),
        ('k: "[Acme](https://acme.example)"', ("Acme", None)),
        ("k: Acme [Robotics]", ("Acme [Robotics]", None)),
        ("k:", ("", None)),
    ],
)
def test_names_may_be_links(front: str, name: tuple[str, str | None]) -> None:
    assert good(front, lambda p: p.name("k")) == name
    assert good(front, lambda p: p.target("k")) == (name[1] or name[0] or None)


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ("k: Dana Reyes, VP", ("Dana Reyes, VP",)), ("k: [Dana, Sam]", ("Dana", "Sam")), ("k:\n  - Dana\n  - ''\n  -\n  - Sam", ("Dana", "Sam")),
        ('k: "[[Dana]]"', ("[[Dana]]",)), ("k:\n  - [[Dana]]", ("[[Dana]]",)), ("k: [[Dana]]", ("[[Dana]]",)), ("k:", ()), ("k: []", ()), ("k: 7", ("7",)),
        ("k: '  Dana   Reyes '", ("Dana Reyes",)),
    ],
)  # fmt: skip
def test_lists_and_scalars_stand_for_each_other(front: str, names: tuple[str, ...]) -> None:
    assert good(front, lambda p: p.names("k")) == names


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: [a, b/c]", ("a", "b/c")), ("tags: a, b", ("a", "b")), ("tags: '#a #b'", ("a", "b")), ("tags: [a, '#a']", ("a",)), ("tags:", ()), ("tags: '#'", ()),
    ],
)  # fmt: skip
def test_tags(front: str, tags: tuple[str, ...]) -> None:
    assert good(front, lambda p: p.tags()) == tags


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-23",
        "'2026-11-23'",
        '"2026-11-23"',
        "2026-11-23T10:30:00",
        "2026-11-23 10:30",
        '"[[2026-11-23]]"',
        "[2026-11-23]",
    ],
)
def test_dates(value: str) -> None:
    assert good(f"k: {value}", lambda p: p.day("k")) == date(2026, 11, 23)


@pytest.mark.parametrize("value", ["soon", "2026-02-30", "23.11.2026", "11/23/2026", "2026-11", "7", "true"])
def test_what_is_no_date_is_named(value: str) -> None:
    assert "2026-11-23" in bad(f"k: {value}", lambda p: p.day("k"))


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-23", date(2026, 11, 23)), ("2026-11-23T10:30:00", AT_HALF_PAST_TEN), ("'2026-11-23T10:30'", AT_HALF_PAST_TEN),
        ("2026-11-23 10:30", AT_HALF_PAST_TEN), ('"[[2026-11-23]]"', date(2026, 11, 23)),
    ],
)  # fmt: skip
def test_moments(value: str, moment: date) -> None:
    assert good(f"k: {value}", lambda p: p.moment("k")) == moment


def test_what_is_no_moment_is_named() -> None:
    assert "14:30" in bad("k: yesterday at ten", lambda p: p.moment("k"))


@pytest.mark.parametrize(
    ("value", "clock"),
    [("14:30", time(14, 30)), ("'14:30'", time(14, 30)), ("2:30 pm", time(14, 30)), ("09:05:00", time(9, 5))],
)
def test_times(value: str, clock: time) -> None:
    assert good(f"k: {value}", lambda p: p.clock("k")) == clock


@pytest.mark.parametrize("value", ["noon", "25:00", "870", "14"])
def test_what_is_no_time_is_named(value: str) -> None:
    assert "14:30" in bad(f"k: {value}", lambda p: p.clock("k"))


@pytest.mark.parametrize(("value", "number"), [("1", 1), ("5", 5), ("'3'", 3), ("4.0", 4), ("[2]", 2)])
def test_numbers(value: str, number: int) -> None:
    assert good(f"k: {value}", lambda p: p.number("k", 1, 5)) == number


def test_a_forecast_may_be_a_percentage() -> None:
    assert good("k: 70%", lambda p: p.number("k", 0, 100)) == 70
    assert good("k: 0", lambda p: p.number("k", 0, 100)) == 0


@pytest.mark.parametrize("value", ["0", "6", "-1", "3.5", "good", "true", "1, 2"])
def test_what_is_no_such_number_is_named(value: str) -> None:
    assert "1 to 5" in bad(f"k: {value}", lambda p: p.number("k", 1, 5))


def test_several_values_where_one_is_meant_are_named_together() -> None:
    found = props("k: [1, 2]")
    assert found.number("k", 1, 5) is None
    assert [problem.quote for problem in found.problems] == ["k: 1, 2"]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_outcomes(outcome: str) -> None:
    for form in (
        outcome,
        outcome.upper(),
        outcome.replace("-", " "),
        f"{outcome}!",
        f'"[[{outcome}]]"',
        f"[{outcome}]",
    ):
        assert good(f"k: {form}", lambda p: p.choice("k", OUTCOMES)) == outcome


@pytest.mark.parametrize(
    ("kind", "front", "attribute", "value"),
    [
        ("debrief", "outcome: open", "outcome", "waiting"), ("debrief", "outcome: next round", "outcome", "advanced"), ("debrief", "outcome: no", "outcome", "rejected"),
        ("debrief", "outcome: ghosted", "outcome", "no-reply"), ("debrief", "outcome: canceled", "outcome", "cancelled"), ("debrief", "format: zoom", "format", "video"),
        ("debrief", "format: In person", "format", "in-person"), ("application", "outcome: open", "outcome", "open"), ("application", "outcome: ghosted", "outcome", "no-reply"),
        ("application", "outcome: declined", "outcome", "declined"), ("letter", "status: Sent", "status", "sent"),
    ],
)  # fmt: skip
def test_the_languages_own_words_count_as_values(kind: str, front: str, attribute: str, value: str) -> None:
    text = f"---\ntype: {kind}\ncompany: Acme\nrole: x\nto: Dana\ndebrief: y\ndate: 2026-11-20\n{front}\n---\n"
    found = reading(text)
    assert getattr(found.noun, attribute) == value
    assert not [problem for problem in found.problems if problem.code == "bad-value"]


@pytest.mark.parametrize("choices", [OUTCOMES, APPLICATION_OUTCOMES, FORMATS])
def test_what_is_no_such_value_names_the_nearest_or_all(choices: tuple[str, ...]) -> None:
    assert ", ".join(choices) in bad("k: quince jelly", lambda p: p.choice("k", choices))
    assert f"Expected: {choices[1]}." in bad(f"k: {choices[1]}x", lambda p: p.choice("k", choices))


def test_each_bad_value_is_named_with_its_line_and_the_rest_is_read() -> None:
    front = "time: noon\nrole: Engineer\nfelt: 9\nforecast: good\noutcome: quince\nformat: pigeon\nhear_by: soon\nheard: 2026-02-30\nwritten: x\nround: panel\n"
    found = read("\n## Takeaways\n\n- Draw first\n", front)
    assert said(found.problems) == [
        ("bad-value", 5), ("bad-value", 10), ("bad-value", 7), ("bad-value", 8), ("bad-value", 9), ("bad-value", 11), ("bad-value", 12), ("bad-value", 13),
    ]  # fmt: skip
    noun = found.noun
    assert noun
    assert (noun.company, noun.role, noun.round, noun.felt, noun.hear_by) == ("Acme", "Engineer", "panel", None, None)  # type: ignore[union-attr]
    assert noun.takeaways[0].text == "Draw first"  # type: ignore[union-attr]


# Gaps and near misses


def test_what_is_missing_is_named_once() -> None:
    found = props("company:\nrole: x")
    found.missing("company", "role", "to")
    assert [(p.code, p.line) for p in found.problems] == [("missing-company", None), ("missing-property", None)]
    assert "to" in found.problems[1].message


@pytest.mark.parametrize(
    ("front", "near"),
    [
        ("compnay: Acme", "company"), ("Outcom: waiting", "outcome"), ("heared: 2026-11-26", "heard"), ("hearby: 2026-11-26", "hear_by"), ("forcast: 50", "forecast"),
        ("rounds: panel", "round"), ("poeple: Dana", "people"), ("applicaton: x", "application"), ("fromat: phone", "format"),
    ],
)  # fmt: skip
def test_a_misspelt_property_is_named(front: str, near: str) -> None:
    found = (
        read("", front + "\n")
        if near != "company"
        else reading(f"---\ntype: debrief\n{front}\ndate: 2026-11-20\n---\n")
    )
    problems = [problem for problem in found.problems if problem.code == "near-property"]
    assert [(problem.hint, problem.quote) for problem in problems] == [
        (f"Write `{near}`.", front.split(":", maxsplit=1)[0])
    ]
    assert problems[0].line == (3 if near == "company" else 5)


def test_a_property_that_is_there_already_is_not_what_another_was_meant_to_be() -> None:
    assert debrief("", "companys: Acme\ndates: x\n").company == "Acme"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "names",
    [
        "title url author created updated modified status stage rank rate mood page names game links",
        "cssclasses publish banner icon color cover image parent up next prev related project area topic",
        "salary location city country timezone phone mobile linkedin github website notes id uuid",
        "done due start end duration priority effort energy sleep weather steps weight rating stars score",
        "hired fire tome dame fate late gate pole mole sole hole mile file kin king mind bind to-do form",
    ],
)
def test_ordinary_properties_raise_no_alarm(kind: str, names: str) -> None:
    front = "".join(f"{name}: x\n" for name in names.split() if name not in FIELDS[kind])
    found = props(f"type: {kind}\n{front}".rstrip())
    found.near_misses(kind)
    assert [problem.quote for problem in found.problems] == []


@given(st.sampled_from(sorted({key for keys in FIELDS.values() for key in keys})), st.text(), st.sampled_from(KINDS))
def test_no_value_of_any_property_raises(key: str, value: str, kind: str) -> None:
    quoted = (
        '"' + "".join(char if char.isalnum() or char in " -:[]|/" else f"\\U{ord(char):08x}" for char in value) + '"'
    )
    found = reading(f"---\ntype: {kind}\n{key}: {quoted}\n---\n".encode("utf-8", "replace"))
    assert found.kind == kind or found.problems
