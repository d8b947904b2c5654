"""What stands in for a sync service between two folders, where a real one would only cost time."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.sync.syncthing_nodes import contents


@dataclass
class Courier:
    """Carries what changed in one folder to the other, by a temporary file and a rename, as sync services do.

    Of two changes the newer one wins, and the older is kept beside it, in both folders, under Syncthing's name.
    """

    folders: tuple[Path, Path]
    carried: dict[str, bytes] = field(default_factory=dict)

    def go(self) -> bool:
        """Go once; whether there was anything to carry."""
        before = contents(self.folders[0]), contents(self.folders[1])
        paths = sorted(before[0].keys() | before[1].keys())
        return sum(self._carry(path, before[0].get(path), before[1].get(path)) for path in paths) > 0

    def _carry(self, path: str, one: bytes | None, other: bytes | None) -> bool:
        if one != other:
            known, (here, there) = self.carried.get(path), self.folders
            if one == known:
                _put(here / path, one, other)
            elif other == known:
                _put(there / path, other, one)
            else:
                self._settle(path)
            return True
        if one is None:
            self.carried.pop(path, None)
        else:
            self.carried[path] = one
        return False

    def _settle(self, path: str) -> None:
        """Put the older of two changes aside; the newer one is carried the next time. A deletion is never newer."""
        there = [folder / path for folder in self.folders if (folder / path).exists()]
        self.carried.pop(path, None)
        for older in sorted(there, key=lambda file: file.stat().st_mtime_ns)[:-1]:
            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
            older.rename(older.with_name(f"{older.stem}.sync-conflict-{stamp}-COURIER{older.suffix}"))


def _put(file: Path, expected: bytes | None, new: bytes | None) -> None:
    """Replace a file, unless it is another one by now: then the next time will do."""
    if (file.read_bytes() if file.exists() else None) != expected:
        return
    if new is None:
        with suppress(FileNotFoundError):
            file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    temp = file.with_name(f".syncthing.{file.name}.tmp")
    temp.write_bytes(new)
    temp.replace(file)
