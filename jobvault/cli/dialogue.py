"""The five questions of ``jobvault new --ask``, for somebody who is tired: asked one by one, each may be skipped.

What was said is kept at every moment, so that Ctrl-C or a closed terminal loses no line of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import click

from jobvault.actions.answers import Answers, said
from jobvault.actions.introductions import Acquaintances, read_introductions
from jobvault.actions.room import Introduction, Room, gather
from jobvault.actions.scaffold import read_guest
from jobvault.cli.keyboard import Keyboard, StopAskingError
from jobvault.cli.screen import safe
from jobvault.cli.session import read_yes_or_no, yes_or_no
from jobvault.words import Words

QUESTIONS = (("people",), ("asked",), ("strong", "weak"), ("overall",), ("takeaways",))
"""What is asked under each number: the names of texts, and of the fields of ``Answers``."""
_PROMPT = "  > "
_LONGEST_YES = 5
_MOST_BLANK = 3
"""Lines that one blank line of a paste can come as: its CR and LF, and the LF of the line before."""


@dataclass
class Dialogue:
    """Asks the questions; what was said so far is in ``answers`` and ``room``, whatever came between."""

    words: Words
    keyboard: Keyboard
    known: Acquaintances
    stopped: StopAskingError | None = None
    _said: dict[str, list[str]] = field(default_factory=lambda: {name: [] for names in QUESTIONS for name in names})
    _answer: list[str] | None = None
    """Where the line that is being typed goes; None between the questions."""
    _nobody: set[str] = field(default_factory=set)
    _names: dict[str, str] = field(default_factory=dict)
    _settled: bool = False

    def hold(self) -> None:
        """Ask everything. Returns also when it was stopped: ``stopped`` then says how."""
        try:
            self._show(self._text("how"), dim=True)
            for number, names in enumerate(QUESTIONS, 1):
                for name in names:
                    self._ask(f"{number}/{len(QUESTIONS)}" if name == names[0] else "   ", name)
                if names == ("people",):
                    self._settle()
        except StopAskingError as stop:
            self.stopped = stop
            if self._answer is not None and stop.half.strip():
                self._answer.append(stop.half)

    @property
    def answers(self) -> Answers:
        """What was said so far."""
        return Answers(**{name: said(lines, self.words) for name, lines in self._said.items()})

    @property
    def room(self) -> Room:
        """Who was there, as far as it was said. What nobody could be asked about counts where it begins as a name."""
        introduced, nobody = self._introductions(), set(self._nobody)
        if not self._settled:
            nobody |= {one.name for one in introduced if not one.sure and not one.name[0].isupper()}
        return gather(introduced, nobody, self._names)

    def wants_it_empty(self) -> bool:
        """Ask whether a debrief is wanted of which nothing was said."""
        try:
            self._show("")
            return self._agrees(self._text("empty"), default=False, otherwise="overall")
        except StopAskingError as stop:
            self.stopped = stop
            return False

    # --- a question --------------------------------------------------------------------------------------------------

    def _ask(self, number: str, name: str) -> None:
        self._show("")
        self._show(f"{number} {self._text(name)}", bold=True)
        if self.words.has(f"ask.{name}-hint"):
            self._show(f"    {self._text(f'{name}-hint')}", dim=True)
        self._answer = self._said[name]
        self._listen(self._answer)
        self._answer = None

    def _listen(self, lines: list[str]) -> None:
        """Take lines until an empty one; blank lines within what was pasted end nothing."""
        blank = 0
        while True:
            try:
                text = self.keyboard.text(_PROMPT)
            except EOFError:
                self._show("")
                return
            if text.strip():
                lines.append(text)
                blank = 0
                continue
            blank += 1
            if not lines or blank > _MOST_BLANK or not self.keyboard.follows():
                return

    # --- who is meant ------------------------------------------------------------------------------------------------

    def _introductions(self) -> tuple[Introduction, ...]:
        return read_introductions(self.answers.people, self.words, self.known.knows)

    def _settle(self) -> None:
        """Ask whether what may be no name is one, and whether names that are near known ones mean these."""
        introduced = self._introductions()
        doubtful = {read_guest(one.name).name: one.name for one in introduced if one.name and not one.sure}
        self._doubt([name for name in doubtful if not name[:1].islower()], default=True)
        self._doubt([name for name in doubtful if name[:1].islower()], default=False)
        for one in gather(introduced, self._nobody).people:
            if one.guest.name != "?":
                self._names[one.guest.name] = self._meant(one.guest.name)
        self._settled = True

    def _doubt(self, names: Sequence[str], *, default: bool) -> None:
        """Ask about all at once; only where that is denied, about each."""
        if not names or self._agrees(self._text("person", n=len(names), names=", ".join(names)), default=default):
            return
        if len(names) == 1:
            self._nobody |= {one.name for one in self._introductions() if not one.sure and _is_named(one, names[0])}
            return
        for name in names:
            self._doubt([name], default=default)

    def _meant(self, name: str) -> str:
        if sure := self.known.meant(name):
            return sure
        for other in self.known.near(name):
            if self._agrees(self._text("meant-person", name=other), default=other in self.known.company):
                return other
        return name

    def _agrees(self, question: str, *, default: bool, otherwise: str = "people") -> bool:
        """Ask for yes or no; other words of some length, such as the rest of a paste, belong to an answer."""
        shown = safe(f"    {question} [{yes_or_no(default=default, words=self.words)}] ")
        while True:
            try:
                answer = self.keyboard.text(shown)
            except EOFError:
                self._show("")
                return default
            if (agreed := read_yes_or_no(answer, default=default, words=self.words)) is not None:
                return agreed
            if len(answer.strip()) > _LONGEST_YES:
                self._said[otherwise].append(answer)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def _text(self, key: str, /, **values: object) -> str:
        return self.words.text(f"ask.{key}", **values)

    def _show(self, text: str, *, bold: bool = False, dim: bool = False) -> None:
        """Show words on standard error; a terminal that is gone ends the dialogue."""
        shown = fitted(safe(text))
        if shown and not os.environ.get("NO_COLOR"):
            shown = click.style(shown, bold=bold or None, dim=dim or None)
        try:
            click.echo(shown, err=True, color=sys.stderr.isatty())
        except OSError:
            raise StopAskingError(gone=True) from None


def _is_named(one: Introduction, name: str) -> bool:
    return bool(one.name) and read_guest(one.name).name == name


def fitted(text: str) -> str:
    """Return a text in lines that the terminal can hold, broken at blanks; as it is where standard error is none."""
    try:
        width = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return text
    if len(text) < width or not width:
        return text
    from textwrap import fill

    indent = " " * (len(text) - len(text.lstrip(" ")))
    return fill(text, width - 1, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
