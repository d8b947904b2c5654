"""The words of HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.html_words import is_html, words_of_html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello<br>there", "Hello\nthere"),
        ("<p>One</p><p>Two &amp; three&nbsp;four</p>", "One\nTwo & three four"),
        ("<style>p {}</style><script>alert(1)</script>seen<template>x</template>", "seen"),
        ('<a href="https://meet.example/1">Join</a> now', "Join <https://meet.example/1> now"),
        ('<a href="javascript:alert(1)">Join</a>', "Join"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<p>never <b>closed", "never closed"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert is_html(text)
    assert words_of_html(text) == words


@pytest.mark.parametrize("text", ["5 < 6 and 7 > 6", "Join <https://meet.example>", "a <dana@acme.example>", ""])
def test_what_is_no_html(text: str) -> None:
    assert not is_html(text)


@given(st.text(st.sampled_from("<>!-[]/=\"'apbr&;#x \n"), max_size=200))
def test_any_text_has_words(text: str) -> None:
    assert "\r" not in words_of_html(text)


def test_what_never_ends_is_read() -> None:
    for piece in ("<!--", "<![", "<a ", "&#", "<a href='", "</"):
        assert isinstance(words_of_html("<p>x" + piece * 50_000), str)
