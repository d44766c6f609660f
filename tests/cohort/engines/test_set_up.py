"""Where Spark cannot be installed, one line says why and nothing is left behind."""

from pathlib import Path

from tests.cohort.engines.set_up import set_up


def test_without_java_it_says_so(tmp_path: Path) -> None:
    """A machine without Java still runs the other tests."""
    assert "no Java" in set_up(None, tmp_path, tmp_path / "spark")


def test_what_pip_says_is_told(tmp_path: Path) -> None:
    """A pip that fails is told, and a half-filled folder is removed."""
    for name in ("spark-build.lock", "spark.lock"):
        (tmp_path / name).write_text("./nowhere.whl --hash=sha256:00\n")
    assert set_up("java", tmp_path, tmp_path / "spark").startswith("pip fetched nothing (ERROR")
    assert not (tmp_path / "spark").exists()
