"""Two devices that Syncthing keeps together, offline and online again; real nodes, on this machine alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jobvault.vault.lock import vault_lock
from jobvault.vault.replacing import swap
from jobvault.vault.replacing.exchange import exchange
from jobvault.vault.replacing.temps import is_leftover, new_temp, temp_beside
from jobvault.vault.undo.store import open_undo
from jobvault.vault.write import replace
from tests.sizes import size
from tests.small_vault import SmallVault, block, debrief, make_vault
from tests.sync.devices import Device, are_true, at_once, conflict_copies
from tests.sync.syncthing_nodes import Network, contents, needs_syncthing, network

pytestmark = needs_syncthing

DAY = "2026-11-25"
SUMMARIES = {"Follow-ups.md": "follow-ups", "Takeaways.md": "takeaways", "Interviews.md": "interviews"}
COMPANIES = ("Laptop", "Desk", "Both")
ROUNDS, WRITES = size(3, 20), size(200, 3000)


@pytest.fixture
def net(tmp_path: Path) -> Iterator[Network]:
    """Return two nodes with the same empty folder."""
    with network(tmp_path, ("laptop", "desk")) as made:
        yield made


def lay_out(net: Network) -> list[Device]:
    """Lay out a vault on the first node, up to date, and return a device for each, both of them equal."""
    notes = {name: f"# Mine\n\n{block(view)}\nMy own words.\n" for name, view in SUMMARIES.items()}
    notes |= {f"{company}.md": debrief(company, follow_ups=_tasks(company)) for company in COMPANIES}
    both = [Device(SmallVault(node.folder), today=DAY) for node in net.nodes]
    make_vault(both[0].vault.root, notes)
    both[0].open().summarize()
    net.settle()
    return both


def _tasks(company: str) -> str:
    """Return two tasks for each round: one that is ticked and carried, one that is ticked just before going online."""
    names = (f"{company} {when} {number:02}" for number in range(ROUNDS) for when in ("early", "late"))
    return "".join(f"- [ ] {name} 📅 2026-11-{26 + at % 4}\n" for at, name in enumerate(names))


def tick(vault: SmallVault, text: str) -> None:
    """Tick a box in the summary as an editor does: nothing else of the note changes."""
    vault.edit("Follow-ups.md", f"- [ ] {text} ", f"- [x] {text} ")


def work_offline(device: Device, company: str, number: int) -> None:
    """Add a debrief; tick a box of one's own and one that the other ticks too; then one that is not carried yet."""
    new = debrief(f"New{company}", "2026-11-24", takeaways=f"- Ask {company} again in round {number}\n")
    device.vault.write(f"{number} {company}.md", new)
    tick(device.vault, f"{company} early {number:02}")
    tick(device.vault, f"Both early {number:02}")
    device.open().summarize()
    assert f"- [x] {company} early {number:02}" in device.vault.read(f"{company}.md")
    tick(device.vault, f"{company} late {number:02}")


def test_three_rounds_offline_on_both_sides(net: Network) -> None:
    both = lay_out(net)
    for number in range(ROUNDS):
        net.go_offline()
        for device, company in zip(both, COMPANIES, strict=False):
            work_offline(device, company, number)
        net.scan()
        net.go_online()
        net.settle()
        copies = conflict_copies(contents(net.nodes[0].folder))
        assert "Follow-ups.md" in copies.values(), "both changed it, so without a copy of it this test shows nothing"
        assert set(copies.values()) <= SUMMARIES.keys(), "no debrief has one: what both ticked is the same on both"

        if number % 2:  # one after the other
            for device in both:
                device.open().summarize()
                net.settle()
        else:  # at the same moment
            at_once(both)
            net.settle()
        one, other = (contents(node.folder) for node in net.nodes)
        assert one == other
        assert not conflict_copies(one)
        for ticked in ("Laptop early", "Laptop late", "Desk early", "Desk late", "Both early"):
            assert one[f"{ticked.split()[0]}.md"].count(f"- [x] {ticked} {number:02}".encode()) == 1
        assert are_true(both)
    before = net.sequences(), [device.writes() for device in both]
    at_once(both)
    net.settle()
    assert (net.sequences(), [device.writes() for device in both]) == before, "nobody has anything more to say"


def test_temporary_files_never_travel(net: Network) -> None:
    here, there = net.nodes
    vault = make_vault(here.folder, {"Debriefs/Note.md": "0\n"})
    note, left = vault.root / "Debriefs/Note.md", "Left by a run that was killed.\n"
    temp_beside(note.with_name("Other.md")).write_text(left)
    new_temp(note.parent).write_text(left)
    seen: set[str] = set()
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(_write_often, vault, "Debriefs/Note.md", WRITES)
        while not writing.done():
            net.scan()
            seen |= here.known() | there.known() | set(_all_files(there.folder))
        writing.result()
    net.settle()
    seen |= here.known() | there.known() | set(_all_files(there.folder))
    assert not [path for path in seen if is_leftover(path.rpartition("/")[2])]
    assert set(_all_files(there.folder)) == {"jobvault.yaml", "Debriefs/Note.md"}
    assert (there.folder / "Debriefs/Note.md").read_text() == note.read_text() == f"{WRITES}\n"


def _write_often(vault: SmallVault, path: str, times: int) -> None:
    """Write a note over and over."""
    undo = open_undo(vault.root, dt.datetime.now(dt.UTC))
    for number in range(times):
        with vault_lock(vault.root):
            replace(vault.root, path, f"{number}\n".encode(), f"{number + 1}\n".encode(), undo=undo, why="a test")


def test_what_syncthing_clears_away_was_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its scan removes what has a temporary file's name and is older than a day, as the bytes of an old note are."""
    vault = make_vault(tmp_path / "vault", {"Note.md": "old\n"})
    monkeypatch.setattr(swap, "exchange", lambda note, temp: exchange(note, temp) and not temp.unlink())
    undo = open_undo(vault.root, dt.datetime.now(dt.UTC))
    with vault_lock(vault.root):
        assert replace(vault.root, "Note.md", b"old\n", b"new\n", undo=undo, why="a test")
    assert vault.read("Note.md") == "new\n"
    assert [undo.read(entry.old) for entry in undo.entries()] == [b"old\n"]


def _all_files(folder: Path) -> Iterator[str]:
    return (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
