"""Bodies of generated blocks, what formatters make of them, and what people type into them: for Hypothesis."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

WORDS = [
    "Send",
    "Draw",
    "first",
    "then",
    "talk",
    "the",
    "portfolio",
    "to",
    "Dana",
    "Reyes,",
    "about",
    "C++",
    "and",
    "C#",
    "(rough)",
    "café",
    "東京",
    "don't",
    "24/7",
    "2026.",
    "3)",
    "-",
    "+",
    "_never_",
    "**always**",
    "`a_b`",
    "x_y",
    "\\*",
    "[[2026-11-20",
    "Acme",
    "technical]]",
    "[Acme](Debriefs/Acme%20panel.md)",
    "at",
    "R&D",
    "🎉",
    "9–5",
    "“yes”",
    "O'Neil",
]
USERS = (
    "my own words here",
    "- remember the reference, C++ mostly",
    "  - indented below something",
    "    - deeper still",
    "* star bullet of mine",
    "7. a number of mine",
    "- [ ] call the recruiter 📅 2026-12-01",
    "> quoted by me",
    "## A heading of mine",
    "| mine | also |",
    "a line that ends in two blanks  ",
    "\tcode of mine",
    "Zeile mit Umlauten äöü",
    "![[picture.png]]",
)
WORDLESS = ("", "---", "```", "👍", "  ")

words = st.lists(st.sampled_from(WORDS), min_size=2, max_size=14).map(lambda found: "Xy " + " ".join(found))
plain_words = st.lists(
    st.sampled_from(["Acme", "panel", "4/5", "C++", "Dana", "no reply", "[[a]]"]), min_size=3, max_size=3
)


def _items(lead: Callable[[int], str]) -> st.SearchStrategy[list[str]]:
    return st.lists(words, min_size=1, max_size=4).map(
        lambda found: [f"{lead(n)} {text}" for n, text in enumerate(found, 1)]
    )


_chunks = st.one_of(
    words.map(lambda text: [text]),
    st.tuples(st.integers(2, 4), words).map(lambda found: [f"{'#' * found[0]} {found[1]}"]),
    _items(lambda _: "-"),
    _items(lambda n: "- [x]" if n % 3 == 0 else "- [ ]"),
    _items(lambda n: f"{n}."),
    _items(lambda n: "-" if n % 2 else "  -"),
    st.lists(plain_words, min_size=2, max_size=4).map(
        lambda rows: [f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * 3, *rows[1:]]]
    ),
)
bodies = st.lists(_chunks, min_size=1, max_size=5).map(
    lambda chunks: [row for chunk in chunks for row in (*chunk, "")][:-1]
)
"""Lines as ``render`` makes them, of which no two have the same letters as long as the words differ."""


# What formatters do

_MARKER = re.compile(r"^(\s*)([-*+]|\d{1,9}[.)])( +)(.*)")


def starred(lines: Sequence[str]) -> list[str]:
    """Write other markers, and all numbers as ``1.``."""
    return [_MARKER.sub(lambda m: f"{m[1]}{'*' if m[2] in '-*+' else '1.'} {m[4]}", line, count=1) for line in lines]


def spaced(lines: Sequence[str]) -> list[str]:
    """Indent deeper, put blanks behind markers, pad tables and line ends."""
    done = []
    for line in lines:
        row = _padded(line) if line.startswith("|") else _MARKER.sub(r"\1\1\2   \4", line, count=1)
        done.append(row + ("  " if line else ""))
    return done


def _padded(line: str) -> str:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return "|" + "|".join(f" {cell:-<12} " if set(cell) == {"-"} else f" {cell:<12} " for cell in cells) + "|"


def blanked(lines: Sequence[str]) -> list[str]:
    """Put blank lines around everything."""
    return [row for line in lines for row in ((line,) if line.startswith("|") else ("", line, ""))]


def tightened(lines: Sequence[str]) -> list[str]:
    """Take blank lines out where nothing hangs on them: around headings."""
    return [
        line
        for n, line in enumerate(lines)
        if line or not any(other.startswith("#") for other in lines[max(0, n - 1) : n + 2])
    ]


def emphasised(lines: Sequence[str]) -> list[str]:
    """Mark emphasis with stars."""
    return [re.sub(r"(?<![\w\\`])_(\w+)_(?!\w)", r"*\1*", line) for line in lines]


def escaped(lines: Sequence[str]) -> list[str]:
    """Put backslashes before characters that could mean something, and none where they are not needed."""
    return [
        line if line.startswith("|") else re.sub(r"(?<!\\)([+&])", r"\\\1", line).replace("\\*", "*") for line in lines
    ]


def wrapped(width: int) -> Callable[[Sequence[str]], list[str]]:
    """Wrap lines as a formatter does: what would start a list on its new line is escaped."""

    def wrap(lines: Sequence[str]) -> list[str]:
        done: list[str] = []
        for line in lines:
            if line.startswith(("#", "|", ">", "\t")) or not line.strip():
                done.append(line)
                continue
            lead = re.match(r"\s*(?:(?:[-*+]|\d{1,9}[.)]) +(?:\[.\] +)?)?", line)
            indent = len(lead[0]) if lead else 0
            row = line[:indent]
            for word in line[indent:].split(" "):
                if row.strip() and len(row) > indent and len(row) + len(word) >= width:
                    done.append(row.rstrip())
                    row = " " * indent
                    row += re.sub(r"\A(?:(\d+)(?=[.)]\Z)|(?=[-+*#>]\Z))", r"\1\\", word) + " "
                else:
                    row += word + " "
            done.append(row.rstrip())
        return done

    return wrap


FORMATTERS = (starred, spaced, blanked, tightened, emphasised, escaped, wrapped(40), wrapped(80))
formatted = st.lists(st.sampled_from(FORMATTERS), max_size=3, unique=True)


def apply(formatters: Sequence[Callable[[Sequence[str]], list[str]]], lines: Sequence[str]) -> list[str]:
    """Let formatters do their work, one after the other; wrapping last."""
    for formatter in sorted(formatters, key=FORMATTERS.index):
        lines = formatter(lines)
    return list(lines)


# What people do

DATES = (
    "",
    " ✅ 2026-11-21",
    " ❌ 2026-11-21",
    " ✅\ufe0f 2026-11-21",
    "  [completion:: 2026-11-21]",
    "  (cancelled:: 2026-11-21)",
)
ticks = st.lists(st.tuples(st.sampled_from(" xX-/?"), st.sampled_from(DATES)), min_size=1, max_size=4)


def ticked(lines: Sequence[str], marks: Sequence[tuple[str, str]]) -> list[str]:
    """Tick boxes."""
    done = []
    for n, line in enumerate(lines):
        char, date = marks[n % len(marks)]
        done.append(re.sub(r"^(\s*- )\[.\]", rf"\1[{char}]", line) + date if "- [" in line[:6] else line)
    return done


odd_lines = st.lists(
    st.sampled_from(
        [
            "", "words", "# Title", "## More", "- item", "- [ ] task 📅 2026-11-20", "  - [ ] below", "    deep", "1. one", "> quote", "> - [ ] quoted",
            "```", "~~~", "---", "===", "- ", "| a | b |", "|---|---|", "<!-- note", "-->", "<div>", "%%", "[ref]: /url", "\tcode", "caf\udce9", "a\u2028b",
            "\x00", "    - [ ] code?", "* [x] done ✅ 2026-11-01", "<<<<<<< ", "=======", "- - [ ] two", "<!-- jobvault: remark -->",
        ]
    ),
    max_size=9,
)  # fmt: skip
"""Lines of a note, in any order, that belong together in odd ways."""
