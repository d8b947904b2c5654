"""Ticking changes the box and its date, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.notes.edits.task import set_task
from jobvault.notes.element import Element
from jobvault.notes.note import Note, encode
from tests.notes.bodies import odd_lines
from tests.notes.written import parsed

DAY = date(2026, 11, 21)
BEGIN, END = "<!-- jobvault:begin follow-ups -->", "<!-- jobvault:end -->"
ENDINGS = ("\n", "\r\n", "\r")
AWKWARD = ("\ufeff", "", "\u2028", "caf\udce9", "\x00", "\x0c", "🎉")
"""A BOM, U+2028, a byte of latin-1, NUL, a form feed."""


def tick(note: Note, line: int, char: str = "x", on: date | None = DAY) -> Note:
    return set_task(note, line, char, on)


def shape(elements: Sequence[Element]) -> list[Element]:
    """Return elements without what depends on the lines above them."""
    return [replace(element, line=0, end=0, parent=None) for element in elements]


@pytest.mark.parametrize(
    ("line", "char", "after"),
    [
        ("- [ ] Send it", "x", "- [x] Send it ✅ 2026-11-21"),
        ("- [ ] Send it 📅 2026-11-20", "x", "- [x] Send it 📅 2026-11-20 ✅ 2026-11-21"),
        ("- [ ] Send it 📅 2026-11-20 ^abc", "x", "- [x] Send it 📅 2026-11-20 ✅ 2026-11-21 ^abc"),
        ("- [ ] Send it  [due:: 2026-11-20]", "x", "- [x] Send it  [due:: 2026-11-20]  [completion:: 2026-11-21]"),
        ("- [ ] Send it, due 2026-11-20", "-", "- [-] Send it, due 2026-11-20 ❌ 2026-11-21"),
        ("- [x] Send it ✅ 2026-11-01", " ", "- [ ] Send it"),
        ("- [ ] Send it", "/", "- [/] Send it"),
        ("- Send it", "x", "- [x] Send it ✅ 2026-11-21"),
        ("3) Send it #deck", "x", "3) [x] Send it #deck ✅ 2026-11-21"),
        ("* [?] Send it   ", "x", "* [x] Send it ✅ 2026-11-21   "),
        ("- [ ] Fix #123", "x", "- [x] Fix #123 ✅ 2026-11-21"),
        ("- [ ] Send it <!-- soon --> 📅 2026-11-20", "x", "- [x] Send it <!-- soon --> 📅 2026-11-20 ✅ 2026-11-21"),
        ("> - [ ] Send it", "x", "> - [x] Send it ✅ 2026-11-21"),
        ("- [x] Send it ✅ 2026-11-21", "x", "- [x] Send it ✅ 2026-11-21"),
    ],
)
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("awkward", AWKWARD)
def test_a_tick_changes_its_line_alone(line: str, char: str, after: str, ending: str, awkward: str) -> None:
    around = [f"{awkward}# Title", "", f"words {awkward} words", "", "{}", "", f"- other{awkward}", "```", "code"]
    text = ending.join(around)
    new = set_task(parsed(text.format(line)), 5, char, DAY)
    assert encode(new.text) == encode(text.format(after))


def test_a_tick_without_a_date_writes_none() -> None:
    assert tick(parsed("- [ ] a"), 1, on=None).text == "- [x] a"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "- [ ] Ask for the name of the\n  SRE 📅 2026-11-28\n",
            "- [x] Ask for the name of the ✅ 2026-11-21\n  SRE 📅 2026-11-28\n",
        ),
        ("- [ ] Ask for the name, due\n  2026-11-28\n", "- [x] Ask for the name, due ✅ 2026-11-21\n  2026-11-28\n"),
        ("- [ ] Ask #sre\n  for it 📅 2026-11-28\n", "- [x] Ask #sre ✅ 2026-11-21\n  for it 📅 2026-11-28\n"),
    ],
)
def test_a_task_that_a_formatter_wrapped_can_be_ticked(text: str, after: str) -> None:
    assert tick(parsed(text), 1).text == after


def refused(note: Note, line: int, char: str = "x") -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        tick(note, line, char)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("words", 1, "no list item"),
        ("# Title", 1, "no list item"),
        ("- a\n\n  more", 3, "no list item"),
        ("```\n- [ ] a\n```", 2, "no list item"),
        ("    - [ ] a", 1, "no list item"),
        ("<!--\n- [ ] a\n-->", 2, "no list item"),
        ("---\ntags:\n  - [ ] a\n---\n", 3, "no list item"),
        ("- [ ] a", 7, "no list item"),
        ("- [ ] a", 0, "no list item"),
        ("- [ ] a 🔁 every week", 1, "repeats"),
        ("- [ ] a [repeat:: every week] 📅 2026-11-28", 1, "repeats"),
        ("- [ ] a long one\n  🔁 every week 📅 2026-11-28", 1, "repeats"),
        (f"{BEGIN}\n- [ ] a\n{END}", 2, "generated"),
        ("- - [ ] a", 1, "more than its box"),
        ("- ## a", 1, "more than its box"),
        ("- ```\n  a\n  ```", 1, "more than its box"),
        ("- [ref]: /url", 1, "more than its box"),
        ("- a\n  ===", 1, "more than its box"),
    ],
)
def test_a_line_that_cannot_be_ticked_is_refused_by_name(text: str, line: int, why: str) -> None:
    error = refused(parsed(text), line)
    assert why in error.why
    assert (error.line, error.path) == (line, parsed(text).path)


def test_nothing_is_ticked_beside_a_git_conflict() -> None:
    note = parsed("- [ ] a\n\n<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> theirs\n")
    error = refused(note, 1)
    assert (error.line, "conflict" in error.why) == (3, True)


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] a\n\n=======\n",
        "- [ ] a\n>>>>>>> quoted\n>>>>>>> more\n",
        "- [ ] a\n<<<<<<< HEAD\n",
        "- [ ] a\n<<<<<<<\n=======\n>>>>>>>\n",
    ],
)
def test_what_is_no_conflict_does_not_hinder(text: str) -> None:
    assert tick(parsed(text), 1).lines[0].startswith("- [x] a")


@given(
    odd_lines,
    st.sampled_from(ENDINGS),
    st.booleans(),
    st.sampled_from("x-/ X"),
    st.integers(1, 10),
    st.sampled_from(["- [ ] mine", "- mine", "  - [ ] mine", "- [x] mine ✅ 2026-11-02 ^id"]),
)
@settings(max_examples=300)
def test_any_line_of_any_note_is_ticked_alone_or_refused(
    around: list[str], ending: str, last: bool, char: str, place: int, task: str
) -> None:
    rows = [*around[: place - 1], task, *around[place - 1 :]]
    note = parsed(ending.join(rows) + (ending if last else ""))
    line = min(place, len(around) + 1)
    try:
        new = set_task(note, line, char, DAY)
    except RefusedError:
        return
    assert new.lines[: line - 1] == note.lines[: line - 1]
    assert new.lines[line:] == note.lines[line:]
    assert f"[{char}]".lower() in new.lines[line - 1].lower()
    items = [(element.box, element.line) for element in new.elements if element.kind == "item"]
    assert (char if char != "X" else next(b for b, n in items if n == line), line) in items
    assert [e for e in new.elements if e.line != line] == [e for e in note.elements if e.line != line]
    assert set_task(new, line, char, DAY).text == new.text
