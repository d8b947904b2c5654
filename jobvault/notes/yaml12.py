"""YAML as the vault means it: version 1.2's core schema, with dates, read within bounds and with its lines.

The parser is PyYAML's (its C part, libyaml, where there is one), used for its events alone: what they mean is said
here, so nothing of YAML 1.1 (``no`` as false, ``12:30`` as 750, merge keys) and no constructor of Python objects is
ever in play. Values are built while the events arrive, and reading stops at the first event past a bound, so depth,
aliases and cycles cost nothing.

What an unquoted scalar means stands in ``scalars.py``. ``<<`` is a key like any other, because 1.2 has no merge. Tags
other than those of the core schema are refused. Lines end at LF, CRLF or CR alone: 1.2 took NEL, LS and PS from YAML's
line breaks, and libyaml did not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jobvault.notes.scalars import Entry, Scalar, Value, YamlError, core_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import yaml

MAX_BYTES = 64 * 1024
MAX_DEPTH = 24
MAX_ALIASES = 16
MAX_NODES = MAX_BYTES
"""Values in a text that uses aliases, each alias counted as all that it stands for."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FOREIGN_BREAKS = "\x85\u2028\u2029"

_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    f"{_TAG}null": (type(None),),
    f"{_TAG}bool": (bool,),
    f"{_TAG}int": (int,),
    f"{_TAG}float": (int, float),
}


def _tagged_scalar(event: yaml.ScalarEvent, text: str) -> Scalar:
    """Return what a scalar means under the tag that is written before it."""
    if event.tag in {"!", f"{_TAG}str"}:
        return text
    value = core_scalar(text)
    wanted = _SCALAR_TAGS.get(str(event.tag), ())
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise _tag_error(event)
    return float(value) if float in wanted and isinstance(value, int) else value


def _tag_error(event: Any) -> YamlError:
    return YamlError("yaml-tag", _line(event), f"the tag {event.tag} is not read")


def _line(event: Any) -> int:
    """Return the line that an event begins on (PyYAML's stubs take its mark for optional)."""
    return int(event.start_mark.line) + 1


def load_yaml(text: str) -> Value:
    """Return the one value that ``text`` holds; None where it holds nothing.

    Raises ``YamlError`` for whatever is no YAML, holds a key twice in one mapping, or passes a bound.
    """
    root = read_yaml(text)
    return _as_dict(root) if isinstance(root, tuple) else root


def read_yaml(text: str) -> tuple[Entry, ...] | Value:
    """Return the one value that ``text`` holds, a mapping at its top as entries (whose names may repeat).

    Raises ``YamlError`` as ``load_yaml`` does, duplicate keys at the top apart.
    """
    import yaml  # 23 ms, and a vault of flat notes never needs it

    text = text.removeprefix("\ufeff")
    _check_text(text)
    plain, breaks = _hide_foreign_breaks(text)
    reader = _Reader(text, _events(plain), breaks)
    try:
        return reader.document()
    except YamlError:
        raise
    except yaml.MarkedYAMLError as error:
        line = _error_line(text, error)
        if "nesting depth" in str(error.problem):  # PyYAML 6.0.4's own bound of 1,000, which it scans ahead to
            raise _too_deep(line) from None
        raise YamlError("yaml-syntax", line, _error_words(error)) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two from escapes in PyYAML's own parser
        raise YamlError("yaml-syntax", 1, str(error)) from None


def _too_deep(line: int) -> YamlError:
    return YamlError("yaml-too-deep", line, f"more than {MAX_DEPTH} levels")


def _error_line(text: str, error: yaml.MarkedYAMLError) -> int:
    """Return the line to look at: that of a quote or bracket which is never closed, else where the parser stopped."""
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and re.search("quoted|flow", str(error.context)):
        mark = error.context_mark
    lines = len(_LINE_END.findall(text)) + 1
    return min(mark.line + 1, lines) if mark is not None else 1


def _error_words(error: yaml.MarkedYAMLError) -> str:
    return " ".join(str(part) for part in (error.context, error.problem) if part) or "no YAML"


def check_size(text: str) -> None:
    """Raise ``YamlError`` where a text is larger than what is read."""
    if len(text) > MAX_BYTES or (not text.isascii() and len(text.encode(errors="surrogatepass")) > MAX_BYTES):
        raise YamlError("yaml-too-big", 1, f"more than {MAX_BYTES // 1024} KiB")


def _check_text(text: str) -> None:
    """Refuse what can be refused by looking at the characters."""
    check_size(text)
    if (found := _UNPRINTABLE.search(text)) is None:
        return
    code, what = "yaml-syntax", "a character that YAML does not allow"
    if surrogate := _SURROGATE.search(text):
        found, code, what = surrogate, "front-matter-not-utf8", "bytes that are not UTF-8"
    raise YamlError(code, len(_LINE_END.findall(text, 0, found.start())) + 1, what)


def _hide_foreign_breaks(text: str) -> tuple[str, dict[int, str]]:
    """Put stand-ins for the characters that only libyaml takes for line ends; the second value undoes it."""
    present = [char for char in _FOREIGN_BREAKS if char in text]
    if not present:
        return text, {}
    lower = text.lower()
    unused = (code for code in range(0xE000, 0xF900) if chr(code) not in text and f"{code:x}" not in lower)
    stand_ins = dict(zip(present, unused, strict=False))
    if len(stand_ins) < len(present):
        raise YamlError("yaml-syntax", 1, "too many private-use characters beside Unicode line separators")
    hidden = text.translate({ord(char): code for char, code in stand_ins.items()})
    return hidden, {code: char for char, code in stand_ins.items()}


