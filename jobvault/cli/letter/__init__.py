"""``jobvault letter``: follow-up letters."""

from __future__ import annotations

from jobvault.cli.family import Family

command = Family(
    "letter", ("draft", "check", "eml", "sent"), "Write the follow-up letters that nobody else could have got."
)
