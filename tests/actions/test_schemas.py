"""The schemas of notes and settings say what the readers do: neither more nor less, as far as a schema can."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault import model
from jobvault.actions.content_types import content_types
from jobvault.actions.schemas import ABOUT, schema
from jobvault.actions.vault import load_words
from jobvault.errors import SettingsError, UsageError
from jobvault.model import APPLICATION_OUTCOMES, FORMATS, KINDS, OUTCOMES, ROUNDS
from jobvault.notes.frontmatter import load_yaml
from jobvault.notes.properties import FIELDS
from jobvault.notes.reading import ReadingRules, read_note
from jobvault.settings import Settings
from jobvault.vault import settings as settings_reader
from jobvault.vault.settings import default_settings_text, read_settings
from jobvault.vault.shipped import languages, read_words, sample_vault_dir
from tests.vault.test_settings import uncommented

RULES = ReadingRules(load_words())
CHOICES = {
    ("debrief", "outcome"): OUTCOMES,
    ("debrief", "format"): FORMATS,
    ("application", "outcome"): APPLICATION_OUTCOMES,
    ("letter", "status"): ("draft", "sent"),
    **{(kind, "type"): (kind,) for kind in KINDS},
}


@cache
def checker(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(schema(name))


def complaints(name: str, value: object) -> list[str]:
    plain = json.loads(json.dumps(value, default=lambda day: day.isoformat()))
    return [f"{error.json_path}: {error.message}" for error in checker(name).iter_errors(plain)]


def front_of(text: str) -> Any:
    return load_yaml(text.lstrip("\ufeff").split("---\n")[1])


# --- all of them ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ABOUT)
def test_each_is_a_schema_of_draft_7_in_which_everything_is_described(name: str) -> None:
    found = schema(name)
    jsonschema.Draft7Validator.check_schema(found)
    assert (found["$schema"], found["title"]) == ("http://json-schema.org/draft-07/schema#", f"jobvault {name}")
    for place, about in properties(found):
        assert about["description"].strip(), place
    for pattern in patterns(found):
        re.compile(pattern)


def properties(node: object, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Find what is said of each property, wherever it is declared (not where it is only asked for its type)."""
    if isinstance(node, dict):
        for key, inner in node.items():
            if key == "properties":
                yield from ((f"{place}/{name}", about) for name, about in inner.items())
            if key != "if":
                yield from properties(inner, f"{place}/{key}")
    elif isinstance(node, list):
        for inner in node:
            yield from properties(inner, place)


