"""Edits that append: an item to a section, a line below an item; nothing else changes, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.model import Debrief
from jobvault.notes.edits.contents import contents
from jobvault.notes.edits.insertion import added_lines
from jobvault.notes.edits.items import add_below, add_item, add_items
from jobvault.notes.edits.literal import literal
from jobvault.notes.edits.refusals import no_place
from jobvault.notes.element import Element
from jobvault.notes.note import encode
from jobvault.notes.sections import find_sections
from tests.notes.awkward_notes import ENDINGS, between, notes, typed
from tests.notes.written import WORDS, debrief_text, parsed, reading, texts

SECTIONS = (
    "asked", "noticed", "open-questions", "strong", "weak", "overall", "told", "feedback", "takeaways", "follow-ups",
)  # fmt: skip


def added(body: str, section: str, *lines: str, box: str | None = None) -> str:
    text = debrief_text()
    return add_item(parsed(text + body), section, lines, WORDS, box=box).text.removeprefix(text)


# --- where it goes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("## Takeaways\n", "## Takeaways\n\n- new\n"),
        ("## Takeaways", "## Takeaways\n\n- new"),
        ("## Takeaways\n\n- a\n", "## Takeaways\n\n- a\n- new\n"),
        ("## Takeaways\n- a\n- b\n## Own\n", "## Takeaways\n- a\n- b\n- new\n## Own\n"),
        ("## Takeaways\n\n- a\n\n\n## Own\n", "## Takeaways\n\n- a\n- new\n\n\n## Own\n"),
        ("## Takeaways\n\n- a\n\n- b\n", "## Takeaways\n\n- a\n\n- b\n\n- new\n"),
        ("## Takeaways\n\n* a\n", "## Takeaways\n\n* a\n* new\n"),
        ("## Takeaways\n\n+   a\n", "## Takeaways\n\n+   a\n+   new\n"),
        ("## Takeaways\n\n  - a\n", "## Takeaways\n\n  - a\n  - new\n"),
        ("## Takeaways\n\n-\ta\n", "## Takeaways\n\n-\ta\n-\tnew\n"),
        ("## Takeaways\n\n1. a\n2. b\n", "## Takeaways\n\n1. a\n2. b\n3. new\n"),
        ("## Takeaways\n\n1. a\n1. b\n", "## Takeaways\n\n1. a\n1. b\n1. new\n"),
        ("## Takeaways\n\n9) a\n", "## Takeaways\n\n9) a\n10) new\n"),
        ("## Takeaways\n\n- a\n  - sub\n    more\n", "## Takeaways\n\n- a\n  - sub\n    more\n- new\n"),
        ("## Takeaways\n\n- a\nlazy\n", "## Takeaways\n\n- a\nlazy\n- new\n"),
        ("## Takeaways\n\n- a\n\nprose\n", "## Takeaways\n\n- a\n- new\n\nprose\n"),
        ("## Takeaways\n\nprose\n", "## Takeaways\n\nprose\n\n- new\n"),
        ("## Takeaways\n\n<!-- next time I will … -->\n\n## Own\n", "## Takeaways\n\n<!-- next time I will … -->\n\n- new\n\n## Own\n"),
        ("## Takeaways\n\n| a |\n|---|\n| b |\n", "## Takeaways\n\n| a |\n|---|\n| b |\n\n- new\n"),
        ("## Takeaways\n\n> - quoted\n", "## Takeaways\n\n> - quoted\n\n- new\n"),
        ("## Takeaways\n\n<!-- hint -->\n\n---\n\n## Own\n", "## Takeaways\n\n<!-- hint -->\n\n- new\n\n---\n\n## Own\n"),
        ("## Takeaways\n\n```\ncode\n```\n", "## Takeaways\n\n```\ncode\n```\n\n- new\n"),
        ("## Takeaways\n\n- a\n\n```\nopen\n", "## Takeaways\n\n- a\n- new\n\n```\nopen\n"),
        ("## Takeaways\n\n<!-- open\n", "## Takeaways\n\n- new\n\n<!-- open\n"),
        ("## Takeaways\n\n%%\nopen\n", "## Takeaways\n\n%%\nopen\n\n- new\n"),
        ("## Takeaways\n\n%%\nhidden\n%%\n", "## Takeaways\n\n%%\nhidden\n%%\n\n- new\n"),
        ("## Takeaways\n\n### By me\n\n- a\n\n### By them\n", "## Takeaways\n\n### By me\n\n- a\n- new\n\n### By them\n"),
        ("## Takeaways\n\n- a\n\n### Later\n\n- b\n", "## Takeaways\n\n- a\n- new\n\n### Later\n\n- b\n"),
        ("## Takeaways\n\n### Later\n", "## Takeaways\n\n- new\n\n### Later\n"),
        ("Takeaways\n---------\n\n- a\n\nOwn\n---\n", "Takeaways\n---------\n\n- a\n- new\n\nOwn\n---\n"),
        ("## Takeaways\n- a\n\n## Weak\n\n## Takeaways\n- b\n", "## Takeaways\n- a\n\n## Weak\n\n## Takeaways\n- b\n- new\n"),
        ("## 💡 Lessons:\n\n- a\n", "## 💡 Lessons:\n\n- a\n- new\n"),
        ("## Takeaways\n\n-\n", "## Takeaways\n\n- new\n"),
        ("## Takeaways\n\n- a\n- \n\n## Own\n", "## Takeaways\n\n- a\n- new\n\n## Own\n"),
        ("## Takeaways\n\n1. a\n2.", "## Takeaways\n\n1. a\n2. new"),
        ("## Takeaways\n\n- [ ] \n", "## Takeaways\n\n- [ ] \n- new\n"),
        ("## Takeaways\n\n-\n  - below\n", "## Takeaways\n\n-\n  - below\n- new\n"),
        ("## Takeaways\n\n- <!-- what -->\n", "## Takeaways\n\n- <!-- what -->\n- new\n"),
    ],
)  # fmt: skip
def test_behind_the_last_item_and_written_like_it(body: str, after: str) -> None:
    assert added(body, "takeaways", "new") == after


def test_never_into_a_generated_block() -> None:
    block = "<!-- jobvault:begin takeaways -->\n\n- x\n\n<!-- jobvault:end -->\n"
    assert added(f"## Takeaways\n\n{block}", "takeaways", "new") == f"## Takeaways\n\n- new\n\n{block}"
    assert added(f"## Takeaways\n\n- a\n{block}", "takeaways", "new") == f"## Takeaways\n\n- a\n- new\n{block}"
    assert added(f"## Weak\n\n{block}", "takeaways", "new") == f"## Weak\n\n{block}\n## Takeaways\n\n- new\n"


@pytest.mark.parametrize(
    ("body", "section", "after"),
    [
        ("", "takeaways", "\n## Takeaways\n\n- new\n"),
        ("\n<!-- Half is fine. -->\n", "weak", "\n<!-- Half is fine. -->\n\n## Where I was weak\n\n- new\n"),
        ("## Strong\n\n- a\n\n## Takeaways\n", "weak", "## Strong\n\n- a\n\n## Where I was weak\n\n- new\n\n## Takeaways\n"),
        ("## Takeaways\n\n- a\n", "weak", "\n## Where I was weak\n\n- new\n\n## Takeaways\n\n- a\n"),
        ("## Takeaways\n\n- a", "follow-ups", "## Takeaways\n\n- a\n\n## Follow-ups\n\n- new"),
        ("# Acme\n\n### Strong\n\n### Own\n\nx\n", "weak", "# Acme\n\n### Strong\n\n### Where I was weak\n\n- new\n\n### Own\n\nx\n"),
        ("# Strong\n\n# Takeaways\n", "weak", "# Strong\n\n# Where I was weak\n\n- new\n\n# Takeaways\n"),
        ("Strong\n======\n\nx\n", "weak", "Strong\n======\n\nx\n\n# Where I was weak\n\n- new\n"),
        ("## Takeaways\n\n## Strong\n", "weak", "## Takeaways\n\n## Strong\n\n## Where I was weak\n\n- new\n"),
        ("# Acme panel\n\nprose\n", "weak", "# Acme panel\n\nprose\n\n## Where I was weak\n\n- new\n"),
        ("<!-- open\n", "weak", "\n## Where I was weak\n\n- new\n\n<!-- open\n"),
        ("## Own\n\n```\nopen\n", "weak", "## Own\n\n## Where I was weak\n\n- new\n\n```\nopen\n"),
        ("## Weak\n", "overall", "## Weak\n\n## Overall\n\nnew\n"),
    ],
)  # fmt: skip
def test_a_missing_section_is_made_between_its_neighbours(body: str, section: str, after: str) -> None:
    assert added(body, section, "new") == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "## Takeaways\n\n- new\n"),
        ("\ufeff", "\ufeff## Takeaways\n\n- new\n"),
        ("words", "words\n\n## Takeaways\n\n- new"),
        ("\ufeff<!-- open\n", "\ufeff## Takeaways\n\n- new\n\n<!-- open\n"),
        ("\r\n", "## Takeaways\r\n\r\n- new\r\n\r\n"),
        ("---\r\ntype: debrief\r\n---", "---\r\ntype: debrief\r\n---\r\n\r\n## Takeaways\r\n\r\n- new"),
        ("\ufeff# T\r\r## Takeaways\r\r- a\r", "\ufeff# T\r\r## Takeaways\r\r- a\r- new\r"),
    ],
)
def test_notes_that_hold_next_to_nothing(text: str, after: str) -> None:
    assert add_item(parsed(text), "takeaways", ["new"], WORDS).text == after


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("awkward", ["\ufeff", "", "\u2028", "caf\udce9", "\x00", "\x0c"])
def test_line_endings_and_odd_bytes_stay(ending: str, awkward: str) -> None:
    rows = [f"{awkward}# T", "", f"a {awkward}", "", "## Takeaways", "", f"- a{awkward}", "{}", "## Own", ""]
    before = ending.join(rows).replace(f"{{}}{ending}", "")
    new = add_item(parsed(before), "takeaways", ["new"], WORDS)
    assert encode(new.text) == encode(ending.join(rows).format("- new"))


def test_an_item_of_several_lines_is_one_item() -> None:
    body = "## Asked\n\n1. a\n"
    after = added(body, "asked", "How would you", "# shard it", "- by key", "or not", "", "- [x] asked twice")
    assert after == (
        "## Asked\n\n1. a\n2. How would you\n   \\# shard it\n   - by key\n     or not\n   - [x] asked twice\n"
    )
    noun = reading(debrief_text(after)).noun
    assert isinstance(noun, Debrief)
    assert texts(noun.questions)[1].startswith("How would you")
    assert len(noun.questions) == 3


def test_what_is_said_over_all_stays_prose() -> None:
    assert (
        added("## Overall\n", "overall", "Fine.", "- a friendly panel") == "## Overall\n\nFine.\n- a friendly panel\n"
    )
    assert added("## Overall\n\n- a\n", "overall", "Fine.") == "## Overall\n\n- a\n- Fine.\n"


def test_a_task_has_its_box_and_its_fields() -> None:
    after = added("## Follow-ups\n\n- plain\n", "follow-ups", "Send it #deck 📅 2026-11-28", box=" ")
    assert after == "## Follow-ups\n\n- plain\n- [ ] Send it #deck 📅 2026-11-28\n"


@pytest.mark.parametrize(
    ("empty", "full"),
    [
        ("- [ ] ", "- [ ] new"),
        ("- [ ]", "- [ ] new"),
        ("-", "- [ ] new"),
        ("* ", "* [ ] new"),
        ("- [x] ", "- [x] \n- [ ] new"),
    ],
)
def test_the_empty_task_of_a_template_is_filled_in(empty: str, full: str) -> None:
    body = "## Follow-ups\n\n- [ ] a\n{}\n\n## Own\n"
    body = body.replace("- [ ] a\n", "") if empty[0] == "*" else body
    assert added(body.format(empty), "follow-ups", "new", box=" ") == body.format(full)


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("## Takeaways\n", "## Takeaways\n\n- one\n- two\n"),
        ("## Takeaways\n\n1. a\n2. b\n", "## Takeaways\n\n1. a\n2. b\n3. one\n4. two\n"),
        ("## Takeaways\n\n- a\n\n- b\n", "## Takeaways\n\n- a\n\n- b\n\n- one\n\n- two\n"),
        ("## Takeaways\n\n- a\n-\n", "## Takeaways\n\n- a\n- one\n- two\n"),
    ],
)
def test_several_items_count_and_space_like_the_list(body: str, after: str) -> None:
    assert add_items(parsed(body), "takeaways", [["one"], ["two"]], WORDS).text == after


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_git_conflict_and_what_never_ends_are_named() -> None:
    conflict = parsed("## Takeaways\n\n<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> theirs\n")
    with pytest.raises(RefusedError, match="conflict") as refused:
        add_item(conflict, "takeaways", ["new"], WORDS)
    assert (refused.value.line, refused.value.path) == (3, conflict.path)
    hiding = parsed("%%\n\n## Own\n\n~~~\nopen\n")
    assert (
        add_item(hiding, "weak", ["new"], WORDS).text == "%%\n\n## Own\n\n## Where I was weak\n\n- new\n\n~~~\nopen\n"
    )
    assert (no_place(hiding).line, "a code block that starts here never ends" in no_place(hiding).why) == (5, True)
    assert no_place(parsed("words")).line is None


@pytest.mark.parametrize("lines", [[], [""], [" ", "\x00"]])
def test_nothing_is_not_added(lines: list[str]) -> None:
    with pytest.raises(RefusedError, match="no words"):
        add_item(parsed("## Takeaways\n"), "takeaways", lines, WORDS)


@pytest.mark.parametrize("fence", ["```", "````sql", "`````", "~~~~ x", "~~~~~~"])
def test_a_code_fence_of_any_length_is_an_item_like_any_other(fence: str) -> None:
    new = add_items(parsed(debrief_text("## Takeaways\n")), "takeaways", [[fence], ["select 1"]], WORDS)
    noun = reading(new.text).noun
    assert isinstance(noun, Debrief)
    assert texts(noun.takeaways) == [f"\\{fence}", "select 1"]


@pytest.mark.parametrize("items", [[["#deck"]], [["Send it"], ["#deck"]], [["#deck"], ["Send it"]]])
def test_an_item_that_would_not_be_read_is_not_counted_with_the_others(items: list[list[str]]) -> None:
    with pytest.raises(RefusedError, match=r"“#deck” would not be read here.*words"):
        add_items(parsed("## Follow-ups\n"), "follow-ups", items, WORDS, box=" ")


@given(st.sampled_from(SECTIONS), st.lists(st.lists(typed, min_size=1, max_size=2), min_size=1, max_size=3))
def test_several_items_say_what_each_of_them_says(section: str, items: list[list[str]]) -> None:
    note = parsed(debrief_text())
    try:
        new = add_items(note, section, items, WORDS)
    except RefusedError:
        return
    assert (contents(new, WORDS) - contents(note, WORDS)).total() >= len(items)


# --- any note ---------------------------------------------------------------------------------------------------------


@given(notes(), st.sampled_from(SECTIONS), st.lists(typed, min_size=1, max_size=3), st.sampled_from([None, " "]))
@settings(max_examples=300)
def test_any_note_says_what_it_said_and_the_new_thing_or_is_refused(
    text: str, section: str, lines: list[str], box: str | None
) -> None:
    note = parsed(text)
    try:
        new = add_item(note, section, lines, WORDS, box=box)
    except RefusedError as error:
        assert "words" in error.why or any(not element.closed for element in note.own)
        return
    assert between(encode(note.text), encode(new.text))
    assert contents(new, WORDS) > contents(note, WORDS)
    assert new.front == note.front
    assert [block.body for block in new.blocks] == [block.body for block in note.blocks]
    assert new.lines[added_lines(note, new)[-1] - 1].strip()
    assert section in [found.name for found in find_sections(new, WORDS.vocabulary)]


# --- below an item ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "after"),
    [
        ("- a\n", 1, "- a\n  - new\n"),
        ("- a", 1, "- a\n  - new"),
        ("1. a\n2. b\n", 1, "1. a\n   - new\n2. b\n"),
        ("- a\n  - b\n  - c\n- d\n", 1, "- a\n  - b\n  - c\n  - new\n- d\n"),
        ("- a\n\t* b\n", 1, "- a\n\t* b\n\t* new\n"),
        ("- a\n  1. b\n", 1, "- a\n  1. b\n  2. new\n"),
        ("- a\n  - b\n- d\n", 2, "- a\n  - b\n    - new\n- d\n"),
        ("- a\nlazy\n\nprose\n", 1, "- a\nlazy\n  - new\n\nprose\n"),
        ("- a\n\n  more\n\nprose\n", 1, "- a\n\n  more\n  - new\n\nprose\n"),
        ("- [ ] a\r\n- b\r\n", 1, "- [ ] a\r\n  - new\r\n- b\r\n"),
    ],
)
def test_below_an_item_and_behind_what_stands_there(text: str, line: int, after: str) -> None:
    assert add_below(parsed(text), line, "new").text == after


@pytest.mark.parametrize(
    ("text", "line", "words", "why"),
    [
        ("words\n", 1, "new", "no list item"),
        ("- a\n", 2, "new", "no list item"),
        ("<!-- jobvault:begin people -->\n\n- a\n\n<!-- jobvault:end -->\n", 3, "new", "no list item of yours"),
        ("- a\n", 1, " ", "no words"),
        ("- a\n\n<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> x\n", 1, "new", "conflict"),
        ("- ```\n  open\n", 1, "new", "nothing can be added"),
    ],
)
def test_what_cannot_be_added_below(text: str, line: int, words: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        add_below(parsed(text), line, words)


@given(notes(), typed)
@settings(max_examples=200)
def test_below_any_item_of_any_note(text: str, words: str) -> None:
    note = parsed(text)
    for item in [element for element in note.own if element.kind == "item"][:2]:
        try:
            new = add_below(note, item.line, words)
        except RefusedError:
            continue
        assert between(encode(note.text), encode(new.text))
        [line] = added_lines(note, new)
        child = next(element for element in new.elements if element.line == line)
        assert child.rows == (literal(words),)
        assert parent_line(new.elements, child.parent) == item.line


def parent_line(elements: Sequence[Element], parent: int | None) -> int:
    assert parent is not None
    return elements[parent].line
