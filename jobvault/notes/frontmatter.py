"""A note's front matter: where it stands, its properties with their lines, and what is wrong with it.

What counts as front matter is Obsidian's rule: the first line is ``---`` and nothing else, a later line is too, and
what stands between them is YAML (``...`` does not close it). One thing differs. Obsidian takes whatever stands there
for properties, if need be invalid ones; here words between two horizontal rules are the note's text, because nothing
that the user wrote may be dropped. So a block that is no mapping is front matter only where it looks meant as such: it
has a ``type:`` line, or its first line is a property, a list or a bracket.

``python-frontmatter`` is used through a handler of our own, and its import is put off until a note needs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from jobvault.notes.flat_yaml import flat_entries
from jobvault.notes.scalars import Entry, Scalar, Value, YamlError
from jobvault.notes.yaml12 import check_size, load_yaml, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from frontmatter.default_handlers import BaseHandler

__all__ = [
    "Finding",
    "FrontMatter",
    "Property",
    "Scalar",
    "Value",
    "YamlError",
    "fold_key",
    "guess_type",
    "is_property_line",
    "load_yaml",
    "read_front_matter",
    "vault_handler",
]


@dataclass(frozen=True, slots=True)
class Property:
    """One property: ``name`` as written, ``key`` for comparing (``fold_key``), lines in the note, counted from 1.

    ``line`` is the name's line, ``end`` the last one that belongs to the value.
    """

    name: str
    key: str
    value: Value
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Why front matter cannot be used, at a line of the note; ``quote`` holds the words of that line.

    Codes: ``yaml-syntax``, ``yaml-tag``, ``yaml-too-big``, ``yaml-too-deep``, ``yaml-aliases`` (each with ``what``, in
    English), ``duplicate-key`` (``name``, ``first``, ``second``; the last two are lines), ``front-matter-not-mapping``,
    ``front-matter-not-closed``, ``front-matter-not-utf8``.
    """

    code: str
    line: int
    args: Mapping[str, object]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before a note's text.

    ``body`` is the index of the first line after the block, 0 where there is none; ``raw`` is the text between the
    fences, line ends as written (of an unclosed block: the lines that look like its properties). ``readable`` is False
    where a finding makes it unusable, and then there are no properties.
    """

    present: bool
    properties: tuple[Property, ...]
    findings: tuple[Finding, ...]
    body: int
    raw: str
    readable: bool

    def get(self, key: str) -> Property | None:
        """Return the property of that name, in any of its spellings; its value may be None."""
        folded = fold_key(key)
        return next((found for found in self.properties if found.key == folded), None)


# --- the block ------------------------------------------------------------------------------------------------------

_FENCE = "---"
_BOM = "\ufeff"
_BLANKS = " \t\r\n"
_NONE = FrontMatter(present=False, properties=(), findings=(), body=0, raw="", readable=True)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r")
_TYPE_LINE = re.compile(
    r"(?:^|[\r\n])[ \t]{0,3}(?P<quote>[\"']?)type(?P=quote)[ \t]*:[ \t]*[\[\"']{0,2}"
    r"(?P<value>[^\s\[\]\"'#][^\[\]\"'#\r\n]*)",
    re.IGNORECASE,
)
_PROPERTY_LINE = re.compile(r"(?P<quote>[\"']?)\w[\w \-]{0,60}(?P=quote)[ \t]*:(?:\s|$)")
_ODD_PROPERTY_LINE = re.compile(r"(?:[^\s#*>|`\"'][^\s]*|(?P<quote>[\"'])[^\"'\r\n]{1,60}(?P=quote)[ \t]*):(?:\s|$)")
_MEANT_LINE = re.compile(r"[-?:](?:\s|$)|[\[{&!%]|[|>][-+0-9]*\s*$")
_FOLD = str.maketrans(dict.fromkeys("- \t\xa0", "_"))
_MAX_UNCLOSED = 100
_MAX_QUOTE = 80


@lru_cache(maxsize=1024)
def fold_key(name: str) -> str:
    """Return a property's name as names are compared: case-blind, with ``-``, ``_`` and blank alike.

    >>> fold_key("Hear-By") == fold_key("hear by") == "hear_by"
    True
    """
    return name.strip().casefold().translate(_FOLD)


def guess_type(raw: str) -> str | None:
    """Return what a line such as ``type: debrief`` says, in front matter that cannot be read; None without one."""
    found = _TYPE_LINE.search(raw)
    return found["value"].strip() if found else None


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the front matter of a note, given as its lines with their ends (LF, CRLF or CR).

    The first line may begin with a BOM; bytes that are not UTF-8 may stand as lone surrogates. Never raises.
    """
    if not lines or not lines[0].startswith((_FENCE, _BOM + _FENCE)) or not _is_fence(lines[0].removeprefix(_BOM)):
        return _NONE
    close = _closing_fence(lines)
    if close is None:
        return _unclosed(lines)
    inner = lines[1:close]
    raw = "".join(inner)
    try:
        entries = flat_entries(inner) if raw.strip(_BLANKS) else ()
        if entries is None:
            entries = _read_in_full(raw)
    except YamlError as error:
        return _unusable(lines, close + 1, raw, [_finding(error)]) if _is_meant(inner, raw) else _NONE
    if not entries and raw.strip(_BLANKS):
        return _NONE  # headings between two rules, which YAML takes for comments
    properties = tuple(
        [Property(name, fold_key(name), value, line + 1, end + 1) for name, _, value, line, end in entries]
    )
    if findings := _duplicates(properties):
        return _unusable(lines, close + 1, raw, findings)
    return FrontMatter(present=True, properties=properties, findings=(), body=close + 1, raw=raw, readable=True)