def patterns(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        for inner in node.values():
            yield from patterns(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from patterns(inner)


def test_an_unknown_name_is_met_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Is it “debrief”"):
        schema("debreif")
    with pytest.raises(UsageError, match="There are settings, note, debrief"):
        schema("x")


# --- notes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_type_has_the_properties_that_are_read_in_their_order(kind: str) -> None:
    found = schema(kind)
    assert list(found["properties"]) == ["type", *FIELDS[kind]]
    assert "required" not in found
    assert found["additionalProperties"] is True
    for name, about in found["properties"].items():
        assert about["examples"], name
        for example in about["examples"]:
            assert complaints(kind, {name: example}) == [], name


def test_choices_are_those_that_are_read_in_every_language() -> None:
    found = {
        (kind, name): about["else"]["enum"]
        for kind in KINDS
        for name, about in schema(kind)["properties"].items()
        if "enum" in about.get("else", {})
    }
    assert found == {key: list(choices) for key, choices in CHOICES.items()}
    for (kind, name), choices in CHOICES.items():
        assert schema(kind)["properties"][name]["examples"] == list(choices), "what editors offer"
    groups = {("application", "outcome"): "application"}
    tried = 0
    for (kind, name), choices in CHOICES.items():
        for language in languages():
            words: Any = load_yaml(read_words(language))
            known = words["values"].get(groups.get((kind, name), name), {})
            for word in (str(word) for choice in choices for word in known.get(choice, [])):
                if read_value(kind, name, word):
                    continue
                tried += 1
                for spelled in (word, word.upper(), word.capitalize(), f" {word.replace(' ', '-')}."):
                    assert complaints(kind, {name: spelled}) == [], spelled
    assert tried > 50


def read_value(kind: str, name: str, value: object) -> list[str]:
    """Read a note with that value; what is said of it."""
    front = {"type": kind, name: value} if name != "type" else {"type": value}
    text = "---\n" + "".join(f"{key}: {json.dumps(one, ensure_ascii=False)}\n" for key, one in front.items()) + "---\n"
    reading = read_note("a.md", text.encode("utf-8", "surrogatepass"), RULES)
    if name == "type":
        return [] if reading.kind == kind else ["another type"]
    return [problem.message for problem in reading.problems if problem.code == "bad-value"]


def test_rounds_and_sources_are_offered_and_others_are_fine() -> None:
    assert schema("debrief")["properties"]["round"]["examples"] == [*ROUNDS, model.CHAT]
    assert complaints("debrief", {"round": "with the founder"}) == []


WORDS = sorted({*OUTCOMES, *APPLICATION_OUTCOMES, *FORMATS, "draft", "sent", "ghosted", "Absage", "Zoom", "wating"})
SHAPED = st.sampled_from(
    ["2026-11-23", "2026-02-30", "2026-11-31", "2026-11-23T10:30:00", "2026-11-23 10:30", "[[2026-11-23]]", "2026-13-01",
     "[[Daily/2026-11-23|Mon]]", "tomorrow", "23.11.2026", "14:30", "2:30 pm", "25:00", "14:60", "9 AM", "13 pm", "14", "4",
     "4.0", "70%", "-1", "101", "+3", "003", "", "  "]
)  # fmt: skip
ONE = st.none() | st.integers(-5, 120) | SHAPED | st.sampled_from(WORDS) | st.text("aZ09:-./ [T]%", max_size=8)
VALUES = ONE | st.lists(ONE, max_size=1)


@given(kind=st.sampled_from(KINDS), data=st.data(), value=VALUES)
def test_what_is_read_without_a_complaint_validates(kind: str, data: st.DataObject, value: object) -> None:
    name = data.draw(st.sampled_from(FIELDS[kind]))
    if read_value(kind, name, value) == []:
        assert complaints(kind, {"type": kind, name: value}) == []


@given(kind=st.sampled_from(("debrief", "application", "letter")), data=st.data(), value=ONE)
def test_a_single_value_that_is_not_understood_does_not_validate(kind: str, data: st.DataObject, value: object) -> None:
    name = data.draw(st.sampled_from(FIELDS[kind]))
    impossible = value == "2026-02-30" or (isinstance(value, str) and re.search(r"\d{4}-\d\d-\d\d\D", value))
    if read_value(kind, name, value) and not impossible:
        assert complaints(kind, {name: value}) != []


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("outcome: wating", "outcome"),
        ("felt: 7", "felt"),
        ("felt: good", "felt"),
        ("forecast: 101", "forecast"),
        ("date: tomorrow", "date"),
        ("date: 2026-11-31", "date"),
        ("Hear by: next week", "Hear by"),
        ("hear-by: soon", "hear-by"),
        ("TIME: half past two", "TIME"),
        ("time: 870", "time"),
        ("format: smoke signals", "format"),
        ("people:\n  - Dana Reyes: VP", "people"),
        ("company: {name: Acme}", "company"),
        ("type: letter", "type"),
    ],
)
def test_mistakes_are_found(front: str, place: str) -> None:
    for name in ("debrief", "note"):
        text = front if "type:" in front or name == "debrief" else f"type: debrief\n{front}"
        found = complaints(name, load_yaml(text))
        if not (name == "note" and "type:" in front):
            assert len(found) == 1, (name, found)
            assert place in found[0]


@pytest.mark.parametrize(
    "front",
    [
        "type: debrief\ncompany:\nrole:\ndate:\ntime:\nfelt:\npeople:\noutcome:\ntags:",
        "Type: Debrief\nHear by: 2026-11-23\nmy own: {a: [1]}\nCompany: [[Acme]]",
        'time: 14:30\npeople: Dana Reyes, VP\ntags: a, b\nrole: [SRE]\ndate: "2026-11-23"',
        "outcome: Ghosted\nformat: ZOOM\nfelt: '4'\nforecast: 70%",
    ],
)
def test_half_a_note_is_fine(front: str) -> None:
    assert complaints("debrief", load_yaml(front)) == []
    assert complaints("note", load_yaml(front)) == []


