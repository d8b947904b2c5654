"""The ``jobvault.yaml`` of a new vault: every key, with what it does and its default, commented out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from jobvault.settings import Settings
from jobvault.words import Words


def default_settings_text(words: Words, chosen: Mapping[str, str | Mapping[str, str]] | None = None) -> str:
    """Return the text of a new vault's ``jobvault.yaml``, explained in a language's words (``settings`` of its file).

    ``chosen`` are values for keys whose value is one text, such as ``language``, or texts by name, as ``folders``;
    those lines are in force. Without it, every setting is commented out; with each comment sign taken away the text
    says the same.
    """
    defaults = Settings()
    blocks = [_explained(words, "head")]
    for one in fields(Settings):
        about = _explained(words, one.name)
        value = (chosen or {}).get(one.name)
        if value is None:
            setting = "".join(f"# {line}\n" for line in _lines(one.name, getattr(defaults, one.name)))
        elif isinstance(value, str):
            setting = f"{one.name}: {_scalar(value)}\n"
        else:
            setting = f"{one.name}:\n" + "".join(f"  {name}: {_scalar(text)}\n" for name, text in value.items())
        blocks.append(about + setting)
    return "\n".join(blocks)


def _explained(words: Words, key: str) -> str:
    return "".join(f"## {line}\n" for line in words.text(f"settings.{key}").splitlines())


def _lines(name: str, value: object) -> Iterator[str]:
    if is_dataclass(value):
        yield f"{name}:"
        for one in fields(value):
            yield f"  {one.name}: {_scalar(getattr(value, one.name))}"
    else:
        yield f"{name}: {_scalar(value)}".rstrip()


def _scalar(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w./+-]*", value):
        return value
    return json.dumps(value, ensure_ascii=False)
