"""jobvault: plain-text interview debriefs, and summaries that stay true.

The library's face, as the command line uses it itself::

    import jobvault

    vault = jobvault.open_vault("~/notes")
    for debrief in vault.debriefs:
        print(debrief.date, debrief.company, debrief.round)
    due = vault.view("follow-ups", within=14)
    vault.summarize()

What is listed in ``__all__`` may be relied on; see ``docs/library.md``. Names load when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary
    from jobvault.actions.vault import Vault, open_vault
    from jobvault.errors import JobvaultError
    from jobvault.model import Debrief, FollowUp, Problem
    from jobvault.views import Answer

__version__ = "0.1.0"

_HOME = {
    "Answer": "jobvault.views",
    "Debrief": "jobvault.model",
    "FollowUp": "jobvault.model",
    "JobvaultError": "jobvault.errors",
    "Problem": "jobvault.model",
    "Summary": "jobvault.actions.summarize",
    "Vault": "jobvault.actions.vault",
    "open_vault": "jobvault.actions.vault",
}

__all__ = [
    "Answer",
    "Debrief",
    "FollowUp",
    "JobvaultError",
    "Problem",
    "Summary",
    "Vault",
    "__version__",
    "open_vault",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562)."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
