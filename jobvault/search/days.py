"""Days and spans of time as people write them: ``1 March``, ``2027-03-01``, ``early May``, ``in four weeks``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from jobvault.search.figures import DASH, Figure, any_of, one_line
from jobvault.words import fold

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_LEAP_YEAR = 2000


class DayReader:
    """Reads days and spans; ``words`` is the vocabulary's ``figures``."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        """Make the patterns of all languages at once."""
        self._numbers, self._spans = words["numbers"], words["spans"]
        self._months = {word: int(number) for word, number in words["months"].items() if not word.isdigit()}
        to = any_of(word for word, name in words["amounts"].items() if name == "to")
        month = rf"(?<!\w)(?P<{{}}>{any_of(self._months)})(?!\w)\.?"
        year = r"(?:,?\s(?P<{}>\d{{4}})(?!\d))?"
        self._day = re.compile(
            r"(?<![\w-])(?P<y1>\d{4})-(?P<m1>\d\d)-(?P<d1>\d\d)(?![\w-])"
            r"|(?<![\w.])(?P<d2>\d{1,2})\.\s?(?P<m2>\d{1,2})\.(?:\s?(?P<y2>\d{4}))?(?!\w)"
            rf"|(?<![\w.,])(?:(?P<from>\d{{1,2}})\.?(?:{DASH}|\s(?:{to})\s))?(?P<d3>\d{{1,2}})(?:st|nd|rd|th|\.)?\s"
            rf"(?:[^\W\d]{{2}}\s)?{month.format('m3')}{year.format('y3')}"
            rf"|{month.format('m4')}\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:]){year.format('y4')}"
            rf"|{month.format('m5')}{year.format('y5')}",
            re.IGNORECASE,
        )
        number = rf"\d{{1,3}}|{any_of(word for word in self._numbers if not word.isdigit())}"
        self._span = re.compile(
            rf"(?<![\w.,])(?:(?P<from>{number})(?:{DASH}|\s(?:{to})\s))?(?P<number>{number})[\s-]"
            rf"(?P<of>{any_of(self._spans)})(?!\w)",
            re.IGNORECASE,
        )
        self._to = re.compile(rf"{DASH}|\s(?:{to})\s", re.IGNORECASE)

    def read(self, text: str) -> tuple[Figure, ...]:
        """Return the days and spans in a text, in order.

        A month alone is all of its days. ``3/4/2027`` is not read: it is one day here and another there.
        """
        line = one_line(text)
        found = [(match, figure) for match in self._day.finditer(line) if (figure := self._day_of(match))]
        found += [(match, figure) for match in self._span.finditer(line) if (figure := self._span_of(match))]
        found.sort(key=lambda one: one[0].start())
        figures: list[Figure] = []
        end = 0
        for match, figure in found:
            if figures and self._to.fullmatch(line, end, match.start()) and _is_range(figures[-1], figure):
                figures[-1] = replace(figures[-1], high=figure.high, text=f"{figures[-1].text} – {figure.text}")
            else:
                figures.append(figure)
            end = match.end()
        return tuple(figures)

    def _day_of(self, match: re.Match[str]) -> Figure | None:
        form = next(n for n in range(1, 6) if match[f"m{n}"])
        month = int(match[f"m{form}"]) if form < 3 else self._months.get(fold(match[f"m{form}"]), 0)
        year = int(match[f"y{form}"]) if match[f"y{form}"] else None
        if form == 5:
            told = match[0][0].isupper() or year
            return Figure("day", month * 100 + 1, month * 100 + 31, match[0], year=year) if month and told else None
        day = int(match[f"d{form}"])
        first = int(match["from"]) if match["from"] else day
        if not (_exists(month, day) and _exists(month, first)):
            return None
        return Figure("day", month * 100 + min(first, day), month * 100 + day, match[0], year=year)

    def _span_of(self, match: re.Match[str]) -> Figure | None:
        days = _DAYS.get(self._spans.get(fold(match["of"]), ""), 0)
        last = self._number(match["number"])
        first = self._number(match["from"]) if match["from"] else last
        if not (days and first and last):
            return None
        return Figure("span", min(first, last) * days, max(first, last) * days, match[0])

    def _number(self, written: str) -> int:
        return int(written) if written.isdigit() else int(self._numbers.get(fold(written), 0))


def _exists(month: int, day: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _is_range(one: Figure, two: Figure) -> bool:
    return one.kind == two.kind and one.year == two.year and one.low <= two.high
