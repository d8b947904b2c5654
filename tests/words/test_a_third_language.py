"""A third language is one file: it is put beside the others, and a vault in it reads, scaffolds and summarizes."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jobvault.actions.scaffold import Guest, Request, create, plan
from jobvault.actions.vault import load_words
from jobvault.cli import dates
from jobvault.vault import shipped
from tests.small_vault import SmallVault, block, make_vault
from tests.words.word_files import FILES

TODAY = dt.date(2026, 11, 25)
WRITTEN = frozenset({"texts", "problems", "reasons", "hints", "states"})


def invented(word: str, place: str) -> str:
    """Make up a word: its letters turned round, with an ending that tells where it is used; ``{n}`` stays."""
    parts = re.split(r"(\{\w*\}|`[^`]*`|[^\w{`]+)", word)
    turned = "".join(part if not part.isalpha() else f"{part[::-1].lower()}u" for part in parts)
    return turned if place in WRITTEN else f"{turned} {sum(map(ord, place + word)) % 97}x"


def translated(node: Any, place: str) -> Any:
    if isinstance(node, Mapping):
        return {name: translated(value, place) for name, value in node.items()}
    if isinstance(node, list):
        return [translated(word, place) for word in node]
    return invented(str(node), place)


def tongue() -> dict[str, Any]:
    """A whole language, with every word made up; a word that stands for one thing is said as that thing's own name."""
    file = {name: translated(node, name) for name, node in FILES["en"].items()}
    file |= {"language": "qx", "name": "Qx", "spellings": {"å": "aa"}, "everybody": ["lla"], "thanks": ["knahtu"]}
    file["sections"] = {name: [f"{name[::-1]} å"] for name in FILES["en"]["sections"]}
    file["labels"] = {name: [f"{name[::-1]} ö"] for name in FILES["en"]["labels"]}
    file["marks"] = {name: [name[::-1]] for name in FILES["en"]["marks"]}
    file["values"] = {g: {name: [f"{name[::-1]}"] for name in t} for g, t in FILES["en"]["values"].items()}
    file["due"] = ["eud"]
    file["states"] = {"done": "enod", "cancelled": "dellecnac", "started": "detrats"}
    file["days"] = {
        **FILES["en"]["days"],
        "near": {"-1": ["retsey"]},
        "weekdays": {str(n): [f"yad{'abcdefg'[n - 1]}"] for n in range(1, 8)},
        "last": ["tsal"], "next": ["txen"], "this": [], "ahead": ["ni"], "before": ["oga"], "after": [], "fillers": [],
    }  # fmt: skip
    file["figures"] = {
        **FILES["en"]["figures"],
        "months": {str(n): [f"htnom{'abcdefghijkl'[n - 1]}"] for n in range(1, 13)},
        "numbers": {"2": ["owt"]},
        "spans": {"week": ["keew"]},
    }
    file["dates"] = {
        **file["dates"],
        "weekdays": list("ABCDEFG"),
        "months": [f"m{n}" for n in range(1, 13)],
        "full": "{year}/{month}/{day} {weekday}",
        "short": "{month}/{day}",
    }
    return file


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The templates that come with jobvault, in a folder where a word file can be put beside the others."""
    folder = tmp_path / "templates"
    shutil.copytree(shipped.templates_dir(), folder)
    monkeypatch.setattr(shipped, "templates_dir", lambda: folder)
    dates._speech.cache_clear()
    return folder / "words"


def put(folder: Path, file: Mapping[str, Any]) -> None:
    with (folder / f"{file['language']}.yaml").open("w", encoding="utf-8") as out:
        YAML().dump(dict(file), out)


def qx_vault(root: Path) -> SmallVault:
    return make_vault(root, {}, "language: qx\nlinks: wiki\ndates: plain\n")


NOTE = """---
type: debrief
company: Acme
round: lacinhcet
date: 2026-11-23
format: oediv
outcome: gnitiaw
people: Dana Reyes
---

## tem-elpoep å

### Dana Reyes

- nrecnoc ö: x
  - rewsna-ym ö: y (hguor)

## deksa aa

- Why? (dewo)

## syawaekat å

- Draw first (deilppa)
- Ask first

## spu-wollof å

