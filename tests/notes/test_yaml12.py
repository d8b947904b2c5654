"""The core-schema reader: what scalars mean, where values stand, what is refused, and that all its readers agree."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from jobvault.notes.flat_yaml import flat_entries
from jobvault.notes.scalars import Entry, YamlError, core_scalar
from jobvault.notes.yaml12 import MAX_BYTES, load_yaml, read_yaml

FUZZ = int(os.environ.get("JOBVAULT_FUZZ", "6000"))
MIB = 1024 * 1024


@pytest.fixture(params=["libyaml", "pure Python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with each of PyYAML's parsers."""
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    if request.param == "pure Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


def refusal(text: str) -> tuple[str, int]:
    """Return the code and line with which ``text`` is refused."""
    with pytest.raises(YamlError) as caught:
        load_yaml(text)
    return caught.value.code, caught.value.line


# --- scalars --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["no", "No", "on", "off", "yes", "y", "12:30", "12:30:45", "1_000", "0b1", "-0o7"])
@pytest.mark.parametrize("also", ["nULL", "truE", "1e", "0o8", "0x", "+", ".", "2026-1-2", "2026-11-23T10:30", "="])
def test_yaml_1_1_and_near_misses_are_text(text: str, also: str) -> None:
    assert core_scalar(text) == text
    assert core_scalar(also) == also


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("01234", 1234),
        ("08", 8),
        ("0o14", 12),
        ("0x1f", 31),
        ("1e3", 1000.0),
        ("-.5E-1", -0.05),
        ("1.", 1.0),
        (".inf", float("inf")),
        ("-.INF", float("-inf")),
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-11-23T10:30:00", datetime(2026, 11, 23, 10, 30)),  # noqa: DTZ001  (as written)
        ("2026-11-23 10:30:00.5Z", datetime(2026, 11, 23, 10, 30, 0, 500000, tzinfo=UTC)),
    ],
)
def test_core_schema(text: str, value: object) -> None:
    assert core_scalar(text) == value
    assert type(core_scalar(text)) is type(value)


def test_nan() -> None:
    value = core_scalar(".NaN")
    assert isinstance(value, float)
    assert value != value  # noqa: PLR0124


@pytest.mark.parametrize("text", ["2026-02-30", "0000-01-01", "2026-13-01", "2026-11-23T25:00:00", "9" * 5000])
def test_what_does_not_exist_stays_text(text: str) -> None:
    assert core_scalar(text) == text


# --- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# nothing\n", None),
        ("just words", "just words"),
        ("- a\n- 'no'\n- 01", ["a", "no", 1]),
        ("\ufeffa: b", {"a": "b"}),
        ("a: {b: [1, 2], c: {}}", {"a": {"b": [1, 2], "c": {}}}),
        ("a: |\n  x\n  y\nb: >\n  x\n  y\n", {"a": "x\ny\n", "b": "x y\n"}),
        ("<<: {a: 1}\nb: 2", {"<<": {"a": 1}, "b": 2}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("a: &x 1\nb: &x 2\nc: *x", {"a": 1, "b": 2, "c": 2}),
        ("2024: a\nnull: b", {2024: "a", None: "b"}),
        (
            "a: !!str 12\nb: !!float 1\nc: ! 3\nd: !!int 08\ne: !!seq []",
            {"a": "12", "b": 1.0, "c": "3", "d": 8, "e": []},
        ),
        ("a: one\u2028b\nc: \x85d\n", {"a": "one\u2028b", "c": "\x85d"}),
        ('a: "\\u2028\\uE000"\nb: x\u2028y\ue000', {"a": "\u2028\ue000", "b": "x\u2028y\ue000"}),
        ("a: 1\rb: 2\r\nc: 3", {"a": 1, "b": 2, "c": 3}),
    ],
)
def test_values(text: str, value: object) -> None:
    assert load_yaml(text) == value


