"""What stands inside a line: comments, links, and the words a reader sees."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jobvault.model import Link
from jobvault.notes.inline import find_links, plain, plain_with_urls, strip_comments

ANY_TEXT = st.one_of(st.text(), st.text("[]()|#!<>-%`*_~=\\\"' ax1.&;:/\n\ud800", max_size=60))


# Comments


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a <!-- x --> b", "a b"),
        ("a<!-- x --> b", "a b"),
        ("a<!-- x -->b", "ab"),
        ("<!-- x --> a %%y%%", "a"),
        ("a %% one %% %% two %% b", "a b"),
        ("%%whole%%", ""),
        ("a <!--> b <!---> c", "a b c"),
        ("<!-- 1 <!-- 2 --> 3 -->", "3 -->"),
        ("[see <!-- x --> it](a.md) b", "[see it](a.md) b"),
        ("a  b", "a  b"),
    ],
)
def test_comments_go_and_leave_one_blank(text: str, kept: str) -> None:
    """Both kinds, wherever they stand."""
    assert strip_comments(text) == kept


@pytest.mark.parametrize(
    "text",
    ["`<!-- x -->` a", "``%% ` %%``", "100%% sure", "a <!-- b", "a --> b", "\\<!-- x -->", "%%", "", "50 % and 60 %"],
)
def test_what_is_no_comment_stays(text: str) -> None:
    """Code, escapes, and what has no end."""
    assert strip_comments(text) == text


def test_backticks_inside_a_comment_open_no_code() -> None:
    """What begins first, wins."""
    assert strip_comments("a <!-- ` --> b ` c") == "a b ` c"
    assert strip_comments("\\` <!-- x --> `") == "\\` `"


@given(ANY_TEXT)
def test_stripping_only_takes_away(text: str) -> None:
    """What is left is the text with characters taken out, and the text itself where nothing could be a comment."""
    rest = iter(text)
    kept = strip_comments(text)
    assert all(character in rest for character in kept)
    assert kept == text or "<!--" in text or "%%" in text


# Links


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("[[Dana Reyes]]", "Dana Reyes", "Dana Reyes"),
        ("[[People/Dana Reyes#Notes|Dana]]", "People/Dana Reyes", "Dana"),
        ("[[People/Dana Reyes]]", "People/Dana Reyes", "Dana Reyes"),
        ("[[2026-11-20 Acme.md#^a1]]", "2026-11-20 Acme", "2026-11-20 Acme"),
        ("[[Dr. Smith]]", "Dr. Smith", "Dr. Smith"),
        ("| [[Dana\\|D.]] |", "Dana", "D."),
        ("[Dana](People/Dana%20Reyes.md)", "People/Dana Reyes", "Dana"),
        ("[Dana](<../People/Dana Reyes.md#a> 'title')", "../People/Dana Reyes", "Dana"),
        ("[a *b* `c`](./x.MD)", "x", "a b c"),
        ("[a](C%23%20%28new%29.md)", "C# (new)", "a"),
        ("[a](x(y).md)", "x(y)", "a"),
        ("[a](x\\_y&amp;z)", "x_y&z", "a"),
        ("[](People/Dana.md)", "People/Dana", "Dana"),
        ("[v2](Acme%20v2.0)", "Acme v2.0", "v2"),
        ("[x [[Dana]] y](z.md)", "Dana", "Dana"),
        ("\\[[Dana](d.md)", "d", "Dana"),
    ],
)
def test_links_to_notes(text: str, target: str, shown: str) -> None:
    """Both forms, with parts, aliases, escapes and percent signs."""
    assert find_links(text, 7) == (Link(target, shown, 7),)


@pytest.mark.parametrize(
    "text",
    [
        "![[Dana]]",
        "![Dana](dana.md)",
        "`[[Dana]]`",
        "<!-- [[Dana]] -->",
        "%% [[Dana]] %%",
        "\\[[Dana]]x",
        "[[#Notes]]",
        "[[offer.pdf]]",
        "[[ ]]",
        "[[]]",
        "[a](https://example.com/x.md)",
        "[a](mailto:a@example.com)",
        "[a](//example.com/x)",
        "[a](/etc/x.md)",
        "[a](photo.png)",
        "[a](#part)",
        "[a](folder/)",
        "[a]()",
        "[a](b c.md)",
        "[a] (b.md)",
        "[a][b]",
        "[a](b.md",
        '<a title="[[Dana]]">',
    ],
)
def test_what_is_no_link_to_a_note(text: str) -> None:
    """Embeds, images, code, comments, other places, broken ones."""
    assert find_links(text, 1) == ()


def test_links_come_in_their_order() -> None:
    """Also next to each other and across kinds."""
    text = "[[A]][b](b.md) and [[C|c]], `[[no]]`, [d](d)"
    assert [(link.target, link.text) for link in find_links(text, 1)] == [
        ("A", "A"),
        ("b", "b"),
        ("C", "c"),
        ("d", "d"),
    ]


# Shown words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Concern:** too *junior*?", "Concern: too junior?"),
        ("_a_ __b__ ***c*** ~~d~~ ==e==", "a b c d e"),
        ("snake_case_words and 2*3*4, 2 * 3 * 4", "snake_case_words and 2*3*4, 2 * 3 * 4"),
        ("**a*b", "**a*b"),
        ("a * b*, ~c~, x == y == z", "a * b*, ~c~, x == y == z"),
        ("un*frigging*believable", "unfriggingbelievable"),
        ("`a*b*` and ``c ` d`` and `` ` ``", "a*b* and c ` d and `"),
        ("\\*a\\* \\x &amp; &lt;b&gt; &nosuch; &#9731;", "*a* \\x & <b> &nosuch; ☃"),
        ("[[Dana Reyes|Dana]] at [Acme](https://acme.example)", "Dana at Acme"),
        ("![[Chart.png]] ![alt *x*](y.png)", "Chart.png alt x"),
        ("<https://acme.example> <b>bold</b> <dana@acme.example>", "https://acme.example bold dana@acme.example"),
        ("a <!-- x --> b %% y %%", "a b"),
        ("a < b > c & d [e] (f)", "a < b > c & d [e] (f)"),
        ("_a b* c_ *d*", "a b* c d"),
        ("[x [y](u) z](v) [p [q](w)](r)", "[x y z](v) [p q](r)"),
        ("[a [b](u) c] [d](v)", "[a b c] d"),
        ("[a](b", "[a](b"),
        ("one&#10;line", "one line"),
        ("", ""),
    ],
)
def test_plain_words(text: str, words: str) -> None:
    """As a reader sees them."""
    assert plain(text) == words


FRAGMENTS = (
    *(
        "a",
        "b",
        " ",
        " ",
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "`c`",
        "\\*",
        "\\`",
        "\\",
        "[",
        "]",
        "](u)",
        "<b>",
    ),
    *(
        "](<u v>)",
        "](u(v)w)",
        "[x](y 't')",
        "</b>",
        "<i a='b'>",
        "<http://x.y>",
        "<a@b.c>",
        "<",
        "(",
        ")",
        "!",
        "x_y_z",
    ),
    *("&amp;", "&copy;", "&x;", "&#65;", ".", ",", "é", "“", "\\[", "\\]", "$", "-"),
)
PARSER = MarkdownIt("commonmark").enable("strikethrough")


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=12).map("".join))
def test_plain_words_are_those_of_markdown_it(text: str) -> None:
    """Marks, code, links, tags, escapes and entities, in any mixture.

    Left out: what only Obsidian knows (``[[``), what is shown for a link without a text and for tags in an image, and
    runs of more than two ``~``, which are none for GFM but pairs for markdown-it. Blanks are not compared, since those
    at the ends of a line are dropped there.
    """
    assume(not any(odd in text for odd in ("[[", "[](", "![", "~~~", "[<", "[ ](")))
    children = PARSER.parseInline(text)[0].children or []
    words = "".join(token.content for token in children if token.type in {"text", "code_inline", "text_special"})
    assert plain(text).replace(" ", "") == words.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a *b*](https://x.example/c_d)", "a b (https://x.example/c_d)"),
        ("[a](<https://x.example/c> 'T') and [b](http://y.example)", "a (https://x.example/c) and b (http://y.example)"),
        ("[x.example](https://x.example/) [](https://y.example)", "x.example https://y.example"),
        ("[me](mailto:robin@example.org)", "me (robin@example.org)"),
        ("[a](https://x.example/c\\_d&amp;e)", "a (https://x.example/c_d&e)"),
        ("[a](Note.md) [[Note|b]] ![c](https://x.example/p.png) <https://x.example> `[d](https://x.example)`", "a b c https://x.example [d](https://x.example)"),
        ("[a](javascript:x) [b](ftp://x.example) [c](https://)", "a b c"),
    ],
)  # fmt: skip
def test_a_link_that_leads_out_has_its_address_behind_it(text: str, words: str) -> None:
    assert plain_with_urls(text) == words


@given(ANY_TEXT)
def test_any_text_is_taken(text: str) -> None:
    """Nothing raises, and targets are never empty."""
    assert isinstance(plain(text), str)
    assert all(link.target and link.line == 1 for link in find_links(text, 1))


@pytest.mark.parametrize(
    "text", ["[", "[[", "![", "](", "[a](", "<!--", "%% `", "`a``", "*a_", "**a *b", "<a b='", "\\", "&amp;"]
)
def test_long_runs_of_beginnings_are_taken(text: str) -> None:
    """What begins thousands of times and never ends, is shown as it stands and takes no recursion."""
    long = text * 3000
    assert strip_comments(long + "x").endswith("x")
    assert plain(long + "x").endswith("x")
    assert find_links(long + " [[Dana]]", 1) == (Link("Dana", "Dana", 1),)
