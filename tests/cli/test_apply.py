"""``jobvault apply``: what it takes, asks, writes and says; and what follows from it."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, make_vault

needs_terminal = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path / "vault")


def test_every_option_is_in_the_note(vault: SmallVault, program: Program) -> None:
    made = program(
        vault, "apply", "Birch & Lowe", "--role", "Data: Engineer", "--source", "Recruiter", "--on", "last fri", "--link", "https://example.org/j#1",
        "--pay", "90k to 105k", "--tag", "#remote",
    )  # fmt: skip
    assert (made.code, made.out, made.err) == (0, "Wrote Applications/Birch & Lowe.md\n", "")
    assert vault.read("Applications/Birch & Lowe.md").startswith(
        "---\ntype: application\ncompany: Birch & Lowe\nrole: 'Data: Engineer'\nsource: recruiter\napplied: 2026-11-20\nanswered:\nclosed:\n"
        "outcome: open\nlink: https://example.org/j#1\npay: 90k to 105k\ntags:\n  - remote\n---\n\n<!-- "
    )
    assert vault.open().problems == ()


def test_undo_takes_it_back(vault: SmallVault, program: Program) -> None:
    program(vault, "apply", "Acme", "--role", "SRE")
    assert program(vault, "undo").code == 0
    assert not (vault.root / "Applications/Acme.md").exists()


@pytest.mark.parametrize("name", ["Acme", "ACME", unicodedata.normalize("NFD", "Café")])
def test_a_name_that_any_note_has_is_not_given_twice(vault: SmallVault, program: Program, name: str) -> None:
    vault.write(f"Companies/{name}.md", "mine\n")
    company = unicodedata.normalize("NFC", name).capitalize()
    made = program(vault, "apply", company, "--role", "SRE")
    assert made.out == f"Wrote Applications/{company} SRE.md\n"


def test_the_same_while_it_is_open_is_refused_and_after_its_end_is_right(vault: SmallVault, program: Program) -> None:
    program(vault, "apply", "Acme", "--role", "SRE", "--on", "2026-11-01")
    before = vault.bytes()
    again = program(vault, "apply", "acme", "--role", "sre")
    assert (again.code, vault.bytes()) == (1, before)
    assert again.err.startswith(
        "jobvault: Applications/Acme.md is your application to Acme as sre already, and it is open."
    )
    assert program(vault, "apply", "acme", "--role", "Designer").out == "Wrote Applications/Acme Designer.md\n"
    program(vault, "set", "Applications/Acme.md", "outcome", "rejected")
    assert program(vault, "apply", "acme", "--role", "SRE").out == "Wrote Applications/Acme SRE.md\n"
    program(vault, "set", "Applications/Acme SRE.md", "outcome", "rejected")
    assert program(vault, "apply", "acme", "--role", "SRE").out == "Wrote Applications/Acme SRE 2026-11-25.md\n"


def test_debriefs_find_theirs_and_closed_ones_owe_nothing(vault: SmallVault, program: Program) -> None:
    program(vault, "apply", "Acme", "--role", "SRE", "--on", "2026-11-01")
    program(vault, "new", "Acme", "--round", "panel", "--on", "2026-11-20", "--with", "Dana Reyes")
    process = vault.open().search.process_of("Debriefs/2026-11-20 Acme panel.md")
    assert process is not None
    assert (process.role, process.application and process.application.path) == ("SRE", "Applications/Acme.md")
    assert "Dana" in program(vault, "show", "follow-ups").out
    assert program(vault, "set", "Applications/Acme.md", "outcome", "rejected").code == 0
    assert "Dana" not in program(vault, "show", "follow-ups").out
    program(vault, "set", "Applications/Acme.md", "outcome", "open")
    assert "Dana" in program(vault, "show", "follow-ups").out
    assert program(vault, "heard", "acme", "rejected").code == 0
    assert "Dana" not in program(vault, "show", "follow-ups").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Name the company: `jobvault apply COMPANY --role ROLE"),
        (("Acme",), 2, "Name the role: `jobvault apply COMPANY --role ROLE"),
        (("Acme", "--role", " \x1b "), 2, "Name the role: "),
        (("Acme", "--role", "x", "--on", "someday"), 2, "--on: “someday” is no date."),
        (("Acme", "--role", "x", "--on", "tomorrow"), 2, "--on: 2026-11-26 is still to come."),
    ],
)
def test_what_is_missing_or_not_understood_is_named(
    vault: SmallVault, program: Program, words: tuple[str, ...], code: int, said: str
) -> None:
    before = vault.bytes()
    refused = program(vault, "apply", *words)
    assert refused.code == code
    assert said in refused.err
    assert vault.bytes() == before


def test_a_source_one_slip_off_is_said_and_one_of_your_own_stays(vault: SmallVault, program: Program) -> None:
    made = program(vault, "apply", "Acme", "--role", "SRE", "--source", "refferal", "--dry-run")
    assert made.err == "--source: “refferal” stands as you typed it. If you meant “referral”, use that word.\n"
    assert (
        "\nsource: my aunt\n"
        in program(vault, "apply", "Acme", "--role", "SRE", "--source", "my aunt", "--dry-run").out
    )
    assert not (vault.root / "Applications").exists()


@pytest.mark.parametrize(
    "name",
    ["{{ front }}", "<% tp %>", "a: b # c", "- x", "con", "../up", "“q”", "日本", "x" * 300, "[[Acme]]", "2026-11-25"],
)
def test_any_name_is_read_back(vault: SmallVault, program: Program, name: str) -> None:
    made = program(vault, "apply", "--role", name, "--pay", name, "--print-path", "--", name)
    assert made.code == 0, made.err
    (found,) = vault.open().search.applications
    wanted = "Acme" if name == "[[Acme]]" else name
    assert (found.company, found.role) == (wanted, wanted)


@needs_terminal
def test_it_asks_for_company_and_role(vault: SmallVault) -> None:
    person = Terminal("apply", "--no-edit", "--vault", str(vault.root), "--today", "2026-11-25")
    person.expect("Company: ")
    person.type("Acme")
    person.expect("Role: ")
    person.type("SRE")
    person.expect("Wrote Applications/Acme.md")
    assert person.end() == 0
    again = Terminal("apply", "Acme", "--role", "SRE", "--no-edit", "--vault", str(vault.root), "--today", "2026-11-25")
    again.expect("Applications/Acme.md is your application to Acme as SRE already, and it is open.")
    assert again.end() == 0
