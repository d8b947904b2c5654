"""Front matter: what is a block, what it says and where, what is wrong with it, and what values may stand for."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.frontmatter import (
    Finding,
    FrontMatter,
    Property,
    YamlError,
    fold_key,
    guess_type,
    load_yaml,
    read_front_matter,
    vault_handler,
)
from jobvault.notes.values import as_date, as_int, as_list, as_text, as_time

if TYPE_CHECKING:
    from jobvault.notes.frontmatter import Value


def lines_of(text: str) -> list[str]:
    """Part a text into its lines, with their ends."""
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text)


def read(text: str) -> FrontMatter:
    """Read the front matter of a note given as text."""
    return read_front_matter(lines_of(text))


def problems(text: str) -> list[tuple[str, int]]:
    """Return code and line of what is wrong with a note's front matter."""
    return [(found.code, found.line) for found in read(text).findings]


NOTHING = FrontMatter(present=False, properties=(), findings=(), body=0, raw="", readable=True)


# --- what is a block ------------------------------------------------------------------------------------------------


def test_a_block() -> None:
    found = read("---\ntype: debrief\npeople:\n  - Dana\n---\n\n## People met\n")
    assert found == FrontMatter(
        present=True,
        properties=(Property("type", "type", "debrief", 2, 2), Property("people", "people", ["Dana"], 3, 4)),
        findings=(),
        body=5,
        raw="type: debrief\npeople:\n  - Dana\n",
        readable=True,
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("blanks", ["", "  ", " \t"])
@pytest.mark.parametrize("value", ["debrief", "[debrief]"], ids=["flat", "full"])
def test_line_ends_bom_and_trailing_blanks(end: str, bom: str, blanks: str, value: str) -> None:
    found = read(end.join([f"{bom}---{blanks}", f"type: {value}", f"---{blanks}", "text", "---", ""]))
    assert (found.present, found.body, found.raw) == (True, 3, f"type: {value}{end}")
    assert [(entry.name, entry.line) for entry in found.properties] == [("type", 2)]


def test_the_closing_line_may_be_the_last_of_the_note() -> None:
    assert read("---\ntype: x\n---").body == 3


@pytest.mark.parametrize("text", ["---\n---\n", "---\n---", "---\n\n---\n", "---\r\n \t\r\n---\r\ntext"])
def test_an_empty_block_holds_no_properties(text: str) -> None:
    found = read(text)
    assert (found.present, found.properties, found.findings, found.readable) == (True, (), (), True)
    assert found.body == len(lines_of(text)) - text.endswith("text")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n---\ntype: x\n---\n",
        "\n---\ntype: x\n---\n",
        " ---\ntype: x\n---\n",
        "----\ntype: x\n----\n",
        "--- #\ntype: x\n---\n",
        "---",
        "---\n",
        "---\ntext\n",
        "\ufeff\ufeff---\ntype: x\n---\n",
        "---\u2028type: x\n---\n",
    ],
)
def test_no_block(text: str) -> None:
    assert read(text) == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "---\n\ntext\n\n---\nmore",
        "---\ntext\n---\n",
        "---\nSome words, and more: of them: here.\n---\n",
        '---\n\n"Quoted" words: "and" more\n\n---\n',
        "---\n\n- an item\n- another\n\n---\n",
        "---\n\n# A heading\n\n---\n",
        "---\n# A heading\n---\n",
        "---\n> quoted: words: here\n---\n",
        "---\n\ncaf\udce9\n\n---\n",
        "---\n\n" + "long text\n" * 10_000 + "\n---\n",
    ],
)
def test_words_between_two_rules_are_text(text: str) -> None:
    assert read(text) == NOTHING


@pytest.mark.parametrize("row", ["a.b: [x", "a/b: [x", "🙂: [x", "@x: y", '"a/b": "x', "foo(bar): x: y"])
def test_broken_front_matter_whose_first_name_is_unusual_was_taken_for_text(row: str) -> None:
    found = read(f"---\n{row}\n---\ntext\n")
    assert [(one.code, one.line) for one in found.findings] == [("yaml-syntax", 2)]
    assert (found.present, found.readable, found.body) == (True, False, 3)


