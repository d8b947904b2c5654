"""Why something could not be read or written, in the vault's language."""

from __future__ import annotations

import re

import pytest

from jobvault.actions.vault import load_words
from jobvault.notes.frontmatter import YamlError, load_yaml
from jobvault.words.reasons import _REASONS, reason_of, reasons
from tests.small_vault import REPOSITORY
from tests.words.word_files import FILES

YAML = {
    "role: Disponentin: Nacht": "colon", "a: b\n  c: d": "colon", "a: 'x": "quote", "a: [x": "bracket", "a: {b: c": "bracket",
    "a: @x": "star", "a: `x`": "star", "a: %x": "star", "a: b\n\tc: d": "tab", "a:\n  - b\n c: d": "indent", "a: b\n- c": "indent", "a\nb: c": "colon", "a: b\nc": "no-colon", 'a: "\\q"': "escape",
    "a: *x": "anchor", "a: 1\n---\nb: 2": "document", "[a]: b": "name", 'a: "\\ud800"': "escape", "a: \x07": "character", "a: !x y": "tag", "a: !!int x": "tag",
    "a: &": "yaml", "%YAML 9\n---\na: b": "yaml",
}  # fmt: skip


@pytest.mark.parametrize(("text", "key"), YAML.items())
def test_what_is_wrong_with_yaml_is_said_in_the_vaults_language(text: str, key: str) -> None:
    with pytest.raises(YamlError) as caught:
        load_yaml(text)
    said = caught.value.what
    assert reason_of(said) == key, said
    for language, file in FILES.items():
        problem = load_words(language).problem("yaml-syntax", "a.md", 1, what=said)
        assert file["reasons"][key] in problem.message


def test_every_sentence_of_ours_still_stands_in_the_code() -> None:
    """Reworded there, it would be said in English again."""
    places = (
        "notes/yaml12.py",
        "notes/edits/task.py",
        "notes/edits/block.py",
        "notes/edits/refusals.py",
        "actions/carry.py",
        "actions/unread_notes.py",
        "notes/unread.py",
        "vault/inside.py",
        "vault/write.py",
        "vault/git/operation.py",
        "errors.py",
    )
    code = "\n".join((REPOSITORY / "jobvault" / place).read_text(encoding="utf-8") for place in places)
    ours = [pattern for pattern, _ in _REASONS if pattern not in PYYAML]
    assert len(ours) >= 20
    for pattern in ours:
        for one in pattern.rstrip("$").split("|"):
            assert re.search(one.replace(" .* ", " [^ ]+ "), code), one


PYYAML = frozenset(pattern for pattern, _ in _REASONS[: [key for _, key in _REASONS].index("document")])


def test_what_is_none_of_these_stays_as_it_is() -> None:
    assert reason_of("Permission denied") is None
    problem = load_words("de").problem("unreadable", "a.md", None, what="Permission denied")
    assert problem.message == "die Notiz kann nicht gelesen werden: Permission denied"
    argument = load_words("en").problem("block-argument", "a.md", 1, value="x", what="expected a name", known="y")
    assert argument.message.endswith("is not understood: expected a name")


def test_no_reason_is_left_over() -> None:
    assert reasons() == set(FILES["en"]["reasons"])
