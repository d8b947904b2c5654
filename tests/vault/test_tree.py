from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from jobvault.vault.tree import Node, TreeError, is_blank, parse_tree


def plain(node: Node | None) -> object:
    if node is None or node.is_null:
        return None
    if node.kind == "scalar":
        return node.text
    if node.kind == "list":
        return [plain(item) for item in node.items]
    return [(plain(key), plain(value)) for key, value in node.pairs]


def test_values_know_their_lines() -> None:
    node = parse_tree("# c\n\na: 1\nb:\n  - x\n  -  {c: 'd'}\n")
    assert node is not None
    assert plain(node) == [("a", "1"), ("b", ["x", [("c", "d")]])]
    (first, _), (second, listed) = node.pairs
    assert (first.line, second.line, [item.line for item in listed.items]) == (3, 4, [5, 6])
    assert listed.items[1].pairs[0][1].plain is False


@pytest.mark.parametrize("text", ["", "\n", "# only\n  # this\n", "---\n", "--- \n...\n"])
def test_nothing(text: str) -> None:
    assert plain(parse_tree(text)) is None


@pytest.mark.parametrize(("text", "blank"), [("", True), (" \n\t#x\r\n", True), ("a:", False), ("---\n", False)])
def test_blank_is_told_without_parsing(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: &x 1\nb: *x\n", 1, "Anchors"),
        ("a: 1\nb: *x\n", 2, "aliases"),
        ("a:\n  &x [1]\n", 2, "Anchors"),
        ("a: !!int 1\n", 1, "Tags"),
        ("a: !x [1]\n", 1, "Tags"),
        ("a: b: c\n", 1, "no valid YAML: mapping values"),
        ("a: 1\n\tb: 2\n", 2, "no valid YAML"),
        ("a: [1\nb: 2\n", 2, "no valid YAML"),
        ("a: 1\nb: \0\n", 2, "control character"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("\n" + "[" * 100_000, 2, "too deeply"),
        ("- " * 50_000, 1, "too deeply"),
        ("? " * 50_000, 1, "too deeply"),
        ("{a: " * 50_000, 1, "too deeply"),
        ("- a\n" * 30_000, 19998, "more than"),
        ("a: @x\n", 1, "no valid YAML"),
        ("%YAML 9.9\n---\na: 1\n", 1, "no valid YAML"),
    ],
)
def test_what_is_refused_names_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(TreeError, match=what) as caught:
        parse_tree(text)
    assert abs(caught.value.line - line) <= (2 if what == "more than" else 0)


@given(st.text("ab:-[]{}#&*!|>'\"%@` \n\t?,~", max_size=60) | st.text(max_size=30))
def test_every_text_is_read_or_refused(text: str) -> None:
    try:
        parse_tree(text)
    except TreeError as error:
        assert error.line >= 1


values = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcxyz", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_it_reads_what_a_yaml_library_reads(value: object) -> None:
    import io

    out = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.dump(value, out)

    def pairs(value: object) -> object:
        if isinstance(value, dict):
            return [(key, pairs(one)) for key, one in value.items()]
        return [pairs(one) for one in value] if isinstance(value, list) else value

    assert plain(parse_tree(out.getvalue())) == pairs(YAML(typ="safe", pure=True).load(out.getvalue()))
