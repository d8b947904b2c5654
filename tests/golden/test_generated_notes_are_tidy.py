"""Generated notes pass markdownlint (MD013 and MD041 off) and stay as they are under Prettier."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jobvault.actions.demo import AS_OF, lay_out
from jobvault.actions.initialize import lay_down
from jobvault.actions.vault import open_vault
from jobvault.views import view_names
from tests.render.markdown_tools import markdownlint, missing_tools, prettier
from tests.small_vault import block, debrief, make_vault

pytestmark = pytest.mark.skipif(missing_tools() is not None, reason=str(missing_tools()))

ODD = (
    "Ask *why* they use C++ & C# < 10 | > 5",
    "See https://example.org/a_b_c?x=1&y=2 and #tag",
    "`= this.file` and {{date}} <% tp %> %% hidden",
    "1. numbered - [x] boxed > quoted # headed",
    "[[A note|alias]] and [a link](Some%20note.md) and ![[embed]]",
    "snake_case_name and __init__ and **bold * star**",
    "Réponse à l’appel d’Ünïcode — 日本語 👍🏽 e\u0301",
    "a [^1] footnote [ref][b] (x)[y] <b>html</b> &amp; &lt;",
    "Trailing backslash \\",
    "- dash + plus * star",
)


def assert_tidy(paths: list[Path]) -> None:
    assert markdownlint(paths) == []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert prettier(text) == text, path.name


@pytest.mark.parametrize("days", [0, 6])
def test_the_sample_vaults_summaries(tmp_path: Path, days: int) -> None:
    lay_out(tmp_path / "vault", AS_OF)
    open_vault(tmp_path / "vault", today=AS_OF + dt.timedelta(days=days)).summarize()
    notes = [*(tmp_path / "vault/Summaries").glob("*.md"), tmp_path / "vault/Home.md", tmp_path / "vault/Acme.md"]
    assert len(notes) >= 5
    assert_tidy(notes)


def test_the_notes_of_a_fresh_vault(tmp_path: Path) -> None:
    lay_down(tmp_path)
    assert_tidy(sorted((tmp_path / "Summaries").glob("*.md")))
    open_vault(tmp_path, today=AS_OF).summarize()
    assert_tidy(sorted((tmp_path / "Summaries").glob("*.md")))


def test_odd_words_in_every_view(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    for number, words in enumerate(ODD):
        company = words.replace('"', "'").replace("\\", "\\\\")
        vault.write(
            f"Debriefs/2026-11-{number + 10} odd {number}.md",
            debrief(
                f'"{company}"',
                f"2026-11-{number + 10}",
                body=f"## People met\n\n### Dana Reyes, {words}\n\n- Cares about: {words}\n- Concern: {words}\n"
                f"  - My answer: {words} (rough)\n\n### ?, {words}\n\n- Concern: {words}\n  - My answer: {words}\n\n"
                f"## What I told them\n\n- Pay: 10{number}k {words}\n- Pay: 12{number}k {words}\n- {words}: {words}\n\n"
                f"## What I still want to ask\n\n- {words}\n\n## Feedback\n\n- {words}\n- {words} #a_b\n\n"
                f"## Where I was weak\n\n- {words}\n- {words} #a_{number // 2}\n- [[{number}|{words}]]\n\n"
                f"## Where I was strong\n\n- {words}\n- {words} #a_{number // 3}\n\n"
                f"## What they asked\n\n- {words}\n- {words} #a_{number // 2} (rough)\n- [[Q]]: {words} (owed)\n",
                takeaways=f"- {words}\n",
                follow_ups=f"- [ ] {words} 📅 2026-11-2{number}\n- [x] again {words}\n- {words} 📅 2026-11-20 and so on\n",
            ),
        )
    vault.write("Questions/Q.md", f"---\ntype: question\nquestion: '{ODD[0]}'\n---\n")
    for view in view_names():
        vault.write(f"{view}.md", f"# {view}\n\n{block(view)}")
    vault.summarize()
    assert_tidy([tmp_path / f"{view}.md" for view in view_names()])
