"""Debriefs that are hard to append to, and words that are hard to keep as words: for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

LINES = [
    "", "", "words", "# Title", "## More", "- item", "- [ ] task 📅 2026-11-20", "  - [ ] below", "    deep", "1. one",
    "2. two", "> quote", "> - [ ] quoted", "```", "~~~", "---", "===", "- ", "| a | b |", "|---|---|", "<!-- note", "-->",
    "<!-- hint -->", "<div>", "%%", "[ref]: /url", "\tcode", "caf\udce9", "a\u2028b", "\x00", "    - [ ] code?", "- - two",
    "* [x] done ✅ 2026-11-01", "<!-- jobvault: remark -->", "## Takeaways", "## Follow-ups", "### Weak", "Overall",
    "-------", "## What I noticed", "## People met", "### Dana Reyes, VP", "### [[Tom Ode]]", "- Concern:",
    "- Concern: slow", "- My answer: x", "- Dana Reyes", "  - Concern:", "Dana Reyes", "<!-- jobvault:begin takeaways -->",
    "<!-- jobvault:end -->",
]  # fmt: skip
WORDS = [
    "Draw first, then talk", "# x", "1. one", "12) x", "- a", "+", "* * *", "***", "---", "===", "> q", "<b>x</b>", "<div>",
    "a <!-- b", "<!-- b -->", "%% x %%", "%%%%", "[ ] box", "[x]", "x #tag", "#tag", "x ^id", "^id", "a\\", "a\\\\", "```",
    "```x", "~~~ y", "````sql", "````` x", "~~~~~", "`<b>` c", "| a |", "|---|", ":--", "**b** `c`", "Is it?", "x (rough)", "(applied)", "[[Dana]] asked",
    "due 2026-11-28", "x 📅 2026-11-28", "a: b", "2026.", "[a]: b", "[^1]: b", "\x00a\u2028b", "C++ and C#", "R&D &amp; co",
    "<https://a.b/c>", "[a](<b c.md>)", "-5 degrees", "caf\udce9", "a::b", "x_y *z*", "\ttab", "éàü 東京 🎉", "<%x%>", "{{y}}",
]  # fmt: skip
ENDINGS = ("\n", "\r\n", "\r")
FRONT = ("", "---\ntype: debrief\ncompany: Acme\n---\n", "---\ntype: debrief\npeople: [Dana]\n---\n")

typed = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
)


@st.composite
def notes(draw: st.DrawFn) -> str:
    """Make the text of a note, of any line endings, with or without BOM, front matter and final newline."""
    rows = draw(st.lists(st.sampled_from(LINES), max_size=12))
    end = draw(st.sampled_from(["", "\n", "\n\n"]))
    text = draw(st.sampled_from(["", "", "\ufeff"])) + draw(st.sampled_from(FRONT)) + "\n".join(rows) + end
    return text.replace("\n", draw(st.sampled_from(ENDINGS)))


def between(old: bytes, new: bytes) -> bytes | None:
    """Return what was put into ``old`` to make ``new``; None where anything else differs."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    kept = len(old) - start
    return new[start : len(new) - kept] if old[start:] == new[len(new) - kept :] else None
