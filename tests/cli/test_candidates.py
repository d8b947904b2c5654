"""What is offered where on the line, and what a line costs."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jobvault.cli.dates import Prefer, read_date
from jobvault.cli.main import GROUPS, run
from jobvault.views import view_names
from tests.small_vault import REPOSITORY, SmallVault, debrief, make_vault

Offered = Callable[[str], dict[str, str]]

FOLLOW_UPS = """
- [ ] Send the [portfolio](https://example.org) to Dana Reyes 📅 2026-11-27 🆔 aaa
- [/] Ask about the on-call rota
- [x] Thank Sam Okafor ✅ 2026-11-21
- [ ] Water the plants 🔁 every week 📅 2026-11-26
"""


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "my vault",
        {
            "Debriefs/2026-11-18 Birch & Lowe.md": debrief('"Birch & Lowe"', "2026-11-18", "screen"),
            "Debriefs/2026-11-20 Acme panel.md": debrief(
                front='role: SRE\ntags: [rust]\npeople:\n  - "Dana Reyes, VP"\n  - "Sam Okafor"\n',
                follow_ups=FOLLOW_UPS,
            ),
            "Letters/2026-11-21 To Dana.md": "---\ntype: letter\nto: Dana Reyes\n---\n\nHello\n",
            "Recipes/Soup.md": "# Soup\n",
        },
        "rounds: [culture]\nareas:\n  system design: [architecture]\ncompanies:\n  Corvo Ltd: [Corvo]\n",
    )


@pytest.fixture
def offered(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Offered:
    """Return a way to ask: the line so far → what is offered, and what each is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JOBVAULT_DIR", str(vault.root))

    def ask(line: str) -> dict[str, str]:
        monkeypatch.setenv("_JOBVAULT_COMPLETE", "fish_complete")
        monkeypatch.setenv("COMP_LINE", f"jobvault {line}")
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            run([])
        shown = capsys.readouterr()
        assert (end.value.code, shown.err) == (0, "")
        kind, *rows = shown.out.splitlines() or [""]
        found = [row.partition("\t") for row in rows if row]
        return {value: told for value, _, told in found} if kind in ("words", "") else {f"({kind})": ""}

    return ask


# --- what is offered --------------------------------------------------------------------------------------------------


def test_commands_with_what_they_are_for(offered: Offered) -> None:
    found = offered("")
    assert list(found) == [name for names in GROUPS.values() for name in names]
    assert found["show"].endswith(".")


def test_options_that_do_not_stand_there_yet(offered: Offered) -> None:
    found = offered("new Acme --round panel --with Dana --")
    assert "--role" in found
    assert "--with" in found
    assert "--round" not in found
    assert found["--role"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("new ", ["Acme", "Birch & Lowe", "Corvo Ltd"]),
        ("new b", ["Birch & Lowe"]),
        ("new lowe", ["Birch & Lowe"]),
        ("new Birch\\ \\&", ["Birch & Lowe"]),
        ("new 'birch & l", ["Birch & Lowe"]),
        ("new nothing", []),
        ("new Acme ", []),
        ("show interviews --company ", ["Acme", "Birch & Lowe", "Corvo Ltd"]),
        ("show interviews --company=bi", ["--company=Birch & Lowe"]),
        ("show interviews --role s", ["SRE"]),
        ("show people --person ", ["Dana Reyes", "Sam Okafor"]),
        ("show people --person reyes", ["Dana Reyes"]),
        ("new --with d", ["Dana Reyes"]),
        ("new --round c", ["culture", "chat"]),
        ("new --round s", ["system-design", "screen"]),
        ("new --format ", ["phone", "video", "in-person", "take-home"]),
        ("new --template ", ["short", "full"]),
        ("new --tag ", ["system design", "rust"]),
        ("show ", list(view_names())),
        ("show FOLLOW", ["follow-ups"]),
        ("show --within ", []),
        ("edit birch", ["Birch & Lowe"]),
        ("edit reyes", ["Dana Reyes"]),
        ("edit 2026-11-20", ["2026-11-20 Acme panel"]),
        ("open soup", []),
        ("edit acme ", ["panel", "screen"]),
        ("add d", ["Dana Reyes"]),
        ("add acme ", []),
        ("add 'a line' --to c", ["Corvo Ltd"]),
        ("add --concern s", ["Sam Okafor"]),
        ("add --tag ", ["system design", "rust"]),
        ("completion ", ["bash", "zsh", "fish", "powershell"]),
        ("--vault ", ["(folders)"]),
        ("show people --vault ~/x", ["(folders)"]),
        ("init ", ["(folders)"]),
        ("init --language d", ["de"]),
        ("schema set", ["settings"]),
        ("inspect ", ["(files)"]),
    ],
)
def test_values(offered: Offered, line: str, expected: list[str]) -> None:
    assert list(offered(line)) == expected


