"""Tell Obsidian what type our properties have: the one file of its settings that is ever written, and only when asked.

A type belongs to a property's name in the whole vault, so what the user chose stays. The file stays as it is but for
the entries that are added to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobvault.errors import JobvaultError, NotFoundError
from jobvault.vault.files import read
from jobvault.vault.write import TYPES_FILE

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

TYPES: Mapping[str, str] = {
    **dict.fromkeys(("date", "hear_by", "heard", "written", "applied", "answered", "closed", "practise_next"), "date"),
    **dict.fromkeys(("felt", "forecast"), "number"),
    "people": "multitext",
}
"""Our properties that are not just text, by Obsidian's ids (`text multitext number checkbox date datetime tags
aliases`). Text is what Obsidian takes a property for anyway, and it knows ``tags`` and ``aliases``."""

_BOM = "\ufeff"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Merged:
    """The bytes of the file before (None: it is not there yet) and after, and what was added: name and type."""

    old: bytes | None
    new: bytes
    added: tuple[tuple[str, str], ...]


def plan_types(root: Path) -> Merged:
    """Work out the merge for a vault; writes nothing.

    Raises ``NotFoundError`` where Obsidian has not opened the vault yet, and ``JobvaultError`` where its file cannot be
    read as what it should be.
    """
    place = root / TYPES_FILE
    if not place.parent.is_dir():
        raise NotFoundError(f"{root} has no .obsidian folder. Open it in Obsidian once, then run this again.")
    found = read(root, TYPES_FILE)
    if found.problem is not None:
        raise JobvaultError(f"{place}: {found.problem.message} Nothing was written.")
    try:
        new, added = merged("" if found.data is None else found.data.decode("utf-8"))
    except ValueError as error:
        raise JobvaultError(f"{place} is not what Obsidian writes ({error}). Nothing was written.") from error
    return Merged(found.data, new.encode("utf-8"), added)


def merge_types(vault: Vault, planned: Merged) -> None:
    """Write a planned merge. Raises ``RefusedError``, or ``ChangedError`` where the file changed meanwhile."""
    from jobvault.actions import changes

    with changes.writing(vault):
        if planned.old is None:
            changes.create(vault, TYPES_FILE, planned.new, "jobvault init --property-types")
        else:
            changes.write(vault, TYPES_FILE, planned.old, planned.new, "jobvault init --property-types")


def merged(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the text of ``types.json`` with the types that it lacks, and those; all else stays byte for byte.

    Raises ``ValueError`` for a text that is no JSON, or other JSON than Obsidian's; empty is as good as not there.
    """
    bom = _BOM if text.startswith(_BOM) else ""
    new, added = _merged(text.removeprefix(bom))
    return bom + new, added


def _merged(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    if not text.strip():
        return _whole(TYPES), tuple(TYPES.items())
    data = _checked(text)
    known = {name.casefold() for name in data.get("types", {})}
    added = {name: kind for name, kind in TYPES.items() if name.casefold() not in known}
    if not added:
        return text, ()
    new = _with_types(text, data, added)
    if json.loads(new) != {**data, "types": {**data.get("types", {}), **added}}:
        raise ValueError("its form is unusual")
    return new, tuple(added.items())


def _checked(text: str) -> dict[str, Any]:
    def no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key stands in it twice")
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=no_twins)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if isinstance(data, dict) and isinstance(data.get("types", {}), dict):
        return data
    raise ValueError("it is no list of types")


def _whole(types: Mapping[str, str]) -> str:
    return json.dumps({"types": types}, indent=2)


def _with_types(text: str, data: Mapping[str, Any], added: Mapping[str, str]) -> str:
    """Put entries behind the last one of ``types``, written as those that are there."""
    start, end = _span(text, "types") if "types" in data else (text.index("{"), text.rindex("}"))
    inner = text[start + 1 : end]
    rows = re.match(r"\s*", inner)
    gap = rows[0] if rows and inner.strip() else _gap(text, start)
    last = inner.rstrip()
    closing = inner[len(last) :] if last else re.sub(r" {2}$|\t$", "", gap)
    colon = ":" if '":"' in text else ": "
    between = gap or colon[1:]
    if "types" in data:
        entries = [f"{quoted}{colon}{json.dumps(kind)}" for quoted, kind in _quoted(added)]
    else:
        entries = [f'"types"{colon}{_nested(added, gap, colon)}']
    body = f"{last}{f',{between}' if last else gap}{f',{between}'.join(entries)}{closing}"
    return f"{text[: start + 1]}{body}{text[end:]}"


def _nested(added: Mapping[str, str], gap: str, colon: str) -> str:
    deeper = gap + ("\t" if gap.endswith("\t") else "  ") if "\n" in gap else ""
    rows = f",{deeper or colon[1:]}".join(f"{quoted}{colon}{json.dumps(kind)}" for quoted, kind in _quoted(added))
    return f"{{{deeper}{rows}{gap if deeper else ''}}}"


def _quoted(added: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((json.dumps(name), kind) for name, kind in added.items())


def _gap(text: str, start: int) -> str:
    """Return what stands between ``{`` and a first entry, for an object that is empty: a line, one level deeper."""
    before = re.search(r"\n[ \t]*(?=\"[^\"]*\"\s*:\s*$)", text[:start])
    if before is None:
        return "\n  " if "\n" in text else " " if text[start + 1] == " " else ""
    return before[0] + ("\t" if before[0].endswith("\t") else "  ")


def _span(text: str, key: str) -> tuple[int, int]:
    """Return where the braces of the object stand that is the value of a key of the outermost one."""
    depth, wanted, start = 0, False, -1
    for token in _TOKEN.finditer(text):
        found = token[0]
        if found in "{[":
            depth += 1
            if wanted and start < 0:
                start = token.start()
        elif found in "}]":
            depth -= 1
            if start >= 0 and depth == 1:
                return start, token.start()
        else:
            follows = text[token.end() :].lstrip()[:1] == ":"
            wanted = start < 0 and depth == 1 and follows and json.loads(found) == key
    raise ValueError("its form is unusual")
