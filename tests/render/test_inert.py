"""The user's words in our Markdown: natural where they are ordinary, inert whatever they are."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from jobvault.render.inert import cell, inert, inert_code, strong
from jobvault.render.table import table
from tests.render.markdown_tools import markdownlint, missing_tools, prettier

GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SOURCE = "[[2026-11-23 Acme panel]]"


@pytest.mark.parametrize(
    "text",
    [
        "Draw first, then talk",
        "don't say \"I\", it's “R&D” — really…",
        "C++ and C#, F#/C#, a->b, x => y",
        "snake_case and e.g. foo_bar_baz",
        "a < b and c > d, <3, 1 << 2",
        "50% of $120k–$150k, US$5, ~3 weeks, 1:1",
        "[sic] it was [only] [[Dana Reyes]]: yes (VP)",
        "_really_ and **must**, ~~old~~",
        "issue #12, #1 choice",
        "+1 from Dana, -5 %, 2^10, 3.5, :) and --verbose",
        "`git rebase -i` and ``a`b``, `a|b`",
        "see [[Dana Reyes|Dana]], [[Acme#Pay]], [the page](https://x.com/a_b?c=1&d=2)",
        '[`foo`](Notes/My%20note.md "A title")',
        "<https://x.com/a_(b)>, <dana@acme.com>",
        "==most== a == b",
        "Réponse d’Ünïcode — 日本語, 한국 👍🏽 👩\u200d💻 🤷\u200d♀️ ❤️ 1️⃣ e\u0301",
        r"C:\Users\dana",
        "a | b · c",
        "TODO: ask, then @dana",
    ],
)
def test_ordinary_notes_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # one line
        ("", ""),
        ("  two\n lines\t here  ", "two lines here"),
        ("hard\\\nbreak, soft\r\nbreak", "hard break, soft break"),
        ("a\u2028b\u2029c\x85d\u00a0e", "a b c d e"),
        # emphasis
        ("*really*, __must__, _yes_", "_really_, **must**, _yes_"),
        ("***both*** and **bold *nested* text**", "**both** and **bold nested text**"),
        ("2*3*4, 5 * 6, *a", r"2\*3\*4, 5 \* 6, \*a"),
        ("__init__.py, _a __b__init__ c_ d_", r"**init**.py, _a b\_\_init c_ d\_"),
        ("**[[Dana]]** said *see `x`*!", "**[[Dana]]** said _see `x`_!"),
        ("~~old~~ new ~~", r"~~old~~ new \~\~"),
        # code
        ("`` ` `` and ` a  b `", "`` ` `` and `a b`"),
        ("`= this.x` `$= dv.x` `<% x %>` `a:: b` `{{x}}`", r"= this.x $= dv.x &lt;% x %> a: b {\{x}}"),
        ("an `open tick", r"an \`open tick"),
        ("```python", r"\`\`\`python"),
        # links
        ("![[embed]] ![a photo](x.png) !![[x]]", "[[embed]] [a photo](x.png) [[x]]"),
        (r"[[a\|b]] [[ a | b ]] [[a #b]]", "[[a|b]] [[a|b]] [[a#b]]"),
        ("[[a|*b* #c]] [[]] [[|x]] [[a*b]]", r"[[a|b c]] \[\[]] \[\[|x]] \[\[a\*b]]"),
        ("[[Dana]](VP) [[Dana]][[Lee]]", r"[[Dana]]\(VP) [[Dana]] [[Lee]]"),
        ("[t](<My note.md>) [t](a(b).md)", "[t](My%20note.md) [t](a%28b%29.md)"),
        ("[t](x.md 'It is') [*a*](x 'say \"b\"')", '[t](x.md "It is") [a (say "b")](x)'),
        ("[e]() [x](#here) [j](javascript:x)", r"\[e]() \[x](here) \[j](javascript:x)"),
        ("[here](https://x.com)", "[`here`](https://x.com)"),
        ("[a][b] [a][] (text)[x] [^1] ^[n]", r"\[a]\[b] \[a]\[] (text)\[x] \[^1] ^\[n]"),
        ("[a]: https://x.com", r"\[a]: <https://x.com>"),
        ("[sic]", r"\[sic]"),
        ("an [ open ] one [", r"an [ open ] one \["),
        # bare links
        ("https://x.com/a_b, (http://y.com/(z)).", "<https://x.com/a_b>, (<http://y.com/(z)>)."),
        ("www.foo.com, www. and http://", r"<https://www.foo.com>, www\. and http\://"),
        ("dana.reyes@acme.com, mailto:x@y.z", "<dana.reyes@acme.com>, <mailto:x@y.z>"),
        ("a@b_c.de", r"a\@b_c.de"),
        ("<javascript:x> <ftp://x>", "&lt;javascript:x> <ftp://x>"),
        # HTML, entities, templates, comments
        ("<b>x</b> <!-- c --> a<b", "&lt;b>x&lt;/b> &lt;!-- c --> a&lt;b"),
        ("&amp; &lt;b&gt; &copy; &#42;a&#x2A; &nbsp; &x;", r"& &lt;b> © \*a\* &amp;x;"),
        ("&amp;lt; &#0; &#x202e;", "&amp;lt; \ufffd"),
        ("<% tp %> {{title}} {% x %} %%hidden%%", r"&lt;% tp %> {\{title}} {\% x %} %\%hidden%\%"),
        # tags, fields, block ids
        ("#tag and (#deep/er), ##x, C#", "tag and (deep/er), x, C#"),
        (r"\#tag #12 #12a", "tag #12 12a"),
        ("Concern:: x [due:: 2026-11-22] std::move", r"Concern: x [due: 2026-11-22] std:\:move"),
        ("Send CV 📅 2026-11-21 ✅🔁 every day 🗓️", "Send CV 2026-11-21 every day"),
        ("text ^block-id ^two", "text"),
        ("^alone", r"\^alone"),
        # math
        ("a$b$ $$x$$ $BIG 5$", r"a\$b\$ \$\$x\$\$ $BIG 5\$"),
        # at the edges
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("* a", r"\* a"),
        ("# a", r"\# a"),
        ("> a", r"\> a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("[x] a", r"\[x] a"),
        ("[ ]", r"\[ ]"),
        ("| a |", r"\| a |"),
        (": a", r"\: a"),
        ("---", r"\---"),
        ("-- -", r"\-- -"),
        ("===", r"\==="),
        ("~~~", r"\~\~\~"),
        ("foo ##", r"foo \##"),
        # backslashes
        (r"\*lit\* \[x\] \\ end" + "\\", r"\*lit\* [x] \ end" + "\\\\"),
        (r"a\\*b", r"a\\\*b"),
        (r"\_\\\_", r"\_&bsol;\_"),
        # what is not seen
        ("a\x00b\x1b[31mc\u202ed\u200be\ufefff\u2066g", r"ab\[31mcdefg"),
        ("x\u200dy \ud800 z\ufe0f \u200d👍", "xy \ufffd z 👍"),
    ],
)
def test_what_could_mean_something_is_made_words(text: str, line: str) -> None:
    assert inert(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Draw first", "**Draw first**"),
        ("", ""),
        ("(really)", "**(really)**"),
        ("?", "**?**"),
        ("a *b* c", "**a _b_ c**"),
        ("**Draw** first", "**Draw** first"),
        ("2**3", r"**2\*\*3**"),
    ],
)
def test_strong(text: str, line: str) -> None:
    assert strong(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("jobvault letter draft Acme", "`jobvault letter draft Acme`"),
        ("send CV *now*  [[x]]", "`send CV *now* [[x]]`"),
        ("a`b", "``a`b``"),
        ("a``b", "`a``b`"),
        ("`a", "`` `a ``"),
        ("", ""),
        ("= x", r"= x"),
        ("send CV 📅 2026-11-21 #now", "send CV 2026-11-21 now"),
    ],
)
def test_code(text: str, line: str) -> None:
    assert inert_code(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a | b", r"a \| b"),
        ("[[note|alias]] `a|b`", r"[[note\|alias]] `a\|b`"),
        (r"\| a", r"\| a"),
        (r"a \\| b", r"a \\\| b"),
        ("👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3", "👩💻 ❤ 1\ufe0f\u20e3"),
    ],
)
def test_cell(text: str, line: str) -> None:
    assert cell(text) == line


# What awkward notes are made of.
FRAGMENTS = (
    *"*_`~[]()<>!#$%&\\|:;.,-+=^@{}'\"/?",
    *(
        "**",
        "***",
        "__",
        "``",
        "```",
        "~~",
        "~~~",
        "[[",
        "]]",
        "||",
        "::",
        "%%",
        "$$",
        "{{",
        "}}",
        "---",
        "===",
        "\\\\",
    ),
    *("*em*", "_em_", "**st**", "__st__", "~~x~~", "`code`", "`a|b`", "``a`b``", "`= q`", "`[[x]]`", "`<!-- c -->`"),
    *("[[Dana Reyes]]", "[[a|b]]", "[[a#h|b]]", "![[e]]", "![i](x.png)", "[t](u.md)", '[t](https://x.com/a_b "T")'),
    *("[here](x.md)", "[x](#f)", "[e]()", "[^1]", "[^1]: f", "[a][b]", "(t)[x]", "[a]: u", "[sic]", "^[n]", "[`c`](u)"),
    *("<div>", "</b>", "<!--", "-->", "<!-- prettier-ignore -->", "<% x %>", "{{x}}", "{% y %}", "%%c%%", "<? ?>"),
    *("$120k", "$a$", "#tag", "#12", "# ", "C#", "a:: b", "[due:: 2026-01-01]", "std::x", ":name", "^id", " ^id"),
    *("&amp;", "&lt;", "&#42;", "&nbsp;", "&#x202e;", "&copy", "\\*", "\\_", "\\[", "\\`", "- ", "+ ", "1. ", "12) "),
    *(
        "[ ] ",
        "[x] ",
        "https://x.com",
        "http://",
        "https://x.com/a_(b)_c*d*",
        "www.foo.com",
        "www.",
        "a@b.co",
        "x.y+z@d-e.org",
    ),
    *(
        "mailto:a@b.co",
        "<https://x.com>",
        "<a@b.co>",
        "<ftp://x>",
        "[j](javascript:x)",
        "📅 2026-11-21",
        "✅",
        "🔁 every day",
        "⏫",
    ),
    *(
        "👍",
        "👍🏽",
        "❤️",
        "©",
        "1️⃣",
        "é",
        "e\u0301",
        "日本",
        "語",
        "，",
        "。",
        "한국",
        "ｱ",
        "\u3000",
        "\u00a0",
        "…",
        "·",
        " · ",
        "—",
        "’",
        "“q”",
    ),
    *("\u200b", "\u200d", "\u202e", "\x1b[31m", "\0", "\ud800", "\u2028", "\n", "\t", "\r\n", "\\\n"),
    *("word", "the talk", "snake_case", "a", "b", "I", "0", "12"),
    *([" "] * 12),
)
AWKWARD = st.lists(st.sampled_from(FRAGMENTS), max_size=9).map("".join) | st.text(max_size=20)
ITEM = (
    "bullet_list_open",
    "list_item_open",
    "paragraph_open",
    "inline",
    "paragraph_close",
    "list_item_close",
    "bullet_list_close",
)
HEADING = ("heading_open", "inline", "heading_close")
NO_WORDS = {"html_inline", "image", "softbreak", "hardbreak"}


def inline(line: str, *structure: str) -> list[Token]:
    """Return the pieces of a line's words, which CommonMark has to read as exactly this structure."""
    environment: dict[str, object] = {}
    tokens = GFM.parse(line, environment)
    assert tuple(token.type for token in tokens) == structure
    assert not environment.get("references")
    children = next(token for token in tokens if token.type == "inline").children or []
    assert not {token.type for token in children} & NO_WORDS
    return children


