"""Every JSON answer is what its schema says, and every field of it is described there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jobvault.actions.demo import AS_OF, lay_out
from jobvault.actions.summarize import BlockResult
from jobvault.model import Problem
from jobvault.vault.shipped import read_template, templates_dir
from jobvault.views import view_names
from tests.cli.conftest import Program
from tests.small_vault import SmallVault, block, debrief, make_vault

NAMES = sorted(
    [
        *(f"view-{name}" for name in view_names()),
        "check",
        "letter-check",
        "letter-sent",
        "summarize",
        "conflicts",
        "add",
        "done",
        "heard",
        "set",
        "undo",
        "undo-list",
        "inspect",
        "schema",
    ]
)


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read_template(f"schemas/{name}.json"))
    return found


def complaints(name: str, answer: object) -> list[str]:
    checker = jsonschema.Draft202012Validator(
        schema(name), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(answer)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SmallVault:
    root = tmp_path_factory.mktemp("sample") / "vault"
    lay_out(root, AS_OF)
    return SmallVault(root)


@pytest.fixture
def small(tmp_path: Path) -> SmallVault:
    """A vault with what the sample lacks: gaps, odd tasks, a conflict copy, a letter, blocks of all states."""
    bare = "---\ntype: debrief\n---\n\n## People met\n\n- ?, beard\n- Dana\n\n## Takeaways\n\n- x\n"
    return make_vault(
        tmp_path / "small",
        {
            "Debriefs/bare.md": bare,
            "Debriefs/2026-11-20 Acme panel.md": debrief(
                front="time: 9:30\nforecast: 0\nfelt: 1\n",
                follow_ups="Write to them\n- Call\n- [?] Odd 🆔 abc 🔺 📅 2026-11-22\n- [-] No ❌ 2026-11-21\n- [ ] Water 🔁 every day 📅 2026-11-27\n",
            ),
            "Debriefs/2026-11-20 Acme panel.sync-conflict-20261123-101500-ABCDEFG.md": debrief(),
            "Debriefs/bad.md": "---\ntype: debrief\ncompany: a\ncompany: b\n---\n",
            "Letters/a.md": '---\ntype: letter\nto: Dana\ndebrief: "[[2026-11-20 Acme panel]]"\nstatus: draft\n---\n',
            "S/a.md": f"{block('follow-ups')}\n{block('folow-ups')}\n<!-- jobvault:begin people -->\n",
            "S/b.md": block("takeaways"),
        },
    )


# --- the schemas ------------------------------------------------------------------------------------------------------


def test_there_is_one_for_each_answer() -> None:
    names = [file.stem for file in (templates_dir() / "schemas").iterdir()]
    assert sorted(name for name in names if not re.match("note-|settings$", name)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema_in_which_everything_is_described(name: str) -> None:
    found = schema(name)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["title"].startswith("jobvault ")
    nodes = list(objects(found))
    assert nodes
    for node in nodes:
        assert node["additionalProperties"] is not False, "fields may be added"
        for field, about in node.get("properties", {}).items():
            assert about.get("description", "").endswith("."), field
        assert set(node.get("required", [])) <= set(node.get("properties", {}))


def objects(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "properties" in node and node.get("type") == "object":
            yield node
        for item in node.values():
            yield from objects(item)
    elif isinstance(node, list):
        for item in node:
            yield from objects(item)


def described(name: str, *path: str) -> set[str]:
    node = schema(name)
    for step in path:
        node = node["properties"][step]
        node = node.get("items", node)
    return set(node["properties"])


@pytest.mark.parametrize("view", view_names())
def test_every_field_of_a_views_items_is_described_and_required(view: str) -> None:
    module = import_module(f"jobvault.views.{view.replace('-', '_')}")
    item = schema(f"view-{view}")["properties"]["items"]["items"]
    names = {field.name for field in fields(module.Item)}
    assert set(item["properties"]) == names
    assert set(item["required"]) == names
    nested = {one for one in vars(module).values() if is_dataclass(one)} - {module.Item}
    for name, about in item["properties"].items():
        if about.get("type") == "array" and "properties" in about["items"]:
            matching = [
                one for one in nested if {field.name for field in fields(one)} == set(about["items"]["properties"])
            ]
            assert matching, f"{name} is described as no dataclass of the view is"


def test_problems_and_blocks_are_described_alike_everywhere() -> None:
    problem = {field.name for field in fields(Problem)} - {"quote"}
    for name in ("check", "summarize"):
        assert described(name, "problems") == problem
    assert described("inspect", "notes", "problems") == problem
    assert described("summarize", "blocks") == {field.name for field in fields(BlockResult)}


# --- real answers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", view_names())
def test_views(sample: SmallVault, small: SmallVault, tmp_path: Path, program: Program, view: str) -> None:
    for vault in (sample, small, make_vault(tmp_path / "empty")):
        for words in ((), ("--limit", "3"), ("--within", "30")):
            answer = program(vault, "show", view, "--json", *words).json
            assert complaints(f"view-{view}", answer) == []
            described_fields = described(f"view-{view}", "items")
            assert all(set(item) == described_fields for item in answer["items"])


def test_check_and_summarize(sample: SmallVault, small: SmallVault, program: Program) -> None:
    for vault in (sample, small):
        assert complaints("check", program(vault, "check", "--json").json) == []
        for words in (("--check",), (), ()):
            answer = program(vault, "summarize", "--json", *words).json
            assert complaints("summarize", answer) == []
            assert answer["blocks"]
    assert {item["state"] for item in program(small, "summarize", "--json").json["blocks"]} == {"unchanged"}
    small.write("S/c.md", block("folow-ups"))
    assert {item["state"] for item in program(small, "summarize", "--json").json["blocks"]} == {"unchanged", "skipped"}


def test_what_was_carried(tmp_path: Path, program: Program) -> None:
    vault = make_vault(
        tmp_path / "vault", {"Debriefs/x.md": debrief(follow_ups="- [ ] Call\n"), "S.md": block("follow-ups")}
    )
    vault.summarize()
    vault.edit("S.md", "- [ ] Call", "- [x] Call")
    answer = program(vault, "summarize", "--json").json
    assert complaints("summarize", answer) == []
    [carried] = answer["carried"]
    assert set(carried) == described("summarize", "carried")
    assert (carried["path"], carried["text"], carried["status"]) == ("Debriefs/x.md", "Call", "done")


@pytest.mark.parametrize(
    "words", [("call",), ("call", "--dry-run"), ("call", "--cancel"), ("no", "--undo"), ("no", "--cancel")]
)
def test_done(small: SmallVault, program: Program, words: tuple[str, ...]) -> None:
    answer = program(small, "done", "--json", *words).json
    assert complaints("done", answer) == []
    [item] = answer["done"]
    assert set(item) == described("done", "done")


@pytest.mark.parametrize(
    "words", [("Call",), ("Mail", "--due", "fri", "--tag", "x"), ("Mail", "--concern", "Dana", "--dry-run")]
)
def test_add(small: SmallVault, program: Program, words: tuple[str, ...]) -> None:
    answer = program(small, "add", "--json", *words).json
    assert complaints("add", answer) == []
    [item] = answer["added"]
    assert set(item) == described("add", "added")


@pytest.mark.parametrize(
    "words", [("felt", "4"), ("mine", "a", "true", "--dry-run"), ("felt", "--unset"), ("felt", "1")]
)
def test_set(small: SmallVault, program: Program, words: tuple[str, ...]) -> None:
    answer = program(small, "set", "--json", "Debriefs/2026-11-20 Acme panel.md", *words).json
    assert complaints("set", answer) == []
    [item] = answer["set"]
    assert set(item) == described("set", "set")


@pytest.mark.parametrize(
    "words",
    [("rejected",), ("offer", "--feedback", "x", "--dry-run"), ("cancelled",), ("advanced", "--on", "yesterday")],
)
def test_heard(small: SmallVault, program: Program, words: tuple[str, ...]) -> None:
    small.write("Applications/a.md", "---\ntype: application\ncompany: Acme\n---\n")
    answer = program(small, "heard", "--json", "Debriefs/2026-11-20 Acme panel.md", *words).json
    assert complaints("heard", answer) == []
    about = schema("heard")["properties"]["heard"]["properties"]
    assert set(answer["heard"]) == set(about)
    for group in ("feedback", "needless"):
        assert all(set(one) == set(about[group]["items"]["properties"]) for one in answer["heard"][group])


@pytest.mark.parametrize("words", [("a", "--dry-run"), ("a", "--on", "2026-11-24 18:30"), ("again",)])
def test_letter_sent(small: SmallVault, program: Program, words: tuple[str, ...]) -> None:
    panel = "Debriefs/2026-11-20 Acme panel.md"
    tasks = "- [ ] Thank Dana\n- [ ] Thank-you letters to Dana and Tom\n- [ ] Thank Dana 🔁 every day\n"
    small.write(panel, debrief(body="## People met\n\n- Dana\n- Tom\n", follow_ups=tasks))
    small.write("Letters/again.md", small.read("Letters/a.md").replace("draft", "sent"))
    answer = program(small, "letter", "sent", "--json", *words).json
    assert complaints("letter-sent", answer) == []
    about = schema("letter-sent")["properties"]["sent"]["properties"]
    assert set(answer["sent"]) == set(about)
    for group in ("done", "left"):
        assert all(set(one) == set(about[group]["items"]["properties"]) for one in answer["sent"][group])
    assert answer["sent"]["left"]
    assert bool(answer["sent"]["done"]) == answer["sent"]["changed"] == (words != ("again",))


def test_inspect(sample: SmallVault, small: SmallVault, program: Program) -> None:
    program(small, "summarize")
    notes: list[dict[str, Any]] = []
    for vault in (sample, small):
        paths = [str(path) for path in sorted(vault.root.rglob("*.md"))]
        answer = program(vault, "inspect", "--json", *paths).json
        assert complaints("inspect", answer) == []
        assert len(answer["notes"]) == len(paths)
        notes += answer["notes"]
    for name in ("headings", "items", "tasks", "links", "blocks", "sections", "problems"):
        found = [one for note in notes for one in note[name]]
        assert found, name
        assert all(set(one) == described("inspect", "notes", name) for one in found)


def test_the_list_of_schemas(small: SmallVault, program: Program) -> None:
    answer = program(small, "schema", "--json").json
    assert complaints("schema", answer) == []
    assert all(set(item) == described("schema", "schemas") for item in answer["schemas"])


def test_a_wrong_answer_would_be_noticed() -> None:
    assert complaints("check", {}) == ["$: 'problems' is a required property"]
    assert complaints("done", {"done": [{"id": "x"}]})
    assert complaints("view-people", {"view": "people", "today": "yesterday", "items": []})
