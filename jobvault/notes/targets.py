"""Where a link goes: destinations, titles and definitions in the source, and the notes they name.

Source of the grammar: https://spec.commonmark.org/0.31.2/#links and #link-reference-definitions.
"""

from __future__ import annotations

import re

_PUNCTUATION = r"[!-/:-@\[-`{-~]"
ESCAPE = re.compile(rf"\\({_PUNCTUATION})")
"""A backslash escape; its group is what it stands for."""
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE_OR_ENTITY = re.compile(f"{ESCAPE.pattern}|{ENTITY.pattern}")
_LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.)*)\]:[ \t]*\n?[ \t]*", re.DOTALL)
_LABEL_MOST = 999
_ANGLE = re.compile(r"<(?:[^<>\\\n]|\\.)*>")
_BARE = re.compile(rf"[^\\()\x00-\x20\x7f]+|\\{_PUNCTUATION}|[\\()]")
_PARENTHESES_MOST = 32
_TITLE = re.compile(r"""\"(?:[^"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)""", re.DOTALL)
_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_EXTENSION = re.compile(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]+\Z")
_BREAKS = str.maketrans(dict.fromkeys("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))

NOTE = ".md"
ATTACHMENTS = frozenset(
    f".{name}"
    for group in (
        ("avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"),
        ("flac", "m4a", "mp3", "ogg", "opus", "wav", "webm", "3gp", "mkv", "mov", "mp4", "ogv"),
        ("pdf", "canvas", "base"),
    )
    for name in group
)
"""Endings of what is no note although a wikilink can name it (https://obsidian.md/help/file-formats)."""


def definition_end(source: str, at: int = 0) -> int:
    """Give the end, behind its last line, of the link reference definition that starts at ``at``; 0 if none does.

    ``source`` are the lines of a paragraph, without the blanks at their ends, joined with LF.
    """
    label = _LABEL.match(source, at)
    if not label or len(label[1]) > _LABEL_MOST or not label[1].strip(" \t\n"):
        return 0
    target = destination_end(source, label.end())
    if target == label.end():
        return 0
    title = title_end(source, target)
    end = (title and _LINE_END.match(source, title)) or _LINE_END.match(source, target)
    return end.end() if end else 0


def destination_end(source: str, at: int) -> int:
    """Give the end of the link destination that starts at ``at``; ``at`` itself if none does."""
    if source.startswith("<", at):
        angle = _ANGLE.match(source, at)
        return angle.end() if angle else at
    end, depth = at, 0
    while match := _BARE.match(source, end):
        if match[0] == "(":
            depth += 1
            if depth > _PARENTHESES_MOST:
                return at
        elif match[0] == ")":
            if not depth:
                break
            depth -= 1
        end = match.end()
    return at if depth else end


def title_end(source: str, at: int) -> int:
    """Give the end of the link title behind the blanks at ``at``; 0 if there are none or no title follows them."""
    gap = _GAP.match(source, at)
    if not gap or gap.end() == at:
        return 0
    title = _TITLE.match(source, gap.end())
    return title.end() if title else 0


def unescaped(source: str) -> str:
    """Resolve the backslash escapes and entities of a destination."""
    if "\\" not in source and "&" not in source:
        return source
    return _ESCAPE_OR_ENTITY.sub(lambda match: match[1] or entity(match[0]), source)


def entity(source: str) -> str:
    """Give the character that an entity stands for, a line break as a blank; what is unknown stays."""
    from html import unescape
    from html.entities import html5

    if source[1] != "#" and source[1:] not in html5:
        return source
    return unescape(source).translate(_BREAKS)


def note_at(destination: str) -> str:
    """Give the note that a Markdown link's destination leads to, as written but decoded, without part and ``.md``.

    Empty if it leads elsewhere: out of the vault, to a folder, to something that is no note, within the same note.
    """
    path = unescaped(destination[1:-1] if destination.startswith("<") else destination).partition("#")[0]
    if not path or path.endswith("/") or path.startswith("/") or _SCHEME.match(path):
        return ""
    if "%" in path:
        from urllib.parse import unquote

        path = unquote(path)
    extension = _EXTENSION.search(path)
    if extension and extension[0].lower() != NOTE:
        return ""
    return (path[: extension.start()] if extension else path).removeprefix("./").translate(_BREAKS).strip()


def note_named(name: str) -> str:
    """Give the note that a wikilink names, without ``#part`` and ``.md``; empty if it names no note."""
    path = name.partition("#")[0].strip()
    extension = path[path.rfind(".") :].lower() if "." in path else ""
    if extension in ATTACHMENTS:
        return ""
    return path[: -len(NOTE)] if extension == NOTE else path
