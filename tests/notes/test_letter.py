"""A letter's text as its note has it: passages and gaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import Passage, Remark
from jobvault.notes.letter import read_gaps, read_passages
from jobvault.notes.note import Note, parse_note

HEAD = "---\ntype: letter\n---\n\n"


def letter(text: str) -> Note:
    return parse_note("Letters/a.md", (HEAD + text).encode())


def test_paragraphs_items_headings_and_others_are_passages_with_their_lines() -> None:
    found = read_passages(letter("Dear Dana,\n\nthe one.\nThe other.\n\n- first\n- second\n\n## PS\n\n> quoted\n"))
    assert found == (
        Passage(("Dear Dana,",), 5),
        Passage(("the one.", "The other."), 7),
        Passage(("first",), 10, "item"),
        Passage(("second",), 11, "item"),
        Passage(("PS",), 13, "heading"),
        Passage(("quoted",), 15, "other"),
    )


def test_a_line_break_is_kept_as_a_backslash() -> None:
    assert [p.rows for p in read_passages(letter("Best,\\\nKim\n\nBest,  \nKim\n"))] == [("Best,\\", "Kim")] * 2


def test_comments_are_gaps_and_no_text() -> None:
    note = letter("Thanks <!-- for what? --> for it.\n\n<!-- one\nmore -->\n\nEnd %% or not %%\n\n%%\nhidden\n%%\n")
    assert [p.rows for p in read_passages(note)] == [("Thanks  for it.",), ("End",)]
    assert read_gaps(note) == (
        Remark("for what?", 5),
        Remark("one more", 7),
        Remark("or not", 10),
        Remark("hidden", 12),
    )


def test_a_comment_over_lines_moves_none_below_it() -> None:
    [found] = read_passages(letter("One <!-- a\nb --> two.\nThree.\n"))
    assert found.rows[2] == "Three."


def test_a_paragraph_that_begins_with_a_comment_begins_below_it() -> None:
    assert read_passages(letter("%% a %%\nDear Dana,\n")) == (Passage(("Dear Dana,",), 6),)


def test_what_looks_like_a_comment_in_code_is_text() -> None:
    note = letter("Write `<!-- x -->` there.\n")
    assert [p.rows for p in read_passages(note)] == [("Write `<!-- x -->` there.",)]
    assert read_gaps(note) == ()


def test_generated_blocks_and_left_ticks_are_none_of_it() -> None:
    block = "<!-- jobvault:begin takeaways -->\n\n- x\n\n<!-- jobvault:end -->\n"
    assert read_passages(letter(f"{block}\n> jobvault: not carried: - [x] y\n")) == ()


@given(
    st.lists(st.sampled_from(["Dear Dana,", "", "- a", "<!-- b -->", "c <!-- d", "-->", "%% e %%", "%%", "# f", "g  "]))
)
def test_every_row_stands_on_its_line(lines: list[str]) -> None:
    note = letter("\n".join(lines))
    for passage in read_passages(note):
        for place, row in enumerate(passage.rows):
            words = [word for word in row.removesuffix("\\").split() if word.isalpha()]
            assert all(word in note.lines[passage.line - 1 + place] for word in words)
