"""``jobvault.yaml``: its text, read and checked, and the one that a new vault gets."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

from jobvault.errors import NoVaultError, SettingsError
from jobvault.settings import DateStyle, Folders, FollowUpSettings, LetterSettings, LinkStyle, Settings, UndoSettings
from jobvault.vault.files import read_whole
from jobvault.vault.places import MARKER
from jobvault.vault.settings_text import default_settings_text
from jobvault.vault.shipped import languages, read_words
from jobvault.vault.tree import Node, TreeError, is_blank, parse_tree

__all__ = ["default_settings_text", "read_settings"]

_CAP = 256 * 1024
_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,9}")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")
_WORD_GROUPS = ("sections", "labels", "marks")
_LONGEST_GLOB = 1000


def read_settings(root: Path) -> Settings:
    """Return what a vault's ``jobvault.yaml`` says, every key checked; an empty file gives the defaults.

    Raises :class:`SettingsError` with file and line for a file that is no YAML, an unknown key (with the nearest
    valid one) or a bad value, and :class:`NoVaultError` where there is no file.
    """
    text = _read_text(root)
    if is_blank(text):
        return Settings()
    file = str(root / MARKER)
    try:
        node = parse_tree(text)
    except TreeError as error:
        raise SettingsError(file, error.line, error.what) from error
    if node is None or node.is_null:
        return Settings()
    return Settings(**_read_keys(_Value(file, "", node), _KEYS))


def _read_text(root: Path) -> str:
    file = str(root / MARKER)
    result = read_whole(root, MARKER, _CAP)
    if result.problem is not None:
        raise SettingsError(file, None, result.problem.message)
    if result.data is None:
        raise NoVaultError(str(root), named=True)
    if not result.settled:
        raise SettingsError(file, None, "Another program is still writing it.", "Try again when that is done.")
    try:
        return result.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = result.data.count(b"\n", 0, error.start) + 1
        raise SettingsError(file, line, "This is not UTF-8.", "Save the file as UTF-8.") from error


@dataclass(frozen=True, slots=True)
class _Value:
    """A value with what a message about it needs: the file, and the dotted key it belongs to."""

    file: str
    key: str
    node: Node

    def error(self, what: str, hint: str = "") -> SettingsError:
        return SettingsError(self.file, self.node.line, what, hint)

    def below(self, key: str, node: Node) -> _Value:
        return _Value(self.file, f"{self.key}.{key}" if self.key else key, node)

    def is_not(self, wanted: str, hint: str = "") -> SettingsError:
        kinds = {"list": "a list", "mapping": "a mapping", "scalar": repr(self.node.text)}
        return self.error(f"{self.key} must be {wanted}, not {kinds[self.node.kind]}.", hint)


_Read = Callable[[_Value], Any]


def _pairs(value: _Value) -> list[tuple[Node, _Value]]:
    """Return a mapping's keys and values; refuse other things and keys that stand twice."""
    if value.node.kind != "mapping":
        where = value.key or "The file"
        raise value.error(f"{where} must be a mapping of keys to values, such as `language: en`.")
    seen: dict[str, int] = {}
    found = []
    for key, node in value.node.pairs:
        if key.kind != "scalar" or not key.text.strip():
            raise SettingsError(value.file, key.line, "A key must be a word.")
        name = _folded(key.text)
        if name in seen:
            what = f"The key {key.text!r} stands here again; it is on line {seen[name]} already."
            raise SettingsError(value.file, key.line, what)
        seen[name] = key.line
        found.append((key, value.below(key.text, node)))
    return found


def _folded(key: str) -> str:
    return re.sub(r"[-_\s]+", "_", key.strip().casefold())


def _read_keys(value: _Value, known: Mapping[str, _Read]) -> dict[str, Any]:
    """Read a mapping whose keys are fixed; those that are null keep their defaults."""
    found: dict[str, Any] = {}
    for key, one in _pairs(value):
        name = _folded(key.text)
        if name not in known:
            raise SettingsError(
                value.file,
                key.line,
                f"There is no key {one.key!r}.",
                _near(name, known) or f"There are: {', '.join(known)}.",
            )
        if not one.node.is_null:
            found[name] = known[name](one)
    return found


def _near(word: str, known: Collection[str]) -> str:
    import difflib  # only when something is wrong

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"Did you mean {near[0]!r}?" if near else ""


def _text(value: _Value) -> str:
    if value.node.kind != "scalar":
        raise value.is_not("one text")
    return value.node.text.strip()


def _texts(value: _Value) -> tuple[str, ...]:
    """Read a list of texts; one text alone is a list of it."""
    if value.node.is_null:
        return ()
    if value.node.kind == "scalar":
        return (_text(value),)
    if value.node.kind != "list":
        raise value.is_not("a list of texts")
    return tuple(_text(value.below("item", node)) for node in value.node.items if not node.is_null)


def _choice(*allowed: str) -> _Read:
    def read_choice(value: _Value) -> str:
        text = _text(value).lower()
        if text not in allowed:
            raise value.is_not(f"one of {', '.join(allowed)}", _near(text, allowed))
        return text

    return read_choice


