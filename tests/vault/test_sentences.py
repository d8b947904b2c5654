"""A file of sentences as plain values, each with its line."""

from __future__ import annotations

import pytest

from jobvault.vault.sentences import line_of, parse_sentences
from jobvault.vault.tree import TreeError


def test_each_value_has_its_line() -> None:
    data, lines = parse_sentences("a:\n  b:\n    - one\n    - two\n\nc: ~\n")
    assert data == {"a": {"b": ["one", "two"]}, "c": None}
    assert (lines["a",], lines["a", "b"], lines["a", "b", 1], lines["c",]) == (1, 2, 4, 6)
    assert line_of(lines, ("a", "b", 7, "x")) == 2
    assert parse_sentences("")[0] is None


def test_a_key_that_stands_twice_is_named() -> None:
    with pytest.raises(TreeError, match="stands here again") as error:
        parse_sentences("a: 1\nb: 2\na: 3\n")
    assert error.value.line == 3