def _events(text: str) -> Iterator[yaml.Event]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    while (event := loader.get_event()) is not None:
        yield event


def _as_dict(entries: Sequence[Entry]) -> dict[Scalar, Value]:
    """Return a mapping's values by key; raise ``YamlError`` where a key stands twice."""
    lines: dict[Scalar, int] = {}
    for entry in entries:
        if entry.key in lines:
            raise YamlError("duplicate-key", entry.line, entry.name, lines[entry.key])
        lines[entry.key] = entry.line
    return {entry.key: entry.value for entry in entries}


@dataclass(slots=True)
class _Reader:
    """Builds the value of one document from its events, and counts what it builds."""

    text: str
    events: Iterator[yaml.Event]
    breaks: dict[int, str]
    anchors: dict[str, tuple[Value, int] | None] = field(default_factory=dict)
    """What each anchor stands for and how many values that is; None while it is still being read."""
    aliases: int = 0
    nodes: int = 0
    last: int = 0
    """Last line, counted from 1, of what was read so far."""
    lines: list[str] = field(default_factory=list)
    """The text's lines, once a block scalar has asked for them."""

    def document(self) -> tuple[Entry, ...] | Value:
        """Read the only document."""
        import yaml

        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        event: Any = next(self.events)
        root: tuple[Entry, ...] | Value
        if isinstance(event, yaml.MappingStartEvent):
            self._enter(event, 0)
            if event.anchor is not None:  # never closed: an alias to the root is a cycle wherever it stands
                self.anchors[event.anchor] = None
            root = tuple(self._entries(1))
        else:
            root = self._node(event, 0)
        next(self.events)
        if not isinstance(end := next(self.events), yaml.StreamEndEvent):
            raise YamlError("yaml-syntax", _line(end), "a second document begins")
        return root

    def _node(self, event: Any, depth: int) -> Value:
        """Read the value that begins with ``event``, inside of ``depth`` collections."""
        import yaml

        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        self.nodes += 1
        before, anchor = self.nodes, event.anchor
        if anchor is not None:
            self.anchors[anchor] = None
        value: Value
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        else:
            self._enter(event, depth)
            is_list = isinstance(event, yaml.SequenceStartEvent)
            value = list(self._items(depth + 1)) if is_list else _as_dict(tuple(self._entries(depth + 1)))
        if anchor is not None:
            self.anchors[anchor] = (value, self.nodes - before + 1)
        return value

    def _enter(self, event: Any, depth: int) -> None:
        """Refuse a collection that lies too deep or has a tag of its own."""
        import yaml

        if depth >= MAX_DEPTH:
            raise _too_deep(_line(event))
        if event.tag not in {None, "!", f"{_TAG}{'seq' if isinstance(event, yaml.SequenceStartEvent) else 'map'}"}:
            raise _tag_error(event)

    def _items(self, depth: int) -> Iterator[Value]:
        import yaml

        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            self.last = max(self.last, _line(event))
            yield self._node(event, depth)
        self._close(event)

    def _entries(self, depth: int) -> Iterator[Entry]:
        import yaml

        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            key = self._node(event, depth)
            if isinstance(key, (list, dict)):
                raise YamlError("yaml-syntax", line, "a list or mapping stands where a name belongs")
            name = self._restore(event.value) if isinstance(event, yaml.ScalarEvent) else str(key)
            self.last = max(self.last, line)
            value = self._node(next(self.events), depth)
            yield Entry(name, key, value, line, self.last)
        self._close(event)

    def _close(self, event: Any) -> None:
        """Take in a closing bracket; where there is none, the event stands at what follows."""
        if event.end_mark.column > event.start_mark.column:
            self.last = max(self.last, event.end_mark.line + 1)

    def _alias(self, event: yaml.AliasEvent) -> Value:
        line, name = _line(event), event.anchor
        self.last = max(self.last, line)
        self.aliases += 1
        if name not in self.anchors:
            raise YamlError("yaml-syntax", line, f"there is no anchor &{name} above")
        known = self.anchors[name]
        if known is None:
            raise YamlError("yaml-aliases", line, f"*{name} stands inside of what it names")
        self.nodes += known[1]
        if self.aliases > MAX_ALIASES or self.nodes > MAX_NODES:
            raise YamlError("yaml-aliases", line, f"more than {MAX_ALIASES} aliases, or they multiply")
        return known[0]

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text = self._restore(event.value)
        if event.style == '"' and _SURROGATE.search(text):  # PyYAML's own parser lets "\ud800" pass
            raise YamlError("yaml-syntax", _line(event), "an escape that is no character")
        if text or event.anchor or not event.implicit[0]:
            self.last = max(self.last, self._end(event))
        if event.tag is not None:
            return _tagged_scalar(event, text)
        return core_scalar(text) if event.implicit[0] else text

    def _restore(self, text: str) -> str:
        return text.translate(self.breaks) if self.breaks else text

    def _end(self, event: Any) -> int:
        """Return the last line of a scalar; the end of a block scalar is marked at what follows it."""
        end = int(event.end_mark.line) + 1
        if event.style not in {"|", ">"}:
            return end
        self.lines = self.lines or _LINE_END.split(self.text)
        end = min(end, len(self.lines)) - (event.end_mark.column == 0 and end <= len(self.lines))
        kept = event.value.endswith("\n\n")
        while not kept and end > _line(event) and not self.lines[end - 1].strip(" "):
            end -= 1
        return end
