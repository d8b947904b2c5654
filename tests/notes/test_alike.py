"""Copies of a note that somebody's sync made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.alike import nearly_same

FRONT = b"---\ntype: debrief\ncompany: Acme\n---\n"
TEXT = b"".join(b"line %d\n" % n for n in range(20))
BLOCK = b"<!-- jobvault:begin people -->\n\n- a\n\n<!-- jobvault:end -->\n"


@pytest.mark.parametrize(
    "other",
    [
        FRONT + TEXT,
        FRONT + TEXT.replace(b"line 7", b"line seven"),
        FRONT + TEXT + b"one more\n",
        FRONT.replace(b"Acme\n", b"Acme  \n") + TEXT,
        (FRONT + TEXT).replace(b"\n", b"\r\n"),
        FRONT + b"\n\n" + TEXT.replace(b"\n", b"  \n\n"),
        FRONT + TEXT + BLOCK,
        FRONT + TEXT + BLOCK.replace(b"- a", b"- b\n- c\n- d\n- e\n- f\n- g\n- h"),
    ],
)
def test_nearly_the_same(other: bytes) -> None:
    assert nearly_same(FRONT + TEXT, other)
    assert nearly_same(other, FRONT + TEXT)


@pytest.mark.parametrize(
    "other",
    [
        b"",
        TEXT,
        FRONT,
        FRONT.replace(b"Acme", b"Birch") + TEXT,
        FRONT + TEXT.replace(b"line 1", b"row 1"),
        FRONT + TEXT[: len(TEXT) // 2],
    ],
)
def test_not_the_same(other: bytes) -> None:
    assert not nearly_same(FRONT + TEXT, other)


@given(st.binary(), st.binary())
def test_no_bytes_raise_and_a_note_is_like_itself(one: bytes, other: bytes) -> None:
    assert nearly_same(one, one)
    assert nearly_same(other, other)
    assert nearly_same(one, other) in {True, False}
