"""Two devices that both watch the same notes: a tick from a phone counts once, and they never write in turns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.sizes import FULL, size
from tests.small_vault import REPOSITORY, SmallVault, block, debrief, make_vault
from tests.sync.courier import Courier
from tests.sync.devices import Device, are_true, conflict_copies, newer_code, watching
from tests.sync.syncthing_nodes import Network, contents, needs_syncthing, network, until

EARLY, LATE = "Pacific/Kiritimati", "Pacific/Honolulu"
"""Two zones that are exactly a day apart, all the year round."""
ONE_BY_ONE, QUICKLY, CHANGES = size(1, 20), size(2, 40), size(3, 40)
FOLLOW_UPS = f"# Mine\n\n{block('follow-ups')}\nMy own words.\n"


# --- a phone, and two devices that watch, with Syncthing between them -------------------------------------------------


@dataclass
class Three:
    """A phone without jobvault, and two devices in zones a day apart that watch."""

    net: Network
    devices: list[Device]
    phone: SmallVault
    tasks: list[str]
    day: dt.date
    scan: bool
    ticked: int = 0

    def tick_next(self) -> str:
        """Tick the next box on the phone, as its editor does: nothing else of the summary changes. Returns the text."""
        text = self.tasks[self.ticked]
        until(partial(self._tick, text), f"the phone shows “{text}”")
        self.ticked += 1
        return text

    def _tick(self, text: str) -> bool:
        """Tick a box if it is there; for a moment no summary is, where Syncthing makes a conflict copy of it."""
        with suppress(FileNotFoundError):
            if f"- [ ] {text} " in self.phone.read("Follow-ups.md"):
                self.phone.edit("Follow-ups.md", f"- [ ] {text} ", f"- [x] {text} ")
                return True
        return False

    def acme(self) -> str:
        """Return the debrief as it should be now."""
        boxes = (f"- [{'x' if at < self.ticked else ' '}] {text} 📅 {self.day}\n" for at, text in enumerate(self.tasks))
        return debrief(date=self.day.isoformat(), follow_ups="".join(boxes))

    def is_settled(self) -> bool:
        """Whether all devices have all ticks, and neither jobvault nor Syncthing has anything to do."""
        if self.scan:
            self.net.scan()
        first, *others = found = self._contents()
        assert not [one for one in found if "Acme.md" in conflict_copies(one).values()], "a copy of a debrief"
        if (
            any(other != first for other in others)
            or conflict_copies(first)
            or first["Acme.md"] != self.acme().encode()
        ):
            return False
        return are_true(self.devices) and self.net.is_in_sync() and self._contents() == found

    def _contents(self) -> list[dict[str, bytes]]:
        return [contents(node.folder) for node in self.net.nodes]


@contextmanager
def three(root: Path, tasks: list[str], *, scan: bool) -> Iterator[Three]:
    """Lay them out. ``scan``: Syncthing, which looks by itself, is told to look all the time besides."""
    with network(root, ("laptop", "desk", "phone"), watching=True) as net:
        laptop, desk, phone = (SmallVault(node.folder) for node in net.nodes)
        devices = [Device(laptop, EARLY), Device(desk, LATE)]
        made = Three(net, devices, phone, tasks, dt.datetime.now(ZoneInfo(LATE)).date(), scan)
        make_vault(laptop.root, {"Acme.md": made.acme(), "Follow-ups.md": FOLLOW_UPS})
        devices[0].summarize()
        net.settle()
        with watching(devices):
            yield made
    gone = [entry.path for device in devices for entry in device.removals()]
    assert {conflict_copies([path]).get(path) for path in gone} <= {"Follow-ups.md"}


@needs_syncthing
@pytest.mark.parametrize("scan", [True, False] if FULL else [True], ids=lambda scan: "eager" if scan else "at-leisure")
def test_a_tick_on_a_phone_is_carried_once(tmp_path: Path, scan: bool) -> None:
    """One by one, and then so quickly that the others are still writing the summary, and copies of it come up."""
    tasks = [f"Send paper {number:02}" for number in range(ONE_BY_ONE + QUICKLY)]
    with three(tmp_path, tasks, scan=scan) as all_three:
        for text in tasks[:ONE_BY_ONE]:
            all_three.tick_next()
            until(all_three.is_settled, f"“{text}” counts everywhere")
            assert all_three.phone.read("Follow-ups.md").count(f"- [x] {text} ") == 1
        for _ in tasks[ONE_BY_ONE:]:
            all_three.tick_next()
            if scan:
                all_three.net.scan()
        until(all_three.is_settled, "all ticks count everywhere")
        shown = all_three.phone.read("Follow-ups.md")
        assert [shown.count(f"- [x] {text} ") for text in tasks] == [1] * len(tasks)


# --- two devices in zones a day apart ---------------------------------------------------------------------------------


@pytest.mark.parametrize("two_versions", [False, True], ids=["same-version", "two-versions"])
def test_zones_a_day_apart_do_not_write_in_turns(tmp_path: Path, two_versions: bool) -> None:
    code = newer_code(tmp_path / "newer") if two_versions else REPOSITORY
    homes = [SmallVault(tmp_path / name) for name in ("early", "late")]
    devices = [Device(homes[0], EARLY), Device(homes[1], LATE, code=code)]
    today = dt.datetime.now(ZoneInfo(LATE)).date()
    notes = {f"{name}.md": debrief(name, follow_ups=_around(today)) for name in ("Early", "Late")}
    make_vault(homes[0].root, {**notes, "Follow-ups.md": FOLLOW_UPS})
    homes[1].root.mkdir()
    courier = Courier((homes[0].root, homes[1].root))
    devices[0].summarize()
    courier.go()
    with watching(devices):
        until(lambda: _is_quiet(courier, devices), "both agree at first")
        for number in range(CHANGES):
            name, home = ("Early", homes[0]) if number % 2 else ("Late", homes[1])
            home.write(f"{name}.md", home.read(f"{name}.md") + f"- [ ] Thing {number:02} 📅 {today}\n")
            if not two_versions:  # else the older one leaves it to the newer one
                until(partial(_shows, home, f"Thing {number:02}"), "its device shows it")
            until(partial(_is_quiet, courier, devices, f"Thing {number:02}"), f"both agree after change {number}")
    assert not conflict_copies(contents(homes[0].root))
    writes = [entry.path for device in devices for entry in device.writes()]
    assert set(writes) == {"Follow-ups.md"}
    assert len(writes) <= CHANGES + 3, [device.said for device in devices]


def _around(day: dt.date) -> str:
    """Return tasks that stand in other sections a day later: what was due that day is then overdue."""
    return "".join(f"- [ ] Task {days} 📅 {day + dt.timedelta(days=days)}\n" for days in range(-1, 9))


def _shows(vault: SmallVault, text: str) -> bool:
    return text in vault.read("Follow-ups.md")


def _is_quiet(courier: Courier, devices: list[Device], shown: str = "") -> bool:
    """Whether both show something, there is nothing to carry, and nothing that either device would write."""
    written = len(devices[0].writes()) + len(devices[1].writes())
    assert written <= CHANGES + 3, [device.said for device in devices]
    carried = courier.go()
    both = all(_shows(device.vault, shown) for device in devices)
    return not carried and both and are_true(devices) and not courier.go()
