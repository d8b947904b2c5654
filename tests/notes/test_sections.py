"""Sections, their bullets, and what stands at the end of one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.sections import (
    Bullet,
    accidental,
    bullets,
    content,
    each_item,
    find_sections,
    take_mark,
    take_tags,
    title_of,
)
from jobvault.words import fold
from tests.notes.written import WORDS, parsed

VOCABULARY = WORDS.vocabulary


def sections(text: str) -> list[tuple[str, int]]:
    return [(section.name, section.heading.line) for section in find_sections(parsed(text), VOCABULARY)]


def top(text: str) -> tuple[Bullet, ...]:
    """Return the bullets of a text that is all one section."""
    note = parsed("## Takeaways\n" + text)
    (section,) = find_sections(note, VOCABULARY)
    return bullets(note, section.members)


def words(text: str) -> list[str]:
    return [bullet.whole for bullet in each_item(top(text))]


# Which heading is a section's


@pytest.mark.parametrize(("word", "name"), sorted(VOCABULARY.sections.items()))
def test_every_word_for_a_section_is_matched_however_it_is_written(word: str, name: str) -> None:
    for form in (
        word,
        word.upper(),
        word.title(),
        f"{word}:",
        f"**{word}**",
        f"**{word}:**",
        f"🎯 {word} 🎯",
        f"_{word}_ …",
        f"  {word}  ##",
    ):
        for level in range(2, 7):
            assert sections(f"# Acme\n\n{'#' * level} {form}\n") == [(name, 3)], form


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("People met", "people-met"), ("People", "people-met"), ("Who I met", "people-met"), ("Interviewers", "people-met"),
        ("What they asked", "asked"), ("Questions they asked", "asked"), ("Questions asked", "asked"),
        ("What I noticed", "noticed"), ("Observations", "noticed"), ("Signals", "noticed"), ("Surprises", "noticed"),
        ("What I still want to ask", "open-questions"), ("Open questions", "open-questions"), ("My questions", "open-questions"),
        ("Strong", "strong"), ("Strengths", "strong"), ("Went well", "strong"), ("Where I was strong", "strong"),
        ("Weak", "weak"), ("Weaknesses", "weak"), ("Could improve", "weak"), ("Where I was weak", "weak"),
        ("Overall", "overall"), ("Overall assessment", "overall"),
        ("Takeaways", "takeaways"), ("Lessons", "takeaways"), ("Next time", "takeaways"),
        ("Follow-ups", "follow-ups"), ("Next steps", "follow-ups"), ("To do", "follow-ups"),
        ("What I told them", "told"), ("Said", "told"),
        ("Feedback", "feedback"),
    ],
)  # fmt: skip
def test_the_words_that_are_promised_are_there(heading: str, name: str) -> None:
    assert sections(f"## {heading}\n") == [(name, 1)]


@pytest.mark.parametrize(
    "heading",
    [
        "People I want to meet", "People met at the fair", "My takeaways from the book", "Takeaways 2026", "Not weak", "Weak areas of Acme",
        "Follow-ups, old", "Overall market", "Feedback to HR", "1. Takeaways", "Said the raven", "Strong coffee", "", "🎯", "Company",
    ],
)  # fmt: skip
def test_a_heading_that_is_more_than_a_word_of_ours_is_the_users_own(heading: str) -> None:
    assert sections(f"## {heading}\n- a\n") == []


@pytest.mark.parametrize(
    "text", ["Takeaways\n=====\n", "Takeaways\n---\n", "Takeaways\n-\n", "Take-aways\n---------\n", "# Takeaways\n"]
)
def test_setext_headings_and_those_of_level_one_are_matched(text: str) -> None:
    assert sections(text + "- a\n") == [("takeaways", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "- # Takeaways\n",
        "> ## Takeaways\n",
        "```\n## Takeaways\n```\n",
        "**Takeaways**\n",
        "##Takeaways\n",
        "    ## Takeaways\n",
        "<!--\n## Takeaways\n-->\n",
        "\\## Takeaways\n",
    ],
)
def test_what_is_no_heading_of_the_note_is_no_section(text: str) -> None:
    assert sections(text) == []


def test_a_section_may_stand_twice_and_in_any_order_and_case() -> None:
    assert sections("## TAKEAWAYS\n\n## People\n\n## Lessons\n") == [
        ("takeaways", 1),
        ("people-met", 3),
        ("takeaways", 5),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Acme, technical\n\n## Takeaways\n", "Acme, technical"),
        ("Acme\n====\n\n## Takeaways\n", "Acme"),
        ("words\n\n# Acme\n", "Acme"),
        ("# Acme\n\n# Takeaways\n", None),
        ("## Acme\n\n# Takeaways\n", None),
        ("# Takeaways\n", None),
        ("## Acme\n", None),
        ("- # Acme\n", None),
        ("", None),
    ],
)
def test_the_title_is_a_first_heading_that_alone_is_of_level_one(text: str, title: str | None) -> None:
    found = title_of(parsed(text), VOCABULARY)
    assert (found.text if found else None) == title


# Where a section ends


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("## Takeaways\n- a\n\n### More\n- b\n\n## Mine\n- c\n", ["a", "b"]),
        ("### Takeaways\n- a\n\n## Mine\n- c\n", ["a"]),
        ("### Takeaways\n- a\n\n### Mine\n- c\n", ["a"]),
        ("## Takeaways\n- a\n\n#### Weak\n- c\n", ["a"]),
        ("## Takeaways\n- a\n\n# Mine\n- c\n", ["a"]),
        ("# Takeaways\n- a\n\n## Mine\n- b\n\n# Other\n- c\n", ["a", "b"]),
        ("## Takeaways\n- a\n\nMine\n-------\n- c\n", ["a"]),
        ("## Takeaways\n- a\n\nnot meant as a heading\n---\n- b\n", ["a", "not meant as a heading", "b"]),
        ("## Takeaways\n- a\n\n- ## Mine\n- b\n", ["a", "Mine", "b"]),
        (
            "## Takeaways\n- a\n\n<!-- jobvault:begin people -->\n## Generated\n- c\n<!-- jobvault:end -->\n\n- b\n",
            ["a", "b"],
        ),
        ("## Takeaways", []),
    ],
)
def test_a_section_ends_at_the_next_matched_heading_or_one_of_its_level_or_higher(text: str, inside: list[str]) -> None:
    note = parsed(text)
    section = find_sections(note, VOCABULARY)[0]
    assert [bullet.whole for bullet in bullets(note, section.members)] == inside


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("words\n-\n", True), ("words\n--\n", True), ("words\n---\n", True), ("a long sentence of words\n-----\n", True), ("two\nlines\n------\n", True),
        ("> words\n> ---\n", True), ("words\n-----\n", False), ("Logistics\n---------\n", False), ("Logistics\n--------------\n", False),
        ("words\n=\n", False), ("## words\n", False),
    ],
)  # fmt: skip
def test_a_heading_is_accidental_where_nobody_drew_a_line_below_it(text: str, expected: bool) -> None:
    note = parsed(text)
    assert accidental(note, note.elements[0]) is expected


# Bullets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b\n", ["a", "b"]),
        ("* a\n+ b\n1. c\n2) d\n", ["a", "b", "c", "d"]),
        ("a\n\nb\nc\n", ["a", "b", "c"]),
        ("- a\n  goes on\n", ["a goes on"]),
        ("- a\nbelow\n", ["a", "below"]),
        ("- Draw it\nlazily\n", ["Draw it lazily"]),
        ("- a\n  - b\n  - c\n", ["a; b; c"]),
        ("- a:\n  - b\n    - c\n", ["a: b; c"]),
        ("- a\n\n  more\n", ["a; more"]),
        ("-\n  - b\n", ["b"]),
        ("- a\n-\n- b\n", ["a", "b"]),
        ("- a\n- \n", ["a"]),
        ("> said\n> so\n", ["said so"]),
        ("- > said\n", ["said"]),
        ("- # loud\n", ["loud"]),
        ("- words\n  -\n", ["words"]),
        ("not a heading\n-\n", ["not a heading"]),
        ("| a | b |\n|---|---|\n| c | d |\n|  | e |\n|  |  |\n", ["c · d", "e"]),
        ("| a |\n|---|\n| c \\| d |\n| [[x\\|y]] |\n", ["c | d", "[[x|y]]"]),
        ("- [ ] a 📅 2026-11-20\n- [x] b #t ✅ 2026-11-20\n", ["a", "b #t"]),
        ("- a\n  - [ ] b\n    - c\n", ["a", "b; c"]),
        ("- a\n  - b\n    - [x] c\n      - [ ] d\n", ["a; b", "c", "d"]),
        ("-\n  - [ ] b\n", ["b"]),
        ("- a ^abc-1\n- b (x) ^def\n- ^ghi\n", ["a", "b (x)", "^ghi"]),
        ("- caf\udce9\n", ["caf\ufffd"]),
        ("-   a    b\tc  \n", ["a b c"]),
    ],
)
def test_bullets_paragraphs_and_tables_are_read(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "-\n", "- \n1.\n", "<!-- hint -->\n", "<!--\n- a\n-->\n", "%% a %%\n", "%%\n- a\n%%\n", "- <!-- a -->\n", "- %% a %%\n", "```\n- a\n```\n",
        "    - a\n", "~~~\na\n", "---\n", "> jobvault: not carried: - [x] a\n", "[ref]: /url\n", "- ```\n  a\n  ```\n", "<div>\na\n</div>\n", "### Heading\n",
        "| a |\n|---|\n", "- [ ] 📅 2026-11-20\n",
    ],
)  # fmt: skip
def test_comments_code_and_empty_bullets_are_never_content(text: str) -> None:
    assert words(text) == []


def test_comments_within_words_are_taken_out() -> None:
    assert words("- a <!-- b --> c %% d %% e\n") == ["a c e"]
    assert content("a <!-- open") == "a <!-- open"
    assert content("`<!-- a -->`") == "`<!-- a -->`"


def test_bullets_know_their_line_and_kind() -> None:
    found = top("- a\n  - b\n\nwords\n\n| h |\n|---|\n| c |\n")
    assert [(b.text, b.line, b.kind) for b in found] == [
        ("a", 2, "item"),
        ("words", 5, "paragraph"),
        ("c", 9, "paragraph"),
    ]
    assert [(b.text, b.line) for b in found[0].children] == [("b", 3)]


# Marks and tags


def mark(text: str, *allowed: str) -> tuple[str, str | None]:
    return take_mark(Bullet(text, 1, "item"), VOCABULARY.marks, allowed or ("strong", "ok", "rough", "owed"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Why us? (rough)", ("Why us?", "rough")),
        ("Why us?(rough)", ("Why us?", "rough")),
        ("Why us? ( Rough )", ("Why us?", "rough")),
        ("Why us? (rough).", ("Why us?", "rough")),
        ("Why us? (😬 rough!)", ("Why us?", "rough")),
        ("Why us? (rough) #motivation", ("Why us? #motivation", "rough")),
        ("Why us? (rough) #a #b/c", ("Why us? #a #b/c", "rough")),
        ("Why us? (owed)", ("Why us?", "owed")),
        ("Why us? (not answered)", ("Why us?", "owed")),
        ("Why us? (ok)", ("Why us?", "ok")),
        ("Why us? (strong)", ("Why us?", "strong")),
        ("Why us? · (strong)", ("Why us?", "strong")),
        ("Why us? (at last) (ok)", ("Why us? (at last)", "ok")),
        ("(ok)", ("", "ok")),
        ("Why us? (roughly)", ("Why us? (roughly)", None)),
        ("Why (rough) us?", ("Why (rough) us?", None)),
        ("Why us? (applied)", ("Why us? (applied)", None)),
        ("Why us? rough", ("Why us? rough", None)),
        ("Why us? (rough", ("Why us? (rough", None)),
        ("Why us? ()", ("Why us? ()", None)),
    ],
)
def test_a_mark_stands_in_parentheses_at_the_end(text: str, expected: tuple[str, str | None]) -> None:
    assert mark(text) == expected


@pytest.mark.parametrize(("word", "name"), sorted(VOCABULARY.marks.items()))
def test_every_word_for_a_mark_is_known(word: str, name: str) -> None:
    assert mark(f"a ({word.upper()})", name) == ("a", name)


def test_a_mark_may_stand_before_the_bullets_that_belong_to_it_or_behind_them() -> None:
    below = (Bullet("b", 2, "item"),)
    allowed = ("rough",)
    assert take_mark(Bullet("a (rough)", 1, "item", None, below), VOCABULARY.marks, allowed) == ("a; b", "rough")
    assert take_mark(Bullet("a", 1, "item", None, (Bullet("b (rough)", 2, "item"),)), VOCABULARY.marks, allowed) == (
        "a; b",
        "rough",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Draw first #system-design", ("Draw first", ("system-design",))),
        ("Draw first #a #b/c #a", ("Draw first", ("a", "b/c"))),
        ("Draw #first then talk", ("Draw #first then talk", ("first",))),
        ("Draw #first then #talk", ("Draw #first then", ("first", "talk"))),
        ("Draw #2nd", ("Draw", ("2nd",))),
        ("Draw #über_cool", ("Draw", ("über_cool",))),
        ("Fix bug #123", ("Fix bug #123", ())),
        ("Fix #a bug #123", ("Fix #a bug #123", ("a",))),
        ("Learn C#", ("Learn C#", ())),
        ("See [x](#part)", ("See [x](#part)", ())),
        ("See [[Note#part]]", ("See [[Note#part]]", ())),
        ("See [[Note #part]]", ("See [[Note #part]]", ())),
        ("See `x #y`", ("See `x #y`", ())),
        ("See http://a.b/#c", ("See http://a.b/#c", ())),
        ("# no", ("# no", ())),
        ("#only", ("#only", ("only",))),
        ("", ("", ())),
    ],
)
def test_tags_at_the_end_are_taken_off_and_all_are_known(text: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert take_tags(text) == expected


@given(st.text())
def test_nothing_here_raises_and_no_word_is_lost(text: str) -> None:
    clean = " ".join(text.split())
    rest, tags = take_tags(clean)
    assert clean.startswith(rest)
    assert fold(clean) == fold(rest + " " + clean[len(rest) :])
    shorter, found = mark(clean)
    assert found or shorter == clean
    assert all(tag in clean for tag in tags)


pieces = st.sampled_from(
    [
        "# H",
        "## Takeaways",
        "### Weak",
        "- a",
        "  - b",
        "    - [ ] c",
        "",
        "words",
        "---",
        "| a |",
        "|---|",
        "> q",
        "```",
        "<!-- x",
        "-->",
        "1. n",
        "-",
        "%%",
    ]
)


@given(st.lists(pieces, max_size=14))
def test_sections_part_the_note_and_no_element_is_in_two(rows: list[str]) -> None:
    note = parsed("\n".join(rows))
    found = find_sections(note, VOCABULARY)
    members = [index for section in found for index in section.members]
    assert len(set(members)) == len(members)
    for section in found:
        inside = [note.own[index] for index in section.members]
        assert all(element.line > section.heading.line for element in inside)
        assert all(each.whole for each in each_item(bullets(note, section.members)))
