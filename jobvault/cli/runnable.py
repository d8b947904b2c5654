"""Commands that are shown to be run next: each must lead back to the vault that the running one works in."""

from __future__ import annotations

import re

_SHOWN = re.compile(r"`(jobvault [^`\n]+)`(?! \([0-9a-z]+\))")
"""A command in backticks; not what was run, which is named with its id: ``undo`` tells of it."""
_NAMED = " --vault"
_PLAIN_IN_QUOTES = set('"$`\\!')


def quoted(text: str) -> str:
    """Quote a text for a shell's command line: in double quotes, which every shell knows, where they keep it as it is.

    >>> quoted("Acme Robotics"), quoted("Ca$h")
    ('"Acme Robotics"', "'Ca$h'")
    """
    import shlex

    return shlex.quote(text) if _PLAIN_IN_QUOTES & set(text) else f'"{text}"'


def led_back(text: str, where: str) -> str:
    """Return a sentence whose commands in backticks find the vault again; ``where`` is `` --vault PATH``, or empty.

    >>> led_back("See `jobvault undo --list`.", " --vault notes")
    'See `jobvault undo --list --vault notes`.'
    """

    def led(found: re.Match[str]) -> str:
        return found[0] if _NAMED in found[1] else f"`{found[1]}{where}`"

    return _SHOWN.sub(led, text) if where else text
