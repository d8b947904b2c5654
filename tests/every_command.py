"""The commands that the program has, by all of their words: ``done``, ``letter draft``."""

from __future__ import annotations

import click

from jobvault.cli.family import Family
from jobvault.cli.main import GROUPS, program


def _found(name: str) -> click.Command:
    found = program.get_command(click.Context(program), name)
    assert found is not None
    return found


TOP = [name for names in GROUPS.values() for name in names]
"""What may follow ``jobvault``."""
FAMILIES = [name for name in TOP if isinstance(_found(name), Family)]
"""The words that a command's second word follows."""


def command_named(name: str) -> click.Command:
    """Return the command of all its words."""
    first, *rest = name.split(" ")
    found = _found(first)
    for word in rest:
        assert isinstance(found, Family)
        inner = found.get_command(click.Context(found), word)
        assert inner is not None
        found = inner
    return found


def _paths(name: str) -> list[str]:
    found = _found(name)
    return [f"{name} {member}" for member in found.members] if isinstance(found, Family) else [name]


COMMANDS = [path for name in TOP for path in _paths(name)]
"""Every command that does something."""
