"""Tables: padded as Prettier pads them, read by CommonMark + GFM as the rows that were given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jobvault.render.inert import cell, inert
from jobvault.render.table import table, width
from tests.render.markdown_tools import missing_tools, prettier

GFM = MarkdownIt("commonmark").enable("table")


def test_columns_are_padded_to_their_widest_cell_and_dashes_are_three_at_least() -> None:
    assert table(["#", "Company"], [["1", "Acme"], ["2", "Birch & Lowe"]]) == (
        "| #   | Company      |",
        "| --- | ------------ |",
        "| 1   | Acme         |",
        "| 2   | Birch & Lowe |",
    )


def test_empty_cells_and_no_rows() -> None:
    assert table(["a", "b"], [["", "x"]])[2] == "|     | x   |"
    assert table(["a"], []) == ("| a   |", "| --- |")


def test_a_row_of_another_length_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="cells"):
        table(["a", "b"], [["x"]])


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("plain", 5),
        ("naïve", 5),
        ("nai\u0308ve", 5),
        ("日本語", 6),
        ("한국", 4),
        ("ｱ", 1),
        ("Ａ", 2),
        ("—", 1),
        ("👍", 2),
        ("👍🏽", 2),
        ("🇩🇪", 2),
        ("1\ufe0f\u20e3", 2),
        ("❤", 1),
        ("☝", 2),
        ("→", 1),
        ("𠀀", 2),
        ("\U0001fae8", 2),
        ("\u0378", 1),
    ],
)
def test_widths_are_those_of_prettier(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), min_size=1, max_size=5))
def test_every_cell_is_one_cell(rows: list[list[str]]) -> None:
    cells = [[cell(inert(text)) for text in row] for row in rows]
    lines = table(["one", "two"], cells)
    assert len({width(line) for line in lines}) == 1
    read = [token for token in GFM.parse("\n".join(lines)) if token.type == "inline"]
    # GFM itself takes the backslash off a pipe before it reads the cell
    assert [token.content for token in read[2:]] == [text.replace("\\|", "|") for row in cells for text in row]


@pytest.mark.skipif(missing_tools() is not None, reason=str(missing_tools()))
def test_prettier_has_nothing_to_do() -> None:
    words = [
        "Acme",
        "日本語の会社",
        "한국",
        "naïve",
        "nai\u0308ve",
        "👍🏽",
        "👍",
        "🇩🇪",
        "1️⃣",
        "❤️",
        "⚠️ late",
        "©",
        "™",
        "☝",
        "✌🏿",
    ]
    words += [
        "a|b",
        "`a|b`",
        "[[Acme|the company]]",
        "\\|",
        "\\\\|",
        "Ａ",
        "ｱ",
        "→",
        "…",
        "“q”",
        "👩\u200d💻",
        "☰",
        "䷀",
        "🫨",
        "𠀀",
    ]
    rows = [[cell(inert(word)), cell(inert(other))] for word, other in zip(words, reversed(words), strict=True)]
    text = "\n".join(["# Tables", "", *table(["Name", "会社"], rows), ""])
    assert prettier(text) == text
