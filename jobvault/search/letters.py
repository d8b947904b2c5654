"""What a letter is: its kind by any word for it, whether it went out, and when."""

from __future__ import annotations

import datetime as dt

from jobvault.model import Letter
from jobvault.search.due import day_of
from jobvault.words import fold
from jobvault.words.vocabulary import Vocabulary

THANK_YOU, CHECK_IN, AFTER_REJECTION = "thank-you", "check-in", "after-rejection"


def kind_of(letter: Letter, vocabulary: Vocabulary) -> str:
    """Return one of ``LETTER_KINDS``, or the user's own word; a letter without a kind, or of thanks, is a thank-you."""
    said = fold(letter.kind)
    known = vocabulary.letter_kinds.get(said)
    if known is None and (not said or any(f" {word} " in f" {said} " for word in vocabulary.thanks)):
        return THANK_YOU
    return known or letter.kind


def is_sent(letter: Letter) -> bool:
    """Whether a letter went out: it says so, or says nothing but when."""
    return letter.status == "sent" or (not letter.status and letter.sent is not None)


def sent_on(letter: Letter) -> dt.date | None:
    """Return the day on which a letter went out; None where it did not, or does not say when."""
    return day_of(letter.sent) if letter.sent is not None and is_sent(letter) else None
