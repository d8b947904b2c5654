"""What ``init --obsidian`` lays down: templates that give good debriefs, and bases that Obsidian can read."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML

from jobvault.actions.initialize import lay_down
from jobvault.actions.obsidian import obsidian_files, template_homes
from jobvault.actions.vault import open_vault
from jobvault.model import Debrief, Problem
from jobvault.notes.properties import FIELDS
from jobvault.notes.reading import read_note
from jobvault.settings import Folders, Settings
from jobvault.vault.shipped import languages
from tests.small_vault import TODAY, SmallVault, jobvault
from tests.words.word_files import FILES

CORE, TEMPLATER = "Templates/Debrief.md", "Templates/Debrief (Templater).md"
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="no node, which runs the JavaScript of Templater's template")

TEMPLATER_ENGINE = r"""
const { template, answers, there, here } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const asked = [], moved = [];
const tp = {
  system: { prompt: async (question, usual) => (asked.push([question, usual ?? null]), answers.shift()) },
  date: { now: (form) => (form === "YYYY-MM-DD" ? "2026-11-25" : undefined) },
  file: {
    path: (relative) => (relative ? here : "/home/vault/" + here),
    exists: async (path) => there.includes(path),
    move: async (path) => void moved.push(path),
  },
};
let code = 'let tR = "";', rest = template;
for (let found; (found = /<%(\*?)([^]*?)(-?)%>(\n?)/.exec(rest)); rest = rest.slice(found.index + found[0].length)) {
  const [, run, inner, trims, end] = found;
  code += `tR += ${JSON.stringify(rest.slice(0, found.index))};`;
  code += run ? `${inner};` : `tR += ${inner};`;
  if (end && !trims) code += 'tR += "\\n";';
}
code += `tR += ${JSON.stringify(rest)}; return tR;`;
const Run = Object.getPrototypeOf(async () => {}).constructor;
new Run("tp", code)(tp).then((text) => console.log(JSON.stringify({ text, asked, moved })));
"""
"""Templater's commands as its documentation has them: `<% value %>`, `<%* code %>`, `-%>` takes one line end along."""


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = SmallVault(tmp_path / "vault")
    lay_down(vault.root, obsidian=True)
    return vault


def by_core(template: str, title: str) -> str:
    """Fill in a template as the core plugin does."""
    return re.sub(r"\{\{date:YYYY-MM-DD\}\}|\{\{date\}\}", "2026-11-25", template).replace("{{title}}", title)


