"""Machines without npm, or without a registry, do without the clients of npm."""

import json
import shutil
from pathlib import Path

import pytest
from tests.clients.set_up import set_up

LOCKED = Path(__file__).with_name("node")


def test_without_npm_the_reason_is_told(tmp_path: Path) -> None:
    """And what an earlier set-up left is gone, so that nothing old is tested."""
    folder = tmp_path / "clients"
    folder.mkdir()
    assert set_up(None, folder) == "There is no npm here"
    assert not folder.exists()


def test_where_npm_fails_nothing_is_left(tmp_path: Path) -> None:
    """A command that ends badly stands for an npm that reaches no registry."""
    failing = shutil.which("false")
    if failing is None:
        pytest.skip("there is no command that fails")
    assert set_up(failing, tmp_path / "clients").startswith("npm fetched nothing")
    assert not (tmp_path / "clients").exists()


def test_every_package_is_locked_by_its_hash() -> None:
    """The versions are exact, each package has a hash, and no registry is named."""
    wanted = json.loads((LOCKED / "package.json").read_text())
    lock = json.loads((LOCKED / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert all(version[0].isdigit() for version in wanted["dependencies"].values())
    assert len(packages) > 100
    assert [name for name, each in packages.items() if not each.get("integrity")] == []
    assert "://" not in (LOCKED / "package-lock.json").read_text()
