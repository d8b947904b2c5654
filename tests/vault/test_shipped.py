from __future__ import annotations

from pathlib import Path

import pytest

from jobvault.errors import NotFoundError
from jobvault.vault import shipped


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "site-packages" / "jobvault"
    words = package / "_data" / "templates" / "words"
    words.mkdir(parents=True)
    (words / "en.yaml").write_text("language: en\n", encoding="utf-8")
    (words / "de.yaml").write_text("language: de # ä\n", encoding="utf-8")
    (package / "_data" / "templates" / "views").mkdir()
    (package / "_data" / "secret").write_text("no", encoding="utf-8")
    monkeypatch.setattr(shipped, "_PACKAGE", package)
    return package


def test_this_checkout_has_its_templates() -> None:
    assert (shipped.templates_dir() / "words" / "en.yaml").is_file()
    assert "en" in shipped.languages()
    assert "language: en" in shipped.read_words("en")


def test_a_wheel_has_them_inside_the_package(shop: Path) -> None:
    assert shipped.templates_dir() == shop / "_data" / "templates"
    assert shipped.sample_vault_dir() == shop / "_data" / "sample-vault"
    assert shipped.languages() == ("de", "en")
    assert shipped.read_words("de") == "language: de # ä\n"


def test_a_checkout_never_reads_the_copy_in_the_package(shop: Path) -> None:
    (shop.parent / "pyproject.toml").touch()
    (shop.parent / "templates").mkdir()
    shipped._home.cache_clear()
    assert shipped.templates_dir() == shop.parent / "templates"
    assert shipped.sample_vault_dir() == shop.parent / "sample-vault"
    assert shipped.languages() == ()


def test_a_stray_pyproject_beside_an_installed_package_means_nothing(shop: Path) -> None:
    (shop.parent / "pyproject.toml").touch()
    assert shipped.templates_dir() == shop / "_data" / "templates"


@pytest.mark.parametrize(
    "name",
    [
        "none.md.j2",
        "../secret",
        "words/../../secret",
        "/etc/passwd",
        "",
        "words",
        "words//en.yaml",
        "a\0b",
        "..\\secret",
    ],
)
def test_no_such_template_and_no_way_out(shop: Path, name: str) -> None:
    with pytest.raises(NotFoundError, match="no template named"):
        shipped.read_template(name)


@pytest.mark.parametrize("language", ["fr", "../words/en", "en.yaml", ""])
def test_an_unknown_language_is_said_with_those_there_are(shop: Path, language: str) -> None:
    with pytest.raises(NotFoundError, match="there are: de, en"):
        shipped.read_words(language)
