"""What the shells ask when somebody presses Tab, and how each wants its answer.

click finds what may stand at the cursor; the line is read, and the answer written, in the shell's own grammar, so that
a value arrives as it is, whatever stands in it. The scripts that ask are in ``templates/completion/``. An answer is
its kind (``words``, ``folders``, ``files``) and a line for each value. Whatever goes wrong, it is empty. An item may
have ``words``, more of them to know it by, and ``shown``, how a list has it.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from typing import ClassVar

from click.shell_completion import ShellComplete, add_completion_class

from jobvault.cli.candidates import Item
from jobvault.cli.screen import safe
from jobvault.cli.shell_grammar import (
    FISH,
    POSIX,
    POWERSHELL,
    Grammar,
    Typed,
    bash_quoted,
    powershell_quoted,
    read_typed,
)

SCRIPTS = {"bash": "bash.sh", "zsh": "zsh.zsh", "fish": "fish.fish", "powershell": "powershell.ps1"}
"""The shells, and the script of each below ``templates/completion/``."""

_KINDS = {"dir": "folders", "file": "files"}
_INSERT, _LIST, _INSERT_AND_LIST = ("", "9"), ("63",), ("33", "64")
"""bash's ``COMP_TYPE``: codes of Tab, ``?``, ``!`` and ``@`` (bash(1), Shell Variables)."""
_NARROWEST, _LEAST_HELP = 40, 20


