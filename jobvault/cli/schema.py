"""``jobvault schema``: JSON Schemas for editors."""

from __future__ import annotations

from collections.abc import Iterable

import click

from jobvault.cli.candidates import schemas
from jobvault.cli.command import command as make
from jobvault.cli.command import json_option
from jobvault.cli.session import Session, pass_session

EXAMPLES = """
jobvault schema
jobvault schema settings > jobvault.schema.json
jobvault schema note > note.schema.json
jobvault schema front-matter-cms > frontmatter.json
"""


@make("schema", examples=EXAMPLES)
@click.argument("name", required=False, shell_complete=schemas)
@json_option
@pass_session
def command(session: Session, name: str | None, as_json: bool) -> None:
    """Print what may stand in notes and settings, for editors.

    JSON Schemas, with which an editor completes names and values and underlines mistakes. Without NAME, lists what
    there is. Needs no vault.
    """
    from jobvault.actions.content_types import ABOUT as CONTENT_TYPES
    from jobvault.actions.content_types import content_types
    from jobvault.actions.schemas import ABOUT, schema
    from jobvault.errors import UsageError

    known = {**ABOUT, **CONTENT_TYPES}
    if name is not None and name not in known:
        raise UsageError(_no_such(name, known))
    if name is not None:
        session.screen.json(content_types() if name in CONTENT_TYPES else schema(name))
    elif as_json:
        session.screen.json({"schemas": [{"name": key, "about": about} for key, about in known.items()]})
    else:
        width = max(map(len, known))
        for key, about in known.items():
            session.screen.say(f"{key:{width}}  {about}")


def _no_such(name: str, known: Iterable[str]) -> str:
    from jobvault.notes.near import nearest

    near = nearest(name, known)
    *most, last = known
    return f"There is no schema “{name}”. " + (
        f"Is it “{near}”?" if near else f"There are {', '.join(most)} and {last}."
    )