def shown(tokens: Iterable[Token]) -> str:
    """Return what is shown, and the targets of links behind their texts."""
    return "".join(_shown(tokens))


def _shown(tokens: Iterable[Token]) -> Iterator[str]:
    targets: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            targets.append("" if token.info == "auto" else f"{token.attrs['href']}{token.attrs.get('title', '')}")
        elif token.type == "link_close":
            yield targets.pop()
        elif token.type in ("text", "code_inline"):
            yield token.content


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def holds(text: str, part: str) -> bool:
    """Whether the characters of ``part`` are in ``text``, in their order."""
    rest = iter(text)
    return all(char in rest for char in part)


@given(AWKWARD)
def test_it_is_one_line_and_twice_is_as_good_as_once(text: str) -> None:
    line = inert(text)
    assert line == " ".join(line.split())
    assert inert(line) == line


@given(AWKWARD)
def test_it_is_the_words_of_one_item_box_or_heading(text: str) -> None:
    line = inert(text)
    if not line:
        return
    alone = shown(inline(f"- {line}", *ITEM))
    assert shown(inline(f"- {line} · {SOURCE}", *ITEM)) == f"{alone} · {SOURCE}"
    assert shown(inline(f"- [ ] {line} · Acme", *ITEM)) == f"[ ] {alone} · Acme"
    assert shown(inline(f"### {line} · 3 debriefs", *HEADING)) == f"{alone} · 3 debriefs"
    assert shown(inline(f"### {line}", *HEADING)) == alone
    assert shown(inline(line, "paragraph_open", "inline", "paragraph_close")) == alone