class Shell(ShellComplete):
    """What all shells have in common."""

    grammar: ClassVar[Grammar]
    typed = Typed()

    @property
    def shows_several(self) -> bool:
        """Whether several values can be shown that hold what was typed elsewhere than at their start."""
        return True

    def source(self) -> str:
        """Return the script that makes the shell ask."""
        return script(self.name)

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words in front of the one that the cursor stands in, and that one."""
        self.typed = read_typed(os.environ["COMP_LINE"], self.grammar, os.environ.get("COMP_WORDBREAKS", ""))
        return list(self.typed.words), self.typed.word

    def complete(self) -> str:
        """Return the answer. One that cannot be given is empty: nobody asked for an error on Tab."""
        try:
            args, incomplete = self.get_completion_args()
            return "\n".join(self.answer(self.get_completions(args, incomplete)))
        except Exception:  # noqa: BLE001 - whatever it is, the line that is being typed stays as it is
            return ""

    def answer(self, items: Sequence[Item]) -> list[str]:
        """Return the lines of an answer."""
        if items and items[0].type in _KINDS:
            return [_KINDS[items[0].type]]
        return ["words", *self.rows(self._fitting(items))]

    def rows(self, items: Sequence[Item]) -> list[str]:
        """Return the lines for the values that fit what was typed, each the whole word that may stand there."""
        raise NotImplementedError

    def _fitting(self, items: Sequence[Item]) -> list[Item]:
        option, equals, value = self.typed.word.partition("=")
        if not (equals and option.startswith("-")):
            return fitting(items, self.typed.word, several=self.shows_several)
        found = fitting(items, value, several=self.shows_several)
        return [Item(f"{option}={item.value}", help=item.help, shown=item.value) for item in found]


class Bash(Shell):
    """bash puts in what it gets as it is, from where its own idea of a word begins. The second Tab only lists."""

    name = "bash"
    grammar = POSIX

    @property
    def shows_several(self) -> bool:
        """While it lists."""
        return os.environ.get("COMP_TYPE", "") in _LIST

    def rows(self, items: Sequence[Item]) -> list[str]:
        """Return what is listed, or what is put in."""
        if self.shows_several:
            return shown(items)
        word, kept, quote = self.typed.word, self.typed.kept, self.typed.quote
        fit = [item.value for item in items if _folded(item.value).startswith(_folded(kept))]
        if len(fit) > 1:
            fit = _together(fit, word, os.environ.get("COMP_TYPE", ""))
        written = [bash_quoted(value[len(kept) :], quote) for value in fit]
        # bash closes an open quote, but not where the text ends with one.
        return [text + quote if quote and text.endswith(quote) else text for text in written]


def _together(values: Sequence[str], word: str, mode: str) -> list[str]:
    """Return what bash gets for several values: it puts in what all of them share, compared as they are written.

    So they get the capitals that were typed, and where nothing is listed, two stand for all.
    """
    if mode in _INSERT:
        begun = _in_capitals_of(word, _shared(values))
        return [f"{begun}a", f"{begun}b"] if len(_folded(begun)) > len(_folded(word)) else []
    return [_in_capitals_of(word, value) for value in values] if mode in _INSERT_AND_LIST else list(values)


class Zsh(Shell):
    """zsh quotes by itself, and shows a row for each value."""

    name = "zsh"
    grammar = POSIX

    def rows(self, items: Sequence[Item]) -> list[str]:
        """Return each value, and the row that shows it."""
        return [f"{item.value}\t{row}" for item, row in zip(items, shown(items), strict=True)]


class Fish(Shell):
    """fish quotes and lays out by itself."""

    name = "fish"
    grammar = FISH

    def rows(self, items: Sequence[Item]) -> list[str]:
        """Return each value, and what it is."""
        return [f"{item.value}\t{_help(item)}" if item.help else item.value for item in items]


class PowerShell(Shell):
    """PowerShell puts in what it gets as it is, in place of the whole word; Tab goes through several."""

    name = "powershell"
    grammar = POWERSHELL

    def rows(self, items: Sequence[Item]) -> list[str]:
        """Return each value as it is put in, as it is shown, and what it is."""
        return [f"{powershell_quoted(item.value)}\t{_name(item)}\t{_help(item) or item.value}" for item in items]


def register() -> None:
    """Let click know the shells, in place of its own."""
    for shell in (Bash, Zsh, Fish, PowerShell):
        add_completion_class(shell)


def script(shell: str) -> str:
    """Return the script of a shell."""
    from jobvault.vault.shipped import read_template

    return read_template(f"completion/{SCRIPTS[shell]}")


# --- what fits, and how it is shown -----------------------------------------------------------------------------------


def fitting(items: Sequence[Item], word: str, *, several: bool) -> list[Item]:
    """Return the items that begin as a word does, case-blind; else those in which a word inside of them does.

    Of the latter only one alone can take the place of what was typed; ``several`` gives all of them.
    """
    asked = _folded(word)
    begun = [item for item in items if _folded(item.value).startswith(asked)]
    if begun or not asked.strip():
        return begun
    inside = [item for item in items if f" {asked}" in f" {_folded(item.value)} {_folded(item.words or '')}"]
    return inside if several or len(inside) == 1 else []


def shown(items: Sequence[Item]) -> list[str]:
    """Return a row for each item: its value, and what it is where the terminal has room for that."""
    width = max((_columns(_name(item)) for item in items), default=0)
    room = _terminal_width() - width - 3
    rows = []
    for item in items:
        words = _cut(_help(item), room) if room >= _LEAST_HELP else ""
        gap = " " * (width + 2 - _columns(_name(item)))
        rows.append(f"{_name(item)}{gap}{words}" if words else _name(item))
    return rows


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _shared(values: Sequence[str]) -> str:
    """Return the beginning that values share, case-blind, as the first of them has it."""
    first, *rest = values
    for place, char in enumerate(first):
        if any(_folded(other[place : place + 1]) != _folded(char) for other in rest):
            return first[:place]
    return first


def _in_capitals_of(word: str, value: str) -> str:
    """Return a value that begins as a word does, with its beginning as the word has it."""
    same = _folded(value[: len(word)]) == _folded(word)
    return word + value[len(word) :] if same else value


def _name(item: Item) -> str:
    """Return what an item is called in a list."""
    return str(item.shown or item.value)


def _help(item: Item) -> str:
    return safe(" ".join((item.help or "").split()))


def _terminal_width() -> int:
    told = os.environ.get("COLUMNS", "")
    return max(int(told), _NARROWEST) if told.isdecimal() else 80


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    wide = sum(1 for char in text if unicodedata.east_asian_width(char) in "WF")
    none = sum(1 for char in text if unicodedata.combining(char) or unicodedata.category(char) == "Cf")
    return len(text) + wide - none


def _cut(text: str, width: int) -> str:
    """Return as much of a text as the columns hold; no more of it is looked into than that."""
    taken = fits = 0
    for place, char in enumerate(text, 1):
        taken += _columns(char)
        if taken > width:
            return f"{text[:fits].rstrip()}…"
        if taken < width:
            fits = place
    return text
