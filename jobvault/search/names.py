"""Note names: which note a link means, and the shortest name that means only one note."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property


def key_of(text: str) -> str:
    """Reduce a name to what is compared: NFKC, case-blind, blanks collapsed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class NoteNames:
    """The names of all notes of a vault, ours or not. Links resolve as in Obsidian."""

    paths: tuple[str, ...] = field(default=())

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for path in self.paths:
            table.setdefault(key_of(stem_of(path)), []).append(path)
        return table

    def resolve(self, target: str, source: str = "") -> str | None:
        """Return the path of the note that a link in ``source`` means; None where there is none.

        A name means the note of that name; where several have it, the one at the vault's root, else the first by
        path. A target with folders means the note whose path ends in it, relative to the source's folder first.
        """
        wanted = key_of(target.removesuffix(".md").strip("/"))
        if not wanted:
            return None
        alike = self._by_stem.get(wanted.rsplit("/", 1)[-1], [])
        if "/" not in target.strip("/"):
            return min(alike, key=lambda path: (path.count("/"), path), default=None)
        folder = source.rsplit("/", 1)[0] + "/" if "/" in source else ""
        keyed = [(path, key_of(path.removesuffix(".md"))) for path in alike]
        for full in (_flat(key_of(folder + target.removesuffix(".md"))), _flat(wanted)):
            exact = next((path for path, key in keyed if key == full), None)
            if exact:
                return exact
        return next((path for path, key in keyed if key.endswith("/" + _flat(wanted))), None)

    def shortest(self, path: str) -> str:
        """Return the shortest name that means this note alone: its own, else with as many folders as needed."""
        bare = path.removesuffix(".md")
        parts = bare.split("/")
        alike = [other for other in self._by_stem.get(key_of(parts[-1]), []) if other != path]
        for count in range(1, len(parts)):
            name = "/".join(parts[-count:])
            ending = key_of(name)
            if not any(key_of(other.removesuffix(".md")).endswith(ending) for other in alike):
                return name
        return bare


def stem_of(path: str) -> str:
    """Return a note's name: its file name without ``.md``."""
    name = path.rsplit("/", 1)[-1]
    return name[:-3] if name.lower().endswith(".md") else name


def _flat(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)


def most_frequent(written: Iterable[str]) -> dict[str, str]:
    """Map each key to the form in which it is written most often (of equals the first)."""
    counts: dict[str, dict[str, int]] = {}
    for text in written:
        forms = counts.setdefault(key_of(text), {})
        forms[text] = forms.get(text, 0) + 1
    return {key: max(forms, key=lambda form: forms[form]) for key, forms in counts.items()}
