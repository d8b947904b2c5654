"""Flat, plain front matter, read without a parser: most notes have it, and it costs a tenth of a parse.

It answers only where it is sure, and then as the real reader (``yaml12.py``) would, which stays the judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jobvault.notes.scalars import Entry, Value, core_scalar
from jobvault.notes.yaml12 import MAX_BYTES

_MAX_FLAT = MAX_BYTES // 4
"""Characters that ``flat_entries`` reads at most; none takes more than four bytes."""

_STRANGE = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
_FLAT_LINE = re.compile(
    r"(?:(?P<key>\w+(?:[ -]\w+)*):|(?P<indent> *)-)"
    rf"(?: +(?:(?P<plain>(?:[\w+./($]|-(?=[\w.]))(?:[^#:{_STRANGE}]|:(?=[^#:\s{_STRANGE}]))*)"
    rf"|\"(?P<double>[^\"\\{_STRANGE}]*)\" *|'(?P<single>[^'{_STRANGE}]*)' *)| *)"
    r"(?:\r\n|\n|\r)?"
)
_MAX_FLAT_KEY = 100
_SILENT_LINE = re.compile(rf" *(?:#[^{_STRANGE}]*)?(?:\r\n|\n|\r)?")


def flat_entries(lines: Sequence[str]) -> tuple[Entry, ...] | None:
    """Read lines of the shapes ``key: scalar`` and, below a key, ``- scalar``; None where anything else stands.

    It answers only where it is sure, and then as ``read_yaml`` would: most notes are of this kind, and cost a tenth
    of a parse. ``lines`` carry their line ends.
    """
    if sum(map(len, lines)) > _MAX_FLAT:
        return None
    entries: list[Entry] = []
    items: list[Value] | None = None
    indent: str | None = None
    for number, line in enumerate(lines, 1):
        found = _FLAT_LINE.fullmatch(line)
        if found is None:
            if _SILENT_LINE.fullmatch(line):
                continue
            return None
        key, dash, plain, double, single = found.groups()
        value = core_scalar(plain.rstrip(" ")) if plain is not None else double if double is not None else single
        if key is not None:
            if len(key) > _MAX_FLAT_KEY:
                return None
            items, indent = ([] if found.lastgroup == "key" else None), None
            entries.append(Entry(key, core_scalar(key), value, number, number))
            continue
        if items is None or found.lastgroup == "indent" or indent not in {None, dash}:
            return None
        indent = dash
        items.append(value)
        entries[-1] = entries[-1]._replace(value=items, end=number)
    return tuple(entries)
