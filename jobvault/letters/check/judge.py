"""All rules for a letter, by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jobvault.letters.check.company import company
from jobvault.letters.check.content import discussed, generic, rapport
from jobvault.letters.check.context import Context, Rule
from jobvault.letters.check.dates import dates
from jobvault.letters.check.length import empty, length, sentences
from jobvault.letters.check.names import people
from jobvault.letters.check.owed import concerns, questions, strength
from jobvault.letters.check.placeholders import placeholders
from jobvault.letters.check.purpose import purpose, requests
from jobvault.letters.check.recipient import recipient
from jobvault.letters.check.shared import shared
from jobvault.letters.check.stock import stock
from jobvault.model import Problem

ALWAYS: tuple[Rule, ...] = (empty, placeholders)
"""What is looked for in a letter without text too."""
OF_A_TEXT: tuple[Rule, ...] = (
    recipient, company, people, dates, length, sentences, stock, shared, generic, rapport, purpose, requests, discussed,
)  # fmt: skip
"""What is looked for in every text, whatever kind of letter it is."""
BY_KIND: Mapping[str, tuple[Rule, ...]] = {
    "thank-you": (strength, concerns, questions),
    "concern": (concerns, questions),
}
"""What only these kinds are asked for; a letter that sends something, asks or accepts leaves it to them."""


def judge(context: Context) -> tuple[Problem, ...]:
    """Return all that is found in a letter, in the order of its lines."""
    rules: Iterable[Rule] = ALWAYS
    if context.text.sentences:
        rules = (*ALWAYS, *OF_A_TEXT, *BY_KIND.get(context.kind, ()))
    elif context.text.rows:
        rules = (*ALWAYS, recipient)
    found = dict.fromkeys(problem for rule in rules for problem in rule(context))
    return tuple(
        sorted(found, key=lambda problem: (problem.line or 0, _RANK[problem.severity], problem.code, problem.quote))
    )


_RANK = {"error": 0, "warning": 1, "hint": 2}
