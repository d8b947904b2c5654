"""A letter's text in its parts: the greeting, the paragraphs with their sentences, the close; each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobvault.letters.check.lexicon import Lexicon, fold_long, split, wide_signs
from jobvault.model import Letter

SIGNS_A_WORD = 1.5
"""How many Chinese or Japanese signs are counted as one word."""
MOST_READ = 40_000
"""Characters of a letter that are compared; what follows is counted, so that no letter costs minutes."""
_LONGEST_GREETING = 8
_LONGEST_BARE_GREETING = 4
_MOST_NAMES = 3
"""Words behind “Good morning,” that may be the name."""
_LONGEST_CLOSE_ROW, _LONGEST_CLOSING_ROW, _LONGEST_NAME = 9, 12, 3
_MOST_CLOSE_ROWS = 7
_GREETING_END = re.compile(r"[,!:;，！：、]|\s[-–—]|—|(?<=\w{3})\.\s")
_BARE_GREETING = re.compile(r"[,!:，：！]\s*$|\s[-–—]\s*$")
_ENDS = re.compile(r"[.!?:…。！？：][\"”’»)\]]*\s*\\?$")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+|[。！？]+[”」』）]*\s*")
_ABBREVIATED = re.compile(
    r"(?:(?<!\w)\w|\b(?:e\.g|i\.e|z\.\s?b|d\.\s?h|u\.\s?a|vgl|bzw|ca|nr|no|vs|etc|st|inc|ltd|co|approx))\.$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«|\"[^\"]*\"|「[^」]*」|(?<!\w)‘[^’]*’(?!\w)")


@dataclass(frozen=True)
class Sentence:
    """One sentence: as a reader sees it, the line it begins in, and the number of its paragraph."""

    text: str
    line: int
    paragraph: int

    @cached_property
    def folded(self) -> str:
        """Its words, folded."""
        return fold_long(self.text)

    @cached_property
    def bare(self) -> str:
        """Its words without what stands between quotation marks, folded."""
        return fold_long(_QUOTED.sub(" ", self.text))

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark that is not part of a quotation."""
        return _QUOTED.sub("", self.text).rstrip(' )’”"*_').endswith(("?", "？"))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a letter: as a reader sees it (``text``) and as it is written (``raw``)."""

    text: str
    raw: str
    line: int
    paragraph: int
    kind: str = "paragraph"


@dataclass(frozen=True)
class Text:
    """A letter's text. ``greeting`` and ``close`` hold their rows; ``sentences`` are those between and in a postscript.

    ``words`` counts what stands between; of a text without blanks, signs are counted (``SIGNS_A_WORD``).
    """

    rows: tuple[Row, ...]
    greeting: Row | None
    close: tuple[Row, ...]
    sentences: tuple[Sentence, ...]
    words: int

    @property
    def line(self) -> int | None:
        """The line where it begins, behind the greeting where there is something."""
        return self.sentences[0].line if self.sentences else self.rows[0].line if self.rows else None

    @property
    def end(self) -> int | None:
        """The line of its last sentence."""
        return self.sentences[-1].line if self.sentences else self.line

    @cached_property
    def paragraphs(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences, by paragraph."""
        table: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            table.setdefault(sentence.paragraph, []).append(sentence)
        return tuple(tuple(found) for found in table.values())


def read_text(letter: Letter, lexicon: Lexicon, plain: Callable[[str], str]) -> Text:
    """Read a letter's text. ``plain`` gives the words of a line of Markdown as a reader sees them."""
    every = tuple(
        Row(plain(row.removesuffix("\\")).strip(), row, passage.line + place, number, passage.kind)
        for number, passage in enumerate(letter.passages)
        for place, row in enumerate(passage.rows)
    )
    rows = tuple(_bounded(every))
    greeting, rest = _greeting(rows, lexicon)
    body, close = _close(rest, lexicon)
    beyond = [row.text for row in every[len(rows) :]] + [row.text[MOST_READ:] for row in every[: len(rows)]]
    words = sum(words_in(row.text) for row in body) + sum(map(words_in, beyond))
    return Text(rows, greeting, close, tuple(_sentences(body, lexicon)), words)


def words_in(text: str) -> int:
    """Return how many words a text has."""
    signs = wide_signs(text)
    if not signs:
        return sum(any(char.isalnum() for char in word) for word in text.split())
    spaced = sum(word.isascii() and any(map(str.isalnum, word)) for word in split(fold_long(text)))
    return spaced + round(signs / SIGNS_A_WORD)


def _bounded(rows: Sequence[Row]) -> Iterator[Row]:
    read = 0
    for row in rows:
        if read > MOST_READ:
            return
        yield (
            row
            if len(row.raw) <= MOST_READ
            else Row(row.text[:MOST_READ], row.raw[:MOST_READ], row.line, row.paragraph, row.kind)
        )
        read += len(row.raw)


