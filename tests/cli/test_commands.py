"""What all commands share: help with examples, options before and after, errors in one sentence."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

import jobvault.cli.main as main_module
from jobvault import __version__
from jobvault.cli.main import GROUPS
from jobvault.views import view_names
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.every_command import COMMANDS, FAMILIES, TOP
from tests.every_command import command_named as command
from tests.small_vault import REPOSITORY, SmallVault, block, debrief, jobvault, make_vault

HOSTILE = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \u202etxet\u202c \u2066x\u2069 \x9b2J"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            "Debriefs/2026-11-20 Acme panel.md": debrief(
                front='people:\n  - "[[Dana Reyes]]"\n',
                body="## People met\n\n### [[Dana Reyes]], VP\n\n- Concern: on-call\n",
                takeaways="- Draw first, then talk\n",
                follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n",
            ),
            "Summaries/Follow-ups.md": f"# Follow-ups\n\n{block('follow-ups')}",
        },
    )


# --- help -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_for_in_a_line_and_shows_an_example(name: str) -> None:
    shown = jobvault(*name.split(), "--help")
    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    assert lines[0].startswith(f"Usage: jobvault {name}")
    purpose = lines[2].strip()
    assert purpose.endswith(".")
    assert lines[3] == "", "the purpose fits on one line"
    head, _, examples = shown.stdout.partition("\nExamples:\n")
    assert [line for line in examples.splitlines() if line.startswith(f"  jobvault {name}")]
    assert "--vault" in head
    assert "--today" in head
    assert "--no-input" in head
    assert shown.stderr == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    options = [parameter for parameter in command(name).params if isinstance(parameter, click.Option)]
    assert options
    assert [option.name for option in options if not option.help or not option.help.endswith((".", "]"))] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_parses(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = getattr(command(name), "examples", "").strip().splitlines()
    assert examples
    for example in examples:
        words = shlex.split(re.split(r" (?:&&|>) ", example)[0])
        own = name.split()
        assert words[: 1 + len(own)] == ["jobvault", *own]
        context = command(name).make_context(name, words[1 + len(own) :])
        assert context.params is not None


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page(name: str) -> None:
    page = REPOSITORY / "docs" / "commands" / f"{name.replace(' ', '-')}.md"
    assert page.is_file()
    assert f"jobvault {name}" in page.read_text(encoding="utf-8")


def test_the_programs_help_groups_the_commands(program: Program) -> None:
    shown = program(None, "--help", today="")
    assert shown.code == 0
    for title, names in GROUPS.items():
        assert (f"{title}:" in shown.out) == bool(names)
    rows = [line for line in shown.out.splitlines() if line.startswith("  ") and line.split()[0] in TOP]
    assert [row.split()[0] for row in rows] == TOP
    assert all(row.rstrip().endswith(".") for row in rows), "each purpose is one row"


@pytest.mark.parametrize("name", FAMILIES)
def test_a_familys_help_names_its_commands_and_so_does_the_word_alone(name: str, program: Program) -> None:
    shown = program(None, name, "--help", today="")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines()[2].strip().endswith(".")
    rows = [line.split()[0] for line in shown.out.partition("\nCommands:\n")[2].splitlines() if line.strip()]
    assert [f"{name} {row}" for row in rows] == [one for one in COMMANDS if one.startswith(f"{name} ")]
    assert all(row.rstrip().endswith(".") for row in shown.out.partition("\nCommands:\n")[2].splitlines())
    alone = program(None, name, today="")
    assert alone.code == 2
    assert "Commands:" in alone.err


@pytest.mark.parametrize("name", FAMILIES)
def test_a_familys_command_that_is_misspelt_is_met_with_the_one_that_may_be_meant(name: str, program: Program) -> None:
    member = next(one for one in COMMANDS if one.startswith(f"{name} ")).split()[1]
    wrong = program(None, name, f"{member[:-1]}x", today="")
    assert (wrong.code, wrong.out) == (2, "")
    assert f"Did you mean '{member}'?" in wrong.err


def test_version() -> None:
    assert jobvault("--version").stdout == f"jobvault {__version__}\n"


# --- options that all commands take -----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("show", "follow-ups"), ("new", "X", "--dry-run")])
def test_shared_options_stand_before_or_after_the_command(vault: SmallVault, words: tuple[str, ...]) -> None:
    shared = ["--vault", str(vault.root), "--today", "2026-11-25", "--no-input"]
    before, after = jobvault(*shared, *words), jobvault(*words, *shared)
    assert before.stdout == after.stdout
    assert before.stdout
    assert (before.returncode, before.stderr) == (after.returncode, after.stderr) == (0, "")


def test_the_option_behind_the_command_wins(vault: SmallVault, program: Program) -> None:
    found = program(vault, "show", "follow-ups", "--json", "--today", "2026-12-01")
    assert found.json["today"] == "2026-12-01"


def test_the_vault_is_found_by_environment_and_from_below(vault: SmallVault, tmp_path: Path) -> None:
    by_environment = jobvault("show", "people", "--json", environ={"JOBVAULT_DIR": str(vault.root)})
    from_below = jobvault("show", "people", "--json", cwd=vault.root / "Debriefs")
    assert by_environment.stdout == from_below.stdout
    assert "Dana Reyes" in from_below.stdout


def test_todays_day_may_be_said_in_words(vault: SmallVault, program: Program) -> None:
    assert program(vault, "show", "people", "--json", today="23 Nov 2026").json["today"] == "2026-11-23"
    wrong = program(vault, "show", "people", today="someday")
    assert (wrong.code, wrong.out) == (2, "")
    assert "--today: “someday” is no date" in wrong.err


# --- errors -----------------------------------------------------------------------------------------------------------


def test_unknown_command_suggests_the_near_one() -> None:
    wrong = jobvault("shwo")
    assert wrong.returncode == 2
    assert "Did you mean 'show'?" in wrong.stderr
    assert wrong.stdout == ""


@pytest.mark.parametrize(
    "words",
    [("show", "--nope"), ("done",), ("show", "nonsense"), ("show",), ("new", "X", "--format", "telepathy"), ("nope",)],
)
def test_wrong_usage_exits_2(vault: SmallVault, program: Program, words: tuple[str, ...]) -> None:
    wrong = program(vault, *words)
    assert wrong.code == 2
    assert wrong.out == ""
    assert wrong.err


@pytest.mark.parametrize(
    "words",
    [("done", "nothing", "like", "this"), ("inspect", "nope.md"), ("new", "X", "--template", "nope"), ("demo", ".")],
)
def test_what_a_person_can_mend_is_one_sentence_and_exits_1(vault: SmallVault, words: tuple[str, ...]) -> None:
    wrong = jobvault(*words, "--vault", str(vault.root), cwd=vault.root)
    assert wrong.returncode == 1
    assert wrong.stdout == ""
    assert wrong.stderr.startswith("jobvault: ") or words[0] == "inspect"
    assert wrong.stderr.count("\n") == 1
    assert "Traceback" not in wrong.stderr


def test_no_vault_says_how_to_get_one(tmp_path: Path) -> None:
    nowhere = jobvault("show", "people", cwd=tmp_path)
    assert nowhere.returncode == 1
    assert "jobvault init" in nowhere.stderr
    named = jobvault("show", "people", "--vault", str(tmp_path))
    assert named.returncode == 1
    assert f"jobvault init {tmp_path}" in named.stderr


def test_a_mistake_in_the_settings_is_named_with_its_line(vault: SmallVault, program: Program) -> None:
    vault.write("jobvault.yaml", "language: en\nlinkz: wiki\n")
    for words in (("summarize",), ("show", "follow-ups"), ("done", "it"), ("new", "Acme")):
        wrong = program(vault, *words)
        assert wrong.code == 1
        assert "jobvault.yaml:2" in wrong.err
    found = program(vault, "check")
    assert found.code == 1
    assert "jobvault.yaml:2: error" in found.out


def test_an_unexpected_error_is_logged_and_no_traceback_shown(
    vault: SmallVault, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("\x1b[31mboo")

    monkeypatch.setattr("jobvault.actions.vault.Vault.ask", broken)
    wrong = program(vault, "show", "people")
    assert wrong.code == 1
    assert wrong.out == ""
    assert "Traceback" not in wrong.err
    assert "\x1b" not in wrong.err
    path = Path(wrong.err.split("The details are in ")[1].strip().removesuffix("."))
    assert "ZeroDivisionError" in path.read_text(encoding="utf-8")


def test_an_unexpected_error_is_said_where_no_log_can_be_written(
    vault: SmallVault, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    def full() -> Path:
        raise OSError("no space left")

    monkeypatch.setattr("jobvault.actions.vault.Vault.ask", broken)
    monkeypatch.setattr(main_module, "_log_file", full)
    wrong = program(vault, "show", "people")
    assert wrong.code == 1
    assert "could not be written" in wrong.err


# --- pipes, keys, colours ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE and no such pipes")
def test_a_reader_that_goes_away_is_no_error_to_speak_of(vault: SmallVault) -> None:
    for number in range(400):
        vault.write(
            f"Debriefs/2026-10-01 Company {number}.md", debrief(f"Company {number}", "2026-10-01", takeaways="- x\n")
        )
    with subprocess.Popen(
        [sys.executable, "-m", "jobvault", "show", "interviews", "--vault", str(vault.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"},
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        said = running.stderr.read()
    assert said == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_ctrl_c_at_a_question_ends_it_quietly(vault: SmallVault) -> None:
    terminal = Terminal("new", "--vault", str(vault.root))
    terminal.expect("Company")
    before = vault.bytes()
    terminal.insist("Stopped.")
    assert terminal.end() == 1
    assert "Traceback" not in terminal.text
    assert vault.bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_ctrl_c_while_watching_ends_it_with_0(vault: SmallVault) -> None:
    terminal = Terminal("watch", "--vault", str(vault.root))
    terminal.expect("Ctrl-C ends it.")
    terminal.expect("note written")
    terminal.interrupt()
    assert terminal.end() == 0
    assert "Traceback" not in terminal.text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_colours_on_a_terminal_unless_somebody_says_no(vault: SmallVault) -> None:
    words = ("show", "follow-ups", "--vault", str(vault.root), "--today", "2026-11-25")
    coloured, plain = Terminal(*words), Terminal(*words, environ={"NO_COLOR": "1"})
    assert coloured.end() == plain.end() == 0
    assert "\x1b[" in coloured.raw
    assert "\x1b" not in plain.raw
    assert coloured.text == plain.text


def test_piped_output_holds_no_escape_codes(vault: SmallVault) -> None:
    for words in (
        ("show", "follow-ups"),
        ("check",),
        ("inspect", "Debriefs/2026-11-20 Acme panel.md"),
        ("summarize", "--dry-run"),
    ):
        shown = vault.run(*words)
        assert shown.stdout
        assert "\x1b" not in shown.stdout + shown.stderr


@pytest.fixture
def hostile(tmp_path: Path) -> SmallVault:
    front = f'role: "{_escaped(HOSTILE)}"\npeople:\n  - "Dana {_escaped(HOSTILE)}"\n'
    return make_vault(
        tmp_path / "hostile",
        {
            "Debriefs/2026-11-20 Acme panel.md": debrief(
                f'"Acme {_escaped(HOSTILE)}"',
                front=front,
                body=f"## People met\n\n### Eve {HOSTILE}\n\n- Cares about: {HOSTILE}\n- Concern: {HOSTILE}\n- Asked: {HOSTILE}\n\n"
                f"## What they asked\n\n- Why {HOSTILE} (rough)\n\n## Where I was weak\n\n- Slow {HOSTILE} #a\n- [[{HOSTILE}]]\n\n"
                f"## Where I was strong\n\n- Fast {HOSTILE}\n\n## Takaways {HOSTILE}\n",
                takeaways=f"- Talk {HOSTILE}\n",
                follow_ups=f"- [ ] Send {HOSTILE} 📅 2026-11-27\n- [ ] Send 📅 2026-11-28 {HOSTILE}\n",
            ),
            f"Debriefs/2026-11-21 {HOSTILE.replace('/', '')}.md": "---\ntype: debreif\n---\n",
            "Summaries/Follow-ups.md": f"# Follow-ups\n\n{block('follow-ups')}\n{HOSTILE}\n",
        },
    )


def _escaped(text: str) -> str:
    return "".join(f"\\x{ord(char):02x}" if ord(char) < 0xA0 and not char.isprintable() else char for char in text)


VIEWS = [(), *(("show", view) for view in view_names())]
CALLS = [
    *VIEWS,
    ("check",),
    ("inspect", "Debriefs/2026-11-20 Acme panel.md"),
    ("done", "send", "--dry-run"),
    ("new", "Acme red", "--dry-run"),
    ("summarize", "--dry-run"),
    ("summarize",),
]
UNSAFE = {*map(chr, range(9)), *map(chr, range(11, 32)), *map(chr, range(127, 160)), *"\u202e\u202c\u2066\u2069"}


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names")
@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_hostile_text_never_reaches_a_pipe_raw(hostile: SmallVault, program: Program, words: tuple[str, ...]) -> None:
    shown = program(hostile, *words)
    assert not UNSAFE & set(shown.out + shown.err)
    assert shown.out + shown.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize("words", [*CALLS[: len(VIEWS) + 2], CALLS[-2]], ids=" ".join)
def test_hostile_text_never_reaches_a_terminal_raw(hostile: SmallVault, words: tuple[str, ...]) -> None:
    terminal = Terminal(*words, "--vault", str(hostile.root), "--today", "2026-11-25", cwd=hostile.root)
    terminal.end()
    assert not UNSAFE & set(terminal.text)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_hostile_names_never_reach_a_question_raw(hostile: SmallVault) -> None:
    terminal = Terminal("new", "Acme", "--no-edit", "--vault", str(hostile.root), "--today", "2026-11-25")
    terminal.expect("did you mean it?")
    terminal.type("n")
    terminal.expect("Round")
    terminal.type("panel")
    terminal.expect("Day")
    terminal.type("")
    terminal.expect("Who")
    terminal.type("")
    assert terminal.end() == 0
    assert not UNSAFE & set(terminal.text)


def test_an_output_that_lacks_characters_gets_others(vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-21 Sky.md", debrief("Sky 🚀", "2026-11-21"))
    words = ("show", "interviews", "--company", "Sky 🚀", "--vault", str(vault.root), "--today", "2026-11-25")
    old = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    shown = subprocess.run(
        [sys.executable, "-m", "jobvault", *words],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **old},
    )
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "Sky ?" in shown.stdout.decode("latin-1")
    answer = jobvault(*words, "--json", environ=old)
    assert [item["company"] for item in json.loads(answer.stdout)["items"]] == ["Sky 🚀"]
