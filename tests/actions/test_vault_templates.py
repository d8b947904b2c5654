"""Templates in the vault: in the place of ours, harmless whatever they hold, and named where they are broken."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.meta import find_undeclared_variables

from jobvault.actions.demo import AS_OF, lay_out
from jobvault.actions.initialize import lay_down
from jobvault.actions.scaffold import Guest, Request, plan
from jobvault.actions.template_head import FILTERS, FUNCTIONS, NOTE_FUNCTIONS, NOTE_VALUES, VALUES, annotated, fields_of
from jobvault.actions.vault import load_words
from jobvault.actions.vault_templates import template_problems
from jobvault.vault.shipped import read_template, template_names
from jobvault.views import view_names
from tests.nouns import face
from tests.small_vault import TODAY, SmallVault, block, debrief, jobvault, make_vault

HOME = "Templates/jobvault"
VIEW = f"{HOME}/views/follow-ups.md.j2"
NOTE = f"{HOME}/notes/debrief.md.j2"
LIST = "Follow-ups.md"
ACME = "Debriefs/2026-11-20 Acme panel.md"
EACH = "{% for item in items %}\n"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n- [x] Call Dana ✅ 2026-11-24\n"),
            LIST: f"# Mine\n\n{block('follow-ups')}\nMy words.\n",
        },
    )
    vault.summarize()
    return vault


# --- in the place of ours --------------------------------------------------------------------------------------------


def test_a_views_template_in_the_vault_writes_its_blocks(vault: SmallVault) -> None:
    vault.write(VIEW, f"{EACH}{{{{ item | task }}}} #todo\n{{% endfor %}}")
    vault.summarize()
    lines = vault.read(LIST).split("\n")
    assert "- [ ] Send the portfolio · Acme · due Fri 27 Nov 2026 · [[2026-11-20 Acme panel]] #todo" in lines
    assert "## This week" not in lines
    assert "My words." in lines
    assert not vault.open().summarize().changes
    assert "#todo" in vault.run("show", "follow-ups").stdout


def test_it_is_looked_for_where_the_settings_say(vault: SmallVault) -> None:
    vault.write("jobvault.yaml", "templates: My/own\n")
    vault.write("My/own/views/follow-ups.md.j2", "mine")
    vault.write(VIEW, "not this")
    vault.summarize()
    assert "\nmine\n" in vault.read(LIST)


def test_without_it_ours_is_back(vault: SmallVault) -> None:
    before = vault.read(LIST)
    opened = vault.open()
    vault.write(VIEW, "mine")
    assert opened.summarize().changes
    (vault.root / VIEW).unlink()
    assert opened.summarize().changes
    assert vault.read(LIST) == before


def test_one_may_use_another_of_the_vaults(vault: SmallVault) -> None:
    vault.write(VIEW, "{% include 'parts/line.j2' %}")
    vault.write(f"{HOME}/parts/line.j2", "one")
    opened = vault.open()
    opened.summarize()
    assert "\none\n" in vault.read(LIST)
    vault.write(f"{HOME}/parts/line.j2", "another")
    assert opened.summarize().changes
    assert "\nanother\n" in vault.read(LIST)


def test_what_lies_there_is_never_a_note(vault: SmallVault) -> None:
    before = vault.run("check", "--json").stdout
    for name in ("notes/mine.md.j2", "notes/mine.sync-conflict-20261123-101500-ABCDEFG.md.j2"):
        vault.write(f"{HOME}/{name}", debrief("Zebra", takeaways="- Never read\n"))
    assert vault.run("check", "--json").stdout == before
    assert "Zebra" not in vault.run("show", "interviews").stdout


@pytest.mark.parametrize("box", ["- [{}] ", "* [{}] ", "1. [{}] "])
def test_ticks_live_on_beside_whatever_else_a_line_says(vault: SmallVault, box: str) -> None:
    bare = "(item | task)[6:]"
    mark = "{{ {'open': ' ', 'done': 'x'}[item.status] }}"
    vault.write(VIEW, f"{EACH}{box.format(mark)}{{{{ {bare} }}}} and more\n{{% endfor %}}")
    vault.summarize()
    vault.edit(LIST, box.format(" ") + "Send", box.format("x") + "Send")
    vault.edit(LIST, box.format("x") + "Call", box.format(" ") + "Call")
    vault.summarize()
    assert "- [x] Send the portfolio 📅 2026-11-27\n- [ ] Call Dana\n" in vault.read(ACME)
    assert "not carried" not in vault.read(LIST)
    assert not vault.open().summarize().changes


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] {{ item.text | inert }}",
        "- [ ] {{ item.text | inert }} {{ item.path | link }}",
        "- [{{ 'x' if item.status == 'done' else ' ' }}] {{ item.text | inert }} · {{ item.path | link }}",
        "- [x] {{ item.text | inert }} · {{ item.path | link }}",
        "- [ ] Practise aloud",
        "> {{ item | task }}",
        "> [!todo]\n> {{ item | task }}",
        "- {{ item | task }}",
        "1. > {{ item | task }}",
    ],
)
def test_a_box_that_nobody_could_tick_is_refused(vault: SmallVault, line: str) -> None:
    before = vault.read(LIST)
    vault.write(VIEW, f"{EACH}{line}\n{{% endfor %}}")
    said = vault.run("summarize")
    assert f"{VIEW}: this template writes a box" in said.stderr
    assert "`item | task`" in said.stderr
    assert vault.read(LIST) == before


def test_ticks_made_before_a_template_breaks_are_carried_all_the_same(vault: SmallVault) -> None:
    vault.edit(LIST, "- [ ] Send", "- [x] Send")
    vault.write(VIEW, "{% broken")
    vault.summarize()
    assert "- [x] Send the portfolio 📅 2026-11-27\n" in vault.read(ACME)
    (vault.root / VIEW).unlink()
    vault.summarize()
    assert "- [x] Send the portfolio · Acme · done" in vault.read(LIST)
    assert "not carried" not in vault.read(LIST)


# --- a note of one's own ---------------------------------------------------------------------------------------------


def test_a_notes_template_in_the_vault_lays_down_debriefs(vault: SmallVault) -> None:
    vault.write(
        NOTE, "---\n{{ front -}}\n---\n\n# {{ company }}, {{ round }}, {{ date.year }}\n\n## {{ heading('weak') }}\n"
    )
    made = vault.run("new", "Birch & *Lowe*", "--round", "panel", "--no-edit")
    assert made.returncode == 0, made.stderr
    text = vault.read("Debriefs/2026-11-25 Birch & Lowe panel.md")
    assert "# Birch & _Lowe_, panel, 2026\n\n## Where I was weak\n" in text


def test_one_of_ones_own_is_used_by_its_name_and_listed(vault: SmallVault) -> None:
    vault.write(f"{HOME}/notes/two minutes.md.j2", "---\n{{ front -}}\n---\n\n## {{ heading('takeaways') }}\n")
    assert vault.run("new", "Birch", "--template", "two minutes", "--no-edit").returncode == 0
    assert vault.read("Debriefs/2026-11-25 Birch.md").endswith("---\n\n## Takeaways\n")
    unknown = vault.run("new", "Corvo", "--template", "twominutes", "--no-edit")
    assert unknown.returncode == 1
    assert "There are: short, full, two minutes." in unknown.stderr


@pytest.mark.parametrize(
    "text",
    [
        "# {{ company }}\n",
        "---\ntype: debrief\ncompany: Another\ndate: {{ date }}\n---\n",
        "{{ front }}",
        "---\n[\n---\n",
    ],
)
def test_one_that_makes_something_else_is_refused(vault: SmallVault, text: str) -> None:
    vault.write(NOTE, text)
    before = vault.bytes()
    said = vault.run("new", "Birch", "--no-edit")
    assert said.returncode == 1
    assert said.stderr.startswith(
        f"jobvault: {NOTE}: what it makes is not read back as the debrief of Birch on 2026-11-25"
    )
    assert vault.bytes() == before


def test_a_broken_note_template_is_named_by_new_and_by_check(vault: SmallVault) -> None:
    vault.write(NOTE, "---\n{{ front -}}\n---\n{% if %}\n")
    for arguments in (("new", "Birch", "--no-edit"), ("check",)):
        said = vault.run(*arguments)
        assert said.returncode == 1
        assert f"{NOTE}:4: " in said.stdout + said.stderr


def test_only_in_the_place_of_ours_is_ours_said_to_be_back(vault: SmallVault) -> None:
    vault.write(VIEW, "{{ nope")
    vault.write(f"{HOME}/notes/mine.md.j2", "{{ nope")
    hints = {problem.path: problem.hint for problem in template_problems(vault.open())}
    assert hints == {
        VIEW: "Mend it, or delete it to have jobvault's own back.",
        f"{HOME}/notes/mine.md.j2": "Mend it or delete it.",
    }


# --- broken ones -----------------------------------------------------------------------------------------------------


def test_a_broken_one_is_named_with_its_line_and_the_block_stays(vault: SmallVault) -> None:
    vault.edit(ACME, "Send the portfolio", "Send everything")
    before = vault.read(LIST)
    vault.write(VIEW, "{# mine #}\n\n{{ nope }}\n")
    said = vault.run("summarize")
    assert said.stderr.startswith(f"{VIEW}:3: ")
    assert "'nope' is undefined" in said.stderr
    assert "delete it" in said.stderr
    assert vault.read(LIST) == before
    checked = vault.run("check", "--json")
    assert checked.returncode == 1
    [problem] = [p for p in json.loads(checked.stdout)["problems"] if p["severity"] == "error"]
    assert (problem["path"], problem["line"], problem["code"]) == (VIEW, 3, "template")
    shown = vault.run("show", "follow-ups")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert f"{VIEW}:3: 'nope' is undefined" in shown.stderr


def test_one_broken_template_spoils_nothing_else(vault: SmallVault) -> None:
    vault.write("People.md", block("people"))
    vault.write(VIEW, "{{ nope }}")
    vault.write("Second.md", block("follow-ups"))
    summary = vault.open().summarize()
    assert [(b.path, b.state) for b in summary.blocks] == [
        (LIST, "skipped"),
        ("People.md", "written"),
        ("Second.md", "skipped"),
    ]
    assert [p.path for p in summary.troubles] == [VIEW]


def test_a_broken_one_that_nothing_uses_is_named_by_check(vault: SmallVault) -> None:
    vault.write(f"{HOME}/views/people.md.j2", "\n{% endfor %}")
    assert f"{HOME}/views/people.md.j2:2: error: " in vault.run("check").stdout


def test_a_name_that_stands_in_no_others_place_is_said(vault: SmallVault) -> None:
    vault.write(f"{HOME}/views/takaways.md.j2", "x")
    vault.write(f"{HOME}/views/part.md.j2", "x")
    vault.write(VIEW, "{% include 'views/part.md.j2' %}")
    [problem] = template_problems(vault.open())
    assert (problem.path, problem.code, problem.severity) == (
        f"{HOME}/views/takaways.md.j2",
        "template-name",
        "warning",
    )
    assert "“views/takeaways.md.j2” is" in problem.message


@pytest.mark.parametrize(
    "source",
    [
        "```\n",
        "<!-- never closed",
        "<!-- jobvault:end -->\nx",
        "  <!-- jobvault:end -->",
        "- <!-- jobvault:end -->",
        "> <!-- jobvault:begin people -->",
        "a word <!-- jobvault:begin people -->",
        "%%",
        "a %% b",
        "- %% b",
        "%% a %% b %%",
        "{{ '\\x1b' }}[31m",
        "{{ '\\r' }}",
        "{{ '\\ud800' }}",
    ],
)
def test_what_would_break_the_note_around_is_not_written(vault: SmallVault, source: str) -> None:
    before = vault.read(LIST)
    vault.write(VIEW, source)
    said = vault.run("summarize")
    assert VIEW in said.stderr
    assert vault.read(LIST) == before


def test_what_only_speaks_of_markers_and_comments_is_written(vault: SmallVault) -> None:
    vault.write(VIEW, "%% mine %%\n\n%%\nmine\n%%\n\n`%%` 5 \\%\\% `<!-- jobvault:end -->`\n\n```\n%%\n```\n")
    vault.summarize()
    assert "`%%` 5" in vault.read(LIST)
    assert not vault.open().summarize().changes


# --- hostile ones ----------------------------------------------------------------------------------------------------

LOOP = "{% for a in range(9999) %}{% for b in range(9999) %}"
HOSTILE = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ t.__globals__ }}",
    "{{ h.__self__.__init__.__globals__['os'].system('touch pwned') }}",
    "{{ lipsum.__globals__['os'].popen('touch pwned').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('touch pwned').read() }}",
    "{{ items.append(1) }}",
    "{% for item in items %}{% set _ = item.update({'text': 'x'}) %}{% endfor %}",
    "{% include '../../../secret' %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os.system('touch pwned') }}",
    "{{ 'x' * 10**9 }}",
    "{{ '%999999999d' % 1 }}",
    LOOP + "x{% endfor %}{% endfor %}",
    LOOP + "{% set x = range(9999) | list | sort %}{% endfor %}{% endfor %}",
    "{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}",
    "{% include 'views/follow-ups.md.j2' %}",
    "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "{% set ns = namespace(s='x') %}{% for i in range(22) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}"
    + LOOP
    + "{% set x = ns.s | sort %}{% endfor %}{% endfor %}",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_template_runs_nothing_and_is_stopped(vault: SmallVault, source: str) -> None:
    vault.write("secret", "secret")
    vault.write(VIEW, source)
    before = vault.bytes()
    done = vault.run("summarize")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert VIEW in done.stderr
    assert "secret" not in done.stderr.replace("../../../secret", "")
    assert vault.bytes() == before
    assert not list(vault.root.parent.rglob("pwned"))
    assert not Path("pwned").exists()


@pytest.mark.parametrize("source", HOSTILE[:4])
def test_a_hostile_note_template_makes_no_note(vault: SmallVault, source: str) -> None:
    vault.write(NOTE, "---\n{{ front -}}\n---\n" + source.replace("t.", "heading.").replace("h.", "hint."))
    before = vault.bytes()
    done = vault.run("new", "Birch", "--no-edit")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert NOTE in done.stderr
    assert vault.bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no FIFO")
def test_a_pipe_in_the_place_of_a_template_is_said_and_not_waited_for(vault: SmallVault) -> None:
    (vault.root / VIEW).parent.mkdir(parents=True)
    os.mkfifo(vault.root / VIEW)
    assert f"{VIEW}: error: " in vault.run("check").stdout


# --- copies of ours --------------------------------------------------------------------------------------------------


def test_copies_make_the_same_bytes_over_the_whole_sample(tmp_path: Path) -> None:
    plain, copied = SmallVault(tmp_path / "plain"), SmallVault(tmp_path / "copied")
    for vault in (plain, copied):
        lay_out(vault.root, AS_OF)
        for view in view_names():
            vault.write(f"Every/{view}.md", f"# {view}\n\n{block(view)}")
    made = lay_down(copied.root, templates=True).made
    ours = (*template_names("notes"), *template_names("views"), "letters/en.yaml")
    assert {f"{HOME}/{name}" for name in ours} == set(made)
    for vault in (plain, copied):
        vault.open(AS_OF).summarize()
        assert list(template_problems(vault.open(AS_OF))) == []
    notes = {path: data for path, (data, _) in copied.bytes().items() if not path.startswith(HOME)}
    assert notes == {path: data for path, (data, _) in plain.bytes().items()}
    assert copied.open(AS_OF).templates.own("views/people.md.j2") == ""
    for name in ("short", "full"):
        request = Request("Acme", TODAY, round="panel", guests=(Guest("Dana Reyes", "VP"), Guest("?")), template=name)
        assert plan(copied.open(TODAY), request) == plan(plain.open(TODAY), request)


def test_what_was_changed_is_not_overwritten(tmp_path: Path) -> None:
    vault = SmallVault(tmp_path / "vault")
    lay_down(vault.root, templates=True)
    vault.write(VIEW, "mine")
    laid = lay_down(vault.root, templates=True)
    assert laid.made == ()
    assert VIEW in laid.kept
    assert vault.read(VIEW) == "mine"


def test_a_copy_names_every_function_and_filter() -> None:
    shown = face()
    assert {call.partition("(")[0] for call in FUNCTIONS} == set(shown.globals())
    assert set(FILTERS) == set(shown.filters())


@pytest.mark.parametrize("view", view_names())
def test_a_copy_names_every_value_and_field(view: str) -> None:
    source = read_template(f"views/{view}.md.j2")
    head = annotated(f"views/{view}.md.j2", load_words()).partition("#}")[0]
    comment = source.partition("#}")[0] if source.startswith("{#") else ""
    environment = Environment(autoescape=False)
    environment.filters.update(face().filters())
    used = find_undeclared_variables(environment.parse(source))
    own = used - VALUES.keys() - {call.partition("(")[0] for call in FUNCTIONS} - {"namespace", "ns"}
    missing = own - set(re.findall(r"\w+", comment))
    assert not missing, f"templates/views/{view}.md.j2 must begin with a comment that says what they are: {missing}"
    fields = json.loads(read_template(f"schemas/view-{view}.json"))["properties"]["items"]["items"]
    assert all(f"{line}\n" in head for line in fields_of(fields))


def test_a_copy_of_a_note_names_what_it_may_use(vault: SmallVault) -> None:
    head = annotated("notes/debrief.md.j2", load_words()).partition("#}")[0]
    assert all(f" {name}: " in head for name in (*NOTE_VALUES, *NOTE_FUNCTIONS))
    assert all(key in head for key in ("people-met", "cares-about", "takeaways"))
    used = "".join(f"{{{{ {name} is defined }}}}" for name in NOTE_VALUES)
    vault.write(
        NOTE, f"---\n{{{{ front -}}}}\n---\n\n{used}\n{{{{ heading('weak') ~ label('note') ~ hint('start') }}}}\n"
    )
    assert vault.run("new", "Birch", "--no-edit").returncode == 0


def test_the_program_is_as_harmless_from_the_shell(tmp_path: Path) -> None:
    assert jobvault("init", "vault", "--templates", cwd=tmp_path).returncode == 0
    assert jobvault("check", cwd=tmp_path / "vault").stdout == "No problems found.\n"
