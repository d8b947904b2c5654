"""Row 21: every conflict copy's name and its look-alikes, in one vault: copies are reported, look-alikes counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.small_vault import SmallVault, debrief, make_vault
from tests.vault.test_conflicts import COPIES

ORIGINAL = "Debriefs/note.md"
LOOK_ALIKES = (
    "Debriefs/note (1).md",
    "Debriefs/note 2.md",
    "Debriefs/note-LAPTOP.md",
    "Debriefs/note - Copy.md",
    "Debriefs/note round 2.md",
    "Debriefs/note (2026-11-23).md",
    "Debriefs/A conflict with my boss.md",
    "Debriefs/How I solved it (a conflict).md",
    "Debriefs/conflict.md",
)
"""Names that a person may give; each of these notes is one of its own."""


def about(company: str) -> str:
    """Return a debrief that shares few words with any other."""
    tasks = f"- [ ] Call {company}\n- [ ] Write to {company}\n"
    return debrief(company, takeaways=f"- {company} asks for numbers\n", follow_ups=tasks)


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    made = make_vault(tmp_path / "vault", {ORIGINAL: about("Original")})
    for number, name in enumerate(COPIES.values()):
        made.write(f"Debriefs/{name}", about(f"Copied{number}"))
    for number, path in enumerate(LOOK_ALIKES):
        made.write(path, about(f"Alike{number}"))
    return made


def answer(vault: SmallVault, *words: str) -> dict[str, list[dict[str, str]]]:
    done = vault.run(*words, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return found


def test_copies_are_reported_and_not_counted_and_look_alikes_are_counted(vault: SmallVault) -> None:
    counted = {item["path"] for item in answer(vault, "show", "interviews")["items"]}
    assert counted == {ORIGINAL, *LOOK_ALIKES}
    for view in ("follow-ups", "takeaways"):
        items = answer(vault, "show", view)["items"]
        assert {item["path"] for item in items} >= {ORIGINAL, *LOOK_ALIKES}
        assert "Copied" not in json.dumps(items)
    copies = {f"Debriefs/{name}" for name in COPIES.values()}
    reported = [
        (p["path"], ORIGINAL in p["message"]) for p in answer(vault, "check")["problems"] if "copy" in p["code"]
    ]
    assert sorted(reported) == sorted((path, True) for path in copies)
    shown = answer(vault, "conflicts")["conflicts"]
    assert {one["path"]: (one["original"], one["kind"], one["state"]) for one in shown} == dict.fromkeys(
        copies, (ORIGINAL, "copy", "differs")
    )


def test_a_look_alike_that_is_nearly_the_same_is_reported_and_stays(vault: SmallVault) -> None:
    alike = LOOK_ALIKES[:4]
    for path in alike:
        vault.write(path, about("Original"))
    counted = {item["path"] for item in answer(vault, "show", "interviews")["items"]}
    assert counted == {ORIGINAL, *LOOK_ALIKES[4:]}
    assert {p["path"] for p in answer(vault, "check")["problems"] if p["code"] == "look-alike"} == set(alike)
    assert {one["path"] for one in answer(vault, "conflicts")["conflicts"] if one["kind"] == "look-alike"} == set(alike)
    answer(vault, "summarize")
    assert all((vault.root / path).exists() for path in alike)


def test_a_copy_of_every_name_that_says_nothing_else_is_absorbed(vault: SmallVault) -> None:
    for name in COPIES.values():
        vault.write(f"Debriefs/{name}", about("Original"))
    assert {one["state"] for one in answer(vault, "conflicts")["conflicts"]} == {"absorbable"}
    done = answer(vault, "summarize")
    assert {one["path"] for one in done["absorbed"]} == {f"Debriefs/{name}" for name in COPIES.values()}
    assert answer(vault, "conflicts")["conflicts"] == []
    left = {path for path in vault.bytes() if path.endswith((".md", ".conflict1", ".path1"))}
    assert left == {ORIGINAL, *LOOK_ALIKES}
