"""Thousands of notes as the world has them: an edit changes what was meant and no other byte, or is refused.

What must stay is told by how the notes were made, and by two other YAML readers; not by the code that edits.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from jobvault.errors import RefusedError
from jobvault.notes.edits.block import replace_block
from jobvault.notes.edits.items import add_item
from jobvault.notes.edits.properties.edit import Settable, remove_property, set_property
from jobvault.notes.edits.task import set_task
from jobvault.notes.note import Note, encode, parse_note
from tests.notes.awkward_front import KEYS, AwkwardNote, Row, awkward_note
from tests.notes.awkward_notes import between
from tests.notes.written import PATH, WORDS
from tests.sizes import size

NOTES = size(400, 5_000)
SOUPS = size(3_000, 100_000)

NEW: list[Settable] = [
    "Acme", "no", "3", 3, 2.5, True, dt.date(2026, 11, 20), dt.datetime(2026, 11, 20, 10, 30), "a: b", "# x", "{{x}}",  # noqa: DTZ001
    "two\nlines", "é\u2028", "'", '"', "- x", "&a", "14:30", "x" * 300, "[[Dana Reyes]]", "a, b]", None,
    ["[[Dana Reyes]]"], ["a", "b"], ["a, b", "c: d", "]"], ["no", "1"],
]  # fmt: skip


# --- another pair of eyes ---------------------------------------------------------------------------------------------


def front_of(data: bytes) -> tuple[bytes, bytes]:
    """Part a note's bytes into front matter and the rest, by its fences alone."""
    found = re.match(
        rb"(?:\xef\xbb\xbf)?---[ \t]*(?:\r\n|\n|\r)(.*?)(?<=[\r\n])---[ \t]*(?:\r\n|\n|\r|\Z)", data, re.DOTALL
    )
    return (found[1], data[found.end() :]) if found else (b"", data.removeprefix(b"\xef\xbb\xbf"))


