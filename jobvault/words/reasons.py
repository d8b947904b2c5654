"""Why something could not be read or written, told apart by the English sentence in which the program says it.

PyYAML and our own refusals say why in English. A note's problem says it in the vault's language: the sentence is found
here, and its words stand in the word file under ``reasons``. One that is not found stays as it is.
"""

from __future__ import annotations

import re

_REASONS: tuple[tuple[str, str], ...] = (
    # PyYAML: scanner.py, parser.py and libyaml's own copies of them
    ("mapping values are not allowed", "colon"),
    ("escape (code|character)|hexdecimal number", "escape"),
    ("while scanning a quoted scalar", "quote"),
    ("while parsing a flow (sequence|mapping)", "bracket"),
    (r"found character '\\t'|found a tab character", "tab"),
    ("found character .*that cannot start any token", "star"),
    ("could not find expected ':'", "no-colon"),
    ("while parsing a block (mapping|collection)|did not find expected <?(block end|key)", "indent"),
    ("while (scanning|parsing) an? |^expected .*but found|^found |^did not find", "yaml"),
    # notes/yaml12.py
    ("a second document begins", "document"),
    ("a list or mapping stands where a name belongs", "name"),
    ("there is no anchor &", "anchor"),
    ("an escape that is no character", "escape"),
    ("a character that YAML does not allow|too many private-use characters", "character"),
    ("the tag .* is not read", "tag"),
    # actions/carry.py, actions/unread_notes.py, notes/unread.py, notes/edits/
    ("the note cannot be read", "gone"),
    ("its front matter cannot be read", "front-matter"),
    ("the note is no UTF-8 text", "no-text"),
    ("a folder that it may lie in cannot be read", "folder"),
    ("a git conflict is not resolved", "conflict"),
    ("the note is being changed", "changing"),
    ("this is no list item, so it cannot be ticked", "no-item"),
    ("this line is generated; its source is another note", "generated"),
    ("this task repeats, so tick it where its next one is made", "repeats"),
    ("this line cannot be ticked without changing more than its box", "more-than-box"),
    ("the block is no longer what was read", "block-changed"),
    ("the block cannot be written without changing what is around it", "around-block"),
    # vault/inside.py, vault/write.py, errors.py
    ("it is, or lies behind, a link that leaves the vault", "leaves-vault"),
    ("it is a link$", "link"),
    ("it is no regular file", "no-file"),
    (r"the file has several names \(hard links\)", "several-names"),
    ("the note is read-only", "read-only"),
    ("the note is still in the cloud only", "in-cloud"),
    ("it is hidden, or in a hidden folder", "hidden"),
    ("another program has the note open for writing", "in-use"),
    # vault/git/operation.py
    ("another git command is running there", "git-busy"),
    ("a git merge is open there", "git-merge"),
    ("a git rebase is open there", "git-rebase"),
    ("a git cherry-pick (?:or revert )?is open there|a git revert is open there", "git-pick"),
    ("git has yet to put back there what it stashed", "git-stash"),
    ("git has unmerged paths there", "git-unmerged"),
    ("the note changed while it was being edited", "edited"),
)


def reason_of(said: str) -> str | None:
    """Return the key of a reason, as ``colon``, from the sentence that says it; None where there is none.

    >>> reason_of("mapping values are not allowed in this context")
    'colon'
    """
    return next((key for pattern, key in _REASONS if re.search(pattern, said)), None)


def reasons() -> frozenset[str]:
    """Return the keys of all reasons."""
    return frozenset(key for _, key in _REASONS)
