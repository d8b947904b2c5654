"""``jobvault export``: the search for other programs."""

from __future__ import annotations

from jobvault.cli.family import Family

command = Family("export", ("ics",), "Write your search for other programs.")
