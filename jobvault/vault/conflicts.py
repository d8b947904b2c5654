"""The copies that sync services leave beside a note when two devices changed it at once, known by their names.

Sources: Syncthing (“sync-conflict” files), Dropbox (“conflicted copy”, in four languages, and its Case, Unicode
Encoding, White Space and Selective Sync conflicts), Nextcloud, ownCloud and OpenCloud, Obsidian Sync, Seafile
(“SFConflict”), Resilio Sync (“.Conflict”), Synology Drive, pCloud, and `rclone bisync` (“--conflict-suffix”).
"""

from __future__ import annotations

import re
from collections.abc import Container

_DATE = r"\d{4}-\d{2}-\d{2}"

_COPY = "|".join(
    (
        r"(?:[^()]*[ '’])?[Cc]onflicted copy(?: [^()]*)?",
        r"In Konflikt stehende Kopie(?: [^()]*)?|[^()]* in Konflikt stehende Kopie(?: [^()]*)?",
        r"(?:[Cc]opie en conflit|[Cc]opia (?:conflictiva|en conflicto))(?: [^()]*)?",
        r"(?:[^()]* )?(?:Case|Unicode Encoding|White ?[Ss]pace|Selective Sync) Conflict(?: \d+)?",
        r"SFConflict(?: [^()]*)?",
        rf"conflict {_DATE}-\d{{2}}-\d{{2}}-\d{{2}}",
    )
)

_ENDINGS = re.compile(
    "(?:"
    + "|".join(
        (
            r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?",
            rf" ?\((?:{_COPY})(?: ?\(\d+\))?\)",
            r"_conflict-\d{8}-\d{6}",
            r" ?\[conflicted\](?: \(\d+\))?",
            r"_[^_]+_[A-Z][a-z]{2}-\d{2}-\d{4}-\d{4}_[A-Za-z]*Conflict(?:_\d+)?",
            r"(?:\.Conflict ?\d*)+",
            r"\.{1,2}(?:path[12]|conflict\d+)",
        )
    )
    + ")$"
)
"""What follows a note's name, before its suffix or behind it."""

_LOOK_ALIKE = re.compile(
    r"(?P<stem>.+?)(?: ?\(\d{1,2}\)| \d{1,2}|(?: -)? [Cc]opy(?: ?\(?\d{1,2}\)?)?| \([Cc]opy\)"
    r"|-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]*)$"
)
_HYPHEN = re.compile(r"-(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9-]*$")


def conflict_original(path: str) -> str | None:
    """Return the path of the note that ``path`` is a conflict copy of, going by its name; None for other names.

    The original need not exist. A copy of a copy leads to the first original.

    >>> conflict_original("Debriefs/Acme.sync-conflict-20261123-101500-ABCDEFG.md")
    'Debriefs/Acme.md'
    """
    if "onfli" not in path and ".path" not in path:  # every one of these names holds one of them
        return None
    folder, slash, name = path.rpartition("/")
    original = name
    while True:
        shorter = _one_shorter(original)
        if shorter is None:
            break
        original = shorter
    return None if original == name else folder + slash + original


def look_alike_original(path: str, among: Container[str] | None = None) -> str | None:
    """Return the note that ``path`` may be a copy of, where its name only looks so; None for other names.

    Such are ``note (1).md``, ``note 2.md`` and ``note-HOSTNAME.md`` (Google Drive, iCloud, OneDrive). Only their
    texts can tell.

    With the paths ``among`` which it must be, a host name may hold small letters and the longest fitting original is
    returned; without, host names are those in capitals.
    """
    folder, slash, name = path.rpartition("/")
    stem, suffix = _parted(name)
    found = _LOOK_ALIKE.match(stem)
    likely = [found["stem"]] if found else []
    if among is None:
        return f"{folder}{slash}{likely[0]}{suffix}" if likely else None
    likely += [stem[:place] for place in range(len(stem) - 1, 0, -1) if _HYPHEN.match(stem, place)]
    return next((sibling for one in likely if (sibling := f"{folder}{slash}{one}{suffix}") in among), None)


def _one_shorter(name: str) -> str | None:
    """Take one ending away, from before the suffix (``a.conflict1.md``) or from behind it (``a.md.conflict1``)."""
    stem, suffix = _parted(name)
    for text, rest in ((stem, suffix), (name, "")):
        found = _ENDINGS.search(text)
        if found and text[: found.start()].strip(" ."):
            return text[: found.start()] + rest
    return None


def _parted(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot + suffix) if stem else (name, "")
