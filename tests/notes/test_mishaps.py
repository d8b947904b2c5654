"""What was probably meant otherwise: comments, hints, headings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jobvault.actions.vault import load_words
from jobvault.notes.reading import read_note
from tests.notes.written import RULES, WORDS, debrief, debrief_text, read, reading, said

HINTS = [str(text) for key, text in WORDS.texts.items() if key.startswith("hint.")]


# Comments


@pytest.mark.parametrize("comment", ["<!-- a", "<!--", "%%\na", "%% a", "- <!-- a\n", "> <!-- a\n\nwords"])
def test_a_comment_that_never_ends_is_named(comment: str) -> None:
    found = read(f"\n## Takeaways\n\n{comment}\n")
    assert said(found.problems) == [("comment-not-closed", 9)]
    assert found.problems[0].quote in comment


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- a -->",
        "<!--\na\n-->",
        "%% a %%",
        "%%\na\n%%",
        "<!-- a --> <!-- b -->",
        "<!---->",
        "`<!-- a`",
        "a <!-- b --> c",
        "```\n<!-- a\n```",
    ],
)
def test_comments_of_the_users_that_end_are_theirs(comment: str) -> None:
    assert read(f"\n## Takeaways\n\n{comment}\n").problems == ()


@pytest.mark.parametrize("hint", HINTS)
def test_a_hint_as_it_was_laid_down_is_no_mishap(hint: str) -> None:
    assert debrief(f"\n## Takeaways\n\n<!-- {hint} -->\n").empty


@pytest.mark.parametrize("hint", HINTS)
def test_words_typed_into_a_hint_anywhere_are_named(hint: str) -> None:
    words = hint.split(" ")
    for place in range(len(words) + 1):
        typed = " ".join([*words[:place], "purple", "squirrels", *words[place:]])
        for comment in (f"<!-- {typed} -->", f"<!--\n{typed}\n-->"):
            found = read(f"\n## Takeaways\n\n{comment}\n")
            assert said(found.problems) == [("words-in-hint", 9)], typed
            assert "squirrels" in found.problems[0].quote
            assert not debrief().takeaways


@pytest.mark.parametrize(
    "text",
    [
        "<!-- next time I will … --> draw first",
        "<!-- mine --> draw first",
        "<!--\nmine\n--> draw first",
        "%%\nmine\n%% draw first",
    ],
)
def test_words_behind_a_comment_are_named(text: str) -> None:
    found = read(f"\n## Takeaways\n\n{text}\n")
    assert said(found.problems) == [("words-in-hint", 9)]
    assert found.problems[0].quote == "draw first"


@pytest.mark.parametrize("text", ["<!-- next time -->", "<!-- what they -->", "<!-- jobvault: later -->"])
def test_other_comments_are_the_users_own(text: str) -> None:
    assert read(f"\n## Takeaways\n\n{text}\n").problems == ()


def test_comments_in_generated_blocks_are_ours() -> None:
    assert (
        read("\n<!-- jobvault:begin people -->\n\n<!-- never closed\n-->\nwords\n<!-- jobvault:end -->\n").problems
        == ()
    )


def test_comments_are_looked_at_in_every_note_of_ours_and_in_no_other() -> None:
    assert said(reading("---\ntype: story\n---\n<!-- a\n", "x.md").problems) == [("comment-not-closed", 4)]
    assert reading("---\ntype: book\n---\n<!-- a\n", "x.md").problems == ()


# Headings


@pytest.mark.parametrize(
    "heading",
    [
        "## Takaways",
        "# Intro\n\n# Takaways",
        "## **Takaways:** 🎯",
        "Takaways\n--------",
        "##Takeaways",
        "###Take-aways",
    ],
)
def test_a_misspelt_heading_is_named(heading: str) -> None:
    found = read(f"\n{heading}\n\n- Draw first\n")
    (problem,) = found.problems
    assert (problem.code, problem.line) == ("near-heading", 9 if "Intro" in heading else 7)
    assert "Takeaways" in problem.hint
    assert problem.quote in heading


@pytest.mark.parametrize(
    "body",
    [  # the section is there
        "# Takaways\n",  # the title
        "- ## Takaways\n",
        "> ## Takaways\n",
        "## People met\n\n### Poeple\n",  # a person
        "#takeaways\n",  # a tag
        "## Logistics\n",
        "<!-- jobvault:begin people -->\n\n## Takaways\n\n<!-- jobvault:end -->\n",
    ],
)
def test_what_is_no_misspelt_heading_is_not(body: str) -> None:
    assert read(f"\n{body}\n## Overall\n").problems == ()


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("words\n-\n", 7),
        ("words\n---\n", 7),
        ("two\nlines\n---\n", 7),
        ("- words\n  ---\n", 7),
        ("## Takeaways\n\nDraw first\n-\n", 9),
        ("## People met\n\n### Dana\n\nkind\n--\n", 11),
    ],
)
def test_a_heading_made_by_the_line_below_is_named(body: str, line: int) -> None:
    found = read(f"\n{body}")
    assert said(found.problems) == [("accidental-heading", line)]


@pytest.mark.parametrize(
    "body",
    [
        "Logistics\n---------\n",
        "Takeaways\n---\n",
        "words\n\n---\n",
        "Title\n=====\n",
        "- words\n-\n",
        "- words\n---\n",
    ],
)
def test_a_heading_that_was_meant_is_not(body: str) -> None:
    assert read(f"\n{body}\n## Overall\n").problems == ()


@pytest.mark.parametrize("body", ["Was nice. They liked me.\n", "## Mine\n\n- a\n", "> ## Takeaways\n> - a\n"])
def test_a_debrief_of_which_nothing_is_read_is_named(body: str) -> None:
    assert said(read(f"\n{body}").problems) == [("nothing-read", 6)]


@pytest.mark.parametrize("body", ["", "\n## Takeaways\n\n- a\n", "\n<!-- a hint -->\n", "\n## Takaways\n\n- a\n"])
def test_only_words_that_are_not_read_make_it_so(body: str) -> None:
    assert "nothing-read" not in dict(said(read(body).problems))


def test_a_misspelt_heading_beside_the_right_one_is_named_too() -> None:
    [problem] = read("\n## Takaways\n\n- Draw\n\n## Takeaways\n\n- Count\n").problems
    assert (problem.code, problem.line) == ("near-heading", 7)


def test_a_misspelt_heading_of_another_language_is_mended_in_that_language() -> None:
    rules = replace(RULES, words=load_words("de"))
    data = debrief_text("\n## Takaways\n\n- Draw\n\n## Erkentnisse\n\n- Zählen\n").encode()
    hints = [p.hint for p in read_note("Debriefs/a.md", data, rules).problems]
    assert ["`Takeaways`" in hints[0], "`Erkenntnisse`" in hints[1]] == [True, True]


@pytest.mark.parametrize("heading", ["## Questions", "### **Question:**"])
def test_a_heading_that_could_be_two_is_named(heading: str) -> None:
    [problem] = read(f"\n{heading}\n\n- a\n\n## Overall\n\nwell\n").problems
    assert (problem.code, problem.line) == ("unclear-heading", 7)
    assert problem.hint == "Write `What they asked` or `What I still want to ask`."


@pytest.mark.parametrize(
    ("body", "value", "near"),
    [
        ("## What they asked\n\n- Why us? (ruogh)\n", "ruogh", "rough"),
        ("## What they asked\n\n- Why us? (stong) #design\n", "stong", "strong"),
        ("## Takeaways\n\n- Draw first (aplied)\n", "aplied", "applied"),
        ("## People met\n\n### Dana\n\n- Concern: age\n- My answer: no (ruogh)\n", "ruogh", "rough"),
    ],
)
def test_a_misspelt_mark_is_named(body: str, value: str, near: str) -> None:
    [problem] = read(f"\n{body}").problems
    assert (problem.code, problem.hint) == ("near-mark", f"Write `({near})`.")
    assert f"({value})" in problem.message


@pytest.mark.parametrize(
    "body",
    [
        "## What they asked\n\n- Why us? (twice)\n- Trees (from Tom)\n- Graphs (stronger)\n- x (owed)\n",
        "## Takeaways\n\n- Draw (first)\n- Count (applied)\n",
        "## Overall\n\nIt went (ruogh)\n",
    ],
)
def test_other_words_in_parentheses_are_no_mark(body: str) -> None:
    assert read(f"\n{body}").problems == ()


def test_a_misspelt_label_is_named() -> None:
    found = read("\n## People met\n\n### Dana\n\n- Cocnern: age\n- Cares abuot: boats\n- Hobby: boats\n- Concern: x\n")
    assert [(p.code, p.line, p.hint) for p in found.problems] == [
        ("near-label", 11, "Write `Concern:`."),
        ("near-label", 12, "Write `Cares about:`."),
    ]


def test_words_that_name_nobody_are_named() -> None:
    [problem] = read("\n## People met\n\nthe cto and somebody else, both were calm.\n").problems
    assert (problem.code, problem.line) == ("nobody-named", 9)
    for named in ("- Concern: the budget\n", "### Dana\n\nwas calm.\n", "- Dana\n"):
        assert read(f"\n## People met\n\n{named}").problems == ()
    assert read("\n## People met\n\nboth were calm.\n", "people: [Dana, Tom]\n").problems == ()


@pytest.mark.parametrize("comment", ["Practise STAR answers", "Why us? (ok)"])
def test_words_in_place_of_a_hint_are_reported_where_the_section_holds_nothing_else(comment: str) -> None:
    alone = read(f"\n## Takeaways\n\n<!-- {comment} -->\n")
    assert [(p.code, p.line, p.quote) for p in alone.problems] == [("words-in-hint", 9, comment)]
    assert read(f"\n## Takeaways\n\n<!-- {comment} -->\n\n- Draw first\n").problems == ()
    assert read(f"\n## My own\n\n<!-- {comment} -->\n").problems == ()


def test_words_in_place_of_a_hints_end_are_reported() -> None:
    found = read("\n<!-- Half is fine. I remembered: they want Rust. -->\n")
    assert [p.code for p in found.problems] == ["words-in-hint"]
