"""Every view has its faces: a module, a template, a schema, a page; and the same answer whatever comes in first."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise

import pytest

from jobvault.actions.demo import AS_OF
from jobvault.actions.vault import open_vault
from jobvault.model import Application
from jobvault.render.view import answer_json, render_body
from jobvault.search.query import Query
from jobvault.vault.shipped import read_template, sample_vault_dir
from jobvault.views import answer, view_names
from tests.nouns import TEMPLATES, WORDS, ask, debrief, face, follow_up, searching, show, takeaway
from tests.small_vault import REPOSITORY

VIEWS = view_names()
NARROWED: tuple[dict[str, object], ...] = (
    {},
    {"company": "Acme", "limit": 3},
    {"role": "Senior Backend Engineer"},
    {"person": "Hanna"},
    {"since": "2026-10-01", "until": "2026-11-01"},
    {"within": "10d"},
)


def test_views_are_found_by_their_modules() -> None:
    assert {"attention", "follow-ups", "interviews", "people", "takeaways"} <= set(VIEWS)
    assert list(VIEWS) == sorted(VIEWS)
    with pytest.raises(KeyError):
        answer("follow_ups", searching(), Query(), AS_OF, WORDS)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_a_template_a_schema_and_a_page(view: str) -> None:
    assert read_template(f"views/{view}.md.j2")
    assert json.loads(read_template(f"schemas/view-{view}.json"))["properties"]["view"] == {
        "const": view,
        "description": "The view's name.",
    }
    assert (REPOSITORY / "docs" / "views" / f"{view}.md").is_file()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("arguments", NARROWED, ids=str)
def test_every_view_takes_every_argument(view: str, arguments: dict[str, object]) -> None:
    search = open_vault(sample_vault_dir(), today=AS_OF).search
    everything, asked = ask(view, search, AS_OF), ask(view, search, AS_OF, **arguments)
    assert asked.view == view
    assert asked.today == AS_OF
    assert len(asked.items) <= len(everything.items)
    limit = arguments.get("limit")
    assert limit is None or len(asked.items) <= int(str(limit))
    assert isinstance(json.dumps(answer_json(asked)), str)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "arguments", [{"company": "Acne"}, {"role": "Plumber"}, {"person": "Nobody"}, {"since": "2030-01-01"}], ids=str
)
def test_what_matches_nothing_never_reads_as_nothing_to_do(view: str, arguments: dict[str, object]) -> None:
    search = searching(debrief("Acme", "2026-11-20", "panel", "Dana Reyes", role="SRE", empty=True))
    assert show(view, search, **arguments) == ["_Nothing in this vault matches._"]


@pytest.mark.parametrize(
    ("view", "said"), [("follow-ups", "pending"), ("attention", "attention"), ("today", "Nothing is due")]
)
def test_what_matches_something_says_that_nothing_is_to_do_there(view: str, said: str) -> None:
    search = searching(
        debrief("Acme", "2026-08-20", takeaways=(takeaway("x"),)),
        Application("Applications/b.md", "Birch"),
        follow_ups=[follow_up("x", "Inbox.md", company="Corvo", due="2026-01-01", status="done", done="2026-01-01")],
    )
    for company in ("Acme", "Birch"):
        [line] = show(view, search, company=company)
        assert said in line


@pytest.mark.parametrize("view", VIEWS)
def test_headings_start_below_the_one_above_and_are_never_deeper_than_six(view: str) -> None:
    search = open_vault(sample_vault_dir(), today=AS_OF).search
    for level in (0, 1, 2, 3, 5, 6):
        body = render_body(ask(view, search, AS_OF), face(search, AS_OF, level=level), TEMPLATES)
        levels = {len(line) - len(line.lstrip("#")) for line in body if line.startswith("#")}
        assert levels, view
        assert min(levels) == min(max(level, 1) + 1, 6)
        assert max(levels) <= 6


@pytest.mark.parametrize("view", VIEWS)
def test_a_body_has_no_blank_line_at_its_ends_and_never_two_in_a_row(view: str) -> None:
    for search in (searching(), open_vault(sample_vault_dir(), today=AS_OF).search):
        body = render_body(ask(view, search, AS_OF), face(search, AS_OF), TEMPLATES)
        assert body[0]
        assert body[-1]
        assert not any(not one and not two for one, two in pairwise(body))
        assert all(line == line.rstrip() and "\n" not in line for line in body)


SCRIPT = """
import datetime, json, locale, random, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
from jobvault.actions.vault import open_vault
from jobvault.render.view import answer_json, render_body
from jobvault.search.search import join
from jobvault.views import view_names
vault = open_vault(sys.argv[1], today=datetime.date.fromisoformat(sys.argv[2]))
readings = list(vault.readings())
random.Random(int(sys.argv[3])).shuffle(readings)
vault._search = vault.joined(readings)
for view in view_names():
    answer = vault.view(view)
    sys.stdout.buffer.write(json.dumps(answer_json(answer)).encode())
    sys.stdout.buffer.write("\\n".join(render_body(answer, vault.face(), vault.templates)).encode())
"""


def test_the_same_bytes_whatever_the_order_seed_zone_and_locale() -> None:
    environments = (
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(sample_vault_dir()), AS_OF.isoformat(), str(seed)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
            check=True,
            capture_output=True,
            timeout=120,
        ).stdout
        for seed, environment in enumerate(environments)
    ]
    assert found[0]
    assert found[0] == found[1]


def test_a_day_later_only_what_depends_on_the_day_changes() -> None:
    search = open_vault(sample_vault_dir(), today=AS_OF).search
    for view in ("takeaways", "people"):
        bodies = [
            render_body(ask(view, search, day), face(search, day), TEMPLATES)
            for day in (AS_OF, AS_OF.replace(year=2030))
        ]
        lines = [[line for line in body if "To meet" not in line and "Met:" not in line] for body in bodies]
        assert lines[0] == lines[1]
