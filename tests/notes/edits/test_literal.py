"""Typed words in a note: one line of words, whatever they look like."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from jobvault.notes.edits.literal import literal, one_line
from jobvault.notes.inline import plain, strip_comments
from jobvault.notes.markdown import scan, split_lines
from tests.notes.awkward_notes import typed


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Draw first, then talk", "Draw first, then talk"),
        ("# x", r"\# x"),
        ("#tag first", "#tag first"),
        ("C# and C++", "C# and C++"),
        ("- a", r"\- a"),
        ("-5 degrees", "-5 degrees"),
        ("1. x", r"1\. x"),
        ("2026. was odd", r"2026\. was odd"),
        ("10 of 12", "10 of 12"),
        ("> q", r"\> q"),
        ("---", r"\---"),
        ("* * *", r"\* * *"),
        ("===", r"\==="),
        ("```", r"\```"),
        ("````", r"\````"),
        ("````sql select", r"\````sql select"),
        ("``````\tx", r"\`````` x"),
        ("~~~~ x `y`", r"\~~~~ x `y`"),
        ("````a`b", "````a`b"),
        ("```a``` b", "```a``` b"),
        ("`` x", "`` x"),
        ("~~x~~", "~~x~~"),
        ("[ ] box", r"\[ ] box"),
        ("[[Dana]] asked", "[[Dana]] asked"),
        ("[a]: b", r"\[a]: b"),
        ("|---|", r"\|---|"),
        ("<!-- x -->", r"\<!-- x -->"),
        ("say <b>x</b>", r"say \<b>x\</b>"),
        ("`<b>` stays", "`<b>` stays"),
        ("<https://a.b/c>", "<https://a.b/c>"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("50 %% off %%", r"50 %\% off %\%"),
        ("ends so ^id", r"ends so \^id"),
        ("x^2", "x^2"),
        ("C:\\", r"C:\\"),
        ("**bold** and _so_", "**bold** and _so_"),
        ("  two\n lines\there ", "two lines here"),
        ("a\u2028b\x1b[31m", "a b[31m"),
        ("Send it  [due:: 2026-11-28]", "Send it  [due:: 2026-11-28]"),
        ("Send it   (soon)", "Send it (soon)"),
        ("caf\udce9", "caf\ufffd"),
        ("", ""),
        ("\x00 \x07", ""),
    ],
)
def test_what_would_be_more_than_words_gets_a_backslash(text: str, written: str) -> None:
    assert literal(text) == written
    assert literal(written) == written


@given(typed)
@settings(max_examples=300)
def test_it_stands_behind_a_bullet_as_one_line_with_every_letter(text: str) -> None:
    line = literal(text)
    assert literal(line) == line
    assert split_lines(line) in ([line], [])
    assert re.findall(r"\w", line) == re.findall(r"\w", one_line(text))
    if line:
        [item] = scan([f"- {line}", "", "words"])[:1]
        assert (item.kind, item.rows, item.box, item.end) == ("item", (line,), None, 1)
        assert len(scan([f"- {line}", "", "words"])) == 2
    assert strip_comments(line) == line


@given(typed)
def test_all_of_it_is_seen(text: str) -> None:
    hidden = re.compile(r"&\w+;|\[\[.*\]\]|\]\(|[\\*_`~=<>!]")
    if not hidden.search(one_line(text)):
        assert plain(literal(text)) == one_line(text)
