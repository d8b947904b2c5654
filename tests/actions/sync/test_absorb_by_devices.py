"""Two devices and a sync service between them, as a model: what was ticked anywhere counts, and they come to rest.

The model of the service is Syncthing's (https://docs.syncthing.net/users/syncing.html, “Conflicting Changes”): a file
that both changed keeps the name where its change is the later one; the other one becomes a conflict copy, and copies
are files like any other. Files that became equal are no conflict.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.actions.vault import Vault
from jobvault.vault.conflicts import conflict_original
from tests.sizes import size
from tests.small_vault import SmallVault, block, debrief, make_vault

DEVICES = ("LAPTOPA", "LAPTOPB")
COMPANIES = {"LAPTOPA": "Acme", "LAPTOPB": "Birch"}
TASKS = 4
BOXES = "x-/"
LIST, PAGE = "Follow-ups.md", "Page.md"


@dataclass
class Pair:
    """Two folders, what they held when they last met, and when each file was last changed, by a clock of its own."""

    vaults: dict[str, SmallVault]
    opened: dict[str, Vault]
    met: dict[str, bytes] = field(default_factory=dict)
    changed: dict[tuple[str, str], int] = field(default_factory=dict)
    seen: dict[str, dict[str, bytes]] = field(default_factory=lambda: {name: {} for name in DEVICES})
    clock: int = 0

    def summarize(self, *names: str) -> None:
        """Let jobvault run on some devices, or on all."""
        for name in names or DEVICES:
            self.opened[name].summarize()

    def look(self) -> None:
        """Note when which file was changed."""
        for name, vault in self.vaults.items():
            now = notes_of(vault)
            for path in now.keys() | self.seen[name].keys():
                if now.get(path) != self.seen[name].get(path):
                    self.clock += 1
                    self.changed[name, path] = self.clock
            self.seen[name] = now

    def sync(self, only: int | None = None) -> None:
        """Bring both to the same files, or the first few of them by name."""
        self.look()
        one, other = (self.seen[name] for name in DEVICES)
        differing = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
        for path in differing[:only]:
            self._sync_file(path, one.get(path), other.get(path))
        self.look()
        for path in self.seen[DEVICES[0]].keys() | self.seen[DEVICES[1]].keys() | self.met.keys():
            found = [self.seen[name].get(path) for name in DEVICES]
            if found[0] == found[1]:
                self.met.pop(path, None)
                if found[0] is not None:
                    self.met[path] = found[0]

    def _sync_file(self, path: str, one: bytes | None, other: bytes | None) -> None:
        base = self.met.get(path)
        later = max(DEVICES, key=lambda name: self.changed.get((name, path), 0))
        if base == one:
            self._put(path, other)
        elif base == other or other is None:  # a change goes before a deletion
            self._put(path, one)
        elif one is None:
            self._put(path, other)
        else:
            winner, loser = (one, other) if later == DEVICES[0] else (other, one)
            by = DEVICES[1] if later == DEVICES[0] else DEVICES[0]
            self.clock += 1
            if conflict_original(path) is None:  # Syncthing makes no copies of copies
                self._put(path.replace(".md", f".sync-conflict-20261125-{self.clock:06}-{by}.md"), loser)
            self._put(path, winner)

    def _put(self, path: str, data: bytes | None) -> None:
        for vault in self.vaults.values():
            if data is None:
                (vault.root / path).unlink(missing_ok=True)
            elif not (vault.root / path).exists() or (vault.root / path).read_bytes() != data:
                vault.write(path, data)


def notes_of(vault: SmallVault) -> dict[str, bytes]:
    return {path: data for path, (data, _) in vault.bytes().items()}


@contextmanager
def pair() -> Iterator[Pair]:
    """Two devices that hold the same notes, summarized."""
    home = Path(tempfile.mkdtemp())
    try:
        vaults = {name: make_vault(home / name) for name in DEVICES}
        for vault in vaults.values():
            for company in COMPANIES.values():
                tasks = "".join(f"- [ ] {company} task {number}\n" for number in range(TASKS))
                vault.write(f"{company}.md", debrief(company, follow_ups=tasks))
            vault.write(LIST, f"# Mine\n\n{block('follow-ups')}\nMy own words.\n")
            vault.write(PAGE, f"# Acme\n\n{block('follow-ups', 'company=Acme')}\n{block('takeaways')}")
        both = Pair(vaults, {name: vault.open() for name, vault in vaults.items()})
        both.summarize()
        both.sync()
        yield both
    finally:
        shutil.rmtree(home)


# What people do on a device: tick in a block, add a follow-up or a takeaway to a debrief of their own, let jobvault run.
ticks = st.tuples(
    st.just("tick"),
    st.sampled_from(DEVICES),
    st.integers(0, TASKS - 1),
    st.sampled_from(BOXES),
    st.sampled_from([LIST, PAGE]),
)
others = st.tuples(
    st.sampled_from(["add", "learn", "run"]), st.sampled_from(DEVICES), st.integers(0, 9), st.just("x"), st.just(LIST)
)
offline = st.lists(st.one_of(ticks, others), max_size=8)


def act(both: Pair, what: str, device: str, number: int, box: str, note: str) -> str:
    """Do one thing on a device; returns the follow-up that was ticked, if one was."""
    vault, company = both.vaults[device], COMPANIES[device]
    if what == "run":
        both.summarize(device)
    elif what == "add":
        vault.write(f"{company}.md", f"{vault.read(f'{company}.md')}- [ ] {company} added {number}\n")
    elif what == "learn":
        vault.edit(f"{company}.md", "## Follow-ups", f"## Takeaways\n\n- {company} learnt {number}\n\n## Follow-ups")
    else:
        task = f"{company} task {number}"
        line = next((row for row in vault.read(note).split("\n") if row.startswith(f"- [ ] {task} ")), None)
        if line is not None:
            vault.edit(note, line, line.replace("[ ]", f"[{box}]"))
            return task
    return ""


@settings(max_examples=size(15, 300))
@given(st.lists(st.tuples(offline, st.booleans()), min_size=1, max_size=3), st.integers(0, 6))
def test_offline_and_together_again(
    rounds: list[tuple[list[tuple[str, str, int, str, str]], bool]], partly: int
) -> None:
    with pair() as both:
        ticked: set[str] = set()
        for acts, apart in rounds:
            for what, device, number, box, note in acts:
                ticked.add(act(both, what, device, number, box, note))
                both.look()
            if not apart:  # the service is cut off while one of them is already at work
                both.sync(partly)
                both.summarize(DEVICES[partly % 2])
            both.sync()
            both.summarize()
            both.sync()
            both.summarize()
            both.sync()
            settled = [notes_of(vault) for vault in both.vaults.values()]
            assert settled[0] == settled[1]
            assert not [path for path in settled[0] if conflict_original(path)]
            assert not any(vault.summarize().stale for vault in both.opened.values())
            texts = {path: data.decode() for path, data in settled[0].items()}
            for task in ticked - {""}:
                assert f"- [ ] {task}\n" not in texts[f"{task.split()[0]}.md"], task
            assert not any("not carried" in text for text in texts.values())
