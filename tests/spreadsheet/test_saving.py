"""Several files are saved together, or none of them is."""

from pathlib import Path

import pytest

from primum.use_cases.spreadsheet.saving import save_all


def test_all_files_are_replaced(tmp_path: Path) -> None:
    """Each has its new text, its old rights, and nothing is left beside it."""
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    for path in (one, two):
        path.write_text("old")
        path.chmod(0o640)
    save_all({one: "new one", two: "new two"})
    assert (one.read_text(), two.read_text()) == ("new one", "new two")
    assert one.stat().st_mode & 0o777 == 0o640
    assert [one, two] == sorted(tmp_path.iterdir())


def test_where_one_cannot_be_replaced_none_is(tmp_path: Path) -> None:
    """A folder that is in the way of one file brings the other one back."""
    one, two = tmp_path / "one.ttl", tmp_path / "gone" / "two.ttl"
    one.write_text("old")
    with pytest.raises(OSError, match="gone"):
        save_all({one: "new", two: "new"})
    assert one.read_text() == "old"
    assert [one] == list(tmp_path.iterdir())
