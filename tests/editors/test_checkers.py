"""What docs/editors.md says of VS Code and of language servers, held against the programs that these are made of."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from jobvault.actions.demo import AS_OF, lay_out
from tests.editors.language_server import LanguageServer
from tests.editors.tools import PAGE, node_tool, shown
from tests.small_vault import SmallVault, debrief, jobvault, make_vault

SERVER, REMARK = node_tool("yaml-language-server"), node_tool("remark")
HOW = "npm install --prefix FOLDER yaml-language-server remark-cli remark-frontmatter remark-lint-frontmatter-schema; JOBVAULT_NODE_TOOLS=FOLDER"
needs_server = pytest.mark.skipif(SERVER is None, reason=f"no yaml-language-server: {HOW}")
needs_remark = pytest.mark.skipif(
    REMARK is None or not os.environ.get("JOBVAULT_NODE_TOOLS"), reason=f"no remark: {HOW}"
)
YAML = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
WRONG = "language: xx\nlinks: wikis\ncompnies: {}\nfolders: {summaries: /abs}\nfollow-ups: {worth_doing_days: 400}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("settings", "debrief", "note"):
        file = "jobvault" if name == "settings" else name
        (tmp_path / f"{file}.schema.json").write_text(jobvault("schema", name).stdout, encoding="utf-8")
    return tmp_path


def found(folder: Path, text: str, schemas: dict[str, str] | None = None, name: str = "jobvault.yaml") -> list[int]:
    (folder / name).write_text(text, encoding="utf-8")
    with LanguageServer([str(SERVER), "--stdio"], folder, {"yaml": {**YAML, "schemas": schemas or {}}}) as server:
        return [line for line, _ in server.open(folder / name, "yaml")]


@needs_server
def test_settings_are_checked_by_the_line_at_their_top_and_by_the_editors_settings(folder: Path) -> None:
    assert found(folder, shown("yaml", "### Completion in jobvault.yaml") + WRONG) == [2, 3, 4, 5, 6]
    associated = json.loads(shown("json", "### Completion in jobvault.yaml"))["yaml.schemas"]
    assert found(folder, WRONG, associated) == [1, 2, 3, 4, 5]
    assert found(folder, "links: Wiki\nfollow-ups: {style: links}\ncompanies: {Acme: [A]}\n", associated) == []
    assert found(folder, WRONG) == [], "without a schema the server has nothing to say"


@needs_server
def test_keys_values_and_what_they_do_are_offered(folder: Path) -> None:
    file = folder / "jobvault.yaml"
    file.write_text(
        "# yaml-language-server: $schema=jobvault.schema.json\nlinks: \n\nfollow_ups:\n  \n", encoding="utf-8"
    )
    with LanguageServer([str(SERVER), "--stdio"], folder, {"yaml": YAML}) as server:
        assert server.open(file, "yaml") == []
        assert {"auto", "wiki", "markdown"} <= set(server.completions(file, 2, 7))
        offered = server.completions(file, 5, 2)
        assert list(offered) == ["style", "worth_doing_days"]
        assert all(offered.values())
        assert {"language", "timezone"} <= set(server.completions(file, 3, 0))
        assert "How links are written" in server.hover(file, 2, 1)


@needs_server
def test_properties_are_checked_and_completed_where_an_editor_shows_them_as_yaml(folder: Path) -> None:
    text = "# yaml-language-server: $schema=note.schema.json\ntype: debrief\noutcome: wating\nfelt: 7\nHear by: soon\n"
    assert found(folder, f"{text}time: 870\nformat: Zoom\ndate: 2026-11-23\ntime2: x\nround: \n", name="a.yaml") == [
        3, 4, 5, 6,
    ]  # fmt: skip
    file = folder / "a.yaml"
    with LanguageServer([str(SERVER), "--stdio"], folder, {"yaml": YAML}) as server:
        messages = dict(server.open(file, "yaml"))
        assert "waiting" in messages[3]
        assert messages[5] == "Expected: a date, as 2026-11-23."
        assert {"no-reply", "cancelled"} <= set(server.completions(file, 3, 9))
        assert {"recruiter-screen", "chat"} <= set(server.completions(file, 10, 7))


@needs_remark
def test_remark_finds_mistakes_in_markdown_and_none_in_the_sample(folder: Path) -> None:
    vault = folder / "vault"
    lay_out(vault, AS_OF)
    (vault / "note.schema.json").write_bytes((folder / "note.schema.json").read_bytes())
    (vault / ".remarkrc.mjs").write_text(shown("js", "### Mistakes in the properties of a note"), encoding="utf-8")
    (vault / "node_modules").symlink_to(Path(os.environ["JOBVAULT_NODE_TOOLS"]) / "node_modules")
    broken = "Debriefs/2026-08-06 Corvo recruiter-screen.md"  # a property stands twice: remark cannot read it either
    (vault / broken).unlink()
    command = re.findall(r"`npx (remark [^`]+)`", PAGE)[0].split()
    assert remark(vault, command).returncode == 0
    (vault / "Debriefs/bad.md").write_text(
        "---\ntype: debrief\noutcome: wating\nHear by: soon\n---\n", encoding="utf-8"
    )
    done = remark(vault, command)
    assert done.returncode == 1
    assert "bad.md" in done.stderr
    assert set(re.findall(r"^(\d+):", done.stderr, re.MULTILINE)) == {"3", "4"}
    assert "Must be equal to one of the allowed values: `waiting`" in done.stderr


def remark(vault: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "0"}
    return subprocess.run(
        [str(REMARK), *command[1:], "--no-color"], cwd=vault, env=environ, capture_output=True, encoding="utf-8",
        check=False, timeout=120,
    )  # fmt: skip


# --- files of VS Code -------------------------------------------------------------------------------------------------


def test_the_tasks_patterns_match_all_that_check_says(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault", {"Debriefs/b: c.md": debrief(body="## Takaways\n\n- x\n")})
    vault.write("Debriefs/c.md", "---\ntype: debrief\ndate: 2026-11-20\n---\n\n## Takeaways\n\n- x\n")
    lay_out(tmp_path / "sample", AS_OF)
    [task] = json.loads(shown("json", "### Mistakes as a list"))["tasks"]
    matchers = [(matcher["pattern"], matcher) for matcher in task["problemMatcher"]]
    seen: set[tuple[bool, str]] = set()
    for one in (vault, SmallVault(tmp_path / "sample")):
        for line in one.run(*task["command"].removesuffix(" | cat").split()[1:]).stdout.splitlines():
            found = [(pattern, match) for pattern, _ in matchers if (match := re.match(pattern["regexp"], line))]
            is_problem = re.match(r"\S.*: (error|warning|hint): ", line) is not None
            assert len(found) == is_problem, line
            for pattern, match in found:
                assert (one.root / match[pattern["file"]]).is_file()
                assert line.endswith(match[pattern["message"]])
                seen.add(("line" in pattern, match[pattern["severity"]]))
    assert {(True, "error"), (True, "warning"), (False, "warning")} <= seen


def test_the_snippets_expand_to_what_is_read(tmp_path: Path) -> None:
    snippets: dict[str, Any] = json.loads(shown("json", "### Snippets"))
    expanded = {name: re.sub(r"\$\{\d(?::([^}]*))?\}", r"\1", "\n".join(one["body"])) for name, one in snippets.items()}
    day = expanded["Follow-up"].replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-11-28")
    person = expanded["Person met"].replace("Concern: ", "Concern: none")
    body = f"## People met\n\n{person}\n\n## Follow-ups\n\n{day}\n"
    vault = make_vault(tmp_path / "vault", {"a.md": debrief(body=body)}).open()
    [met] = vault.debriefs[0].people
    assert (met.name, met.title, met.concerns[0].text) == ("Name", "title", "none")
    [owed] = [one for one in vault.follow_ups if one.path == "a.md"]
    assert (owed.text, str(owed.due)) == ("What", "2026-11-28")