def test_people_come_with_what_they_are(offered: Offered) -> None:
    assert offered("new --with ") == {"Dana Reyes": "VP · Acme", "Sam Okafor": "Acme"}


def test_views_come_with_what_they_answer(offered: Offered) -> None:
    assert offered("show follow-ups")["follow-ups"].startswith("what ")


def test_open_follow_ups_by_id_with_their_words(offered: Offered, vault: SmallVault) -> None:
    ids = {item.text: name for item in vault.open().follow_ups for name in [vault.open().short_ids()[item.id]]}
    found = offered("done ")
    assert list(found.values()) == [
        "2026-11-27 · Send the portfolio to Dana Reyes · Acme",
        "Ask about the on-call rota · Acme",
    ], "what is done, and what repeats, cannot be ticked"
    assert set(found) <= set(ids.values())


def test_only_done_ones_are_opened_again(offered: Offered) -> None:
    assert list(offered("done --undo ").values()) == ["Thank Sam Okafor · Acme"]


def test_an_id_is_not_offered_twice(offered: Offered) -> None:
    first, second = offered("done ")
    assert list(offered(f"done {first} ")) == [second]
    assert offered(f"done {first} {second} ") == {}


def test_words_of_a_follow_up_lead_to_its_id(offered: Offered) -> None:
    first, _ = offered("done ")
    assert list(offered("done port")) == [first]
    assert list(offered("done 'the port")) == [first]


def test_behind_words_no_id_is_offered(offered: Offered) -> None:
    assert offered("done portfolio ") == {}


def test_days_by_the_words_that_mean_them(offered: Offered) -> None:
    wednesday = "--today 2026-11-25"
    assert offered(f"{wednesday} done x --on ") == {
        "today": "2026-11-25",
        "yesterday": "2026-11-24",
        "mon": "2026-11-23",
        "sun": "2026-11-22",
        "sat": "2026-11-21",
        "fri": "2026-11-20",
        "thu": "2026-11-19",
    }
    assert offered(f"show people {wednesday} --since y") == {"yesterday": "2026-11-24"}
    coming = offered(f"new Acme {wednesday} --on ")
    assert list(coming) == ["today", "yesterday", "tomorrow", "fri", "sat", "sun", "mon", "tue"]
    assert coming["mon"] == "2026-11-30"


@pytest.mark.parametrize(
    ("line", "prefer"), [("done x --on ", "past"), ("show --until ", "past"), ("new --on ", "coming")]
)
def test_the_days_are_read_as_they_are_shown(offered: Offered, line: str, prefer: Prefer) -> None:
    today = dt.date(2026, 11, 25)
    found = offered(f"--today {today} {line}")
    assert len(found) >= 7
    assert {word: read_date(word, today, "", prefer=prefer).isoformat() for word in found} == found


# --- from which vault -------------------------------------------------------------------------------------------------