@given(AWKWARD)
def test_every_letter_and_digit_is_shown(text: str) -> None:
    text = re.sub(r"[&^]|&#?\w+;", "", text)  # entities are shown decoded, block ids go
    line = inert(text)
    if line:
        assert holds(shown(inline(f"- {line}", *ITEM)), letters(text.replace("\ud800", "")))


@given(AWKWARD)
def test_strong_words_are_strong_from_end_to_end(text: str) -> None:
    line = strong(text)
    if not line:
        return
    words = inline(f"1. {line}: 3 debriefs", "ordered_list_open", *ITEM[1:-1], "ordered_list_close")
    marks = [place for place, token in enumerate(words) if token.type.startswith("strong_")]
    if line == inert(text):
        assert "**" in line
    else:
        assert marks == [1, len(words) - 2]
        assert words[-1].content == ": 3 debriefs"


@given(AWKWARD)
def test_a_cell_shows_what_an_item_shows(text: str) -> None:
    line = re.sub("\u200d|(?<![0-9#*])[\ufe0e\ufe0f]", "", inert(text))
    rows = [token for token in GFM.parse("\n".join(table(["a", "b"], [[cell(line), "x"]]))) if token.type == "inline"]
    assert [token.content for token in rows[:2] + rows[3:]] == ["a", "b", "x"]
    children = rows[2].children or []
    assert not {token.type for token in children} & NO_WORDS
    alone = GFM.parseInline(line)[0].children or []
    # in code a backslash before a pipe is the table's
    assert shown(children).replace("\\|", "|") == shown(alone).replace("\\|", "|")


