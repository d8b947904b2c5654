"""A letter's Markdown as the plain text of a mail."""

from __future__ import annotations

import pytest
from hypothesis import given

from jobvault.notes.letter import read_passages
from jobvault.notes.note import encode, parse_note
from jobvault.render.letter_text import letter_text
from tests.notes.bodies import odd_lines

WRAPPED = """\
Thank you for the hour on Friday, and for the sketch of the warehouse:
it has been on my mind since, most of all the part about the ledger
that was there twice. I would begin with it."""
SIGNED = "Best regards\nRobin Vale\n+44 7700 900123\nrobin@example.org"


def text_of(body: str) -> str:
    note = parse_note("L.md", encode(f"---\ntype: letter\n---\n\n{body}"))
    return letter_text(note, read_passages(note))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Dear Dana,\n\nyou said.\n", "Dear Dana,\n\nyou said."),
        ("One row\nand another\n  and a third\n", "One row\nand another\nand a third"),
        (f"{WRAPPED}\n", WRAPPED.replace("\n", " ")),
        (f"{WRAPPED}\nBest regards\nRobin Vale", WRAPPED.replace("\n", " ") + "\nBest regards\nRobin Vale"),
        (SIGNED, SIGNED),
        ("Robin Vale\nSenior Platform Engineer, Infrastructure and Reliability, Remote\nrobin@example.org",) * 2,
        ("Best wishes,\\\nRobin Vale\n", "Best wishes,\nRobin Vale"),
        ("Best wishes,  \nRobin Vale\n", "Best wishes,\nRobin Vale"),
        ("A path C:\\\\\nand more", "A path C:\\\nand more"),
        ("**Bold**, *soft\nand* `code_x`, ~~no~~", "Bold, soft\nand code_x, no"),
        ("a \\*star\\* &amp; co &lt; 3 < 4", "a *star* & co < 3 < 4"),
        ("[[Dana Reyes|Dana]] and [[2026-11-20 Acme panel]]", "Dana and 2026-11-20 Acme panel"),
        ('see [my *site*](https://robin.example/a_b "T")', "see my site (https://robin.example/a_b)"),
        ("see [x](<https://robin.example/a b>) [y](HTTP://R.example)", "see x y (HTTP://R.example)"),
        ("[robin.example/x](https://robin.example/x/), [https://a.example](https://a.example)", "robin.example/x, https://a.example"),
        ("[write](mailto:robin@example.org), [robin@example.org](mailto:robin@example.org)", "write (robin@example.org), robin@example.org"),
        ("[](https://a.example) <https://b.example/c> https://c.example/~d/e_f_g", "https://a.example https://b.example/c https://c.example/~d/e_f_g"),
        ("[note](Other.md) ![pic](p.png) ![pic](https://x.example/p.png)", "note pic pic"),
        ("`[a](https://b.example)` \\[a](https://b.example)", "[a](https://b.example) [a](https://b.example)"),
        ("Three things:\n\n- one\n- two\n  goes on\n* [ ] three\n\nEnd", "Three things:\n\n- one\n- two goes on\n- three\n\nEnd"),
        ("Three:\n- one\n- two\n\n  more of two", "Three:\n- one\n- two\n\n  more of two"),
        ("1. one\n   - in it\\\n     more\n2) two", "1. one\n  - in it\n    more\n2) two"),
        ("You said:\n\n> quoted *words*\n> go on\n>\n> and on\n\nYes.", "You said:\n\n> quoted words go on\n>\n> and on\n\nYes."),
        ("> - a\n> - b", "> - a\n> - b"),
        ("```py\nx = *1*\n\n  y <!-- z -->\n```\n", "x = *1*\n\n  y <!-- z -->"),
        ("    code\n", "code"),
        ("# Title *x*\n\nUnder\n=====\n\n---\n\nend", "Title x\n\nUnder\n\nend"),
        ("<b>bold</b> <br> x", "bold  x".replace("  ", " ")),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 2 |"),
    ],
)  # fmt: skip
def test_plain_text(body: str, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<!-- a gap -->\n\nDear Dana,\n\n<!-- long\n\ngap -->\n\nend", "Dear Dana,\n\nend"),
        ("before <!-- gap --> after", "before after"),
        ("before\n<!-- gap -->\nafter", "before\n\nafter"),
        ("one\\\n<!-- gap -->\\\ntwo", "one\n\ntwo"),
        ("%%\nnothing\n%%\n\nx %%hidden%% y", "x y"),
        ("Dear\n\n<!-- jobvault:begin takeaways -->\n\n- generated\n\n<!-- jobvault:end -->\n\nend", "Dear\n\nend"),
        ("x\n\n[ref]: https://x.example\n", "x"),
        ("", ""),
        ("<!-- only a gap -->", ""),
    ],
)
def test_what_is_no_text_is_left_out(body: str, text: str) -> None:
    assert text_of(body) == text


def test_line_ends_of_all_kinds_are_one() -> None:
    assert text_of("a\\\r\nb\r\n\r\nc\r\rd") == "a\nb\n\nc\n\nd"


@given(odd_lines)
def test_any_letter_has_a_text(body: str) -> None:
    lines = text_of(body).split("\n")
    assert all(line == line.rstrip() for line in lines)
    assert lines == [""] or (lines[0] and lines[-1])
