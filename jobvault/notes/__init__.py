"""Text ⇄ nouns: the only reader of notes, and the edits of their text. Pure: no disk, no clock."""