def by_pyyaml(data: bytes) -> dict[str, Any] | None:
    """Read front matter with PyYAML, all of it as text; None where it takes offence at a tab or a line separator."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.load(front_of(data)[0].decode("utf-8"), Loader=loader) or {}
    except (yaml.YAMLError, ValueError):
        return None


def by_ruamel(data: bytes) -> dict[str, Any] | None:
    """Read front matter with ruamel.yaml, as YAML 1.2; None where it does not know a tag."""
    try:
        return YAML(typ="safe", pure=True).load(front_of(data)[0].decode("utf-8")) or {}
    except (YAMLError, ValueError):
        return None


def fold(key: object) -> str:
    return str(key).strip().casefold().replace("-", "_").replace(" ", "_")


def rest(values: dict[str, Any], key: str) -> list[tuple[str, str]]:
    return [(str(name), repr(value)) for name, value in values.items() if fold(name) != fold(key)]


def the_rest_reads_the_same(old: bytes, new: bytes, key: str) -> int:
    """Compare what two readers make of all other properties; returns how many of them could read the note before."""
    readers = 0
    for read in (by_pyyaml, by_ruamel):
        if (before := read(old)) is not None:
            readers += 1
            after = read(new)
            assert after is not None
            assert rest(before, key) == rest(after, key)
    return readers


def it_reads_as(new: bytes, key: str, value: Settable) -> None:
    read = by_ruamel(new)
    if read is not None:
        found = {fold(name): one for name, one in read.items()}
        assert fold(key) in found
        assert repr(found[fold(key)]) == repr(value)


def refused(error: RefusedError) -> str:
    """Return the reason of a refusal, which must name file and line."""
    assert error.path == PATH
    assert error.line is not None
    assert str(error).startswith(f"{PATH}:{error.line}: ")
    return error.why


# --- row 4: properties --------------------------------------------------------------------------------------------------


def only_the_value_changed(made: AwkwardNote, row: Row, new: bytes) -> None:
    """What stands before the value and behind its last line is there, and every comment of its own in between."""
    head, tail = made.around(row)
    assert new.startswith(head)
    assert new.endswith(tail)
    assert len(head) + len(tail) <= len(new)
    middle = new[len(head) : len(new) - len(tail)].decode("utf-8", "surrogateescape")
    for comment in row.kept:
        at = middle.find(comment)
        assert at >= 0, (comment, middle)
        middle = middle[at + len(comment) :]


def value_alone(made: AwkwardNote, row: Row, new: bytes) -> None:
    """For values on one line, even more: what stands behind the value is there to the byte, blanks and all."""
    (kind, value), *tail = row.parts or (("", ""),)
    if kind != "v" or "\n" in value or any("\n" in text for _, text in tail):
        return
    head, behind = made.around(row)
    kept = "".join(text for _, text in tail).encode("utf-8", "surrogateescape")
    assert new.startswith(head)
    assert new.endswith(kept + behind)


def test_5000_awkward_notes_a_property_is_set_or_inserted() -> None:
    """Row 4: every byte outside the span identical, or refused; refusals named, and at most 20 %."""
    choose, refusals, tried, readers = random.Random(4), Counter[str](), Counter[str](), 0
    for _ in range(NOTES):
        made, value = awkward_note(choose), choose.choice(NEW)
        keys = [row.key for row in made.rows if isinstance(row, Row) and row.head]
        key = choose.choice(keys if keys and choose.random() < 0.6 else KEYS)
        old, row = made.data(), made.row(key)
        try:
            new = encode(set_property(parse_note(PATH, old), key, value, WORDS).text)
        except RefusedError as error:
            refusals[refused(error)] += 1
            continue
        assert made.sound, old
        tried["replaced" if row else "inserted"] += 1
        if row:
            only_the_value_changed(made, row, new)
            if value is not None and not isinstance(value, list):
                value_alone(made, row, new)
        else:
            inserted = between(old, new)
            assert inserted is not None, (old, new)
            assert key.encode() in inserted
        readers += the_rest_reads_the_same(old, new, key)
        it_reads_as(new, key, value)
        again = parse_note(PATH, new)
        assert set_property(again, key, value, WORDS) is again
    told = "\n".join(f"{count:6}  {why}" for why, count in refusals.most_common())
    print(f"{NOTES} notes: {dict(tried)}, {refusals.total()} refused\n{told}")  # noqa: T201 - the figures of a full run
    assert refusals.total() <= NOTES * 0.2, told
    assert min(tried["replaced"], tried["inserted"]) > NOTES * 0.2
    assert readers > tried.total() * 1.5, "most notes were read by both of the other readers"


def test_5000_awkward_notes_a_property_is_removed() -> None:
    """Row 4, the other way: its lines go, its comment stays, and all else to the byte."""
    choose, refusals, removed = random.Random(44), Counter[str](), 0
    for _ in range(NOTES):
        made = awkward_note(choose, unsound=0)
        rows = [row for row in made.rows if isinstance(row, Row)]
        if not rows:
            continue
        row, old = choose.choice(rows), made.data()
        try:
            new = encode(remove_property(parse_note(PATH, old), row.key).text)
        except RefusedError as error:
            refusals[refused(error)] += 1
            continue
        removed += 1
        the_rest_reads_the_same(old, new, row.key)
        assert fold(row.key) not in {fold(name) for name in by_pyyaml(new) or ()}
        left = [one for one in made.rows if one is not row]
        comment = row.head[: len(row.head) - len(row.head.lstrip())] + "".join(row.kept)
        if row.kept:
            left.insert(made.rows.index(row), comment)
        without = made.encoded("".join(f"{one if isinstance(one, str) else one.text}\n" for one in left))
        if new != without:  # the block went with its only property
            assert len(rows) == 1
            assert not any(isinstance(one, str) and one.strip() for one in left)
            assert new in (front_of(old)[1], b"\xef\xbb\xbf" + front_of(old)[1])
    assert removed > NOTES * 0.6
    assert refusals.total() <= NOTES * 0.2, refusals


def test_5000_awkward_notes_a_list_is_made_longer() -> None:
    """Row 4 again: an item is put in, and not a byte of what was there goes."""
    choose, refusals, longer = random.Random(444), Counter[str](), 0
    for _ in range(NOTES):
        made = awkward_note(choose, unsound=0)
        old = made.data()
        note = parse_note(PATH, old)
        lists = [
            p for p in note.front.properties if isinstance(p.value, list) and p.value and p.value != [["Dana Reyes"]]
        ]
        if not lists:
            continue
        found = choose.choice(lists)
        assert isinstance(found.value, list)
        more = choose.sample(["x", "a, b", "[[Tom Ode]]", "c: d", "# e", "'"], choose.randrange(1, 3))
        value = [*found.value, *more]
        try:
            new = encode(set_property(note, found.name, value, WORDS).text)
        except RefusedError as error:
            refusals[refused(error)] += 1
            continue
        longer += 1
        assert between(old, new) is not None, (old, new)
        the_rest_reads_the_same(old, new, found.key)
        it_reads_as(new, found.key, value)
    assert longer > NOTES * 0.2
    assert refusals.total() <= longer * 0.05, refusals


# --- row 5: byte soup -------------------------------------------------------------------------------------------------

TOKENS = [
    b"---", b"---\n", b"---\n", b"---\r\n", b"\n", b"\n", b"\r\n", b"\r", b" ", b"  ", b"\t", b"type: debrief\n", b"felt: 3\n", b"felt:", b"a: ",
    b"tags: [a, b]\n", b"tags:\n  - a\n", b"  - b # c\n", b"people:\n- [[x]]\n", b"x: |\n  y\n", b"'", b'"', b"# c\n", b" # c", b"&a ", b"*a", b"{", b"}",
    b"[", b"]", b": ", b"- ", b"- [ ] task\n", b"- [x] done \xe2\x9c\x85 2026-11-20\n", b"\xf0\x9f\x93\x85 2026-11-21", b"## Takeaways\n", b"## Follow-ups\n",
    b"- item\n", b"> ", b"```\n", b"<!-- ", b"-->", b"<!-- jobvault:begin takeaways -->\n", b"<!-- jobvault:end -->\n", b"%%", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"caf\xe9", b"\xf0\x9f\x8e\x89", b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> x\n", b"{{", b"<%", b"? ",
    b"!!str ", b"!x", b"...\n", b"%YAML 1.2\n", b"\x1b[31m", b"\x7f", b"word", b"\\", b"| a | b |\n|---|---|\n", b"1. ", b"\xed\xa0\x80", b"\xf0\x9f",
]  # fmt: skip


def soup(choose: random.Random) -> bytes:
    """Stir tokens and bytes; often with a fence at the beginning, so that there is something to edit."""
    parts = [
        choose.choice(TOKENS) if choose.random() < 0.9 else choose.randbytes(choose.randrange(1, 4))
        for _ in range(choose.randrange(28))
    ]
    start = choose.choice([b"", b"---\n", b"---\ntype: debrief\n", b"\xef\xbb\xbf---\r\n"])
    return start + b"".join(parts)


ROWS = [
    b"type: debrief", b"felt: 3", b"felt:", b"tags: [a, b]", b"tags:\n  - a\n  - b # c", b"a: x # c", b"a: |\n  y\n\n", b"mine: 'q'", b"x:\n- [[l]]",
    b"# c", b"", b"a: {b: c}", b"tags:\n- caf\xc3\xa9\n-", b'mine: "two\n  lines"', b"mine: &x 1", b"caf\xe9: 1", b"\xe2\x80\xa8: 1", b"felt : 2 ",
]  # fmt: skip


def soup_below_properties(choose: random.Random) -> bytes:
    """Stir soup below properties, into which now and then a spoon of it fell."""
    rows = choose.sample(ROWS, choose.randrange(1, 5))
    if choose.random() < 0.3:
        rows.insert(
            choose.randrange(len(rows) + 1), choose.choice(rows) + choose.choice(TOKENS) + choose.choice(TOKENS)
        )
    text = b"\n".join([b"---", *rows, b"---", soup(choose)])
    return choose.choice([b"", b"\xef\xbb\xbf"]) + (text.replace(b"\n", b"\r\n") if choose.random() < 0.3 else text)


def lines_of(data: bytes) -> list[bytes]:
    return re.findall(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", data)


def sets_a_property(choose: random.Random, note: Note, old: bytes) -> bytes:
    key, value = choose.choice(["felt", "tags", "a", "mine"]), choose.choice(NEW)
    new = encode(set_property(note, key, value, WORDS).text)
    the_rest_reads_the_same_if_it_reads(old, new, key)
    return new


def removes_a_property(choose: random.Random, note: Note, old: bytes) -> bytes:
    there = [found.name for found in note.front.properties if found.name[:1].isalpha()]  # `1.` is 1.0 to ruamel.yaml
    key = choose.choice(there or ["felt"])
    new = encode(remove_property(note, key).text)
    the_rest_reads_the_same_if_it_reads(old, new, key)
    return new


def the_rest_reads_the_same_if_it_reads(old: bytes, new: bytes, key: str) -> None:
    body = front_of(old)[1] if parse_note(PATH, old).front.present else old.removeprefix(b"\xef\xbb\xbf")
    assert new.endswith(body)
    assert old == new or between(old, new) is not None or parse_note(PATH, old).front.present
    if parse_note(PATH, old).front.present and not re.search("[\x85\u2028\u2029]", front_of(old)[0].decode()):
        the_rest_reads_the_same(old, new, key)  # those two take what 1.2 does not for line ends


def ticks_a_task(choose: random.Random, note: Note, old: bytes) -> bytes:
    if not note.lines:
        return old
    items = [element.line for element in note.elements if element.kind == "item"]
    line = choose.choice(items or [choose.randrange(1, len(note.lines) + 1)])
    new = encode(set_task(note, line, choose.choice("x -/"), choose.choice([None, dt.date(2026, 11, 25)])).text)
    before, after = lines_of(old), lines_of(new)
    assert len(before) == len(after)
    differing = [number for number, (was, now) in enumerate(zip(before, after, strict=True), 1) if was != now]
    assert differing in ([], [line])
    return new


def adds_an_item(choose: random.Random, note: Note, old: bytes) -> bytes:
    section = choose.choice(["takeaways", "follow-ups", "weak"])
    new = encode(add_item(note, section, ["Draw first"], WORDS, box=choose.choice([None, " "])).text)
    assert between(old, new) is not None
    assert b"Draw first" in new
    return new


def rewrites_a_block(choose: random.Random, note: Note, old: bytes) -> bytes:
    if not note.blocks:
        return old
    block = choose.choice(note.blocks)
    below = choose.choice([(), ("- mine",)])
    new = encode(replace_block(note, block, ["- new"], "<!-- jobvault:end v1 2026-11-25 aaaaa -->", below).text)
    lines = lines_of(old)
    head, tail = b"".join(lines[: block.begin]), b"".join(lines[block.end :])
    assert new.startswith(head)
    assert new.endswith(tail)
    return new


Edit = Callable[[random.Random, Note, bytes], bytes]
EDITS: list[Edit] = [
    sets_a_property, removes_a_property, ticks_a_task, adds_an_item, rewrites_a_block,
]  # fmt: skip


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_100000_byte_soups_are_edited_exactly_or_refused(edit: Edit) -> None:
    """Row 5: whatever the bytes, an edit is exact or a ``RefusedError``; no other exception gets out."""
    choose, edited, refusals = random.Random(edit.__name__), 0, Counter[str]()
    for _ in range(SOUPS // len(EDITS)):
        below = edit in (sets_a_property, removes_a_property) and choose.random() < 0.7
        old = soup_below_properties(choose) if below else soup(choose)
        if edit is rewrites_a_block and choose.random() < 0.7:
            old += b"\n<!-- jobvault:begin takeaways -->\n\n- old\n\n<!-- jobvault:end -->\n" + soup(choose)
        note = parse_note(PATH, old)
        assert encode(note.text) == old
        try:
            edited += edit(choose, note, old) != old
        except RefusedError as error:
            refusals[error.why] += 1
    print(f"{edit.__name__}: {edited} edited, {refusals.total()} refused")  # noqa: T201
    assert edited > SOUPS // len(EDITS) * 0.1
