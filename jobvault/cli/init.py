"""``jobvault init``: make a folder a vault, and put templates and what Obsidian can use into it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import folders, written_languages
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.initialize import Laid

EXAMPLES = """
jobvault init ~/job-search
jobvault init . --dry-run
jobvault init ~/obsidian --default --obsidian
jobvault init ~/jobsuche --language de
jobvault init --templates
jobvault init --git
"""


@make("init", examples=EXAMPLES)
@click.argument("path", required=False, type=click.Path(path_type=Path), shell_complete=folders)
@click.option("--default/--no-default", default=None, help="Make it, or not, the vault used where none is named.")
@click.option(
    "--language",
    metavar="LANGUAGE",
    shell_complete=written_languages,
    help="What a new vault is written in: en, de. [default: en]",
)
@click.option("--templates", is_flag=True, help="Copy jobvault's templates into it, for you to change.")
@click.option("--obsidian", is_flag=True, help="Add templates and bases for Obsidian.")
@click.option(
    "--property-types/--no-property-types",
    "types",
    default=None,
    help="Tell Obsidian, or not, which properties are dates, numbers and lists.",
)
@click.option("--git", is_flag=True, help="Prepare the git repository that it lies in: merges, hooks, ignored files.")
@click.option("--syncthing", is_flag=True, help="Add to .stignore what Syncthing should leave out.")
@dry_run_option
@pass_session
def command(
    session: Session,
    path: Path | None,
    default: bool | None,
    language: str | None,
    templates: bool,
    obsidian: bool,
    types: bool | None,
    git: bool,
    syncthing: bool,
    dry_run: bool,
) -> None:
    """Make a folder a vault: a new one, or your Obsidian vault.

    Lays down jobvault.yaml with every key commented, a folder for debriefs and one for summaries with three notes.
    Overwrites nothing; running it again is harmless.
    """
    from jobvault.actions.initialize import lay_down
    from jobvault.cli.init_obsidian import say_what_is_left_alone, tell_obsidian
    from jobvault.cli.init_sync import plan_sync, set_up_sync

    root = _root(path, session.vault_path)
    sync = plan_sync(root, git=git, syncthing=syncthing)
    spoken = _language(session, root, language, dry_run=dry_run)
    laid = lay_down(root, language=spoken, templates=templates, obsidian=obsidian, dry_run=dry_run)
    _say_what_was_laid(session, laid, dry_run=dry_run)
    say_what_is_left_alone(session, root)
    if obsidian or types:
        tell_obsidian(session, root, types, with_templates=obsidian, dry_run=dry_run)
    set_up_sync(session, root, sync, dry_run=dry_run)
    if dry_run:
        return
    _offer_default(session, root, default)
    if any(name not in laid.extras for name in laid.made):
        _lead_back(session, root)
        session.screen.say(session.led_back("Next: `jobvault new COMPANY` lays down the first debrief."))
    elif templates:
        session.screen.say(
            "Change the templates that you need, and delete the others: those stay as jobvault has them."
        )


def _lead_back(session: Session, root: Path) -> None:
    """See to it that what is shown to be run next works in the new vault, where another one would be found."""
    from jobvault.errors import NoVaultError
    from jobvault.vault.places import find_vault

    with suppress(NoVaultError):
        find_vault(None, Path.cwd(), os.environ)
        session.is_in(root)


def _root(path: Path | None, vault: Path | None) -> Path:
    """Return the folder that is named, by the argument or by ``--vault``, else the one at hand.

    Raises ``UsageError`` where they name two.
    """
    from jobvault.errors import UsageError
    from jobvault.vault.places import expanded

    found = [Path(os.path.abspath(expanded(one))) for one in (path, vault) if one]  # noqa: PTH100 - resolve() follows links
    if len({one.resolve() for one in found}) > 1:
        raise UsageError(f"Which folder is to be made a vault: {path}, or {vault} as --vault says? Name one of them.")
    return found[0] if found else Path.cwd()


def _language(session: Session, root: Path, named: str | None, *, dry_run: bool) -> str:
    """Return the language for a new vault: the one named, or the computer's where a person says so; else none."""
    from jobvault.actions.initialize import language_name, language_named
    from jobvault.vault.places import is_vault
    from jobvault.vault.shipped import languages

    if named:
        return language_named(named)
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    spoken = locale[:2].lower()
    if dry_run or is_vault(root) or not session.may_ask or spoken == "en" or spoken not in languages():
        return ""
    question = f"Your computer is set to {language_name(spoken)}. Write the vault's notes in it?"
    return spoken if session.confirm(question, default=True) else ""


def _say_what_was_laid(session: Session, laid: Laid, *, dry_run: bool) -> None:
    screen = session.screen
    for name in laid.made:
        screen.say(f"{'would make' if dry_run else 'made'} {name}")
    for name in laid.extras:
        if name in laid.kept:
            screen.say(f"{'would keep' if dry_run else 'kept'} {name}", dim=True)
    becomes = any(name not in laid.extras for name in laid.made)
    verb = "is" if not becomes else "would be" if dry_run else "is now"
    screen.say(f"{laid.root} {verb} a vault.", bold=True)
    for name, view in () if dry_run else laid.foreign:
        screen.say(f"kept {name} as it is. To have {view} summed up in it, put these two lines there:")
        screen.say(f"<!-- jobvault:begin {view} -->\n<!-- jobvault:end -->")


def _offer_default(session: Session, root: Path, wanted: bool | None) -> None:
    """Make it the default vault where that is wanted, or said so when asked."""
    from jobvault.errors import JobvaultError
    from jobvault.vault.places import default_vault, set_default_vault

    known = default_vault()
    if wanted is None and session.may_ask and known != root:
        instead = f" instead of {known}" if known else ""
        wanted = session.confirm(f"Use it wherever no vault is named{instead}?", default=known is None)
    if not wanted:
        return
    try:
        set_default_vault(root)
    except OSError as error:
        raise JobvaultError(f"It could not be made the default vault: {error.strerror} ({error.filename}).") from error
    session.screen.say("It is the default vault now.")
