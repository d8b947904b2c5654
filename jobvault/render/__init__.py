"""Answers → text: Markdown in notes, words on a terminal, JSON; and the ticks in it read back."""
