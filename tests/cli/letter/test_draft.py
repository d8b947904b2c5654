"""``jobvault letter draft``: what it says of letters that it does not draft, and how to draft them all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import conftest
from tests.cli.conftest import Program
from tests.small_vault import debrief, make_vault

program = conftest.program

ACME = "Debriefs/2026-11-02 Acme panel.md"
BODY = "## People met\n\n### Dana Reyes, VP\n\n### Tom Iyer\n"
THANKED = "- [x] Thank-you to Dana and Tom ✅ 2026-11-03\n"
ASKED = "- [x] Ask Acme where things stand ✅ 2026-11-{}\n"


@pytest.mark.parametrize(
    ("tasks", "more", "lines"),
    [
        (THANKED + ASKED.format("24"), (), ["Last asked on 2026-11-24; ask again on ", "--kind check-in"]),
        (THANKED + ASKED.format("10") + ASKED.format("17"), (), ["Asked 2 times, last on 2026-11-17", "no-reply"]),
        (
            THANKED + ASKED.format("10") + ASKED.format("17"),
            ("--kind", "check-in"),
            ["no-reply", "would write Letters/2026-11-25 Check-in Dana Reyes.md", "Left out: Tom Iyer."],
        ),
        (THANKED, ("--kind", "thank-you"), ['kept: Tom Iyer was thanked on 2026-11-03. To write all the same: --to "Tom']),
    ],
)  # fmt: skip
def test_says_why_there_is_no_letter(
    program: Program, tmp_path: Path, tasks: str, more: tuple[str, ...], lines: list[str]
) -> None:
    vault = make_vault(tmp_path / "vault", {ACME: debrief(date="2026-11-02", body=BODY, follow_ups=tasks)})
    done = program(vault, "letter", "draft", "acme", "--dry-run", *more)
    assert (done.code, [line for line in lines if line not in done.out]) == (0, [])


def test_a_german_kind_has_its_english_word_beside_it(program: Program, tmp_path: Path) -> None:
    notes = {ACME: debrief(date="2026-11-02", body=BODY)}
    vault = make_vault(tmp_path / "vault", notes, settings="language: de\n")
    done = program(vault, "letter", "draft", "acme", "--dry-run")
    assert "Kind: Dank (thank-you), which comes first after an interview.\n" in done.out
