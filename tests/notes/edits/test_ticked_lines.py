"""A tick writes what Obsidian Tasks writes, over the table that its own code filled in (``ticked_lines.tsv``)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from jobvault.errors import RefusedError
from jobvault.notes.edits.task import set_task
from jobvault.notes.note import Note
from jobvault.notes.task_fields import Field, read_fields
from jobvault.notes.tasks import TASK_LINE, set_status
from tests.notes.ticked import TICKED_ON, Ticked, read_ticked
from tests.notes.written import parsed
from tests.sizes import size

TABLE = read_ticked()
AS_WRITTEN = tuple(row for row in TABLE if row.after == row.tasks)
"""The lines that stand as Obsidian Tasks writes lines."""
ENDINGS = ("\n", "\r\n", "\r")
IN_ONE_NOTE = size(25, 1000)


def content(line: str) -> str:
    task = TASK_LINE.match(line)
    assert task, line
    return task[6]


def pieces(line: str) -> list[tuple[str, str]]:
    """Return what a line says, as an unordered table of its fields, tags and words; the box and its dates left out."""
    found = read_fields(content(line), ("due",))
    words = content(line)[: found[0].start].split() if found else content(line).split()
    fields = [(p.key, re.sub(r"\s", "", p.value)) if isinstance(p, Field) else (p.kind, p.name) for p in found]
    tags = [("tag", word[1:]) for word in words if word.startswith("#")]
    said = " ".join(word for word in words if not word.startswith("#"))
    return sorted([("words", said), *tags, *(pair for pair in fields if pair[0] != "number")])


def test_the_table_holds_what_it_should() -> None:
    assert len(TABLE) >= 1400
    assert len(AS_WRITTEN) >= 1000
    assert len({(row.before, row.char) for row in TABLE}) == len(TABLE)
    assert all(row.before != row.after for row in TABLE)
    kinds: dict[str, Callable[[Ticked], object]] = {
        "nested": lambda row: row.indent.strip(">") != "" and row.indent.strip() == "",
        "quoted": lambda row: ">" in row.indent,
        "numbered": lambda row: row.before.lstrip(" \t>")[0].isdigit(),
        "with an id": lambda row: "🆔" in row.before or "[id:: " in row.before,
        "depending": lambda row: "⛔" in row.before or "[dependsOn:: " in row.before,
        "with a priority": lambda row: re.search("[🔺⏫🔼🔽⏬]|priority::", row.before),
        "tagged": lambda row: re.search(" #[a-zÄ]", row.before),
        "with a block id": lambda row: re.search(r" \^[a-z0-9-]+\s*$", row.before),
        "emoji": lambda row: row.form == "emoji",
        "dataview": lambda row: row.form == "dataview",
        "plain": lambda row: row.form == "plain" and "due" in row.before,
        "open": lambda row: "[ ]" in row.before,
        "in progress": lambda row: "[/]" in row.before,
        "done": lambda row: "[x]" in row.before,
        "cancelled": lambda row: "[-]" in row.before,
        "ticked": lambda row: row.char == "x",
        "called off": lambda row: row.char == "-",
        "started": lambda row: row.char == "/",
        "unticked": lambda row: row.char == " ",
    }
    counts = {name: sum(bool(test(row)) for row in AS_WRITTEN) for name, test in kinds.items()}
    assert {name: count for name, count in counts.items() if count < 50} == {}
    between = re.compile(r"\d\d\d\d-\d\d-\d\d[\]),]* +#\S+ .*\d\d\d\d-\d\d-\d\d")
    assert sum(bool(between.search(row.before)) for row in TABLE) >= 20, "tags between the fields"


@pytest.mark.parametrize("form", ["emoji", "dataview", "plain"])
def test_each_line_is_ticked_as_obsidian_tasks_writes_it(form: str) -> None:
    rows = [row for row in TABLE if row.form == form]
    wrong = [row for row in rows if set_status(row.before, row.char, TICKED_ON) != row.after]
    assert (len(rows) >= 200, wrong) == (True, [])


def test_a_line_that_stands_otherwise_says_the_same_as_the_one_obsidian_tasks_writes() -> None:
    others = [row for row in TABLE if row.after != row.tasks]
    assert len(others) >= 300
    for row in others:
        assert pieces(row.after) == pieces(row.tasks), row
        assert row.after.startswith(row.before[: row.before.index("[")])


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_line_is_ticked_in_its_note_and_every_other_line_stays(ending: str) -> None:
    """Each row in a note of its own, with one kind of line ending."""
    for row in TABLE[ENDINGS.index(ending) :: len(ENDINGS)]:
        lines = ["\ufeff# Title", "", "Words.", "", *row.above, row.before, "", "- [ ] Another 📅 2026-11-28", "  "]
        place = 4 + len(row.above)
        new = set_task(parsed(ending.join(lines)), place + 1, row.char, TICKED_ON)
        assert new.text == ending.join([*lines[:place], row.after, *lines[place + 1 :]]), row


def test_the_tasks_of_one_long_note_are_ticked_one_after_the_other() -> None:
    """The note holds all lines; how many are ticked depends on the size of the run."""
    lines: list[str] = []
    places: list[int] = []
    for row in AS_WRITTEN:
        lines += ["", "Words.", "", *row.above, row.before]
        places.append(len(lines))
    note = parsed("\n".join(lines))
    for place, row in list(zip(places, AS_WRITTEN, strict=True))[:: len(AS_WRITTEN) // IN_ONE_NOTE]:
        note = set_task(note, place, row.char, TICKED_ON)
        lines[place - 1] = row.after
    assert note.text == "\n".join(lines)


def refusal(note: Note, line: int, char: str) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        set_task(note, line, char, TICKED_ON)
    return caught.value


def recurring(row: Ticked, index: int) -> str:
    """Return the line with a recurrence: right behind its words, or last before a block id."""
    field = (
        ("  [repeat:: every week]", "  (repeat:: every 2 weeks)")
        if row.form == "dataview"
        else (" 🔁 every week", " 🔁every 2 days when done")
    )
    found = read_fields(content(row.before), ("due",))
    at = [piece.start for piece in found if isinstance(piece, Field)]
    block_id = re.search(r" \^[a-z0-9-]+\s*$", row.before)
    last = block_id.start() if block_id else len(row.before.rstrip())
    offset = len(row.before) - len(content(row.before))
    place = offset + at[0] if at and index % 2 else last
    return row.before[:place] + field[index % 4 // 2] + row.before[place:]


@pytest.mark.parametrize("char", ["x", "-", "/", " "])
def test_a_task_that_repeats_is_refused_with_its_line(char: str) -> None:
    for index, row in enumerate(AS_WRITTEN["x-/ ".index(char) :: 10]):
        lines = ["# Title", "", *row.above, recurring(row, index), "- [ ] other"]
        line = 3 + len(row.above)
        error = refusal(parsed("\n".join(lines)), line, char)
        assert (error.line, "repeats" in error.why) == (line, True), lines
