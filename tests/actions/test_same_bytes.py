"""Same notes, same day, same bytes: whatever the zone, locale, hash seed and order of creation."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jobvault.actions.demo import AS_OF, shifted
from tests.small_vault import REPOSITORY

SAMPLE = REPOSITORY / "sample-vault"

ENVIRONMENTS = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Pago_Pago", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "42"},
    {"TZ": "Asia/Kolkata", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0"},
    {"TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "random", "PYTHONOPTIMIZE": "1"},
)


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of the locales named above, made from their sources: few systems have them all."""
    compiler, sources = shutil.which("localedef"), Path("/usr/share/i18n/locales")
    folder = tmp_path_factory.mktemp("locales")
    for name in ("de_DE", "tr_TR"):
        if not compiler or not (sources / name).exists():
            pytest.skip("the sources of locales are not installed")
        made = folder / f"{name}.UTF-8"
        subprocess.run(
            [compiler, "-i", name, "-f", "UTF-8", "--no-archive", str(made)], check=True, capture_output=True
        )
    return folder


def lay_out(root: Path, seed: int) -> None:
    """Lay out the sample vault with empty blocks, its files made in another order each time."""
    files = list(shifted(SAMPLE, 0))
    random.Random(seed).shuffle(files)
    for path, data in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


SHUFFLED = """
import contextlib, os, random, sys
from jobvault.__main__ import main
scandir = os.scandir
@contextlib.contextmanager
def shuffled(path="."):
    with scandir(path) as items:
        found = list(items)
    random.Random(ORDER).shuffle(found)
    yield iter(found)
os.scandir = shuffled
sys.exit(main())
"""


def assert_as_committed(root: Path) -> None:
    for file in sorted(SAMPLE.rglob("*")):
        if file.is_file():
            assert (root / file.relative_to(SAMPLE)).read_bytes() == file.read_bytes(), file.name


@pytest.mark.parametrize("order", range(3))
def test_the_summaries_are_the_committed_ones_in_whatever_order_folders_are_listed(tmp_path: Path, order: int) -> None:
    root = tmp_path / "vault"
    lay_out(root, order)
    program = SHUFFLED.replace("ORDER", str(order))
    subprocess.run(
        [sys.executable, "-c", program, "summarize", "--vault", str(root), "--today", AS_OF.isoformat()],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    assert_as_committed(root)


@pytest.mark.parametrize("number", range(len(ENVIRONMENTS)))
def test_the_summaries_are_the_committed_ones_everywhere(
    tmp_path: Path, number: int, request: pytest.FixtureRequest
) -> None:
    root = tmp_path / "vault"
    lay_out(root, number)
    environ = dict(ENVIRONMENTS[number])
    if not environ["LC_ALL"].startswith("C"):
        environ["LOCPATH"] = str(request.getfixturevalue("locales"))
        is_known = "import locale; locale.setlocale(locale.LC_ALL, '')"
        subprocess.run([sys.executable, "-c", is_known], check=True, env={**os.environ, **environ})
    subprocess.run(
        [sys.executable, "-m", "jobvault", "summarize", "--vault", str(root), "--today", AS_OF.isoformat()],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environ},
    )
    assert_as_committed(root)
