"""Syncthing nodes on this machine alone: their own homes, loopback addresses, driven by the REST API.

What is relied on stands in Syncthing's documentation (``dev/rest.rst``, ``users/config.rst``) and in its source
(``lib/model/folder_sendrecv.go``, ``lib/scanner/walk.go``, ``lib/fs/tempname.go``): contents that are equal make no
conflict copy, only the older time of modification gives way; of two that differ the newer one wins, and the other is
renamed to ``NAME.sync-conflict-DATE-TIME-DEVICE.EXT``, which then travels like any file.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

FOLDER = "jobs"
PATIENCE = 60.0
GUARD = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
"""What a command begins with whose process is to end with ours, however that ends, where the system sees to that."""
_KEY = "only-for-this-test"
_MISSING = shutil.which("syncthing") is None

needs_syncthing = pytest.mark.skipif(_MISSING, reason="needs the Debian package syncthing")


def until(condition: Callable[[], object], what: str, seconds: float = PATIENCE, pause: float = 0.05) -> None:
    """Wait until a condition holds; fail with ``what`` where it does not come to that."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"it did not come to this: {what}"
        time.sleep(pause)


@dataclass
class Node:
    """One Syncthing that shares one folder."""

    name: str
    home: Path
    folder: Path
    device: str
    ports: tuple[int, int]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def call(self, path: str, *, post: bool = False, **query: str) -> Any:
        """Ask the REST API."""
        address = f"http://127.0.0.1:{self.ports[0]}/rest/{path}?{urlencode(query)}"
        request = Request(address, headers={"X-API-Key": _KEY}, method="POST" if post else "GET")
        with urlopen(request, timeout=PATIENCE) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def is_up(self) -> bool:
        """Whether it answers."""
        assert self.process is not None, self.name
        assert self.process.poll() is None, self.log()
        with suppress(URLError, ConnectionError, TimeoutError, http.client.HTTPException):
            return bool(self.call("system/ping"))
        return False

    def log(self) -> str:
        """Return the end of what it said."""
        return (self.home / "log").read_text("utf-8", "replace")[-3000:]

    def scan(self) -> None:
        """Look at the folder now; returns when that is done."""
        self.call("db/scan", post=True, folder=FOLDER)

    def go_offline(self) -> None:
        """Pause all other devices."""
        self.call("system/pause", post=True)

    def go_online(self) -> None:
        """Go on with them."""
        self.call("system/resume", post=True)

    def connected(self) -> int:
        """Return how many other devices there is a connection to."""
        found = self.call("system/connections")["connections"].values()
        return sum(one["connected"] for one in found)

    def has_connections(self, count: int) -> bool:
        """Whether there are connections to so many other devices."""
        return self.connected() == count

    def sequence(self) -> int:
        """Return the number of the last change that it made or took over."""
        return int(self.call("db/status", folder=FOLDER)["sequence"])

    def is_idle(self) -> bool:
        """Whether it needs nothing and does nothing."""
        status = self.call("db/status", folder=FOLDER)
        return bool(status["state"] == "idle" and status["needTotalItems"] == 0)

    def heard_of(self, other: Node) -> int:
        """Return the number of the last of another device's changes that it knows of."""
        return int(self.call("db/completion", folder=FOLDER, device=other.device)["sequence"])

    def known(self) -> frozenset[str]:
        """Return the paths of all files that it would send, or takes for the folder's."""
        tree = self.call("db/browse", folder=FOLDER)
        return frozenset(_paths(tree, ""))

    def stop(self) -> None:
        """End it, whatever it is doing."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)


@dataclass(frozen=True)
class Network:
    """Some nodes that share a folder, each with all others."""

    nodes: Sequence[Node]

    def go_offline(self) -> None:
        """Part all nodes."""
        for node in self.nodes:
            node.go_offline()
        until(lambda: not any(node.connected() for node in self.nodes), "all offline")

    def go_online(self) -> None:
        """Bring all nodes together again, one by one: a ring of three that greet each other at once waits 20 s."""
        for others, node in enumerate(reversed(self.nodes)):
            node.go_online()
            until(partial(node.has_connections, others), f"{node.name} is online")

    def scan(self) -> None:
        """Look at all folders at once; returns when that is done."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(Node.scan, self.nodes))

    def settle(self) -> None:
        """Look at all folders, and wait until every node has what every other one has."""
        until(self._is_settled, "the same everywhere")

    def sequences(self) -> list[int]:
        """Return each node's sequence number."""
        return [node.sequence() for node in self.nodes]

    def is_in_sync(self) -> bool:
        """Whether every node knows of all changes of all others, and has what it needs."""
        before = self.sequences()
        pairs = [(node, other) for node in self.nodes for other in self.nodes if node is not other]
        heard = all(node.heard_of(other) == other.sequence() for node, other in pairs)
        return heard and all(node.is_idle() for node in self.nodes) and self.sequences() == before

    def _is_settled(self) -> bool:
        self.scan()
        until(self.is_in_sync, "all in sync")
        first, *others = (contents(node.folder) for node in self.nodes)
        return all(other == first for other in others)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files that travel."""
    found: dict[str, bytes] = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if not path.startswith(".st") and "/.syncthing." not in f"/{path}":
            with suppress(FileNotFoundError, IsADirectoryError):
                found[path] = file.read_bytes()
    return found


@contextmanager
def network(root: Path, names: Sequence[str], *, watching: bool = False) -> Iterator[Network]:
    """Run nodes that share the folders ``root/NAME``. ``watching``: each looks for changes by itself, within a second.

    They end with the block, and with the process that started them.
    """
    nodes = [_made(root, name, ports) for name, ports in zip(names, _free_ports(len(names)), strict=True)]
    try:
        for node in nodes:
            (node.home / "config.xml").write_text(_config(node, nodes, watching=watching), "utf-8")
            _start(node)
        for node in nodes:
            until(node.is_up, f"{node.name} is up")
        made = Network(nodes)
        made.go_online()  # only now, as who calls before the other one is up waits long before the next try
        yield made
    finally:
        for node in nodes:
            node.stop()


def _made(root: Path, name: str, ports: tuple[int, int]) -> Node:
    home, folder = root / f"{name}-syncthing", root / name
    folder.mkdir(exist_ok=True)
    (folder / ".stfolder").mkdir(exist_ok=True)
    command = ["syncthing", "generate", f"--home={home}"]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    device = re.search(r'<device id="([A-Z0-9-]{63})"', (home / "config.xml").read_text("utf-8"))
    assert device, "what was generated names the device"
    return Node(name, home, folder, device[1], ports)


def _free_ports(pairs: int) -> list[tuple[int, int]]:
    """Return pairs of ports that nobody listens on, below those that systems give to connections by themselves."""
    ports: list[int] = []
    for port in random.SystemRandom().sample(range(10_000, 32_000), 1_000):
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            ports.append(port)
        if len(ports) == 2 * pairs:
            break
    return list(zip(ports[::2], ports[1::2], strict=True))


def _start(node: Node) -> None:
    """Start it as one process, no monitor beside it."""
    environ = {**os.environ, "HOME": str(node.home), "STNOUPGRADE": "1", "STMONITORED": "yes", "STHASHING": "minio"}
    with (node.home / "log").open("wb") as log:
        node.process = subprocess.Popen(
            [*GUARD, "syncthing", "serve", f"--home={node.home}", "--no-browser", "--no-restart"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environ,
            start_new_session=True,
        )


def _config(node: Node, nodes: Sequence[Node], *, watching: bool) -> str:
    """Return the configuration: no discovery, no relays, no reports, no upgrades, nothing but the loopback.

    Of two nodes only the first calls the other: where both do at the same moment, both may hang up and wait.
    """
    later = nodes[nodes.index(node) :]
    members = "".join(f'<device id="{one.device}"></device>' for one in nodes)
    devices = "".join(
        f'<device id="{one.device}" name="{one.name}" compression="never">'
        f"<address>{f'tcp://127.0.0.1:{one.ports[1]}' if one in later else 'dynamic'}</address>"
        "<paused>true</paused></device>"
        for one in nodes
    )
    watched = "true" if watching else "false"
    return f"""<configuration version="36">
    <folder id="{FOLDER}" path="{node.folder}" type="sendreceive" rescanIntervalS="0"
        fsWatcherEnabled="{watched}" fsWatcherDelayS="1">
        {members}<maxConflicts>-1</maxConflicts><pullerPauseS>1</pullerPauseS>
    </folder>
    {devices}
    <gui enabled="true" tls="false"><address>127.0.0.1:{node.ports[0]}</address><apikey>{_KEY}</apikey></gui>
    <options>
        <listenAddress>tcp://127.0.0.1:{node.ports[1]}</listenAddress>
        <globalAnnounceEnabled>false</globalAnnounceEnabled>
        <localAnnounceEnabled>false</localAnnounceEnabled>
        <relaysEnabled>false</relaysEnabled>
        <natEnabled>false</natEnabled>
        <stunServer></stunServer>
        <startBrowser>false</startBrowser>
        <urAccepted>-1</urAccepted>
        <crashReportingEnabled>false</crashReportingEnabled>
        <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
        <reconnectionIntervalS>1</reconnectionIntervalS>
        <progressUpdateIntervalS>-1</progressUpdateIntervalS>
        <setLowPriority>false</setLowPriority>
    </options>
</configuration>
"""


def _paths(entries: Sequence[dict[str, Any]], above: str) -> Iterator[str]:
    for entry in entries:
        path = f"{above}{entry['name']}"
        if entry["type"] == "FILE_INFO_TYPE_DIRECTORY":
            yield from _paths(entry.get("children") or (), f"{path}/")
        else:
            yield path