@pytest.mark.usefixtures("_parser")
def test_every_entry_knows_its_lines() -> None:
    text = (
        "a: 1\n"  # 1
        "b:\n"
        "# a remark\n"
        "c:\n"
        "  - x\n"
        "\n"
        "  -\n"  # 7
        "d: [1,\n"
        "  2\n"
        "  ]\n"
        "\n"
        'e: "x\n'  # 12
        "\n"
        '  y"\n'
        "f: p\n"
        "  q\n"
        "\n"
        "g: |\n"  # 18
        "  x\n"
        "\n"
        "# a remark\n"
        "h: >-\n"
        "  x\n"
        "i: |+\n"  # 24
        "  x\n"
        "\n"
        "? j\n"
        ": k: 1\n"
        "  l:\n"
        "    m: 2\n"  # 30
        "\n"
    )
    entries = read_yaml(text)
    assert isinstance(entries, tuple)
    assert [(entry.name, entry.line, entry.end) for entry in entries] == [
        ("a", 1, 1),
        ("b", 2, 2),
        ("c", 4, 7),
        ("d", 8, 10),
        ("e", 12, 14),
        ("f", 15, 16),
        ("g", 18, 19),
        ("h", 22, 23),
        ("i", 24, 26),
        ("j", 27, 30),
    ]


def test_names_are_kept_as_written() -> None:
    entries = read_yaml("2024: a\nNULL: b\n'it''s': c\n2026-01-02: d\n'': e")
    assert isinstance(entries, tuple)
    assert [entry.name for entry in entries] == ["2024", "NULL", "it's", "2026-01-02", ""]
    assert [entry.key for entry in entries] == [2024, None, "it's", date(2026, 1, 2), ""]


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('a: 1\nb: "open\nc: 2\n', "yaml-syntax", 2),
        ("a: 1\nb: [open\n", "yaml-syntax", 2),
        ("a: 1\nb: c: d\n", "yaml-syntax", 2),
        ("a: 1\n\tb: 2\n", "yaml-syntax", 2),
        ("a: 1\n? [b]\n: c\n", "yaml-syntax", 2),
        ("a: {{b}}", "yaml-syntax", 1),
        ("a: 1\n--- \nb: 2\n", "yaml-syntax", 2),
        ("a: 1\r\nb: \x00\r\n", "yaml-syntax", 2),
        ("a: 1\rb: \ufffe", "yaml-syntax", 2),
        ('a: "\\ud800"', "yaml-syntax", 1),
        ('a: "\\U7fffffff"', "yaml-syntax", 1),
        ("a: *b", "yaml-syntax", 1),
        ("a: 1\nb: caf\udce9\n", "front-matter-not-utf8", 2),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        ("x:\n  a: 1\n  a: 2\n", "duplicate-key", 3),
        ("a: !foo b", "yaml-tag", 1),
        ("a:\n  - !!python/object/apply:os.system [true]\n", "yaml-tag", 2),
        ("a: !!timestamp 2026-11-23", "yaml-tag", 1),
        ("a: !!int b", "yaml-tag", 1),
        ("a: !!int true", "yaml-tag", 1),
        ("a: !!seq {}", "yaml-tag", 1),
        ("a: " + "[" * 24 + "]" * 24, "yaml-too-deep", 1),
        ("a: 1\nb: &x [*x]\n", "yaml-aliases", 2),
        ("&x\na: *x\n", "yaml-aliases", 2),
        ("a: &x 1\nb: [" + "*x," * 17 + "]", "yaml-aliases", 2),
        ("a" * (MAX_BYTES + 1), "yaml-too-big", 1),
        ("é" * (MAX_BYTES // 2 + 1), "yaml-too-big", 1),
    ],
)
def test_refusals_name_code_and_line(text: str, code: str, line: int) -> None:
    assert refusal(text) == (code, line)


def test_a_duplicate_key_names_both_lines() -> None:
    with pytest.raises(YamlError) as caught:
        load_yaml("a: 1\n\nb: 2\na: 3\n")
    assert (caught.value.first, caught.value.line, caught.value.what) == (1, 4, "a")


