"""How a person is written: a name or link, and a title behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobvault.model import Link
from jobvault.notes.inline import find_links, plain

_PART = re.compile(r"\s*,\s*|\s+[-–—]\s+|\s*\(\s*")
_LINK = re.compile(r"[*_]*(?:\[\[[^\[\]]*\]\]|\[[^\[\]]*\]\((?:<[^<>]*>|[^()\s]*)\))[*_]*")
_UNNAMED = re.compile(r"\?+(?=\s|:|$)")
_MOST_WORDS = 4
_MOST_LETTERS = 40


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
    text = text.strip()
    linked = _LINK.match(text)
    links = find_links(linked[0], 0) if linked else ()
    if linked and links:
        return Written(name_of(links[0]), _title(text[linked.end() :]), links[0].target)
    shown = plain(text).strip()
    if unnamed := _UNNAMED.match(shown):
        return Written(None, _title(shown[unnamed.end() :]), None)
    parting = _PART.search(shown)
    name, title = (shown[: parting.start()], shown[parting.start() :]) if parting else (shown, "")
    name = name.strip().rstrip(":").rstrip()
    return Written(None if not name.strip("?") else name, _title(title), None)


def name_of(link: Link) -> str:
    """Return the name that a link to a person stands for: the note's own, without folder."""
    return name_of_target(link.target)


def name_of_target(target: str) -> str:
    """Return the name that a link's target stands for."""
    return target.rpartition("/")[2].removesuffix(".md").strip()


def _title(text: str) -> str:
    """Return the words behind a name, without what parts them from it."""
    text = plain(text)
    parting = _PART.match(text)
    text = (text[parting.end() :] if parting else text).strip().strip(":,").strip()
    if parting and "(" in parting[0] and text.count(")") > text.count("("):
        text = text.replace(")", "", 1).strip()
    return text


def looks_like_name(text: str) -> bool:
    """Whether a line of prose is probably a person, not a sentence: a link, ``?``, or a few capitalised words."""
    if text.startswith(("[[", "?")):
        return True
    name = read_name(text).name or ""
    words = name.split()
    if not 0 < len(words) <= _MOST_WORDS or len(name) > _MOST_LETTERS:
        return False
    return not text.rstrip().endswith((".", "!", "?", "。")) and not any(word[0].islower() for word in words[:2])