- [ ] Send it, eud 2026-11-27
- [x] Sent it, eud 2026-11-24 ✅ 2026-11-24
"""


def test_a_vault_in_it_is_read(languages: Path, tmp_path: Path) -> None:
    put(languages, tongue())
    vault = qx_vault(tmp_path / "vault")
    vault.write("Debriefs/a.md", NOTE)
    [debrief] = vault.open(TODAY).debriefs
    assert (debrief.round, debrief.format, debrief.outcome) == ("technical", "video", "waiting")
    [met] = debrief.people
    assert (met.name, met.concerns[0].text, met.concerns[0].replies[0].rough) == ("Dana Reyes", "x", True)
    assert [question.mark for question in debrief.questions] == ["owed"]
    assert [takeaway.applied for takeaway in debrief.takeaways] == [True, False]
    assert vault.open(TODAY).follow_ups[0].due == dt.date(2026, 11, 27)
    assert vault.open(TODAY).problems == ()


def test_a_new_debrief_is_laid_down_in_it_and_read_as_empty(languages: Path, tmp_path: Path) -> None:
    put(languages, tongue())
    small = qx_vault(tmp_path / "vault")
    vault = small.open(TODAY)
    request = Request("Acme", TODAY, round="technical", format="video", guests=(Guest("Dana Reyes"),), template="full")
    scaffold = plan(vault, request)
    assert scaffold.path == "Debriefs/2026-11-25 Acme lacinhcet.md"
    assert {"round: lacinhcet", "format: oediv", "outcome: gnitiaw", "## tem-elpoep å", "- nrecnoc ö:"} <= set(
        scaffold.text.split("\n")
    )
    assert "eud 2026-11-26" in scaffold.text
    create(vault, scaffold)
    [debrief] = small.open(TODAY).debriefs
    assert (debrief.round, debrief.outcome, debrief.empty) == ("technical", "waiting", True)
    assert small.open(TODAY).problems == ()


def test_summaries_are_said_in_it_and_ticks_come_back(languages: Path, tmp_path: Path) -> None:
    put(languages, tongue())
    vault = qx_vault(tmp_path / "vault")
    vault.write("Debriefs/a.md", NOTE)
    vault.write("S.md", "".join(f"# {view}\n\n{block(view)}\n" for view in ("follow-ups", "interviews", "people")))
    vault.summarize(TODAY)
    text = vault.read("S.md")
    assert "- [ ] Send it · Dana" not in text
    assert "2026/m11/27 E" in text
    assert "enod" in text
    assert "| lacinhcet" in text
    vault.edit("S.md", "- [ ] Send it", "- [x] Send it")
    vault.edit("S.md", "- [x] Sent it", "- [ ] Sent it")
    vault.summarize(TODAY)
    assert "- [x] Send it, eud 2026-11-27" in vault.read("Debriefs/a.md")
    assert "- [ ] Sent it, eud 2026-11-24" in vault.read("Debriefs/a.md")


def test_days_are_said_in_it(languages: Path) -> None:
    put(languages, tongue())
    said = {"retsey": "2026-11-24", "yade": "2026-11-27", "tsal yade": "2026-11-20", "23 htnomk": "2026-11-23",
            "oga owt keew": "2026-11-11", "ni owt keew": "2026-12-09"}  # fmt: skip
    for words, day in said.items():
        assert dates.read_date(words, TODAY, "--on").isoformat() == day, words
    dates._speech.cache_clear()


def test_what_its_file_lacks_is_said_in_english(languages: Path, tmp_path: Path) -> None:
    put(languages, {"language": "qx", "name": "Qx", "sections": {"weak": ["kaew"]}, "texts": {"and": "dna"}})
    words = load_words("qx")
    assert (words.text("and"), words.heading("weak"), words.heading("strong")) == ("dna", "kaew", "Where I was strong")
    vault = qx_vault(tmp_path / "vault")
    vault.write("Debriefs/a.md", NOTE.replace("lacinhcet", "technical").replace("spu-wollof å", "Follow-ups"))
    vault.write("S.md", block("interviews"))
    vault.summarize(TODAY)
    assert "## All interviews" in vault.read("S.md")


def test_a_file_may_be_half_empty_and_have_single_words_for_lists(languages: Path) -> None:
    put(languages, {"language": "qx", "sections": {"weak": "kaew", "strong": None}, "marks": None, "texts": None,
                    "values": {"round": {"technical": "lacinhcet"}}, "due": "eud", "days": {"ahead": "ni"}, "labels": {"note": []}})  # fmt: skip
    words = load_words("qx")
    assert (words.heading("weak"), words.heading("strong"), words.text("label.note")) == (
        "kaew", "Where I was strong", "Note",
    )  # fmt: skip
    assert (words.write("round", "technical"), words.text("due"), words.text("mark.ok")) == ("lacinhcet", "eud", "ok")
    assert words.vocabulary.sections["kaew"] == "weak"
    assert "ni" in words.vocabulary.speech.ahead
    assert "n" not in words.vocabulary.speech.ahead


def test_every_other_language_is_still_understood(languages: Path) -> None:
    put(languages, tongue())
    known = load_words("qx").vocabulary
    assert (known.sections["where i was weak"], known.sections["wo ich schwach war"], known.sections["kaew å"]) == (
        "weak", "weak", "weak",
    )  # fmt: skip
