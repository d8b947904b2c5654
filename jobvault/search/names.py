"""Note names: which note a link means, and the shortest name that means only one note."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

Key = tuple[str, ...]
"""A path as it is compared: the keys of its folders and its name, without ``.md``."""


@lru_cache(maxsize=16384)
def key_of(text: str) -> str:
    """Reduce a name to what is compared: NFKC, case-blind, blanks collapsed."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def stem_of(path: str) -> str:
    """Return a note's name: its file name without ``.md``."""
    return _bare(path.rsplit("/", 1)[-1])


@dataclass(frozen=True)
class NoteNames:
    """The names of all notes of a vault, ours or not. Links resolve as in Obsidian."""

    paths: tuple[str, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Notes by the key of their name: those nearest to the root first, then by path."""
        table: dict[str, list[str]] = {}
        for path in sorted(self.paths, key=lambda path: (path.count("/"), path)):
            table.setdefault(_key(path)[-1], []).append(path)
        return table

    def resolve(self, target: str, source: str = "") -> str | None:
        """Return the path of the note that a link in the note ``source`` means; None where there is none.

        A name means the note of that name; where several have it, the one nearest to the root, then the first by path.
        A target with folders is looked for from the source's folder, then from the root, then as the end of a path. Of
        notes whose names differ in case alone, the one written exactly so comes first.
        """
        wanted = _key(target)
        if not wanted[-1]:
            return None
        alike = self._by_name.get(wanted[-1], [])
        if "/" not in target:
            depth = alike[0].count("/") if alike else 0
            return _exactly(_bare(target), [path for path in alike if path.count("/") == depth], stem_of)
        end = _walk((), wanted)
        here = () if target.startswith("/") else _key(source)[:-1]
        for whole in (_walk(here, wanted), end):
            found = [path for path in alike if _key(path) == whole]
            if found:
                return _exactly(_bare(target), found, _bare)
        return _exactly(_bare(target), [path for path in alike if _key(path)[-len(end) :] == end], _bare)

    def shortest(self, path: str) -> str:
        """Return the shortest name that means this note alone: its own, else with as many folders as needed."""
        parts, key = _bare(path).split("/"), _key(path)
        others = [_key(other) for other in self._by_name.get(key[-1], []) if other != path]
        for count in range(1, len(parts)):
            if all(other[-count:] != key[-count:] for other in others):
                return "/".join(parts[-count:])
        return "/".join(parts)


def _bare(path: str) -> str:
    return path[:-3] if path.lower().endswith(".md") else path


@lru_cache(maxsize=65536)
def _key(path: str) -> Key:
    return tuple(key_of(part) for part in _bare(path).strip("/").split("/"))


def _walk(folder: Key, steps: Key) -> Key:
    """Go from a folder as ``..`` and ``.`` say; above the root there is nothing."""
    place = list(folder)
    for step in steps:
        if step == "..":
            del place[-1:]
        elif step not in ("", "."):
            place.append(step)
    return tuple(place)


def _exactly(written: str, found: Sequence[str], part: Callable[[str], str]) -> str | None:
    """Return the note that is written exactly so, else the first."""
    name = written.rsplit("/", 1)[-1]
    whole = next((path for path in found if f"/{part(path)}".endswith(f"/{written}")), None)
    return whole or next((path for path in found if part(path).rsplit("/", 1)[-1] == name), next(iter(found), None))


def most_frequent(written: Iterable[str], key: Callable[[str], str] = key_of) -> dict[str, str]:
    """Map each key to the form in which it is written most often (of equals the first)."""
    forms: dict[str, Counter[str]] = {}
    for text in written:
        forms.setdefault(key(text), Counter())[text] += 1
    return {folded: counted.most_common(1)[0][0] for folded, counted in forms.items()}
