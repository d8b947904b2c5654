"""The debrief that ``new`` lays down: empty, without a problem, and read as what it was laid down for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jobvault.actions.scaffold import Guest, Request, plan
from jobvault.model import Debrief
from jobvault.notes.reading import read_note
from jobvault.notes.sections import bullets, each_item, find_sections
from tests.notes.written import RULES, parsed
from tests.small_vault import TODAY, make_vault

GUESTS = {
    "nobody": (),
    "one": (Guest("Dana Reyes", "VP Engineering"),),
    "many": (
        Guest("Dana Reyes", "VP, Engineering"),
        Guest("Sam O'Neil"),
        Guest("?", "SRE, beard"),
        Guest("A # b [c]", "#1"),
    ),
}


@pytest.mark.parametrize("dates", ["emoji", "plain", "dataview"])
@pytest.mark.parametrize("links", ["wiki", "markdown"])
@pytest.mark.parametrize("guests", GUESTS)
@pytest.mark.parametrize("template", ["short", "full"])
def test_a_new_debrief_is_empty_and_without_a_problem(
    tmp_path: Path, template: str, guests: str, links: str, dates: str
) -> None:
    vault = make_vault(tmp_path, settings=f"links: {links}\ndates: {dates}\n").open()
    request = Request("Acme", TODAY, "Engineer", "panel", dt.time(14, 30), "video", GUESTS[guests], ("x",), template)
    scaffold = plan(vault, request)
    found = read_note(scaffold.path, scaffold.text.encode(), RULES)
    assert found.problems == ()
    noun = found.noun
    assert isinstance(noun, Debrief)
    assert (noun.company, noun.role, noun.round, noun.date) == ("Acme", "Engineer", "panel", TODAY)
    assert (noun.time, noun.format, noun.outcome, noun.tags) == (dt.time(14, 30), "video", "waiting", ("x",))
    names = [None if guest.name == "?" else guest.name for guest in GUESTS[guests]]
    assert [met.name for met in noun.people] == names
    assert noun.empty
    content = (
        noun.questions, noun.noticed, noun.open_questions, noun.strong, noun.weak, noun.overall, noun.takeaways, noun.told,
        noun.feedback, noun.concerns, noun.remarks,
    )  # fmt: skip
    assert not any(content)
    assert [(item.kind, item.status) for item in found.follow_ups] == [("thanks", "open")] * len(
        [n for n in names if n]
    )
    assert all(item.due for item in found.follow_ups)


@pytest.mark.parametrize("template", ["short", "full"])
def test_each_section_of_a_new_debrief_is_one_of_ours_and_without_words(tmp_path: Path, template: str) -> None:
    vault = make_vault(tmp_path).open()
    note = parsed(plan(vault, Request("Acme", TODAY + dt.timedelta(days=30), template=template)).text)
    sections = find_sections(note, RULES.words.vocabulary)
    assert len(sections) == len([e for e in note.elements if e.kind == "heading"]) >= 8
    assert not [bullet for section in sections for bullet in each_item(bullets(note, section.members))]


@pytest.mark.parametrize("template", ["short", "full"])
def test_one_word_on_any_line_below_a_heading_is_read_or_reported(tmp_path: Path, template: str) -> None:
    vault = make_vault(tmp_path).open()
    rows = plan(vault, Request("Acme", TODAY, guests=GUESTS["one"], template=template)).text.split("\n")
    first = rows.index("## People met")
    for place in range(first, len(rows)):
        for typed in (
            rows[place] + " squirrels",
            *([rows[place].replace(" -->", " squirrels -->")] if "-->" in rows[place] else []),
        ):
            text = "\n".join([*rows[:place], typed, *rows[place + 1 :]])
            found = read_note("Debriefs/x 2026-11-25.md", text.encode(), RULES)
            assert "squirrels" in str(found.noun) + str(found.follow_ups) + str(found.problems) or rows[
                place
            ].startswith("#"), typed
