"""The properties of a new note, as text between the two lines ``---``."""

from __future__ import annotations

from collections.abc import Mapping

from jobvault.notes.frontmatter import vault_handler


def front_text(values: Mapping[str, object]) -> str:
    """Write properties as YAML 1.2: lists as block lists, links quoted, nothing behind the name of what is None.

    A name with ``{{`` or ``<%`` in it does not make the note a template to be filled in.
    """
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    def quoted(value: object) -> object:
        if isinstance(value, list):
            return [quoted(item) for item in value]
        if isinstance(value, str) and ("{{" in value or "<%" in value):
            return DoubleQuotedScalarString(value)
        return value

    text = vault_handler().export({name: quoted(value) for name, value in values.items()})
    return text.replace("{{", "{\\x7B").replace("<%", "<\\x25") + "\n"