@given(AWKWARD)
def test_code_is_the_words_exactly(text: str) -> None:
    line = inert_code(text)
    words = inline(f"- {line}", *ITEM) if line else []
    if any(token.type == "code_inline" for token in words):
        assert [token.type for token in words if token.content] == ["code_inline"]
        assert letters(words[-1].content or words[0].content) == letters(re.sub("[\ud800]", "", text))


TASK_SIGNS = "📅📆🗓⏳⌛🛫➕✅❌🔁🏁⛔🆔🔺⏫🔼🔽⏬"
NEVER = {
    "control, bidi, zero-width": re.compile(
        "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
    ),
    "Dataview's field": re.compile("::"),
    "Obsidian's comment": re.compile("%%"),
    "a template": re.compile(r"<%|\{\{|\{%"),
    "an HTML comment": re.compile("<!--"),
}
NEVER_IN_WORDS = {
    "Tasks' emoji": re.compile(f"[{TASK_SIGNS}]"),
    "Tasks' tag": re.compile(r"""(?:^|\s)#(?!\d+(?![\w/-]))(?!\ufe0f)[^ !@#$%^&*(),.?":{}|<>]"""),
    "Obsidian's tag": re.compile(r"(?:^|[\s(])#[\w/-]*[^\W\d]"),
    "a block id": re.compile(r"(?:^|\s)\^[A-Za-z0-9-]+$"),
}
NEVER_OUT_OF_CODE = {
    "an embed": re.compile(r"!\["),
    "a footnote": re.compile(r"(?<!\\)\[\^|\^\["),
}
NAMES_AND_TARGETS = re.compile(r"\[\[[^\[\]]*\]\]|<[A-Za-z]+:[^<> ]*>|\]\([^()\s]*(?= \"|\))")
CODE = re.compile(r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)")


