"""What a view was asked for that the vault does not know at all: a typo must not read as “nothing to do”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jobvault.actions import known
from jobvault.errors import NotFoundError
from jobvault.model import PersonNote
from jobvault.search.mentions import first_name
from jobvault.search.query import Query

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault


def check_known(vault: Vault, asked: Mapping[str, str | None]) -> None:
    """Raise ``NotFoundError`` where the company, role or person that a view is asked for is not known in the vault.

    ``asked`` are the arguments as written. What stands in any note counts as known, whether a view shows it or not.
    """
    nouns = [reading.noun for reading in vault.readings() if reading.noun is not None]
    company, role, person = (asked.get(name) or "" for name in ("company", "role", "person"))
    query = Query(company=company, role=role, person=person)
    companies = (*known.companies(vault), *vault.search.companies.values())
    if company and not any(query.means_company(vault.search, name) for name in companies):
        raise _unknown(f"There is no company “{company}” in this vault.", company, companies, "interviews")
    roles = (*(str(getattr(noun, "role", "")) for noun in nouns), *(process.role for process in vault.search.processes))
    if role and not any(query.means_role(name) for name in roles):
        raise _unknown(f"There is no role “{role}” in this vault.", role, roles, "interviews")
    if not person:
        return
    noted = [noun for noun in nouns if isinstance(noun, PersonNote)]
    firsts = (first_name(note.name, vault.words.vocabulary.titles) for note in noted)
    others = any(query.means_person(note.name, first, *note.aliases) for note, first in zip(noted, firsts, strict=True))
    if not (others or any(map(query.means, vault.people))):
        people = (*known.people(vault), *(note.name for note in noted), *(met.first for met in vault.people))
        raise _unknown(f"Nobody in this vault is called “{person}”.", person, people, "people")


def _unknown(what: str, asked: str, names: tuple[str, ...], view: str) -> NotFoundError:
    near = known.suggestions(asked, dict.fromkeys(filter(None, names)))
    meant = " or ".join(f"“{name}”" for name in near)
    return NotFoundError(
        f"{what} " + (f"Did you mean {meant}?" if meant else f"`jobvault show {view}` lists what there is.")
    )
