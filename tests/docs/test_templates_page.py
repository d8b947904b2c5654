"""The page on templates: its tables are held against the code, and written anew with ``--renew-goldens``."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from jobvault.actions.debrief_text import TEMPLATES
from jobvault.actions.template_head import APPLICATION, APPLICATION_VALUES, FILTERS, FUNCTIONS, NOTE_VALUES, VALUES
from jobvault.render.table import table
from jobvault.render.templates import JINJA_FILTERS
from jobvault.vault.shipped import read_template, template_names
from tests.small_vault import REPOSITORY

PAGE = REPOSITORY / "docs/templates.md"


def values_of(name: str) -> dict[str, str]:
    """Return the values that the comment at the head of a template of ours names, each with what it is."""
    found = re.match(r"\{# (.*?) #\}\n", read_template(name), re.DOTALL)
    assert found, f"{name} must begin with a comment that says what it gets"
    lines = [" ".join(line.split()) for line in re.split(r"\n {3}(?! )", found[1])]
    assert all(re.match(r"\w+: \w", line) for line in lines), lines
    return dict(line.split(": ", 1) for line in lines)


def cell(text: str) -> str:
    return text.replace("|", r"\|").replace("[[", "`[[").replace("]]", "]]`")


def named(rows: dict[str, str], head: str) -> list[str]:
    return table([head, "what it is"], [[f"`{name}`", cell(about)] for name, about in rows.items()])


def tables() -> Iterator[tuple[str, list[str]]]:
    """Yield each heading and the table that stands below it."""
    usual = {file: name for name, file in TEMPLATES.items()}
    rows = []
    for path in (*template_names("notes"), *template_names("views")):
        name = path.partition("/")[2].removesuffix(".md.j2")
        if path.startswith("views/"):
            rows.append([f"`{path}`", f"the view [{name}](views/{name}.md)"])
        elif path == APPLICATION:
            rows.append([f"`{path}`", "`jobvault apply`"])
        else:
            rows.append([f"`{path}`", f"`jobvault new --template {usual.get(name, name)}`"])
    yield "## Which there are", table(["file", "what it writes"], rows)
    yield "## What a view gets", named(dict(VALUES), "value")
    views = [name.removeprefix("views/").removesuffix(".md.j2") for name in template_names("views")]
    besides = [
        [f"[{view}](views/{view}.md)", f"`{name}`", cell(about)]
        for view in views
        for name, about in values_of(f"views/{view}.md.j2").items()
    ]
    yield "### What each one gets besides", table(["view", "value", "what it is"], besides)
    yield "### Functions", named(dict(FUNCTIONS), "function")
    yield "### Filters", named(dict(FILTERS), "filter")
    yield "## What a debrief gets", named(dict(NOTE_VALUES), "value")
    yield "## What an application gets", named(dict(APPLICATION_VALUES), "value")


def renewed(text: str) -> str:
    for heading, lines in tables():
        start = text.index(f"\n{heading}\n\n") + len(heading) + 3
        while not text[start:].startswith(("| ", "…")):  # words may stand before it
            start = text.index("\n\n", start) + 2
        end = text.index("\n\n", start)
        text = text[:start] + "\n".join(lines) + text[end:]
    names = ", ".join(f"`{name}`" for name in JINJA_FILTERS)
    return re.sub(r"(?m)^Of Jinja's own filters there are: .*$", f"Of Jinja's own filters there are: {names}.", text)


def test_the_tables_say_what_templates_get(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text(encoding="utf-8")
    if request.config.getoption("--renew-goldens"):
        PAGE.write_text(renewed(text), encoding="utf-8", newline="\n")
        return
    assert renewed(text) == text
