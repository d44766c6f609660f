"""Where the OWL API cannot be fetched, one line says why and nothing is left behind."""

from pathlib import Path

from tests.layout.set_up import set_up


def test_without_maven_it_says_so(tmp_path: Path) -> None:
    """A machine without Maven still runs the other tests."""
    assert "no Maven" in set_up(None, tmp_path / "owlapi")


def test_what_maven_says_is_told(tmp_path: Path) -> None:
    """A Maven that fails is told, and a half-filled folder is removed."""
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\necho 'no such artifact'\nexit 1\n")
    maven.chmod(0o755)
    assert "no such artifact" in set_up(str(maven), tmp_path / "owlapi")
    assert not (tmp_path / "owlapi").exists()
