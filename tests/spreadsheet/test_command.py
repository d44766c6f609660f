"""`primum template` in the terminal: what it prints and how it ends."""

from pathlib import Path

import pytest
from tests.cli.test_cli import output, printed, refused, run
from tests.spreadsheet.editing import Grid

from primum.knowledge.locate import Place


@pytest.fixture
def sheet(small: Place, tmp_path: Path) -> Path:
    """The rules of the small knowledge as a file."""
    path = tmp_path / "rules.tsv"
    output("template", "write", "rules", "-o", str(path), PRIMUM_KNOWLEDGE=str(small.root))
    return path


def test_a_sheet_is_written_to_a_file_that_excel_reads(small: Place, sheet: Path) -> None:
    """It begins with a byte order mark, without which Excel takes it for another encoding."""
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfid\tlabel")
    told = printed(
        "template", "write", "rules", "-o", str(sheet), "--json", PRIMUM_KNOWLEDGE=str(small.root)
    )
    assert told == {"sheet": "rules", "file": str(sheet), "rows": 3}


def test_a_sheet_can_be_printed(small: Place) -> None:
    """Without a file it goes to standard output, for one topic where one is named."""
    root = str(small.root)
    text = output("template", "write", "rules", "--topic", "recommendations", PRIMUM_KNOWLEDGE=root)
    assert set(Grid.of(text).by_id) == {"warmth-in-pull"}


def test_an_edited_sheet_is_read_in_sentences(small: Place, sheet: Path) -> None:
    """Each cell that changed is told, then the files; and nothing more the second time."""
    grid = Grid.of(sheet.read_text(encoding="utf-8"))
    sheet.write_bytes(grid.edited("rubbing-early", {"until hour": "96"}).save())
    root = str(small.root)
    tried = output("template", "read", str(sheet), "--dry-run", PRIMUM_KNOWLEDGE=root)
    assert "rubbing-early, until hour: 168 -> 96" in tried
    assert "Would write rules/contraindications/rubbing.ttl." in tried
    assert "Wrote" in output("template", "read", str(sheet), PRIMUM_KNOWLEDGE=root)
    assert "Nothing was edited" in output("template", "read", str(sheet), PRIMUM_KNOWLEDGE=root)


def test_faults_are_told_and_end_with_1(small: Place, sheet: Path) -> None:
    """Each stands on a line with its row, column and what may stand there."""
    grid = Grid.of(sheet.read_text(encoding="utf-8"))
    bad = {"until hour": "1,5", "confidence": "sure"}
    sheet.write_bytes(grid.edited("rubbing-early", bad).save())
    found = run("template", "read", str(sheet), PRIMUM_KNOWLEDGE=str(small.root))
    assert (found.returncode, found.stdout) == (1, "")
    row = list(grid.by_id).index("rubbing-early") + 2
    assert f"row {row}, until hour: '1,5' has a decimal comma" in found.stderr
    assert f"row {row}, confidence: " in found.stderr
    assert found.stderr.endswith("2 faults; nothing was written.\n")


def test_the_outcome_is_a_document_too(small: Place, sheet: Path) -> None:
    """Programs get the changes and the faults as JSON, and the same exit codes."""
    told = printed("template", "read", str(sheet), "--json", PRIMUM_KNOWLEDGE=str(small.root))
    assert (told["sheet"], told["changes"], told["faults"], told["dryRun"]) == (
        "rules",
        [],
        [],
        False,
    )


def test_wrong_use_ends_with_2(small: Place, tmp_path: Path) -> None:
    """An unknown topic lists those there are; a file that is no sheet says what is missing."""
    root = str(small.root)
    other = tmp_path / "other.tsv"
    other.write_text("a\tb\n")
    said = refused("template", "write", "rules", "--topic", "icing", PRIMUM_KNOWLEDGE=root)
    assert "contraindications/rubbing, recommendations/pulls" in said
    assert "no heading 'id'" in refused("template", "read", str(other), PRIMUM_KNOWLEDGE=root)
    topic = ("template", "write", "factors", "--topic", "icing")
    assert "sheet of rules" in refused(*topic, PRIMUM_KNOWLEDGE=root)
    assert "No such command" in refused("template", "edit")
