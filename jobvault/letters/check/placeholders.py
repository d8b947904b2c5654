"""What is still to be written: comments that a draft put there, and what people type in place of words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobvault.letters.check.context import Context
from jobvault.letters.check.lexicon import fold_long, found_in
from jobvault.model import Problem

_CODE = re.compile(r"`[^`\n]*`")
_LINKS = re.compile(
    r"!?\[\[[^\[\]\n]*\]\]|!?\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])|\[\^[^\[\]\n]*\]|<[a-z][a-z0-9+.-]*:[^<>\s]*>|<[^<>\s]+@[^<>\s]+>"
)
_BOX = re.compile(r"^\[[ xX/-]\]\s|^\[[^\[\]]+\]:\s")
_TAG = re.compile(
    r"</?(?:br|p|b|i|em|strong|u|s|a|ul|ol|li|div|span|sub|sup|hr|img|code|pre|kbd|mark|small|blockquote|h[1-6]|table|tr|td|th|center|font)\b[^<>]*>",
    re.IGNORECASE,
)
_FORMS = re.compile(
    r"\{\{[^{}\n]*\}\}"
    r"|<%[^\n]*?%>"
    r"|\$\{[^{}\n]*\}"
    r"|\{[^\W\d][^{}\n]{0,60}\}"
    r"|<<?[^\W\d][^<>\n]{0,60}>>?"
    r"|\[(?:[^\W\d][^\[\]\n]{0,80}|\s*|[.…_?]+)\]"
    r"|_{3,}"
    r"|%[A-Z][A-Z_ ]+%"
    r"|\b[Xx]{3,}\b|\bXX\b"
    r"|\b(?:TODO|TBD|TBA|FIXME)\b"
    r"|\?{3,}"
)
_ALONE = re.compile(r"^\s*(?:…|\.{3,})\s*$|\s(?:…|\.{3,})\s+(?=[.,;!?])")
_LIST_BOX = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s")


def placeholders(context: Context) -> Iterator[Problem]:
    """Find what is still to be filled in."""
    for gap in context.letter.gaps:
        yield context.says("letter-placeholder", gap.line, gap.text, value=gap.text or "<!-- -->")
    for row in context.text.rows:
        found = _in(row.raw, context)
        if found:
            yield context.says("letter-placeholder", row.line, found, value=found)
    found = _in(context.letter.subject, context)
    if found:
        yield context.says("letter-placeholder", context.subject_line, found, value=found)


def _in(raw: str, context: Context) -> str:
    """Return the first placeholder in a line of Markdown."""
    text = _TAG.sub(" ", _LINKS.sub(" ", _CODE.sub(" ", _BOX.sub("", raw.removesuffix("\\").strip()))))
    form = _FORMS.search(text) or _ALONE.search(text)
    if form:
        return form[0].strip()
    known = frozenset(phrase for phrase in context.lexicon.phrases["placeholders"] if " " in phrase)
    return found_in(known, fold_long(text))