def by_templater(template: str, *answers: str | None, there: tuple[str, ...] = (), here: str = "Untitled.md") -> Any:
    assert NODE
    given = json.dumps({"template": template, "answers": answers, "there": there, "here": here})
    done = subprocess.run(
        [NODE, "-e", TEMPLATER_ENGINE], input=given, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def read(vault: SmallVault, text: str, path: str = "Debriefs/x.md") -> tuple[Debrief, list[Problem]]:
    reading = read_note(path, text.encode(), vault.open().rules)
    assert isinstance(reading.noun, Debrief)
    return reading.noun, list(reading.problems)


# --- templates -------------------------------------------------------------------------------------------------------


def test_what_is_laid_down_and_that_it_is_no_note(vault: SmallVault) -> None:
    assert {CORE, TEMPLATER, "Summaries/Interviews.base", "Summaries/People.base", "Summaries/Letters.base"} <= set(
        vault.bytes()
    )
    assert vault.open().problems == ()
    assert vault.open().debriefs == ()


def test_the_core_template_gives_a_good_debrief_without_jobvault(vault: SmallVault) -> None:
    noun, problems = read(vault, by_core(vault.read(CORE), "2026-11-25 Acme panel"))
    assert [problem.code for problem in problems] == ["missing-company"]
    assert (noun.date, noun.outcome, noun.empty) == (TODAY, "waiting", True)
    filled = by_core(vault.read(CORE), "x").replace("company:", "company: Acme")
    noun, problems = read(vault, filled.replace("## Takeaways\n", "## Takeaways\n\n- Draw first\n"))
    assert (noun.company, [takeaway.text for takeaway in noun.takeaways], problems) == ("Acme", ["Draw first"], [])


def test_the_core_template_is_yaml_before_and_after(vault: SmallVault) -> None:
    text = vault.read(CORE)
    for filled in (text, by_core(text, "x")):
        assert yaml.safe_load(filled.split("---\n")[1])["type"] == "debrief"
    assert "{{" not in by_core(text, "x")


def test_both_have_the_sections_of_a_new_debrief(vault: SmallVault) -> None:
    jobvault("new", "Acme", "--no-edit", "--on", "2026-10-01", "--vault", str(vault.root))
    body = vault.read("Debriefs/2026-10-01 Acme.md").split("---\n", 2)[2]
    assert vault.read(CORE).split("---\n", 2)[2] == body
    assert vault.read(TEMPLATER).split("---\n", 2)[2] == body


@needs_node
@pytest.mark.parametrize(
    ("company", "round_", "date", "path"),
    [
        ("Acme", "panel", "2026-11-23", "/Debriefs/2026-11-23 Acme panel"),
        ("  Acme   Robotics ", "", "", "/Debriefs/2026-11-25 Acme Robotics"),
        ("A/B: #1 [x] 100%?", "on|site", "2026-11-23", "/Debriefs/2026-11-23 A B 1 x 100 on site"),
        ('He said "yes" \\ no', "no", "2026-11-23", "/Debriefs/2026-11-23 He said yes no no"),
        ("yes", "12:30", "2026-11-23", "/Debriefs/2026-11-23 yes 12 30"),
        ("{{Braces}} <% x", "01234", "2026-11-23", "/Debriefs/2026-11-23 {{Braces}} x 01234"),
        ("Żółć & Söhne’s 👍🏽", "- a: b", "2026-11-23", "/Debriefs/2026-11-23 Żółć & Söhne’s 👍🏽 - a b"),
    ],
)
def test_templater_asks_names_and_gives_a_good_debrief(
    vault: SmallVault, company: str, round_: str, date: str, path: str
) -> None:
    filled = by_templater(vault.read(TEMPLATER), company, round_, date)
    assert filled["moved"] == [path]
    noun, problems = read(vault, filled["text"])
    assert problems == []
    assert noun.company == " ".join(company.split())
    assert noun.round == round_
    assert str(noun.date) == (date or "2026-11-25")
    assert filled["asked"][0][0] == "Which company?"
    assert "technical" in filled["asked"][1][0]
    assert filled["asked"][2][1] == "2026-11-25"


@needs_node
def test_templater_writes_over_no_note(vault: SmallVault) -> None:
    template, name = vault.read(TEMPLATER), "Debriefs/2026-11-23 Acme panel"
    answers = ("Acme", "panel", "2026-11-23")
    taken = (f"{name}.md", f"{name} b.md")
    assert by_templater(template, *answers, there=taken)["moved"] == [f"/{name} c"]
    assert by_templater(template, *answers, there=taken, here=f"{name}.md")["moved"] == []
    everything = (f"{name}.md", *(f"{name} {letter}.md" for letter in "bcdefgh"))
    assert by_templater(template, *answers, there=everything)["moved"] == []


@needs_node
def test_a_question_that_is_cancelled_leaves_a_note_to_fill_in(vault: SmallVault) -> None:
    filled = by_templater(vault.read(TEMPLATER), None, None, None)
    assert filled["moved"] == []
    noun, problems = read(vault, filled["text"])
    assert [problem.code for problem in problems] == ["missing-company"]
    assert noun.date == TODAY


@needs_node
@pytest.mark.parametrize("language", languages())
def test_they_are_good_in_every_language(tmp_path: Path, language: str) -> None:
    vault = SmallVault(tmp_path / "vault")
    lay_down(vault.root, language=language, obsidian=True)
    words, opened = vault.open().words, vault.open()
    core = vault.read(f"Templates/{words.text('obsidian.template')}.md")
    noun, problems = read(vault, by_core(core, "x"))
    assert [problem.code for problem in problems] == ["missing-company"]
    assert noun.outcome == "waiting"
    filled = by_templater(vault.read(f"Templates/{words.text('obsidian.templater')}.md"), "Acme", "panel", "")
    assert filled["moved"] == [f"/{opened.settings.folders.debriefs}/2026-11-25 Acme panel"]
    noun, problems = read(vault, filled["text"])
    assert (noun.company, noun.outcome, problems) == ("Acme", "waiting", [])
    assert opened.problems == ()


# --- where they go ---------------------------------------------------------------------------------------------------


def settings(vault: SmallVault, core: str | None, templater: str | None) -> None:
    if core is not None:
        vault.write(".obsidian/templates.json", json.dumps({"folder": core}))
    if templater is not None:
        vault.write(".obsidian/plugins/templater-obsidian/data.json", json.dumps({"templates_folder": templater}))


@pytest.mark.parametrize(
    ("core", "templater", "homes", "named"),
    [
        (None, None, ("Templates", "Templates"), (False, False)),
        ("Vorlagen/", None, ("Vorlagen", "Vorlagen"), (True, False)),
        (None, "/Meta/tp", ("Meta/tp", "Meta/tp"), (False, True)),
        ("A", "B", ("A", "B"), (True, True)),
        ("../out", ".hidden", ("Templates", "Templates"), (False, False)),
        ("/", "a/../b", ("Templates", "Templates"), (False, False)),
    ],
)
def test_templates_go_where_obsidian_looks(
    tmp_path: Path, core: str | None, templater: str | None, homes: tuple[str, str], named: tuple[bool, bool]
) -> None:
    vault = SmallVault(tmp_path / "vault")
    settings(vault, core, templater)
    found = template_homes(vault.root, Settings())
    assert ((found.core, found.templater), found.named) == (homes, named)
    made = lay_down(vault.root, obsidian=True).made
    assert {f"{homes[0]}/Debrief.md", f"{homes[1]}/Debrief (Templater).md"} <= set(made)
    base = vault.read("Summaries/Interviews.base")
    assert all(f'"{home}"' in base for home in homes)


@pytest.mark.parametrize(
    ("core", "templater", "homes", "taken"),
    [
        ("Debriefs", None, ("Templates", "Templates"), ("Debriefs",)),
        ("./Debriefs/", "Vorlagen", ("Vorlagen", "Vorlagen"), ("Debriefs",)),
        ("Job", "Job", ("Templates", "Templates"), ("Job",)),
        ("Summaries", None, ("Templates", "Templates"), ("Summaries",)),
        ("Debriefs/Templates", None, ("Debriefs/Templates", "Debriefs/Templates"), ()),
        ("Deb", None, ("Deb", "Deb"), ()),
        ("Zu\u0308", None, ("Templates", "Templates"), ("Zu\u0308",)),
    ],
)
def test_no_template_goes_where_notes_of_ours_go(
    tmp_path: Path, core: str, templater: str | None, homes: tuple[str, str], taken: tuple[str, ...]
) -> None:
    vault = SmallVault(tmp_path / "vault")
    settings(vault, core, templater)
    ours = Settings(folders=Folders(people="Job/People", letters="Z\xfc"))
    found = template_homes(vault.root, ours)
    assert ((found.core, found.templater), found.taken) == (homes, taken)
    assert {plugin.split()[0] for plugin, _ in found.to_be_chosen()} >= ({"Templates"} if taken else set())
    read_all = template_homes(vault.root, replace(ours, ignore=()))
    assert (read_all.core, read_all.taken) == (core.removeprefix("./").strip("/"), ())


def test_init_says_that_a_template_folder_with_debriefs_is_not_read(tmp_path: Path) -> None:
    vault = SmallVault(tmp_path / "vault")
    settings(vault, "Debriefs", None)
    said = "Obsidian's settings name “Debriefs” as the template folder, so jobvault leaves it alone"
    for arguments in (("--dry-run",), ("--obsidian",), ()):
        done = jobvault("init", str(vault.root), *arguments)
        assert (done.returncode, done.stdout.count(said)) == (0, 1)
    made = jobvault("init", str(vault.root), "--obsidian").stdout
    assert "choose “Templates” as the template folder" in made
    assert CORE in vault.bytes()
    assert '"Debriefs"' not in vault.read("Summaries/Interviews.base")
    vault.write("jobvault.yaml", "ignore: []\n")
    assert said not in jobvault("init", str(vault.root)).stdout


def test_check_says_so_only_where_a_debrief_is_there(vault: SmallVault) -> None:
    settings(vault, "Templates", "Debriefs")
    vault.write("Templates/Plain.md", "---\ntype: debrief\ncompany:\ndate:\n---\n\n## Takeaways\n")
    assert [found.code for found in vault.open().summarize(dry_run=True).problems] == []
    vault.write("Debriefs/2026-11-20 Acme.md", "---\ntype: debrief\ncompany: Acme\n---\n\n## Takeaways\n\n- x\n")
    [problem] = vault.open().summarize(dry_run=True).problems
    assert (problem.code, problem.path, problem.severity) == ("debriefs-ignored", "Debriefs", "warning")
    assert "no debrief in it is read" in vault.run("check").stdout
    vault.write("jobvault.yaml", "ignore: []\n")
    assert [found.code for found in vault.open().summarize(dry_run=True).problems if found.code == problem.code] == []
    assert "Debriefs/2026-11-20 Acme.md" in [found.path for found in vault.open().debriefs], "what the hint says helps"


def test_nothing_in_obsidians_folder_is_touched_and_none_is_made(tmp_path: Path) -> None:
    for name, there in (("with", True), ("without", False)):
        vault = SmallVault(tmp_path / name)
        if there:
            settings(vault, "Vorlagen", None)
        before = {path: data for path, data in vault.bytes().items() if path.startswith(".")}
        lay_down(vault.root, obsidian=True)
        assert {path: data for path, data in vault.bytes().items() if path.startswith(".")} == before
        assert (vault.root / ".obsidian").exists() == there


def test_what_is_there_stays(vault: SmallVault) -> None:
    vault.write(CORE, "mine")
    (vault.root / TEMPLATER).unlink()
    before = vault.bytes()
    laid = lay_down(vault.root, obsidian=True)
    assert laid.made == (TEMPLATER,)
    assert {path: data for path, data in vault.bytes().items() if path != TEMPLATER} == before


# --- bases -----------------------------------------------------------------------------------------------------------

# https://help.obsidian.md/bases/syntax, …/functions and …/views, and the bases that Obsidian itself writes
TOP = {"filters", "formulas", "properties", "summaries", "views"}
IN_VIEW = {"type", "name", "filters", "groupBy", "order", "sort", "limit", "summaries"}
FILE = {"name", "path", "folder", "ext", "size", "ctime", "mtime", "tags", "links"}
FUNCTIONS = {"list", "containsAny", "contains", "isEmpty", "inFolder"}
PROPERTIES = {"type", *(name for names in FIELDS.values() for name in names)}


def bases(vault: SmallVault) -> Iterator[tuple[str, Any]]:
    for path, text in obsidian_files(vault.open()).items():
        if path.endswith(".base"):
            yield path, yaml.safe_load(text)


def statements(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
        return
    assert isinstance(node, dict)
    assert len(node) == 1
    [(key, rows)] = node.items()
    assert key in ("and", "or", "not")
    assert isinstance(rows, list)
    for row in rows:
        yield from statements(row)


def assert_known(statement: str) -> None:
    """Hold every name in an expression against the help pages."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', statement)
    assert bare.count("(") == bare.count(")")
    for name in re.findall(r"\bnote\.(\w+)", bare):
        assert name in PROPERTIES
    for name in re.findall(r"(\w+)\(", bare):
        assert name in FUNCTIONS
    rest = re.sub(r'\b(?:note\.\w+|file|this)\b|\w+(?=\()|""', "", bare)
    assert re.fullmatch(r"[!().,\s]*", rest), statement


def is_property(name: str) -> bool:
    kind, _, rest = name.partition(".")
    return (kind == "note" and rest in PROPERTIES) or (kind == "file" and rest in FILE)


@pytest.mark.parametrize("language", languages())
def test_bases_hold_what_the_help_pages_know(tmp_path: Path, language: str) -> None:
    vault = SmallVault(tmp_path / "vault")
    lay_down(vault.root, language=language, obsidian=True)
    found = dict(bases(vault))
    assert len(found) == 3
    for path, base in found.items():
        assert YAML(typ="safe").load(vault.read(path)) == base
        assert set(base) <= TOP
        assert all(is_property(name) and set(shown) == {"displayName"} for name, shown in base["properties"].items())
        filters = [base["filters"], *(view["filters"] for view in base["views"] if "filters" in view)]
        for statement in (one for node in filters for one in statements(node)):
            assert_known(statement)
        for view in base["views"]:
            assert set(view) <= IN_VIEW
            assert view["type"] == "table"
            grouped = [view["groupBy"]] if "groupBy" in view else []
            assert all(set(by) == {"property", "direction"} for by in (*grouped, *view["sort"]))
            assert all(by["direction"] in ("ASC", "DESC") for by in (*grouped, *view["sort"]))
            named = [*view["order"], *(by["property"] for by in (*grouped, *view["sort"]))]
            assert all(is_property(name) for name in named)
            assert set(view["order"]) <= base["properties"].keys()
        names = [view["name"] for view in base["views"]]
        assert len(set(names)) == len(names)
        assert any("groupBy" in view for view in base["views"])


def test_rows_are_notes_and_no_templates(vault: SmallVault) -> None:
    kinds = {"Interviews": "debrief", "People": "person", "Letters": "letter"}
    for path, base in bases(vault):
        wanted, *others = statements(base["filters"])
        assert f'list(note.type).containsAny("{kinds[Path(path).stem]}"' in wanted
        assert others == ['!file.inFolder("Templates")']


def test_waiting_is_understood_in_every_language_and_however_it_is_written(vault: SmallVault) -> None:
    base = dict(bases(vault))["Summaries/Interviews.base"]
    [waiting] = [view for view in base["views"] if view["name"] == "Waiting for an answer"]
    empty, one_of = statements(waiting["filters"])
    assert empty == "note.outcome.isEmpty()"
    listed = set(json.loads(f"[{one_of.partition('containsAny(')[2].removesuffix(')')}]"))
    words = [word for file in FILES.values() for word in file["values"]["outcome"]["waiting"]]
    assert {"waiting", "Waiting", *words, *(word.lower() for word in words)} <= listed
    others = [w for f in FILES.values() for n, ws in f["values"]["outcome"].items() if n != "waiting" for w in ws]
    assert not listed & set(others)
    for outcome in sorted(listed):
        note = f"---\ntype: debrief\ncompany: Acme\ndate: 2026-11-20\noutcome: {json.dumps(outcome)}\n---\n"
        assert read(vault, note)[0].outcome == "waiting", outcome


def test_a_person_can_have_their_interviews_in_their_note(vault: SmallVault) -> None:
    base = dict(bases(vault))["Summaries/Interviews.base"]
    [view] = [view for view in base["views"] if view["name"] == "With this person"]
    assert list(statements(view["filters"])) == ["list(note.people).contains(this)"]


def test_open_vault_reads_it_all_again(vault: SmallVault) -> None:
    assert open_vault(vault.root, today=TODAY).summarize().problems == ()
