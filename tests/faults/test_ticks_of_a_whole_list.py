"""Many follow-ups of one debrief, ticked by one command: each as Obsidian Tasks would, all else byte for byte."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.notes.ticked import TICKED_ON, read_ticked
from tests.sizes import size
from tests.small_vault import debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
ROWS = [row for row in read_ticked() if row.char == "x" and not row.indent and "[-]" not in row.before]
SAID = size(16, 120)


def test_each_is_ticked_where_it_stands(tmp_path: Path) -> None:
    rows = ROWS[:SAID]
    assert len(rows) == SAID
    list_ = "".join(f"{row.before}\n\n" for row in rows)
    text = "\ufeff" + debrief(follow_ups="{}") + "\n## My own words\n\nstay  \n- [ ] as they are\n\u2028"
    before = text.replace("{}", list_).replace("\n", "\r\n")
    vault = make_vault(tmp_path / "vault", {ACME: before})
    items = [item for item in vault.open(TICKED_ON).follow_ups if item.text != "as they are"]
    assert len(items) == len(rows)
    done = vault.run("done", *[item.id for item in items], today=TICKED_ON.isoformat())
    assert (done.returncode, done.stderr) == (0, "")
    for row in rows:
        list_ = list_.replace(f"{row.before}\n", f"{row.after}\n", 1)
    assert vault.read(ACME) == text.replace("{}", list_).replace("\n", "\r\n")
    settled = [item for item in vault.open(TICKED_ON).follow_ups if item.status == "done"]
    assert len(settled) == len(rows)
    assert {item.done for item in settled} == {dt.date(2026, 11, 25)}