def test_the_sample_vault_validates_as_far_as_it_is_read_without_a_complaint() -> None:
    seen: dict[str, int] = {}
    for path in sorted(sample_vault_dir().rglob("*.md")):
        data = path.read_bytes()
        reading = read_note(path.name, data, RULES)
        if reading.kind is None or any(problem.code in ("bad-value", "duplicate-key") for problem in reading.problems):
            continue
        front = front_of(data.decode("utf-8-sig").replace("\r\n", "\n"))
        assert complaints(reading.kind, front) == [], path.name
        assert complaints("note", front) == [], path.name
        seen[reading.kind] = seen.get(reading.kind, 0) + 1
    assert set(seen) >= {"debrief", "application", "letter", "question", "story", "person"}
    assert sum(seen.values()) > 50


def test_a_note_is_held_against_its_own_type_alone() -> None:
    assert complaints("note", {"type": "recipe", "date": "tomorrow"}) == []
    assert complaints("note", {"date": "tomorrow"}) == []
    assert complaints("note", None) == []
    assert complaints("note", {"type": "letter", "status": "sent", "felt": 99}) == []
    assert len(complaints("note", {"type": "letter", "status": "lost"})) == 1
    assert len(complaints("note", {"type": ["Letter"], "status": "lost"})) == 1


# --- settings ---------------------------------------------------------------------------------------------------------


def test_every_setting_is_there_with_its_default_and_its_explanation() -> None:
    found = schema("settings")
    assert found["additionalProperties"] is False
    assert_keys(found["properties"], Settings())
    for key, about in found["properties"].items():
        assert about["description"] == load_words().text(f"settings.{key}")


def assert_keys(keys: dict[str, Any], settings: Any) -> None:
    assert list(keys) == [one.name for one in fields(settings)]
    for one in fields(settings):
        value = getattr(settings, one.name)
        if is_dataclass(value):
            assert keys[one.name]["additionalProperties"] is False
            assert_keys(keys[one.name]["properties"], value)
        else:
            assert keys[one.name].get("default") == (value or None)


def test_words_can_be_set_for_whatever_there_is() -> None:
    words: Any = load_yaml(read_words("en"))
    groups = schema("settings")["properties"]["words"]["properties"]
    assert {name: list(group["properties"]) for name, group in groups.items()} == {
        name: list(words[name]) for name in settings_reader._WORD_GROUPS
    }


def test_a_new_vaults_settings_validate() -> None:
    assert complaints("settings", load_yaml(uncommented(default_settings_text(load_words())))) == []
    assert complaints("settings", load_yaml(default_settings_text(load_words()))) == []
    sample = (sample_vault_dir() / "jobvault.yaml").read_text(encoding="utf-8")
    assert complaints("settings", load_yaml(sample)) == []


GOOD = """
language: en
words:
  sections: {takeaways: [Note to self, Merke], People Met: Wen}
  marks: {applied: used}
rounds: [phone, 2, yes]
areas: {system-design: [architecture], sql: }
companies: {Acme: Acme Corp}
folders: {debriefs: Work/Debriefs/, summaries: ., people: ./Leute}
Links: Markdown
dates: dataview
timezone: Europe/Berlin
ignore: Archive/
templates: Meta/templates
follow-ups: {style: links, worth_doing_days: 14}
letters: {name: Kim Doe, email: kim@example.org, Thanks-Hours: 36, long words: "120", stock_phrases: [As per, 12]}
undo: {days: 30, megabytes: "50"}
"""


@pytest.mark.parametrize("text", [GOOD, "", "areas: [sql, design]", "ignore: []", "folders: {debriefs: ~}", "undo:"])
def test_good_settings_validate(text: str, tmp_path: Path) -> None:
    (tmp_path / "jobvault.yaml").write_text(text, encoding="utf-8")
    read_settings(tmp_path)
    assert complaints("settings", load_yaml(text)) == []


