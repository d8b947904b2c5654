"""Lay out the sample vault, with its dates shifted by whole weeks to now."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from jobvault.errors import JobvaultError
from jobvault.vault.places import MARKER
from jobvault.vault.shipped import sample_vault_dir
from jobvault.vault.write import create

AS_OF = dt.date(2026, 11, 25)
"""The day on which the sample vault stands still; its committed summaries are as of it."""

_DATE = re.compile(rb"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_BLOCK = re.compile(rb"(<!-- jobvault:begin [^\n]*-->\r?\n).*?<!-- jobvault:end[^\n]*-->", re.DOTALL)


def is_laid_out(root: Path) -> bool:
    """Whether a folder holds the sample vault from before: its settings are the sample's own."""
    try:
        return (root / MARKER).read_bytes() == (sample_vault_dir() / MARKER).read_bytes()
    except OSError:
        return False


def lay_out(root: Path, today: dt.date) -> int:
    """Copy the sample vault into a new or empty folder; returns the number of days its dates were shifted by.

    Whole weeks keep the weekdays. Generated blocks are laid out empty. Raises ``JobvaultError`` where the folder
    holds anything.
    """
    try:
        days = (today - AS_OF).days // 7 * 7
        files = list(shifted(sample_vault_dir(), days))
    except OverflowError as error:
        raise JobvaultError(f"The sample's dates cannot be shifted to {today}. Name a day of this age.") from error
    try:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise JobvaultError(f"{root} is not empty, so nothing was laid out. Name a new folder: jobvault demo PATH")
        root.mkdir(parents=True, exist_ok=True)
        for path, data in files:
            create(root, path, data)
    except OSError as error:
        raise JobvaultError(f"The sample vault cannot be laid out in {root}: {error.strerror}.") from error
    return days


def shifted(sample: Path, days: int) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each file of the sample vault with its dates shifted, its blocks emptied."""
    for file in sorted(sample.rglob("*")):
        relative = file.relative_to(sample).as_posix()
        if file.is_file() and not any(part.startswith(".") for part in relative.split("/")):
            data = _BLOCK.sub(rb"\1\n<!-- jobvault:end -->", file.read_bytes())
            yield _shift(relative.encode(), days).decode(), _shift(data, days)


def _shift(data: bytes, days: int) -> bytes:
    def move(found: re.Match[bytes]) -> bytes:
        try:
            day = dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return found[0]
        return (day + dt.timedelta(days=days)).isoformat().encode()

    return _DATE.sub(move, data)
