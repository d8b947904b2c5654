"""Surgical edits of front matter: one property set, inserted or removed by its span."""
