"""``jobvault completion``, and what its scripts do in real shells."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobvault.actions.vault import open_vault
from jobvault.cli.shells import SCRIPTS, script
from tests.cli.conftest import Program
from tests.cli.real_shell import ENTER, SHELLS, TAB, RealShell
from tests.small_vault import REPOSITORY, debrief, jobvault, make_vault

EVERY_SHELL = pytest.mark.parametrize("shell", SHELLS)
POWERSHELL = shutil.which("pwsh")
BASH_COMPLETION = Path("/usr/share/bash-completion/bash_completion")
EVAL = {
    "bash": 'eval "$(jobvault completion bash)"',
    "zsh": 'eval "$(jobvault completion zsh)"',
    "fish": "jobvault completion fish | source",
}

# Each begins with a letter of its own, so that one key finds it.
NAMES = (
    "Birch & Lowe",
    "Cost $HOME ${PATH}",
    "Danger $(touch touched)",
    "Evil `touch touched`",
    "Fury; touch touched",
    "Go'Neill",
    'House "Blue" Ltd',
    "Jump!Inc! !!",
    "Kolon: Robotics",
    "Large > touched",
    "Mühle Größe 東京",
    "No\\Backslash\\",
    "Other {a,b} [c]? *",
    "Pipe | touch touched",
    "Question=mark @host %1 ^2 #3 ~4",
    "R, two  blanks",
    "Said 'enough'",
    'Took "leave"',
    "Why?!",
)


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SCRIPTS)
def test_it_prints_the_script_with_how_to_install_it(program: Program, shell: str) -> None:
    shown = program(None, "completion", shell)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == script(shell)
    assert f"jobvault completion {shell}" in shown.out
    assert shown.out.isascii(), "a shell may read it in any encoding"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_finds_no_fault_with_its_script(program: Program, shell: str) -> None:
    checked = subprocess.run(
        [shell, "-n"], input=script(shell), capture_output=True, text=True, check=False, timeout=60
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("login", "line", "where"),
    [
        ("/bin/bash", 'eval "$(jobvault completion bash)"', "~/.bash"),
        ("/usr/local/bin/zsh", 'eval "$(jobvault completion zsh)"', "~/.zshrc"),
        ("/usr/bin/fish", "jobvault completion fish | source", "config.fish"),
        ("/usr/bin/pwsh", "jobvault completion powershell | Out-String | Invoke-Expression", "$PROFILE"),
        ("C:\\Program Files\\Git\\usr\\bin\\bash.exe", 'eval "$(jobvault completion bash)"', "~/.bash"),
    ],
)
def test_without_a_shell_it_says_what_yours_needs(
    program: Program, monkeypatch: pytest.MonkeyPatch, login: str, line: str, where: str
) -> None:
    monkeypatch.setenv("SHELL", login)
    shown = program(None, "completion")
    assert (shown.code, shown.err) == (0, "")
    assert f"\n  {line}\n" in shown.out
    assert where in shown.out.splitlines()[0]
    assert ("4.4" in shown.out) == ("bash" in login), "what macOS has is too old"


@pytest.mark.parametrize(("login", "words"), [("/bin/tcsh", ()), ("", ()), ("/bin/bash", ("tcsh",))])
def test_another_shell_is_told_which_there_are(
    program: Program, monkeypatch: pytest.MonkeyPatch, login: str, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SHELL", login)
    wrong = program(None, "completion", *words)
    if os.name == "nt" and not login:
        return
    assert (wrong.code, wrong.out) == (2, "")
    assert "bash, zsh, fish, powershell" in wrong.err


def test_pwsh_is_powershell_and_capitals_do_not_matter(program: Program) -> None:
    assert program(None, "completion", "pwsh").out == program(None, "completion", "PowerShell").out != ""


def test_a_bash_that_is_too_old_is_told_so() -> None:
    old = script("bash").replace(">= 404", ">= 99999")
    assert old != script("bash")
    shown = subprocess.run(
        ["bash", "-c", f"{old}\ncomplete -p"], capture_output=True, text=True, check=False, timeout=60
    )
    assert "needs bash 4.4 or later" in shown.stderr
    assert "jobvault" not in shown.stdout


def test_the_list_in_the_documentation_is_what_bash_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (REPOSITORY / "docs" / "commands" / "completion.md").read_text(encoding="utf-8")
    shown = re.search(r"```text\n\$ jobvault done\n(.*?)\n…\n```", page, re.DOTALL)
    assert shown is not None
    environ = {
        "_JOBVAULT_COMPLETE": "bash_complete",
        "COMP_LINE": "jobvault done ",
        "COMP_TYPE": "63",
        "COLUMNS": "80",
        "JOBVAULT_DIR": str(REPOSITORY / "sample-vault"),
    }
    assert jobvault(environ=environ).stdout.startswith(f"words\n{shown[1]}\n")


# --- real shells ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], RealShell]]:
    """Return a way to get a shell with its completion set up; each is started once."""
    if os.name == "nt":
        pytest.skip("Windows has no pseudo-terminals of this kind")
    root = tmp_path_factory.mktemp("shells")
    vault = make_vault(
        root / "vault", {f"Debriefs/2026-10-{n:02} {n}.md": _note(name, n) for n, name in enumerate(NAMES, 1)}
    )
    running: dict[str, RealShell] = {}

    def start(name: str) -> RealShell:
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed")
        if name not in running or not running[name].alive:
            running[name] = RealShell(name, root / name, vault.root)
            running[name].ready()
            running[name].run(EVAL[name])
        return running[name]

    yield start
    for shell in running.values():
        shell.end()


def _note(name: str, number: int) -> str:
    written = name.replace("\\", "\\\\").replace('"', '\\"')
    tasks = {
        1: "- [ ] Send the portfolio 📅 2026-11-27\n- [x] Thank Sam ✅ 2026-11-21\n",
        2: "- [ ] Ask about; `touch touched`\n",
    }
    return debrief(
        f'"{written}"', f"2026-10-{number:02}", front='people: ["Zoe Reyes, VP"]\n', follow_ups=tasks.get(number, "")
    )


def _untouched(shell: RealShell) -> bool:
    return not list(shell.vault.rglob("touched")) and not list(shell.home.rglob("touched"))


@EVERY_SHELL
def test_commands_and_views_complete(started: Callable[[str], RealShell], shell: str) -> None:
    assert started(shell).arrives(f"jobvault sho{TAB}tak{TAB}--js{TAB}") == ["show", "takeaways", "--json"]


@EVERY_SHELL
@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_as_it_is(started: Callable[[str], RealShell], shell: str, name: str) -> None:
    on = started(shell)
    key, told = name[0].lower(), " ".join(name.split())
    assert on.arrives(f"jobvault new {key}{TAB}--no-edit") == ["new", told, "--no-edit"]
    match NAMES.index(name) % 3:  # each further way with every third name, as a shell takes its time
        case 0:
            assert on.arrives(f"jobvault show --company={key}{TAB}x") == ["show", f"--company={told}", "x"]
        case 1:
            assert on.arrives(f'jobvault new "{key}{TAB}') == ["new", told]
        case _:
            assert on.arrives(f"jobvault new '{key}{TAB}x") == ["new", told, "x"]
    assert _untouched(on)


@EVERY_SHELL
def test_a_name_can_be_completed_from_within(started: Callable[[str], RealShell], shell: str) -> None:
    on = started(shell)
    assert on.arrives(f"jobvault new Kolon:{TAB}") == ["new", "Kolon: Robotics"]
    assert on.arrives(f"jobvault new Kolon:\\ ro{TAB}") == ["new", "Kolon: Robotics"]
    assert on.arrives(f"jobvault new 'Kolon: R{TAB}") == ["new", "Kolon: Robotics"]
    assert on.arrives(f"jobvault new mÜH{TAB}") == ["new", "Mühle Größe 東京"]
    assert on.arrives(f"jobvault new lowe{TAB}") == ["new", "Birch & Lowe"], "by a word inside"
    assert on.arrives(f"jobvault new Question=m{TAB}")[1] == NAMES[14]


@EVERY_SHELL
def test_what_has_no_completion_stays_as_it_is(started: Callable[[str], RealShell], shell: str) -> None:
    on = started(shell)
    assert on.arrives(f"jobvault new xyz{TAB}") == ["new", "xyz"]
    assert on.arrives(f"jobvault show --limit {TAB}5") == ["show", "--limit", "5"]
    assert on.arrives(f"jobvault --vault /nowhere new b{TAB}") == ["--vault", "/nowhere", "new", "b"]
    assert on.arrives(f"jobvault new '$(touch touched) x{TAB}'") == ["new", "$(touch touched) x"]
    assert _untouched(on)


@EVERY_SHELL
def test_follow_ups_are_shown_with_their_words(started: Callable[[str], RealShell], shell: str) -> None:
    on = started(shell)
    tabs = TAB * 3 if shell == "bash" else TAB
    shown = on.lists(f"jobvault done {tabs}", "Send the portfolio", "Ask about; touch")
    assert "2026-11-27 · Send" in shown
    assert "Thank Sam" not in shown
    assert _untouched(on)


@EVERY_SHELL
def test_ids_arrive_and_are_not_offered_twice(started: Callable[[str], RealShell], shell: str) -> None:
    on = started(shell)
    (undo,) = on.arrives(f"jobvault done --undo {TAB}")[2:]
    assert len(undo) == 3
    ids = {item.text: item.id for item in open_vault(on.vault).follow_ups}
    first, second = (
        ids["Send the portfolio"][:3],
        next(name for text, name in ids.items() if text.startswith("Ask"))[:3],
    )
    assert on.arrives(f"jobvault done {first} {TAB}") == ["done", first, second]
    if shell != "fish":
        assert on.arrives(f"jobvault done portf{TAB}") == ["done", first]


@EVERY_SHELL
def test_folders_complete_where_a_vault_is_named(started: Callable[[str], RealShell], shell: str) -> None:
    on = started(shell)
    (on.home / "my vault & co" / "inner").mkdir(parents=True, exist_ok=True)
    (on.home / "my file").write_text("")
    assert on.arrives(f"jobvault show --vault ~/my{TAB}x")[2].rstrip("x") == f"{on.home}/my vault & co/"
    command, option = on.arrives(f"jobvault show --vault={on.home}/my{TAB}")
    assert (command, option.removesuffix("/")) == ("show", f"--vault={on.home}/my vault & co")


@EVERY_SHELL
def test_notes_complete_where_a_file_is_named(started: Callable[[str], RealShell], shell: str) -> None:
    assert started(shell).arrives(f"jobvault inspect Deb{TAB}2026-10-01{TAB}") == [
        "inspect",
        "Debriefs/2026-10-01 1.md",
    ]


@EVERY_SHELL
def test_it_works_behind_other_words_of_the_line(started: Callable[[str], RealShell], shell: str) -> None:
    on = started(shell)
    assert on.arrives(f"true && TZ=UTC jobvault new b{TAB}") == ["new", "Birch & Lowe"]
    assert on.arrives(f"echo 'a | b' | jobvault new b{TAB}") == ["new", "Birch & Lowe"]


def test_bash_keeps_what_was_typed_where_several_fit(started: Callable[[str], RealShell]) -> None:
    on = started("bash")
    assert on.arrives(f"jobvault show --since t{TAB}") != ["show", "--since", ""]
    assert on.arrives(f"jobvault new --r{TAB}") == ["new", "--ro"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize("shell", SHELLS)
def test_each_way_to_install_it_that_the_script_names_works(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    if shell == "bash" and not BASH_COMPLETION.is_file():
        pytest.skip("bash-completion is not installed")
    vault = make_vault(tmp_path / "vault", {"Debriefs/2026-10-01 1.md": _note(NAMES[0], 1)})
    ways = ways_to_install(shell)
    assert len(ways) == 2
    for number, lines in enumerate(ways):
        home = tmp_path / f"home{number}"
        on = RealShell(shell, home, vault.root)
        on.ready()
        if shell == "bash":
            on.run(f"source {BASH_COMPLETION}")
        for line in lines:
            on.run(line)
        assert on.arrives(f"jobvault new b{TAB}") == ["new", "Birch & Lowe"], lines
        on.end()


def ways_to_install(shell: str) -> list[list[str]]:
    """Return the lines of each way that a script's head names."""
    head = script(shell).partition("\n\n")[0]
    parts = re.split(r"(?m)^# \d\. ", head)[1:]
    return [re.findall(r"(?m)^#      (\S.*)$", part) for part in parts]


if POWERSHELL:  # no skip: PowerShell is in no package list that CI installs from

    def test_powershell_completes(tmp_path: Path) -> None:
        vault = make_vault(tmp_path / "vault", {"Debriefs/2026-10-01 1.md": _note("Go'Neill & Co", 1)})
        on = RealShell("bash", tmp_path / "home", vault.root)
        on.ready()
        (on.home / "try.ps1").write_text(
            "jobvault completion powershell | Out-String | Invoke-Expression\n"
            "$line = 'jobvault new g'\n"
            "(TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText\n"
        )
        on.press(f"{POWERSHELL} -NoProfile -File {on.home}/try.ps1{ENTER}")
        on.expect("'Go''Neill & Co'")
        on.end()
