"""What a vault may hold that was made to do harm, or does by accident: the whole program against it, end to end."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jobvault.actions.scaffold import Request, create, plan, settled
from jobvault.cli.main import run
from jobvault.vault.files import conflict_original
from jobvault.vault.names import alike_key, safe_name
from jobvault.views import view_names
from tests.cli.terminal import Terminal
from tests.notes.test_yaml12 import BOMBS
from tests.sizes import size
from tests.small_vault import REPOSITORY, TODAY, SmallVault, block, debrief, make_vault

LIST = "Follow-ups.md"
GOOD = debrief(follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n", takeaways="- Draw first\n")


def ran(vault: SmallVault, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program; whatever it met, it ended by itself and with a sentence."""
    done = vault.run(*arguments)
    assert "Traceback" not in done.stderr
    assert "should not" not in done.stderr, done.stderr
    return done


# --- YAML that grows ------------------------------------------------------------------------------------------------

MEASURED = """
import re, resource, sys
from jobvault.cli.main import run
before = resource.getrusage(resource.RUSAGE_SELF)
code = run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]  # ru_maxrss knows of who started us
print(f"used {peak} {used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime}", file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is counted as Linux counts it")
def test_yaml_bombs_cost_little_and_only_themselves(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault", {LIST: block("follow-ups"), "Good.md": GOOD})
    bombs = {f"Bombs/{name}.md": code for name, (text, code) in BOMBS.items() if "{{" not in text}  # a template
    for name, (text, _) in BOMBS.items():
        vault.write(f"Bombs/{name}.md", f"---\ntype: debrief\n{text}\n---\n\n## Takeaways\n\n- Not to be read\n")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "summarize", "--vault", vault.root, "--today", str(TODAY)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    assert done.returncode == 0, done.stderr
    assert "Send the portfolio" in vault.read(LIST)
    kib, seconds = map(float, re.findall(r"^used (\d+) ([\d.]+)$", done.stderr, re.MULTILINE)[0])
    assert kib < 200 * 1024
    assert seconds < len(bombs), "a second of work for each, though all of them together take about one"
    problems = {(one.path, one.code) for one in vault.open().problems if one.path.startswith("Bombs/")}
    assert {path for path, _ in problems} == bombs.keys(), "each is named"
    assert {code for _, code in problems} <= {*bombs.values(), "yaml-syntax", "duplicate-key"}
    assert len(vault.open().debriefs) == 1


# --- names ----------------------------------------------------------------------------------------------------------

PIECES = (
    *("con", "NUL", "aux", "com1", "LPT9", "prn", "clock$", ".", "..", "../", "..\\", "/", "\\", ":", "C:\\", "~", "-"),
    *("Acme", "acme", "ACME", "é", "e\u0301", "É", "ß", "ẞ", "ſ", "İ", "ı", "ﬁ", "K", "Å", "Å", "日本", "🦄", "👩‍💻"),
    *(
        " ",
        "  ",
        "\t",
        "\n",
        "\r",
        "\x00",
        "\x1b[2J",
        "\x7f",
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u2028",
        "\ud800",
    ),
    *(
        "#",
        "^",
        "[",
        "]",
        "[[Acme]]",
        "|",
        "%",
        "%%",
        "*",
        "?",
        '"',
        "<",
        ">",
        "'",
        "`",
        "$(touch pwned)",
        ";",
        "&",
        "!",
    ),
    *(" (1)", " 2", " copy", "-LAPTOP", ".md", ".tmp", ".icloud", " (conflicted copy 2026-11-23)", "SFConflict"),
    *(".sync-conflict-20261123-101500-ABCDEFG", "x" * 300, "é" * 150, "🦄" * 80, "/etc/passwd", "~/.ssh", "a/../../b"),
)


def made_up(randomness: random.Random) -> str:
    return "".join(randomness.choice(PIECES) for _ in range(randomness.randint(1, 4)))


def test_any_name_stays_in_the_vault_and_apart_from_all_others(tmp_path: Path) -> None:
    randomness = random.Random(25)
    for _ in range(size(20_000, 200_000)):
        name = safe_name(made_up(randomness))
        assert len(name.encode()) <= 200
        assert not set('/\\:*?"<>|#^[]%\x00') & set(name)
        assert name.strip(" .~-")
        assert name not in (".", "..")
        assert safe_name(name) == name


def test_any_company_is_laid_down_in_the_vault_once_and_over_nothing(tmp_path: Path) -> None:
    randomness = random.Random(26)
    outside = {path.name for path in tmp_path.iterdir()}
    for batch in range(size(2, 100)):
        vault = make_vault(tmp_path / f"vault {batch}")
        opened = vault.open()
        texts: dict[str, str] = {}
        for _ in range(100):
            asked = Request(made_up(randomness), TODAY, role=made_up(randomness), round=made_up(randomness))
            asked = settled(opened, asked)
            if not asked.company:
                continue
            scaffold = plan(opened, asked)
            assert scaffold.path not in texts
            create(opened, scaffold)
            texts[scaffold.path] = scaffold.text
        made = {path.relative_to(vault.root).as_posix() for path in vault.root.rglob("*") if path.is_file()}
        assert made == {"jobvault.yaml", *texts}, "all are in the vault, and nothing else is"
        assert all(vault.read(path) == text for path, text in texts.items()), "none was overwritten"
        assert len({alike_key(path) for path in texts}) == len(texts), "no two that macOS or Windows would take for one"
        assert not any(conflict_original(path) for path in texts), "none is taken for a conflict copy"
        assert max(len(path.rpartition("/")[2].encode()) for path in texts) <= 255
        outside.add(vault.root.name)
    assert {path.name for path in tmp_path.iterdir()} == outside


# --- what is no file ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows has no FIFO, device or free link")
@pytest.mark.parametrize("command", ["summarize", "check", "show today", "watch"])
def test_pipes_devices_and_loops_are_passed_over_and_nothing_is_written_outside(tmp_path: Path, command: str) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(block("follow-ups"))
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "Other.md").write_text(block("follow-ups"))
    vault = make_vault(tmp_path / "vault", {"Good.md": GOOD, "Home.md": block("follow-ups")})
    os.mkfifo(vault.root / "Pipe.md")
    (vault.root / "Zero.md").symlink_to("/dev/zero")
    (vault.root / "Loop.md").symlink_to("Loop.md")
    (vault.root / "round").symlink_to(vault.root, target_is_directory=True)
    (vault.root / LIST).symlink_to(outside)
    (vault.root / "Elsewhere").symlink_to(folder, target_is_directory=True)
    (vault.root / "Gone.md").symlink_to("Nothing.md")
    if os.geteuid() == 0:
        os.mknod(vault.root / "Device.md", 0o600 | 0o020000, os.makedev(1, 5))
    before = (outside.read_bytes(), (folder / "Other.md").read_bytes())
    if command == "watch":
        watch_once(vault)
    else:
        done = ran(vault, *command.split())
        assert done.returncode in (0, 1)
    if command in ("summarize", "watch"):
        assert "Send the portfolio" in vault.read("Home.md")
    assert (outside.read_bytes(), (folder / "Other.md").read_bytes()) == before
    if command == "check":
        assert all(name in done.stdout + done.stderr for name in (LIST, "Zero.md", "Loop.md")), (
            "what is left out is said"
        )
    assert (vault.root / LIST).is_symlink()


def watch_once(vault: SmallVault) -> None:
    """Let ``watch`` do its first round."""
    terminal = Terminal("watch", "--vault", str(vault.root), "--today", str(TODAY), columns=200)
    terminal.expect(" Home.md")
    terminal.insist("Stopped")
    assert terminal.end() == 0


# --- words that steer -----------------------------------------------------------------------------------------------

STEERING = "\x1b]0;pwned\x07\x1b[2J\x9b31m\u202egnp.exe\u202c\u2066x\u2069\x08\x7f"
FORMULA = "=HYPERLINK(1)"
INJECTED = "x\\r\\nBcc: eve@example.com"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")
OURS = re.compile(r"\x1b\[[0-9;]*m")


def hostile_vault(root: Path) -> SmallVault:
    """Return a vault that has such words wherever words can stand."""
    word = f"{FORMULA} {STEERING} end"
    front = "".join(
        f'{name}: "{FORMULA} {INJECTED} \\e]0;pwned\\a\\u202Egnp"\n'
        for name in ("role", "forecast", "felt", "application", "heard", "hear_by", "tags", "own")
    )
    body = f"""
