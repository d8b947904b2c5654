"""``jobvault open``: the note's address for Obsidian, percent-encoded, given to what opens it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.cli.open import is_obsidian, obsidian_url
from tests.cli.conftest import Program
from tests.small_vault import SmallVault, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-24 Birch & Söhne #1 100% panel.md"

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the opener is Linux's")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    notes = {ACME: debrief(), BIRCH: debrief("Birch & Söhne", "2026-11-24", "final")}
    vault = make_vault(tmp_path / "my vault", notes)
    (vault.root / ".obsidian").mkdir()
    return vault


def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Put an ``xdg-open`` before all others: it writes down the address and does what the script says."""
    place = tmp_path / "bin" / "xdg-open"
    place.parent.mkdir()
    place.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path / "opened"}"\necho noise >&2\n{script}\n')
    place.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place.parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "opened"


def test_print_prints_the_address_and_opens_nothing(vault: SmallVault, program: Program) -> None:
    shown = program(vault, "open", "--print")
    root = str(vault.root).replace("/", "%2F").replace(" ", "%20")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == (
        f"obsidian://open?path={root}%2FDebriefs%2F2026-11-24%20Birch%20%26%20S%C3%B6hne%20%231%20100%25%20panel.md\n"
    )


@given(st.text(st.characters(exclude_characters="/\x00", exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_name_comes_out_of_the_address_as_it_was(name: str) -> None:
    path = Path("/home/me") / f"a{name}.md"
    url = obsidian_url(path)
    assert url.isascii()
    assert " " not in url
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("obsidian", "open", "")
    assert parse_qs(parts.query, strict_parsing=True) == {"path": [str(path)]}


@linux
@pytest.mark.parametrize("script", ["exit 0", "sleep 20"])
def test_opens_it(
    vault: SmallVault, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr("jobvault.cli.open._PATIENCE", 0.5)
    opened = opener(tmp_path, monkeypatch, script)
    done = program(vault, "open", "acme")
    assert (done.code, done.out, done.err) == (0, f"Opened {ACME} in Obsidian.\n", "")
    if script == "exit 0":
        assert opened.read_text() == obsidian_url(vault.root / ACME)


@linux
@pytest.mark.parametrize("script", ["exit 3", "exit 4", None])
def test_where_nothing_can_open_it_one_sentence_has_the_address(
    vault: SmallVault, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    if script is None:
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        opener(tmp_path, monkeypatch, script)
    refused = program(vault, "open", "acme")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"jobvault: Nothing on this computer opens {obsidian_url(vault.root / ACME)}. "
        f"Install Obsidian, or use `jobvault edit{vault.where}`.\n"
    )


@linux
def test_a_folder_that_obsidian_does_not_know_is_opened_with_a_hint(
    vault: SmallVault, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener(tmp_path, monkeypatch, "exit 0")
    (vault.root / ".obsidian").rmdir()
    done = program(vault, "open", "acme")
    assert (done.code, done.out) == (0, f"Opened {ACME} in Obsidian.\n")
    assert done.err.startswith("There is no .obsidian folder here.")
    assert "There is no" not in program(vault, "open", "acme", "--print").err
    (tmp_path / ".obsidian").mkdir()
    assert program(vault, "open", "acme").err == ""
    assert is_obsidian(vault.root)


def test_several_and_none_are_said_and_nothing_is_opened(
    vault: SmallVault, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opener(tmp_path, monkeypatch, "exit 0")
    several, none = program(vault, "open", "debriefs"), program(vault, "open", "nowhere")
    assert (several.code, several.out, none.code, none.out) == (1, "", 1, "")
    assert "“debriefs” could be any of these:" in several.err
    assert not opened.exists()
