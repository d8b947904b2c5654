"""Surgical edits: a note's text and one change → the new text, or a refusal.

Only the span that is meant changes. Each edit is verified before it is given back: the result is read again, and must
be the old note plus exactly that change.
"""
