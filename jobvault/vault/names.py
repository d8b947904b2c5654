"""File names that are safe on Linux, macOS and Windows, in Obsidian, and beside what is already there."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

_FALLBACK = "untitled"
_LONGEST_NAME = 255

# Obsidian's links cannot hold `# ^ [ ] |`, its comments are `%%`; Windows forbids `< > : " / \ | ? *`.
_JOINING = re.compile(r"(?<=\S)[/\\|:](?=\S)")
_FORBIDDEN = re.compile(r'[#|^:%\[\]\\/*?"<>]')
_BLANKS = re.compile(r"\s+")

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE)

# Characters of other categories than Cc, Cf and Cs that show nothing (Unicode: Default_Ignorable_Code_Point), or that
# are none.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff]"
)
_DROPPED = frozenset({"Cc", "Cf", "Cs"})


def safe_name(text: str, max_bytes: int = 200) -> str:
    """Return a file name, without its suffix, for any text.

    It holds nothing that Linux, macOS, Windows or Obsidian do not take, nothing invisible and no control character;
    it is NFC, at most ``max_bytes`` bytes of UTF-8 (at least 16), never hidden, never empty, and safe again as it is.

    >>> safe_name("Acme: A/B tests at 14:30?")
    'Acme A-B tests at 14-30'
    """
    most = max(max_bytes, 16)
    name = _JOINING.sub("-", _BLANKS.sub(" ", _visible(text)))
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", name))
    name = _trimmed(_BLANKS.sub(" ", name))
    name = _trimmed(_cut(name, most)) or _FALLBACK
    reserved = _RESERVED.match(name)
    if reserved:
        name = _trimmed(_cut(f"{reserved[0]}_{name[reserved.end() :]}", most))
    return name


def exists_alike(folder: Path, name: str) -> bool:
    """Whether a folder holds that name, or one that is the same to a file system blind to case or normalisation."""
    wanted = alike_key(name)
    try:
        return any(alike_key(found) == wanted for found in os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return False


def alike_key(name: str) -> str:
    """Return one key for all names that macOS or Windows could not keep side by side."""
    if name.isascii():
        return name.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _visible(text: str) -> str:
    kept = (" " if char.isspace() else char for char in text)
    seen = "".join(char for char in kept if unicodedata.category(char) not in _DROPPED)
    return _INVISIBLE.sub("", seen)


def _trimmed(name: str) -> str:
    """Take away what should not stand first (a dot hides, `~` is a temporary file's, `-` an option's) or last."""
    return name.lstrip(" .~-").rstrip(" .")


def _cut(name: str, most: int) -> str:
    data = name.encode("utf-8")
    return name if len(data) <= most else data[:most].decode("utf-8", "ignore")
