"""``jobvault schema``: printed for an editor, without a vault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jobvault.actions.content_types import content_types
from jobvault.actions.schemas import ABOUT, schema
from tests.cli.conftest import Program
from tests.small_vault import jobvault


def test_what_there_is_is_listed_and_can_be_printed_without_a_vault(tmp_path: Path) -> None:
    listed = jobvault("schema", cwd=tmp_path)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [*ABOUT, "front-matter-cms"]
    assert all(len(line.split()) > 3 for line in listed.stdout.splitlines())
    printed = jobvault("schema", "debrief", "--no-input", cwd=tmp_path, environ={"PYTHONUTF8": "0", "LC_ALL": "C"})
    assert (printed.returncode, json.loads(printed.stdout)) == (0, schema("debrief"))


@pytest.mark.parametrize("name", ABOUT)
def test_each_is_printed(program: Program, name: str) -> None:
    assert program(None, "schema", name).json == schema(name)


def test_the_content_types_are_printed(program: Program) -> None:
    assert program(None, "schema", "front-matter-cms").json == content_types()


def test_a_slip_is_met_with_the_nearest_name(program: Program) -> None:
    wrong = program(None, "schema", "debreif")
    assert (wrong.code, wrong.out) == (2, "")
    assert "“debrief”" in wrong.err
    assert "Traceback" not in wrong.err


def test_a_name_that_is_none_is_met_with_all_there_are(program: Program) -> None:
    wrong = program(None, "schema", "nosuch")
    assert (wrong.code, wrong.out) == (2, "")
    assert all(name in wrong.err for name in (*ABOUT, "front-matter-cms"))
    assert "Is it “front-matter-cms”?" in program(None, "schema", "front-mater-cms").err
