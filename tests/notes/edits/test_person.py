"""A labelled line below a person in People met."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.model import Debrief
from jobvault.notes.edits.contents import contents
from jobvault.notes.edits.literal import literal
from jobvault.notes.edits.person import add_to_person
from jobvault.notes.note import encode
from tests.notes.awkward_notes import between, notes, typed
from tests.notes.written import WORDS, debrief_text, parsed, reading

SCAFFOLD = "\n## People met\n\n### [[Dana Reyes]], VP\n\n- Cares about:\n- Concern:\n\n## What they asked\n"


def added(body: str, person: str = "Dana Reyes", text: str = "new", label: str = "concern", front: str = "") -> str:
    head = debrief_text(front=front)
    return add_to_person(parsed(head + body), person, label, text, WORDS).text.removeprefix(head)


@pytest.mark.parametrize("person", ["Dana Reyes", "[[Dana Reyes]]", "dana reyes, anything", "Dana"])
def test_the_empty_label_of_the_scaffold_is_filled_in(person: str) -> None:
    assert added(SCAFFOLD, person) == SCAFFOLD.replace("- Concern:", "- Concern: new")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- Concern: \n", "- Concern: new\n"),
        ("- **Concern:**\n", "- **Concern:** new\n"),
        ("- Concern::\n", "- Concern:: new\n"),
        ("* Worry:\n", "* Worry: new\n"),
        ("- Concern: <!-- what -->\n", "- Concern: <!-- what --> new\n"),
        ("- Concern: old\n", "- Concern: old\n- Concern: new\n"),
        ("- Concern: old\n- My answer: yes\n", "- Concern: old\n- My answer: yes\n- Concern: new\n"),
        ("- Concern:\n- My answer: yes\n", "- Concern:\n- My answer: yes\n- Concern: new\n"),
        ("- Concern:\n  - old\n", "- Concern:\n  - old\n- Concern: new\n"),
        ("1. Concern: old\n", "1. Concern: old\n2. Concern: new\n"),
        ("- Cares about: x\n\n- Note: y\n", "- Cares about: x\n\n- Note: y\n\n- Concern: new\n"),
        ("Kind.\n", "Kind.\n\n- Concern: new\n"),
        ("<!-- hint -->\n", "<!-- hint -->\n\n- Concern: new\n"),
        ("<!-- open\n", "- Concern: new\n\n<!-- open\n"),
        ("#### Concerns\n\n- old\n", "- Concern: new\n\n#### Concerns\n\n- old\n"),
    ],
)
def test_below_a_heading(before: str, after: str) -> None:
    head = "## People met\n\n### Dana Reyes\n\n"
    assert added(f"{head}{before}\n## Weak\n") == f"{head}{after}\n## Weak\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- Dana Reyes, VP\n- Tom\n", "- Dana Reyes, VP\n  - Concern: new\n- Tom\n"),
        ("- Dana Reyes\n  - Note: x\n- Tom\n", "- Dana Reyes\n  - Note: x\n  - Concern: new\n- Tom\n"),
        ("- Dana Reyes\n\t- Note: x\n", "- Dana Reyes\n\t- Note: x\n\t- Concern: new\n"),
        ("- Dana Reyes\n- Concern: x\n- Tom\n", "- Dana Reyes\n- Concern: x\n- Concern: new\n- Tom\n"),
        ("- Dana Reyes\n  - Concern:\n", "- Dana Reyes\n  - Concern: new\n"),
        ("1. Tom\n2. Dana Reyes\n", "1. Tom\n2. Dana Reyes\n   - Concern: new\n"),
        ("Dana Reyes\n\nTom Ode\n", "Dana Reyes\n\n- Concern: new\n\nTom Ode\n"),
    ],
)
def test_below_a_bullet_or_a_line_that_is_a_name(before: str, after: str) -> None:
    assert added(f"## People\n\n{before}") == f"## People\n\n{after}"


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("", "\n## People met\n\n### Lee Ok, CTO\n\n- Concern: new\n"),
        ("## Weak\n\n- x\n", "\n## People met\n\n### Lee Ok, CTO\n\n- Concern: new\n\n## Weak\n\n- x\n"),
        ("## People\n\n<!-- hint -->\n", "## People\n\n<!-- hint -->\n\n### Lee Ok, CTO\n\n- Concern: new\n"),
        ("# People\n\n## Dana\n\n- Note: x\n", "# People\n\n## Dana\n\n- Note: x\n\n## Lee Ok, CTO\n\n- Concern: new\n"),
        ("## People\n\n* Dana\n", "## People\n\n* Dana\n* Lee Ok, CTO\n  - Concern: new\n"),
        ("## People\n\n- Dana\n- Note: x\n", "## People\n\n- Dana\n- Note: x\n- Lee Ok, CTO\n  - Concern: new\n"),
        ("## People\n\n- Concern: of all\n", "## People\n\n- Concern: of all\n\n### Lee Ok, CTO\n\n- Concern: new\n"),
        ("###### People\n", "###### People\n\n- Lee Ok, CTO\n  - Concern: new\n"),
        ("## People\n\n### Dana\n\n<!-- open\n", "## People\n\n### Dana\n\n### Lee Ok, CTO\n\n- Concern: new\n\n<!-- open\n"),
    ],
)  # fmt: skip
def test_somebody_new_is_named_as_the_others_are(body: str, after: str) -> None:
    assert added(body, "Lee Ok, CTO") == after


def test_the_properties_may_know_them_already() -> None:
    for front in ('people: ["[[Dana Reyes]]"]\n', "people: [Dana]\n", "people: [Dana Reyes, Tom]\n"):
        body = added("", "[[Dana Reyes]]", front=front)
        noun = reading(debrief_text(body, front)).noun
        assert isinstance(noun, Debrief)
        first = noun.people[0]
        assert (first.name, [concern.text for concern in first.concerns]) == ("Dana Reyes", ["new"])
        assert len(noun.people) == front.count(",") + 1


def test_two_with_one_first_name_are_told_apart() -> None:
    body = "## People\n\n### Dana Reyes\n\n- Concern:\n\n### Dana Smith\n\n- Concern:\n"
    assert added(body, "Dana Smith").endswith("### Dana Smith\n\n- Concern: new\n")
    assert added(body, "Dana").endswith("### Dana\n\n- Concern: new\n")


@pytest.mark.parametrize("text", ["# x", "1. one", "a: b", "<!-- x -->", "- a", "x ^id", "[[Dana]] said", "x #tag"])
def test_words_stay_words(text: str) -> None:
    after = added(SCAFFOLD, text=text)
    assert f"- Concern: {literal(text, at_start=False)}\n" in after


@pytest.mark.parametrize(
    ("person", "text", "why"),
    [("Dana", " ", "no words"), ("", "new", "name the person"), ("?", "new", "name the person")],
)
def test_what_is_refused(person: str, text: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        add_to_person(parsed(debrief_text(SCAFFOLD)), person, "concern", text, WORDS)


@given(
    notes(),
    st.sampled_from(["Dana Reyes", "Tom Ode, SRE", "[[Lee Ok]]", "Dana"]),
    st.sampled_from(["concern", "cares-about", "asked", "my-answer", "note", "email", "next-step", "talked-about"]),
    typed,
)
@settings(max_examples=300)
def test_any_note_says_what_it_said_and_the_new_line_or_is_refused(
    text: str, person: str, label: str, words: str
) -> None:
    note = parsed(text)
    try:
        new = add_to_person(note, person, label, words, WORDS)
    except RefusedError as error:
        assert "words" in error.why or any(not element.closed for element in note.own)
        return
    assert between(encode(note.text), encode(new.text))
    before, after = contents(note, WORDS), contents(new, WORDS)
    assert [thing.field for thing in (before - after).elements()] in ([], ["people"])
    assert len([thing for thing in (after - before).elements() if thing.field != "people"]) == 1
    assert [block.body for block in new.blocks] == [block.body for block in note.blocks]
