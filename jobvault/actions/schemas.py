"""JSON Schemas of notes and settings, for editors: what ``templates/schemas`` holds, and what only the program knows.

The files say what stands in a note as templates write it. Added here is what is read besides: the words of every
language, in any case, and other spellings of a property's name (``Hear by``). Settings get the words they can name, the
languages that there are, defaults, and the explanations of a new ``jobvault.yaml``. The schemas are of draft 7
(https://json-schema.org/draft-07/schema), which editors know best.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from jobvault.actions.vault import load_words
from jobvault.errors import UsageError
from jobvault.model import KINDS
from jobvault.notes.frontmatter import load_yaml
from jobvault.notes.near import nearest
from jobvault.settings import Settings
from jobvault.vault.shipped import languages, read_template, read_words
from jobvault.words import fold
from jobvault.words.vocabulary import Vocabulary

Schema = dict[str, Any]

ABOUT: Mapping[str, str] = {
    "settings": "what can stand in jobvault.yaml",
    "note": "the properties of any note, by its type",
    **{kind: f"the properties of a note with type: {kind}" for kind in KINDS},
}
"""The schemas that there are, with what each is for."""


def schema(name: str) -> Schema:
    """Return a JSON Schema by its name in ``ABOUT``. Raises ``UsageError`` where there is none of that name."""
    if name == "settings":
        return settings_schema()
    if name == "note":
        return any_note_schema()
    if name in KINDS:
        return note_schema(name)
    near = nearest(name, ABOUT)
    raise UsageError(
        f"There is no schema “{name}”. " + (f"Is it “{near}”?" if near else f"There are {_listed(ABOUT)}.")
    )


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}"


# --- notes ------------------------------------------------------------------------------------------------------------


def note_schema(kind: str, vocabulary: Vocabulary | None = None) -> Schema:
    """Return the schema of one type of note; ``vocabulary`` where it is at hand, since loading it takes a moment."""
    vocabulary = vocabulary or load_words().vocabulary
    found = _read(f"note-{kind}")
    for name, about in found["properties"].items():
        choices = about.get("anyOf", [{}])[0].get("enum")
        if choices:
            pattern = _any_of(_words_for(kind, name, choices, vocabulary))
            about["anyOf"].insert(1, {"type": "string", "pattern": pattern})
            about["anyOf"].append({"type": "string", "pattern": r"^\s*$"})
    for about in (*found["properties"].values(), *found.get("definitions", {}).values()):
        _complain_once(about)
    return _other_spellings(found, "#")


def _complain_once(about: Schema) -> None:
    """Let a value that is none of the forms be held against the first alone, the one that templates write.

    Of ``anyOf`` a checker such as Ajv reports every form, so six complaints for one slip.
    """
    if "anyOf" in about:
        forms = about.pop("anyOf")
        about |= {"if": {"anyOf": forms}, "else": forms[0]}


def _is_of(found: Schema) -> Schema:
    """Match a note that says it is of a type: its ``type`` is one of the type's words, or a list with one."""
    word = found["properties"]["type"]["if"]["anyOf"][1]
    return {
        "type": "object",
        "properties": {"type": {"anyOf": [word, {"type": "array", "contains": word}]}},
        "required": ["type"],
    }


def any_note_schema() -> Schema:
    """Return the schema of all notes: the type that a note says is the one that it is held against."""
    vocabulary = load_words().vocabulary
    kinds = {kind: note_schema(kind, vocabulary) for kind in KINDS}
    shared: Schema = {}
    for kind, found in kinds.items():
        shared |= found.pop("definitions")
        del found["$schema"]
        _move(found, kind)
    said = [{"if": _is_of(found), "then": {"$ref": f"#/definitions/{kind}"}} for kind, found in kinds.items()]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "jobvault note",
        "description": "Any note of a vault. One whose type is none of jobvault's may hold what it likes.",
        "type": ["object", "null"],
        "allOf": said,
        "definitions": {**shared, **kinds},
    }


def _move(found: Schema, kind: str) -> None:
    """Let the references of a schema that becomes a definition lead where its properties are then."""
    for about in found["patternProperties"].values():
        about["$ref"] = about["$ref"].replace("#/", f"#/definitions/{kind}/", 1)