def _codes(line: str) -> list[str]:
    return [token.content for token in GFM.parseInline(line)[0].children or [] if token.type == "code_inline"]


@given(AWKWARD)
def test_plugins_see_nothing_in_it(text: str) -> None:
    for line in (inert(text), inert_code(text)):
        words = NAMES_AND_TARGETS.sub("]", line)
        bare = CODE.sub("`", line)
        assert not [code for code in _codes(line) if code.lstrip().startswith(("=", "$="))], "Dataview's inline query"
        for what, pattern in NEVER.items():
            assert not pattern.search(line), what
        for what, pattern in NEVER_IN_WORDS.items():
            assert not pattern.search(words), what
        for what, pattern in NEVER_OUT_OF_CODE.items():
            assert not pattern.search(bare), what


def _awkward_texts(count: int) -> list[str]:
    chance = random.Random(20261123)
    texts: list[str] = []
    while len(texts) < count:
        text = "".join(chance.choice(FRAGMENTS) for _ in range(chance.randint(1, 12)))
        if inert(text):
            texts.append(text)
    return texts


def _note(texts: list[str]) -> str:
    """Return a note that has each text in every place where a generated one can have it."""
    lines = ["# Awkward", ""]
    lines += [f"- {inert(text)} · {SOURCE}" for text in texts]
    lines += ["", "## Boxes", "", *(f"- [ ] {inert(text)} · Acme · due Thu 26 Nov 2026 · {SOURCE}" for text in texts)]
    lines += ["", "## Alone", "", *(f"- {inert(text)}" for text in texts)]
    lines += ["", "## Behind our own", "", *(f"- {SOURCE}: “{inert(text)}”: the date is late" for text in texts)]
    lines += ["", "## Strong", "", *(f"{n}. {strong(text)}: 3 debriefs" for n, text in enumerate(texts, 1))]
    for text in texts:
        lines += ["", f"### {inert(text)} · 3 debriefs"]
    cells = [[cell(inert(text)), cell(inert_code(text))] for text in texts]
    return "\n".join([*lines, "", "## Cells", "", *table(["Words", "Code"], cells), ""])


@pytest.mark.skipif(missing_tools() is not None, reason=str(missing_tools()))
def test_prettier_and_markdownlint_have_nothing_to_say(tmp_path: Path) -> None:
    text = _note(_awkward_texts(int(os.environ.get("JOBVAULT_TEXTS", "500"))))
    assert prettier(text).split("\n") == text.split("\n")
    note = tmp_path / "awkward.md"
    note.write_text(text, encoding="utf-8", newline="\n")
    assert markdownlint([note], off=["MD024"]) == []