@pytest.mark.parametrize("text", ["---\n- a\n- b\n---\n", "---\n[a, b]\n---\n", "---\ntype:debrief\n---\n"])
def test_what_stands_in_place_of_properties_is_reported(text: str) -> None:
    found = read(text)
    assert found.findings == (Finding("front-matter-not-mapping", 2, {}, lines_of(text)[1].strip()),)
    assert (found.present, found.readable, found.properties) == (True, False, ())
    assert found.body == len(lines_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: debrief\n\n## People met\n",
        "---\ntype: debrief\n...\n",
        "---\ntype: debrief\n----\n",
        "---\ncompany: Acme\nrole: Engineer",
        "\ufeff---\r\n'type': \"debrief\"\r\n",
    ],
)
def test_a_block_without_end_is_reported(text: str) -> None:
    found = read(text)
    assert [(one.code, one.line) for one in found.findings] == [("front-matter-not-closed", 1)]
    assert (found.present, found.readable, found.body, found.properties) == (False, False, 0, ())


def test_what_an_unclosed_block_was_meant_to_be_can_be_guessed() -> None:
    assert guess_type(read("---\ncompany: Acme\ntype: debrief\n\n## People met\n").raw) == "debrief"


@pytest.mark.parametrize("text", ["---\nDana: hello\n\ntext", "---\n\ntype: x\ndate: y\n", "---\n# a: b\nc: d\ne: f"])
def test_a_rule_above_a_text_is_no_unclosed_block(text: str) -> None:
    assert read(text) == NOTHING


# --- what it says ---------------------------------------------------------------------------------------------------


def test_values_are_yaml_1_2_with_dates() -> None:
    found = read(
        "---\ndate: 2026-11-23\ntime: 14:30\nfelt: 04\noutcome: no\nhear_by: 2026-02-30\n"
        "heard: ~\nsent: 2026-11-23T10:30:00\nremote: true\n---\n"
    )
    assert [entry.value for entry in found.properties] == [
        date(2026, 11, 23),
        "14:30",
        4,
        "no",
        "2026-02-30",
        None,
        datetime(2026, 11, 23, 10, 30),  # noqa: DTZ001  (as written)
        True,
    ]


def test_names_that_a_program_may_trip_over_are_properties() -> None:
    text = "---\ncontent: 1\nhandler: 2\ntext: 3\nself: 4\n2024: 5\nmetadata: [6]\n'': 7\n<<: {a: 8}\n---\n"
    found = read(text)
    names = ["content", "handler", "text", "self", "2024", "metadata", "", "<<"]
    assert [entry.name for entry in found.properties] == names
    assert [entry.line for entry in found.properties] == list(range(2, 10))


def test_lines_count_from_the_opening_fence() -> None:
    found = read("\ufeff---\r\n# a remark\r\na: |\r\n  x\r\n  ---\r\n\r\nb:\r\n- 1\r\n- [2,\r\n  3]\r\n---\r\n")
    assert [(entry.name, entry.line, entry.end) for entry in found.properties] == [("a", 3, 5), ("b", 7, 10)]


def test_a_blank_line_of_crlf_behind_a_cr_was_overlooked() -> None:
    for more in ("", "x: 1\n"):
        found = read(f"---\nurl: |+\r  keep\r\r\n{more}---\n").get("url")
        assert found is not None
        assert (found.value, found.line, found.end) == ("keep\n\n", 2, 4)


def test_lines_never_end_at_unicode_separators() -> None:
    found = read("---\na: x\u2028b: y\nc: 'd\x85 #'\ne: f\n---\n")
    assert problems("---\na: x\u2028b: y\n---\n") == [("yaml-syntax", 2)]
    assert not found.readable
    found = read("---\na: x\u2028b\nc: 'd\x85 #'\ne: f\n---\n")
    assert [(entry.value, entry.line) for entry in found.properties] == [("x\u2028b", 2), ("d\x85 #", 3), ("f", 4)]


def test_get_takes_any_spelling_of_a_name() -> None:
    found = read("---\nHear-By: 2026-11-23\nrole:\n---\n")
    assert found.get("hear_by") is found.get("hear by") is found.get("HEAR-BY") is found.properties[0]
    assert found.get("role") == Property("role", "role", None, 3, 3)
    assert found.get("company") is None


@pytest.mark.parametrize(("name", "key"), [("Hear-By", "hear_by"), (" hear\tby ", "hear_by"), ("STRAßE", "strasse")])
def test_fold_key(name: str, key: str) -> None:
    assert fold_key(name) == key


