"""What is read in a note: the JSON and the lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jobvault.actions.inspect import Inspection, as_json, inspect
from jobvault.actions.inspect_lines import UNREAD, rows, verdict
from jobvault.actions.vault import load_words
from jobvault.errors import NotFoundError
from jobvault.notes.reading import ReadingRules
from tests.small_vault import debrief

RULES = ReadingRules(load_words())
LABELLED = """\
---
type: debrief
company: Acme
date: 2026-11-20
---

## People met

### Anna Berg

- E-Mail: anna@example.org
- Worüber wir sprachen: Boote
- Worüber wir geredet haben: Tests
- What we talked about: ferries
- We discussed: on-call
"""
NOTE = """\
---
type: debrief
company: Acme
date: 2026-11-20
people:
  - "[[Dana Reyes]]"
  - Tom Ek
felt: 4
---

# Acme, the panel

<!-- Half is fine. One takeaway is enough. -->

## People met

### [[Dana Reyes]], VP Engineering

- Cares about: tests
- Concern: on-call
- My answer: five people (rough)
- We talked about: boats
- Next step: she calls
- quiet

## What they asked

1. Draw it (strong)
2. Break it

## What I noticed

- a clock
- why no clock?

## Where I was strong

- drawing #design

## Overall

Good.
Very good.

## Takeaways

- Draw first (applied)
- Talk less

## Follow-ups

- [ ] Send the CV 📅 2026-11-27 ^cv
- [x] Call  [due:: 2026-11-21]  [completion:: 2026-11-22]
- Ask

## Feedback

- nice

## My own

