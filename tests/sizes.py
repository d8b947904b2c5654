"""How much the long tests try: little by default, all of it with JOBVAULT_FULL=1 in the environment."""

import os

FULL = os.environ.get("JOBVAULT_FULL") == "1"


def size(default: int, full: int) -> int:
    """Return how many are tried in this run."""
    return full if FULL else default