def _greeting(rows: tuple[Row, ...], lexicon: Lexicon) -> tuple[Row | None, tuple[Row, ...]]:
    """Return the greeting, and the rows behind it; a text that begins in the greeting's row goes on there."""
    first = next((place for place, row in enumerate(rows) if row.text and row.kind != "heading"), None)
    if first is None:
        return None, rows
    row, rest = rows[first], rows[first + 1 :]
    head = row.text[:200]
    begun = _begins_with(lexicon, "greetings", head)
    if not begun:
        bare = _BARE_GREETING.search(head) and len(row.text) < 60 and words_in(row.text) <= _LONGEST_BARE_GREETING
        return (row, rest) if bare else (None, rows[first:])
    end = _end_of_greeting(head, lexicon)
    said = head[:end].strip() if end else row.text
    if words_in(said) > _LONGEST_GREETING:
        return None, rows[first:]
    after = row.text[end:].lstrip(" ,!:;-–—，！：、.") if end else ""
    greeting = Row(said, row.raw, row.line, row.paragraph, row.kind)
    more = (Row(after, row.raw, row.line, row.paragraph, row.kind),) if after else ()
    return greeting, (*more, *rest)


def _end_of_greeting(head: str, lexicon: Lexicon) -> int | None:
    titles = lexicon.vocabulary.titles
    for found in _GREETING_END.finditer(head):
        said = fold_long(head[: found.start()])
        before = said.split()[-1:]
        follows = words_in(head[found.end() :].split(",", maxsplit=1)[0])
        if said in lexicon.phrases["greetings"] and follows <= _MOST_NAMES:
            continue
        if found[0].strip() != "." or not before or before[0] not in titles:
            return found.start()
    return None


def _begins_with(lexicon: Lexicon, group: str, text: str) -> bool:
    words = fold_long(text).split()
    return any(" ".join(words[:count]) in lexicon.phrases[group] for count in range(1, 6))


def _close(rows: tuple[Row, ...], lexicon: Lexicon) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Part the close from the rows above it; what follows a ``P.S.`` is text."""
    rows = tuple(row for row in rows if row.text)
    starts = [row.paragraph for row in rows[1:] if _begins_with(lexicon, "postscript", row.text[:40])]
    after = tuple(row for row in rows if starts and row.paragraph >= starts[0])
    above = rows[: len(rows) - len(after)]
    start = len(above)
    closing = False
    while start > 0 and len(above) - start < _MOST_CLOSE_ROWS and not closing:
        row = above[start - 1]
        if not _is_close(above, start - 1, lexicon):
            break
        start -= 1
        closing = _begins_with(lexicon, "closings", row.text[:80]) or (
            row.text.endswith(",") and start < len(above) - 1
        )
    if start == 0 and above and not closing and words_in(above[0].text) > _LONGEST_NAME:
        start = 1
    return (*above[:start], *after), above[start:]


def _is_close(rows: Sequence[Row], place: int, lexicon: Lexicon) -> bool:
    row = rows[place]
    if row.kind not in ("paragraph", "other") or row.text.rstrip('"”’»)').endswith(("?", "？")) or len(row.text) > 120:
        return False
    words = words_in(row.text)
    before = rows[place - 1] if place else None
    runs_on = (
        before is not None
        and before.paragraph == row.paragraph
        and not before.raw.endswith("\\")
        and not _ENDS.search(before.text)
        and words_in(before.text) > _LONGEST_CLOSE_ROW
    )
    if runs_on:
        return False
    if _begins_with(lexicon, "closings", row.text[:80]):
        return words <= (_LONGEST_CLOSING_ROW if not _ENDS.search(row.text) else _LONGEST_NAME)
    if _ENDS.search(row.text):
        return place == len(rows) - 1 and words <= _LONGEST_NAME and "!" not in row.text
    return words <= _LONGEST_CLOSE_ROW


def _sentences(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[Sentence]:
    number, gathered = -1, list[Row]()
    for row in rows:
        if gathered and row.paragraph != number:
            yield from _split(gathered, lexicon)
            gathered = []
        number = row.paragraph
        gathered.append(row)
    yield from _split(gathered, lexicon)


def _split(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[Sentence]:
    """Cut a paragraph into sentences."""
    text, starts = "", list[tuple[int, int]]()
    for row in rows:
        starts.append((len(text), row.line))
        text += row.text + " "
    start = 0
    for end in [*_ends(text, lexicon), len(text)]:
        said = text[start:end]
        if said.strip():
            at = start + len(said) - len(said.lstrip())
            line = max(line for begins, line in starts if begins <= at)
            yield Sentence(said.strip(), line, rows[0].paragraph)
        start = end


def _ends(text: str, lexicon: Lexicon) -> Iterator[int]:
    for found in _SENTENCE_END.finditer(text):
        follows = text[found.end() : found.end() + 1]
        mark = found[0].strip()
        if mark.startswith("."):
            before = text[max(0, found.start() - 12) : found.start() + 1]
            word = fold_long(before).split()[-1:]
            dated = word and word[0].isdecimal() and len(word[0]) <= 2 and _is_month(text[found.end() :], lexicon)
            if dated or _ABBREVIATED.search(before) or (word and word[0] in lexicon.vocabulary.titles):
                continue
        if follows and follows.islower() and mark[:1] in ".…":
            continue
        yield found.end()


def _is_month(text: str, lexicon: Lexicon) -> bool:
    word = fold_long(text[:20]).split()[:1]
    return bool(word) and word[0] in lexicon.vocabulary.speech.months