def _words_for(kind: str, name: str, choices: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Return the folded words that are read as one of a property's choices, in any language."""
    known = {
        "type": vocabulary.types,
        "format": vocabulary.formats,
        "outcome": vocabulary.applications if kind == "application" else vocabulary.outcomes,
        "status": vocabulary.statuses,
    }[name]
    return sorted({*map(fold, choices), *(word for word, value in known.items() if value in choices)})


def _any_of(words: Iterable[str]) -> str:
    r"""Return a pattern for folded words as ``fold`` would match them: in any case, with any punctuation.

    >>> [bool(re.search(_any_of(["no reply"]), text)) for text in (" No-Reply.", "noreply", "no")]
    [True, False, False]
    """
    return rf"^[\W_]*(?:{'|'.join(map(_spelled, words))})[\W_]*$"


def _spelled(folded: str) -> str:
    return r"[\W_]+".join(map(_in_any_case, folded.replace("ss", "ß").split(" ")))


def _in_any_case(word: str) -> str:
    return "".join(map(_either, word))


def _either(letter: str) -> str:
    """Match a letter in both cases, without a flag that JSON Schema does not have."""
    if letter == "ß":
        return "(?:[Ss][Ss]|ß|ẞ)"
    cases = sorted({letter.upper(), letter.lower()} - {""})
    return f"[{''.join(cases)}]" if all(len(case) == 1 for case in cases) and len(cases) > 1 else re.escape(letter)


# --- settings ---------------------------------------------------------------------------------------------------------


def settings_schema() -> Schema:
    """Return the schema of ``jobvault.yaml``."""
    found = _read("settings")
    _describe(found["properties"])
    _set_defaults(found["properties"], Settings())
    keys = found["properties"]
    keys["language"]["anyOf"] = [{"enum": list(languages())}, {"type": "null"}]
    for name, group in keys["words"]["properties"].items():
        group["properties"] = _own_words(name)
    for about in [keys["language"], keys["links"], keys["dates"], keys["follow_ups"]["properties"]["style"]]:
        choices = about["anyOf"][0]["enum"]
        about["anyOf"].insert(1, {"type": "string", "pattern": rf"^\s*(?:{'|'.join(map(_in_any_case, choices))})\s*$"})
    return _other_spellings(found, "#")


def _describe(keys: Schema) -> None:
    """Explain each key in the words of a new ``jobvault.yaml``; what is set in there is an example of YAML."""
    english = load_words()
    for key, about in keys.items():
        text = english.text(f"settings.{key}")
        about["description"] = text
        if "\n  " in text:
            words, example = re.split(r"\n(?=  )", text, maxsplit=1)
            about["markdownDescription"] = f"{words}\n\n```yaml\n{re.sub('(?m)^  ', '', example)}\n```"


def _set_defaults(keys: Schema, settings: Any) -> None:
    for one in fields(settings):
        value = getattr(settings, one.name)
        if is_dataclass(value):
            _set_defaults(keys[one.name]["properties"], value)
        elif value:
            keys[one.name]["default"] = value


def _own_words(group: str) -> Schema:
    """Return the sections, labels or marks that there are, each with the words that are known already."""
    words: Any = load_yaml(read_words("en"))
    return {
        name: {
            "description": f"Your own words, beside {', '.join(map(str, known))}.",
            "allOf": [{"$ref": "#/definitions/texts"}],
        }
        for name, known in words[group].items()
    }


# --- both -------------------------------------------------------------------------------------------------------------


def _read(name: str) -> Schema:
    found: Schema = json.loads(read_template(f"schemas/{name}.json"))
    return found


def _other_spellings(node: Schema, place: str) -> Schema:
    """Hold names in another case, or with ``-`` or a blank for ``_``, against what the name as such must be."""
    for name, about in node.get("properties", {}).items():
        here = f"{place}/properties/{name}"
        spelled = r"[-_\s]+".join(map(_in_any_case, re.split("[-_]", name)))
        node.setdefault("patternProperties", {})[rf"^(?!{re.escape(name)}$)\s*{spelled}\s*$"] = {"$ref": here}
        _other_spellings(about, here)
    return node