def _is_fence(line: str) -> bool:
    return line.startswith(_FENCE) and line.rstrip(_BLANKS) == _FENCE


def _closing_fence(lines: Sequence[str]) -> int | None:
    return next((index for index in range(1, len(lines)) if _is_fence(lines[index])), None)


def _is_meant(inner: Sequence[str], raw: str) -> bool:
    """Tell whether what cannot be read as properties was meant as front matter, rather than as the note's text."""
    first = inner[0] if inner else ""
    return is_property_line(first) or _MEANT_LINE.match(first) is not None or guess_type(raw) is not None


def is_property_line(line: str) -> bool:
    """Whether a line looks like a property: a name of words, or any one word or quoted name, before a colon.

    >>> is_property_line("a/b: [x"), is_property_line("Well, then: [x"), is_property_line("**Note**: x")
    (True, False, False)
    """
    return bool(_PROPERTY_LINE.match(line) or _ODD_PROPERTY_LINE.match(line))


def _unclosed(lines: Sequence[str]) -> FrontMatter:
    """Report a block that lacks its end, where its first lines are properties; else the ``---`` is a rule."""
    head = islice(lines, 1, _MAX_UNCLOSED)
    run = list(takewhile(lambda line: line.strip(_BLANKS) and not line.startswith("#"), head))
    raw = "".join(run)
    several = sum(_PROPERTY_LINE.match(line) is not None for line in run) > 1
    if not several and guess_type(raw) is None:
        return _NONE
    findings = (Finding("front-matter-not-closed", 1, {}, _quote(run, 1)),)
    return FrontMatter(present=False, properties=(), findings=findings, body=0, raw=raw, readable=False)


def _unusable(lines: Sequence[str], body: int, raw: str, findings: Sequence[Finding]) -> FrontMatter:
    quoted = tuple(Finding(found.code, found.line, found.args, _quote(lines, found.line)) for found in findings)
    return FrontMatter(present=True, properties=(), findings=quoted, body=body, raw=raw, readable=False)


def _quote(lines: Sequence[str], line: int) -> str:
    text = lines[line - 1].strip()[:_MAX_QUOTE] if line <= len(lines) else ""
    return text.encode(errors="replace").decode()  # bytes that are no UTF-8 become question marks


def _finding(error: YamlError) -> Finding:
    """Turn an error at a line of the block into a finding at a line of the note."""
    line = error.line + 1
    if error.first is not None:
        return Finding(error.code, line, {"name": error.what, "first": error.first + 1, "second": line})
    return Finding(error.code, line, {} if error.code.startswith("front-matter") else {"what": error.what})


