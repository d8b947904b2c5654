"""``frontmatter.json``: the types of notes as content types of Front Matter CMS, an extension of VS Code.

What its settings mean is documented at https://frontmatter.codes/docs/content-creation/fields. It takes the content
type whose name a note's ``type`` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jobvault.actions.schemas import note_schema
from jobvault.actions.vault import load_words
from jobvault.model import KINDS
from jobvault.settings import Folders

ABOUT: Mapping[str, str] = {"front-matter-cms": "the same for Front Matter CMS, to be saved as frontmatter.json"}

_FOLDERS = {
    "debrief": "debriefs",
    "application": "applications",
    "letter": "letters",
    "question": "questions",
    "story": "stories",
    "person": "people",
    "review": "reviews",
}
"""Types that have a folder of their own, with its key in the settings."""


def content_types() -> dict[str, Any]:
    """Return the whole ``frontmatter.json``.

    Its own check of notes is off: it takes an empty property for a mistake, and a date without a time.
    """
    folders, vocabulary = Folders(), load_words().vocabulary
    return {
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.framework.id": "other",
        "frontMatter.validation.enabled": False,
        "frontMatter.content.autoUpdateDate": False,
        "frontMatter.taxonomy.dateFormat": "yyyy-MM-dd",
        "frontMatter.taxonomy.contentTypes": [
            {
                "name": kind,
                "pageBundle": False,
                "filePrefix": "{{date|yyyy-MM-dd}}" if kind in {"debrief", "letter", "prep", "review"} else "",
                "fields": [_field(name, about) for name, about in note_schema(kind, vocabulary)["properties"].items()],
            }
            for kind in KINDS
        ],
        "frontMatter.content.pageFolders": [
            {
                "title": getattr(folders, key),
                "path": f"[[workspace]]/{getattr(folders, key)}",
                "contentTypes": [kind],
            }
            for kind, key in _FOLDERS.items()
        ],
    }


def _field(name: str, about: Mapping[str, Any]) -> dict[str, Any]:
    field = {
        "title": name.replace("_", " ").capitalize(),
        "name": name,
        "description": about["description"],
        **_type_of(name, about),
    }
    if name == "type":
        return {**field, "default": about["examples"][0], "hidden": True}
    return field


def _type_of(name: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the kind of field that the values of a property are edited with."""
    first = about.get("else", {})
    shared = about.get("allOf", [{}])[0].get("$ref", "").rpartition("/")[2]
    if name == "tags":
        return {"type": "tags"}
    if name == "type":
        return {"type": "string"}
    if "enum" in first:
        return {"type": "choice", "choices": first["enum"]}
    if first.get("type") == "integer":
        return {"type": "number", "numberOptions": {"min": first["minimum"], "max": first["maximum"]}}
    if shared == "date":
        return {"type": "datetime", "default": ""}
    return {"type": "list"} if shared == "texts" else {"type": "string", "single": True}
