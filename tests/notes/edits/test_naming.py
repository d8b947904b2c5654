"""A name is completed where it is sure whose it is, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.notes.edits.contents import contents
from jobvault.notes.edits.naming import name_in_full
from jobvault.notes.edits.person import add_to_person
from jobvault.notes.note import encode
from tests.notes.awkward_notes import notes
from tests.notes.written import WORDS, debrief_text, parsed


def named(heading: str, name: str, title: str = "", front: str = "", more: str = "") -> str:
    text = debrief_text("## People met\n\n{}\n\n- Concern: x\n" + more, front=front)
    new = name_in_full(parsed(text.format(heading)), name, title, WORDS).text
    head, tail = text.split("{}")
    assert (new.startswith(head), new.endswith(tail)) == (True, True)
    return new.removeprefix(head).removesuffix(tail)


@pytest.mark.parametrize(
    ("heading", "name", "title", "after"),
    [
        ("### Zelda", "Zelda Fitz", "CTO", "### Zelda Fitz, CTO"),
        ("### [[Zelda]]", "[[Zelda Fitz]]", "CTO", "### [[Zelda Fitz]], CTO"),
        ("### [[Zelda]], CTO", "[[Zelda Fitz]]", "", "### [[Zelda Fitz]], CTO"),
        ("### Zelda, cto ###", "Zelda Fitz", "CTO", "### Zelda Fitz, cto ###"),
        ("### Zelda", "zelda", "CTO", "### Zelda, CTO"),
        ("### Zelda Fitz", "[[Zelda Fitz]]", "CTO", "### Zelda Fitz, CTO"),
        ("- Zelda", "Zelda Fitz", "", "- Zelda Fitz"),
        ("Zelda", "Zelda Fitz", "", "Zelda Fitz"),
    ],
)
def test_a_first_name_and_a_missing_title_are_completed(heading: str, name: str, title: str, after: str) -> None:
    assert named(heading, name, title) == after


@pytest.mark.parametrize(
    ("heading", "name", "title"),
    [
        ("### Zelda, VP", "Zelda Fitz", "CTO"),
        ("### Zelda Fitz, VP", "Zelda Fitz", "CTO"),
        ("### Zelda Fitz", "Zelda", ""),
        ("### Zelda Fitz", "Zelda Smith", "CTO"),
        ("### **Zelda**", "Zelda Fitz", "CTO"),
        ("### Zelda - VP", "Zelda Fitz", ""),
        ("### [[People/Z|Zelda]]", "Zelda Fitz", "CTO"),
        ("### ?, SRE", "?", "CTO"),
        ("### Tom", "Zelda Fitz", "CTO"),
    ],
)
def test_what_is_not_sure_stays(heading: str, name: str, title: str) -> None:
    assert named(heading, name, title) == heading


def test_a_first_name_that_two_bear_stays() -> None:
    assert named("### Zelda", "Zelda Fitz", more="\n### Zelda Smith\n\n- Concern: y\n") == "### Zelda"


def test_nothing_is_named_beside_a_git_conflict() -> None:
    with pytest.raises(RefusedError, match="conflict"):
        name_in_full(parsed(debrief_text("<<<<<<< a\n=======\n>>>>>>> b\n")), "Zelda", "CTO", WORDS)


def test_somebody_unnamed_is_known_by_the_title() -> None:
    note = parsed(debrief_text("## People met\n\n### ?, SRE, beard\n\n- Concern: x\n\n### ?, cook\n"))
    new = add_to_person(note, "?, SRE, beard", "concern", "y", WORDS)
    assert "- Concern: x\n- Concern: y\n\n### ?, cook" in new.text
    assert add_to_person(note, "?, CTO", "concern", "y", WORDS).text.endswith("\n\n### ?, CTO\n\n- Concern: y\n")


def test_a_first_name_is_not_taken_for_the_whole_one_where_that_will_not_do() -> None:
    note = parsed(debrief_text("## People met\n\n### Zelda, VP\n\n- Concern: x\n"))
    new = add_to_person(note, "Zelda Fitz, CTO", "concern", "y", WORDS, by_first=False)
    assert new.text.endswith("- Concern: x\n\n### Zelda Fitz, CTO\n\n- Concern: y\n")


@given(
    notes(), st.sampled_from(["Dana Reyes", "[[Dana Reyes]]", "Tom Ode", "Dana"]), st.sampled_from(["", "VP", "a_b*"])
)
@settings(max_examples=200)
def test_any_note_says_what_it_said_with_one_line_changed_or_none(text: str, name: str, title: str) -> None:
    note = parsed(text)
    try:
        new = name_in_full(note, name, title, WORDS)
    except RefusedError:
        return
    changed = [number for number, pair in enumerate(zip(note.lines, new.lines, strict=True)) if pair[0] != pair[1]]
    assert len(changed) <= 1
    before, after = contents(note, WORDS), contents(new, WORDS)
    assert sorted((t.field, n) for t, n in before.items()) == sorted((t.field, n) for t, n in after.items())
    assert encode(name_in_full(new, name, title, WORDS).text) == encode(new.text)
