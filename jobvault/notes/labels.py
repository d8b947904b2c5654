"""Labelled words: ``Concern: x``, ``**Concern:** x``, ``Concern:: x``, ``[concern:: x]`` are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jobvault.words import fold

_INLINE = re.compile(r"^[\[(]\s*(?P<label>[^:\[\]()]{1,40}?)\s*::\s*(?P<value>.*?)\s*[\])]$")
_EMPHASISED = re.compile(r"^(?P<em>\*\*\*|\*\*|__|\*|_)(?P<label>[^:*_]{1,40}?)\s*(?::{1,2}(?P=em)|(?P=em)\s*:{1,2})\s*(?P<value>.*)$")
_PLAIN = re.compile(r"^(?P<label>[^\W\d_][^:\[\]()`]{0,39}?)\s*:{1,2}(?:\s+(?P<value>.*))?$")


def read_label(text: str) -> tuple[str, str] | None:
    """Part any label from its value; None where the text has none. ``("Pay", "120k base")``."""
    for form in (_INLINE, _EMPHASISED, _PLAIN):
        found = form.match(text)
        if found:
            return found["label"].strip(), (found["value"] or "").strip()
    return None


def known_label(text: str, labels: Mapping[str, str]) -> tuple[str, str] | None:
    """Part one of our labels from its value; the label comes as its name (``cares-about``)."""
    found = read_label(text)
    if found is None:
        return None
    name = labels.get(fold(found[0]))
    return (name, found[1]) if name else None
