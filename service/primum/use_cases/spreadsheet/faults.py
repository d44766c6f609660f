"""What is wrong with a sheet: every fault with its row, its column and what may stand there."""

from collections.abc import Sequence
from dataclasses import dataclass

from primum.foundation.errors import QuestionError


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `row` counts as the spreadsheet program does: the line of headings is row 1.

    `column` is the heading, or "" where the row or the sheet as a whole is at fault. `found` is
    what stands there, `allowed` what may, the nearest names first where there are many.
    """

    row: int
    column: str
    sentence: str
    found: str = ""
    allowed: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The place in words: `row 7, until hour`."""
        return f"row {self.row}, {self.column}" if self.column else f"row {self.row}"


class Refused(Exception):
    """A cell that cannot be taken; it becomes a fault once its row and column are known."""

    def __init__(self, sentence: str, allowed: Sequence[str] = (), *, column: str = "") -> None:
        """`column` is given where the cell at fault is another than the one being read."""
        super().__init__(sentence)
        self.sentence = sentence
        self.allowed = tuple(allowed)
        self.column = column

    @classmethod
    def by(cls, error: QuestionError) -> "Refused":
        """The refusal of a name that is none, or that of several terms."""
        return cls(error.detail, error.allowed)
