"""Which paths of a vault are left alone: globs as in ``ignore:``, and the template folders that Obsidian names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from jobvault.errors import RefusedError
from jobvault.vault.durable import close_read, read_all
from jobvault.vault.inside import open_inside

_SETTINGS = (
    (".obsidian/templates.json", "folder"),
    (".obsidian/plugins/templater-obsidian/data.json", "templates_folder"),
)
_LONGEST_JSON = 4 * 1024 * 1024
_ANY_FOLDERS = "**"


def default_ignore(root: Path) -> tuple[str, ...]:
    """Return the globs for the template folders that Obsidian's core Templates and Templater name; often none.

    Files that are missing, broken or not what they should be count as naming none.
    """
    return tuple(dict.fromkeys(f"{_escaped(folder)}/" for folder in template_folders(root) if folder))


def template_folders(root: Path) -> tuple[str, str]:
    """Return the folders that Obsidian's core Templates and Templater name, in this order; empty where they name none.

    They stand as they were found: nothing says that they are in the vault.
    """
    core, templater = (_named_folder(root, file, key) for file, key in _SETTINGS)
    return core, templater


def ignored_by(globs: Sequence[str]) -> Callable[[str], bool] | None:
    """Return what tells whether a path of the vault is ignored; None where nothing ever is.

    A glob is matched against the whole path from the vault's root: ``*`` and ``?`` stop at ``/``, ``**`` does not,
    ``[…]`` is one of some characters. A glob that names a folder, with or without ``/`` at its end, means all in it.
    The time it takes is bounded, whatever the glob.
    """
    parts = [_translated(glob) for glob in globs if glob.strip("/ ")]
    if not parts:
        return None
    match = re.compile("(?:" + "|".join(parts) + r")(?:/.*)?", re.DOTALL).fullmatch

    def ignored(path: str) -> bool:
        return match(path if path.isascii() else unicodedata.normalize("NFC", path)) is not None

    return ignored


def _translated(glob: str) -> str:
    """Translate one glob. What lies between two ``**`` is matched at its first place, which is always a right one."""
    groups: list[list[str]] = [[]]
    for name in unicodedata.normalize("NFC", glob.strip().removeprefix("./").strip("/")).split("/"):
        if name == _ANY_FOLDERS:
            groups.append([])
        else:
            groups[-1].append(_translated_name(name))
    first, *later = ["/".join(group) for group in groups]
    if not later:
        return first
    *middle, last = later
    start = f"{first}/" if first else ""
    between = "".join(f"(?>(?:[^/]+/)*?{group}/)" for group in middle if group)
    return start + between + (f"(?:[^/]+/)*{last}" if last else ".+")


def _translated_name(name: str) -> str:
    first, *later = ["".join(_characters(piece)) for piece in _pieces(name)]
    if not later:
        return first
    *middle, last = later
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle if piece) + "[^/]*" + last


def _pieces(name: str) -> list[list[str]]:
    """Part a name of a glob at its stars; each piece is a list of single characters, ``?`` and ``[…]``."""
    pieces: list[list[str]] = [[]]
    for one in re.findall(r"\[!?[^/][^]/]*\]|.", name, re.DOTALL):
        if one == "*":
            pieces.append([])
        else:
            pieces[-1].append(one)
    return pieces


def _characters(piece: list[str]) -> Iterator[str]:
    for one in piece:
        if one == "?":
            yield "[^/]"
        elif len(one) > 1:
            yield _translated_class(one[1:-1])
        else:
            yield re.escape(one)


def _translated_class(inner: str) -> str:
    """Translate what stands in brackets: characters and ranges such as ``a-z``; after ``!``, any other character."""
    negated = inner.startswith("!") and len(inner) > 1
    ranges: list[str] = []
    for one in re.findall(r".-.|.", inner.removeprefix("!") if negated else inner, re.DOTALL):
        first, last = one[0], one[-1]
        if first <= last:
            ranges.append(f"{re.escape(first)}-{re.escape(last)}")
    if not ranges:
        return "[^/]" if negated else "(?!)"
    return f"[{'^/' if negated else ''}{''.join(ranges)}]"


def _named_folder(root: Path, file: str, key: str) -> str:
    try:
        fd = open_inside(root, file)
    except (OSError, RefusedError):
        return ""
    import json  # only vaults of Obsidian need it

    try:
        value = json.loads(read_all(fd, _LONGEST_JSON))
    except (OSError, ValueError, RecursionError):
        return ""
    finally:
        close_read(fd)
    folder = value.get(key) if isinstance(value, dict) else None
    return folder.strip().strip("/") if isinstance(folder, str) else ""


def _escaped(folder: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", folder)
