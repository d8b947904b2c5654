"""``jobvault show``: every view, every argument, as text, JSON and on terminals of any width."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jobvault.actions.demo import AS_OF, lay_out
from jobvault.views import view_names
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, block, debrief, make_vault


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SmallVault:
    root = tmp_path_factory.mktemp("sample") / "vault"
    lay_out(root, AS_OF)
    return SmallVault(root)


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            "Debriefs/2026-11-20 Acme panel.md": debrief(
                front="role: SRE\npeople: Dana Reyes\n",
                takeaways="- Draw first\n- Talk less\n",
                follow_ups="- [ ] Send the portfolio to Dana Reyes 📅 2026-11-27\n- [ ] Read up 📅 2026-12-24\n- [ ] Call\n",
            ),
            "Debriefs/2026-10-01 Birch technical.md": debrief(
                "Birch",
                "2026-10-01",
                "technical",
                front="role: CTO\npeople: Tom Ek\n",
                takeaways="- Draw first\n- Sleep\n",
            ),
        },
    )


@pytest.mark.parametrize("view", view_names())
def test_every_view_as_text_and_as_json(sample: SmallVault, program: Program, view: str) -> None:
    shown, answer = program(sample, "show", view), program(sample, "show", view, "--json")
    assert (shown.code, shown.err, answer.code, answer.err) == (0, "", 0, "")
    assert len(shown.out.splitlines()) > 5
    assert "[[" not in shown.out
    assert "**" not in shown.out
    assert (answer.json["view"], answer.json["today"]) == (view, "2026-11-25")
    assert answer.json["items"]


@pytest.mark.parametrize("view", view_names())
def test_an_empty_view_says_what_would_fill_it(tmp_path: Path, program: Program, view: str) -> None:
    empty = make_vault(tmp_path / "empty")
    shown = program(empty, "show", view)
    assert (shown.code, shown.err) == (0, "")
    assert len(shown.out.splitlines()) == 1
    assert shown.out.endswith(".\n")
    assert not shown.out.startswith("_")
    assert program(empty, "show", view, "--json").json == {"view": view, "today": "2026-11-25", "items": []}


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ((), ["Send the portfolio to Dana Reyes", "Read up", "Call"]),
        (("--company", "acme"), ["Send the portfolio to Dana Reyes", "Read up", "Call"]),
        (("--company", "Birch"), []),
        (("--role", "sre"), ["Send the portfolio to Dana Reyes", "Read up", "Call"]),
        (("--role", "cto"), []),
        (("--person", "Dana"), ["Send the portfolio to Dana Reyes"]),
        (("--since", "2026-11-20"), ["Send the portfolio to Dana Reyes", "Read up", "Call"]),
        (("--since", "yesterday"), []),
        (("--until", "2026-11-19"), []),
        (("--within", "7"), ["Send the portfolio to Dana Reyes"]),
        (("--within", "5w"), ["Send the portfolio to Dana Reyes", "Read up"]),
        (("--limit", "2"), ["Send the portfolio to Dana Reyes", "Read up"]),
    ],
)
def test_every_argument_of_follow_ups(
    vault: SmallVault, program: Program, words: tuple[str, ...], texts: list[str]
) -> None:
    items = program(vault, "show", "follow-ups", "--json", *words).json["items"]
    assert [item["text"] for item in items if item["line"]] == texts


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ((), ["Draw first", "Talk less", "Sleep"]),
        (("--company", "Birch"), ["Draw first", "Sleep"]),
        (("--role", "SRE"), ["Draw first", "Talk less"]),
        (("--person", "Tom Ek"), ["Draw first", "Sleep"]),
        (("--since", "1 Nov"), ["Draw first", "Talk less"]),
        (("--until", "1 Nov"), ["Draw first", "Sleep"]),
        (("--within", "30d"), ["Draw first", "Talk less"]),
        (("--limit", "1"), ["Draw first"]),
        (("--company", "Birch", "--limit", "1"), ["Draw first"]),
    ],
)
def test_every_argument_elsewhere(
    vault: SmallVault, program: Program, words: tuple[str, ...], texts: list[str]
) -> None:
    items = program(vault, "show", "takeaways", "--json", *words).json["items"]
    assert [item["text"] for item in items] == texts


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ((), "`jobvault show takeaways`"),
        (("--company", "Acme"), "`jobvault show takeaways --company Acme`"),
        (("--since", "1 Oct", "--role", "SRE"), "`jobvault show takeaways --role SRE --since 2026-10-01`"),
    ],
)
def test_what_a_limit_left_out_is_said_with_the_command_that_shows_it(
    vault: SmallVault, program: Program, words: tuple[str, ...], command: str
) -> None:
    shown = program(vault, "show", "takeaways", "--limit", "1", *words)
    assert vault.inside(shown.out).splitlines()[-1].endswith(f" more: {command}")
    assert vault.where in shown.out
    assert shown.out.splitlines()[-1].startswith("… and ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("folow-ups",), "There is no view “folow-ups”. Did you mean “follow-ups”? There are: attention, "),
        (("people", "--limit", "0"), "limit"),
        (("people", "--limit", "many"), "limit"),
        (("people", "--within", "soon"), "within"),
        (("people", "--since", "someday"), "--since: “someday” is no date"),
        ((), f"Name a view: {', '.join(view_names())}."),
    ],
)
def test_what_is_not_understood_exits_2_and_is_named(
    vault: SmallVault, program: Program, words: tuple[str, ...], said: str
) -> None:
    wrong = program(vault, "show", *words)
    assert (wrong.code, wrong.out) == (2, "")
    assert said in wrong.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--company", "Acne"), "There is no company “Acne” in this vault. Did you mean “Acme”?"),
        (
            ("--company", "Nowhere"),
            "no company “Nowhere” in this vault. `jobvault show interviews` lists what there is",
        ),
        (("--role", "SRW"), "There is no role “SRW” in this vault."),
        (("--person", "Reyes"), "Nobody in this vault is called “Reyes”. Did you mean “Dana Reyes”?"),
        (("--person", "Dama"), "Did you mean “Dana”?"),
    ],
)
@pytest.mark.parametrize("face", [(), ("--json",)])
def test_a_name_that_the_vault_does_not_know_is_an_error(
    vault: SmallVault, program: Program, words: tuple[str, ...], said: str, face: tuple[str, ...]
) -> None:
    wrong = program(vault, "show", "today", *words, *face)
    assert (wrong.code, wrong.out) == (1, "")
    assert said in vault.inside(wrong.err)


def test_a_name_that_any_note_knows_is_none_and_a_block_is_never_an_error(vault: SmallVault, program: Program) -> None:
    vault.write("Applications/Corvo.md", "---\ntype: application\ncompany: Corvo\nrole: CFO\n---\n")
    vault.write("People/Ada Wu.md", "---\ntype: person\naliases: [Addie]\n---\n")
    vault.edit("jobvault.yaml", "", "companies:\n  Acme:\n    - Acme Inc\n")
    for words in (
        ("company", "Corvo"),
        ("role", "cfo"),
        ("person", "Addie"),
        ("person", "Ada"),
        ("company", "acme inc"),
    ):
        assert program(vault, "show", "follow-ups", f"--{words[0]}", words[1]).err == ""
    vault.write("List.md", block("follow-ups", "company=Acne"))
    assert vault.run("summarize").returncode == 0
    assert "_Nothing in this vault matches._" in vault.read("List.md")


def test_help_lists_the_views_that_there_are_with_what_they_show(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listed() -> list[str]:
        said = program(None, "show", "--help", today="").out
        section = said.partition("\nViews:\n")[2].partition("\n\n")[0]
        return [line.split("  ")[1] for line in section.splitlines() if line[2] != " " and line.split("  ")[2:]]

    assert listed() == list(view_names())
    monkeypatch.setattr("jobvault.views.view_names", lambda: ("people", "today"))
    assert listed() == ["people", "today"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("view", view_names())
def test_every_view_fits_the_terminal(sample: SmallVault, view: str, columns: int) -> None:
    terminal = Terminal("show", view, "--vault", str(sample.root), "--today", "2026-11-25", columns=columns)
    assert terminal.end() == 0
    lines = terminal.text.splitlines()
    assert len(lines) > 5
    assert [line for line in lines if len(line) > columns] == []
    assert not any(mark in terminal.text for mark in ("[[", "**", "\n#", "\n|"))
    assert not any(line.lstrip().startswith("· ") for line in lines), "a dot ends a row, never starts one"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_ids_stand_before_what_can_be_ticked(sample: SmallVault) -> None:
    terminal = Terminal("show", "follow-ups", "--vault", str(sample.root), "--today", "2026-11-25")
    assert terminal.end() == 0
    items = [line for line in terminal.text.splitlines() if "[ ]" in line]
    ids = [line.split()[1] for line in items]
    assert len(ids) > 5
    assert len(set(ids)) == len(ids)
    assert all(line.startswith(f"- {name} [ ] ") for line, name in zip(items, ids, strict=True))
