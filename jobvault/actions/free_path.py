"""Where a new note goes: a name that no note has, and that is none of a sync service's copies."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from jobvault.errors import RefusedError
from jobvault.vault.files import conflict_original
from jobvault.vault.names import exists_alike, safe_name


def free_path(
    root: Path,
    folder: str,
    stems: Iterable[str],
    lettered: str,
    why: str,
    *,
    taken: Callable[[str], bool] = lambda _path: False,
) -> str:
    """Return the path of a new note in a folder of the vault: the first of some names that is free.

    Where none is, a letter stands behind ``lettered``: never a number, as sync services number their copies.
    ``taken`` says which paths are not to be had though nothing stands there. Raises ``RefusedError`` with ``why`` where
    even the letters are used up.
    """
    for stem in (*stems, *_with_letters(lettered)):
        file = f"{safe_name(stem)}.md"
        path = f"{folder}/{file}" if folder else file
        if not taken(path) and not exists_alike(root / folder, file) and conflict_original(file) is None:
            return path
    raise RefusedError(folder, None, why)


def _with_letters(stem: str) -> Iterator[str]:
    for letter in string.ascii_lowercase[1:]:
        yield f"{stem} {letter}"
    for first in string.ascii_lowercase:
        for second in string.ascii_lowercase:
            yield f"{stem} {first}{second}"
