from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobvault.errors import JobvaultError
from jobvault.vault.lock import vault_lock
from jobvault.vault.places import state_dir, vault_state

_HOLD = """
import sys
from pathlib import Path
from jobvault.vault.lock import vault_lock
with vault_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def hold(vault: Path) -> subprocess.Popen[str]:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(vault)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environ,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_lock_lies_outside_the_vault_and_can_be_taken_again(vault: Path) -> None:
    before = sorted(vault.iterdir())
    for _ in range(2):
        with vault_lock(vault):
            assert sorted(vault.iterdir()) == before
    assert (vault_state(vault) / "lock").is_file()


def test_another_process_is_waited_for_and_named(vault: Path) -> None:
    clock = Clock()
    with hold(vault) as process:
        with (
            pytest.raises(JobvaultError, match=rf"another jobvault is writing in .*process {process.pid}"),
            vault_lock(vault, clock=clock, sleep=clock.sleep),
        ):
            pytest.fail("two had the lock")
        assert 10.0 <= clock.now < 10.2
        process.communicate("\n", timeout=30)
    with vault_lock(vault, timeout=0):
        pass


def test_it_is_had_as_soon_as_the_other_lets_go(vault: Path) -> None:
    with hold(vault) as process:
        naps = []

        def sleep(seconds: float) -> None:
            naps.append(seconds)
            process.communicate("\n", timeout=30)

        with vault_lock(vault, sleep=sleep):
            assert len(naps) == 1


def test_a_killed_holder_holds_no_longer(vault: Path) -> None:
    with hold(vault) as process:
        process.kill()
        process.wait(timeout=30)
        with vault_lock(vault, timeout=0):
            pass


def test_two_vaults_do_not_wait_for_each_other(vault: Path, tmp_path: Path) -> None:
    with vault_lock(vault), vault_lock(tmp_path, timeout=0):
        pass


def test_an_error_in_the_block_frees_the_lock(vault: Path) -> None:
    with pytest.raises(ZeroDivisionError), vault_lock(vault):
        _ = 1 / 0
    with vault_lock(vault, timeout=0):
        pass


def test_a_state_folder_that_cannot_be_used_is_said(vault: Path) -> None:
    state_dir().parent.mkdir(parents=True, exist_ok=True)
    state_dir().write_bytes(b"")
    with pytest.raises(JobvaultError, match=r"The lock .* cannot be opened"), vault_lock(vault):
        pytest.fail("no lock was had")


def test_whatever_stands_in_the_lock_it_can_be_had(vault: Path) -> None:
    path = vault_state(vault) / "lock"
    path.parent.mkdir(parents=True)
    for content in (b"", b"99999999", b"\xff\0 no number", b"7" * 5000):
        path.write_bytes(content)
        with vault_lock(vault, timeout=0):
            assert path.read_bytes() == str(os.getpid()).encode()


def test_a_lock_that_cannot_be_closed_is_free_all_the_same(vault: Path) -> None:
    def fail(_fd: int) -> None:
        raise OSError(5, "Input/output error")

    with pytest.MonkeyPatch.context() as patch, vault_lock(vault):
        patch.setattr(os, "close", fail)
    with vault_lock(vault, timeout=0):
        pass
