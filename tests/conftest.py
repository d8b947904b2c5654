"""What every test shares: a deterministic Hypothesis profile, and skips that count as failures where asked."""

from __future__ import annotations

import os
from collections.abc import Generator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=int(os.environ.get("JOBVAULT_EXAMPLES", "100")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("ci")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Run one test more at a time than there are processors: many wait for a program or a terminal."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that renews golden files; a person reads the difference before it is committed."""
    parser.addoption("--renew-goldens", action="store_true", help="write golden files anew instead of comparing")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure when ``JOBVAULT_TEST_ALL=1``: CI installs every program that a test needs."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("JOBVAULT_TEST_ALL") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped although JOBVAULT_TEST_ALL=1: {report.longrepr}"
    return report


_HOMES = count(1)
"""A name for each, as pytest would look at all folders there are to number the next one."""


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's own config, cache and state folders out of every test."""
    home: Path = tmp_path_factory.getbasetemp() / "homes" / str(next(_HOMES))
    home.mkdir(parents=True)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("JOBVAULT_DIR", "JOBVAULT_EDITOR", "VISUAL", "EDITOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
