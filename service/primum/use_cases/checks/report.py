"""What all checks together found."""

from collections.abc import Mapping
from dataclasses import dataclass

from primum.model.remarks import Remark, Severity


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check found, and in how many seconds; `problem` is why it did not run to its end."""

    name: str
    remarks: tuple[Remark, ...]
    seconds: float
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The remarks of all checks, gravest first, with the files looked at and the seconds it took.

    `help` says for each code that there is what it means and what to do.
    """

    remarks: tuple[Remark, ...]
    outcomes: tuple[Outcome, ...]
    files: int
    seconds: float
    help: Mapping[str, str]

    def of(self, severity: Severity) -> tuple[Remark, ...]:
        """The remarks of one severity."""
        return tuple(remark for remark in self.remarks if remark.severity == severity)

    def is_fine(self, *, strict: bool = False) -> bool:
        """Whether nothing found is an error, nor, when `strict`, a warning."""
        return not (self.of(Severity.ERROR) or (strict and self.of(Severity.WARNING)))

    @property
    def summary(self) -> str:
        """The counts, in one line."""
        counts = [
            _count(len(self.of(severity)), word)
            for severity, word in (
                (Severity.ERROR, "error"),
                (Severity.WARNING, "warning"),
                (Severity.INFO, "note"),
            )
        ]
        files = _count(self.files, "file")
        return f"{', '.join(counts)} in {files} ({self.seconds:.0f} s)"


def _count(number: int, word: str) -> str:
    """A number with its word: `1 error`, `2 errors`."""
    return f"{number} {word}{'' if number == 1 else 's'}"
