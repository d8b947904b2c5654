"""The plugin that docs/editors.md shows, in a real vim."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.editors.tools import environ, shown, vim
from tests.small_vault import SmallVault, debrief, make_vault

pytestmark = pytest.mark.skipif(vim() is None, reason="there is no vim with +eval: install vim")
NOTE = "Debriefs/2026-11-20 Acme panel.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path / "my vault", {NOTE: debrief(body="## Takaways\n\n- x\n")})


def tried(vault: SmallVault, script: str, note: str = NOTE) -> Any:
    """Run a vim script on a note; what it puts into ``g:told``."""
    folder = vault.root.parent
    (folder / "jobvault.vim").write_text(shown("vim", "## vim"), encoding="utf-8")
    end = f"\ncall writefile([json_encode(g:told)], {json.dumps(str(folder / 'told'))})\nqall!\n"
    (folder / "try.vim").write_text("set nomore\nlet g:told = {}\n" + script + end, encoding="utf-8")
    done = subprocess.run(
        [str(vim()), "-N", "-n", "-i", "NONE", "-u", "jobvault.vim", "-es", "-S", "try.vim", str(vault.root / note)],
        cwd=folder, env=environ(folder), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (folder / "told").exists(), done.stdout + done.stderr
    return json.loads((folder / "told").read_text(encoding="utf-8"))


LIST = "map(getqflist(), {_, one -> [bufname(one.bufnr), one.lnum, one.type, one.text]})"


def test_all_forms_of_what_check_says_become_a_list_to_step_through(vault: SmallVault) -> None:
    vault.write("Debriefs/a.md", "---\ntype: debrief\ncompany: a\ndate: 2026-11-20\ncompany: b\n---\n")
    vault.write("Debriefs/b: c.md", debrief(follow_ups="- [ ] Call 📅 2026-11-21 📅 2026-11-22\n"))
    vault.write("Debriefs/c.md", "---\ntype: debrief\ndate: 2026-11-20\n---\n\n## Takeaways\n\n- x\n")
    script = f"JobvaultCheck\nlet g:told.list = {LIST}\ncfirst\nlet g:told.first = [expand('%:t'), line('.')]\n"
    script += "cnext\nlet g:told.second = [expand('%:t'), line('.')]\nlet g:told.open = winnr('$')\n"
    told = tried(vault, script)
    said = vault.run("check").stdout.splitlines()
    wanted = [line for line in said[:-1] if not line.startswith(" ")]
    assert len(told["list"]) == len(wanted) == 4
    for (name, line, kind, text), given in zip(told["list"], wanted, strict=True):
        place = name.removeprefix(f"{vault.root.name}/") + (f":{line}" if line else "")
        severity = {"E": "error", "W": "warning", "I": "hint"}[kind]
        assert f"{place}: {severity}: {text.splitlines()[0]}" == given
        assert len(text.splitlines()) == 2, "the hint stands below it"
    assert {kind for _, _, kind, _ in told["list"]} == {"E", "W", "I"}
    assert 0 in {line for _, line, _, _ in told["list"]}, "a problem of a whole note has no line"
    assert told["first"] == ["2026-11-20 Acme panel.md", 9]
    assert told["open"] == 2


def test_where_there_are_no_problems_it_says_so_and_a_failure_is_no_such_word(vault: SmallVault) -> None:
    vault.edit(NOTE, "## Takaways", "## Takeaways")
    script = "let g:told = [trim(execute('JobvaultCheck'))]\n"
    assert tried(vault, script) == ["no problems"]
    failed = "let $PATH = ''\nlet g:told = [trim(execute('JobvaultCheck'))]\n"
    assert "no problems" not in tried(vault, failed)[0]


def test_make_does_the_same_in_the_vaults_folder(vault: SmallVault) -> None:
    told = tried(vault, f"execute 'cd' fnameescape(expand('%:p:h:h'))\nsilent make!\nlet g:told.list = {LIST}\n")
    assert [one[:3] for one in told["list"]] == [[NOTE, 9, "W"]]


def test_a_mistake_in_the_settings_leads_to_its_line(vault: SmallVault) -> None:
    vault.write("jobvault.yaml", "links: wiki\ncompnies: {}\n")
    told = tried(
        vault, f"JobvaultCheck\nlet g:told.list = {LIST}\ncfirst\nlet g:told.at = [expand('%:t'), line('.')]\n"
    )
    assert [one[1:3] for one in told["list"]] == [[2, "E"]]
    assert told["at"] == ["jobvault.yaml", 2]


def test_a_debrief_is_laid_down_and_opened(vault: SmallVault) -> None:
    told = tried(vault, 'JobvaultNew "Zenith & Co" --round technical\nlet g:told = [expand("%:t"), getline(1, 3)]\n')
    assert told == ["2026-11-25 Zenith & Co technical.md", ["---", "type: debrief", "company: Zenith & Co"]]


def test_what_cannot_be_laid_down_is_said(vault: SmallVault) -> None:
    script = "try\n  JobvaultNew Acme --round panel --on soonish\ncatch\n  let g:told = v:exception\nendtry\n"
    assert "soonish" in tried(vault, script)


def test_names_and_values_are_completed(vault: SmallVault) -> None:
    keys = r'call feedkeys("oform\<C-X>\<C-O>ph\<C-X>\<C-O>\<Esc>", "tx")'
    script = f"call search('^round:')\n{keys}\nlet g:told.line = getline('.')\n"
    script += "let g:told.outcomes = map(JobvaultComplete(0, ''), 'v:val.word')\n"
    script += "call setline('.', 'outcome: ')\nnormal! $\n"
    script += r'call feedkeys("A re\<C-X>\<C-O>\<Esc>", "tx")' + "\nlet g:told.value = getline('.')\n"
    told = tried(vault, script)
    assert told["line"] == "format: phone"
    assert told["value"].split() == ["outcome:", "rejected"]


def test_nothing_is_completed_outside_of_the_properties_and_of_a_vault(vault: SmallVault, tmp_path: Path) -> None:
    assert tried(vault, "normal! G\nlet g:told = JobvaultComplete(1, '')\n") == -3
    (tmp_path / "elsewhere.md").write_text("# x\n", encoding="utf-8")
    assert tried(vault, "let g:told = &omnifunc\n", "../elsewhere.md") == ""


def test_the_snippets_expand_to_what_is_read(vault: SmallVault) -> None:
    keys = r'call feedkeys("Go## People met\<CR>\<CR>;p x\<Esc>", "tx")'
    follow = r'call feedkeys("Go\<CR>;f x\<Esc>", "tx")'
    told = tried(vault, f"{keys}\n{follow}\nlet g:told = getline(search('^## People met'), '$')\n")
    assert told[2:6] == ["### NAME, TITLE", "", "- Cares about:", "- Concern: x"]
    assert told[-1] == "- [ ] WHAT, due DATE x"
