"""How much each kind of problem matters.

``error``: something is not read or not written. ``warning``: something was probably meant otherwise; shown under
“Needs attention”. ``hint``: only ``jobvault check`` says it.
"""

from __future__ import annotations

from collections.abc import Mapping

from jobvault.model import Severity

SEVERITY: Mapping[str, Severity] = {
    "settings": "error",
    "yaml-syntax": "error",
    "duplicate-key": "error",
    "front-matter-not-mapping": "error",
    "front-matter-not-closed": "error",
    "front-matter-not-utf8": "error",
    "yaml-too-big": "error",
    "yaml-too-deep": "error",
    "yaml-aliases": "error",
    "yaml-tag": "error",
    "not-utf8": "warning",
    "not-text": "error",
    "too-big": "error",
    "unreadable": "error",
    "not-a-file": "warning",
    "link-leaves-vault": "warning",
    "unknown-type": "warning",
    "untyped-debrief": "warning",
    "near-heading": "warning",
    "unclear-heading": "warning",
    "near-mark": "warning",
    "near-label": "warning",
    "nobody-named": "warning",
    "nothing-read": "hint",
    "near-company": "warning",
    "near-property": "warning",
    "missing-company": "hint",
    "missing-date": "warning",
    "missing-property": "hint",
    "bad-value": "warning",
    "no-such-date": "warning",
    "date-not-at-end": "warning",
    "date-not-read": "warning",
    "near-box": "warning",
    "two-due-dates": "hint",
    "comment-not-closed": "warning",
    "words-in-hint": "warning",
    "accidental-heading": "warning",
    "ambiguous-name": "warning",
    "block-no-end": "error",
    "block-no-begin": "error",
    "block-nested": "error",
    "block-view": "error",
    "block-argument": "error",
    "block-place": "error",
    "block-newer": "error",
    "git-conflict": "error",
    "conflict-copy": "warning",
    "look-alike": "warning",
    "not-carried": "warning",
    "tick-left": "hint",
    "block-failed": "error",
    "template": "error",
    "template-box": "error",
    "template-name": "warning",
    "not-downloaded": "warning",
    "name-not-utf8": "warning",
    "not-written": "error",
    "leftover": "warning",
    "debriefs-ignored": "warning",
}
