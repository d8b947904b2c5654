"""How a person is written: a name or link, and a title behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobvault.model import Link
from jobvault.notes.inline import find_links, plain

_PART = re.compile(r"\s*,\s*|\s+[-–—]\s+|\s*\(\s*")
_UNNAMED = re.compile(r"\?+")


@dataclass(frozen=True, slots=True)
class Written:
    """A person as written. ``name`` is None for ``?``; ``link`` is the link's target where the name is one."""

    name: str | None
    title: str
    link: str | None


def read_name(text: str) -> Written:
    """Part a name from its title at the first ``,``, `` - ``, `` – ``, `` — `` or `` (``.

    >>> read_name("Dana Reyes (VP Engineering)")
    Written(name='Dana Reyes', title='VP Engineering', link=None)
    """
    text = text.strip().strip("*_").strip()
    links = find_links(text, 0)
    if links and text.startswith("["):
        rest = re.sub(r"^(?:\[\[[^\]]*\]\]|\[[^\]]*\]\((?:<[^>]*>|[^)]*)\))[*_]*", "", text, count=1)
        return Written(name_of(links[0]), _title(_PART.sub("", rest, count=1) if _PART.match(rest) else rest), links[0].target)
    shown = plain(text)
    parts = _PART.split(shown, maxsplit=1)
    name = parts[0].strip().rstrip(":").strip()
    title = _title(parts[1]) if len(parts) > 1 else ""
    return Written(None if not name or _UNNAMED.fullmatch(name) else name, title, None)


def name_of(link: Link) -> str:
    """Return the name that a link to a person stands for: the note's own, without folder."""
    return link.target.rsplit("/", 1)[-1].removesuffix(".md").strip()


def _title(text: str) -> str:
    text = plain(text).strip().strip(":,").strip()
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].strip()
    return text


def looks_like_name(text: str) -> bool:
    """Whether a line of prose is probably a person, not a sentence: a link, ``?``, or a few capitalised words."""
    if text.startswith("[[") or text.startswith("?"):
        return True
    written = read_name(text)
    words = (written.name or "").split()
    return 0 < len(words) <= 4 and not text.rstrip().endswith((".", "!", "?")) and all(word[:1].isupper() for word in words[:2])
