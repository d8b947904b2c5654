"""One property is set, and every byte outside of its value stays."""

from __future__ import annotations

import datetime as dt
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.notes.edits.properties.edit import Settable, set_property
from jobvault.notes.note import encode
from tests.notes.written import WORDS, parsed

DEBRIEF = 'type: debrief # c0\ncompany: Acme   # who\nrole:\nfelt: 3\npeople:\n  - "[[Dana]]"\n# end\n'


def after(front: str, key: str, value: Settable) -> str:
    text = set_property(parsed(f"---\n{front}---\nbody\n"), key, value, WORDS).text
    return text.removeprefix("---\n").removesuffix("---\nbody\n")


def changed(front: str, old: str, new: str) -> str:
    assert old in front
    return front.replace(old, new, 1)


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("felt", 4, "felt: 3", "felt: 4"),
        ("felt", None, "felt: 3", "felt:"),
        ("company", "Birch: x", "Acme   #", "'Birch: x'   #"),
        ("company", None, "company: Acme   #", "company:   #"),
        ("role", "SRE", "role:", "role: SRE"),
        ("role", ["a", "b"], "role:", "role:\n  - a\n  - b"),
        ("company", ["a", "b"], " Acme   # who", "   # who\n  - a\n  - b"),
        ("people", ["[[Dana]]", "[[Tom]]"], '"[[Dana]]"', '"[[Dana]]"\n  - "[[Tom]]"'),
        ("people", ["Tom"], '- "[[Dana]]"', "- Tom"),
        ("people", "Tom", 'people:\n  - "[[Dana]]"', "people: Tom"),
        ("people", None, 'people:\n  - "[[Dana]]"', "people:"),
        ("people", [], 'people:\n  - "[[Dana]]"', "people: []"),
        ("date", dt.date(2026, 11, 20), "role:", "date: 2026-11-20\nrole:"),
        ("time", "14:30", "role:", "time: 14:30\nrole:"),
        ("outcome", "no", "felt: 3\n", "felt: 3\noutcome: no\n"),
        ("tags", ["a"], '  - "[[Dana]]"\n', '  - "[[Dana]]"\n'),
        ("mine", "x", "# end", "mine: x\n# end"),
        ("company", "{{x}}", "Acme ", '"{\\x7Bx}}" '),
        ("company", "<% x", "Acme ", '"<\\x25 x" '),
        ("company", "2026-11-20", "Acme ", "'2026-11-20' "),
        ("company", "a\nb", "Acme ", '"a\\nb" '),
    ],
)  # fmt: skip
def test_only_the_value_changes(key: str, value: Settable, old: str, new: str) -> None:
    if key == "tags":
        assert after(DEBRIEF, key, value) == changed(DEBRIEF, "felt: 3\n", "felt: 3\ntags:\n  - a\n")
        return
    assert after(DEBRIEF, key, value) == changed(DEBRIEF, old, new)