def _duplicates(properties: Sequence[Property]) -> list[Finding]:
    """Report each property whose name, in any spelling, stands further up already."""
    seen: dict[str, int] = {}
    findings = []
    for found in properties:
        if found.key in seen:
            args = {"name": found.name, "first": seen[found.key], "second": found.line}
            findings.append(Finding("duplicate-key", found.line, args))
        seen.setdefault(found.key, found.line)
    return findings


# --- python-frontmatter ---------------------------------------------------------------------------------------------


def _read_in_full(raw: str) -> tuple[Entry, ...]:
    """Read any block's text; raise ``YamlError`` where it cannot be used or is no mapping.

    The library is given the block alone: it would strip the text below.
    """
    check_size(raw)
    import frontmatter  # 30 ms, and a vault of flat notes never needs it

    entries: list[Entry] = []
    plain = _LINE_END.sub("\n", raw)  # the library takes CR CRLF for one line end
    frontmatter.parse(f"{_FENCE}\n{plain}{_FENCE}\n", handler=vault_handler(entries))
    return tuple(entries)


def vault_handler(entries: list[Entry] | None = None) -> BaseHandler:
    """Return a handler that makes ``python-frontmatter`` read and write front matter as the vault means it.

    It is strict on what is a block, reads YAML 1.2 within bounds (``YamlError`` beyond them), and writes block lists,
    the order of keys and quoted wikilinks as Obsidian likes them. ``entries`` is filled with what is read, each with
    its lines.
    """
    return _handler_class()([] if entries is None else entries)


@cache
def _handler_class() -> Callable[[list[Entry]], BaseHandler]:
    from frontmatter.default_handlers import BaseHandler

    class VaultHandler(BaseHandler):
        FM_BOUNDARY = re.compile(rf"\A{_BOM}?{_FENCE}[ \t]*$", re.MULTILINE)
        START_DELIMITER = END_DELIMITER = _FENCE

        def __init__(self, entries: list[Entry]) -> None:
            super().__init__()
            self._entries = entries

        def split(self, text: str) -> tuple[str, str]:
            """Part a note's text into block and body; raise ValueError, as the library asks, where no block is."""
            lines = _LINE.findall(text.removeprefix(_BOM))
            close = _closing_fence(lines) if lines and _is_fence(lines[0]) else None
            if close is None:
                msg = "no front matter"
                raise ValueError(msg)
            return "".join(lines[1:close]), "".join(lines[close + 1 :])

        def load(self, fm: str) -> dict[str, object]:
            """Read the block's text, an error for anything that is no mapping."""
            root = read_yaml(fm)
            if root is not None and not isinstance(root, tuple):
                raise YamlError("front-matter-not-mapping", 1, "no properties")
            self._entries.extend(root or ())
            return {entry.name: entry.value for entry in self._entries}

        def export(self, metadata: Mapping[str, object], **_: object) -> str:
            """Write properties in their order, without the fences."""
            return _export(metadata)

    return VaultHandler


_QUOTED = re.compile(r"\A\[\[|[^ -~\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Texts that are written in double quotes: wikilinks, and those with line breaks or other controls."""


def _export(metadata: Mapping[str, object]) -> str:
    from io import StringIO

    from ruamel.yaml import YAML
    from ruamel.yaml.representer import RoundTripRepresenter
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    def styled(value: object) -> object:
        if isinstance(value, str) and _QUOTED.search(value):
            return DoubleQuotedScalarString(value)
        return [styled(item) for item in value] if isinstance(value, (list, tuple)) else value

    class Representer(RoundTripRepresenter):
        """Writes datetimes with the ``T`` that Obsidian asks for; a class of its own, as representers are per class."""

    def represent_datetime(representer: RoundTripRepresenter, value: datetime) -> object:
        return representer.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())

    if not metadata:
        return ""
    Representer.add_representer(datetime, represent_datetime)
    writer = YAML()
    writer.Representer = Representer
    writer.width = 100_000
    writer.indent(mapping=2, sequence=4, offset=2)
    written = StringIO()
    writer.dump({styled(name): styled(value) for name, value in metadata.items()}, written)
    return written.getvalue().removesuffix("\n")