words, see [the other](other%20note.md#part) and [[Some|one]]

```text
- [ ] code
```

<!-- jobvault:begin people company="Acme" -->

- **Dana**

<!-- jobvault:end -->
"""


def look(tmp_path: Path, text: str | bytes, name: str = "note.md") -> Inspection:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return inspect(path, name, RULES)


def by_line(found: Inspection) -> dict[str, str]:
    return {words.strip(): what for _, what, words in rows(found)}


def test_an_address_and_what_was_talked_about_are_said_to_be_read(tmp_path: Path) -> None:
    found = by_line(look(tmp_path, LABELLED))
    assert found["- E-Mail: anna@example.org"] == "email · Anna Berg"
    for line in LABELLED.splitlines()[-4:]:
        assert found[line] == "talked about · Anna Berg"


def test_each_line_says_what_it_is_read_as(tmp_path: Path) -> None:
    found = look(tmp_path, NOTE)
    assert verdict(found) == "note.md: type debrief"
    said = by_line(found)
    for words, what in {
        "---": "front matter",
        "company: Acme": "property company",
        "- Tom Ek": "property people",
        "# Acme, the panel": "heading 1",
        "<!-- Half is fine. One takeaway is enough. -->": "comment",
        "## People met": "section people-met",
        "### [[Dana Reyes]], VP Engineering": "person · Dana Reyes",
        "- Cares about: tests": "cares about · Dana Reyes",
        "- Concern: on-call": "open concern · Dana Reyes",
        "- My answer: five people (rough)": "my answer (rough) · Dana Reyes",
        "- We talked about: boats": "talked about · Dana Reyes",
        "- Next step: she calls": "next step · Dana Reyes",
        "- quiet": "note · Dana Reyes",
        "1. Draw it (strong)": "question (strong)",
        "2. Break it": "question",
        "- a clock": "noticed",
        "- why no clock?": "open question",
        "- drawing #design": "strength",
        "Good.": "overall",
        "Very good.": "overall",
        "- Draw first (applied)": "takeaway (applied)",
        "- Talk less": "takeaway",
        "- [ ] Send the CV 📅 2026-11-27 ^cv": "follow-up open, due 2026-11-27",
        "- [x] Call  [due:: 2026-11-21]  [completion:: 2026-11-22]": "follow-up done, due 2026-11-21",
        "- Ask": "follow-up open",
        "- nice": "feedback",
        "## My own": "heading 2",
        "- [ ] code": "code",
        '<!-- jobvault:begin people company="Acme" -->': "block people begins",
        "- **Dana**": "generated, not read",
        "<!-- jobvault:end -->": "block people ends",
    }.items():
        assert said[words] == what, words
    assert [number for number, _, _ in rows(found)] == [n for n, line in enumerate(NOTE.split("\n"), 1) if line.strip()]


def test_lines_that_are_read_as_nothing_say_so(tmp_path: Path) -> None:
    said = by_line(look(tmp_path, debrief(body="## Strange\n\nwords\n\n%%\nhidden\n%%\n\n## People met\n\n- \n- x\n")))
    assert UNREAD not in {what for words, what in said.items() if words == "words"}
    assert said["-"] == "empty bullet"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Soup\n", "note.md: none of jobvault's types, so it is not counted"),
        ("---\ntype: debreif\n---\n", "note.md: none of jobvault's types, so it is not counted"),
        ("---\ntype: letter\nto: x\n---\n", "note.md: type letter"),
        ("---\ntype: debrief\ncompany: {{company}}\n---\n", "note.md: a template to be filled in, so it is left alone"),
        ("---\ntype: debrief\ncompany: a\ncompany: b\n---\n", "note.md: not read, because of its properties"),
        ("", "note.md: none of jobvault's types, so it is not counted"),
    ],
)
def test_the_verdict(tmp_path: Path, text: str, said: str) -> None:
    found = look(tmp_path, text)
    assert verdict(found) == said
    if "company: b" in text:
        assert by_line(found)["company: b"] == "front matter, not read"
        assert [problem.line for problem in found.reading.problems] == [4]


def test_the_json_says_all_that_was_read(tmp_path: Path) -> None:
    answer = as_json(look(tmp_path, NOTE))
    assert (answer["path"], answer["kind"], answer["problems"]) == ("note.md", "debrief", [])
    front = answer["front_matter"]
    assert front["lines"] == [1, 9]
    assert front["properties"][2] == {"name": "date", "line": 4, "end": 4, "value": "2026-11-20"}
    assert front["properties"][3] == {"name": "people", "line": 5, "end": 7, "value": ["[[Dana Reyes]]", "Tom Ek"]}
    assert {"line": 15, "level": 2, "text": "People met"} in answer["headings"]
    assert {"line": 29, "marker": "2.", "depth": 0, "text": "Break it", "task": False} in answer["items"]
    line = NOTE.split("\n").index("- [ ] Send the CV 📅 2026-11-27 ^cv") + 1
    task, done = answer["tasks"]
    assert task == {
        "line": line, "status": " ", "text": "Send the CV", "due": "2026-11-27", "done": None, "cancelled": None, "tags": [], "block_id": "cv",
        "recurring": False, "fields": [{"key": "due", "value": "2026-11-27", "form": "emoji"}],
    }  # fmt: skip
    assert (done["status"], done["due"], done["done"], done["line"]) == ("x", "2026-11-21", "2026-11-22", line + 1)
    assert [field["form"] for field in done["fields"]] == ["dataview", "dataview"]
    assert [(link["target"], link["text"]) for link in answer["links"]] == [
        ("Dana Reyes", "Dana Reyes"), ("Dana Reyes", "Dana Reyes"), ("other note", "the other"), ("Some", "one"),
    ]  # fmt: skip
    [block] = answer["blocks"]
    assert (block["view"], block["arguments"], block["version"], block["as_of"]) == (
        "people",
        {"company": "Acme"},
        None,
        None,
    )
    sections = {section["section"]: section for section in answer["sections"]}
    assert sections["overall"] == {"line": 40, "section": "overall", "heading": "Overall", "end": 43}


AWKWARD = [
    "Title\n=====\n\nwords\n---\n\n# one\n\n#no heading\n\n####### seven\n\n## two ##\n",
    "- a\n  - b\n    - c\n\n      - d\n- [ ] e\n  more\nlazy\n\n1. x\n2) y\n   3. z\n",
    "```\n# code\n- [ ] code\n```\n\n~~~ md\n- x\n~~~~\n\n    - indented code\n\n- [ ] after\n",
    "<!-- \n# hidden\n- [ ] hidden\n-->\n- [x] seen\n\n<div>\n- html\n</div>\n\n- seen\n",
    "> - [ ] quoted\n> # quoted\n>> - deeper\nlazy\n\n- > q\n  # h in item\n",
    "- \n- [ ]\n- [x] x\n* [X] y\n+ [/] z\n- [?] w\n- [] no\n- [ ]no\n1. [ ] one\n",
    "para\n- interrupts\n\npara\n2. does not\n\n* * *\n- - nested\n---\n",
    "| a | b |\n| - | - |\n| x | y |\n\n- after\n\n[ref]: url\n# h\n",
    "- a\n\n\n- b\n\n  para\n\n      code\n- c\n\n<!-- --> \n- d\n",
    "\t- tab\n\n-\ttab item\n\n  - two\n   - three\n    - four\n",
]


def judged(text: str, first: int) -> tuple[set[tuple[int, int]], set[int], set[int]]:
    """What markdown-it-py finds: (line, level) of headings, the lines of items, and of those with a box."""
    headings, items, tasks = set(), set(), set()
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    lines = text.split("\n")
    for index, token in enumerate(tokens):
        line = (token.map[0] if token.map else 0) + first
        if token.type == "heading_open":
            headings.add((line, int(token.tag[1])))
        if token.type == "list_item_open":
            items.add(line)
            inline = (
                tokens[index + 2] if index + 2 < len(tokens) and tokens[index + 1].type == "paragraph_open" else None
            )
            content = (
                inline.content if inline is not None and inline.map == [line - first, (inline.map or [0, 0])[1]] else ""
            )
            if (
                len(content) >= 3
                and content[0] == "["
                and content[2] == "]"
                and (len(content) == 3 or content[3] in " \t\n")
            ):
                tasks.add(line)
    assert lines
    return headings, items, tasks


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
@pytest.mark.parametrize(
    "front", ["", "---\ntype: debrief\ncompany: Acme\ndate: 2026-11-20\n---\n"], ids=["plain", "debrief"]
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_headings_items_and_tasks_are_those_of_commonmark(tmp_path: Path, text: str, front: str, ending: str) -> None:
    answer = as_json(look(tmp_path, (front + text).replace("\n", ending)))
    headings, items, tasks = judged(text, 1 + front.count("\n"))
    assert {(one["line"], one["level"]) for one in answer["headings"]} == headings
    assert {one["line"] for one in answer["items"]} == items
    assert {one["line"] for one in answer["tasks"]} == tasks
    assert {one["line"] for one in answer["items"] if one["task"]} == tasks


@given(
    data=st.one_of(
        st.binary(max_size=200), st.text(alphabet="-*#>[]x \n\t`:|1.)a\u2028\r", max_size=120).map(str.encode)
    )
)
def test_any_bytes_are_read_without_an_exception(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    found = look(tmp_path_factory.getbasetemp(), data)
    assert plain(as_json(found))
    list(rows(found))
    assert verdict(found)


def plain(value: Any) -> bool:
    """Whether a value is what JSON holds."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(plain, value))
    return value is None or isinstance(value, (str, int, float, bool))


def test_bytes_that_are_no_utf8_are_shown_as_such(tmp_path: Path) -> None:
    answer = as_json(look(tmp_path, b"---\ntype: debrief\n---\n# gr\xfc\xdfe\n- [ ] \xff\n"))
    assert answer["headings"][0]["text"] == "gr\ufffd\ufffde"
    assert answer["tasks"][0]["text"] == "\ufffd"


@pytest.mark.parametrize("name", ["nope.md", "folder", "nope/below.md"])
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotFoundError, match=name):
        inspect(tmp_path / name, name, RULES)


def test_a_link_is_read_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "note.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "real" / "note.md")
    assert as_json(inspect(tmp_path / "link.md", "link.md", RULES))["kind"] == "debrief"
