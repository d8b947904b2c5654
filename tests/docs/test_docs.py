"""The documentation tells the truth: examples are run, tables are complete, links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import shutil
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from jobvault.actions.vault import load_words
from jobvault.notes.properties import FIELDS
from jobvault.search.query import ARGUMENTS
from jobvault.settings import Settings
from jobvault.vault.shipped import languages
from jobvault.views import view_names
from jobvault.views.follow_ups import SHOWN
from jobvault.words.severity import SEVERITY
from tests.docs.pages import renewed, steps
from tests.docs.session import outcomes
from tests.every_command import COMMANDS, TOP
from tests.render.markdown_tools import markdownlint, missing_tools, prettier
from tests.small_vault import REPOSITORY, jobvault

DOCS = REPOSITORY / "docs"
PAGES = sorted(
    [
        *DOCS.rglob("*.md"),
        *(REPOSITORY / f"{name}.md" for name in ("README", "ARCHITECTURE", "CONTRIBUTING", "CHANGELOG")),
    ]
)
LICENCE = "MIT License\n\nCopyright (c) 2026 The jobvault authors\n"


def name_of(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


def page(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


# --- examples --------------------------------------------------------------------------------------------------------

RUN = [path for path in PAGES if any(step.body for step in steps(path.read_text(encoding="utf-8")))]


@pytest.mark.skipif(shutil.which("sh") is None, reason="examples are typed into sh, and there is none")
@pytest.mark.parametrize("path", RUN, ids=name_of)
def test_examples_are_what_the_program_says(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    found = list(outcomes(text, tmp_path))
    if request.config.getoption("--renew-goldens"):
        path.write_text(renewed(text, found), encoding="utf-8", newline="\n")
        return
    for outcome in found:
        place = f"{name_of(path)}:{outcome.step.line + 1}"
        assert outcome.good, f"{place} shows\n{_joined(outcome.step.body)}\nbut it is\n{_joined(outcome.body)}"


def _joined(lines: tuple[str, ...]) -> str:
    return "\n".join(lines)


# --- commands and views ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_with_its_help_and_an_example(name: str) -> None:
    text = page(f"docs/commands/{name.replace(' ', '-')}.md")
    found = list(steps(text))
    assert text.startswith(f"# jobvault {name}\n")
    assert [step.argument for step in found if step.name == "help"] == [name]
    [shown] = [step.body for step in found if step.name == "help"]
    examples = shown[shown.index("Examples:") + 1 :]
    assert examples
    assert all(line.startswith(f"  jobvault {name}") for line in examples)
    typed = [line for step in found if step.name == "console" for line in step.body if line.startswith("$ ")]
    assert name == "watch" or any(f"jobvault {name}" in line for line in typed)


def test_no_page_is_about_a_command_that_is_gone() -> None:
    assert {path.stem for path in (DOCS / "commands").glob("*.md")} == {name.replace(" ", "-") for name in COMMANDS}
    assert {path.stem for path in (DOCS / "views").glob("*.md")} == set(view_names())


def test_help_of_the_program_names_every_command() -> None:
    said = jobvault("--help").stdout
    assert all(re.search(rf"^  {name} ", said, re.MULTILINE) for name in TOP)


@pytest.mark.parametrize("name", view_names())
def test_every_view_has_a_page_with_its_block_and_its_fields(name: str) -> None:
    text = page(f"docs/views/{name}.md")
    assert text.startswith(f"# The view {name}\n")
    assert any(step.name == "block" and step.argument.split(" ")[0] == name for step in steps(text))
    item = import_module(f"jobvault.views.{name.replace('-', '_')}").Item
    assert table(text, "## JSON") == list(names_of(item))


HEADINGS = {
    "attention": ("errors", "owed", "warnings", "conflicts"),
    "follow-ups": (*SHOWN, "attention"),
    "interviews": ("to-come", "by-company", "all"),
    "takeaways": ("next", "by-theme", "applied"),
    "today": ("interviews", "debriefs", "follow-ups", "answers"),
    "weak-areas": ("still", "no-area", "since"),
    "strengths": ("still", "no-area", "since"),
    "questions": ("owed", "rough", "others"),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_a_view_page_explains_every_heading(name: str) -> None:
    text = page(f"docs/views/{name}.md").split("\n```\n")[-1]
    missing = [key for key in HEADINGS[name] if load_words().text(f"{name}.{key}") not in text]
    assert missing == []


def names_of(kind: type, before: str = "") -> Iterator[str]:
    """Name the fields of a dataclass, those of the values of its lists too, as the pages do: ``sources[].path``."""
    hints = typing.get_type_hints(kind)
    for one in fields(kind):
        yield f"{before}{one.name}"
        for inner in typing.get_args(hints[one.name]):
            if is_dataclass(inner):
                yield from names_of(inner, f"{before}{one.name}[].")  # type: ignore[arg-type]


def table(text: str, heading: str, column: int = 0) -> list[str]:
    """Return the cells of a column of the first table below a heading, without its head."""
    section = text[text.index(f"\n{heading}\n") :]
    return [row[column] for row in rows("|" + section.partition("\n|")[2].partition("\n\n")[0])][1:]


def rows(text: str) -> list[list[str]]:
    """Return the cells of a table's rows, without the code signs around them."""
    lines = [line for line in text.split("\n") if line.startswith("| ") and not re.fullmatch(r"[-| ]+", line)]
    return [[cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


# --- lists that must be complete -------------------------------------------------------------------------------------


def test_every_problem_is_explained_with_its_severity() -> None:
    said = [row for row in rows(page("docs/problems.md")) if len(row) == 4 and row[0] != "code"]
    assert sorted((row[0], row[1]) for row in said) == sorted(SEVERITY.items())
    assert all(row[2] and row[3] for row in said)


def test_every_setting_is_explained_with_its_default() -> None:
    told = {row[0]: row[1] for row in rows(page("docs/settings.md")) if len(row) == 3 and row[0] != "key"}
    assert told == dict(settings_of(Settings()))


def settings_of(value: object, before: str = "") -> Iterator[tuple[str, str]]:
    for one in fields(value):  # type: ignore[arg-type]
        inner = getattr(value, one.name)
        if is_dataclass(inner):
            yield from settings_of(inner, f"{before}{one.name}.")
        else:
            yield before + one.name, "none" if inner is None or not inner else str(inner)


def test_every_property_of_every_type_is_explained() -> None:
    text = page("docs/format.md")
    for kind, names in FIELDS.items():
        told = table(text, f"### {kind}")
        assert told == list(names), kind


def test_every_word_that_is_understood_is_listed() -> None:
    found = [step.argument for step in steps(page("docs/format.md")) if step.name == "words"]
    groups = ["sections", "labels", "marks"]
    values = [f"values.{name}" for name in ("round", "outcome", "format", "application", "source", "status", "kind")]
    others = [language for language in languages() if language != "en"]
    assert found == [*groups, *(f"{group} {language}" for language in others for group in (*groups, *values))]


def test_every_argument_of_a_view_is_explained() -> None:
    assert table(page("docs/format.md"), "### Arguments") == list(ARGUMENTS)


# --- the README's two commands ---------------------------------------------------------------------------------------


def command_under(heading: str) -> str:
    section = page("README.md").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```[a-z]*\n(.*?)\n```$", section, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1
    assert "\n" not in blocks[0]
    return str(blocks[0])


def test_the_two_commands_stand_alone_and_are_what_ci_runs() -> None:
    assert command_under("Run it") == "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/jobvault demo"
    assert command_under("Test it") in page(".ci/run").split("\n")


# --- the picture -----------------------------------------------------------------------------------------------------


def picture_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("render_picture", DOCS / "render_picture.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_shows_the_note_as_it_is_now() -> None:
    script = picture_script()
    data = script.PICTURE.read_bytes()
    assert len(data) <= 300 * 1024
    assert script.shown_in(data) == script.digest(script.the_note()), "run docs/render_picture.py"


# --- the pages themselves --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    for target in links(path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, part = unquote(target).partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{name_of(path)}: {target}"
        if part:
            assert part in anchors(there.read_text(encoding="utf-8")), f"{name_of(path)}: {target}"


def links(text: str) -> Iterator[str]:
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        for child in token.children or ():
            if child.type in ("link_open", "image"):
                yield str(child.attrGet("href") or child.attrGet("src"))


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    tokens = MarkdownIt("commonmark").parse(text)
    heads = (tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open")
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_promise_names_tests_that_there_are() -> None:
    rows = [line.split(" | ") for line in page("docs/safety.md").split("\n") if re.match(r"\| \d+ +\|", line)]
    assert [int(row[0].strip("| ")) for row in rows] == list(range(1, 32))
    for row in rows:
        files = [(DOCS / target).read_text(encoding="utf-8") for target in links(row[-1])]
        names = re.findall(r"`(test_\w+)`", row[-1])
        assert names, row[0]
        for name in names:
            assert any(f"def {name}(" in text for text in files), f"{row[0]}: {name}"


def test_every_page_is_in_the_index() -> None:
    index = {unquote(target).partition("#")[0] for target in links(page("docs/README.md"))}
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert pages - {"README.md"} <= index


@pytest.mark.skipif(missing_tools() is not None, reason=str(missing_tools()))
def test_pages_are_tidy_markdown() -> None:
    assert markdownlint(PAGES, off=["MD033"]) == []
    untidy = [
        name_of(path)
        for path in PAGES
        if prettier(path.read_text(encoding="utf-8")) != path.read_text(encoding="utf-8")
    ]
    assert untidy == []


def test_the_licence_is_mit() -> None:
    assert page("LICENSE").startswith(LICENCE)