def _number(least: int, most: int) -> _Read:
    def read_number(value: _Value) -> int:
        text = _text(value)
        if not _WHOLE_NUMBER.fullmatch(text) or not least <= int(text) <= most:
            raise value.is_not(f"a whole number from {least} to {most}")
        return int(text)

    return read_number


def _language(value: _Value) -> str:
    known = {name.casefold(): name for name in languages()}
    text = _text(value).casefold()
    if text not in known:
        raise value.is_not(f"a language that there are words for ({', '.join(known.values())})")
    return known[text]


def _timezone(value: _Value) -> str:
    import zoneinfo  # only when one is named

    text = _text(value)
    try:
        if text:
            zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = _near(text, zoneinfo.available_timezones())
        raise value.is_not("an IANA time zone such as Europe/Berlin", hint) from error
    return text


def _folder(value: _Value) -> str:
    """Read a folder of the vault; ``.`` is its root, and is read as empty."""
    text = _text(value).rstrip("/")
    parts = [part for part in text.split("/") if part != "."]
    if value.node.text.startswith("/") or ".." in parts or re.search(r'[\\\0:*?"<>|]', text):
        raise value.is_not("a folder inside the vault, relative to its root, with / between names")
    if any(not part or part.startswith(".") for part in parts):
        raise value.is_not("a folder that is not hidden: notes below a name that starts with a dot are not read")
    return "/".join(parts)


def _letters(value: _Value) -> LetterSettings:
    found = LetterSettings(**_read_keys(value, _LETTER_KEYS))
    if found.long_words > found.most_words:
        raise value.error(
            f"{value.key}.long_words ({found.long_words}) is above {value.key}.most_words ({found.most_words}).",
            "A letter is long before it is too long: swap the two, or set both.",
        )
    return found


def _globs(value: _Value) -> tuple[str, ...]:
    globs = _texts(value)
    if any(len(glob) > _LONGEST_GLOB for glob in globs):
        raise value.error(f"{value.key} holds a pattern of more than {_LONGEST_GLOB} characters.")
    return globs


def _aliases(value: _Value) -> dict[str, tuple[str, ...]]:
    """Read names with their aliases; names alone, as a list, have none."""
    if value.node.kind == "list":
        return dict.fromkeys(_texts(value), ())
    return {key.text.strip(): _texts(one) for key, one in _pairs(value)}


def _words(value: _Value) -> dict[str, dict[str, tuple[str, ...]]]:
    names = _word_names()
    groups = {group: _word_group(names[group]) for group in _WORD_GROUPS}
    return _read_keys(value, groups)


def _word_group(names: Mapping[str, str]) -> _Read:
    def read_group(value: _Value) -> dict[str, tuple[str, ...]]:
        found = _read_keys(value, dict.fromkeys(names, _texts))
        return {names[name]: words for name, words in found.items()}

    return read_group


def _word_names() -> dict[str, dict[str, str]]:
    """Return what the sections, labels and marks are called: folded name → name, by group."""
    node = parse_tree(read_words("en"))
    groups = {key.text: group for key, group in node.pairs} if node is not None else {}
    return {
        group: {_folded(key.text): key.text for key, _ in groups[group].pairs} if group in groups else {}
        for group in _WORD_GROUPS
    }


def _one_line(value: _Value) -> str:
    """Read a text that goes into a line, or a header of a mail."""
    text = _text(value)
    if not text.isprintable():
        raise value.is_not("one line of plain text")
    return text


def _address(value: _Value) -> str:
    text = _one_line(value)
    if text and not _ADDRESS.fullmatch(text):
        raise value.is_not("a mail address such as robin@example.org")
    return text


_FOLDER_KEYS: Mapping[str, _Read] = {one.name: _folder for one in fields(Folders)}
_FOLLOW_UP_KEYS: Mapping[str, _Read] = {"style": _choice("boxes", "links"), "worth_doing_days": _number(0, 365)}
_LETTER_KEYS: Mapping[str, _Read] = {
    "name": _one_line,
    "email": _address,
    "thanks_hours": _number(1, 720),
    "promise_days": _number(0, 365),
    "silence_days": _number(1, 365),
    "check_ins": _number(0, 20),
    "long_words": _number(10, 10_000),
    "most_words": _number(10, 10_000),
    "stock_phrases": _texts,
}
_UNDO_KEYS: Mapping[str, _Read] = {"days": _number(1, 3650), "megabytes": _number(1, 100_000)}

_KEYS: Mapping[str, _Read] = {
    "language": _language,
    "words": _words,
    "rounds": _texts,
    "areas": _aliases,
    "companies": _aliases,
    "folders": lambda value: Folders(**_read_keys(value, _FOLDER_KEYS)),
    "links": _choice(*get_args(LinkStyle)),
    "dates": _choice(*get_args(DateStyle)),
    "timezone": _timezone,
    "ignore": _globs,
    "templates": _folder,
    "follow_ups": lambda value: FollowUpSettings(**_read_keys(value, _FOLLOW_UP_KEYS)),
    "letters": _letters,
    "undo": lambda value: UndoSettings(**_read_keys(value, _UNDO_KEYS)),
}
