"""Labelled words: ``Concern: x``, ``**Concern:** x``, ``Concern:: x``, ``[concern:: x]`` are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jobvault.words import fold

_INLINE = re.compile(r"[\[(]\s*(?P<label>[^:\[\]()]{1,40}?)\s*::\s*(?P<value>.*?)\s*[\])]")
_EMPHASISED = re.compile(
    r"(?P<em>\*\*\*|\*\*|__|\*|_|==)(?P<label>[^:*_=]{1,40}?)\s*(?::{1,2}(?P=em)|(?P=em)\s*:{1,2})\s*(?P<value>.*)"
)
_PLAIN = re.compile(r"(?P<label>[^\W\d_][^:\[\]()`]{0,39}?)\s*:{1,2}(?:\s+(?P<value>.*))?")
_LOOSE = re.compile(r"(?P<label>[^:\[\]()`]{1,40}):{1,2}(?P<value>.*)")


def read_label(text: str) -> tuple[str, str] | None:
    """Part any label from its value; None where the text has none. ``("Pay", "120k base")``."""
    return next(_readings(text, _INLINE, _EMPHASISED, _PLAIN), None)


def known_label(text: str, labels: Mapping[str, str]) -> tuple[str, str] | None:
    """Part one of our labels from its value; the label comes as its name (``cares-about``).

    A label that is known needs no blank behind its colon, and may follow an emoji.
    """
    for label, value in _readings(text, _INLINE, _EMPHASISED, _PLAIN, _LOOSE):
        name = labels.get(fold(label))
        if name:
            return name, value
    return None


def _readings(text: str, *forms: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for form in forms:
        if found := form.fullmatch(text):
            yield found["label"].strip(), (found["value"] or "").strip()
