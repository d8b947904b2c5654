"""What ``jobvault init`` says to Obsidian, and about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.cli.session import Session

if TYPE_CHECKING:
    from jobvault.settings import Settings


def say_what_is_left_alone(session: Session, root: Path) -> None:
    """Warn where Obsidian's settings name a folder of our notes as one of templates, which are not read."""
    from jobvault.actions.obsidian import template_homes

    for folder in template_homes(root, settings_at(root)).taken:
        session.screen.say(
            f"Obsidian's settings name “{folder}” as the template folder, so jobvault leaves it alone: no note in it "
            "is read. Choose another one there, or write `ignore: []` into jobvault.yaml."
        )


def settings_at(root: Path) -> Settings:
    """Return the settings of a vault as it is, or as it will be."""
    from jobvault.settings import Settings
    from jobvault.vault.places import is_vault
    from jobvault.vault.settings import read_settings

    return read_settings(root) if is_vault(root) else Settings()


def tell_obsidian(session: Session, root: Path, wanted: bool | None, *, with_templates: bool, dry_run: bool) -> None:
    """Say how the templates are found, and merge the property types where that is wanted, or said so when asked."""
    from jobvault.actions.obsidian import template_homes
    from jobvault.errors import JobvaultError

    if with_templates and not dry_run:
        for plugin, folder in template_homes(root, settings_at(root)).to_be_chosen():
            session.screen.say(f"In Obsidian's settings of {plugin}, choose “{folder}” as the template folder.")
    if wanted:
        _merge_types(session, root, dry_run=dry_run)
    elif wanted is None and (root / ".obsidian").is_dir():
        try:
            _offer_types(session, root, dry_run=dry_run)
        except JobvaultError as error:
            session.screen.note(error)


def _offer_types(session: Session, root: Path, *, dry_run: bool) -> None:
    """Ask whether the property types are to be merged; where nobody can be asked, say how."""
    from jobvault.actions.property_types import plan_types

    if not plan_types(root).added:
        return
    question = "Tell Obsidian which properties are dates, numbers and lists (.obsidian/types.json)? Yours stay."
    if dry_run or not session.may_ask:
        session.screen.say("To tell Obsidian which properties are dates, numbers and lists, add --property-types.")
    elif session.confirm(question, default=False):
        _merge_types(session, root, dry_run=False)


def _merge_types(session: Session, root: Path, *, dry_run: bool) -> None:
    from jobvault.actions.property_types import merge_types, plan_types
    from jobvault.actions.vault import open_vault

    planned = plan_types(root)
    if not planned.added:
        session.screen.say("Obsidian knows the property types already: .obsidian/types.json stays as it is.")
        return
    if not dry_run:
        merge_types(open_vault(root), planned)
    for kind in dict.fromkeys(kind for _, kind in planned.added):
        names = ", ".join(name for name, one in planned.added if one == kind)
        session.screen.say(f"{'would add' if dry_run else 'added'} to .obsidian/types.json as {kind}: {names}")
    if not dry_run:
        session.screen.say("Restart Obsidian: it reads them when it starts.")