BAD = [
    "lnguage: de", "xyzzy: 1", "folders: {debrief: x}", "follow_ups: {styl: links}", "undo: {day: 3}",
    "words: {headings: {}}", "words: {sections: {takaways: [x]}}", "words: {sections: {takeaways: {a: b}}}",
    "language: xx", "language: [en]", "links: obsidian", "links: wikis", "dates: iso", "timezone: ../../etc/passwd",
    "timezone: [Europe/Berlin]", "rounds: {a: b}", "rounds: [a, [b]]", "areas: x", "companies: {Acme: {a: b}}",
    "folders: {debriefs: /abs}", "folders: {debriefs: a/../../b}", "folders: {debriefs: 'C:\\x'}",
    "folders: {debriefs: .hidden}", "folders: {debriefs: a//b}", "folders: {debriefs: a/.b}", "folders: Debriefs",
    "folders: {debriefs: ''}", "folders: {debriefs: [a]}", "templates: ../x", "follow_ups: {style: box}",
    "follow-ups: {style: box}", "follow_ups: {worth_doing_days: soon}", "follow_ups: {worth_doing_days: 366}",
    "undo: {days: 0}", "undo: {days: 1.5}", "undo: {megabytes: true}", "letters: {sign: x}", "letters: []",
    "letters: {email: Kim}", "letters: {name: [a]}", "letters: {check_ins: 21}", "letters: {stock_phrases: {a: b}}",
    "ignore: {a: b}", f"ignore: [{'x' * 2000}]", "[a]", "just words",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_settings_that_are_refused_do_not_validate(text: str, tmp_path: Path) -> None:
    (tmp_path / "jobvault.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        read_settings(tmp_path)
    assert complaints("settings", load_yaml(text)) != []


FOLDERS = st.text("ab ./\\:*~é-", max_size=7)


@given(name=FOLDERS)
def test_folders_are_fine_here_and_there(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    node = settings_reader.parse_tree(json.dumps(name))
    assert node is not None
    try:
        settings_reader._folder(settings_reader._Value("jobvault.yaml", "folders.debriefs", node))
    except SettingsError:
        refused = True
    else:
        refused = False
    assert bool(complaints("settings", {"folders": {"debriefs": name}})) is refused, name


# --- Front Matter CMS -------------------------------------------------------------------------------------------------


def test_content_types_have_the_same_properties_and_choices() -> None:
    found = content_types()["frontMatter.taxonomy.contentTypes"]
    assert [one["name"] for one in found] == list(KINDS)
    for one in found:
        named = {field["name"]: field for field in one["fields"]}
        assert list(named) == ["type", *FIELDS[one["name"]]]
        for name, field in named.items():
            assert field["description"] == schema(one["name"])["properties"][name]["description"]
            choices = CHOICES.get((one["name"], name))
            assert field.get("choices") == (list(choices) if choices and name != "type" else None)
        assert named["type"]["default"] == one["name"]


DECLARED = {
    "type": {"name", "fields", "pageBundle", "filePrefix", "previewPath", "template", "fileType", "defaultFileName"},
    "field": {"title", "name", "description", "type", "default", "choices", "numberOptions", "single", "hidden"},
    "folder": {"title", "path", "contentTypes", "filePrefix", "excludeSubdir"},
    "kinds": {"string", "number", "datetime", "choice", "tags", "list"},
}
"""What version 10.3 of the extension declares in its package.json, of what is used here; other keys it refuses."""


def test_the_extension_knows_every_key_that_is_used() -> None:
    found = content_types()
    assert all(key == "$schema" or key.startswith("frontMatter.") for key in found)
    for one in found["frontMatter.taxonomy.contentTypes"]:
        assert set(one) <= DECLARED["type"]
        for field in one["fields"]:
            assert set(field) <= DECLARED["field"]
            assert field["type"] in DECLARED["kinds"]
            assert ("choices" in field) == (field["type"] == "choice"), "a choice must have choices"
            assert set(field.get("numberOptions", {})) <= {"min", "max", "step", "isDecimal"}
    for folder in found["frontMatter.content.pageFolders"]:
        assert set(folder) <= DECLARED["folder"]
        assert set(folder["contentTypes"]) <= set(KINDS)