@pytest.mark.parametrize(
    ("front", "value", "written"),
    [
        ("a: [1, 2] # c\n", ["q"], "a: [q] # c\n"),
        ("a: [1, 2] # c\n", "q", "a: q # c\n"),
        ("a: [1, 2] # c\n", [1, 2, "q, r", "s: t", "[[u]]"], 'a: [1, 2, "q, r", \'s: t\', "[[u]]"] # c\n'),
        ("a: [x, y,]\n", ["x", "y", "z"], "a: [x, y, z,]\n"),
        ("a: [\n  x, # one\n  y # two\n]\n", ["x", "y", "z"], "a: [\n  x, # one\n  y, z # two\n]\n"),
        ("a: [x,\n  y] # c\n", ["z"], "a: [z] # c\n"),
        ("a: [] # c\n", ["x"], "a: [x] # c\n"),
        ("a: {x: 1}\n", ["y"], "a:\n  - y\n"),
        ("a: |\n  x\n  # y\n\nb: 1\n", "z", "a: z\n\nb: 1\n"),
        ("a: >-\n  x\n  y\n", 3, "a: 3\n"),
        ("a: x\n  y\n", 3, "a: 3\n"),
        ("a: x\n  y # c\n", 3, "a: 3 # c\n"),
        ("a: 'x\n  # y' # c\n", None, "a: # c\n"),
        ("a:\n  x # c\n", "y", "a:\n  y # c\n"),
        ("a: # why\n  x\n", "y", "a: # why\n  y\n"),
        ("a: |- # c\n  x\n  y\nb: 1\n", "z", "a: z # c\nb: 1\n"),
        ("a: | # c\n  x\n", ["y"], "a: # c\n  - y\n"),
        ("a: | # c\n  x\n", None, "a: # c\n"),
        ("a: # c\n  - x\n  - y\n", "z", "a: z # c\n"),
        ("a: # c\n  - x\n  - y\n", [], "a: [] # c\n"),
        ("a: # c\n  - x\n  - y\n", ["z"], "a: # c\n  - z\n"),
        ("a:\n- x # c\n- y\n", ["x", "z"], "a:\n- x # c\n- z\n"),
        ("a:\n- x\n- y # c\n", ["z", "y"], "a:\n- z\n- y # c\n"),
        ("a:\n  - x # c\n  # d\n  - y\n", ["x", "w", "y"], "a:\n  - x # c\n  # d\n  - w\n  - y\n"),
        ("a:\n  -\n  -\n", ["x"], "a:\n  - x\n"),
        ("a:\n  - |\n    - x\n  - y\n", ["- x\n", "z"], "a:\n  - |\n    - x\n  - z\n"),
        ("a:\n  x: 1\n  y: 2\nb: 1\n", "z", "a: z\nb: 1\n"),
        ('a: "x\n  y"\n', 3, "a: 3\n"),
        ("a:\n- x # c\n- y\nb: 1\n", ["x", "y", "z"], "a:\n- x # c\n- y\n- z\nb: 1\n"),
        ("a:   \nb: 1\n", 3, "a: 3   \nb: 1\n"),
        ("a: ~\n", "x", "a: x\n"),
        ("'a': 'x' # c\n", "y", "'a': y # c\n"),
        ("A : x\n", "y", "A : y\n"),
        ("a: {x: 1}\n", "y", "a: y\n"),
        ("a: !!str 3\n", "y", "a: y\n"),
        ("  a: x\n  b: 1\n", ["y"], "  a:\n    - y\n  b: 1\n"),
    ],
)
def test_values_of_every_shape_are_replaced(front: str, value: Settable, written: str) -> None:
    assert after(front, "a", value) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("body", "---\nfelt: 3\n---\nbody"),
        ("", "---\nfelt: 3\n---\n"),
        ("\ufeffbody\r\nx", "\ufeff---\r\nfelt: 3\r\n---\r\nbody\r\nx"),
        ("---\nx\n---\n", "---\nfelt: 3\n---\n---\nx\n---\n"),
        ("---\n\nwords\n...\n", "---\nfelt: 3\n---\n---\n\nwords\n...\n"),
        ("---\n---\n", "---\nfelt: 3\n---\n"),
        ("---\r\ntype: debrief\r\n---\r\n", "---\r\ntype: debrief\r\nfelt: 3\r\n---\r\n"),
        ("---\rhear_by: x\rtype: debrief\r---\rcaf\udce9", "---\rhear_by: x\rtype: debrief\rfelt: 3\r---\rcaf\udce9"),
        ("---\nhear_by:\n---\n", "---\nhear_by:\nfelt: 3\n---\n"),
    ],
)
def test_a_property_is_put_where_the_templates_have_it(text: str, written: str) -> None:
    assert set_property(parsed(text), "felt", 3, WORDS).text == written