# --- what is wrong with it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("a: 1\nb: 2\na: 3\n", [("a", 2, 4)]),
        ("hear_by: 1\nHear-By: 2\n\nhear by: 3\n", [("Hear-By", 2, 3), ("hear by", 2, 5)]),
        ("a: [1]\nA: 2\n", [("A", 2, 3)]),
        ("{a: 1, A: 2}\n", [("A", 2, 2)]),
        ("x:\n  a: 1\n  a: 2\n", [("a", 3, 4)]),
    ],
)
def test_a_duplicate_key_names_both_lines(block: str, found: list[tuple[str, int, int]]) -> None:
    read_block = read(f"---\n{block}---\n")
    assert {one.code for one in read_block.findings} == {"duplicate-key"}
    assert [(one.args["name"], one.args["first"], one.args["second"]) for one in read_block.findings] == found
    assert [one.line for one in read_block.findings] == [second for _, _, second in found]
    assert (read_block.readable, read_block.properties) == (False, ())


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('---\ntype: debrief\ncompany: "Acme\n---\n', "yaml-syntax", 3),
        ("---\ntype: debrief\ntitle: a: b\n---\n", "yaml-syntax", 3),
        ("---\ntype: debrief\n\tcompany: Acme\n---\n", "yaml-syntax", 3),
        ("---\ncompany Acme\ntype: debrief\n---\n", "yaml-syntax", 3),
        ("---\n type: debrief\ncompany: Acme\n---\n", "yaml-syntax", 3),
        ("---\n\ntype: debrief\ncompany: 'Acme\n---\n", "yaml-syntax", 4),
        ("---\ntype: debrief\n----\n\n## People met\n\n---\n", "yaml-syntax", 5),
        ("---\ntype: debrief\ndate: {{date}}\n---\n", "yaml-syntax", 3),
        ("---\ntype: debrief\ncompany: a\x00b\n---\n", "yaml-syntax", 3),
        ("---\ntype: debrief\ncompany: a\ufffe\n---\n", "yaml-syntax", 3),
        ("---\r\ntype: debrief\r\ncompany: caf\udce9\r\n---\r\n", "front-matter-not-utf8", 3),
        ("---\ntype: !debrief x\n---\n", "yaml-tag", 2),
        ("---\ntype: !!python/object/apply:os.system [x]\n---\n", "yaml-tag", 2),
        ("---\na: &a [*a]\n---\n", "yaml-aliases", 2),
        ("---\na: " + "[" * 30_000 + "\n---\n", "yaml-too-deep", 2),
        ("---\n" + "- " * 32_000 + "\n---\n", "yaml-too-deep", 2),
        ("---\n" + "? " * 32_000 + "\n---\n", "yaml-too-deep", 2),
        ("---\n" + "a: b\n" * 20_000 + "---\n", "yaml-too-big", 2),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_line(text: str, code: str, line: int) -> None:
    found = read(text)
    assert [(one.code, one.line) for one in found.findings] == [(code, line)]
    assert (found.present, found.readable, found.properties) == (True, False, ())
    assert found.body == len(lines_of(text))


def test_a_finding_quotes_its_line_within_bounds() -> None:
    assert read("---\ntype: debrief\ncompany: 'Acme\n---\n").findings[0].quote == "company: 'Acme"
    assert read("---\ntype: caf\udce9\n---\n").findings[0].quote == "type: caf?"
    assert len(read("---\ntype: '" + "x" * 5000 + "\n---\n").findings[0].quote) == 80


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("type: debrief\n", "debrief"),
        ("a: b\r\n'Type' :  \"question\" # x\r\n", "question"),
        ("a: [\rtype: [letter]\r", "letter"),
        ("  type: my debrief", "my debrief"),
        ("type:debrief", "debrief"),
        ("type:\n  - debrief\n", None),
        ("subtype: debrief\n", None),
        ("a: b\n      type: c\n", None),
        ("", None),
    ],
)
def test_guess_type(raw: str, kind: str | None) -> None:
    assert guess_type(raw) == kind


