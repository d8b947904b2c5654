"""The vocabulary: what is understood in notes (in every language), and what generated notes say (in one)."""

from jobvault.words.fold import fold, without_accents
from jobvault.words.vocabulary import Vocabulary
from jobvault.words.words import Words, build_words

__all__ = ["Vocabulary", "Words", "build_words", "fold", "without_accents"]
