"""``jobvault`` alone: today, or how to start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobvault.actions.demo import AS_OF, lay_out
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import REPOSITORY, SmallVault, debrief, jobvault, make_vault


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            "Debriefs/2026-11-20 Acme panel.md": debrief(
                body="## Overall\n\nGood.\n", follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n"
            )
        },
    )


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, str]:
    """An environment in which no vault is known."""
    home = tmp_path / "home"
    home.mkdir()
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "JOBVAULT_DIR": ""}


def test_alone_it_shows_today(vault: SmallVault, program: Program) -> None:
    alone, shown = program(vault), program(vault, "show", "today")
    assert (alone.code, alone.err) == (0, "")
    assert alone.out == shown.out
    assert "Send the portfolio" in alone.out


def test_the_vault_is_found_as_always_and_the_day_is_the_one_named(vault: SmallVault) -> None:
    from_below = jobvault("--today", "2026-11-27", cwd=vault.root / "Debriefs")
    by_environment = jobvault("--today", "2026-11-27", environ={"JOBVAULT_DIR": str(vault.root)})
    assert from_below.stdout == by_environment.stdout
    assert "due Fri 27 Nov 2026 (today)" in from_below.stdout
    assert (from_below.returncode, from_below.stderr) == (0, "")
    later = jobvault("--no-input", "--vault", str(vault.root), "--today", "2026-11-30")
    assert "was due Fri 27 Nov 2026 (3 days ago)" in later.stdout


def test_it_does_not_wait_for_its_input(vault: SmallVault) -> None:
    piped = jobvault("--vault", str(vault.root), "--today", "2026-11-25", stdin="x\n" * 5)
    assert (piped.returncode, piped.stderr) == (0, "")
    assert "\x1b" not in piped.stdout


def test_nothing_due_is_one_calm_sentence(tmp_path: Path, program: Program) -> None:
    assert program(make_vault(tmp_path / "empty")).out == (
        "No interviews yet. Lay down the first debrief with `jobvault new`.\n"
    )
    quiet = make_vault(tmp_path / "quiet", {"Debriefs/x.md": debrief(date="2026-10-01", takeaways="- x\n")})
    assert program(quiet).out == "Nothing is due, and no interview is near.\n"


def test_without_a_vault_it_shows_the_help_and_how_to_start(tmp_path: Path, nowhere: dict[str, str]) -> None:
    alone = jobvault(cwd=tmp_path, environ=nowhere)
    assert (alone.returncode, alone.stdout) == (1, "")
    assert alone.stderr.startswith(jobvault("--help").stdout)
    last = alone.stderr.splitlines()[-1]
    assert last.startswith(f"jobvault: No vault found from {tmp_path} upwards")
    assert "`jobvault init`" in last


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_folder_that_was_named_and_is_no_vault_is_said_alone(
    tmp_path: Path, nowhere: dict[str, str], by: str
) -> None:
    words = ("--vault", str(tmp_path)) if by == "option" else ()
    environ = nowhere if by == "option" else {**nowhere, "JOBVAULT_DIR": str(tmp_path)}
    wrong = jobvault(*words, cwd=tmp_path, environ=environ)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.count("\n") == 1
    assert "is not a vault" in wrong.stderr


@pytest.mark.parametrize(
    ("words", "said"), [(("--today", "someday"), "--today: “someday” is no date"), (("--nope",), "No such option")]
)
def test_wrong_usage_exits_2(vault: SmallVault, program: Program, words: tuple[str, ...], said: str) -> None:
    wrong = program(vault, *words, today="")
    assert (wrong.code, wrong.out) == (2, "")
    assert said in wrong.err


def test_a_mistake_in_the_settings_is_named(vault: SmallVault, program: Program) -> None:
    vault.write("jobvault.yaml", "linkz: wiki\n")
    wrong = program(vault)
    assert (wrong.code, wrong.out) == (1, "")
    assert "jobvault.yaml:1" in wrong.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_on_a_terminal_it_has_the_ids_that_done_takes(vault: SmallVault) -> None:
    terminal = Terminal("--vault", str(vault.root), "--today", "2026-11-25")
    assert terminal.end() == 0
    [line] = [line for line in terminal.text.splitlines() if "[ ]" in line]
    assert jobvault("done", line.split()[1], "--vault", str(vault.root)).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize(("columns", "rows", "more"), [(80, 24, True), (80, 50, False), (40, 24, True)])
def test_on_a_small_terminal_the_sample_leaves_room_for_the_command_and_the_prompt(
    tmp_path: Path, columns: int, rows: int, more: bool
) -> None:
    lay_out(tmp_path / "sample", AS_OF)
    terminal = Terminal("--vault", str(tmp_path / "sample"), "--today", str(AS_OF), columns=columns, rows=rows)
    assert terminal.end() == 0
    assert len(terminal.text.splitlines()) <= rows - 2
    assert ("more follow-ups: `jobvault show follow-ups`" in " ".join(terminal.text.split())) is more
    assert ("was due" if columns == 80 else "(today)") in " ".join(terminal.text.split())


CODE = """
import contextlib, io, json, sys
from jobvault.cli.main import run
with contextlib.redirect_stdout(io.StringIO()) as said:
    code = run(sys.argv[1:])
print(json.dumps({"code": code, "said": said.getvalue(), "modules": sorted(sys.modules)}))
"""


def loaded(*words: str) -> tuple[str, set[str]]:
    """Run the program in a process of its own; returns what it said, and which modules it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, *words],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"},
    )
    found = json.loads(done.stdout)
    assert found["code"] == 0
    return found["said"], set(found["modules"])


def test_help_loads_click_and_no_view() -> None:
    said, modules = loaded("--help")
    assert "show" in said
    ours = {name for name in modules if name.startswith("jobvault.")}
    assert "jobvault.cli.show" in ours
    assert {name.split(".")[1] for name in ours} <= {"cli", "errors"}
    outside = {"jinja2", "yaml", "ruamel", "rich", "watchdog", "frontmatter", "platformdirs", "dateparser", "rapidfuzz"}
    assert not outside & {name.split(".")[0] for name in modules}
