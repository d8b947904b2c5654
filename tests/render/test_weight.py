"""What a template's value holds, and what is said of one that cannot be written."""

from __future__ import annotations

from typing import Any

import pytest

from jobvault.render.weight import every, not_written, size


def test_all_that_a_value_holds_is_met_shared_parts_each_time() -> None:
    part = ["a", 1]
    met = [item for items, _ in every({"k": [part, part], "l": (None,)}) for item in items]
    assert [item for item in met if isinstance(item, (str, int))].count("a") == 2
    assert sorted(str(item) for item in met if not isinstance(item, (list, tuple))) == [
        "1",
        "1",
        "None",
        "a",
        "a",
        "k",
        "l",
    ]
    assert [depth for _, depth in every([[[]]])] == [1, 2, 3]
    assert list(every("text")) == []


@pytest.mark.parametrize("value", ["ab", [1, 2], (1, 2), {1: 2, 3: 4}, range(2), {1: 2, 3: 4}.items()])
def test_the_size_of_a_value_is_its_own(value: Any) -> None:
    assert size(value) == 2


@pytest.mark.parametrize("value", [1, None, iter([1, 2])])
def test_what_has_no_length_has_no_size(value: Any) -> None:
    assert size(value) == 0


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({}, "an item with fields"),
        ([], "a list"),
        (iter([]), "a list"),
        ({}.keys(), "a list"),
        (str.upper, "a function or a method"),
        (object(), "a object"),
    ],
)
def test_what_cannot_be_written_is_named(value: Any, said: str) -> None:
    assert not_written(value).startswith(f"{said} cannot be written: ")
    assert "0x" not in not_written(value)
