"""An earlier text with the blocks of now: outside of them nothing is of now, inside nothing of then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.edits.kept_blocks import same_outside, with_blocks_of
from jobvault.notes.note import Note, encode, parse_note

BEGIN = "<!-- jobvault:begin people -->\n"
END = "<!-- jobvault:end -->\n"
WORDS = st.text("ab \u2028é-", max_size=6).map(lambda text: f"x{text}\n")
PARTS = st.lists(WORDS, min_size=1, max_size=3)


def note(outside: list[str], inside: list[str], newline: str = "\n") -> Note:
    """Lay out a note: its words, with a block between each two."""
    text = outside[0] + "".join(
        f"\n{BEGIN}\n{body}\n{END}\n{rest}" for body, rest in zip(inside, outside[1:], strict=True)
    )
    return parse_note("n.md", text.replace("\n", newline).encode())


@given(
    PARTS, PARTS, st.lists(WORDS, min_size=4, max_size=4), st.sets(st.integers(0, 3)), st.sampled_from(["\n", "\r\n"])
)
def test_some_blocks_are_of_now_and_the_rest_is_of_then(
    then: list[str], now: list[str], between: list[str], which: set[int], newline: str
) -> None:
    count = min(len(then), len(now))
    outside, later = between[: count + 1], [f"later {part}" for part in between[: count + 1]]
    old, new = note(outside, then[:count], newline), note(later, now[:count], newline)
    assert len(old.blocks) == len(new.blocks) == count
    mixed = [now[i] if i in which else then[i] for i in range(count)]
    made = with_blocks_of(old, new, which)
    assert made is not None
    assert encode(made.text) == encode(note(outside, mixed, newline).text)
    assert same_outside(old, made)
    assert not same_outside(old, new)


@pytest.mark.parametrize(
    "other", ["x\n", f"x\n\n{BEGIN}\n{END}\n{BEGIN}\n{END}", f"x\n\n{BEGIN.replace('people', 'today')}\n{END}"]
)
def test_blocks_that_do_not_pair_are_not_mixed(other: str) -> None:
    old = note(["a\n", "b\n"], ["c\n"])
    assert with_blocks_of(old, parse_note("n.md", other.encode()), {0}) is None


def test_notes_without_blocks_are_never_the_same_but_for_their_blocks() -> None:
    plain = parse_note("n.md", b"a\n")
    assert not same_outside(plain, plain)