ODD = (
    "---\n",
    "---\r\n",
    "---\r",
    "---",
    "\ufeff",
    "\n",
    "\r",
    " ",
    "\t",
    "\u2028",
    "\x85",
    "\x00",
    "\ufffe",
    "\udc80",
)
YAML = ("type: debrief\n", "a: b\n", "- c\n", "text\n", "...\n", "|\n", ": ", "#", '"', "[", "{", "!x ", "&a ", "*a")
PIECES = st.sampled_from((*ODD, *YAML))


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join), st.booleans())
def test_any_text_is_read_without_raising(text: str, fenced: bool) -> None:
    lines = lines_of(f"---\n{text}\n---\n" if fenced else text)
    found = read_front_matter(lines)
    assert found.readable == (not found.findings)
    assert found.readable or not found.properties
    assert found.present or (found.body == 0 and not found.properties)
    if found.present:
        assert "".join(lines[1 : found.body - 1]) == found.raw
        assert lines[found.body - 1].rstrip(" \t\r\n") == "---"
    assert all(1 <= one.line <= len(lines) for one in found.findings)
    assert all(one.quote.encode() is not None for one in found.findings)
    for entry in found.properties:
        assert 2 <= entry.line <= entry.end < found.body
        assert lines[entry.end - 1].strip() or "|" in found.raw or ">" in found.raw or '"' in found.raw
        for reader in (as_text, as_list, as_date, as_time, as_int):
            reader(entry.value)


# --- python-frontmatter ---------------------------------------------------------------------------------------------


def test_the_library_reads_a_note_through_our_handler() -> None:
    text = "\ufeff---\ncontent: no\n2024: [01234]\n---\n\nbody\n\n---\n\nmore\n"
    metadata, content = frontmatter.parse(text, handler=vault_handler())
    assert metadata == {"content": "no", "2024": [1234]}
    assert content == "body\n\n---\n\nmore"


def test_the_handler_keeps_every_byte_of_block_and_body() -> None:
    assert vault_handler().split("---\r\na: 1 \r\n---\r\n\r\n  b\r\n") == ("a: 1 \r\n", "\r\n  b\r\n")
    with pytest.raises(ValueError, match="no front matter"):
        vault_handler().split("text\n---\na: 1\n---\n")


def test_the_handler_has_an_error_for_what_is_no_mapping() -> None:
    with pytest.raises(YamlError) as caught:
        frontmatter.loads("---\n- a\n---\n", handler=vault_handler())
    assert caught.value.code == "front-matter-not-mapping"


def test_the_handler_writes_what_obsidian_shows() -> None:
    post = frontmatter.Post("text")
    post.metadata |= {
        "type": "debrief",
        "role": None,
        "date": date(2026, 11, 23),
        "sent": datetime(2026, 11, 23, 10, 30),  # noqa: DTZ001  (as written)
        "people": ["[[Dana Reyes]]", "Lee"],
        "pay": "0120",
    }
    assert frontmatter.dumps(post, handler=vault_handler()) == (
        "---\ntype: debrief\nrole:\ndate: 2026-11-23\nsent: 2026-11-23T10:30:00\n"
        "people:\n  - \"[[Dana Reyes]]\"\n  - Lee\npay: '0120'\n---\n\ntext"
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["no", "~", "12:30", "012", "1e3", ".inf", "a: b", "a #b", "- a", "[[x]]", "true", "2026-01-01", " a ", "---", "<<"]
)
WRITTEN = TEXTS | st.none() | st.booleans() | st.integers() | st.dates() | st.floats(allow_nan=False)


@given(st.dictionaries(TEXTS, WRITTEN | st.lists(WRITTEN, max_size=3), max_size=4))
def test_what_is_written_is_read_back(metadata: dict[str, Any]) -> None:
    handler = vault_handler()
    block = handler.export(metadata)
    assert "---" not in [line.rstrip() for line in lines_of(block)]
    assert repr(handler.load(block)) == repr(metadata)


