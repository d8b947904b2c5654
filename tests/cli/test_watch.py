"""``jobvault watch``: how it ends. What it does while it runs is in ``tests/actions/test_watching.py``."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobvault.actions import changes
from tests.cli.conftest import Program
from tests.small_vault import make_vault


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """Give back what hears signals."""
    heard = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for name, handler in heard.items():
        signal.signal(name, handler)


@pytest.mark.parametrize(("times", "finished"), [(1, True), (2, False)])
def test_ctrl_c_lets_what_is_being_written_be_finished_and_a_second_one_does_not(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch, times: int, finished: bool
) -> None:
    done: list[bool] = []

    def watching(_root: Path, look: Callable[[], bool], *, stop: threading.Event, **_others: object) -> None:
        with changes.writing(look.__self__.vault):
            for _ in range(times):
                signal.raise_signal(signal.SIGINT)
            done.append(stop.is_set())

    monkeypatch.setattr("jobvault.vault.watch.watch", watching)
    ended = program(make_vault(tmp_path / "vault"), "watch")
    assert (ended.code, bool(done)) == (0, finished)
    assert ended.out.endswith("Stopped watching.\n")


def test_ctrl_c_ends_it_at_once_while_nothing_is_written(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watching(*_: object, **_others: object) -> None:
        signal.raise_signal(signal.SIGINT)
        raise AssertionError("it goes on")

    monkeypatch.setattr("jobvault.vault.watch.watch", watching)
    assert program(make_vault(tmp_path / "vault"), "watch").code == 0
