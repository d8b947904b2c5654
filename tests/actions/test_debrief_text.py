"""New debriefs are what Prettier prints and markdownlint accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobvault.actions.scaffold import Guest, Request, create, plan
from tests.render.markdown_tools import markdownlint, missing_tools, prettier
from tests.small_vault import TODAY, make_vault

MISSING = missing_tools()
GUESTS = (
    Guest("Dana Reyes", "VP Engineering"),
    Guest("Tom *Ek*", "C#, head of <b>things</b>"),
    Guest("?", "SRE_x_ #1"),
)


@pytest.mark.skipif(MISSING is not None, reason=str(MISSING))
def test_new_debriefs_are_tidy_markdown(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault", settings="links: wiki\ndates: emoji\n").open()
    paths = [
        create(
            vault, plan(vault, Request(company, TODAY, round="panel", guests=guests, tags=("a",), template=template))
        )
        for company in ("Acme", "A # b: {{c}}")
        for guests in ((), GUESTS)
        for template in ("short", "full")
    ]
    assert markdownlint(paths) == []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert prettier(text) == text