## People met

### Dana {word}, VP {word}

- Cares about: {word}
- Concern: {word}
- My answer: {word} (rough)
- We talked about: {word}
- Next step: {word}
- Email: {word}
- {word}

## What they asked

- {word}? #tag{STEERING} (rough)
- {word}? (owed)

## What I noticed

- {word}?

## What I still want to ask

- {word}

## Weak

- {word} #area{STEERING}

## Strong

- {word}

## What I told them

- Pay: {word}
- Start: {word}

## Feedback

- {word}
"""
    said = debrief(
        f'"{FORMULA} {INJECTED} \\e[2J\\u202Egnp"',
        round_=f'"{INJECTED} \\e[2J"',
        body=body,
        front=front,
        follow_ups=f"- [ ] {word} 📅 2026-11-27\n- [ ] {word} due 2026-13-45\n",
        takeaways=f"- {word} #theme{STEERING}\n",
    )
    views = "".join(f"{block(view)}\n" for view in view_names())
    person = f'---\ntype: person\nname: "{INJECTED} \\e[2J"\ncompany: {FORMULA}\nemail: "{INJECTED}"\n---\n'
    notes = {f"Debriefs/2026-11-20 {STEERING} Acme.md": said, "All.md": views, "Person.md": person}
    notes[f"Broken {STEERING}.md"] = f"---\ntype: debrief\n{word}: : :\n---\n"
    return make_vault(root, notes)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_words_that_steer_a_terminal_reach_no_summary_and_no_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vault = hostile_vault(tmp_path / "vault")
    assert ran(vault, "summarize").returncode == 0
    assert len(vault.open().debriefs) == len(vault.open().people) == 1, "it is all read"
    summary = vault.read("All.md")
    assert "HYPERLINK" in summary
    assert not UNSAFE.search(summary.replace("\n", ""))
    [note] = (vault.root / "Debriefs").iterdir()
    copy = note.with_name(f"{note.stem}.sync-conflict-20261124-101112-ABCDEFG.md")
    copy.write_bytes(note.read_bytes() + f"\nMore {STEERING}\n".encode())
    views = [f"show {view}{face}" for view in view_names() for face in ("", " --json")]
    lists = ["conflicts", "conflicts --json", "undo --list", "undo --list --all --json", "undo --dry-run"]
    writing = [f"set 2026-11-20 own {STEERING}", f"heard 2026-11-20 rejected --feedback {STEERING}", "heard 2026 offer"]
    told: dict[str, str] = {}
    for command in [*views, "check", "inspect All.md", "done nothing", "summarize", *writing, *lists]:
        run([*command.split(" "), "--vault", str(vault.root), "--today", str(TODAY)])
        shown = capsys.readouterr()
        told[command] = shown.out
        assert "should not" not in shown.err, command
        assert not UNSAFE.search((shown.out + shown.err).replace("\n", "")), command
    assert all(told[command] for command in told if not command.startswith(("done nothing", "heard 2026 "))), (
        "all speak"
    )
    [conflict] = json.loads(told["conflicts --json"])["conflicts"]
    assert conflict["path"] == copy.relative_to(vault.root).as_posix(), "it loads to what is there"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("command", ["show follow-ups", "show people", "check", "show attention"])
def test_a_terminal_that_looks_gets_no_codes_but_our_colours(tmp_path: Path, command: str) -> None:
    vault = hostile_vault(tmp_path / "vault")
    terminal = Terminal(*command.split(), "--vault", str(vault.root), "--today", str(TODAY))
    terminal.end()
    assert "HYPERLINK" in terminal.raw or "YAML" in terminal.raw
    assert not UNSAFE.search(OURS.sub("", terminal.raw).replace("\r\n", "\n").replace("\n", ""))