def test_a_flat_note_is_read_without_importing_yaml() -> None:
    program = (
        "import sys\n"
        "from jobvault.notes.frontmatter import read_front_matter\n"
        "assert read_front_matter(['---\\n', 'type: debrief\\n', 'tags:\\n', '  - a\\n', '---\\n']).properties\n"
        "print(sorted({'yaml', 'frontmatter', 'ruamel.yaml'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


# --- what values may stand for --------------------------------------------------------------------------------------


def value_of(text: str) -> Value:
    """Return the value of a property written as ``text``."""
    found = load_yaml(f"a: {text}")
    assert isinstance(found, dict)
    return found["a"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Acme", "Acme"),
        ("' Acme '", "Acme"),
        ("120000", "120000"),
        ("1e3", "1000"),
        ("1.5", "1.5"),
        ("true", "true"),
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23T10:30:00", "2026-11-23T10:30:00"),
        ("[Acme]", "Acme"),
        ("[Acme, Birch]", "Acme, Birch"),
        ("[[Acme]]", "[[Acme]]"),
        ('"[[Acme|A]]"', "[[Acme|A]]"),
        ("{Acme: Berlin}", "Acme: Berlin"),
        ("", None),
        ("''", None),
        ("' '", None),
        ("[]", None),
        ("[~, '']", None),
    ],
)
def test_as_text(written: str, text: str | None) -> None:
    assert as_text(value_of(written)) == text


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("", ()),
        ("Dana", ("Dana",)),
        ("4", ("4",)),
        ("[Dana, ~, '', 4, no]", ("Dana", "4", "no")),
        ("[[Dana Reyes]]", ("[[Dana Reyes]]",)),
        ("[[Dana Reyes|Dana]]", ("[[Dana Reyes|Dana]]",)),
        ("[[Reyes, Dana]]", ("[[Reyes, Dana]]",)),
        ("[[2026-11-23]]", ("[[2026-11-23]]",)),
        ("\n  - [[Dana Reyes]]\n  - '[[Lee]]'\n  - Tom", ("[[Dana Reyes]]", "[[Lee]]", "Tom")),
        ("[[[Dana]], [[Lee]]]", ("[[Dana]]", "[[Lee]]")),
        ("[[a], [b, c]]", ("a", "b", "c")),
        ("\n  - Dana: VP", ("Dana: VP",)),
        ("[[]]", ()),
    ],
)
def test_as_list(written: str, texts: tuple[str, ...]) -> None:
    assert as_list(value_of(written)) == texts


@pytest.mark.parametrize(
    "written",
    [
        *("2026-11-23", "'2026-11-23'", "' 2026-11-23 '", "2026-11-23T10:30:00", "'2026-11-23 10:30'", "[2026-11-23]"),
        *('"[[2026-11-23]]"', "[[2026-11-23]]", '"[[Daily/2026-11-23]]"', '"[[2026-11-23#Notes|Monday]]"'),
        "2026-11-23T23:30:00-05:00",
    ],
)
def test_as_date(written: str) -> None:
    assert as_date(value_of(written)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "written", ["", "soon", "2026-02-30", "20261123", "2026", "23.11.2026", "'[[2026-11-23 Acme]]'", "true", "[]", "{}"]
)
def test_no_date(written: str) -> None:
    assert as_date(value_of(written)) is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("14:30", time(14, 30)),
        ("'9:05'", time(9, 5)),
        ("14:30:15", time(14, 30, 15)),
        ("2:30 pm", time(14, 30)),
        ("2 PM", time(14)),
        ("12:15am", time(0, 15)),
        ("12 p.m.", time(12)),
        ("[14:30]", time(14, 30)),
        ("2026-11-23T14:30:00", time(14, 30)),
        ("'2026-11-23T14:30'", time(14, 30)),
    ],
)
def test_as_time(written: str, moment: time) -> None:
    assert as_time(value_of(written)) == moment


@pytest.mark.parametrize("written", ["", "870", "14", "'14'", "24:00", "14:60", "13 pm", "0 am", "2026-11-23", "noon"])
def test_no_time(written: str) -> None:
    assert as_time(value_of(written)) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [("4", 4), ("'4'", 4), ("4.0", 4), ("'4.0'", 4), ("70%", 70), ("70 %", 70), ("-1", -1), ("[3]", 3), ("04", 4)],
)
def test_as_int(written: str, number: int) -> None:
    assert as_int(value_of(written)) == number


@pytest.mark.parametrize(
    "written", ["", "true", "4.5", ".inf", ".nan", "four", "4/5", "2026-11-23", "'" + "9" * 400 + "'"]
)
def test_no_int(written: str) -> None:
    assert as_int(value_of(written)) is None


def test_an_aware_datetime_is_the_day_it_says() -> None:
    assert as_date(datetime(2026, 11, 23, 23, tzinfo=UTC)) == date(2026, 11, 23)
