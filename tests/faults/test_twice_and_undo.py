"""The same edit twice writes once, and `undo` gives the bytes back that were there before (row 8)."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.conftest import program as program  # noqa: PLC0414 - the fixture is used by its name
from tests.faults.watched import wait_for, watching
from tests.sizes import FULL
from tests.small_vault import SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
LIST = "Summaries/Follow-ups.md"
TASKS = "- [ ] Send the portfolio 📅 2026-11-27\n* [ ] Ask Bob  \n1. [ ] Call\t\n"

NOTES = {
    "plain": lambda text: text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no final newline": lambda text: text.rstrip("\n").encode(),
    "odd bytes": lambda text: text.replace("ODD", "nul \0 sep \u2028 x").encode() + b"\ncaf\xe9 \xff\n",
    "mixed ends": lambda text: text.replace("ODD\n", "ODD\r\n").encode(),
    "a block of its own": lambda text: f"{text}\n## Mine\n\n{block('follow-ups')}\nMine.\n".encode(),
}
COMMANDS = (
    ("done", "portfolio"),
    ("done", "ask bob", "--cancel"),
    ("add", "Acme", "Send the slides", "--due", "2026-12-01"),
    ("add", "Acme", "Draw first", "--takeaway"),
    ("set", ACME, "outcome", "rejected"),
    ("summarize",),
)
CASES = [
    (kind, words)
    for kind in NOTES
    for words in COMMANDS
    if FULL or kind == "plain" or words == COMMANDS[0] or (kind == "odd bytes" and words[0] == "set")
]


@pytest.fixture
def vault(tmp_path: Path, request: pytest.FixtureRequest) -> SmallVault:
    text = debrief(body="ODD\n\n## Takeaways\n\n- Draw later\n", follow_ups=TASKS)
    notes = {ACME: NOTES[request.param](text), LIST: f"# Follow-ups\n\n{block('follow-ups')}\nODD"}
    made = make_vault(tmp_path / "vault", notes)
    made.summarize()
    (made.root / ACME).chmod(0o640)
    return made


def contents(vault: SmallVault) -> dict[str, bytes]:
    return {path: data for path, (data, _) in vault.bytes().items()}


@pytest.mark.parametrize(
    ("vault", "words"), CASES, indirect=["vault"], ids=[f"{kind}-{' '.join(words[:2])}" for kind, words in CASES]
)
def test_twice_is_once_and_undo_restores_the_bytes(vault: SmallVault, program: Program, words: tuple[str, ...]) -> None:
    if words == ("summarize",):  # a tick in a block, which is carried
        vault.edit(LIST, "- [ ] Call", "- [x] Call")
    before = contents(vault)
    assert program(vault, *words).code == 0
    after = vault.bytes()
    assert contents(vault)[ACME] != before[ACME]
    program(vault, *words)
    assert vault.bytes() == after, "the second time writes nothing, not even an equal byte"

    undone = program(vault, "undo")
    assert (undone.code, undone.err) == (0, "")
    if words == ("summarize",):  # the tick itself is taken back as well: it would be carried again
        before[LIST] = before[LIST].replace(b"- [x] Call", b"- [ ] Call")
    assert contents(vault) == before
    assert stat.S_IMODE((vault.root / ACME).stat().st_mode) == 0o640
    assert program(vault, "summarize", "--check").code == 0

    again = undone.out.splitlines()[-1].split("jobvault undo ")[1].split()[0]
    assert program(vault, "undo", again).code == 0
    assert contents(vault) == {path: data for path, (data, _) in after.items()}


@pytest.mark.parametrize("vault", ["CRLF"], indirect=True)
def test_a_tick_that_was_taken_back_stays_open_while_watch_runs(vault: SmallVault) -> None:
    before = contents(vault)
    with watching(vault) as watch:
        vault.edit(LIST, "- [ ] Call", "- [x] Call")
        wait_for(lambda: "[x] Call" in vault.read(ACME), "the tick to be carried")
        wait_for(lambda: len(watch.changes) == 1, "watch to say so")
        undone = vault.run("undo")
        assert undone.stdout.startswith("Took back: jobvault watch (ticks carried) · "), undone.stderr
        assert contents(vault) == before
        vault.edit(ACME, "Ask Bob", "Ask Bob again")
        wait_for(lambda: "Ask Bob again" in vault.read(LIST), "watch to have looked again")
        assert watch.stop() == 0
    assert contents(vault)[ACME] == before[ACME].replace(b"Ask Bob", b"Ask Bob again")
    assert "- [ ] Call" in vault.read(LIST)
    assert vault.run("undo", "--list").stdout.count("jobvault watch (ticks carried) · taken back") == 1


@pytest.mark.parametrize("vault", ["odd bytes"], indirect=True)
def test_the_second_undo_of_one_command_writes_nothing(vault: SmallVault, program: Program) -> None:
    assert program(vault, "done", "portfolio").code == 0
    [name] = [one["id"] for one in program(vault, "undo", "--list", "--json").json["commands"]]
    assert program(vault, "undo", name).code == 0
    before = vault.bytes()
    refused = program(vault, "undo", name)
    assert (refused.code, refused.out) == (1, "")
    assert "was taken back already" in refused.err
    assert program(vault, "undo").code == 1
    assert vault.bytes() == before
