"""When two words count as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.words import fold, without_accents


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("**Where I was weak:** 😬", "where i was weak"), ("Take-aways", "take aways"), ("TAKEAWAYS", "takeaways"), ("  a \t b  ", "a b"), ("snake_case", "snake case"),
        ("What didn't go well", "what didnt go well"), ("What didn’t go well", "what didnt go well"), ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"), ("Straße", "strasse"), ("ﬁne", "fine"),
        ("Cafe\u0301", "café"), ("1️⃣ People", "people"), ("ℹ️ Overall", "overall"), ("👩‍💻 Said 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "said"), ("To do…", "to do"), ("", ""), ("—", ""), ("a/b", "a b"),
    ],
)  # fmt: skip
def test_words_are_compared_case_blind_without_punctuation_and_emoji(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_is_done_once_and_leaves_words_and_single_blanks(text: str) -> None:
    once = fold(text)
    assert once == " ".join(once.split())
    assert fold(f" **{text}**: ") == once


@pytest.mark.parametrize(
    ("text", "bare"), [("Jörg Müller", "Jorg Muller"), ("Zoë", "Zoe"), ("Łukasz", "Łukasz"), ("한국", "한국"), ("", "")]
)
def test_accents_can_be_left_out(text: str, bare: str) -> None:
    assert without_accents(text) == bare
