"""``python -m jobvault`` and the console script."""

from __future__ import annotations

import contextlib
import os
import sys


def main() -> None:
    """Run the command line."""
    from jobvault.cli.main import run

    code = run(sys.argv[1:])
    _let_go()
    sys.exit(code)


def _let_go() -> None:
    """Write out what is left to be shown; where nobody listens any more, let Python not end with an error for that."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
