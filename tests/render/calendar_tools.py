"""Programs that read calendars, for the tests that let them read ours: khal, and ical.js in node.

ical.js is looked for in the folder that ``JOBVAULT_NODE_TOOLS`` names (``npm install --prefix FOLDER ical.js``).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SECONDS = 120
_READER = """
const ICAL = require(process.argv[1] + "/ical.js/dist/ical.es5.cjs");
const wall = (time, zone) => new Intl.DateTimeFormat("sv-SE", {
  timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false,
}).format(time.toJSDate());
const moment = (time, zone) => (time.isDate ? time.toString() : wall(time, zone));
const event = (component, zone) => {
  const found = new ICAL.Event(component);
  return {
    names: component.getAllProperties().map((property) => property.name),
    uid: found.uid, summary: found.summary, description: found.description,
    start: moment(found.startDate, zone), end: moment(found.endDate, zone), status: component.getFirstPropertyValue("status"),
    alarms: component.getAllSubcomponents("valarm").map((alarm) => {
      const time = found.startDate.clone();
      time.addDuration(alarm.getFirstPropertyValue("trigger"));
      return found.startDate.isDate ? alarm.getFirstPropertyValue("trigger").toString() : wall(time, zone);
    }),
  };
};
ICAL.design.strict = true;
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(({ text, zone }) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const names = calendar.getAllProperties().map((property) => property.name);
  const kinds = calendar.getAllSubcomponents().map((component) => component.name);
  return { names, kinds, events: calendar.getAllSubcomponents("vevent").map((component) => event(component, zone)) };
})));
"""
_CONFIG = """\
[calendars]
[[own]]
path = {folder}/own
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def missing_ical_js() -> str | None:
    """Say how to get ical.js, as the reason of a skip; None where it is there."""
    there = shutil.which("node") and Path(_modules(), "ical.js").is_dir()
    return None if there else "no node with ical.js: npm install --prefix FOLDER ical.js; JOBVAULT_NODE_TOOLS=FOLDER"


def missing_khal() -> str | None:
    """Say that there is no khal, as the reason of a skip; None where there is."""
    return None if shutil.which("khal") else "there is no khal"


def _modules() -> Path:
    return Path(os.environ.get("JOBVAULT_NODE_TOOLS", "/nowhere"), "node_modules")


def read_by_ical_js(calendars: Sequence[tuple[bytes, str]]) -> list[dict[str, Any]]:
    """Return what ical.js reads in some calendars, each as seen from a time zone; one process reads them all."""
    asked = [{"text": data.decode(), "zone": zone} for data, zone in calendars]
    done = subprocess.run(
        ["node", "-e", _READER, str(_modules())],
        input=json.dumps(asked),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(f"ical.js: {done.stderr}")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@dataclass(frozen=True)
class Khal:
    """A khal of one's own, in a time zone."""

    folder: Path

    @classmethod
    def in_zone(cls, folder: Path, zone: str) -> Khal:
        """Make one."""
        (folder / "own").mkdir(parents=True)
        (folder / "config").write_text(_CONFIG.format(folder=folder, zone=zone), encoding="utf-8")
        return cls(folder)

    def take(self, data: bytes) -> None:
        """Import a calendar, as ``khal import --batch FILE`` does."""
        (self.folder / "calendar.ics").write_bytes(data)
        self._run("import", "--batch", "-a", "own", str(self.folder / "calendar.ics"))

    def shows(self, first: str, days: int) -> list[str]:
        """Return ``DAY START-END TITLE`` of each event from a day on; of those that take the whole day ``DAY - TITLE``."""
        form = "{start-date-long} {start-time}-{end-time} {title}"
        return self._run("list", "--day-format", "", "--format", form, first, f"{days}d").splitlines()

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            ["khal", "-c", str(self.folder / "config"), *words],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=_SECONDS,
            env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
        )
        said = done.stderr.strip()
        if done.returncode or "rror" in said:
            raise RuntimeError(f"khal {words}: {said}")
        return done.stdout
