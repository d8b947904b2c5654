"""How the shells quote."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.cli.shell_grammar import FISH, POSIX, POWERSHELL, bash_quoted, powershell_quoted, read_typed

BREAKS = " \t\n\"'@><=;|&(:"
TEXTS = st.text(
    st.one_of(st.sampled_from(" '\"`$\\!&;|(){}[]<>*?#~=:@%^,’“äß\n"), st.characters(exclude_categories=["Cs", "Cc"])),
    max_size=12,
)


@pytest.mark.parametrize(
    ("line", "words", "word"),
    [
        ("jobvault ", (), ""),
        ("jobvault sh", (), "sh"),
        ("jobvault show  ta", ("show",), "ta"),
        (r"jobvault new Birch\ \&\ L", ("new",), "Birch & L"),
        ('jobvault new "Birch & L', ("new",), "Birch & L"),
        ("jobvault new 'it'\\''s' ", ("new", "it's"), ""),
        ('jobvault new "a \\"b\\" \\x" ', ("new", 'a "b" \\x'), ""),
        ("jobvault new $'it\\'s ", ("new",), "it's "),
        ("jobvault new '' ", ("new", ""), ""),
        ("jobvault new Acme\\", ("new",), "Acme"),
        ("jobvault new $HOME `id", ("new", "$HOME"), "`id"),
        ("TZ=UTC LANG=C jobvault sh", (), "sh"),
        ("", (), ""),
    ],
)
def test_a_line_of_bash_or_zsh(line: str, words: tuple[str, ...], word: str) -> None:
    typed = read_typed(line, POSIX)
    assert (typed.words, typed.word) == (words, word)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("j new 'it\\'s \\\\ \\x", "it's \\ \\x"),
        ('j new "a \\$b \\"', 'a $b "'),
        ("j new a\\ b", "a b"),
        ("j new $'x", "$x"),
    ],
)
def test_a_line_of_fish(line: str, word: str) -> None:
    assert read_typed(line, FISH).word == word


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("j new 'it''s & ", "it's & "),
        ('j new "a ""b"" `$c', 'a "b" $c'),
        ("j new a` b\\c", "a b\\c"),
        ("j new 'O’’Brien’ x", "x"),
        ("j new ‘O''Brien", "O'Brien"),
    ],
)
def test_a_line_of_powershell(line: str, word: str) -> None:
    assert read_typed(line, POWERSHELL).word == word


@pytest.mark.parametrize(
    ("line", "quote", "kept"),
    [
        ("j new Acme:Ro", "", "Acme:"),
        ("j new Acme\\:Ro", "", ""),
        ("j show --company=Bir", "", "--company="),
        ('j show --company="Bir', '"', "--company="),
        ("j new 'Acme: R", "'", ""),
        ('j new "Acme "Ro', "", "Acme "),
        ("j new a:b c", "", ""),
    ],
)
def test_where_bash_begins_a_word_anew(line: str, quote: str, kept: str) -> None:
    typed = read_typed(line, POSIX, BREAKS)
    assert (typed.quote, typed.kept) == (quote, kept)


@given(st.lists(TEXTS.filter(lambda text: "\n" not in text), min_size=1))
def test_words_are_read_as_python_quotes_them(words: list[str]) -> None:
    assert read_typed(f"jobvault {shlex.join(words)} ", POSIX).words == tuple(words)


@given(TEXTS)
def test_every_line_can_be_read(line: str) -> None:
    for grammar in (POSIX, FISH, POWERSHELL):
        typed = read_typed(line, grammar, BREAKS)
        assert typed.word.startswith(typed.kept)


@given(TEXTS.filter(lambda text: "\n" not in text), st.sampled_from(["", "'", '"']))
def test_what_is_written_for_bash_is_read_back(text: str, quote: str) -> None:
    line = f"jobvault new {quote}{bash_quoted(text, quote)}{quote} "
    assert read_typed(line, POSIX).words[1:] == ((text,) if text or quote else ())


@given(TEXTS.filter(lambda text: text and "\n" not in text))
def test_what_is_written_for_powershell_is_read_back(text: str) -> None:
    assert read_typed(f"jobvault new {powershell_quoted(text)} ", POWERSHELL).words[1:] == (text,)


@given(st.lists(TEXTS.filter(lambda text: text and "\n" not in text), min_size=1, max_size=30))
@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_itself_reads_the_same(texts: list[str]) -> None:
    quoted = [f"{quote}{bash_quoted(text, quote)}{quote}" for text in texts for quote in ("", "'", '"')]
    shown = subprocess.run(
        ["bash", "-c", "printf '%s\\0' " + " ".join(quoted)], capture_output=True, check=True, timeout=60
    )
    assert shown.stdout.decode().split("\0")[:-1] == [text for text in texts for _ in range(3)]
