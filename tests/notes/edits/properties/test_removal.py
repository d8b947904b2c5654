"""One property is taken away, and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.notes.edits.properties.edit import remove_property, set_property
from jobvault.notes.note import encode
from tests.notes.edits.properties.test_edit import KEYS, front_matter
from tests.notes.written import WORDS, parsed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("---\na: 1\nb: 2\n---\nbody", "---\nb: 2\n---\nbody"),
        ("---\nb: 2\nA : 1\n---\nbody", "---\nb: 2\n---\nbody"),
        ("---\nb: 2\n\na: 1\n\n---\nbody", "---\nb: 2\n\n\n---\nbody"),
        ("---\r\na:\r\n  - x\r\n  - y\r\nb: 2\r\n---\r\n", "---\r\nb: 2\r\n---\r\n"),
        ("\ufeff---\na: |\n  x\n\n  # y\nb: 2\n---\ncaf\udce9\u2028", "\ufeff---\nb: 2\n---\ncaf\udce9\u2028"),
        ("---\na: 'x\n  y'\n# z\nb: 2\n---\n", "---\n# z\nb: 2\n---\n"),
        ("---\na: [x,\n  y]\nb: 2\n---\n", "---\nb: 2\n---\n"),
        ("---\na: 1   # why\nb: 2\n---\n", "---\n# why\nb: 2\n---\n"),
        ("---\n  a: # why\n    - x\n  b: 2\n---\n", "---\n  # why\n  b: 2\n---\n"),
        ("---\na: > # why\n  x\nb: 2\n---\n", "---\n# why\nb: 2\n---\n"),
        ("---\na:\n  - 'x # y'\n  - |\n    # z\nb: 2\n---\n", "---\nb: 2\n---\n"),
        ("---\nb:\na:\n---\n", "---\nb:\n---\n"),
        ("---\na: 1\n---\nbody", "body"),
        ("\ufeff---\na: 1\n---\n\nbody", "\ufeff\nbody"),
        ("---\n\na: 1\n\n---\n", ""),
        ("---\na: 1\n---\n---\nb: 2\n---\n", "---\n---\n---\nb: 2\n---\n"),
        ("---\na: 1\n---\n---\n\nwords\n\n---\n", "---\n---\n---\n\nwords\n\n---\n"),
    ],
)
def test_its_lines_go_and_nothing_else(text: str, left: str) -> None:
    assert remove_property(parsed(text), "a").text == left


def test_what_is_not_there_is_gone_already() -> None:
    for text in ("body", "---\nb: 2\n---\n", "---\n---\n"):
        note = parsed(text)
        assert remove_property(note, "a") is note


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("---\na:\n  - x\n  - y # c\nb: 2\n---\n", 4, "a comment stands among the lines of “a”"),
        ("---\na: [x, # c\n  y]\nb: 2\n---\n", 2, "a comment stands among the lines of “a”"),
        ("---\na: # c\n  # d\n  - x\nb: 2\n---\n", 2, "a comment stands among the lines of “a”"),
        ("---\na: 1\n# c\n---\n", 2, "the only property here, and the comment beside it would become text"),
        ("---\na: 1 # c\n---\n", 2, "the only property here"),
        ("---\na: &x 1\nb: *x\n---\n", 2, "share a value"),
        ("---\na: 1\na: 2\n---\n", 3, "stands twice"),
    ],
)
def test_what_would_take_more_with_it_is_refused(text: str, line: int, why: str) -> None:
    with pytest.raises(RefusedError, match=why) as refused:
        remove_property(parsed(text), "a")
    assert refused.value.line == line


@given(st.integers(0, 2**32), st.sampled_from(KEYS[:10]))
@settings(max_examples=300)
def test_any_front_matter_loses_that_property_or_is_refused(seed: int, key: str) -> None:
    note = parsed(front_matter(random.Random(seed)))
    try:
        new = remove_property(note, key)
    except RefusedError as error:
        assert error.line is not None
        return
    assert new.front.get(key) is None
    assert [repr(p.value) for p in new.front.properties] == [
        repr(p.value) for p in note.front.properties if p is not note.front.get(key)
    ]
    rest = "".join(note.lines[note.front.body :])
    assert encode(new.text).endswith(encode(rest))
    assert new.front.raw.count("#") >= sum(line.startswith("#") for line in note.front.raw.splitlines())


@given(st.integers(0, 2**32))
@settings(max_examples=200)
def test_what_was_put_in_can_be_taken_out_again(seed: int) -> None:
    note = parsed(front_matter(random.Random(seed)))
    if note.front.get("felt") is not None or (note.front.present and not note.front.properties):
        return
    try:
        new = set_property(note, "felt", 4, WORDS)
    except RefusedError:
        return
    begins_with_a_rule = note.text.removeprefix("\ufeff").startswith("---") and not note.front.present
    assert begins_with_a_rule or remove_property(new, "felt").text == note.text
