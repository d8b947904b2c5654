"""What was typed or pasted becomes clean lines, all words kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.actions.thoughts import thoughts


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("one\r\ntwo\rthree\n\nfour", ("one", "two", "three", "four")),
        ("- one\n* two\n• three\n– four", ("one", "two", "three", "four")),
        ("1. one\n2) two", ("one", "two")),
        ("10. December is the day", ("10. December is the day",)),
        ("1. one\n3. three", ("1. one", "3. three")),
        ("Why us? - rough", ("Why us? - rough",)),
        ("-5 degrees\n+1 from me", ("-5 degrees", "+1 from me")),
        ("---\n# hash\n- [ ] x", ("---", "# hash", "[ ] x")),
        ("-\n*\n- -\n \t", ()),
        ("tab\there  two", ("tab here two",)),
        ("nul\0 esc\x1b[31mred bell\x07\x7f\x9f", ("nul esc[31mred bell",)),
        ("\ufeffbom", ("bom",)),
        ("caf\udce9 \udc80", ("café €",)),
        ("lone \ud800", ("lone ?",)),
        ("שלום עולם 🙂", ("שלום עולם 🙂",)),
    ],
)
def test_lines(typed: str, read: tuple[str, ...]) -> None:
    assert thoughts([typed]) == read


def test_texts_are_read_as_one_list() -> None:
    assert thoughts(["1. one", "2. two"]) == ("one", "two")


@settings(max_examples=100)
@given(st.lists(st.text(st.characters() | st.sampled_from("-*1.) \r\n\0\x1b\udce9\ud800\ufeff")), max_size=4))
def test_lines_are_clean_and_clean_already(texts: list[str]) -> None:
    lines = thoughts(texts)
    assert all(line == line.strip() and line.isascii() <= line.isprintable() for line in lines)
    assert not any(char in line for line in lines for char in "\r\n\0\x1b\ufeff")
    "\n".join(lines).encode("utf-8")
