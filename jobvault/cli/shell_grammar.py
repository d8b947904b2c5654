"""How the shells quote: reading the line that is being typed, and writing a value so that it arrives as it is.

Nothing is expanded but quotes and escapes. A variable or a command in the line stays the text that it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_BLANK = " \t\n"


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a shell quotes.

    ``escape`` takes the next character as it is, outside of quotes always, inside of them only before
    ``in_single`` and ``in_double``. ``single`` and ``double`` are the characters that quote; with ``doubled``, two of
    them in a row are one of the text. ``ansi`` knows ``$'…'``.
    """

    escape: str = "\\"
    single: str = "'"
    double: str = '"'
    in_single: str = ""
    in_double: str = '$`"\\'
    doubled: bool = False
    ansi: bool = False


POSIX = Grammar(ansi=True)
"""bash and zsh (POSIX.1-2024, 2.2 Quoting; ``$'…'`` is bash's ANSI-C quoting)."""
FISH = Grammar(in_single="\\'", in_double='\\"$')
"""https://fishshell.com/docs/current/language.html#quotes"""
POWERSHELL = Grammar(
    escape="`", single="'\u2018\u2019\u201a\u201b", double='"\u201c\u201d\u201e', in_double='`"$', doubled=True
)
"""about_Quoting_Rules of PowerShell. It takes typographic quotes for quotes."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A line up to the cursor.

    ``words`` are the whole words behind the program's name, ``word`` what there is of the next one. ``quote`` is the
    quote that is open in it. ``kept`` is how ``word`` begins where the shell replaces only a later part of it.
    """

    words: tuple[str, ...] = ()
    word: str = ""
    quote: str = ""
    kept: str = ""


def read_typed(line: str, grammar: Grammar, breaks: str = "") -> Typed:
    """Read a line. ``breaks`` are the characters at which the shell begins anew within a word (bash's readline)."""
    reader = _Reader(line, grammar, breaks)
    reader.read()
    words = reader.words
    while words and _is_assignment(words[0]):
        words = words[1:]
    return Typed(tuple(words[1:]), reader.word or "", reader.quote[-1:], reader.kept)


def _is_assignment(word: str) -> bool:
    """Whether a word in front of a command sets a variable for it: ``TZ=UTC jobvault``."""
    name, equals, _ = word.partition("=")
    return bool(equals) and name.isidentifier()


@dataclass(slots=True)
class _Reader:
    line: str
    grammar: Grammar
    breaks: str
    words: list[str] = field(default_factory=list)
    word: str | None = None
    quote: str = ""
    kept: str = ""

    def read(self) -> None:
        place = 0
        while place < len(self.line):
            place = self._quoted(place) if self.quote else self._bare(place)

    def _bare(self, place: int) -> int:
        char, after = self.line[place], self.line[place + 1 : place + 2]
        if char in _BLANK:
            self._end_word()
            return place + 1
        if char == self.grammar.escape:
            self._add(after if after != "\n" else "")
            return place + 2
        if char in self.grammar.single + self.grammar.double:
            return self._open(char, place + 1)
        if self.grammar.ansi and char == "$" and after == "'":
            return self._open("$'", place + 2)
        self._add(char)
        self._break_behind(char)
        return place + 1

    def _quoted(self, place: int) -> int:
        char, after = self.line[place], self.line[place + 1 : place + 2]
        if self._closes(char):
            if self.grammar.doubled and after and self._closes(after):
                self._add(after)
                return place + 2
            self._break_behind(self.quote[-1])
            self.quote = ""
            return place + 1
        if char == self.grammar.escape and after and self._may_escape(after):
            self._add(after)
            return place + 2
        self._add(char)
        return place + 1

    def _open(self, quote: str, behind: int) -> int:
        self._add("")
        self.quote = quote
        self._break_behind(quote[-1])
        return behind

    def _closes(self, char: str) -> bool:
        grammar = self.grammar
        return char in (grammar.single if self.quote[-1] in grammar.single else grammar.double)

    def _may_escape(self, char: str) -> bool:
        if self.quote == "$'":
            return char in "\\'\""
        return char in (self.grammar.in_single if self.quote in self.grammar.single else self.grammar.in_double)

    def _add(self, text: str) -> None:
        self.word = (self.word or "") + text

    def _break_behind(self, char: str) -> None:
        if char in self.breaks:
            self.kept = self.word or ""

    def _end_word(self) -> None:
        if self.word is not None:
            self.words.append(self.word)
        self.word, self.kept = None, ""


# --- writing ----------------------------------------------------------------------------------------------------------

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+:=")
"""The characters of ASCII that no shell takes for anything but themselves."""


def bash_quoted(text: str, quote: str = "") -> str:
    """Return a text as bash reads it back, outside of quotes or inside of an open one.

    A ``!`` would call up an older line even between double quotes, and would keep a backslash there.
    """
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        return "".join("\"'!'\"" if char == "!" else f"\\{char}" if char in '$`"\\' else char for char in text)
    return "".join(char if char in _PLAIN or not char.isascii() else f"\\{char}" for char in text)


def powershell_quoted(text: str) -> str:
    """Return a text as PowerShell reads it back."""
    if _PLAIN.issuperset(text):
        return text
    inner = "".join(char * 2 if char in POWERSHELL.single else char for char in text)
    return f"'{inner}'"