@pytest.mark.parametrize(
    "text",
    ["a: " + "[" * 23 + "]" * 23, "a: &x 1\nb: [" + "*x," * 16 + "]", "a: " + "é" * (MAX_BYTES // 2 - 2)],
    ids=["24 levels", "16 aliases", "64 KiB"],
)
def test_the_bounds_themselves_are_allowed(text: str) -> None:
    assert isinstance(load_yaml(text), dict)


BOMBS = {
    "brackets": ("[" * 60_000, "yaml-too-deep"),
    "braces": ("{" * 60_000, "yaml-too-deep"),
    "dashes": ("- " * 32_000, "yaml-too-deep"),
    "question marks": ("? " * 32_000, "yaml-too-deep"),
    "indents": ("".join(" " * depth + "a:\n" for depth in range(350)), "yaml-too-deep"),
    "brackets behind a key": ("type: debrief\na: " + "[" * 60_000, "yaml-too-deep"),
    "billion laughs": (
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "yaml-aliases",
    ),
    "few aliases of much": (
        f"a: &a [{'x,' * 30_000}]\n"
        + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
        "yaml-aliases",
    ),
    "merge keys": (
        "a: &a {x: 1}\n"
        + "".join(f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 9)}]}}\n" for a, b in zip("abcdef", "bcdefg", strict=True)),
        "yaml-aliases",
    ),
    "cycle": ("a: &a {b: [*a, *a]}\n", "yaml-aliases"),
    "too big": ("a: b\n" * 1_000_000, "yaml-too-big"),
    "code": ("a: !!python/object/apply:os._exit [7]\n", "yaml-tag"),
}
IN_A_SMALL_PROCESS = f"""
import resource, sys
from pathlib import Path
from jobvault.notes.scalars import YamlError
from jobvault.notes.yaml12 import load_yaml
load_yaml("a: [1]")
text = sys.stdin.read()
size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + {200 * MIB},) * 2)
try:
    load_yaml(text)
except YamlError as error:
    print(error.code)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux to bound the memory of a process")
@pytest.mark.parametrize(("text", "code"), BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_in_little_memory(text: str, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_A_SMALL_PROCESS], input=text, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, code, "")


# --- agreement ------------------------------------------------------------------------------------------------------

ATOMS = (
    *("type", "a", "b-c", "x y", "é", "\U0001f600", ":", ": ", " ", "  ", "- ", "-", "\n", "\r\n", "\r", "'", '"', "#"),
    *(" #", "no", "12:30", "01234", "0o14", "1e3", ".inf", "~", "null", "true", "2026-11-23", "2026-02-30", "[[A]]"),
    *("[", "]", "{", "}", "&a ", "*a", "!", "!!str ", "|", ">", "? ", ",", "\t", "\u2028", "\x85", "\ufeff", "\ufffe"),
    *("\x00", "\udc80", "\xa0", "\\", "---", "...", "%", "@", "`", "<<", "=", "-5", "http://x/y", "'q'", '"q"', "(x)"),
)


def near_flat(rng: random.Random) -> str:
    """Return a text that is nearly a flat block: mostly keys and items, with something odd here and there."""
    lines: list[str] = []
    for _ in range(rng.randint(1, 5)):
        key = rng.choice(("a", "b", "type", "x y", "k-1", "2024", "null", "Ünï"))
        odd = "".join(rng.choices(ATOMS, k=rng.randint(0, 3)))
        indent = rng.choice(("", "  ", "    "))
        shape = rng.choice(("value", "value", "list", "remark", "blank", "odd"))
        lines += {
            "value": [f"{key}: {odd}"],
            "list": [f"{key}:", *(f"{indent}- {rng.choice(ATOMS)}" for _ in range(rng.randint(0, 3)))],
            "remark": [f"# {odd}"],
            "blank": [rng.choice(("", "  "))],
            "odd": [odd],
        }[shape]
    end = rng.choice(("\n", "\n", "\r\n", "\r"))
    return end.join(lines) + end


def test_the_flat_reader_answers_as_the_full_one_does() -> None:
    rng = random.Random(1)
    answered = 0
    for _ in range(FUZZ):
        text = near_flat(rng)
        flat = flat_entries(re.findall(r"[^\r\n]*(?:\r\n|\n|\r)", text))
        if flat is not None:
            answered += 1
            assert repr(flat) == repr(read_yaml(text) or ()), text
    assert answered > FUZZ // 20


@pytest.mark.parametrize(
    "line",
    [
        *("a: b: c", "a: b #c", "a: [b]", "a: {b: c}", "a: &b c", "a: *b", "a: !b c", "a: |", "a: >", "a: 'it''s'"),
        *('a: "\\n"', "a: b\tc", "a: b\x00", "a: 'b", "a: b\u2028c", "? a", " a: b", "a:b", "- b", "a: - b", "a: @b"),
        *("'a': b", "---", "...", "%YAML 1.2", "<<: b", f"{'k' * 2000}: b", f"a: {'b' * MAX_BYTES}"),
    ],
)
def test_the_flat_reader_leaves_the_rest_to_the_full_one(line: str) -> None:
    assert flat_entries(["x: y\n", f"{line}\n"]) is None


def test_the_flat_reader_reads_what_notes_hold() -> None:
    lines = [
        "type: debrief\r\n",
        "company: 'A: B'\r\n",
        "# x\r\n",
        "people:\r\n",
        '  - "[[Dana Reyes]]"\r\n',
        "felt:\r\n",
    ]
    assert flat_entries(lines) == (
        Entry("type", "type", "debrief", 1, 1),
        Entry("company", "company", "A: B", 2, 2),
        Entry("people", "people", ["[[Dana Reyes]]"], 4, 5),
        Entry("felt", "felt", None, 6, 6),
    )


def test_both_parsers_agree_where_both_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    if not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    rng = random.Random(2)
    texts = [near_flat(rng).replace("\ufeff", "") for _ in range(FUZZ // 4)]  # libyaml skips a BOM before a line
    fast = [outcome(text) for text in texts]
    monkeypatch.delattr(yaml, "CSafeLoader")
    both = [(one, outcome(text)) for one, text in zip(fast, texts, strict=True)]
    answers = [(one, other) for one, other in both if one is not None and other is not None]
    assert len(answers) > FUZZ // 40
    assert all(one == other for one, other in answers)


def outcome(text: str) -> str | None:
    """Return what ``text`` says, or None where it is refused."""
    try:
        return repr(load_yaml(text))
    except YamlError:
        return None


WORDS = st.from_regex(r"[A-Za-z][A-Za-z0-9 ,./()é-]{0,10}[a-z]", fullmatch=True)
PLAIN = st.one_of(
    WORDS,
    st.integers(-(10**12), 10**12).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat()),
    st.sampled_from(
        ["", "~", "NULL", "True", "FALSE", "no", "on", "12:30", "01234", "08", "0o14", "0x1F", "1e3", ".inf"]
    ),
)
QUOTED = st.text("ab :#-[]{}&*!|>%@,?é\u20ac", max_size=8).map(lambda text: f'"{text}"')
SCALARS = PLAIN | QUOTED
FLOWS = st.lists(st.sampled_from(["a", "1", "no", "'x'", "[b]", "{c: 2}"]), max_size=3).map(
    lambda i: f"[{', '.join(i)}]"
)
BLOCKS = st.one_of(
    st.lists(SCALARS, min_size=1, max_size=3).map(lambda items: "".join(f"\n  - {item}" for item in items)),
    st.lists(SCALARS, min_size=1, max_size=3).map(lambda v: "".join(f"\n  k{i}: {x}" for i, x in enumerate(v))),
    st.lists(WORDS, min_size=1, max_size=3).map(lambda lines: " |" + "".join(f"\n  {line}" for line in lines)),
    (SCALARS | FLOWS).map(lambda value: f" {value}"),
)


@given(st.dictionaries(WORDS.map(lambda word: "k" + re.sub(r"\W", "", word)), BLOCKS, max_size=5))
def test_ruamel_yaml_agrees_on_plain_blocks(block: dict[str, str]) -> None:
    text = "".join(f"{key}:{value}\n" for key, value in block.items())
    assert repr(load_yaml(text)) == repr(YAML(typ="safe", pure=True).load(text))


@given(st.text(st.sampled_from(ATOMS).map(lambda atom: atom[0]) | st.characters(), max_size=60))
def test_any_text_is_read_or_refused_on_a_line_of_it(text: str) -> None:
    try:
        load_yaml(text)
    except YamlError as error:
        assert 1 <= error.line <= len(re.split(r"\r\n|\n|\r", text))
