from __future__ import annotations

from pathlib import Path

import pytest

from jobvault.errors import NoVaultError
from jobvault.vault.places import (
    cache_dir,
    config_dir,
    default_vault,
    find_vault,
    set_default_vault,
    state_dir,
    vault_cache,
    vault_key,
    vault_state,
)


def test_folders_outside_the_vault_are_the_users_own_and_apart() -> None:
    folders = [cache_dir(), config_dir(), state_dir()]
    assert all(Path.home() in folder.parents for folder in folders)
    assert cache_dir() not in {config_dir(), state_dir()}


def test_looking_makes_no_folder() -> None:
    default_vault()
    assert not any(folder.exists() for folder in (cache_dir(), config_dir(), state_dir()))


def test_a_vault_has_one_key_whatever_its_path_is_spelt(vault: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(vault)
    assert vault_key(vault) == vault_key(link) == vault_key(vault / "x" / "..")
    assert vault_key(vault) != vault_key(tmp_path)
    assert vault_state(vault).name == vault_cache(link).name == vault_key(vault)


def test_order_named_environment_parent_default(tmp_path: Path) -> None:
    vaults = {name: tmp_path / name for name in ("named", "environ", "parent", "default")}
    for folder in vaults.values():
        folder.mkdir()
        (folder / "jobvault.yaml").touch()
    below = vaults["parent"] / "a" / "b"
    below.mkdir(parents=True)
    set_default_vault(vaults["default"])
    environ = {"JOBVAULT_DIR": str(vaults["environ"])}
    assert find_vault(vaults["named"], below, environ) == vaults["named"]
    assert find_vault(None, below, environ) == vaults["environ"]
    assert find_vault(None, below, {}) == vaults["parent"]
    assert find_vault(None, tmp_path, {}) == vaults["default"]


def test_the_nearest_parent_wins(vault: Path) -> None:
    inner = vault / "inner"
    (inner / "deep").mkdir(parents=True)
    (inner / "jobvault.yaml").touch()
    assert find_vault(None, inner / "deep", {}) == inner


def test_relative_names_count_from_the_working_folder(vault: Path, tmp_path: Path) -> None:
    assert find_vault(Path("vault"), tmp_path, {}) == vault
    assert find_vault(None, tmp_path, {"JOBVAULT_DIR": "vault"}) == vault


def test_an_empty_environment_variable_is_none(vault: Path) -> None:
    assert find_vault(None, vault, {"JOBVAULT_DIR": ""}) == vault


@pytest.mark.parametrize("how", ["named", "environ", "default"])
def test_what_is_named_but_no_vault_is_an_error_though_another_would_do(how: str, vault: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    if how == "default":
        set_default_vault(plain)
    with pytest.raises(NoVaultError, match=r"plain(, which .* names,)? is not a vault"):
        find_vault(
            plain if how == "named" else None,
            tmp_path if how == "default" else vault,
            {"JOBVAULT_DIR": str(plain)} if how == "environ" else {},
        )


def test_a_folder_named_like_the_settings_makes_no_vault(tmp_path: Path) -> None:
    (tmp_path / "jobvault.yaml").mkdir()
    with pytest.raises(NoVaultError, match="No vault found"):
        find_vault(None, tmp_path, {})


def test_the_default_vault_is_remembered_and_replaced(vault: Path, tmp_path: Path) -> None:
    assert default_vault() is None
    set_default_vault(tmp_path / "one\nname")
    assert default_vault() == tmp_path / "one\nname"
    set_default_vault(vault)
    assert default_vault() == vault
    assert [file.name for file in config_dir().iterdir()] == ["default-vault"]
