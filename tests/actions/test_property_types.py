"""Types for Obsidian's ``types.json``: added behind what is there, which stays byte for byte."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.property_types import TYPES, merge_types, merged, plan_types
from jobvault.errors import ChangedError, JobvaultError, NotFoundError
from jobvault.notes.properties import FIELDS
from jobvault.vault.write import TYPES_FILE
from tests.small_vault import SmallVault, make_vault

IDS = {"text", "multitext", "number", "checkbox", "date", "datetime", "tags", "aliases"}


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = make_vault(tmp_path / "vault")
    (vault.root / ".obsidian").mkdir()
    return vault


def merge(vault: SmallVault) -> tuple[tuple[str, str], ...]:
    planned = plan_types(vault.root)
    merge_types(vault.open(), planned)
    return planned.added


def test_every_type_is_one_of_obsidians_and_of_a_property_of_ours() -> None:
    assert set(TYPES.values()) <= IDS
    assert TYPES.keys() <= {name for names in FIELDS.values() for name in names}


def test_a_file_that_is_not_there_is_written_as_obsidian_writes_it(vault: SmallVault) -> None:
    assert dict(merge(vault)) == dict(TYPES)
    assert vault.read(TYPES_FILE) == json.dumps({"types": dict(TYPES)}, indent=2)
    assert merge(vault) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"types":{}}', '{"types":{%s}}'),
        ('{"types":{"a":"text"}}', '{"types":{"a":"text",%s}}'),
        ('{\n  "types": {}\n}', '{\n  "types": {\n    %s\n  }\n}'),
        ('{\n  "types": {\n    "a": "text"\n  }\n}\n', '{\n  "types": {\n    "a": "text",\n    %s\n  }\n}\n'),
        ('{\n\t"types": {\n\t\t"a": "text"\n\t}\n}', '{\n\t"types": {\n\t\t"a": "text",\n\t\t%s\n\t}\n}'),
        ('{\n  "x": [1.50, "ä"]\n}', '{\n  "x": [1.50, "ä"],\n  "types": {\n    %s\n  }\n}'),
        ("{}", '{"types": {%s}}'),
        ("{ }", '{ "types": {%s} }'),
        ('{"types": { }}', '{"types": { %s }}'),
        ("\ufeff{}", '\ufeff{"types": {%s}}'),
        ('\ufeff{\r\n  "types": {\r\n    "a": "text"\r\n  }\r\n}', '\ufeff{\r\n  "types": {\r\n    "a": "text",\r\n    %s\r\n  }\r\n}'),
        ("\ufeff", '\ufeff{\n  "types": {\n    %s\n  }\n}'),
        ('{"x": {"types": {"b": {}}}, "types": {"a": "te}xt"}, "y": 1}', '{"x": {"types": {"b": {}}}, "types": {"a": "te}xt",%s}, "y": 1}'),
    ],
)  # fmt: skip
def test_all_else_stays_byte_for_byte(before: str, after: str) -> None:
    start, end = after.split("%s")
    text, added = merged(before)
    assert text.startswith(start)
    assert text.endswith(end)
    assert dict(added) == dict(TYPES)
    entries = text[len(start) : len(text) - len(end)]
    assert json.loads(f"{{{entries}}}") == dict(TYPES)
    gap = start[start.rindex('"a"') :].partition(",")[2] if '"a"' in start and "\n" in start else ""
    assert entries.count(gap or ",") == len(TYPES) - 1
    assert merged(text) == (text, ())


def test_what_the_user_chose_wins_whatever_its_case() -> None:
    text, added = merged('{"types": {"Date": "text", "FELT": "checkbox"}}')
    assert {"date", "felt"}.isdisjoint(dict(added))
    assert text.startswith('{"types": {"Date": "text", "FELT": "checkbox",')


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "1",
        '{"types": []}',
        '{"types": {"a": "text",}}',
        "{",
        '{"types": {}, "types": {}}',
        "[" * 100_000,
        "\ufeff{",
    ],
)
def test_what_is_not_obsidians_is_refused_and_stays(vault: SmallVault, text: str) -> None:
    vault.write(TYPES_FILE, text)
    with pytest.raises(JobvaultError, match=r"types\.json is not what Obsidian writes .*Nothing was written"):
        plan_types(vault.root)
    assert vault.read(TYPES_FILE) == text


def test_bytes_that_are_no_text_are_refused(vault: SmallVault) -> None:
    vault.write(TYPES_FILE, b'{"types": {"\xff": "text"}}')
    with pytest.raises(JobvaultError, match="Nothing was written"):
        plan_types(vault.root)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no FIFO")
def test_a_pipe_and_a_link_out_are_refused(vault: SmallVault, tmp_path: Path) -> None:
    place = vault.root / TYPES_FILE
    os.mkfifo(place)
    with pytest.raises(JobvaultError, match="no regular file"):
        plan_types(vault.root)
    place.unlink()
    (tmp_path / "out.json").write_text("{}")
    place.symlink_to(tmp_path / "out.json")
    with pytest.raises(JobvaultError, match="leaves the vault"):
        plan_types(vault.root)
    assert (tmp_path / "out.json").read_text() == "{}"


def test_a_vault_that_obsidian_has_not_opened_is_told_so(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    with pytest.raises(NotFoundError, match=r"no \.obsidian folder. Open it in Obsidian once"):
        plan_types(vault.root)
    assert not (vault.root / ".obsidian").exists()


def test_a_save_of_obsidians_meanwhile_wins(vault: SmallVault) -> None:
    vault.write(TYPES_FILE, "{}")
    planned = plan_types(vault.root)
    vault.write(TYPES_FILE, '{"types": {"x": "text"}}')
    with pytest.raises(ChangedError):
        merge_types(vault.open(), planned)
    assert vault.read(TYPES_FILE) == '{"types": {"x": "text"}}'


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of this kind")
def test_the_mode_stays_and_nothing_is_left(vault: SmallVault) -> None:
    vault.write(TYPES_FILE, "{}").chmod(0o640)
    merge(vault)
    assert (vault.root / TYPES_FILE).stat().st_mode & 0o777 == 0o640
    assert os.listdir(vault.root / ".obsidian") == ["types.json"]


NAMES = st.text(max_size=8) | st.sampled_from([*TYPES, "types", "Types"])
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
FORMS = st.sampled_from([{"indent": 2}, {"indent": "\t"}, {"indent": None}, {"separators": (",", ":")}, {"indent": 4}])


@given(
    st.dictionaries(NAMES.filter(lambda name: name != "types"), ANY, max_size=3),
    st.none() | st.dictionaries(NAMES, st.sampled_from(sorted(IDS)), max_size=4),
    FORMS,
    st.booleans(),
    st.booleans(),
)
def test_any_file_keeps_all_it_says_in_its_order(
    others: dict[str, Any], types: dict[str, str] | None, form: dict[str, Any], first: bool, plain: bool
) -> None:
    mine = {} if types is None else {"types": types}
    data = {**mine, **others} if first else {**others, **mine}
    text, added = merged(json.dumps(data, ensure_ascii=plain, **form))
    after = json.loads(text)
    assert list(after)[: len(data)] == list(data)
    assert {name: value for name, value in after.items() if name != "types"} == others
    assert list(after["types"].items()) == [*(types or {}).items(), *added]
    assert {name.casefold() for name in after["types"]} >= TYPES.keys()


@given(st.text(alphabet='{}[]",: \n\\tyesad1', max_size=40))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        new, _ = merged(text)
    except ValueError:
        return
    assert {name.casefold() for name in json.loads(new)["types"]} >= TYPES.keys()
