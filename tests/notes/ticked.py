"""The task lines of ``ticked_lines.tsv``: before and after a tick, as Obsidian Tasks writes them, and as jobvault does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

TICKED_ON = date(2026, 11, 25)
_ABOVE = {"    ": ("- above", ""), "\t": ("- above", ""), "\t\t": ("- above", "\t- between", "")}
"""What must stand above a line that is indented so, that it is an item and no code; blank, since `2.` ends no paragraph."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """One line: its form, the box to be set, the line before, as Obsidian Tasks writes it, as jobvault does."""

    form: str
    char: str
    before: str
    tasks: str
    after: str

    @property
    def indent(self) -> str:
        """What stands before the marker."""
        return self.before[: len(self.before) - len(self.before.lstrip(" \t>"))]

    @property
    def above(self) -> tuple[str, ...]:
        """The lines that make it an item where it would be code alone."""
        return _ABOVE.get(self.indent, ())


def read_ticked() -> tuple[Ticked, ...]:
    """Read the table."""
    text = Path(__file__).with_name("ticked_lines.tsv").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in text.split("\n") if row and not row.startswith("#")]
    return tuple(
        Ticked(form, " " if char == "open" else char, _line(before), _line(tasks), _line(tasks if own == "=" else own))
        for form, char, before, tasks, own in rows
    )


def _line(cell: str) -> str:
    assert cell.endswith("|"), cell
    return cell[:-1].replace("\\t", "\t")