def test_the_same_again_writes_nothing_and_a_spelling_stays() -> None:
    note = parsed("---\nHear-By: 2026-11-20\n---\n")
    assert set_property(note, "hear_by", dt.date(2026, 11, 20), WORDS) is note
    assert set_property(note, "hear_by", dt.date(2026, 11, 21), WORDS).text == "---\nHear-By: 2026-11-21\n---\n"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("---\na: 1\na: 2\n---\n", 3, "stands twice, in the lines 2 and 3"),
        ("---\nb: 0\na: &x 1\nc: *x\n---\n", 3, "share a value"),
        ("---\n{a: 1}\n---\n", 2, "braces"),
        ("---\nb: caf\udce9\n---\n", 2, "no UTF-8"),
        ("---\na: [1\n---\n", 2, "cannot be read"),
        ("---\ntype: debrief\na: 1\n", 1, "never ends"),
        ("---\nfelt: 3\n...\n\nbody", 1, "never ends"),
        ("\ufeff---\r\n\r\n# mine\r\n'felt' : 3\r\n...\r\n", 1, "never ends"),
        ("---\nfelt: 3", 1, "never ends. Close it with `---`."),
        ("---\na: 1\n---\n<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> x\n", 4, "conflict"),
        ("---\na: 1\nb: <% x %>\n---\n", 1, "template"),
        ("---\na:\n- x # c\n- y\n---\n", 3, "a comment stands among the lines of “a”"),
        ("---\na: # c\n  x: 1 # d\n---\n", 2, "a comment stands among the lines"),
        ("---\n? a # c: d\n: b\n---\n", 2, "a comment stands among the lines"),
        ("---\n- a\n- b\n---\n", 2, "holds no properties"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(RefusedError, match=re.escape(why)) as refused:
        set_property(parsed(text), "a", ["z"], WORDS)
    assert (refused.value.line, refused.value.path) == (line, parsed(text).path)


@pytest.mark.parametrize(
    "row",
    ["foo: [x", "a.b: [x", "a/b: [x", "🙂: [x", "$x: [x", "@x: y", '"a/b": "x', "'a/b' : 'x", "foo(bar): x: y",
     "Salary ($): [x", "Q&A, all: [x", "a:b: [x", "?!: [x"],
)  # fmt: skip
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_second_block_was_put_above_broken_front_matter_with_an_unusual_name(row: str, bom: str, end: str) -> None:
    text = f"{bom}---{end}{row}{end}---{end}b"
    with pytest.raises(RefusedError, match="the front matter cannot be read") as refused:
        set_property(parsed(text), "company", "Acme", WORDS)
    assert refused.value.line == 2


@pytest.mark.parametrize("row", ["a.b: [x", "🙂: x", '"a/b": x'])
def test_a_block_was_put_above_front_matter_without_an_end_with_an_unusual_name(row: str) -> None:
    with pytest.raises(RefusedError, match="never ends") as refused:
        set_property(parsed(f"---\n{row}\n\nbody\n"), "company", "Acme", WORDS)
    assert refused.value.line == 1


@pytest.mark.parametrize("text", ["---\n**Company**: [x\n---\nb", "---\n> he said: x: y\n---\nb"])
def test_words_between_two_rules_are_no_broken_front_matter(text: str) -> None:
    assert set_property(parsed(text), "felt", 3, WORDS).text == f"---\nfelt: 3\n---\n{text}"


def test_a_property_was_put_into_a_value_that_keeps_its_blank_lines() -> None:
    text = "---\r\nurl: |+\r  keep\r\r\n---\n"
    new = set_property(parsed(text), "company", "Acme", WORDS)
    assert new.text.startswith("---\r\nurl: |+\r  keep\r\r\ncompany: Acme")
    assert new.front.get("url") == parsed(text).front.get("url")


@pytest.mark.parametrize("key", ["", "a:", "#a", "a\nb", "- a", "1"])
def test_a_name_that_would_be_something_else_is_refused(key: str) -> None:
    with pytest.raises(RefusedError):
        set_property(parsed("body"), key, 1, WORDS)


# --- any front matter -------------------------------------------------------------------------------------------------

KEYS = [
    "type",
    "company",
    "date",
    "role",
    "people",
    "felt",
    "outcome",
    "Hear-By",
    "tags",
    "mine",
    '"quoted key"',
    "ключ",
]
WRITTEN = [
    "Acme", "3", "'quoted # x'", '"dq: x"', "", "~", "[a, b]", "[a, 'b']  # c", "2026-11-20", "14:30", "no", "'120,000'",
    "|\n  line\n  two", "|-\n  # not comment\n\n  x", ">\n  folded\n  text", "\n  - a\n  - b", "\n- a\n- b # c",
    '\n    - "[[Dana Reyes]]"\n    - [[Tom]]', "\n  # c\n  - a", "plain\n  multi", '"dq\n  multi"', "café\u2028x", "{a: 1}",
    "\n  a: 1\n  b: 2", "!!str 3", "a\tb", "x   # comment", "https://x.y#z", "&a 1", "!x y",
]  # fmt: skip
NEW: list[Settable] = [
    "Acme", "no", "3", 3, 2.5, True, dt.date(2026, 11, 20), dt.datetime(2026, 11, 20, 10, 30), ["[[Dana Reyes]]"],  # noqa: DTZ001
    ["a", "b"], ["a", "b", "c"], None, "a: b", "# x", "{{x}}", "two\nlines", "", "é\u2028", "'", '"', "- x", "&a", "14:30", [],
    ["no", "1"], "x" * 300,
]  # fmt: skip


def front_matter(choose: random.Random) -> str:
    keys = choose.sample(KEYS, choose.randrange(6))
    rows = [
        f"{key}:{'' if value[:1] in ('', chr(10)) else ' '}{value}"
        for key in keys
        for value in [choose.choice(WRITTEN)]
    ]
    rows = [row for one in rows for row in ((one, "# mine") if choose.random() < 0.2 else (one,))]
    text = choose.choice(["", "\ufeff"]) + "\n".join(["---", *rows, "---", choose.choice(["", "body\n", "---\nx"])])
    return text.replace("\n", choose.choice(["\n", "\r\n", "\r"]))


@given(st.integers(0, 2**32), st.sampled_from([*KEYS[:10], "forecast"]), st.sampled_from(NEW))
@settings(max_examples=300)
def test_any_front_matter_is_edited_exactly_or_refused(seed: int, key: str, value: Settable) -> None:
    note = parsed(front_matter(random.Random(seed)))
    try:
        new = set_property(note, key, value, WORDS)
    except RefusedError as error:
        assert error.line is not None
        return
    found = note.front.get(key)
    head, tail = ("".join(note.lines[: found.line - 1]), "".join(note.lines[found.end :])) if found else ("", "")
    assert encode(new.text).startswith(encode(head))
    assert encode(new.text).endswith(encode(tail))
    others = [(one.name, repr(one.value)) for one in note.front.properties if one is not found]
    assert [(p.name, repr(p.value)) for p in new.front.properties if p.key != new.front.get(key).key] == others  # type: ignore[union-attr]
    assert new.front.get(key).value == (list(value) if isinstance(value, list) else value)  # type: ignore[union-attr]
    for comment in re.findall(r"# (?:mine|comment|c)\b", note.front.raw):
        assert new.front.raw.count(comment) == note.front.raw.count(comment)
    assert set_property(new, key, value, WORDS) is new


def test_few_are_refused_but_for_what_cannot_be_edited_at_all() -> None:
    choose, refused, tried = random.Random(7), 0, 0
    for _ in range(1000):
        text = front_matter(choose)
        if not parsed(text).front.readable or "&a" in text:
            continue
        tried += 1
        try:
            set_property(parsed(text), choose.choice(KEYS[:10]), choose.choice(NEW), WORDS)
        except RefusedError:
            refused += 1
    assert tried > 500
    assert refused / tried < 0.05