def test_the_vault_is_the_one_that_the_line_names(
    offered: Offered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_vault(tmp_path / "other", {"Debriefs/2026-11-20 x.md": debrief("Other")})
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("HERE", str(tmp_path))
    for line in (
        f"--vault {other.root} new ",
        f"new --vault={other.root} ",
        "new --vault ~/other ",
        "new --vault $HERE/other ",
    ):
        assert list(offered(line)) == ["Other"]
    monkeypatch.delenv("JOBVAULT_DIR")
    monkeypatch.chdir(other.root / "Debriefs")
    assert list(offered("new ")) == ["Other"]


# --- silence ----------------------------------------------------------------------------------------------------------


def test_without_a_vault_nothing_is_offered(offered: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOBVAULT_DIR")
    assert offered("new ") == offered("done ") == offered("new --vault /nowhere ") == {}
    assert offered("sh") != {}


def test_with_broken_settings_nothing_is_offered(offered: Offered, vault: SmallVault) -> None:
    for text in ("linkz: wiki\n", "a: [\n", "\0", "links: " + "[" * 5000):
        vault.write("jobvault.yaml", text)
        assert offered("new ") == offered("done ") == {}


def test_notes_that_cannot_be_read_take_nothing_from_the_others(offered: Offered, vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-19 Broken.md", "---\ntype: debrief\ncompany: [\n---\n")
    vault.write("Debriefs/2026-11-19 Bytes.md", bytes(range(256)))
    vault.write("Debriefs/2026-11-19 Empty.md", b"")
    assert "Acme" in offered("new ")


@pytest.mark.parametrize("line", ["new --today nonsense --on ", "--nope ", "new --nope x --round ", "new \0", "new '"])
def test_a_line_that_makes_no_sense_is_no_error(offered: Offered, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "\0" in line:
        line = line.replace("\0", "\x01")
    offered(line)


def test_what_goes_wrong_is_not_shown(offered: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("jobvault.actions.known.companies", broken)
    assert offered("new ") == {}


# --- hostile names ----------------------------------------------------------------------------------------------------


def test_no_control_character_of_a_note_reaches_the_shell(offered: Offered, vault: SmallVault) -> None:
    evil = '"Evil\\e[31m\\x9b2J\\u202ex"'
    vault.write(
        "Debriefs/2026-11-22 x.md", debrief(evil, "2026-11-22", body="## People met\n\n### Eve\x1b[2J\x07, VP\x1b[0m\n")
    )
    vault.write("Debriefs/2026-11-23 y.md", debrief("Fine", "2026-11-23", follow_ups="- [ ] Send\x1b[31m it\ttwice\n"))
    for line in ("new ", "new --with ", "done ", "show --company "):
        found = offered(line)
        text = "".join((*found, *found.values()))
        assert found
        assert all(char.isprintable() for char in text), text
        assert "Evil" not in text, "it could not be handed over as it is"


@pytest.mark.parametrize("hidden", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xad", "\u180e", "\U000e0061"])
def test_no_invisible_character_of_a_name_reaches_the_shell(offered: Offered, vault: SmallVault, hidden: str) -> None:
    vault.write("Debriefs/2026-11-22 x.md", debrief(f"Ac{hidden}me", "2026-11-22"))
    vault.write("Debriefs/2026-11-23 y.md", debrief(f"Zü{hidden}", "2026-11-23"))
    assert list(offered("new ")) == ["Acme", "Birch & Lowe", "Corvo Ltd"]


def test_nor_does_one_of_what_is_said_of_a_name(offered: Offered, vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-22 x.md", debrief("Ac\u200bme", "2026-11-22", front="people: [Eve Ode]\n"))
    assert offered("new --with e") == {"Eve Ode": "Acme"}


@pytest.mark.parametrize("name", ["Acme 👩\u200d💻", "نرم\u200cافزار", "ශ්\u200dරී Tea"])
def test_a_joiner_that_joins_something_is_a_part_of_a_name(offered: Offered, vault: SmallVault, name: str) -> None:
    vault.write("Debriefs/2026-11-22 x.md", debrief(name, "2026-11-22"))
    assert name in offered("new ")


def test_a_name_on_two_lines_is_offered_on_one(
    offered: Offered, vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write("Debriefs/2026-11-22 x.md", debrief('"Two\\nlines  and\\ttabs"', "2026-11-22"))
    assert "Two lines and tabs" in offered("new ")
    monkeypatch.delenv("_JOBVAULT_COMPLETE")
    found = vault.run("show", "interviews", "--company", "Two lines and tabs", "--json")
    assert "2026-11-22" in found.stdout


def test_what_would_be_taken_for_an_option_is_not_offered(offered: Offered, vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-22 x.md", debrief('"--json"', "2026-11-22"))
    assert list(offered("new ")) == ["Acme", "Birch & Lowe", "Corvo Ltd"]


# --- what it costs ----------------------------------------------------------------------------------------------------


def imported(line: str, vault: SmallVault) -> set[str]:
    """Return the outside libraries that answering a line imports."""
    code = (
        "import sys\n"
        "from jobvault.cli.main import run\n"
        "try:\n    run([])\nexcept SystemExit:\n    pass\n"
        "found = {n.partition('.')[0] for n, m in sys.modules.items() if 'site-packages' in str(getattr(m, '__file__', ''))}\n"
        "print('IMPORTED', *sorted(found))\n"
    )
    environ = {"_JOBVAULT_COMPLETE": "zsh_complete", "COMP_LINE": f"jobvault {line}", "JOBVAULT_DIR": str(vault.root)}
    shown = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environ},
    )
    answer, _, names = shown.stdout.partition("IMPORTED")
    assert answer.startswith("words\n")
    assert len(answer.splitlines()) > 1, "it offers something"
    return {name for name in names.split() if not name.startswith(("_", "sitecustomize"))} - {"jobvault"}


@pytest.mark.parametrize(
    "line", ["", "sh", "show --", "new Acme --", "completion ", "show ", "done x --on ", "new --format "]
)
def test_commands_and_options_import_click_alone(vault: SmallVault, line: str) -> None:
    assert imported(line, vault) == {"click"}


@pytest.mark.parametrize("line", ["new ", "done ", "new --with ", "new --tag ", "new --round ", "new --template "])
def test_values_of_the_vault_import_nothing_heavy(vault: SmallVault, line: str) -> None:
    assert not imported(line, vault) & {"jinja2", "rich", "dateparser", "watchdog"}
